"""Keep of each file of the last tree what it was drawn from, so that it need not be drawn again.

Of the whole build is kept what went into it and what it had to say: with the same going in, and the
tree in the state in which it was left, there is nothing to do.

All of it carries a keyed digest (catalogue/authenticity.py): what was not written here, or is not whole
as it was written, counts as not kept.
"""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from catalogue.authenticity import authenticate, read_key
from catalogue.database import open_database

TABLES = {"builds": "(tree text primary key, inputs text, facts text, entries text, mac text)"}


class Entry(NamedTuple):
    """What is known of a file: the key of the job that drew it, its state then, a hash of its bytes."""

    key: str
    stamp: str
    digest: str


class Ledger:
    """Hold what is kept of one tree."""

    def __init__(self, file: Path | None, tree: Path) -> None:
        """Read from the database in `file` what it has of the folder `tree`; None keeps nothing."""
        self.file, self.tree = file, tree.resolve()
        self.inputs = ""
        self.facts: dict[str, Any] = {}
        self.entries: dict[str, Entry] = {}  # by name
        self.key = read_key() if file else b""
        self.connection: sqlite3.Connection | None = None
        if file:
            self.connection, _ = open_database(file, self.key, TABLES, self.load)

    def load(self, connection: sqlite3.Connection) -> None:
        """Read what is kept of the last build, if it is all as it was written here."""
        query = "select inputs, facts, entries, mac from builds where tree = ?"
        for *texts, mac in connection.execute(query, (str(self.tree),)):
            if mac == self.sign(*texts):
                self.inputs, facts, entries = texts
                self.facts = json.loads(facts)
                self.entries = {f: Entry._make(words) for f, words in json.loads(entries).items()}

    def sign(self, *texts: str) -> str:
        """Return the keyed digest of what is kept of this tree; raises TypeError for what is no text."""
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
        """Let go of the database."""
        if self.connection:
            self.connection.close()
        self.connection = None
