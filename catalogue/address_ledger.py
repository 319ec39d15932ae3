"""Read and format the ledger of addresses: `content/addresses.txt`, every address that was ever published.

It is text in UTF-8, a line for each address from the site's root, in their order, so that git can merge
it; nobody but its author has to keep that order. After the address may stand the id that feed readers know
a post by, and in parentheses words by which a lost text is found again (catalogue/telling_words.py):

    /posts/weeding/ tag:example.org,2026-01-02:posts/weeding (deselection shelves)
    /posts/weeding/#the-shelves
    Gone: /posts/old-list/ The list was wrong.

`Gone:` says that an address was withdrawn on purpose, with all that lies below it; what is written behind
is a reason, which readers are shown. A blank in an address is written as %20, as in a link (RFC 3986, 2.1).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from unicodedata import is_normalized
from urllib.parse import unquote

from catalogue.folder.layout import ADDRESS_LEDGER
from catalogue.folder.regular_files import read_whole
from catalogue.folding import compose
from catalogue.problems import Problem, shorten

MOST_BYTES = 50_000_000  # of the ledger: half a million addresses and more
LONGEST_REASON = 300  # characters
GONE = "Gone:"
SHORTEST_DIGEST = 12  # hexadecimal digits, more than a year or a number has
GIT_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
LINE = re.compile(
    r"""
    (?P<gone>Gone:\s*+)? (?P<address>/\S*+)
    (?:\s++(?P<id>tag:[!-~]++))? (?:\s++\((?P<words>[^()]*+)\))? (?:\s++(?P<reason>\S.*+))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What is said of an id that two lines have.
EXPLAIN_ID = (
    "Feed readers would take two posts for one. Take it out of the line that it was copied to."
)
# A line as it is written here, if no sign in it is escaped.
ROW = re.compile(
    r"^(Gone: )?(/[^\s?#]*(?:#[^\s#]+)?)(?: (tag:[!-~]+))?(?: \(([^()\n]*)\))?(?(1)(?: (\S.*))?)$",
    re.MULTILINE,
)
ODD_STEP = re.compile(r"//|/\.\.?(?:[/#\s]|$)")
ESCAPED = re.compile(r"[\s%]")


@dataclass(frozen=True)
class AddressLedger:
    """All addresses that were ever published, by what is known of each; ids have their page's and a #."""

    lines: Mapping[str, int] = field(default_factory=dict)  # of each address, counted from 1
    # Those that were withdrawn, each with the reason or nothing.
    gone: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)  # by which feed readers know posts
    # Of texts; of other files the beginning of their SHA-256.
    words: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()  # of its lines: what cannot be read is not in it

    def is_gone(self, address: str) -> bool:
        """Return whether an address was withdrawn, or is on or below a page that was."""
        if not self.gone:
            return False
        if address in self.gone:
            return True
        path = address.partition("#")[0]
        above = (path[: place + 1] for place, sign in enumerate(path) if sign == "/")
        return path in self.gone or any(each in self.gone for each in above)


NO_LEDGER = AddressLedger()


def format_gone_line(address: str) -> str:
    """Return the line that an author writes to withdraw an address: `Gone: /posts/weeding/`."""
    return f"{GONE} {write_address(address)}"


def write_address(address: str) -> str:
    """Return an address without blanks, for a line of the ledger."""
    if address.isascii() and " " not in address and "%" not in address:
        return address
    return ESCAPED.sub(lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), address)


def read_address(text: str) -> str:
    """Return the address that a text without blanks stands for; the other way of `write_address`."""
    return compose(unquote(text) if "%" in text else text)


class LedgerReader:
    """The reading of a ledger, line by line."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self.lines: dict[str, int] = {}
        self.gone: dict[str, str] = {}
        self.ids: dict[str, str] = {}
        self.words: dict[str, str] = {}
        self.owners: dict[str, int] = {}  # the line of each id
        self.problems: list[Problem] = []

    def tell(self, number: int, wrong: str) -> None:
        """Add what is wrong with a line."""
        self.problems.append(Problem(ADDRESS_LEDGER, number, "error", wrong))

    def read_line(self, number: int, line: str) -> None:
        """Read one line, which may be blank."""
        line = line.strip()
        if not line:
            return
        found = LINE.fullmatch(line)
        if fault := find_line_fault(line, found):
            self.tell(number, fault)
        elif found and self.take(number, address := read_address(found["address"])):
            self.read_facts(number, address, found)

    def take(self, number: int, address: str) -> bool:
        """Add an address; return whether no other line has it."""
        first = self.lines.setdefault(address, number)
        if first != number:
            seen = f"{shorten(address)} stands in line {first} too"
            self.tell(number, f"{seen}. Keep one of the two lines.")
        return first == number

    def read_facts(self, number: int, address: str, found: re.Match[str]) -> None:
        """Add what a line says of its address."""
        words, reason = found["words"] or "", found["reason"] or ""
        if found["gone"] and words and not are_telling(words):  # a reason in parentheses
            words, reason = "", f"({words}) {reason}".strip()
        if found["gone"]:
            self.gone[address] = reason
        if words:
            self.words[address] = words.strip()
        mark = found["id"] or ""
        first = self.owners.setdefault(mark, number) if mark else number
        if first != number:
            seen = f"{shorten(mark, 100)} is the id in line {first} too"
            self.tell(number, f"{seen}. {EXPLAIN_ID}")
        elif mark:
            self.ids[address] = mark


@lru_cache(maxsize=1)
def parse_address_ledger(data: bytes) -> AddressLedger:
    """Return the ledger in some bytes, with what is wrong with its lines."""
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    if ledger := read_at_once(text):
        return ledger
    reader = LedgerReader()
    for number, line in enumerate(text.split("\n"), 1):
        reader.read_line(number, line)
    return AddressLedger(
        reader.lines, reader.gone, reader.ids, reader.words, tuple(reader.problems)
    )


def read_at_once(text: str) -> AddressLedger | None:
    """Return a ledger that is as it is written here, read in large steps; None for every other.

    A site of ten thousand posts has a hundred thousand lines, and each build reads them.
    """
    is_clean = text.replace("\n", "").isprintable() and is_normalized("NFC", text)
    if not is_clean or "\ufffd" in text or "%" in text or ODD_STEP.search(text):
        return None
    rows = ROW.findall(text)
    addresses = [row[1] for row in rows]
    lines = dict(zip(addresses, range(1, len(rows) + 1), strict=True))
    ids = {address: mark for _, address, mark, _, _ in rows if mark}
    gone = {address: reason for sign, address, _, _, reason in rows if sign}
    is_whole = len(rows) == len(lines) == text.count("\n") and text[-1:] in ("", "\n")
    has_doubles = len(set(ids.values())) < len(ids)
    if not is_whole or has_doubles or any(len(why) > LONGEST_REASON for why in gone.values()):
        return None
    words = {address: kept for _, address, _, kept, _ in rows if kept}
    if not all(are_telling(words[address]) for address in gone if address in words):
        return None
    return AddressLedger(lines, gone, ids, words)


def are_telling(words: str) -> bool:
    """Return whether words in parentheses are those by which a text is known, and no reason."""
    tokens = words.split()
    is_digest = len(tokens) == 1 and len(tokens[0]) >= SHORTEST_DIGEST and tokens[0].isalnum()
    return is_digest or all(
        token.isalnum() and not token.isdecimal() and token == token.casefold() for token in tokens
    )


def find_line_fault(line: str, found: re.Match[str] | None) -> str:
    """Return what is wrong with one line, and what to write; empty if nothing is."""
    if line.startswith(GIT_MARKS):
        return (
            "git left the mark of a conflict here: both sides have added addresses. Keep the lines of "
            "both, and take out the marks."
        )
    if "\ufffd" in line or not line.isprintable():
        return (
            "This line holds a sign that cannot be read. Write the address as it is in a browser."
        )
    if found is None:
        remedy = f"Write one from the site's root, like: {GONE} /posts/weeding/"
        return f"“{shorten(line)}” is no address. {remedy}"
    address = read_address(found["address"])
    if fault := find_address_fault(address):
        return f"“{shorten(line)}” {fault}"
    if found["reason"] and not found["gone"]:
        return (
            f"“{shorten(found['reason'])}” stands behind the address. A reason stands only behind one "
            f"that was withdrawn: {format_gone_line(address)} {shorten(found['reason'])}"
        )
    if found["reason"] and len(found["reason"]) > LONGEST_REASON:
        seen = f"The reason has {len(found['reason']):,} characters"
        return f"{seen}. Write at most {LONGEST_REASON}: readers see it."
    return ""


def find_address_fault(address: str) -> str:
    """Return what is wrong with an address of the ledger, and what to write; empty if nothing is."""
    path, mark, name = address.partition("#")
    parts = path[1:].removesuffix("/").split("/") if path != "/" else ()
    if "" in parts or {".", ".."} & {*parts}:
        return "is no address of this site. Write what comes after the site's name: /posts/weeding/"
    if "?" in path:
        return "holds a ?, and what follows one is no part of an address here. Take it out."
    if mark and (not name or "#" in name):
        return "has a # that names no one place. Write the page, #, and the id: /posts/weeding/#why"
    if not address.isprintable():
        return "stands for a sign that cannot be seen. Take it out."
    return ""


def format_address_ledger(ledger: AddressLedger) -> bytes:
    """Return the ledger as it is written: one line for each address, in their order."""
    gone, ids, words = ledger.gone, ledger.ids, ledger.words
    rows = []
    for address in sorted(ledger.lines):
        row = write_address(address)
        if address in gone:
            row = f"{GONE} {row}"
        if address in ids:
            row += f" {ids[address]}"
        if address in words:
            row += f" ({words[address]})"
        if reason := gone.get(address):
            row += f" {reason}"
        rows.append(f"{row}\n")
    return "".join(rows).encode()


def read_address_ledger_bytes(content: Path) -> bytes | None:
    """Return the bytes of the ledger of a content folder; None if there is no such file.

    Raises OSError for one that is no regular file, too large, or not to be read.
    """
    try:
        return read_whole(content / ADDRESS_LEDGER, MOST_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return None


def load_address_ledger(content: Path) -> AddressLedger:
    """Return the ledger of a content folder; an empty one, with the problem, if it cannot be read."""
    try:
        return parse_address_ledger(read_address_ledger_bytes(content) or b"")
    except OSError:
        text = (
            "This file cannot be read as the ledger of addresses. Take it back from git as it was, or "
            "delete it if nothing was published yet."
        )
        return AddressLedger(problems=(Problem(ADDRESS_LEDGER, 0, "error", text),))
