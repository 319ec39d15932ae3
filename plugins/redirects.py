"""Redirect old addresses: a page at each leads to the new one, and from a topic's other names too.

Reads: the records with `Aliases` or `Used-for`.
Adds: nothing.
Writes: a redirect page at each old address.
"""

from typing import Any

from catalogue.addresses import read_redirects


def write_redirects(generator: Any, writer: Any) -> None:
    """Write a redirect page for each old address of each published text."""
    catalogue = generator.catalogue
    for record in catalogue.shown:
        for alias in read_redirects(record):
            target = catalogue.addresses[record.path]
            writer.add_page(alias, "redirect", target=target, title=record.title)


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_writer_finalized.connect(write_redirects)
