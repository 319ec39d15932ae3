"""Render the pages of one state of the content, each when it is asked for, in a process of its own."""

import gc
import multiprocessing
import os
import sys
import tempfile
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from building.outcome import make_outcome, print_outcome
from building.settings import read_constants
from catalogue.problems import Refused, format_name
from commands.serving.server import FAULT, NONE, PAGE

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from building.jobs import Job

END_SECONDS = 5  # for a process to end by itself
READY = b"r"  # how the first message of a process begins, if it found nothing wrong


class PageRenderer:
    """The process that renders the pages of the last good state."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process: SpawnProcess | None = None
        self.connection: Connection | None = None

    def renew(self, content: Path, address: str) -> bool:
        """Start a new process in place of the last one, if it finds nothing wrong; return whether it did."""
        context = multiprocessing.get_context("spawn")
        try:
            own, other = context.Pipe()
            with other:
                process = context.Process(
                    target=render_pages, args=(other, content, address), daemon=True
                )
                process.start()
        except OSError as error:  # no room for another process, or no more open files
            print(
                f"This cannot be read now ({error.strerror or error}): close other programs.",
                file=sys.stderr,
            )
            return False
        try:
            is_good = own.recv_bytes() == READY
        except (EOFError, OSError):
            is_good = False
        if not is_good:
            own.close()
            process.join()
            return False
        with self.lock:
            self.close()
            self.process, self.connection = process, own
        return True

    def render(self, file: str) -> tuple[bytes, bytes]:
        """Return PAGE and the bytes of a file, NONE if the site has none, or FAULT and what went wrong."""
        with self.lock:
            if self.connection is None:
                return FAULT, b"Nothing can be shown before what is wrong is mended."
            try:
                self.connection.send_bytes(file.encode("utf-8", "replace"))
                answer = self.connection.recv_bytes()
            except (EOFError, OSError):
                return FAULT, b"This cannot be drawn. Save any file, then look again."
        return answer[:1], answer[1:]

    def close(self) -> None:
        """End the process."""
        if self.connection and self.process:
            self.connection.close()
            self.process.join(END_SECONDS)
            self.process.kill()
            self.process.join()
        self.process = self.connection = None


def render_pages(connection: Connection, content: Path, address: str) -> None:
    """Read and judge one state of the content, then render what is asked for until nobody asks any more."""
    from building.pelican_adapter.run import collect_jobs, describe_fault
    from building.proof import prove_jobs
    from building.read_site import read_site

    gc.disable()  # as in a build
    try:
        own = {"PATH": str(content), "SITEURL": address, "PREVIEW": True}
        settings = {**read_constants(), **own}
        catalogue = read_site(settings)
        with tempfile.TemporaryDirectory(prefix="preview-") as folder:
            found = collect_jobs(settings, catalogue, Path(folder))
            prove_jobs(found, catalogue.places, os.listdir(folder))
        jobs = {job.file: job for job in found}
        for record in catalogue.shown:
            _ = record.html  # loaded now, it can be shown whatever becomes of the file
        print_outcome(make_outcome(catalogue, address), content, Path("the preview"))
        sys.stdout.flush()
        connection.send_bytes(READY)
        while True:
            connection.send_bytes(render(jobs.get(connection.recv_bytes().decode())))
    except (EOFError, ConnectionError):  # nobody asks any more
        return
    except KeyboardInterrupt:
        raise Refused(130) from None
    except Exception as error:
        raise Refused(describe_fault(error)) from error


def render(job: "Job | None") -> bytes:
    """Return a file for the process that serves it, as PageRenderer.render does."""
    from building.pelican_adapter.run import describe_fault

    if job is None:
        return NONE
    try:
        return PAGE + job.draw()
    except Refused:  # a file is not the one that was judged any more; what it is now is read next
        text = f"{format_name(job.file)}: this has just been changed. Look again in a moment."
    except Exception as error:  # noqa: BLE001 - whatever the theme does, the preview goes on
        text = describe_fault(error)
    print(text, file=sys.stderr)
    return FAULT + text.encode("utf-8", "replace")
