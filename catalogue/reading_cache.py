"""Cache what was read of each file, so that an unchanged file is read once only.

A cached reading is JSON. It is used again when the file's stamp (size, times, inode) is the same and
the reading is safely younger than the file; else when the file's bytes are the same.

Each part carries a keyed digest (catalogue/authenticity.py) over all that it is believed for, so a row
from somewhere else, or in the place of another one, counts as not cached. So does one that was read in
another language: which marks a text has depends on the site's.
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
READING_TABLES = {
    "readings": "(root text, path text, stamp text, read_ns integer, digest text, facts text, "
    "facts_mac text, body text, body_mac text, primary key (root, path))"
}
# Stamp, time of reading, digest of the file, facts as JSON.
CachedReading = tuple[str, int, str, str]


class BodyLoader:
    """A loader of cached bodies, with a connection for each process: none may use another's."""

    def __init__(self, file: Path | None, root: Path, language: str = "en") -> None:
        """Load from the cache in `file` what it has of the folder `root` in the site's language."""
        self.file, self.root, self.language = file, str(root.resolve()), language
        self.key = read_key() if file else b""
        # By process. One that a fork has inherited must be neither used nor closed (SQLite, "How to
        # corrupt a database", 2.6), so it stays here.
        self.connections: dict[int, sqlite3.Connection] = {}
        finalize(self, close_own, self.connections)

    def find_body(self, path: str, digest: str) -> str | None:
        """Return the body of the file with these bytes; None if it is not cached, or out of reach."""
        if self.file is None or not self.key:
            return None
        try:
            own = self.connections.get(os.getpid())
            # Whichever thread clears up when nobody uses this any more may close it.
            own = own or sqlite3.connect(self.file, timeout=1, check_same_thread=False)
            self.connections[os.getpid()] = own
            query = "select body, body_mac from readings where root = ? and path = ? and digest = ?"
            body, mac = own.execute(query, (self.root, path, digest)).fetchone() or ("", "")
        except sqlite3.Error:
            return None
        if not isinstance(body, str):
            return None
        wanted = sign_body(self.key, self.root, self.language, path, digest, body)
        return body if mac == wanted else None


def close_own(connections: dict[int, sqlite3.Connection]) -> None:
    """Close the connection of this process, which Python would otherwise warn of (3.13 and on)."""
    if own := connections.pop(os.getpid(), None):
        own.close()


def sign_facts(
    key: bytes,
    root: str,
    language: str,
    path: str,
    stamp: str,
    read_ns: int,
    digest: str,
    facts: str,
) -> str:
    """Return the keyed digest of the facts of a file, with all that decides whether they are used."""
    return authenticate(key, "facts", root, language, path, stamp, str(read_ns), digest, facts)


def sign_body(key: bytes, root: str, language: str, path: str, digest: str, body: str) -> str:
    """Return the keyed digest of the body of a file with these bytes."""
    return authenticate(key, "body", root, language, path, digest, body)


class ReadingCache:
    """The readings of one content folder, for a site in one language."""

    def __init__(self, file: Path | None, root: Path, language: str = "en") -> None:
        """Load from the cache in `file` what it has of the folder `root`; without one, nothing."""
        self.file, self.root, self.language = file, str(root.resolve()), language
        self.key = read_key() if file else b""
        self.cached: dict[str, CachedReading] = {}
        self.new: dict[str, tuple[str, int, str, Facts, str]] = {}
        self.same: dict[str, tuple[str, int]] = {}  # read before, with their new stamp
        self.gone: set[str] = set()
        self.notice = ""
        # A reading counts as made when the first began: a file may change while others are read.
        self.began_ns = time.time_ns()
        if file:
            connection, self.notice = open_database(file, self.key, READING_TABLES, self.load)
            if connection:
                connection.close()
            else:
                self.file = None

    def load(self, connection: sqlite3.Connection) -> None:
        """Load the readings of this user's own, without the bodies.

        Raises TypeError for what is no text: then nothing of the cache is believed.
        """
        query = "select path, stamp, read_ns, digest, facts, facts_mac from readings where root = ?"
        for path, *reading, mac in connection.execute(query, (self.root,)):
            if mac == sign_facts(self.key, self.root, self.language, path, *reading):
                self.cached[path] = tuple(reading)

    def find(self, path: str, stamp: str, changed_ns: int) -> tuple[str, Facts] | None:
        """Return the digest and the facts of a file whose stamp says that it is unchanged."""
        reading = self.cached.get(path)
        if reading and reading[0] == stamp and changed_ns + RACY_NS < reading[1]:
            return self.parse(path)
        return None

    def has(self, path: str) -> bool:
        """Return whether anything is cached of a file."""
        return path in self.cached

    def find_same(self, path: str, stamp: str, digest: str) -> tuple[str, Facts] | None:
        """Return the same of a file whose bytes are the same, and remember its new stamp."""
        reading = self.cached.get(path)
        if not reading or reading[2] != digest:
            return None
        self.same[path] = (stamp, self.began_ns)
        return self.parse(path)

    def parse(self, path: str) -> tuple[str, Facts]:
        """Return the digest and the facts that are cached."""
        *_, digest, facts = self.cached[path]
        return digest, json.loads(facts)

    def add(self, path: str, stamp: str, digest: str, facts: Facts, body: str) -> None:
        """Add a new reading, which is written when the cache is saved."""
        self.new[path] = (stamp, self.began_ns, digest, facts, body)

    def drop_all_but(self, present: Iterable[str]) -> None:
        """Remove the readings of all files but those that are present."""
        self.gone = self.cached.keys() - set(present)

    def count_changes(self) -> int:
        """Return how many readings there are to save."""
        return len(self.new) + len(self.same) + len(self.gone)

    def save(self) -> None:
        """Write what has changed; what the disk refuses is read again by the next run."""
        if not self.file or not self.count_changes():
            return
        connection, _ = open_database(self.file, self.key, READING_TABLES, lambda _: None)
        if connection is None:
            return
        key, root, language, new, same = self.key, self.root, self.language, [], []
        for path, (stamp, read_ns, digest, facts, body) in self.new.items():
            reading = (stamp, read_ns, digest, json.dumps(facts))
            mac = sign_facts(key, root, language, path, *reading)
            body_mac = sign_body(key, root, language, path, digest, body)
            new.append((root, path, *reading, mac, body, body_mac))
        for path, (stamp, read_ns) in self.same.items():
            _, _, digest, old_facts = self.cached[path]
            mac = sign_facts(key, root, language, path, stamp, read_ns, digest, old_facts)
            same.append((stamp, read_ns, mac, root, path, digest, old_facts))
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
