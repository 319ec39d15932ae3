"""Judge the content folder with the settings of a site; nothing is refused, nothing made."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from building.check_settings import check_settings
from building.judge_readings import add_navigation, make_view
from catalogue.catalogue import read_catalogue
from catalogue.folder.walk import Listing
from catalogue.project import ROOT
from catalogue.selection import Catalogue


def judge_site(settings: Mapping[str, Any], listing: Listing | None = None) -> Catalogue:
    """Return the catalogue with its problems, whatever they are; raise Refused for wrong settings."""
    check_settings(settings)
    catalogue = read_catalogue(
        Path(settings["PATH"]),
        make_view(settings),
        cache_file=ROOT / settings["READING_CACHE"] if settings["READING_CACHE"] else None,
        listing=listing,
        language=settings["DEFAULT_LANG"],
    )
    return add_navigation(settings, catalogue)
