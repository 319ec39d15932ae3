"""The folder in git's own where a publishing does its work, one at a time.

While one is at work, `publishing.lock` and the folder `publishing` lie in git's folder (`.git`). A killed
one leaves them; the next, which has the lock and so knows that nobody is at work, clears them away, and
with them the locks of a git that was killed along with it.
"""

import os
import shutil
import time
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
# How long a lock of one step of git (of a branch, or its settings) stays as it is before it is nobody's.
STALE_SECONDS = 1.0


@contextmanager
def open_work(folder: Path) -> Iterator[Path]:
    """Yield an empty folder in git's own, which is gone afterwards, for one publishing at a time.

    Raises CommandFault if another publishing does not end in time, or if another git is at work;
    OSError if nothing can be written in git's folder.
    """
    path, work = folder / LOCK, folder / FOLDER

    def on_wait(waited: float) -> None:
        if waited >= WAIT_SECONDS:
            raise CommandFault(
                "Another publish is at work here, or waits for an answer in another window. Wait until it "
                "has ended, or answer there, then type the same command again.",
                1,
            )

    try:
        descriptor = wait_for_lock(path, on_wait)
    except OSError as error:
        # Where the lock is not there yet, it is the folder that refuses it.
        place = path if os.path.lexists(path) else folder
        raise OSError(error.errno, error.strerror, str(place)) from error
    try:
        drop_own_index_lock(folder)
        drop_step_locks(folder)
        clear(work)
        work.mkdir()
        check_index_lock(folder)
        yield work
    finally:
        try:
            clear(work)
        finally:
            release_lock(descriptor, path)


def clear(work: Path) -> None:
    """Remove the folder of a publishing and what is in it. Raises OSError, which names it, if it stays."""
    try:
        shutil.rmtree(work)
    except FileNotFoundError:
        pass
    except OSError as error:  # with the bare name of a file
        raise OSError(error.errno, error.strerror, str(work)) from error


def drop_own_index_lock(folder: Path) -> None:
    """Remove the lock of git's list of files that a killed publishing has left; never another's."""
    index_lock = folder / "index.lock"
    with suppress(OSError):
        if os.path.samefile(index_lock, folder / FOLDER / HELD):
            index_lock.unlink()


def drop_step_locks(folder: Path) -> None:
    """Remove the locks that a git which was killed with a publishing has left.

    They are no older than the folder of that publishing, and git has such a lock for a moment only: one
    that does not change for a second is at nobody's work.
    """
    try:
        began = (folder / FOLDER).stat().st_mtime_ns
    except FileNotFoundError:
        return  # the last one ended by itself
    before = list_step_locks(folder, began)
    if before:
        time.sleep(STALE_SECONDS)
    after = list_step_locks(folder, began)
    for path, state in before.items():
        if after.get(path) == state:
            with suppress(FileNotFoundError):
                path.unlink()


def list_step_locks(folder: Path, began: int) -> dict[Path, tuple[int, int]]:
    """Return the locks of single steps of git since a moment, each with what tells it from another."""
    common = folder
    with suppress(FileNotFoundError):  # it is there in a further work tree of a repository
        common = folder / (folder / "commondir").read_text(encoding="utf-8").strip()
    names = [common / "config.lock", folder / "HEAD.lock", *(common / "refs").rglob("*.lock")]
    found = {}
    for path in names:
        with suppress(FileNotFoundError):
            status = path.stat()
            if status.st_mtime_ns >= began:
                found[path] = (status.st_ino, status.st_mtime_ns)
    return found


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
