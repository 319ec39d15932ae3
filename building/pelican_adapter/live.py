"""What only a preview needs of the adapter: templates that stay compiled, a text in the place of another."""

import copy

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from building.pelican_adapter.content import Content
from catalogue.records import Record


class CompiledTemplates(BytecodeCache):
    """Compiled templates, kept while their sources are the same; the words of the theme are in them."""

    def __init__(self) -> None:
        """Begin with none."""
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load what is kept of a template."""
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was compiled."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


def renew(content: Content, record: Record) -> Content:
    """Return a text with another record, and what plugins know of the last one."""
    fresh = Content(record, content._catalogue, content._root, content._words)
    new = copy.copy(content)
    vars(new).update(vars(fresh))
    return new
