"""Share work that depends on nothing but itself out among processes, one a core.

Where processes cannot be forked, or for little work, this process does it alone.
"""

import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from typing import IO, Any

SOME = 40  # pieces of work that one process does before another would have started


def share_work(
    make_worker: Callable[[], Callable[[Any], Any]], pieces: Sequence[Any], least: int = SOME
) -> Iterator[Any]:
    """Give what a worker makes of each piece, in their order; each process makes a worker of its own.

    What a worker gives is JSON data. What a process could not do, whatever the reason, this one does
    again, so that an error is raised here, as if there were no other process. `least` is the number
    of pieces that are worth a process.
    """
    count = min(os.cpu_count() or 1, len(pieces) // least)
    if count < 2 or sys.platform in ("win32", "darwin"):
        yield from map(make_worker(), pieces)
        return
    parts = [pieces[number::count] for number in range(count)]
    with ExitStack() as stack:
        files = [stack.enter_context(tempfile.TemporaryFile()) for _ in parts[1:]]
        children = []
        for part, file in zip(parts[1:], files, strict=True):
            children.append(fork_worker(make_worker, part, file))
            stack.callback(stop_worker, children[-1])
        done = [list(map(make_worker(), parts[0]))]
        for child, part, file in zip(children, parts[1:], files, strict=True):
            done.append(collect(child, file) or list(map(make_worker(), part)))
    yield from (done[number % count][number // count] for number in range(len(pieces)))


def fork_worker(
    make_worker: Callable[[], Callable[[Any], Any]], pieces: Sequence[Any], file: IO[bytes]
) -> int:
    """Start a process that works into a temporary file, as lines of JSON; give its id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        worker = make_worker()
        for piece in pieces:
            file.write(json.dumps(worker(piece)).encode() + b"\n")
        file.flush()
        code = 0
    finally:
        os._exit(code)  # nothing of the parent's is to be closed or cleaned up in here


def collect(child: int, file: IO[bytes]) -> list[Any]:
    """Wait for a process and read what it has made; nothing if it did not come to its end."""
    _, status = os.waitpid(child, 0)
    file.seek(0)
    return [] if status else list(map(json.loads, file))


def stop_worker(child: int) -> None:
    """End a process that nobody waits for any more; one that has been waited for is gone."""
    with suppress(ProcessLookupError, ChildProcessError):
        if os.waitpid(child, os.WNOHANG) == (0, 0):
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
