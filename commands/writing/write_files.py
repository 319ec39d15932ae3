"""Write the author's files: each whole, all of a command's or none, and no other file replaced.

While a command writes, and only then, these stand in the content folder, under names that
catalogue.folder.walk passes over: `.writing.tmp`, the lock that lets one command at a time write; and
`.writing-0.tmp`, `.writing-1.tmp` and so on, beside where the files belong. Each of these is on the
disk before the first of them gets its own name, in one step. A command that was killed leaves them
behind; the next one, which has the lock and so knows that nobody is at work, removes them, after it has
carried out the plan that a command which moves files may have left (commands/writing/plans.py).
"""

import errno
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from building.disk_errors import NOT_WRITTEN, explain_os_error
from building.file_lock import release_lock, wait_for_lock
from building.interrupts import interruptible
from catalogue.folder.regular_files import NotRegular, is_link
from catalogue.problems import Refused, format_count, format_name, format_root
from commands.writing.plans import (
    Move,
    Step,
    drop_plan,
    finish_plan,
    has_plan,
    hash_before,
    save_plan,
    undo_moves,
)

LOCK = ".writing.tmp"
ASIDE = re.compile(r"\.writing-[0-9]+(?:-plan)?\.tmp")
WAIT_SECONDS = 10.0  # longer than any command writes

# What is answered where a file cannot have two names: by FAT, some network disks, and Android.
NO_LINKS = frozenset(
    (errno.EPERM, errno.EACCES, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK)
)


@dataclass(frozen=True)
class File:
    """A file to be written: a new one, or the next state of one that is there."""

    path: Path
    data: bytes
    before: bytes | None = None  # what is there and may be replaced; None where nothing may be


@dataclass(frozen=True)
class Pair:
    """A file to be written, and the name that it has until it is whole."""

    file: File
    aside: Path  # where it lies when all that is to be moved has been
    first: Path  # where it is written


def explain_writing(error: OSError, place: str) -> str:
    """Return what kept a command from writing to a place, and what to do."""
    again = "type the same command again"
    if isinstance(error, NotRegular):
        return f"{place}: this is no file. Move it away, then {again}."
    if error.errno in (None, 0, errno.EEXIST):  # somebody else was at work: its words say on what
        return f"{place}: writing failed ({error.strerror or error}). {again.capitalize()}."
    return explain_os_error(error, again, has_output=False, where=place)


@contextmanager
def lock_content(content: Path, wait: float = WAIT_SECONDS) -> Iterator[bool]:
    """Lock a content folder for one command at a time, and remove what killed ones have left.

    Yields whether the last command was killed: what it had to do may be done, and not reported.
    `wait` is how many seconds to wait for another command. In the block, a signal that ends the run
    is SystemExit, as `interruptible` has it. Raises Refused if the lock is not to be had.
    """
    path, shown = content / LOCK, format_name(format_root(content))
    was_left = os.path.lexists(path)

    def on_wait(waited: float) -> None:
        nonlocal was_left
        was_left = False  # somebody is at work
        if waited >= wait:
            raise Refused(
                f"{shown}: another command is still writing here after "
                f"{format_count(round(wait), 'second')}. Wait until it has ended, then type "
                "the same command again."
            )

    try:
        descriptor = wait_for_lock(path, on_wait)
    except OSError as error:
        raise Refused(f"{explain_writing(error, shown)} Nothing was changed.") from error
    try:
        with interruptible():
            finish_plan(content)
            remove_stale(content)
            yield was_left
        sys.stdout.flush()  # whoever has been told that it is done does not type it again
    finally:
        release_lock(descriptor, path)


def remove_stale(content: Path) -> None:
    """Remove what killed commands have left below a content folder; needs the lock."""
    for place, folders, names in os.walk(content):
        folders[:] = [name for name in folders if not is_link(Path(place, name))]
        remove_files(Path(place, name) for name in names if ASIDE.fullmatch(name))


def remove_files(paths: Iterable[Path]) -> None:
    """Remove files, as far as the disk lets them go: what stays is passed over by every reader."""
    for path in paths:
        with suppress(OSError):
            path.unlink()


def finish_writing(content: Path) -> None:
    """Carry out the plan that a killed command has left, if it has, before a folder is read."""
    if has_plan(content):
        with lock_content(content):
            pass  # who gets the lock does it first


def write_files(
    files: Sequence[File], moves: Sequence[Move] = (), content: Path | None = None
) -> None:
    """Write files in their order, all or none, and make the folders that they need; needs the lock.

    Before them come `moves`, of files and folders in `content`; each file is named as it is after these.
    Raises OSError if one cannot be written, if a new one's name is taken, or if one that is to be
    replaced has changed meanwhile; then, and when a signal ends the run, all is as it was. A killed
    run has written the first of them, each whole, or none; with moves, the next run does the rest.
    """
    pairs = [make_pair(file, number, moves) for number, file in enumerate(files)]
    parents = {folder for pair in pairs for folder in pair.first.parents}
    parents |= {folder for move in moves for folder in move.target.parents}
    missing = sorted(folder for folder in parents if not folder.exists())
    begun: list[Pair] = []
    moved: list[Move] = []
    try:
        for folder in missing:
            folder.mkdir(exist_ok=True)
            flush_folder(folder.parent)
        for pair in pairs:
            write_aside(pair, moves)
        if content and moves:
            steps = [Step(p.aside, p.file.path, hash_before(p.file.before)) for p in pairs]
            save_plan(content, moves, steps, flush_folder)
            move_all(moves, moved)
        put_files(pairs, begun)
        remove_files(pair.aside for pair in pairs)
        if content and moves:
            drop_plan(content)
    except BaseException:
        finish(lambda: undo(pairs, begun, missing, moved, content))
        raise


def make_pair(file: File, number: int, moves: Sequence[Move]) -> Pair:
    """Return a file with its first name, which is beside where it belongs, before and after the moves."""
    aside = file.path.with_name(f".writing-{number}.tmp")
    first = aside
    for move in reversed(moves):
        first = move.trace(first)
    return Pair(file, aside, first)


def write_aside(pair: Pair, moves: Sequence[Move] = ()) -> None:
    """Write a file under its first name, and flush it to the disk."""
    path = pair.file.path
    for move in reversed(moves):
        path = move.trace(path)
    with pair.first.open("xb") as stream:
        stream.write(pair.file.data)
        stream.flush()
        os.fsync(stream.fileno())
    if pair.file.before is not None:
        shutil.copymode(path, pair.first)


def move_all(moves: Sequence[Move], moved: list[Move]) -> None:
    """Move files and folders, one after the other, and list each in `moved` before its turn."""
    for move in moves:
        if os.path.lexists(move.target):
            name = format_name(move.target.name)
            raise FileExistsError(errno.EEXIST, f"{name} is there already", str(move.target))
        moved.append(move)
        os.rename(move.source, move.target)
        for folder in {move.source.parent, move.target.parent}:
            flush_folder(folder)


def put_files(pairs: Sequence[Pair], begun: list[Pair]) -> None:
    """Rename files to their own names, one after the other, and list each in `begun` before its turn.

    A folder is on the disk before another one is changed, so that a power cut keeps the order too.
    """
    for pair, after in zip_longest(pairs, pairs[1:]):
        begun.append(pair)
        if pair.file.before is None:
            move_new(pair.aside, pair.file.path)
        elif pair.file.path.read_bytes() == pair.file.before:
            os.replace(pair.aside, pair.file.path)
        else:
            raise OSError(0, f"{format_name(pair.file.path.name)} was changed meanwhile")
        folder = pair.file.path.parent
        if after is None or after.file.path.parent != folder:
            flush_folder(folder)


def move_new(aside: Path, path: Path) -> None:
    """Rename a file to its own name, if nothing has that name; else raise FileExistsError.

    A second name (link(2)) is refused by the system itself if it is taken, and so is, on Windows,
    every renaming. Where a disk has no second names, we look first, and rename then.
    """
    taken = FileExistsError(errno.EEXIST, f"{format_name(path.name)} is there already", str(path))
    if sys.platform != "win32":
        try:
            os.link(aside, path)
        except FileExistsError:
            raise taken from None
        except OSError as error:
            if error.errno not in NO_LINKS:
                raise
        else:
            return  # the first name goes with those of the other files
    if os.path.lexists(path):
        raise taken
    os.rename(aside, path)


def flush_folder(folder: Path) -> None:
    """Flush a folder's names to the disk, where the system can; see NOT_WRITTEN for OSError."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno in NOT_WRITTEN:
            raise
    finally:
        os.close(descriptor)


def finish(step: Callable[[], None]) -> None:
    """Run a step to its end, from the beginning if a signal comes in: interruptible lets one through."""
    try:
        step()
    except SystemExit:
        step()
        raise


def undo(
    pairs: Sequence[Pair],
    begun: Sequence[Pair],
    missing: Sequence[Path],
    moved: Sequence[Move] = (),
    content: Path | None = None,
) -> None:
    """Restore, as far as the disk allows, what was there before write_files."""
    if content:
        with suppress(OSError):
            drop_plan(content)
    for pair in reversed(begun):
        with suppress(OSError):
            undo_file(pair)
    undo_moves(moved)
    remove_files(path for pair in pairs for path in (pair.aside, pair.first))
    for folder in reversed(missing):
        with suppress(OSError):
            folder.rmdir()  # only what is empty goes


def undo_file(pair: Pair) -> None:
    """Restore what was in the place of one file if it is still as we wrote it."""
    file, aside = pair.file, pair.aside
    if file.path.read_bytes() != file.data:
        return
    if file.before is not None:
        aside.unlink(missing_ok=True)
        write_aside(Pair(File(file.path, file.before, file.data), aside, aside))
        os.replace(aside, file.path)
    elif not os.path.lexists(aside) or os.path.samefile(aside, file.path):
        file.path.unlink()
