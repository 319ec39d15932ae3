"""End a block of code in good order when the run is interrupted."""

import _thread
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

RETRY_SECONDS = 0.01


class Interruption:
    """The one signal that ends a block of code; it is raised there as SystemExit."""

    def __init__(self) -> None:
        """Begin without one."""
        self.owner = os.getpid()
        self.raised: SystemExit | None = None
        self.lost = 0  # the number of a signal whose exception Python has dropped
        self.hook = sys.unraisablehook

    def stop(self, number: int, _: FrameType | None) -> None:
        """Handle a signal: raise SystemExit in the main thread."""
        if os.getpid() != self.owner:
            os._exit(128 + number)  # a worker must not clean up what its parent is writing
        if self.raised is None:  # the second Ctrl-C would disturb the cleaning
            self.raised, self.lost = SystemExit(128 + number), 0
            raise self.raised

    def stop_again(self, unraisable: Any) -> None:
        """Send the signal again in a moment: Python drops what is raised while it forks, or in `__del__`."""
        if self.raised is None or unraisable.exc_value is not self.raised:
            self.hook(unraisable)
            return
        self.lost, self.raised = int(str(self.raised)) - 128, None
        threading.Timer(RETRY_SECONDS, self.send).start()

    def send(self) -> None:
        """Send the signal that was lost to the main thread, if the block has not ended meanwhile."""
        if self.lost and sys.platform == "win32":
            _thread.interrupt_main(self.lost)
        elif self.lost:
            signal.pthread_kill(threading.main_thread().ident or 0, self.lost)


@contextmanager
def interruptible() -> Iterator[None]:
    """Make Ctrl-C, a closed window or SIGTERM end the block with 128 + the signal's number.

    Raises SystemExit inside the block (130 for Ctrl-C, 143 for SIGTERM), so that everything that is
    open gets closed. Does nothing outside the main thread, where Python allows no handlers.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    # What was ignored stays ignored: whoever typed `nohup` meant it.
    handled = [n for n in numbers if before[n] not in (signal.SIG_IGN, None)]
    interruption = Interruption()
    try:
        for number in handled:
            signal.signal(number, interruption.stop)
        sys.unraisablehook = interruption.stop_again
        yield
        if interruption.lost:
            raise SystemExit(128 + interruption.lost)
    finally:
        interruption.lost = 0
        sys.unraisablehook = interruption.hook
        for number in handled:
            signal.signal(number, before[number])
