"""Open the one door: what Pelican gets to see has been read and judged before.

Reads: the content folder, through the catalogue; `LISTING`, if somebody has listed it already.
Adds: the catalogue to the settings, and its texts to Pelican's generators.
Writes: nothing; one error among the problems ends the run.
"""

from collections.abc import Sequence
from datetime import UTC
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from building.pelican_adapter.content import Text
from catalogue.catalogue import read_catalogue
from catalogue.dates import read_clock
from catalogue.problems import Refused, count_errors, format_report
from catalogue.records import Record
from catalogue.rules.namesakes import read_site_names


def open_catalogue(pelican: Any) -> None:
    """Read and judge; stop on errors."""
    settings = pelican.settings
    catalogue = read_catalogue(
        Path(settings["PATH"]),
        ZoneInfo(settings["TIMEZONE"]),
        read_clock().astimezone(UTC),
        per_page=settings["DEFAULT_PAGINATION"],
        preview=settings["PREVIEW"],
        store=Path(settings["STORE"]) if settings["STORE"] else None,
        listing=settings.get("LISTING"),
        names=read_site_names(settings),
    )
    if count_errors(catalogue.problems):
        raise Refused(format_report(catalogue.problems, Path(settings["PATH"])))
    settings["CATALOGUE"] = catalogue
    settings["ARTICLE_ORDER_BY"] = settings["PAGE_ORDER_BY"] = ""  # they come in order


def offer_texts(generator: Any, records: Sequence[Record]) -> None:
    """Let a generator find texts where it looks for files, and have them at hand as if from its cache.

    So Pelican reads no file of the content folder, and what is not shown it never hears of.
    """
    catalogue, root = generator.settings["CATALOGUE"], generator.settings["SITE_ROOT"]
    texts = {record.path: Text(record, catalogue, root) for record in records}

    def get_files(_: object, extensions: object = None, **_options: object) -> list[str]:
        # Asked for endings, Pelican looks for files that a reader is missing for.
        return [*texts] if extensions is None else []

    generator.get_files = get_files
    generator.get_cached_data = lambda path, _default: texts[path]


def offer_articles(generator: Any) -> None:
    """Let Pelican find the posts that are shown."""
    offer_texts(generator, generator.settings["CATALOGUE"].posts)


def offer_pages(generator: Any) -> None:
    """Let Pelican find the pages that are shown."""
    offer_texts(generator, generator.settings["CATALOGUE"].pages)


def count_articles(generator: Any) -> None:
    """Stop when Pelican has not taken every post, each once and in order: it goes on without."""
    wanted = [record.path for record in generator.settings["CATALOGUE"].posts]
    taken = [article.record.path for article in generator.articles]
    if wanted != taken:
        missing = sorted({*wanted} ^ {*taken}) or ["posts in another order"]
        raise Refused(f"Pelican left out {', '.join(missing)}. The site is unchanged.")


def register() -> None:
    """Connect the door to Pelican."""
    from pelican import signals

    signals.initialized.connect(open_catalogue)
    signals.article_generator_init.connect(offer_articles)
    signals.page_generator_init.connect(offer_pages)
    signals.article_generator_finalized.connect(count_articles)
