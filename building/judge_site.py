"""Judge the content folder with the settings of a site; nothing is refused, nothing made."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from building.check_settings import check_settings
from building.judge_readings import make_view
from building.judge_settings import judge_settings
from building.site_links import judge_links
from catalogue.catalogue import read_catalogue
from catalogue.folder.walk import Listing
from catalogue.project import ROOT
from catalogue.rules.published_addresses import judge_published
from catalogue.selection import Catalogue


def judge_site(
    settings: Mapping[str, Any], listing: Listing | None = None, beside: ExitStack | None = None
) -> Catalogue:
    """Return the catalogue with its problems, whatever they are; raise Refused for wrong settings.

    The readings are saved until `beside` ends, or until this returns.
    """
    check_settings(settings)
    content = Path(settings["PATH"])
    view = make_view(settings)
    catalogue = read_catalogue(
        content,
        view,
        cache_file=ROOT / settings["READING_CACHE"] if settings["READING_CACHE"] else None,
        listing=listing,
        language=settings["DEFAULT_LANG"],
        beside=beside,
    )
    problems = judge_settings(settings, catalogue.problems, catalogue.media)
    if not view.preview:  # who is writing has half of it in another place at times
        problems += judge_published(catalogue, view.ledger)
    return judge_links(settings, replace(catalogue, problems=problems))
