"""Read everything the author wrote into one catalogue, select what is published, and judge it.

This is all that `check` needs: nothing of Pelican is loaded.
"""

from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from catalogue.addresses import check_places
from catalogue.dates import AFTER_ALL
from catalogue.folder.walk import Listing, list_files
from catalogue.read_all import load_body, read_sources
from catalogue.reading_cache import BodyLoader, ReadingCache
from catalogue.rules import judge
from catalogue.selection import Catalogue, select
from catalogue.workers import work_beside

MANY = 500  # so many changed files take longer to cache than a process to start


def read_catalogue(
    content: Path,
    zone: ZoneInfo,
    now: datetime,
    *,
    per_page: int,
    preview: bool = False,
    cache_file: Path | None = None,
    listing: Listing | None = None,
    names: tuple[str, ...] = (),
    language: str = "en",
) -> Catalogue:
    """Return the catalogue of a content folder, with all that is wrong in it.

    With `preview`, drafts and scheduled posts are shown too. `cache_file` is that of the cache,
    `listing` what is in the folder if that is known, `names` how the site's author and the site are
    called, `language` the site's. The bodies of files that have not changed are loaded when they are
    asked for.
    """
    sources, problems = listing or list_files(content)
    cache = ReadingCache(cache_file, content, language)
    records, media = read_sources(content, sources, cache)
    with work_beside(cache.save, cache.count_changes() >= MANY):
        loader = BodyLoader(cache.file, content, language)
        load = partial(load_body, content=content, loader=loader)
        for record in records.values():
            record.load = load
        catalogue = select(records, media, zone, now, per_page, preview)
        later = catalogue
        if catalogue.scheduled and not preview:  # what waits is judged as of its own day
            later = select(records, media, zone, AFTER_ALL, per_page, preview)
        problems = [*problems, *judge(catalogue, later, names)]
        problems += check_places(later.claims)  # of drafts too: the preview writes their files
    return replace(catalogue, problems=problems, notice=cache.notice)
