"""A plan of several changes that is on the disk, whole, before the first of them is made.

A run that is killed between two changes leaves the plan behind, and the next one that writes carries it
out to its end: so moves of files and folders, and all that goes with them, happen together or not at all.
The plan lies in the content folder, as `.writing-plan.tmp`, which catalogue.folder.walk passes over.
"""

import json
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

PLAN = ".writing-plan.tmp"
UNFINISHED = ".writing-0-plan.tmp"  # while it is being written


@dataclass(frozen=True)
class Move:
    """A file or folder, and where it is to lie, which nothing does yet."""

    source: Path
    target: Path

    def follow(self, path: Path) -> Path:
        """Return where something lies after the move."""
        below = path.is_relative_to(self.source)
        return self.target / path.relative_to(self.source) if below else path

    def trace(self, path: Path) -> Path:
        """Return where something lies before the move."""
        below = path.is_relative_to(self.target)
        return self.source / path.relative_to(self.target) if below else path


@dataclass(frozen=True)
class Step:
    """A file under its first name, its own name, and a hash of what is there before; empty for nothing."""

    aside: Path
    path: Path
    before: str


def hash_before(data: bytes | None) -> str:
    """Return the hash of what is in the place of a file, for a Step."""
    return "" if data is None else sha256(data).hexdigest()


def save_plan(
    content: Path, moves: Iterable[Move], steps: Iterable[Step], flush: Callable[[Path], None]
) -> None:
    """Write a plan, in one step; `flush` flushes a folder's names to the disk."""

    def name(path: Path) -> str:
        return path.relative_to(content).as_posix()

    plan = {
        "moves": [[name(move.source), name(move.target)] for move in moves],
        "steps": [[name(step.aside), name(step.path), step.before] for step in steps],
    }
    aside = content / UNFINISHED
    with aside.open("w", encoding="utf-8") as stream:
        json.dump(plan, stream)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(aside, content / PLAN)
    flush(content)


def drop_plan(content: Path) -> None:
    """Remove the plan, which has been carried out, or is not to be."""
    for name in (PLAN, UNFINISHED):
        (content / name).unlink(missing_ok=True)


def has_plan(content: Path) -> bool:
    """Return whether a run that was killed has left a plan."""
    return (content / PLAN).is_file()


def finish_plan(content: Path) -> bool:
    """Carry out what is left of a plan, and return whether there was one; needs the lock.

    What somebody has changed meanwhile stays as it is.
    """
    try:
        plan = json.loads((content / PLAN).read_text(encoding="utf-8"))
        moves = [Move(content / source, content / target) for source, target in plan["moves"]]
        steps = [Step(content / aside, content / path, was) for aside, path, was in plan["steps"]]
    except (OSError, ValueError, KeyError, TypeError):
        drop_plan(content)
        return False
    for move in moves:
        if os.path.lexists(move.source) and not os.path.lexists(move.target):
            os.rename(move.source, move.target)
    for step in steps:
        there = step.path.read_bytes() if step.path.is_file() else None
        if step.aside.is_file() and hash_before(there) == step.before:
            os.replace(step.aside, step.path)
    drop_plan(content)
    return True


def undo_moves(done: Sequence[Move]) -> None:
    """Move back, as far as the disk allows, what has been moved."""
    for move in reversed(done):
        with suppress(OSError):
            if os.path.lexists(move.target) and not os.path.lexists(move.source):
                os.rename(move.target, move.source)
