"""Judge what is not wrong with the settings each for itself, and yet is not as it should be."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from building.check_settings import locate_setting
from building.settings import relate_file
from building.site_address import judge_site_address
from catalogue.header.value_checks import warn_of_additions
from catalogue.problems import Problem


def judge_settings(settings: Mapping[str, Any], problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems of a site with those of its address and its author."""
    found = judge_site_address(settings, problems)
    if text := warn_of_additions("AUTHOR", settings["AUTHOR"], "AUTHOR = {!r}"):
        file, line = locate_setting("AUTHOR", settings)
        found.append(Problem(relate_file(file, Path(settings["PATH"])), line, "warning", text))
    return found
