"""Follow files and folders as they change, also where one is deleted or another takes its name."""

import time
from collections.abc import Generator, Iterator, Sequence, Set
from pathlib import Path

Identities = dict[Path, tuple[int, int] | None]  # of each place, which file or folder it is

TICK_MS = 200  # between two looks at whether the places are the same
# How long changes are waited for that belong to one: each time, and in all.
STEP_MS, DEBOUNCE_MS = 8, 40


def follow_changes(places: Sequence[Path]) -> Iterator[Set[Path] | None]:
    """Yield None when the watch has begun, then the files of every change in these places, until interrupted.

    A place that took another's name stands for all that is in it.

    The system follows a file or folder and not its name, and stays deaf when that is made anew. So
    the watch then begins anew and yields again, for what came between was not seen. A place that is
    not there is waited for.
    """
    polls: bool | None = None
    last: Identities | None = None
    while True:
        try:
            last = yield from follow_until_replaced(places, polls, last)
        except FileNotFoundError:  # it went just now
            time.sleep(TICK_MS / 1000)
        except RuntimeError:  # of the library: the system has no watches, or no open files, left
            polls = True
            time.sleep(TICK_MS / 1000)


def follow_until_replaced(
    places: Sequence[Path], polls: bool | None, last: Identities | None
) -> Generator[Set[Path] | None, None, Identities]:
    """Yield at the start and after every change, as long as the places are the same files and folders.

    `polls` is whether to look at all files again and again; None leaves it to the library. `last` is
    what the places were in the watch before, if there was one; what they were in this one is returned.
    Raises FileNotFoundError if a place goes at the very start.
    """
    from watchfiles import Change, watch

    known = identify(places)
    there = [place for place, identity in known.items() if identity]
    gone = {(Change.deleted, str(place)) for place in there}
    is_first = True
    watched = watch(
        *there,
        raise_interrupt=True,
        yield_on_timeout=True,
        rust_timeout=TICK_MS,
        force_polling=polls,
        step=STEP_MS,
        debounce=DEBOUNCE_MS,
    )
    while True:
        changes = next(watched)
        # A folder deleted and made anew may even get its old number again.
        is_replaced = identify(places) != known or not gone.isdisjoint(changes)
        paths = {Path(path) for _, path in changes}
        if is_first and last is None:
            yield None
        elif is_first:
            yield paths | {place for place in places if last and last[place] != known[place]}
        elif changes and not is_replaced:
            yield paths
        is_first = False
        if is_replaced:
            # What was deleted and made anew may look as it was.
            deleted = {Path(path) for change, path in changes if change == Change.deleted}
            return {place: None if place in deleted else known[place] for place in places}


def identify(places: Sequence[Path]) -> Identities:
    """Return for each place which file or folder of the disk it is, or None where there is none."""
    return {place: identify_place(place) for place in places}


def identify_place(place: Path) -> tuple[int, int] | None:
    """Return the numbers of the disk and of the file or folder."""
    try:
        state = place.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino
