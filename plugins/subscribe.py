"""The page that explains the feeds and names them all.

Reads: the topics.
Adds: nothing.
Writes: the page.
"""

from typing import Any

from catalogue.addresses import SITE


def write_subscribe(_: Any, writer: Any) -> None:
    """Write the page that explains the feeds."""
    writer.add_page(SITE["subscribe"], "subscribe")


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_writer_finalized.connect(write_subscribe)
