"""Keep of each file of the last tree what it was drawn from, so that it need not be drawn again.

Of the whole build is kept what went into it and what it had to say: with the same going in, and the
tree in the state in which it was left, there is nothing to do.
"""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from pathlib import Path
from typing import Any

from plugins.database import open_database

TABLES = {
    "entries": "(tree text, file text, key text, stamp text, primary key (tree, file)) without rowid",
    "builds": "(tree text primary key, inputs text, facts text)",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold the key of the job that drew a file, and the state in which the file was left."""

    key: str
    stamp: str


class Ledger:
    """Hold what is kept of one tree."""

    def __init__(self, file: Path | None, tree: Path) -> None:
        """Read from the database in `file` what it has of the folder `tree`; None keeps nothing."""
        self.file, self.tree = file, tree.resolve()
        self.inputs = ""
        self.facts: dict[str, Any] = {}
        self.connection: sqlite3.Connection | None = None
        if file:
            self.connection, _ = open_database(file, TABLES, self.load)

    def load(self, connection: sqlite3.Connection) -> None:
        """Read what is kept of the last build."""
        query = "select inputs, facts from builds where tree = ?"
        row = connection.execute(query, (str(self.tree),)).fetchone()
        if row:
            self.inputs, self.facts = str(row[0]), json.loads(row[1])

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Give the entries of the files, by name."""
        if self.connection is None:
            return {}
        query = "select file, key, stamp from entries where tree = ?"
        with suppress(sqlite3.Error):
            rows = self.connection.execute(query, (str(self.tree),))
            return {str(file): Entry(str(key), str(stamp)) for file, key, stamp in rows}
        return {}

    def save(self, inputs: str, facts: Mapping[str, Any], entries: Mapping[str, Entry]) -> None:
        """Write what belongs to a new tree, when it has taken the place of the last one."""
        if self.connection is None:
            return
        tree, kept = str(self.tree), self.entries
        new = [  # in the order in which SQLite keeps them
            (tree, file, entry.key, entry.stamp)
            for file, entry in sorted(entries.items(), key=itemgetter(0))
            if kept.get(file) != entry
        ]
        gone = [(tree, file) for file in kept.keys() - entries.keys()]
        with suppress(sqlite3.Error), self.connection as connection:
            connection.executemany("insert or replace into entries values (?, ?, ?, ?)", new)
            connection.executemany("delete from entries where tree = ? and file = ?", gone)
            row = (tree, inputs, json.dumps(facts))
            connection.execute("insert or replace into builds values (?, ?, ?)", row)

    def close(self) -> None:
        """Let go of the database."""
        if self.connection:
            self.connection.close()
        self.connection = None
