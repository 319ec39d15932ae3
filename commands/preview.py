"""Show the site as it will be, drafts and scheduled posts too, and every change as soon as it is saved.

One process serves and watches. Another one, commands/serving/site_process.py, holds the site in memory
and draws the pages that are looked at. What is wrong is told on the pages, over the last good state.
"""

import errno
import gc
import os
import sys
import threading
import webbrowser
from collections.abc import Collection, Sequence, Set
from contextlib import ExitStack
from pathlib import Path

from catalogue.problems import format_root
from catalogue.project import CODE_FOLDERS, CONTENT, ROOT
from commands.serving.origin import HOST, HOST_6
from commands.serving.renderer import SiteRenderer
from commands.serving.server import Server
from commands.serving.updates import describe_fault
from commands.serving.watch import follow_changes
from commands.writing.ready import is_ready, mention_setup

THEME = ROOT / "theme"
WATCHED = ("theme", *CODE_FOLDERS, "pelicanconf.py", "publishconf.py")
DRAWN_WITH = (THEME / "templates", THEME / "static")  # read anew for each state of the content
FIRST_FREE_PORT, LAST_PORT = 1024, 65535  # those below the first belong to the system
PORTS_TRIED = 20


def preview(
    content: Path = CONTENT, port: int = 8000, opens: bool = True, follows: bool = False
) -> int:
    """Serve a preview at http://localhost:PORT until it is interrupted; return 2 if that cannot be.

    A port that is in use gives way to the next free one. With `opens` the author's browser is opened,
    with `follows` its page goes to what was saved.
    """
    content = content.absolute()
    if not is_ready(content):
        return 2
    mention_setup()
    if not 0 < port <= LAST_PORT:
        print(explain_port(port), file=sys.stderr)
        return 2
    gc.enable()  # unlike other tasks, it may run for days
    renderer = SiteRenderer(content)
    try:
        servers = open_servers(port, renderer, follows)
    except OSError as error:
        print(explain_port(port, error), file=sys.stderr)
        return 2
    with ExitStack() as stack:
        for server in servers:
            stack.enter_context(server)
            threading.Thread(target=server.serve_forever, daemon=True).start()
        stack.callback(renderer.close)
        renderer.address = f"http://localhost:{servers[0].port}"
        moved = f"Port {port} is in use. " if servers[0].port != port else ""
        print(
            f"{moved}The preview is at {renderer.address}/ now; press Ctrl-C to end it.", flush=True
        )
        show_changes(content, renderer, opens)
    return 0


def open_servers(port: int, renderer: SiteRenderer, follows: bool) -> list[Server]:
    """Return servers on the first free port, for both forms of this machine's address.

    Raises OSError if the port cannot be used, or if none of the next ones is free.
    """
    for number in range(port, min(port + PORTS_TRIED, LAST_PORT + 1)):
        try:
            servers = [Server(number, renderer.render, renderer.updates, follows, HOST)]
            try:
                servers.append(Server(number, renderer.render, renderer.updates, follows, HOST_6))
            except OSError as error:
                if error.errno == errno.EADDRINUSE:  # a browser may get the other program
                    servers[0].server_close()
                    raise
            return servers
        except OSError as error:
            last = error
            if error.errno != errno.EADDRINUSE:
                raise
    raise last


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


def show_changes(content: Path, renderer: SiteRenderer, opens: bool) -> None:
    """Read everything, and then what changes, until interrupted.

    The first reading comes when the watch has begun, so that no change falls between the two.
    """
    was_there = True
    for paths in follow_changes([content, *(ROOT / name for name in WATCHED)]):
        is_there = content.is_dir()
        if was_there and not is_there:
            text = (
                f"The folder {format_root(content)} is gone: the preview shows the last good state, "
                "and looks again when the folder is back."
            )
            print(text, file=sys.stderr, flush=True)
            renderer.updates.publish(faults=describe_fault(text))
        elif is_there and not was_there:
            renderer.updates.publish(faults=())
        was_there = is_there
        if not is_there:
            continue
        if paths is None or not renderer.is_running or has_new_code(paths, content):
            renderer.start()
        else:
            renderer.tell(select_content(paths, content))
        if opens:
            open_browser(renderer.address)
            opens = False


def has_new_code(paths: Collection[Path], content: Path) -> bool:
    """Return whether the code, the settings or the words of the theme are among what has changed."""
    return any(
        not path.is_relative_to(content)
        and not any(path.is_relative_to(folder) for folder in DRAWN_WITH)
        and "__pycache__" not in path.parts
        for path in paths
    )


def select_content(paths: Set[Path], content: Path) -> Sequence[str]:
    """Return the paths in the content folder of what has changed there; nothing if it is not all."""
    inside = [
        path.relative_to(content).as_posix() for path in paths if path.is_relative_to(content)
    ]
    return sorted(inside) if len(inside) == len(paths) else []


def open_browser(address: str) -> None:
    """Open the author's browser, where there is a screen for one."""
    has_screen = sys.platform in ("win32", "darwin") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    if has_screen and not os.environ.get("CI"):
        webbrowser.open(f"{address}/")
