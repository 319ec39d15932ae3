"""End a block of code in good order when the run is interrupted."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def interruptible() -> Iterator[None]:
    """Make Ctrl-C, a closed window or SIGTERM end the block with 128 + the signal's number.

    Raises SystemExit inside the block (130 for Ctrl-C, 143 for SIGTERM), so that everything that is
    open gets closed. Does nothing outside the main thread, where Python allows no handlers.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    owner = os.getpid()
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    # What was ignored stays ignored: whoever typed `nohup` meant it.
    handled = [n for n in numbers if before[n] not in (signal.SIG_IGN, None)]

    def stop(number: int, _: FrameType | None) -> None:
        if os.getpid() != owner:
            os._exit(128 + number)  # a worker must not clean up what its parent is writing
        for each in handled:
            signal.signal(each, signal.SIG_IGN)  # the second Ctrl-C would disturb the cleaning
        raise SystemExit(128 + number)

    try:
        for number in handled:
            signal.signal(number, stop)
        yield
    finally:
        for number in handled:
            signal.signal(number, before[number])
