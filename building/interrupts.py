"""End a block of code in good order when the run is interrupted."""

import _thread
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

RESEND_SECONDS = 0.01


class Interruption:
    """The one signal that ends a block of code; it is raised there as SystemExit."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.hook = sys.unraisablehook
        self.raised: SystemExit | None = None
        self.lost = 0  # the number of a signal whose exception Python has dropped
        self.is_noting = False
        self.sender: threading.Thread | None = None

    def stop(self, number: int, _: FrameType | None) -> None:
        """Handle a signal: raise SystemExit in the main thread."""
        if os.getpid() != self.owner:
            os._exit(128 + number)  # a worker must not clean up what its parent is writing
        if self.raised is None and not self.is_noting:  # a second Ctrl-C would disturb the cleaning
            self.raised, self.lost = SystemExit(128 + number), 0
            raise self.raised

    def note_lost(self, unraisable: Any) -> None:
        """Send the signal again until it is heard: Python drops what is raised in a fork or `__del__`."""
        if self.raised is None or unraisable.exc_value is not self.raised:
            self.hook(unraisable)
            return
        self.is_noting = True
        self.lost, self.raised = int(str(self.raised)) - 128, None
        self.sender = threading.Thread(target=self.send, daemon=True)
        self.sender.start()
        self.is_noting = False

    def send(self) -> None:
        """Send the signal that was lost to the main thread until it is heard or the block has ended."""
        while number := self.lost:
            if sys.platform == "win32":
                _thread.interrupt_main(number)
            else:
                signal.pthread_kill(threading.main_thread().ident or 0, number)
            time.sleep(RESEND_SECONDS)


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
        sys.unraisablehook = interruption.note_lost
        yield
        if interruption.lost:
            raise SystemExit(128 + interruption.lost)
    finally:
        interruption.lost, interruption.is_noting = 0, True
        if interruption.sender:
            interruption.sender.join()
        sys.unraisablehook = interruption.hook
        for number in handled:
            signal.signal(number, before[number])
