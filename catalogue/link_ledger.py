"""Read and format the ledger of outside links: `content/links.json`, which `tasks.py links` keeps.

For each address it has when it was first seen, last asked and last good, what it answered, and where an
archive has a copy of it. It is one line for each address, in their order, so that git can merge it and a
run that learns nothing changes nothing. Nothing in it is secret, and nothing of it is published but the
copies of links that are dead.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from catalogue.folder.layout import LINK_LEDGER
from catalogue.folder.regular_files import read_whole
from catalogue.problems import Problem, shorten
from catalogue.text.outside_links import find_outside

DEAD_AFTER_DAYS = 14
MOST_BYTES = 50_000_000  # of the ledger: a hundred thousand links and more
PRINTABLE_URL = re.compile(r"https?://[!#-;=?-~]+")  # nothing that ends an attribute or a tag
REMEDY = "Take the file back from git as it was, or delete it and type: python3 tasks.py links"


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """What is known of one address; days as in `2026-11-27`, empty for what never was."""

    first_seen: str = ""
    checked: str = ""
    last_good: str = ""
    status: str = ""  # the last answer: `200`, or in words
    failing_since: str = ""  # the first of the failures that no good answer has followed
    last_failed: str = ""  # the last of them
    archived: str = ""  # the address of a copy
    archived_on: str = ""
    archive_asked: str = ""  # when the archive was last asked for one
    saved: str = ""  # when the archive was asked to make one

    @property
    def is_dead(self) -> bool:
        """Return whether it has failed for so long that readers are shown the copy.

        It counts from answer to answer: what nobody has asked for is not dead.
        """
        if not (self.failing_since and self.last_failed):
            return False
        failed = date.fromisoformat(self.last_failed) - date.fromisoformat(self.failing_since)
        return failed.days >= DEAD_AFTER_DAYS


# Those that are days.
DAYS = tuple(
    """
    first_seen checked last_good failing_since last_failed archived_on archive_asked saved
    """.split()
)
NAMES = tuple(item.name for item in fields(LinkFacts))
Ledger = dict[str, LinkFacts]


class LedgerFault(ValueError):
    """Raised for a ledger that cannot be read: with the line, and a sentence on what was seen."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line


def parse_ledger(data: bytes) -> Ledger:
    """Return the facts of each address by the bytes of a ledger; an empty file has none.

    Raises LedgerFault.
    """
    try:
        text = data.decode("utf-8-sig")
        rows = json.loads(text) if text.strip() else {}
    except UnicodeDecodeError as error:
        raise LedgerFault(data.count(b"\n", 0, error.start) + 1, "this is no text") from None
    except (ValueError, RecursionError) as error:  # a number of too many figures is one too
        line = getattr(error, "lineno", 1)
        raise LedgerFault(line, "this line of the ledger cannot be read") from None
    if not isinstance(rows, dict):
        raise LedgerFault(1, "this is no ledger of links")
    ledger: Ledger = {}
    for url, row in rows.items():
        if fault := find_fault(url, row):
            place = text.find(json.dumps(url, ensure_ascii=False))
            raise LedgerFault(text.count("\n", 0, max(place, 0)) + 1, fault)
        ledger[url] = LinkFacts(**row)
    return ledger


def find_fault(url: str, row: Any) -> str:
    """Return what is wrong with one row of a ledger; empty if nothing is."""
    if find_outside(url) != url:
        return f"“{shorten(url)}” is no address of another site"
    if not isinstance(row, dict) or not all(isinstance(value, str) for value in row.values()):
        return f"what stands here of {shorten(url)} is not what the ledger has"
    if not all(value.isprintable() for value in row.values()):
        return f"what stands here of {shorten(url)} holds a sign that cannot be seen"
    if unknown := next((name for name in row if name not in NAMES), ""):
        return f"the ledger has nothing called “{shorten(unknown)}”"
    if wrong := next((name for name in DAYS if name in row and not is_day(row[name])), ""):
        return f"“{shorten(row[wrong])}” is no day as in 2026-11-27"
    archived = row.get("archived", "")
    if archived and not (PRINTABLE_URL.fullmatch(archived) and find_outside(archived)):
        return f"“{shorten(archived)}” is no address of a copy"
    if archived and not row.get("archived_on"):
        return f"the copy of {shorten(url)} has no day"
    return ""


def is_day(text: str) -> bool:
    """Return whether a text is a day in the one form of the ledger."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def format_ledger(ledger: Mapping[str, LinkFacts]) -> bytes:
    """Return the ledger as it is written: one line for each address, in their order, no empty fact."""
    rows = []
    for url in sorted(ledger):
        facts = {name: value for name, value in asdict(ledger[url]).items() if value}
        rows.append(f"{dump(url)}: {dump(facts)}")
    return ("{\n" + ",\n".join(rows) + "\n}\n" if rows else "{}\n").encode()


def dump(value: Any) -> str:
    """Return a value as JSON in one line, in letters as they are."""
    return json.dumps(value, ensure_ascii=False)


def read_ledger_bytes(content: Path) -> bytes:
    """Return the bytes of the ledger of a content folder; none if there is no such file.

    Raises LedgerFault for one that is no regular file, too large, or not to be read.
    """
    try:
        return read_whole(content / LINK_LEDGER, MOST_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return b""
    except OSError:
        raise LedgerFault(0, "this file cannot be read as the ledger of links") from None


def check_ledger(content: Path) -> list[Problem]:
    """Return what is wrong with the ledger of a content folder."""
    try:
        parse_ledger(read_ledger_bytes(content))
    except LedgerFault as fault:
        text = str(fault)
        return [
            Problem(LINK_LEDGER, fault.line, "error", f"{text[:1].upper()}{text[1:]}. {REMEDY}")
        ]
    return []


def load_ledger(content: Path) -> Ledger:
    """Return the ledger of a content folder; an empty one in place of one that cannot be read.

    `check_ledger` tells of that, and then nothing is built.
    """
    try:
        return parse_ledger(read_ledger_bytes(content))
    except LedgerFault:
        return {}
