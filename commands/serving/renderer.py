"""Have the site drawn by a process of its own, and tell the open pages of every change.

The process (commands/serving/site_process.py) holds the site in memory. It is told which files of the
author's have changed; when the code, the settings or the words of the theme have, a new one takes its
place as soon as it is ready.
"""

import multiprocessing
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from commands.serving.answers import FAULT
from commands.serving.site_process import run_site
from commands.serving.updates import Told, Updates, describe_fault

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

END_SECONDS = 5  # for a process to end by itself
NOTHING = b"Nothing can be shown before what is wrong is mended."
ENDED = "The program that draws the pages has ended. Save any file: then it is started again."


class SiteRenderer:
    """The process that draws the pages, and the updates that it writes to."""

    def __init__(self, content: Path) -> None:
        """Begin without a process."""
        self.content = content
        self.address = ""  # of the site, as the author's browser has it; known before the start
        self.updates = Updates()
        self.lock = threading.Lock()
        self.process: SpawnProcess | None = None
        self.drawing: Connection | None = None
        self.telling: Connection | None = None

    @property
    def is_running(self) -> bool:
        """Whether there is a process that can be told of changes."""
        return self.process is not None and self.process.is_alive()

    def start(self) -> bool:
        """Start a new process in place of the last one; return whether it could read the settings.

        If it could not, the last one stays, and the pages are told why.
        """
        context = multiprocessing.get_context("spawn")
        try:
            drawing, drawing_there = context.Pipe()
            telling, telling_there = context.Pipe()
            process = context.Process(
                target=run_site,
                args=(drawing_there, telling_there, self.content, self.address),
                daemon=True,
            )
            process.start()
            drawing_there.close()
            telling_there.close()
        except OSError as error:  # no room for another process, or no more open files
            text = f"This cannot be read now ({error.strerror or error}): close other programs."
            print(text, file=sys.stderr)
            self.updates.publish(faults=describe_fault(text))
            return False
        first = receive(telling)
        if first is None or first.refusal:
            process.join()
            self.updates.publish(faults=describe_fault(first.refusal if first else ENDED))
            return False
        with self.lock:
            self.close_process()
            self.process, self.drawing, self.telling = process, drawing, telling
        self.updates.publish(faults=(), problems=first.problems, addresses=first.addresses)
        threading.Thread(target=self.listen, args=(telling,), daemon=True).start()
        return True

    def listen(self, telling: Connection) -> None:
        """Publish what a process tells, until it ends."""
        while (told := receive(telling)) is not None:
            if telling is self.telling:
                self.updates.publish(problems=told.problems, addresses=told.addresses)
        if telling is self.telling:
            print(ENDED, file=sys.stderr)
            self.updates.publish(faults=describe_fault(ENDED))

    def tell(self, paths: Sequence[str]) -> None:
        """Send the process the files of the content folder that have changed; none means that others have."""
        with suppress(OSError):  # it has ended, and `listen` says so
            if self.telling:
                self.telling.send(list(paths))

    def render(self, file: str) -> tuple[bytes, bytes]:
        """Return PAGE and the bytes of a file, NONE if the site has none, or FAULT and what went wrong."""
        with self.lock:
            if self.drawing is None:
                return FAULT, NOTHING
            try:
                self.drawing.send(file)
                kind, data = self.drawing.recv()
            except (EOFError, OSError):
                return FAULT, ENDED.encode()
        return kind, data or NOTHING

    def close(self) -> None:
        """End the process."""
        with self.lock:
            self.close_process()

    def close_process(self) -> None:
        """End the process, if there is one."""
        process, telling, drawing = self.process, self.telling, self.drawing
        self.process = self.telling = self.drawing = None
        if process and telling and drawing:
            drawing.close()
            with suppress(OSError):
                telling.send(None)
            process.join(END_SECONDS)
            process.kill()
            process.join()


def receive(connection: Connection) -> Told | None:
    """Return the next message of a process; None when it has ended."""
    try:
        message: Told = connection.recv()
    except (EOFError, OSError):
        return None
    return message
