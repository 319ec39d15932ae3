"""Open the one door: what Pelican gets to see has been read and judged before.

Reads: the content folder, through the catalogue.
Adds: the catalogue to the settings, to Pelican's paths only what is shown, a reader for it.
Writes: nothing; one error among the problems ends the run.
"""

import os
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pelican.readers import BaseReader
from pelican.urlwrappers import Author

from plugins.catalogue import Catalogue, order, read_catalogue
from plugins.comments import count_comments
from plugins.links import expand_links
from plugins.problems import Refused, count_errors, format_report
from plugins.schedule import read_clock, read_moment


class RecordReader(BaseReader):  # type: ignore[misc]
    """Give Pelican a record of the catalogue as if it had been read just now."""

    enabled = True
    file_extensions = ("md",)

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Give the HTML of a text and the metadata that Pelican and the templates use."""
        catalogue: Catalogue = self.settings["CATALOGUE"]
        path = Path(os.path.relpath(source_path, self.settings["PATH"])).as_posix()
        record = catalogue.records[path]
        values = record.values
        metadata: dict[str, Any] = {
            "title": record.title,
            "slug": record.slug,
            "url": catalogue.addresses[path].lstrip("/"),  # Pelican would format it at each use
            "status": "published",
            "summary": record.summary,
            "description": record.description,
            "comments": count_comments(record, catalogue.comments.get(path, [])),
            "minutes": record.minutes,
            "badge": catalogue.badge(record),
            "image_alt": values.get("Image-alt", ""),
            "record": record,
            "date": catalogue.now,
            "revised": None,  # Pelican's own word would be `modified`, which it cannot leave empty
        }
        image = values.get("Image")
        root = self.settings["SITE_ROOT"]
        metadata["image"] = root + catalogue.addresses[image] if image else ""
        if author := values.get("Author"):
            metadata["author"] = Author(author, self.settings)
        for name, key in (("date", "Date"), ("revised", "Modified")):
            if key in values:
                metadata[name] = read_moment(values[key], catalogue.zone)
        return expand_links(record.html, root, catalogue.addresses), metadata


def order_articles(catalogue: Catalogue) -> Callable[[Any], tuple[float, str]]:
    """Give Pelican the order of the posts; its own leaves posts of one moment to chance."""
    return lambda article: order(catalogue, article.record)


def open_catalogue(pelican: Any) -> None:
    """Read and judge; stop on errors, else give Pelican the paths of what is shown."""
    settings = pelican.settings
    catalogue = read_catalogue(
        Path(settings["PATH"]),
        ZoneInfo(settings["TIMEZONE"]),
        read_clock().astimezone(UTC),
        per_page=settings["DEFAULT_PAGINATION"],
        preview=settings["PREVIEW"],
        store=Path(settings["STORE"]) if settings["STORE"] else None,
    )
    if count_errors(catalogue.problems):
        raise Refused(format_report(catalogue.problems, Path(settings["PATH"])))
    settings["CATALOGUE"] = catalogue
    settings["ARTICLE_PATHS"] = [record.path for record in catalogue.posts]
    settings["PAGE_PATHS"] = [record.path for record in catalogue.pages]
    settings["STATIC_PATHS"] = catalogue.files
    settings["EXTRA_PATH_METADATA"] = {
        path: {"path": catalogue.addresses[path].lstrip("/")} for path in catalogue.files
    }
    settings["ARTICLE_ORDER_BY"] = order_articles(catalogue)


def add_reader(readers: Any) -> None:
    """Let records be read in place of Markdown files."""
    readers.reader_classes["md"] = RecordReader


def count_articles(generator: Any) -> None:
    """Stop when Pelican has not taken every post: it drops what it cannot read and goes on."""
    wanted = {record.path for record in generator.settings["CATALOGUE"].posts}
    taken = {article.record.path for article in generator.articles}
    if missing := sorted(wanted - taken):
        raise Refused(f"Pelican left out {', '.join(missing)}. The site is unchanged.")


def register() -> None:
    """Connect the door to Pelican."""
    from pelican import signals

    signals.initialized.connect(open_catalogue)
    signals.readers_init.connect(add_reader)
    signals.article_generator_finalized.connect(count_articles)
