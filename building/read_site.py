"""Read the content folder with the settings of a site, or refuse what is wrong in it."""

import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from building.judge_site import judge_site
from building.search_index import add_search
from building.variants import add_variants
from catalogue.addresses import CARD
from catalogue.folder.walk import Listing
from catalogue.problems import Refused, count_errors, format_report
from catalogue.selection import Catalogue


def read_site(
    settings: Mapping[str, Any],
    listing: Listing | None = None,
    progress: Callable[[str], None] = lambda _: None,
    beside: ExitStack | None = None,
) -> Catalogue:
    """Return the judged catalogue with the smaller pictures that were made for it.

    `listing` is the content folder's, if it has been listed already; `progress` is told what is done. The
    readings are saved until `beside` ends, or until this returns.

    Raises Refused, with the report of all problems, if one of them is an error.
    """
    content = Path(settings["PATH"])
    catalogue = judge_site(settings, listing, beside)
    if catalogue.notice:
        print(catalogue.notice, file=sys.stderr)
    if count_errors(catalogue.problems):
        raise Refused(format_report(catalogue.problems, content))
    if not settings.get("CARDS", True):
        claims = [
            place
            for place in catalogue.claims
            if place.path in catalogue.media or not place.address.endswith(f"/{CARD}")
        ]
        catalogue = replace(catalogue, claims=claims)
    return add_search(settings, add_variants(settings, catalogue, progress), progress)
