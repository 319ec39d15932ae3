"""Draw jobs into a tree, side by side, and carry over from the last tree what has not changed.

A file of the last tree is carried over (by a hard link, so at next to no cost) if its job has the same
key as when it was drawn, and the file is in the very state in which it was written then: same size,
same time, same inode. Nothing is ever written into a file of the last tree.
"""

import hashlib
import os
import posixpath
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from building.build_cache import Entry
from catalogue.workers import share_work

NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
HASH_BYTES = 16
SOME = 24  # groups of files that are worth a process


def print_tree(
    jobs: Sequence[Any],
    sign: Callable[[Any], str],
    output: Path,
    last: Path | None = None,
    kept: Mapping[str, Entry] | None = None,
) -> dict[str, Entry]:
    """Fill the empty folder `output`; give the entry of each file, by its name.

    `sign` gives the key of a job; `kept` are the entries of the files in the folder `last`.
    """
    entries: dict[str, Entry] = {}
    changed: dict[str, list[Any]] = {}
    folders = {""}
    for job in jobs:
        file, folder = job.file, posixpath.dirname(job.file)
        entry = kept.get(file) if kept else None
        # The key of a file that nothing is known of is made by the process that draws it.
        if (
            entry
            and sign(job) == entry.key
            and carry(f"{last}/{file}", entry, output, file, folders)
        ):
            entries[file] = entry
        else:
            # In one group are the files of one folder: what one of them needs, the others do.
            changed.setdefault(folder, []).append(job)
    groups = [*changed.values()]
    drawn = share_work(partial(make_drawer, sign, output), groups, SOME)
    for group, facts in zip(groups, drawn, strict=True):
        for job, (key, stamp, digest) in zip(group, facts, strict=True):
            entries[job.file] = Entry(key, stamp, digest)
    return entries


def carry(source: str, entry: Entry, output: Path, file: str, folders: set[str]) -> bool:
    """Link a file of the last tree into the new one, if it is as it was written.

    `folders` are those of the new tree that are known to be there.
    """
    try:
        if read_stamp(os.lstat(source)) != entry.stamp:
            return False
        folder = posixpath.dirname(file)
        if folder not in folders:
            os.makedirs(f"{output}/{folder}", exist_ok=True)
            folders.add(folder)
        os.link(source, f"{output}/{file}", follow_symlinks=False)
    except OSError:  # it is gone, or this disk has no hard links
        return False
    return True


def make_drawer(
    sign: Callable[[Any], str], output: Path
) -> Callable[[Sequence[Any]], list[tuple[str, str, str]]]:
    """Return the function that draws a group of files and returns their keys, stamps and hashes."""
    folder = str(output)

    def draw(group: Sequence[Any]) -> list[tuple[str, str, str]]:
        facts = []
        for job in group:
            data = job.draw()
            stamp = write_file(f"{folder}/{job.file}", data)
            digest = hashlib.blake2b(data, digest_size=HASH_BYTES).hexdigest()
            facts.append((sign(job), stamp, digest))
        return facts

    return draw


def write_all(jobs: Sequence[Any], output: Path) -> None:
    """Draw every job into a folder, one after the other."""
    for job in jobs:
        write_file(output / job.file, job.draw())


def write_file(path: str | Path, data: bytes) -> str:
    """Write a new file with the folders on the way to it; give its stamp."""
    try:
        descriptor = os.open(path, NEW_FILE, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        descriptor = os.open(path, NEW_FILE, 0o666)
    try:
        written = os.write(descriptor, data)
        while written < len(data):  # more at once than the system takes
            written += os.write(descriptor, memoryview(data)[written:])
        return read_stamp(os.fstat(descriptor))
    finally:
        os.close(descriptor)


def read_tree(folder: Path, inside: str = "") -> dict[str, str]:
    """Give the stamps of all files in a folder, by name, but for those that are hidden at its top.

    A folder without files has a name that ends with a slash, and no stamp.
    """
    stamps: dict[str, str] = {}
    try:
        with os.scandir(folder) as found:
            for entry in found:
                if entry.is_dir(follow_symlinks=False):
                    name = f"{inside}{entry.name}/"
                    stamps |= read_tree(Path(entry.path), name) or {name: ""}
                elif inside or not entry.name.startswith("."):
                    stamps[inside + entry.name] = read_stamp(entry.stat(follow_symlinks=False))
    except OSError:
        return {"": ""}  # no tree of ours has such a file
    return stamps


def read_stamp(status: os.stat_result) -> str:
    """Tell one state of a file from another."""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ino}"
