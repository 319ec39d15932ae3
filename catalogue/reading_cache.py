"""Keep what was read of each file, so that an unchanged file is read once only.

A kept reading is JSON. It is used again when the file's stamp (size, times, inode) is the same and
the reading is safely younger than the file; else when the file's bytes are the same.

Each part carries a keyed digest (catalogue/authenticity.py) over all that it is believed for, so a row
from somewhere else, or in the place of another one, counts as not kept.
"""

import json
import os
import sqlite3
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any
from weakref import finalize

from catalogue.authenticity import authenticate, read_key
from catalogue.database import open_database

# A file changed again within this time can have the same stamp: git's "racy" rule, with the two
# seconds that FAT counts in.
RACY_NS = 2_000_000_000
Facts = dict[str, Any]
TABLES = {
    "readings": "(root text, path text, stamp text, read_ns integer, digest text, facts text, "
    "facts_mac text, body text, body_mac text, primary key (root, path))"
}
Kept = tuple[str, int, str, str]  # stamp, time of reading, digest of the file, facts as JSON


class Shelf:
    """Hand out kept bodies one by one, in whatever process asks: no process may use another's file."""

    def __init__(self, file: Path | None, root: Path) -> None:
        """Prepare to read from the store in `file` what it keeps of the folder `root`."""
        self.file, self.root = file, str(root.resolve())
        self.key = read_key() if file else b""
        # By process. One that a fork has inherited must be neither used nor closed (SQLite, "How to
        # corrupt a database", 2.6), so it is kept.
        self.connections: dict[int, sqlite3.Connection] = {}
        finalize(self, close_own, self.connections)

    def find_body(self, path: str, digest: str) -> str | None:
        """Give the body of the file with these bytes; None if it is not kept, or out of reach."""
        if self.file is None or not self.key:
            return None
        try:
            own = self.connections.get(os.getpid())
            own = own or sqlite3.connect(self.file, timeout=1)
            self.connections[os.getpid()] = own
            query = "select body, body_mac from readings where root = ? and path = ? and digest = ?"
            body, mac = own.execute(query, (self.root, path, digest)).fetchone() or ("", "")
        except sqlite3.Error:
            return None
        is_own = isinstance(body, str) and mac == sign_body(self.key, self.root, path, digest, body)
        return body if is_own else None


def close_own(connections: dict[int, sqlite3.Connection]) -> None:
    """Close the connection of this process, which Python would otherwise warn of (3.13 and on)."""
    if own := connections.pop(os.getpid(), None):
        own.close()


def sign_facts(
    key: bytes, root: str, path: str, stamp: str, read_ns: int, digest: str, facts: str
) -> str:
    """Return the keyed digest of the facts of a file, with all that decides whether they are used."""
    return authenticate(key, "facts", root, path, stamp, str(read_ns), digest, facts)


def sign_body(key: bytes, root: str, path: str, digest: str, body: str) -> str:
    """Return the keyed digest of the body of a file with these bytes."""
    return authenticate(key, "body", root, path, digest, body)


class Store:
    """Hold the readings of one content folder."""

    def __init__(self, file: Path | None, root: Path) -> None:
        """Load from the store in `file` what it has of the folder `root`; without a file, nothing is kept."""
        self.file, self.root = file, str(root.resolve())
        self.key = read_key() if file else b""
        self.kept: dict[str, Kept] = {}
        self.new: dict[str, tuple[str, int, str, Facts, str]] = {}
        self.same: dict[str, tuple[str, int]] = {}  # read before, with the stamp of today
        self.gone: set[str] = set()
        self.notice = ""
        # A reading counts as made when the first began: a file may change while others are read.
        self.began_ns = time.time_ns()
        if file:
            connection, self.notice = open_database(file, self.key, TABLES, self.load)
            if connection:
                connection.close()
            else:
                self.file = None

    def load(self, connection: sqlite3.Connection) -> None:
        """Load the readings of this user's own, without the bodies.

        Raises TypeError for what is no text: then nothing of the store is believed.
        """
        query = "select path, stamp, read_ns, digest, facts, facts_mac from readings where root = ?"
        for path, *kept, mac in connection.execute(query, (self.root,)):
            if mac == sign_facts(self.key, self.root, path, *kept):
                self.kept[path] = tuple(kept)

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
        self.same[path] = (stamp, self.began_ns)
        return self.parse(path)

    def parse(self, path: str) -> tuple[str, Facts]:
        """Read the facts that are kept."""
        *_, digest, facts = self.kept[path]
        return digest, json.loads(facts)

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
        connection, _ = open_database(self.file, self.key, TABLES, lambda _: None)
        if connection is None:
            return
        key, root, new, same = self.key, self.root, [], []
        for path, (stamp, read_ns, digest, facts, body) in self.new.items():
            kept = (stamp, read_ns, digest, json.dumps(facts))
            macs = sign_facts(key, root, path, *kept), sign_body(key, root, path, digest, body)
            new.append((root, path, *kept, macs[0], body, macs[1]))
        for path, (stamp, read_ns) in self.same.items():
            _, _, digest, facts_kept = self.kept[path]
            mac = sign_facts(key, root, path, stamp, read_ns, digest, facts_kept)
            same.append((stamp, read_ns, mac, root, path, digest, facts_kept))
        gone = [(root, path) for path in self.gone]
        with suppress(sqlite3.Error), connection:
            for statement, rows in (
                ("insert or replace into readings values (?, ?, ?, ?, ?, ?, ?, ?, ?)", new),
                (
                    "update readings set stamp = ?, read_ns = ?, facts_mac = ? "
                    "where root = ? and path = ? and digest = ? and facts = ?",
                    same,
                ),
                ("delete from readings where root = ? and path = ?", gone),
            ):
                connection.executemany(statement, rows)
        connection.close()
