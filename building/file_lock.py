"""Lock a file against other processes; standard library only, for what runs before the environment.

The system itself ends a lock with the process that holds it, however that ends: flock(2), and on
Windows `_locking` of the C library.
"""

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

RETRY_SECONDS = 0.05  # between two tries


def try_lock(descriptor: int) -> bool:
    """Lock an open file for this process alone, without waiting; return whether that was to be had.

    Raises OSError where the disk knows no locks, as some network disks.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def wait_for_lock(path: Path, on_wait: Callable[[float], None]) -> int:
    """Return the descriptor of the lock file `path` once this process alone has it.

    Makes the folders on the way to it. `on_wait` is called before each further try, with the seconds
    waited so far; what it raises ends the waiting. Raises OSError if the file cannot be made.
    """
    start = time.monotonic()
    while True:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # the holder, failing, took its new folders along
            descriptor = take_lock(path)
            if descriptor is not None:
                return descriptor
        on_wait(time.monotonic() - start)
        time.sleep(RETRY_SECONDS)


def take_lock(path: Path) -> int | None:
    """Open and lock the lock file; None if another process has it, or has just removed it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    taken = False
    try:
        # A file that was removed while we waited for it is nobody's lock any more.
        taken = try_lock(descriptor) and os.path.samestat(os.fstat(descriptor), os.stat(path))
    finally:
        if not taken:
            os.close(descriptor)
    return descriptor if taken else None


def release_lock(descriptor: int, path: Path) -> None:
    """Remove the lock file and let the next process in; a file with content is not ours to remove."""
    ours = os.fstat(descriptor).st_size == 0
    if sys.platform == "win32":
        os.close(descriptor)  # an open file cannot be removed here; one that waits keeps it
    if ours:
        with suppress(OSError):
            path.unlink()
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_UN)  # also for a worker that still holds a copy
        os.close(descriptor)
