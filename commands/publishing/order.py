"""What the author asks of one publishing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Order:
    """One publishing: from where, to where, and what its author allows."""

    root: Path  # of the project
    content: Path
    output: Path  # for the built site
    settings: Mapping[str, Any]
    confirm: Callable[[], bool]  # asks the author, who has seen what will change
    pages: str = ""  # the branch for the built site; empty where a workflow builds it
    siteurl: str = ""  # the address of the site, if it is not the settings'
    allow_shrink: bool = False  # the site may lose many of its pages
    dry_run: bool = False  # only show what will change
