"""Distribute work that depends on nothing but itself among processes, one a core.

Where processes cannot be forked, or for little work, this process does it alone.
"""

import marshal
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import IO, Any

PIECES_A_PROCESS = 40  # pieces of work that one process does before another would have started
PIECES_A_CHUNK = 16  # so many pieces a process takes at a time, or more of very many
MOST_CHUNKS = 1000
NUMBER_BYTES = 4  # bytes of the number of a piece; a pipe takes them all at once


def share_work(
    make_worker: Callable[[], Callable[[Any], Any]],
    pieces: Sequence[Any],
    least: int = PIECES_A_PROCESS,
    chunk: int = PIECES_A_CHUNK,
) -> Iterator[Any]:
    """Yield what a worker makes of each piece, in their order; each process makes its own worker.

    What a worker returns is data that `marshal` knows. What a process could not do, whatever the reason,
    this one does again, so that an error is raised here, as if there were no other process. `least` is the
    number of pieces that are worth a process, `chunk` how many of them one takes at a time at least.
    """
    count = min(count_processes(), len(pieces) // least)
    if count < 2:
        yield from map(make_worker(), pieces)
        return
    with ExitStack() as stack:
        queue = fill_queue(len(pieces), chunk)
        stack.callback(os.close, queue)
        files = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(1, count)]
        children = []
        for file in files:
            children.append(fork_worker(make_worker, pieces, queue, chunk, file))
            stack.callback(stop_worker, children[-1])
        done = dict(work_off(make_worker(), pieces, queue, chunk))
        for child, file in zip(children, files, strict=True):
            done |= collect_results(child, file)
    worker = make_worker() if len(done) < len(pieces) else None
    for number, piece in enumerate(pieces):
        yield worker(piece) if worker and number not in done else done[number]


@contextmanager
def work_beside(work: Callable[[], None], is_much: bool) -> Iterator[None]:
    """Run `work` in a forked process during the with-block; if it is not much, run it here before.

    What the process could not do, whatever the reason, this one does after the block. An error in the block
    is raised when the work is done, for the next run needs it all the same.
    """
    if not is_much or count_processes() < 2:
        work()
        yield
        return
    child = os.fork()
    if not child:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)  # as in `fork_worker`
    try:
        yield
        _, status = os.waitpid(child, 0)
    except (Exception, SystemExit):
        os.waitpid(child, 0)
        raise
    finally:
        stop_worker(child)
    if status:
        work()


def count_processes() -> int:
    """Return the number of processes that can work side by side, this one among them."""
    return 1 if sys.platform in ("win32", "darwin") else os.cpu_count() or 1


def fill_queue(length: int, chunk: int = PIECES_A_CHUNK) -> int:
    """Return a pipe with the number of each chunk of the pieces; whoever has time reads the next."""
    queue, entrance = os.pipe()
    for start in range(0, length, measure_chunk(length, chunk)):
        os.write(entrance, start.to_bytes(NUMBER_BYTES, "big"))
    os.close(entrance)
    return queue


def measure_chunk(length: int, least: int = PIECES_A_CHUNK) -> int:
    """Return the length of a chunk, `least` or more; even the shortest pipe holds all their numbers."""
    return max(least, length // MOST_CHUNKS + 1)


def work_off(
    worker: Callable[[Any], Any], pieces: Sequence[Any], queue: int, chunk: int = PIECES_A_CHUNK
) -> Iterator[tuple[int, Any]]:
    """Yield each result with the number of its piece, chunk by chunk, until none is left."""
    chunk = measure_chunk(len(pieces), chunk)
    while start := os.read(queue, NUMBER_BYTES):
        first = int.from_bytes(start, "big")
        for number in range(first, min(first + chunk, len(pieces))):
            yield number, worker(pieces[number])


def fork_worker(
    make_worker: Callable[[], Callable[[Any], Any]],
    pieces: Sequence[Any],
    queue: int,
    chunk: int,
    file: IO[bytes],
) -> int:
    """Return the id of a new process that writes its results to a file when all are made."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        # A quarter of the time of JSON, and the other end is of this very run.
        file.write(marshal.dumps(dict(work_off(make_worker(), pieces, queue, chunk))))
        file.flush()
        code = 0
    finally:
        os._exit(code)  # nothing of the parent's is to be closed or cleaned up in here


def collect_results(child: int, file: IO[bytes]) -> dict[int, Any]:
    """Return what a process has made when it ends; nothing if it fails."""
    _, status = os.waitpid(child, 0)
    file.seek(0)
    return {} if status else marshal.loads(file.read())  # noqa: S302 - of a process of this run


def stop_worker(child: int) -> None:
    """End a process that nobody waits for any more; one that has been waited for is gone."""
    with suppress(ProcessLookupError, ChildProcessError):
        if os.waitpid(child, os.WNOHANG) == (0, 0):
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
