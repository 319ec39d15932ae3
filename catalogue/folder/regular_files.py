"""Read regular files, never more of one than its limit, whatever their folder said a moment ago."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO
from unicodedata import normalize

from catalogue.folding import compose

CHUNK_BYTES = 1024**2  # bytes
JUNCTION = 0xA0000003  # the mark of a folder that Windows keeps elsewhere (a reparse point's tag)
# Opening a pipe must not wait for whoever writes into it, nor follow a link put there since.
FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_BINARY", "O_NONBLOCK", "O_NOFOLLOW", "O_NOCTTY")
)


class NotRegular(OSError):
    """Raised where a name belongs to no regular file, but to a link, a pipe, a device or a folder."""


class TooLarge(OSError):
    """A file has more bytes than its limit, or has got more while it was read."""

    def __init__(self, size: int) -> None:
        super().__init__(f"{size} bytes")
        self.size = size


def is_link(path: str | Path) -> bool:
    """Return True if a path is a symlink or a junction of Windows, wherever it leads."""
    try:
        status = os.lstat(path)
    except OSError:
        return False
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == JUNCTION


def find_stored(path: Path) -> Path:
    """Return a path as the disk has it: a name is known in the form NFC, and may be stored decomposed.

    macOS and its archives decompose names. The path itself is returned where there is nothing like it.
    """
    if str(path).isascii() or os.path.lexists(path) or path.parent == path:
        return path
    folder = find_stored(path.parent)
    stored = folder / normalize("NFD", path.name)
    if os.path.lexists(stored):
        return stored
    with suppress(OSError):
        names = os.listdir(folder)
        return next((folder / name for name in names if compose(name) == path.name), path)
    return path


@contextmanager
def open_regular(path: Path, limit: int) -> Iterator[BinaryIO]:
    """Open a regular file of at most `limit` bytes, whichever form of Unicode its name is stored in.

    Raises NotRegular, TooLarge or another OSError; ValueError for what can be no name.
    """
    with open(open_descriptor(path, limit), "rb", buffering=0) as file:
        yield file


def open_descriptor(path: Path, limit: int) -> int:
    """Return the descriptor of a file that is open; raises as `open_regular`."""
    path = find_stored(path)
    if not stat.S_ISREG(os.lstat(path).st_mode):  # opening a device can have an effect
        raise NotRegular
    descriptor = os.open(path, FLAGS)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotRegular
        if status.st_size > limit:
            raise TooLarge(status.st_size)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def read_whole(path: Path, limit: int) -> bytes:
    """Return the bytes of a file of at most `limit` bytes; raises as `open_regular`."""
    descriptor = open_descriptor(path, limit)
    try:  # thousands of texts are read so: without a file object it takes a third less
        return b"".join(read_chunks(partial(os.read, descriptor), limit))
    finally:
        os.close(descriptor)


def digest_file(path: Path, limit: int) -> str:
    """Return the SHA-256 of a file of at most `limit` bytes in hexadecimal; raises as `open_regular`."""
    with open_regular(path, limit) as file:
        return hash_chunks(file, limit)


def hash_chunks(file: BinaryIO, limit: int) -> str:
    """Return the same of what is left of an open file. Raises TooLarge as `read_chunks`."""
    digest = hashlib.sha256()
    for chunk in read_chunks(file.read, limit):
        digest.update(chunk)
    return digest.hexdigest()


def read_chunks(read: Callable[[int], bytes], limit: int) -> Iterator[bytes]:
    """Yield what `read` returns, piece by piece. Raises TooLarge when more than `limit` bytes have come."""
    size = 0
    while chunk := read(min(CHUNK_BYTES, limit + 1 - size)):
        size += len(chunk)
        if size > limit:
            raise TooLarge(size)
        yield chunk
