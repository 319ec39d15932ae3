"""Open a database of what is cached from one run to the next, or begin a new one.

It holds data (SQLite), never code. All of it is thrown away when the code or a package that made it
is another one, or when it was made by somebody else (catalogue/authenticity.py). One that is damaged,
foreign or in use by another run is not used: that can make a run slower, never wrong.
"""

import hashlib
import os
import sqlite3
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import markupsafe

from catalogue.authenticity import authenticate
from catalogue.folder.regular_files import is_link
from catalogue.project import CODE_FOLDERS, ROOT

# The files of a database in SQLite, by the endings of their names.
BESIDE = ("", "-wal", "-shm", "-journal")
NOTHING_CACHED = "Nothing is kept for the next run, which is only slower for it"


@lru_cache(maxsize=1)
def read_version() -> str:
    """Return a hash of all that a run depends on besides its input: this code, the packages, Python."""
    digest = hashlib.sha256(sys.version.encode())
    for path in list_code():
        with open(path, "rb", buffering=0) as file:
            digest.update(file.read())
    # The folders that pip makes beside the packages are named after their versions.
    installed = Path(markupsafe.__file__).parents[1].glob("*.dist-info")
    digest.update("\n".join(sorted(path.name for path in installed)).encode())
    return digest.hexdigest()


def list_code() -> list[str]:
    """Return the paths of this project's modules, in one order; each run asks for them."""
    walks = [os.walk(ROOT / folder) for folder in CODE_FOLDERS]
    return sorted(
        os.path.join(folder, name)
        for walk in walks
        for folder, _, names in walk
        for name in names
        if name.endswith(".py")
    )


def open_database(
    file: Path,
    key: bytes,
    tables: Mapping[str, str],
    load: Callable[[sqlite3.Connection], None],
) -> tuple[sqlite3.Connection | None, str]:
    """Return a connection, None if there is none to be had, and what the author may want to know of it.

    `key` is this user's, empty if there is none: then nothing is cached. `tables` are the columns by
    the name of the table; `load` reads what is wanted at once, and raises when it is not what it
    should be.
    """
    if not key:
        return (
            None,
            f"{NOTHING_CACHED}: there is no place for a file of your own outside this folder.",
        )
    if link := find_database_link(file):
        return None, f"{NOTHING_CACHED}: {link} is a link to another place. Delete the link."
    notice = ""
    for _ in range(2):
        connection = None
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(file, timeout=0.2)
            prepare_tables(connection, key, tables)
            load(connection)
        except (sqlite3.Error, OSError, ValueError, TypeError) as error:
            if connection:
                connection.close()
            name = getattr(error, "sqlite_errorname", "")
            if isinstance(error, OSError) or name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                break
            if isinstance(error, sqlite3.Error):  # else another version has made other tables
                notice = f"{file.name} was damaged and has been made anew."
            with suppress(OSError):
                file.unlink(missing_ok=True)
        else:
            return connection, notice
    return None, notice


def find_database_link(file: Path) -> str:
    """Return the name of the database's folder or of a file of its own that is a link; else nothing.

    A clone can bring links, and SQLite would write wherever they lead.
    """
    places = (str(file.parent), *(f"{file}{ending}" for ending in BESIDE))
    return next((os.path.basename(place) for place in places if is_link(place)), "")


def prepare_tables(connection: sqlite3.Connection, key: bytes, tables: Mapping[str, str]) -> None:
    """Create the tables that are missing; empty them if another version, or somebody else, filled them.

    Raises ValueError if there is anything but the tables: a view can be endless, a trigger can write.
    """
    wanted = {"version": "(text text)", **tables}
    script = "pragma journal_mode = wal; pragma synchronous = normal;"
    for name, columns in wanted.items():
        script += f"create table if not exists {name} {columns};"
    connection.executescript(script)
    query = "select type, name, sql from sqlite_master where sql is not null"  # null: own indexes
    # So does SQLite write down what a table was made with.
    made = {("table", name, f"CREATE TABLE {name} {columns}") for name, columns in wanted.items()}
    if set(connection.execute(query)) != made:
        raise ValueError("foreign tables")
    version = authenticate(key, "version", read_version())
    if connection.execute("select text from version").fetchmany(2) != [(version,)]:
        for name in wanted:
            connection.execute(f"delete from {name}")  # noqa: S608 - the names are the callers' own
        connection.execute("insert into version values (?)", (version,))
        connection.commit()
