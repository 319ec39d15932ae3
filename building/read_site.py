"""Read and judge the content folder with the settings of a site."""

import sys
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
from catalogue.problems import Refused, count_errors, format_report
from catalogue.project import ROOT
from catalogue.rules.namesakes import read_site_names
from catalogue.selection import Catalogue


def read_site(settings: Mapping[str, Any], listing: Listing | None = None) -> Catalogue:
    """Return the judged catalogue; `listing` is the content folder's, if it has been listed already.

    Raises Refused, with the report of all problems, if one of them is an error.
    """
    content = Path(settings["PATH"])
    catalogue = judge_site(settings, listing)
    if catalogue.notice:
        print(catalogue.notice, file=sys.stderr)
    if count_errors(catalogue.problems):
        raise Refused(format_report(catalogue.problems, content))
    return catalogue


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
