"""Draw jobs into a tree, side by side, and link what has not changed since the last tree.

A file of the last tree is linked (by a hard link, so at next to no cost) if its job has the same
key as when it was drawn, and the file is in the very state in which it was written then: same size,
same time, same inode. One with another inode, as all have in a tree that a workflow has kept and put back,
is read, and linked if it has the same bytes. Nothing is ever written into a file of the last tree.
"""

import hashlib
import os
import posixpath
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from building.output_folder.place import write_list
from catalogue.addresses import FOLDERS
from catalogue.workers import count_processes, share_work

if TYPE_CHECKING:
    from building.jobs import Job

NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
HASH_BYTES = 16
SOME = 24  # groups of files that are worth a process
A_CHUNK = 8  # groups that a process takes at a time: the last of them are the end of the build


class Entry(NamedTuple):
    """The facts of a file: the key of the job that drew it, its state then, a hash of its bytes."""

    key: str
    stamp: str
    digest: str


def write_tree(
    jobs: Sequence["Job"],
    make_key: Callable[["Job"], str],
    output: Path,
    last: Path | None = None,
    cached: Mapping[str, Entry] | None = None,
) -> dict[str, Entry]:
    """Write the file of every job, and the list of all, into the folder `output`; return all entries.

    `cached` are the entries of the files in the folder `last`: those whose key is the same are linked.
    """
    entries: dict[str, Entry] = {}
    changed: list[Job] = []
    folders = {""}
    for job in jobs:
        file = job.file
        entry = cached.get(file) if cached else None
        # The key of a file that nothing is known of is made by the process that draws it.
        if (
            entry
            and make_key(job) == entry.key
            and (linked := link_unchanged(f"{last}/{file}", entry, output, file, folders))
        ):
            entries[file] = linked
        else:
            changed.append(job)
    prepare_templates(changed, make_key)
    groups = group_jobs(changed, max(count_processes() // 2, 1))
    drawn = share_work(partial(make_drawer, make_key, output), groups, SOME, A_CHUNK)
    for group, facts in zip(groups, drawn, strict=True):
        for job, (key, stamp, digest) in zip(group, facts, strict=True):
            entries[job.file] = Entry(key, stamp, digest)
    write_list(output, {name: entry.digest for name, entry in entries.items()})
    return entries


def group_jobs(jobs: Iterable["Job"], most: int) -> list[list["Job"]]:
    """Return jobs in groups of those that show the same, of which each is drawn by one process.

    Such are the files of one post. All others show many posts: what one of them has made of a post, the
    next one needs, so there are few groups of them, `most` at the most. These come first, so that no
    process is left with one at the end.
    """
    posts: dict[str, list[Job]] = {}
    lists = []
    for job in jobs:
        folder = posixpath.dirname(job.file)
        if folder.startswith(FOLDERS["post"]):
            posts.setdefault(folder, []).append(job)
        else:
            lists.append(job)
    length = -(-len(lists) // most) or 1
    parts = [lists[start : start + length] for start in range(0, len(lists), length)]
    return [*parts, *posts.values()]


def prepare_templates(jobs: Iterable["Job"], make_key: Callable[["Job"], str]) -> None:
    """Compile what the jobs are drawn with, before they are shared between processes."""
    first = {job.template: job for job in jobs if job.template}
    if first:
        from building.pelican_adapter.compiled_templates import compile_templates  # loads Jinja

        (environment,) = {template.environment for template in first}
        compile_templates(environment, [template.name for template in first])
    for job in first.values():
        make_key(job)


def link_unchanged(
    source: str, entry: Entry, output: Path, file: str, folders: set[str]
) -> Entry | None:
    """Link a file of the last tree into the new one, if it is as it was written; return its entry then.

    `folders` are those of the new tree that are known to be there.
    """
    try:
        stamp = read_stamp(os.lstat(source))
        if stamp != entry.stamp:
            is_put_back = forget_inode(stamp) == forget_inode(entry.stamp)
            if not is_put_back or make_digest(Path(source)) != entry.digest:
                return None
        folder = posixpath.dirname(file)
        if folder not in folders:
            os.makedirs(f"{output}/{folder}", exist_ok=True)
            folders.add(folder)
        os.link(source, f"{output}/{file}", follow_symlinks=False)
    except OSError:  # it is gone, or this disk has no hard links
        return None
    return entry if stamp == entry.stamp else entry._replace(stamp=stamp)


def forget_inode(stamp: str) -> str:
    """Return what a stamp says of a file wherever it is put back: its size and its time."""
    return stamp.rpartition(" ")[0]


def make_digest(path: Path) -> str:
    """Return a hash of a file's bytes; nothing for what is no file, or cannot be read."""
    try:
        if stat.S_ISREG(path.lstat().st_mode):
            with path.open("rb") as file:
                make_hash = partial(hashlib.blake2b, digest_size=HASH_BYTES)
                return hashlib.file_digest(file, make_hash).hexdigest()
    except OSError:
        pass
    return ""


def make_drawer(
    make_key: Callable[["Job"], str], output: Path
) -> Callable[[Sequence["Job"]], list[tuple[str, str, str]]]:
    """Return the function that draws a group of files and returns their keys, stamps and hashes."""
    folder = str(output)

    def draw(group: Sequence["Job"]) -> list[tuple[str, str, str]]:
        facts = []
        for job in group:
            data = job.draw()
            stamp = write_file(f"{folder}/{job.file}", data)
            digest = hashlib.blake2b(data, digest_size=HASH_BYTES).hexdigest()
            facts.append((make_key(job), stamp, digest))
        return facts

    return draw


def write_all(jobs: Iterable["Job"], output: Path) -> None:
    """Write the file of every job into a folder, one after the other."""
    for job in jobs:
        write_file(output / job.file, job.draw())


def write_file(path: str | Path, data: bytes) -> str:
    """Write a new file with the folders on the way to it; return its stamp."""
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
    """Return the stamps of all files in a folder, by name, but for those that are hidden at its top.

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
    """Return what tells one state of a file from another."""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ino}"
