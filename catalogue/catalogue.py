"""Read everything the author wrote into one catalogue, select what is published, and judge it.

This is all that `check` needs: nothing of Pelican is loaded.
"""

from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from catalogue.folder.walk import Listing, list_files
from catalogue.judging import View, judge_records
from catalogue.link_ledger import check_ledger
from catalogue.read_all import load_body, read_sources
from catalogue.reading_cache import BodyLoader, ReadingCache
from catalogue.selection import Catalogue
from catalogue.workers import work_beside

MANY = 500  # so many changed files take longer to cache than a process to start


def read_catalogue(
    content: Path,
    view: View,
    *,
    cache_file: Path | None = None,
    listing: Listing | None = None,
    language: str = "en",
    beside: ExitStack | None = None,
) -> Catalogue:
    """Return the catalogue of a content folder, with all that is wrong in it.

    `cache_file` is that of the cache, `listing` what is in the folder if that is known, `language` the
    site's. The bodies of files that have not changed are loaded when they are asked for. The cache is
    saved until `beside` ends, or until this returns.
    """
    sources, problems = listing or list_files(content)
    cache = ReadingCache(cache_file, content, language)
    records, media = read_sources(content, sources, cache)
    with ExitStack() as own:
        (beside or own).enter_context(work_beside(cache.save, cache.count_changes() >= MANY))
        loader = BodyLoader(cache.file, content, language)
        load = partial(load_body, content=content, loader=loader)
        for record in records.values():
            record.load = load
        catalogue = judge_records(records, media, problems, view)
    problems = [*catalogue.problems, *check_ledger(content)]
    return replace(catalogue, problems=problems, notice=cache.notice)
