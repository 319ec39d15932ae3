"""Keep what was read of each file, so that an unchanged file is read once only.

A kept reading is data (JSON in an SQLite database), never code. It is used again when the file's
stamp (size, times, inode) is the same and the reading is safely younger than the file; else when
the file's bytes are the same. All readings are thrown away when the code or a package that made
them is another one. A store that is damaged, foreign or in use by another run is done without: it
can make a run slower, never wrong.
"""

import hashlib
import json
import sqlite3
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import markupsafe

# A file changed again within this time can have the same stamp: git's "racy" rule, with the two
# seconds that FAT counts in.
RACY_NS = 2_000_000_000
TABLES = """
create table if not exists version (text text);
create table if not exists readings (
    root text, path text, stamp text, read_ns integer, digest text, facts text, body text,
    primary key (root, path)
) without rowid;
"""


def read_version() -> str:
    """Give a hash of all that a reading depends on besides the file: this code, the packages, Python."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    # The folders that pip makes beside the packages are named after their versions.
    installed = Path(markupsafe.__file__).parents[1].glob("*.dist-info")
    digest.update("\n".join(sorted(path.name for path in installed)).encode())
    return digest.hexdigest()


class Store:
    """Hold the readings of one content folder; use it as a context, which saves at its end."""

    def __init__(self, file: Path | None, root: Path) -> None:
        """Open the store in `file` for the folder `root`; without a file, nothing is kept."""
        self.root = str(root.resolve())
        self.kept: dict[str, tuple[str, int, str, str]] = {}
        self.new: dict[str, tuple[str, int, str, str, str]] = {}
        self.connection: sqlite3.Connection | None = None
        self.notice = ""
        if file:
            self.open(file)

    def open(self, file: Path) -> None:
        """Connect to the file; one that is no store of this version is begun anew."""
        for _ in range(2):
            try:
                file.parent.mkdir(parents=True, exist_ok=True)
                self.connection = sqlite3.connect(file, timeout=0.2)
                self.load()
                return
            except (sqlite3.Error, OSError, ValueError, TypeError) as error:
                self.close()
                name = getattr(error, "sqlite_errorname", "")
                if isinstance(error, OSError) or name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                    return
                self.notice = f"{file.name} was damaged and has been made anew."
                with suppress(OSError):
                    file.unlink(missing_ok=True)

    def load(self) -> None:
        """Load the readings, without the bodies; throw all away that other code has made."""
        assert self.connection
        self.connection.executescript(
            "pragma journal_mode = wal; pragma synchronous = normal;" + TABLES
        )
        version = read_version()
        if self.connection.execute("select text from version").fetchall() != [(version,)]:
            self.connection.execute("delete from version")
            self.connection.execute("delete from readings")
            self.connection.execute("insert into version values (?)", (version,))
        rows = self.connection.execute(
            "select path, stamp, read_ns, digest, facts from readings where root = ?", (self.root,)
        )
        self.kept = {
            str(path): (stamp, read_ns, digest, facts)
            for path, stamp, read_ns, digest, facts in rows
        }

    def find(self, path: str, stamp: str, changed_ns: int) -> Mapping[str, Any] | None:
        """Give the facts of a file whose stamp says that it is unchanged."""
        kept = self.kept.get(path)
        if kept and kept[0] == stamp and changed_ns + RACY_NS < kept[1]:
            return self.parse(path)
        return None

    def has(self, path: str) -> bool:
        """Tell whether anything is kept of a file."""
        return path in self.kept

    def find_same(self, path: str, stamp: str, digest: str) -> Mapping[str, Any] | None:
        """Give the facts of a file whose bytes are the same, and remember its new stamp."""
        kept = self.kept.get(path)
        if not kept or kept[2] != digest:
            return None
        facts = self.parse(path)
        if facts is not None:
            self.new[path] = (stamp, time.time_ns(), digest, kept[3], self.load_body(path))
        return facts

    def parse(self, path: str) -> Mapping[str, Any] | None:
        """Read the facts that are kept; what is damaged counts as not kept."""
        try:
            facts = json.loads(self.kept[path][3])
        except (ValueError, TypeError):
            return None
        return facts if isinstance(facts, dict) else None

    def load_bodies(self) -> dict[str, str]:
        """Give all bodies that are kept, by path."""
        if not self.connection:
            return {}
        query = "select path, body from readings where root = ?"
        kept = {str(path): str(body) for path, body in self.connection.execute(query, (self.root,))}
        return kept | {path: reading[4] for path, reading in self.new.items()}

    def load_body(self, path: str) -> str:
        """Give the body that belongs to kept facts."""
        assert self.connection
        row = self.connection.execute(
            "select body from readings where root = ? and path = ?", (self.root, path)
        ).fetchone()
        return str(row[0]) if row else ""

    def keep(self, path: str, stamp: str, digest: str, facts: Mapping[str, Any], body: str) -> None:
        """Keep a new reading until the store is saved."""
        text = json.dumps(facts, ensure_ascii=True)
        self.new[path] = (stamp, time.time_ns(), digest, text, body)

    def forget(self, present: Iterable[str]) -> None:
        """Drop the readings of files that are not there any more."""
        gone = [(self.root, path) for path in self.kept.keys() - set(present)]
        if gone and self.connection:
            self.connection.executemany("delete from readings where root = ? and path = ?", gone)

    def save(self) -> None:
        """Write the new readings."""
        if self.connection:
            rows = [(self.root, path, *reading) for path, reading in self.new.items()]
            self.connection.executemany(
                "insert or replace into readings values (?, ?, ?, ?, ?, ?, ?)", rows
            )
            self.connection.commit()

    def close(self) -> None:
        """Let go of the file."""
        if self.connection:
            self.connection.close()
        self.connection, self.kept = None, {}

    def __enter__(self) -> Self:
        """Begin to use the store."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Save what was read, also when the run ends in an error of the author's, and let go."""
        with suppress(sqlite3.Error):
            self.save()
        self.close()
