"""Judge the content folder with the settings of a site; nothing is refused, nothing made."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from building.check_settings import check_settings
from building.navigation import check_navigation
from catalogue.catalogue import read_catalogue
from catalogue.dates import read_clock
from catalogue.folder.walk import Listing
from catalogue.project import ROOT
from catalogue.rules.namesakes import read_site_names
from catalogue.selection import Catalogue


def judge_site(settings: Mapping[str, Any], listing: Listing | None = None) -> Catalogue:
    """Return the catalogue with its problems, whatever they are; raise Refused for wrong settings."""
    check_settings(settings)
    catalogue = read_catalogue(
        Path(settings["PATH"]),
        ZoneInfo(settings["TIMEZONE"]),
        read_clock().astimezone(UTC),
        per_page=settings["DEFAULT_PAGINATION"],
        preview=settings["PREVIEW"],
        cache_file=ROOT / settings["READING_CACHE"] if settings["READING_CACHE"] else None,
        listing=listing,
        names=read_site_names(settings),
        language=settings["DEFAULT_LANG"],
    )
    if not catalogue.records:  # there is a fault that says more
        return catalogue
    problems = [*catalogue.problems, *check_navigation(settings, catalogue)]
    return replace(catalogue, problems=problems)
