"""Follow files and folders as they change, also where one is deleted or another takes its name."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

TICK_MS = 200


def follow_changes(places: Sequence[Path]) -> Iterator[None]:
    """Yield when the watch has begun, then after every change in these places, until interrupted.

    The system follows a file or folder and not its name, and stays deaf when that is made anew. So
    the watch then begins anew and yields again, for what came between was not seen. A place that is
    not there is waited for.
    """
    polls: bool | None = None
    while True:
        try:
            yield from follow_until_replaced(places, polls)
        except FileNotFoundError:  # it went just now
            time.sleep(TICK_MS / 1000)
        except RuntimeError:  # of the library: the system has no watches, or no open files, left
            polls = True
            time.sleep(TICK_MS / 1000)


def follow_until_replaced(places: Sequence[Path], polls: bool | None) -> Iterator[None]:
    """Yield at the start and after every change, as long as the places are the same files and folders.

    `polls` is whether to look at all files again and again; None leaves it to the library. Raises
    FileNotFoundError if a place goes at the very start.
    """
    from watchfiles import Change, watch

    known = identify(places)
    there = [place for place, identity in known.items() if identity]
    gone = {(Change.deleted, str(place)) for place in there}
    is_first = True
    for changes in watch(
        *there,
        raise_interrupt=True,
        yield_on_timeout=True,
        rust_timeout=TICK_MS,
        force_polling=polls,
    ):
        # A folder deleted and made anew may even get its old number again.
        is_replaced = identify(places) != known or not gone.isdisjoint(changes)
        if is_first or (changes and not is_replaced):
            yield
        is_first = False
        if is_replaced:
            return


def identify(places: Sequence[Path]) -> dict[Path, tuple[int, int] | None]:
    """Return for each place which file or folder of the disk it is, or None where there is none."""
    return {place: identify_place(place) for place in places}


def identify_place(place: Path) -> tuple[int, int] | None:
    """Return the numbers of the disk and of the file or folder."""
    try:
        state = place.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino
