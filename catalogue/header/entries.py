"""Read the lines of a header into entries: a key, and the value as it was typed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from catalogue.header.mappings import PAIR, YAML_REMARK, Line, is_item
from catalogue.header.schema import KNOWN_KEYS, MAPPED, fold_key
from catalogue.problems import Problem, shorten
from catalogue.text.encoding import INVISIBLE

# YAML 1.2, 8.1: the text follows on lines of its own.
BLOCK = re.compile(r"[>|][-+0-9]*(?:\s+#.*)?")
WHITESPACE = re.compile("[ \t\n\u2028\u2029]+")
# Nothing of it gives back what it has taken, so a line is read once; blanks go from the name later.
ENTRY = re.compile(r"\s*+([^\s:=：][^:=：]*+)([:=：])(.*)", re.DOTALL)
CLOSING_SIGNS = {"[": "]", "{": "}"}
# Between quotation marks, nothing is given back once it is taken, so that a value is read in time
# proportional to its length.
QUOTED_TEXT = r"""(?:"(?:[^"\\]++|\\.)*+"|'(?:[^']++|'')*+')"""
QUOTED_VALUE = re.compile(QUOTED_TEXT, re.DOTALL)
# YAML 1.2, 5.7: what a backslash means between double quotation marks.
YAML_ESCAPE = re.compile(
    r"""\\(?:(["\\/ ])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|[nrtvfNLP_])"""
)


class InvalidValue(ValueError):
    """A value that cannot be read; its text says why, in the author's words."""


@dataclass
class HeaderEntry:
    """One entry of a header as it was typed."""

    name: str
    line: int
    value: str = ""
    items: list[str] = field(default_factory=list)
    rows: list[tuple[int, str]] = field(default_factory=list)  # its lines, as typed
    indent: int = 0
    is_block: bool = False
    is_fenced: bool = False
    below: list[Line] = field(default_factory=list)  # its lines but the first

    @property
    def label(self) -> str:
        """Return the key as it was typed, fit for a message."""
        return shorten(self.name)

    @property
    def text(self) -> str:
        """Return the value as one line of text, without the quotes around the whole of it."""
        text = " ".join([self.value.strip(), *self.items]).strip()
        text = text if self.is_block else unquote(text)
        return WHITESPACE.sub(" ", text).strip()

    @property
    def word(self) -> str:
        """Return the value of a date, a number or a switch; YAML allows a remark after it."""
        text = YAML_REMARK.sub("", f" {self.text}") if self.is_fenced else self.text
        return " ".join(text.split())

    @property
    def is_open(self) -> bool:
        """Return True if the value is quoted, and the quotation has not ended."""
        value = self.value.strip()
        return value[:1] in ('"', "'") and (len(value) == 1 or value[-1] != value[0])

    @property
    def own(self) -> str:
        """Return what stands in its own line, beside its name."""
        return self.rows[0][1] if self.rows and self.rows[0][0] == self.line else ""

    def takes(self, line: str) -> bool:
        """Return True if a line belongs to this entry still."""
        text, indent = line.strip(), measure_indent(line)
        if is_item(text) and not self.is_block:
            return indent > self.indent or not self.value.strip()
        closer = CLOSING_SIGNS.get(self.value.strip()[:1])
        if closer and text.startswith(closer):
            return closer not in self.value
        if indent <= self.indent:
            return False
        name, sign, _ = split_line(text) or ("", "", "")
        is_key = sign == ":" and fold_key(name) in KNOWN_KEYS
        return self.is_block or self.is_open or not is_key or self.has_pairs(text)

    def has_pairs(self, text: str) -> bool:
        """Return True if a line set in below it is a pair of its own, as YAML has it, and no header."""
        key = fold_key(self.name)
        if self.own or self.is_block:
            return key in MAPPED and self.own[:1] in CLOSING_SIGNS
        first = self.below[0].text if self.below else text
        is_pair = PAIR.match(first.removeprefix("-").lstrip()) is not None
        return is_pair and (key in MAPPED or key not in KNOWN_KEYS)

    def add(self, line: str, number: int) -> None:
        """Add a line that belongs to this entry."""
        text = line.strip()
        self.rows.append((number, text))
        self.below.append(Line(measure_indent(line), text))
        if is_item(text) and not self.is_block:
            self.items.append(text[1:].strip())
        elif self.items:
            self.items[-1] += f" {text}"
        elif self.is_open and self.value.endswith("\\"):
            self.value = self.value[:-1] + text
        else:
            self.value += f" {text}"


@dataclass
class Header:
    """The header of a file: checked values by key, the line of each, and the body below it."""

    path: str = ""  # of the file
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    is_fenced: bool = False
    problems: list[Problem] = field(default_factory=list)
    tried: set[str] = field(default_factory=set)  # folded keys that stand there, but not rightly

    def report(self, line: int, text: str, level: str = "error") -> None:
        """Add a problem."""
        self.problems.append(Problem(self.path, line, level, text))


def unquote(text: str) -> str:
    """Return a value without one pair of quotation marks around it, and YAML's escapes within them."""
    if text[:1] not in ("'", '"') or not QUOTED_VALUE.fullmatch(text):
        return text
    if text[0] == "'":
        return text[1:-1].replace("''", "'")
    plain = YAML_ESCAPE.sub(decode_yaml_escape, text[1:-1])
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def decode_yaml_escape(match: re.Match[str]) -> str:
    """Return the character that an escape stands for; a blank for all that breaks a line."""
    sign, *codes = match.groups()
    if code := next(filter(None, codes), ""):
        number = int(code, 16)
        return chr(number) if number <= 0x10FFFF else "\ufffd"
    return sign or " "


def split_line(line: str) -> tuple[str, str, str] | None:
    """Return the name, the sign after it (a colon, or what looks like one) and the value of a line."""
    match = ENTRY.match(line)
    return (match[1].rstrip(), match[2], match[3]) if match else None


def measure_indent(line: str) -> int:
    """Return the number of blanks that a line begins with."""
    return len(line) - len(line.lstrip())


def read_entries(lines: Sequence[str], start: int, end: int, header: Header) -> list[HeaderEntry]:
    """Read the entries between two lines; what is none of them becomes a problem of the header."""
    entries: list[HeaderEntry] = []
    stray = -1  # the first line that is no header line
    for number in range(start, end):
        line = lines[number].translate(INVISIBLE)
        entry = entries[-1] if entries and stray < 0 else None
        is_remark = header.is_fenced and line.strip().startswith("#")
        if not line.strip() or (is_remark and not (entry and entry.is_block)):
            continue
        if entry and entry.takes(line):
            entry.add(line, number + 1)
        elif match := read_entry(line, number + 1, header, is_strict=stray >= 0):
            entries.append(match)
        elif stray < 0 and (not header.problems or header.problems[-1].line != number + 1):
            stray = number
    before = next((entry for entry in reversed(entries) if entry.line <= stray), None)
    # A sentence with a colon that runs on is complained of once, as an unknown header.
    if stray >= 0 and (not before or fold_key(before.name) in KNOWN_KEYS):
        is_last = not entries or entries[-1].line <= stray
        text = describe_stray_line(lines[stray], lines[stray - 1], header, is_last=is_last)
        header.report(stray + 1, text)
    return entries


def describe_stray_line(line: str, above: str, header: Header, *, is_last: bool) -> str:
    """Return where to put a line that stands in the header and is none of its own."""
    if not is_last:
        remedy = "Delete it, or move it below the header"
    elif not header.is_fenced:
        remedy = "Put a blank line before your text"
    elif above.strip():
        remedy = "Move your text below the line --- that ends the header"
    else:
        remedy = "Put a line --- before your text"
    return f"“{shorten(line.strip())}” stands in the header and is no header line. {remedy}."


def read_entry(
    line: str, number: int, header: Header, *, is_strict: bool = False
) -> HeaderEntry | None:
    """Read `Key: value`, or report what keeps a line from being read so; known keys only if strict."""
    parts = split_line(line)
    if not parts:
        return None
    name, sign, value = parts
    plain = name.strip("*_#`>\"' ")
    known = fold_key(plain) in KNOWN_KEYS
    if is_strict and not known:
        return None
    if sign == ":" and (plain == name.strip("_ ") or not known):
        is_block = BLOCK.fullmatch(value.strip()) is not None
        value = "" if is_block else value
        rows = [(number, value.strip())] if value.strip() else []
        indent = measure_indent(line)
        return HeaderEntry(name, number, value, [], rows, indent, is_block, header.is_fenced)
    if known:
        header.tried.add(fold_key(plain))
        clean = shorten(value.strip().strip("*_").strip(), 100)
        seen = (
            "is not followed by a plain colon"
            if sign != ":"
            else "has signs around it that do not belong to it"
        )
        header.report(number, f"“{plain}” {seen}. Write: {plain}: {clean}")
    return None
