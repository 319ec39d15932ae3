"""Say at the address of a page that was withdrawn that it was, and where to look instead.

Reads: the withdrawn addresses of the ledger `content/addresses.txt`, with the reasons; the topics.
Adds: nothing.
Writes: a page at each of these addresses.
"""

from typing import Any

from plugins.not_found import select_topics

AFTER = ("plugins.topics",)


def write_gone(generator: Any, writer: Any) -> None:
    """Write a page for each withdrawn address."""
    topics = select_topics(generator.context["topics"])
    for address, reason in generator.catalogue.gone.items():
        writer.add_page(address, "gone", reason=reason, topics=topics)


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_writer_finalized.connect(write_gone)
