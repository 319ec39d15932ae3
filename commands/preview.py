"""Show the site as it will be, drafts and scheduled posts too, and look at every change at once.

One process serves and watches. Another one, commands/serving/renderer.py, reads the content, judges
it, and then waits to render the pages that are looked at. After every change a new one takes its
place, with the new theme and plugins too; if anything is wrong, the last good one stays.
"""

import errno
import gc
import sys
import threading
from pathlib import Path

from building.inputs import has_content
from catalogue.problems import format_root
from catalogue.project import CODE_FOLDERS, CONTENT, ROOT
from commands.serving.renderer import PageRenderer
from commands.serving.server import Server
from commands.serving.watch import follow_changes

WATCHED = ("theme", *CODE_FOLDERS, "pelicanconf.py")
FIRST_FREE_PORT, LAST_PORT = 1024, 65535  # those below the first belong to the system


def preview(content: Path = CONTENT, port: int = 8000) -> int:
    """Serve a preview at http://localhost:PORT until it is interrupted; return 2 if that cannot be."""
    content = content.absolute()
    if not has_content(content):
        return 2
    if not 0 < port <= LAST_PORT:
        print(explain_port(port), file=sys.stderr)
        return 2
    gc.enable()  # unlike other tasks, it may run for days
    renderer = PageRenderer()
    try:
        server = Server(port, renderer.render)
    except OSError as error:
        print(explain_port(port, error), file=sys.stderr)
        return 2
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://localhost:{server.port}"
        print(f"The preview is at {address}/ now; press Ctrl-C to end it.", flush=True)
        try:
            show_changes(content, renderer, address)
        finally:
            renderer.close()
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


def show_changes(content: Path, renderer: PageRenderer, address: str) -> None:
    """Read everything, and again after every change, until interrupted.

    The first reading comes when the watch has begun, so that no change falls between the two.
    """
    was_there = True
    for _ in follow_changes([content, *(ROOT / name for name in WATCHED)]):
        is_there = content.is_dir()
        if is_there and not renderer.renew(content, address):
            print(
                "The preview shows the last good state; it is looked at again when you save.",
                file=sys.stderr,
            )
        elif was_there and not is_there:
            print(
                f"The folder {format_root(content)} is gone: the preview shows the last good state, "
                "and looks again when the folder is back.",
                file=sys.stderr,
            )
        was_there = is_there
