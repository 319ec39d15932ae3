"""The page for addresses that are none: the nearest ones, recent posts, topics, the search.

Reads: the articles and topics, the theme's script for this page.
Adds: nothing.
Writes: the page.
"""

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

from markupsafe import Markup

from catalogue.addresses import SITE

RECENT = 5


def read_script(path: Path) -> Markup:
    """Return a script of the theme without its comments and indents, as its page has it."""
    lines = [re.sub(r"^\s*//.*", "", line).strip() for line in path.read_text("utf-8").splitlines()]
    return Markup("\n".join(filter(None, lines)).replace("</", "<\\/"))  # noqa: S704 - the theme's own


def format_source(script: str) -> str:
    """Return the source by which a policy admits one script (Content Security Policy, level 3)."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def write_not_found(generator: Any, writer: Any) -> None:
    """Write the page."""
    script = read_script(Path(generator.settings["THEME"]) / "static" / "not_found.js")
    writer.add_page(
        SITE["not_found"],
        "404",
        recent=generator.articles[:RECENT],
        not_found_script=script,
        script_source=format_source(script),
    )


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_writer_finalized.connect(write_not_found)
