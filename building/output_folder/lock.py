"""Lock an output folder, on which one build at a time may work."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from building.disk_errors import explain_os_error
from building.file_lock import release_lock, wait_for_lock
from catalogue.problems import Refused, format_count, format_name, format_root


@contextmanager
def lock_target(target: Path, wait: float, has_output: bool = True) -> Iterator[None]:
    """Run the block with the lock on a target; make the folders on the way to it.

    `has_output` says whether the command that was typed takes --output. Raises Refused if another build
    has it for longer than `wait` seconds, or nothing can be written here.
    """
    path = target.with_name(f".{target.name}.lock")
    try:
        descriptor = wait_for_lock(path, make_waiter(format_name(format_root(target)), wait))
    except OSError as error:
        # The author knows the folder, not the lock in it.
        place = OSError(error.errno, error.strerror, str(target.parent))
        raise Refused(explain_os_error(place, has_output=has_output)) from error
    try:
        yield
    finally:
        release_lock(descriptor, path)


def make_waiter(shown: str, wait: float) -> Callable[[float], None]:
    """Return what to do while waiting: print so after a second, and raise Refused after `wait` of them."""
    is_told = False

    def on_wait(waited: float) -> None:
        nonlocal is_told
        if waited >= wait:
            raise Refused(
                f"{shown}: another build into this folder is still running after "
                f"{format_count(round(wait), 'second')}. Wait until it has ended, then type the "
                "same command again."
            )
        if waited >= 1 and not is_told:
            print(f"{shown}: waiting for another build into this folder.", file=sys.stderr)
            is_told = True

    return on_wait
