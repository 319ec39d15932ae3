"""Put a text in the place of another, as only a preview does."""

import copy

from building.pelican_adapter.content import Content
from catalogue.records import Record


def renew(content: Content, record: Record) -> Content:
    """Return a text with another record, and what plugins know of the last one."""
    fresh = Content(record, content._catalogue, content._root, content._words, content._language)
    new = copy.copy(content)
    vars(new).update(vars(fresh))
    return new
