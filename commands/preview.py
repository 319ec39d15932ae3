"""Show the site as it will be, drafts and waiting posts too, and build it again on every change."""

import functools
import multiprocessing
import shutil
import sys
import tempfile
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from commands.build import report, sum_up
from commands.engine import run_pelican
from commands.inputs import has_content
from commands.replace import replace_tree
from commands.settings import ROOT, read_settings
from plugins.press import write_all
from plugins.problems import Refused

WATCHED = ("theme", "plugins", "pelicanconf.py")
HOST = "127.0.0.1"
TICK_MS = 200


class Handler(SimpleHTTPRequestHandler):
    """Serve the tree as GitHub Pages does: folders by their index, 404.html for what is not there."""

    def end_headers(self) -> None:
        """Let no browser keep a page that the next change makes old."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page when there is none at the address."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        data = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
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
    folder = Path(tempfile.mkdtemp(prefix="preview-"))
    try:
        try:
            handler = functools.partial(Handler, directory=str(folder / "site"))
            server = ThreadingHTTPServer((HOST, port), handler)
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
            watch(content, folder, address)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def watch(content: Path, folder: Path, address: str) -> None:
    """Build, and again after every change, until interrupted.

    The first build comes when the watch has begun, so that no change falls between the two.
    """
    from watchfiles import watch as watch_files

    places = [content, *(ROOT / name for name in WATCHED)]
    is_first = True
    for changes in watch_files(
        *places, raise_interrupt=True, yield_on_timeout=True, rust_timeout=TICK_MS
    ):
        if changes or is_first:
            rebuild(content, folder, address)
        is_first = False


def rebuild(content: Path, folder: Path, address: str) -> None:
    """Build in a process of its own, which takes up changes of the theme and the plugins too."""
    process = multiprocessing.get_context("spawn").Process(
        target=build_preview, args=(content, folder, address)
    )
    process.start()
    process.join()
    if process.exitcode:
        print(
            "The preview shows the last good state; it is built again when you save.",
            file=sys.stderr,
            flush=True,
        )


def build_preview(content: Path, folder: Path, address: str) -> None:
    """Build the preview of one moment."""
    try:
        settings = read_settings(
            ROOT / "pelicanconf.py",
            {"PATH": str(content), "SITEURL": address, "PREVIEW": True},
        )
        with replace_tree(folder / "site") as staging:
            catalogue = run_pelican(settings, staging, lambda jobs: write_all(jobs, staging))
        report(sum_up(catalogue, address, 0, {}), content, Path("the preview"))
    except KeyboardInterrupt:
        raise Refused(130) from None
