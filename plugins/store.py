"""Keep what was read of each file, so that an unchanged file is read once only.

A kept reading is JSON. It is used again when the file's stamp (size, times, inode) is the same and
the reading is safely younger than the file; else when the file's bytes are the same.
"""

import json
import os
import sqlite3
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from plugins.database import open_database

# A file changed again within this time can have the same stamp: git's "racy" rule, with the two
# seconds that FAT counts in.
RACY_NS = 2_000_000_000
Facts = dict[str, Any]
TABLES = {
    "readings": "(root text, path text, stamp text, read_ns integer, digest text, facts text, "
    "body text, primary key (root, path))"
}


class Shelf:
    """Hand out kept bodies one by one, in whatever process asks: no process may use another's file."""

    def __init__(self, file: Path | None, root: Path) -> None:
        """Prepare to read from the store in `file` what it keeps of the folder `root`."""
        self.file, self.root = file, str(root.resolve())
        # By process. One that a fork has inherited must be neither used nor closed (SQLite, "How to
        # corrupt a database", 2.6), so it is kept.
        self.connections: dict[int, sqlite3.Connection] = {}

    def find_body(self, path: str, digest: str) -> str | None:
        """Give the body of the file with these bytes; None if it is not kept, or out of reach."""
        if self.file is None:
            return None
        try:
            own = self.connections.get(os.getpid())
            own = own or sqlite3.connect(self.file, timeout=1)
            self.connections[os.getpid()] = own
            query = "select body from readings where root = ? and path = ? and digest = ?"
            row = own.execute(query, (self.root, path, digest)).fetchone()
        except sqlite3.Error:
            return None
        return str(row[0]) if row else None


class Store:
    """Hold the readings of one content folder."""

    def __init__(self, file: Path | None, root: Path) -> None:
        """Load from the store in `file` what it has of the folder `root`; without a file, nothing is kept."""
        self.file, self.root = file, str(root.resolve())
        self.kept: dict[str, tuple[str, int, str, str]] = {}
        self.new: dict[str, tuple[str, int, str, Facts, str]] = {}
        self.same: dict[str, tuple[str, int]] = {}  # read before, with the stamp of today
        self.gone: set[str] = set()
        self.notice = ""
        # A reading counts as made when the first began: a file may change while others are read.
        self.began_ns = time.time_ns()
        if file:
            connection, self.notice = open_database(file, TABLES, self.load)
            if connection:
                connection.close()
            else:
                self.file = None

    def load(self, connection: sqlite3.Connection) -> None:
        """Load the readings, without the bodies."""
        rows = connection.execute(
            "select path, stamp, read_ns, digest, facts from readings where root = ?", (self.root,)
        )
        self.kept = {
            str(path): (stamp, read_ns, digest, facts)
            for path, stamp, read_ns, digest, facts in rows
        }

    def find(self, path: str, stamp: str, changed_ns: int) -> tuple[str, Facts] | None:
        """Give the digest and the facts of a file whose stamp says that it is unchanged."""
        kept = self.kept.get(path)
        if kept and kept[0] == stamp and changed_ns + RACY_NS < kept[1]:
            return self.parse(path)
        return None

    def has(self, path: str) -> bool:
        """Tell whether anything is kept of a file."""
        return path in self.kept

    def find_same(self, path: str, stamp: str, digest: str) -> tuple[str, Facts] | None:
        """Give the same of a file whose bytes are the same, and remember its new stamp."""
        kept = self.kept.get(path)
        if not kept or kept[2] != digest:
            return None
        found = self.parse(path)
        if found is not None:
            self.same[path] = (stamp, self.began_ns)
        return found

    def parse(self, path: str) -> tuple[str, Facts] | None:
        """Read the facts that are kept; what is damaged counts as not kept."""
        *_, digest, text = self.kept[path]
        try:
            facts = json.loads(text)
        except (ValueError, TypeError):
            return None
        return (str(digest), facts) if isinstance(facts, dict) else None

    def keep(self, path: str, stamp: str, digest: str, facts: Facts, body: str) -> None:
        """Keep a new reading until the store is saved."""
        self.new[path] = (stamp, self.began_ns, digest, facts, body)

    def forget(self, present: Iterable[str]) -> None:
        """Drop the readings of files that are not there any more."""
        self.gone = self.kept.keys() - set(present)

    def count_changes(self) -> int:
        """Tell how much there is to save."""
        return len(self.new) + len(self.same) + len(self.gone)

    def save(self) -> None:
        """Write what has changed; what the disk refuses is read again by the next run."""
        if not self.file or not self.count_changes():
            return
        connection, _ = open_database(self.file, TABLES, lambda _: None)
        if connection is None:
            return
        root = self.root
        new = [
            (root, path, stamp, read_ns, digest, json.dumps(facts), body)
            for path, (stamp, read_ns, digest, facts, body) in self.new.items()
        ]
        same = [(*state, root, path, self.kept[path][2]) for path, state in self.same.items()]
        gone = [(root, path) for path in self.gone]
        with suppress(sqlite3.Error), connection:
            for statement, rows in (
                ("insert or replace into readings values (?, ?, ?, ?, ?, ?, ?)", new),
                (
                    "update readings set stamp = ?, read_ns = ? "
                    "where root = ? and path = ? and digest = ?",
                    same,
                ),
                ("delete from readings where root = ? and path = ?", gone),
            ):
                connection.executemany(statement, rows)
        connection.close()
