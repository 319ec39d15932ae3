"""Open a database of what is kept from one run to the next, or begin a new one.

It holds data (SQLite), never code. All of it is thrown away when the code or a package that made it
is another one. One that is damaged, foreign or in use by another run is done without: that can make
a run slower, never wrong.
"""

import hashlib
import sqlite3
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import markupsafe


@lru_cache(maxsize=1)
def read_version() -> str:
    """Give a hash of all that a run depends on besides its input: this code, the packages, Python."""
    digest = hashlib.sha256(sys.version.encode())
    root = Path(__file__).parents[1]
    for folder in ("plugins", "commands"):
        for path in sorted((root / folder).glob("*.py")):
            digest.update(path.read_bytes())
    # The folders that pip makes beside the packages are named after their versions.
    installed = Path(markupsafe.__file__).parents[1].glob("*.dist-info")
    digest.update("\n".join(sorted(path.name for path in installed)).encode())
    return digest.hexdigest()


def open_database(
    file: Path, tables: Mapping[str, str], load: Callable[[sqlite3.Connection], None]
) -> tuple[sqlite3.Connection | None, str]:
    """Give a connection, None if there is none to be had, and what the author may want to know of it.

    `tables` are the columns by the name of the table; `load` reads what is wanted at once, and raises
    when it is not what it should be.
    """
    notice = ""
    for _ in range(2):
        connection = None
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(file, timeout=0.2)
            prepare(connection, tables)
            load(connection)
        except (sqlite3.Error, OSError, ValueError, TypeError) as error:
            if connection:
                connection.close()
            name = getattr(error, "sqlite_errorname", "")
            if isinstance(error, OSError) or name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                break
            notice = f"{file.name} was damaged and has been made anew."
            with suppress(OSError):
                file.unlink(missing_ok=True)
        else:
            return connection, notice
    return None, notice


def prepare(connection: sqlite3.Connection, tables: Mapping[str, str]) -> None:
    """Make the tables that are missing; empty them if another version of the code has filled them."""
    script = "pragma journal_mode = wal; pragma synchronous = normal;"
    script += "create table if not exists version (text text);"
    for name, columns in tables.items():
        script += f"create table if not exists {name} {columns};"
    connection.executescript(script)
    version = read_version()
    if connection.execute("select text from version").fetchall() != [(version,)]:
        for name in ("version", *tables):
            connection.execute(f"delete from {name}")  # noqa: S608 - the names are the callers' own
        connection.execute("insert into version values (?)", (version,))
        connection.commit()
