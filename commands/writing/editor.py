"""Open a file in the author's editor."""

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from catalogue.problems import shorten


def choose_editor(environment: Mapping[str, str], is_terminal: bool) -> list[str]:
    """Return the words that start the author's editor; none where nobody sits at a terminal.

    It is what `VISUAL` names, else what `EDITOR` does, as for Git and its like.
    """
    if not is_terminal or environment.get("CI"):
        return []
    command = environment.get("VISUAL") or environment.get("EDITOR") or ""
    try:
        return shlex.split(command, posix=os.name != "nt")
    except ValueError:  # a quotation mark that nothing closes
        return []


def is_at_terminal() -> bool:
    """Return whether somebody sits in front of what is read and written."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def open_in_editor(path: Path) -> None:
    """Open a file in the author's editor, if there is one, and wait until it is closed."""
    command = choose_editor(os.environ, is_at_terminal())
    if not command:
        return
    sys.stdout.flush()
    try:
        with ignore_interrupts():
            subprocess.run([*command, str(path)], check=False)
    except OSError as error:
        seen = f"Your editor, {shorten(command[0])}, cannot be started ({error.strerror})"
        print(f"{seen}. Open the file yourself, or set EDITOR to another one.", file=sys.stderr)


@contextmanager
def ignore_interrupts() -> Iterator[None]:
    """Leave Ctrl-C to the program that was started: it comes to both.

    A handler is not inherited, as an ignored signal would be.
    """
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
