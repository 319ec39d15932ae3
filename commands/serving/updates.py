"""What the open pages of a preview are told: that the site has changed, and what is wrong with it."""

import json
import re
import secrets
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from catalogue.problems import Problem, format_name, format_root, shorten
from catalogue.project import ROOT

LINE_LENGTH = 200  # of a line of a file that is shown with its problem
NUMBER = re.compile(r"[0-9]{1,18}")  # of a state, in what a page asks for
FAULT_PLACE = re.compile(r"(\S+?)(?::(\d+))?: ")
UNCHANGED = " The site is unchanged."  # how a build ends what it says; a preview has no site
Shown = Mapping[str, str]  # a problem as a page shows it


class Told(NamedTuple):
    """What the process of the site tells of a new state."""

    problems: Sequence[Shown] = ()
    addresses: Sequence[str] = ()  # of the pages whose texts were saved
    refusal: str = ""  # why there will be no state: the settings or the code cannot be used


def describe_problems(problems: Iterable[Problem], content: Path) -> list[Shown]:
    """Return problems as pages show them, errors first: the place, the text, and the line itself."""
    root = format_root(content)
    ordered = sorted(set(problems), key=lambda each: (each.level, each.path, each.line, each.text))
    return [
        {
            "level": each.level,
            "place": format_name(f"{root}/{each.path}" + (f":{each.line}" if each.line else "")),
            "text": format_name(each.text),
            "line": read_line(content / each.path, each.line),
        }
        for each in ordered
    ]


def describe_fault(text: str) -> list[Shown]:
    """Return the lines of what the theme, a plugin or the settings were refused with, in the same form."""
    shown: list[Shown] = []
    for line in text.removesuffix(UNCHANGED.strip()).splitlines():
        told = line.removesuffix(UNCHANGED).strip()
        match = FAULT_PLACE.match(told)
        is_place = match is not None and (ROOT / match[1]).is_file()
        place = match[0].removesuffix(": ") if match and is_place else ""
        rest = told[match.end() :] if match and is_place else told
        source = read_line(ROOT / match[1], int(match[2] or 0)) if match and is_place else ""
        if rest:
            shown.append({"level": "error", "place": place, "text": rest, "line": source})
    return shown


def read_line(path: Path, number: int) -> str:
    """Return a line of a file for a message; nothing where there is none."""
    if number > 0:
        with suppress(OSError, IndexError):
            text = path.read_text("utf-8-sig", "replace")
            return shorten(text.splitlines()[number - 1].strip(), LINE_LENGTH)
    return ""


class Updates:
    """The present state of a preview, for which pages wait; each state has a version of its own.

    No two previews have a version in common, so a page of an earlier one knows that it is old.
    """

    def __init__(self) -> None:
        """Begin before the first state."""
        self.changed = threading.Condition()
        self.name, self.number = secrets.token_hex(4), 0
        self.problems: Sequence[Shown] = ()
        self.faults: Sequence[Shown] = ()  # of the settings or the code, which a new process had
        self.addresses: Sequence[str] = ()  # of the pages that were saved last
        self.saved_number = 0  # of the state that began with them

    @property
    def version(self) -> str:
        """Return the name of the present state."""
        return f"{self.name}-{self.number}"

    def find_number(self, version: str) -> int | None:
        """Return the number of a state by its version; None if it is of another preview."""
        name, _, number = version.rpartition("-")
        return int(number) if name == self.name and NUMBER.fullmatch(number) else None

    def publish(
        self,
        *,
        problems: Sequence[Shown] | None = None,
        faults: Sequence[Shown] | None = None,
        addresses: Sequence[str] = (),
    ) -> None:
        """Begin a new state; what is not given stays. `addresses` are those of the pages that were saved."""
        with self.changed:
            self.problems = self.problems if problems is None else problems
            self.faults = self.faults if faults is None else faults
            self.number += 1
            if addresses:
                self.addresses, self.saved_number = addresses, self.number
            self.changed.notify_all()

    def wait(self, known: int, seconds: float) -> bool:
        """Wait until there is another state than the known one; return whether there is."""
        with self.changed:
            return self.changed.wait_for(lambda: self.number != known, seconds)

    def read(self, known: int | None) -> tuple[int, str]:
        """Return the number of the present state, and the state as JSON.

        Who has known one before is told which pages were saved last, if that was since: states that
        came quickly one after the other are told as one.
        """
        with self.changed:
            is_news = known is not None and known < self.saved_number
            saved = list(self.addresses) if is_news else []
            problems = [*self.faults, *self.problems]
            state = {"version": self.version, "problems": problems, "saved": saved}
            return self.number, json.dumps(state)
