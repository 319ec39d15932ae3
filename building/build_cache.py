"""Cache the key that each file of the last tree was drawn from, so that it need not be drawn again.

Of the whole build the cache has what went into it and what it had to say: with the same going in, and the
tree in the state in which it was left, there is nothing to do.

All of it carries a keyed digest (catalogue/authenticity.py): what was not written here, or is not whole
as it was written, counts as not cached.
"""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from building.inputs import Inputs, Run
from building.outcome import Outcome
from building.output_folder.swap import is_tidy
from building.tree import Entry, read_tree
from catalogue.authenticity import authenticate, read_key
from catalogue.database import open_database
from catalogue.dates import read_clock
from catalogue.reading_cache import RACY_NS

BUILD_TABLES = {
    "builds": "(tree text primary key, inputs text, facts text, entries text, mac text)"
}


class BuildCache:
    """The cache of one tree."""

    def __init__(self, file: Path | None, tree: Path) -> None:
        """Read from the database in `file` what it has of the folder `tree`; None caches nothing."""
        self.file, self.tree = file, tree.resolve()
        self.inputs = ""
        self.facts: dict[str, Any] = {}
        self.entries: dict[str, Entry] = {}  # by name
        self.key = read_key() if file else b""
        self.connection: sqlite3.Connection | None = None
        if file:
            self.connection, _ = open_database(file, self.key, BUILD_TABLES, self.load)

    @property
    def template_names(self) -> dict[str, Any]:
        """The names that each template was found to read, by a hash of its source."""
        names = self.facts.get("template_names", {})
        return names if isinstance(names, dict) else {}

    def load(self, connection: sqlite3.Connection) -> None:
        """Read what is cached of the last build, if it is all as it was written here."""
        query = "select inputs, facts, entries, mac from builds where tree = ?"
        for *texts, mac in connection.execute(query, (str(self.tree),)):
            if mac == self.sign(*texts):
                self.inputs, facts, entries = texts
                self.facts = json.loads(facts)
                self.entries = {f: Entry._make(words) for f, words in json.loads(entries).items()}

    def sign(self, *texts: str) -> str:
        """Return the keyed digest of what is cached of this tree; raises TypeError for what is no text."""
        return authenticate(self.key, "build", str(self.tree), *texts)

    def save(self, inputs: str, facts: Mapping[str, Any], entries: Mapping[str, Entry]) -> None:
        """Write what belongs to a new tree, when it has taken the place of the last one."""
        if self.connection is None:
            return
        texts = (inputs, json.dumps(facts), json.dumps(entries))
        row = (str(self.tree), *texts, self.sign(*texts))
        with suppress(sqlite3.Error), self.connection as connection:
            connection.execute("insert or replace into builds values (?, ?, ?, ?, ?)", row)

    def close(self) -> None:
        """Close the database."""
        if self.connection:
            self.connection.close()
        self.connection = None


def find_unchanged(run: Run, cache: BuildCache, inputs: Inputs) -> Outcome | None:
    """Return what the last build had to say, if another one would make the same tree and say the same."""
    if cache.inputs != inputs.key:
        return None
    try:
        last = Outcome(**cache.facts)
    except TypeError:  # cached by something else than this code
        return None
    is_same = (
        inputs.changed_ns + RACY_NS < last.began_ns
        and last.newest <= read_clock().timestamp() < last.next
        and (last.posts or run.allow_shrink)
        and read_tree(cache.tree) == {name: entry.stamp for name, entry in cache.entries.items()}
        and is_tidy(cache.tree)
    )
    return last if is_same else None
