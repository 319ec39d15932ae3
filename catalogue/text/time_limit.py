"""End what takes longer than any person's text does, on systems with interval timers."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TooSlow(Exception):
    """Raised in a block that takes longer than its limit."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TooSlow` when the block takes longer; without interval timers nothing is raised."""
    on_main = threading.current_thread() is threading.main_thread()
    if not hasattr(signal, "setitimer") or not on_main:
        yield
        return

    running = [True]

    def stop(_number: int, _frame: FrameType | None) -> None:
        if running:
            raise TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    # It strikes again and again: the first stroke may fall where Python lets no error through.
    signal.setitimer(signal.ITIMER_REAL, seconds, seconds / 4)
    try:
        yield
    finally:
        try:
            running.clear()  # a stroke from here on does nothing
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
