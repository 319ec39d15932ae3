"""Show the site as it will be, drafts and waiting posts too, and look at every change at once.

One process serves and watches. Another one reads the content, judges it, and then waits to draw the
pages that are looked at, each when it is asked for. After every change a new one takes its place, with
the new theme and plugins too; if anything is wrong, the last good one stays.
"""

import functools
import gc
import mimetypes
import multiprocessing
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from commands.build import report, sum_up
from commands.inputs import has_content
from commands.settings import ROOT, read_settings
from plugins.problems import Refused

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from plugins.jobs import Job

WATCHED = ("theme", "plugins", "pelicanconf.py")
HOST = "127.0.0.1"
TICK_MS = 200
SECONDS = 5  # for a process to end by itself
READY, NONE, PAGE, FAULT = b"r", b"n", b"p", b"f"  # how a message begins


class Artist:
    """Have pages drawn by the process that knows the last good state."""

    def __init__(self) -> None:
        """Begin without any state."""
        self.lock = threading.Lock()
        self.process: SpawnProcess | None = None
        self.connection: Connection | None = None

    def renew(self, content: Path, address: str) -> bool:
        """Let a new process take over, if it finds nothing wrong; tell whether it did."""
        context = multiprocessing.get_context("spawn")
        own, other = context.Pipe()
        process = context.Process(target=draw_pages, args=(other, content, address), daemon=True)
        process.start()
        other.close()
        try:
            is_good = own.recv_bytes() == READY
        except EOFError:
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
        """Give PAGE and the bytes of a file, NONE if the site has none, or FAULT and what went wrong."""
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


class Handler(BaseHTTPRequestHandler):
    """Answer as GitHub Pages does: folders by their index, 404.html for what is not there."""

    def __init__(self, artist: Artist, *words: object) -> None:
        """Answer one request with what the artist draws."""
        self.artist = artist
        super().__init__(*words)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with a page."""
        path = unquote(urlsplit(self.path).path)
        file = path.lstrip("/") + ("index.html" if path.endswith("/") else "")
        kind, data = self.artist.draw(file)
        if kind == NONE and self.artist.draw(f"{file}/index.html")[0] == PAGE:
            self.send_response(301)
            self.send_header("Location", f"{urlsplit(self.path).path}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif kind == PAGE:
            self.send(200, mimetypes.guess_type(file)[0] or "application/octet-stream", data)
        elif kind == FAULT:
            self.send(503, "text/plain", data)
        else:
            self.send(404, "text/html", self.artist.draw("404.html")[1])

    do_HEAD = do_GET

    def send(self, status: int, kind: str, data: bytes) -> None:
        """Send an answer that no browser keeps: the next change makes it old."""
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if "text" in kind else kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each page that is looked at."""


def preview(content: Path = ROOT / "content", port: int = 8000) -> int:
    """Serve a preview at http://localhost:PORT until it is interrupted; give 2 if the port is taken."""
    content = content.absolute()
    if not has_content(content):
        return 2
    gc.enable()  # unlike other tasks, it may run for days
    artist = Artist()
    try:
        server = ThreadingHTTPServer((HOST, port), functools.partial(Handler, artist))
    except (OSError, OverflowError):
        print(
            f"Port {port} is in use. Close the other preview, or write: "
            f"python3 tasks.py preview --port {port + 1 if port < 65535 else 8001}",
            file=sys.stderr,
        )
        return 2
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://localhost:{server.server_port}"
        print(f"The preview is at {address}/ now; press Ctrl-C to end it.", flush=True)
        try:
            watch(content, artist, address)
        finally:
            artist.close()
    return 0


def watch(content: Path, artist: Artist, address: str) -> None:
    """Read everything, and again after every change, until interrupted.

    The first reading comes when the watch has begun, so that no change falls between the two.
    """
    from watchfiles import watch as watch_files

    places = [content, *(ROOT / name for name in WATCHED)]
    is_first = True
    for changes in watch_files(
        *places, raise_interrupt=True, yield_on_timeout=True, rust_timeout=TICK_MS
    ):
        if (changes or is_first) and not artist.renew(content, address):
            print(
                "The preview shows the last good state; it is looked at again when you save.",
                file=sys.stderr,
                flush=True,
            )
        is_first = False


def draw_pages(connection: Connection, content: Path, address: str) -> None:
    """Read and judge one state of the content, then draw what is asked for until nobody asks any more."""
    from commands.engine import run_pelican

    gc.disable()  # as in a build
    try:
        settings = read_settings(
            ROOT / "pelicanconf.py",
            {"PATH": str(content), "SITEURL": address, "PREVIEW": True},
        )
        jobs: dict[str, Job] = {}
        with tempfile.TemporaryDirectory(prefix="preview-") as folder:
            catalogue = run_pelican(
                settings,
                Path(folder),
                lambda found: jobs.update((job.file, job) for job in found),
            )
        for record in catalogue.shown:
            assert (
                record.html is not None
            )  # loaded now, it can be shown whatever becomes of the file
        report(sum_up(catalogue, address, 0, {}), content, Path("the preview"))
        sys.stdout.flush()
        connection.send_bytes(READY)
        while True:
            connection.send_bytes(draw(jobs.get(connection.recv_bytes().decode())))
    except EOFError:
        return
    except KeyboardInterrupt:
        raise Refused(130) from None


def draw(job: "Job | None") -> bytes:
    """Draw a file for the process that serves it."""
    from commands.engine import describe_fault

    if job is None:
        return NONE
    try:
        return PAGE + job.draw()
    except Exception as error:  # noqa: BLE001 - whatever the theme does, the preview goes on
        text = describe_fault(error)
        print(text, file=sys.stderr, flush=True)
        return FAULT + text.encode()
