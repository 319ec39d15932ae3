"""The folder in git's own where a publishing does its work, one at a time.

While one is at work, `publishing.lock` and the folder `publishing` lie in git's folder (`.git`). A killed
one leaves them; the next, which has the lock and so knows that nobody is at work, clears them away.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from building.file_lock import release_lock, wait_for_lock
from catalogue.problems import format_name
from commands.writing.post_files import CommandFault

LOCK = "publishing.lock"
FOLDER = "publishing"
HELD = "held"  # while it has `index.lock` for a second name, that lock is ours
WAIT_SECONDS = 10.0


@contextmanager
def open_work(folder: Path, wait: float = WAIT_SECONDS) -> Iterator[Path]:
    """Yield an empty folder in git's own, which is gone afterwards, for one publishing at a time.

    `wait` is how many seconds to wait for another. Raises CommandFault if it does not end, or if another
    git is at work.
    """
    path, work = folder / LOCK, folder / FOLDER

    def on_wait(waited: float) -> None:
        if waited >= wait:
            raise CommandFault(
                "Another publishing is still at work here. Wait until it has ended, then type the same "
                "command again.",
                1,
            )

    descriptor = wait_for_lock(path, on_wait)
    try:
        drop_own_index_lock(folder)
        clear(work)
        work.mkdir()
        check_index_lock(folder)
        yield work
    finally:
        clear(work)
        release_lock(descriptor, path)


def clear(work: Path) -> None:
    """Remove a folder of work and what is in it; git lets its objects only be read."""
    with suppress(FileNotFoundError):
        shutil.rmtree(work)


def drop_own_index_lock(folder: Path) -> None:
    """Remove the lock of git's list of files that a killed publishing has left; never another's."""
    index_lock = folder / "index.lock"
    with suppress(OSError):
        if os.path.samefile(index_lock, folder / FOLDER / HELD):
            index_lock.unlink()


def check_index_lock(folder: Path) -> None:
    """Raise CommandFault if another git has locked its list of files."""
    index_lock = folder / "index.lock"
    if os.path.lexists(index_lock):
        shown = format_name(str(index_lock))
        raise CommandFault(
            f"{shown}: another git is at work here, or was stopped in the middle. If none is, delete "
            "this file, then type the same command again.",
            1,
        )
