"""Show the site as it will be, drafts and waiting posts too, and look at every change at once.

One process serves and watches. Another one reads the content, judges it, and then waits to draw the
pages that are looked at, each when it is asked for. After every change a new one takes its place, with
the new theme and plugins too; if anything is wrong, the last good one stays.
"""

import errno
import gc
import multiprocessing
import os
import sys
import tempfile
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from building.inputs import has_content
from building.outcome import make_outcome, print_outcome
from building.settings import read_constants
from catalogue.problems import Refused, format_name, format_root
from catalogue.project import CODE_FOLDERS, CONTENT, ROOT
from commands.serving.server import FAULT, NONE, PAGE, Server
from commands.serving.watch import follow_changes

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from building.jobs import Job

WATCHED = ("theme", *CODE_FOLDERS, "pelicanconf.py")
FIRST_FREE_PORT, LAST_PORT = 1024, 65535  # those below the first belong to the system
SECONDS = 5  # for a process to end by itself
READY = b"r"  # how the first message of a process begins, if it found nothing wrong


class Artist:
    """Have pages drawn by the process that knows the last good state."""

    def __init__(self) -> None:
        """Begin without any state."""
        self.lock = threading.Lock()
        self.process: SpawnProcess | None = None
        self.connection: Connection | None = None

    def renew(self, content: Path, address: str) -> bool:
        """Let a new process take over, if it finds nothing wrong; return whether it did."""
        context = multiprocessing.get_context("spawn")
        try:
            own, other = context.Pipe()
            with other:
                process = context.Process(
                    target=draw_pages, args=(other, content, address), daemon=True
                )
                process.start()
        except OSError as error:  # no room for another process, or no more open files
            tell(f"This cannot be read now ({error.strerror or error}): close other programs.")
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

    def draw(self, file: str) -> tuple[bytes, bytes]:
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
        """Let the process end."""
        if self.connection and self.process:
            self.connection.close()
            self.process.join(SECONDS)
            self.process.kill()
            self.process.join()
        self.process = self.connection = None


def preview(content: Path = CONTENT, port: int = 8000) -> int:
    """Serve a preview at http://localhost:PORT until it is interrupted; return 2 if that cannot be."""
    content = content.absolute()
    if not has_content(content):
        return 2
    if not 0 < port <= LAST_PORT:
        print(explain_port(port), file=sys.stderr)
        return 2
    gc.enable()  # unlike other tasks, it may run for days
    artist = Artist()
    try:
        server = Server(port, artist.draw)
    except OSError as error:
        print(explain_port(port, error), file=sys.stderr)
        return 2
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://localhost:{server.port}"
        print(f"The preview is at {address}/ now; press Ctrl-C to end it.", flush=True)
        try:
            show_changes(content, artist, address)
        finally:
            artist.close()
    return 0


def explain_port(port: int, error: OSError | None = None) -> str:
    """Return why a port cannot be used, and another to type; without an error there is no such port."""
    other = port + 1 if FIRST_FREE_PORT <= port < LAST_PORT else 8001
    if error is None:
        seen = f"There is no port {port}: their numbers go from 1 to {LAST_PORT}. Write: "
        other = 8000
    elif error.errno == errno.EADDRINUSE:
        seen = f"Port {port} is in use. Close the other preview, or write: "
    elif isinstance(error, PermissionError):
        seen = f"Port {port} is kept for the system, and your account may not use it. Write: "
    else:
        reason = (error.strerror or type(error).__name__).rstrip(".")
        seen = f"Port {port} cannot be used ({reason}). Write: "
    return f"{seen}python3 tasks.py preview --port {other}"


def show_changes(content: Path, artist: Artist, address: str) -> None:
    """Read everything, and again after every change, until interrupted.

    The first reading comes when the watch has begun, so that no change falls between the two.
    """
    was_there = True
    for _ in follow_changes([content, *(ROOT / name for name in WATCHED)]):
        is_there = content.is_dir()
        if is_there and not artist.renew(content, address):
            tell("The preview shows the last good state; it is looked at again when you save.")
        elif was_there and not is_there:
            tell(
                f"The folder {format_root(content)} is gone: the preview shows the last good state, "
                "and looks again when the folder is back."
            )
        was_there = is_there


def tell(line: str) -> None:
    """Print one line for the author at once."""
    print(line, file=sys.stderr, flush=True)


def draw_pages(connection: Connection, content: Path, address: str) -> None:
    """Read and judge one state of the content, then draw what is asked for until nobody asks any more."""
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
            assert (
                record.html is not None
            )  # loaded now, it can be shown whatever becomes of the file
        print_outcome(make_outcome(catalogue, address), content, Path("the preview"))
        sys.stdout.flush()
        connection.send_bytes(READY)
        while True:
            connection.send_bytes(draw(jobs.get(connection.recv_bytes().decode())))
    except (EOFError, ConnectionError):  # nobody asks any more
        return
    except KeyboardInterrupt:
        raise Refused(130) from None
    except Exception as error:
        raise Refused(describe_fault(error)) from error


def draw(job: "Job | None") -> bytes:
    """Draw a file for the process that serves it."""
    from building.pelican_adapter.run import describe_fault

    if job is None:
        return NONE
    try:
        return PAGE + job.draw()
    except Refused:  # a file is not the one that was judged any more; what it is now is read next
        text = f"{format_name(job.file)}: this has just been changed. Look again in a moment."
    except Exception as error:  # noqa: BLE001 - whatever the theme does, the preview goes on
        text = describe_fault(error)
    tell(text)
    return FAULT + text.encode("utf-8", "replace")
