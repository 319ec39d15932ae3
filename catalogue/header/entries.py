"""Read the lines of a header into entries: a key, and the value as it was typed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from catalogue.header.foreign_keys import is_foreign
from catalogue.header.mappings import PAIR, YAML_REMARK, Line, is_item, join_surrogates
from catalogue.header.schema import KNOWN_KEYS, MAPPED, fold_key
from catalogue.problems import Problem, shorten
from catalogue.text.encoding import INVISIBLE

# YAML 1.2, 8.1: the text follows on lines of its own.
BLOCK = re.compile(r"[>|][-+0-9]*(?:\s+#.*)?")
WHITESPACE = re.compile("[ \t\n\u2028\u2029]+")
# Nothing of it gives back what it has taken, so a line is read once; blanks go from the name later.
ENTRY = re.compile(r"\s*+([^\s:=：][^:=：]*+)([:=：])(.*)", re.DOTALL)
# Between quotation marks, nothing is given back once it is taken, so that a value is read in time
# proportional to its length.
QUOTED_TEXT = r"""(?:"(?:[^"\\]++|\\.)*+"|'(?:[^']++|'')*+')"""
QUOTED_VALUE = re.compile(QUOTED_TEXT, re.DOTALL)
# What is quoted, and a list between brackets, may have a remark behind it, and so may nothing at all
# (YAML 1.2, 6.6). Other text keeps its #: it is seldom meant as a remark.
REMARKED_VALUE = re.compile(rf"({QUOTED_TEXT}|\[[^\[\]]*+\])\s++#.*|()#(?:\s.*)?", re.DOTALL)
# YAML 1.2, 5.7: what a backslash means between double quotation marks.
YAML_ESCAPE = re.compile(
    r"""\\(?:(["\\/ ])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|[nrtvfNLP_])"""
)
# A tag that says no more than what the key's form says (YAML 1.2, 10.3).
YAML_TAG = re.compile(r"\A\s*!(?:!(?:str|timestamp|int|float|bool|null|seq|map))?(?=\s|\Z)")
ODD_BACKSLASHES = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")
# What opens and closes a list or a mapping between brackets; quoted brackets do neither.
FLOW_SIGN = re.compile(rf"(?<=[\[{{,:\s]){QUOTED_TEXT}|[\[{{]|[\]}}]", re.DOTALL)
BRACKETS = ("[", "{")
OPENING_SIGNS = frozenset(('"', "'", *BRACKETS))
STARTS = "starthere"  # of a topic: its list may begin beside the name
MOST_TRIES = 20  # so often the end of what is never closed is looked for in one header
FLOW_REMARK = re.compile(r"(?:^|\s)#(?:\s.*)?$")
LONGEST_OPEN = 5_000  # characters of a quotation or a list of several lines


class InvalidValue(ValueError):
    """A value that cannot be read; its text says why, in the author's words."""


@dataclass(slots=True)
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
    last: int = 0  # the line in which a quotation or a list that it opens is closed
    has_words: bool = False  # it has text that is no list

    @property
    def label(self) -> str:
        """Return the key as it was typed, fit for a message."""
        return shorten(self.name)

    @property
    def text(self) -> str:
        """Return the value as one line of text, without the quotes around the whole of it."""
        text = self.value.strip()
        if self.items:
            text = " ".join([text, *self.items]).strip()
        text = text if self.is_block else unquote(text)
        if text.isascii() and "  " not in text and text.isprintable():
            return text.strip()
        return WHITESPACE.sub(" ", text).strip()

    @property
    def word(self) -> str:
        """Return the value of a date, a number or a switch; YAML allows a remark after it."""
        text = YAML_REMARK.sub("", f" {self.text}") if self.is_fenced else self.text
        return " ".join(text.split())

    @property
    def own(self) -> str:
        """Return what stands in its own line, beside its name."""
        return self.rows[0][1] if self.rows and self.rows[0][0] == self.line else ""

    @property
    def is_prose(self) -> bool:
        """Return True if the lines below it are words, whatever they begin with."""
        return self.is_block or self.last > 0

    @property
    def is_mapping(self) -> bool:
        """Return True if the lines below it are pairs of names and values."""
        return (
            not self.own
            and not self.is_block
            and bool(self.below and PAIR.match(self.below[0].text))
        )

    @property
    def has_mapping(self) -> bool:
        """Return True if its value is a mapping, in lines of its own or between braces."""
        return self.is_mapping or (self.own[:1] == "{" and not self.is_block)

    def takes(self, line: str, number: int) -> bool:
        """Return True if a line, of this number, belongs to this entry still."""
        if number <= self.last:
            return True
        text, indent = line.strip(), measure_indent(line)
        if is_item(text) and not self.is_block:
            return indent > self.indent or not self.has_words or fold_key(self.name) == STARTS
        if indent <= self.indent:
            return False
        if self.is_block or (self.is_fenced and not self.own):
            return True
        name, sign, _ = split_line(text) or ("", "", "")
        return sign != ":" or fold_key(name) not in KNOWN_KEYS or self.has_pairs(text)

    def has_pairs(self, text: str) -> bool:
        """Return True if a line set in below it is a pair of its own, as YAML has it, and no header."""
        key = fold_key(self.name)
        if self.own:
            return False
        first = self.below[0].text if self.below else text
        is_pair = PAIR.match(first.removeprefix("-").lstrip()) is not None
        return is_pair and (first[0] == "-" or key in MAPPED or key not in KNOWN_KEYS)

    def add(self, line: str, number: int) -> None:
        """Add a line that belongs to this entry."""
        text = line.strip()
        if number <= self.last and self.value.lstrip()[:1] in BRACKETS:
            text = FLOW_REMARK.sub("", text)
        self.rows.append((number, text))
        self.below.append(Line(measure_indent(line), text))
        if self.is_prose or not is_item(text):
            self.has_words = self.has_words or not self.items
        else:
            self.items.append(text)

    def close(self) -> None:
        """Put the value together, once all its lines are there."""
        if self.below:
            self.join_lines()
        if self.is_fenced and not self.is_block:
            if "#" in self.value and (remarked := REMARKED_VALUE.fullmatch(self.value.strip())):
                self.value = remarked[1] or ""
            self.items = [drop_remark(item) if "#" in item else item for item in self.items]

    def join_lines(self) -> None:
        """Join the lines below to the value and its items."""
        parts, items = [self.value], []
        for line in self.below:
            if not self.is_prose and is_item(line.text):
                items.append([line.text[1:].strip()])
            elif items:
                items[-1].append(line.text)
            elif (
                not self.is_block
                and parts[0].lstrip()[:1] == '"'
                and ODD_BACKSLASHES.search(parts[-1])
            ):
                parts[-1] = parts[-1][:-1] + line.text
            else:
                parts.append(line.text)
        self.value = " ".join(parts)
        self.items = [" ".join(item) for item in items]


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
    spelt: dict[str, str] = field(default_factory=dict)  # how each key is typed, folded
    # Keys that stand there as other programs' keys.
    translated: set[str] = field(default_factory=set)
    unused: dict[str, int] = field(default_factory=dict)  # lines of other programs, by key

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
    return join_surrogates(plain)


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
    if not match:
        return None
    value = (
        match[3][1:] if match[3].startswith(": ") else match[3]
    )  # as Obsidian has it, `Lang:: de`
    return match[1].rstrip(), match[2], value


def measure_indent(line: str) -> int:
    """Return the number of blanks that a line begins with."""
    return len(line) - len(line.lstrip())


def read_entries(lines: Sequence[str], start: int, end: int, header: Header) -> list[HeaderEntry]:
    """Read the entries between two lines; what is none of them becomes a problem of the header."""
    entries: list[HeaderEntry] = []
    stray = -1  # the first line that is no header line
    tries = MOST_TRIES
    for number in range(start, end):
        line = show_all(lines[number])
        entry = entries[-1] if entries and stray < 0 else None
        if not line.strip() or (header.is_fenced and is_remark(line, number + 1, entry)):
            continue
        if entry and entry.takes(line, number + 1):
            entry.add(line, number + 1)
        elif match := read_entry(line, number + 1, header, is_strict=stray >= 0):
            entries.append(match)
            if tries and match.value.lstrip()[:1] in OPENING_SIGNS:
                match.last = find_last(lines, number, end, match)
                tries -= not match.last and not find_close(match.value.strip())
        elif stray < 0 and (not header.problems or header.problems[-1].line != number + 1):
            stray = number
    for entry in entries:
        entry.close()
    before = next((entry for entry in reversed(entries) if entry.line <= stray), None)
    # A sentence with a colon that runs on is complained of once, as an unknown header.
    if stray >= 0 and (not before or header.is_fenced or is_known(before.name)):
        is_last = not entries or entries[-1].line <= stray
        text = describe_stray_line(lines[stray], lines[stray - 1], header, is_last=is_last)
        header.report(stray + 1, text)
    return entries


def show_all(line: str) -> str:
    """Return a line without the signs that nobody can see."""
    return line if line.isascii() else line.translate(INVISIBLE)


def is_known(name: str) -> bool:
    """Return True if a name is a key of this site or of another program."""
    key = fold_key(name)
    return key in KNOWN_KEYS or is_foreign(key)


def is_remark(line: str, number: int, entry: HeaderEntry | None) -> bool:
    """Return True if a line is a remark of YAML, and no part of the text of the entry above it."""
    text = line.lstrip()
    if text[:1] != "#":
        return False
    if entry and entry.is_block:
        return measure_indent(line) <= entry.indent
    return not (entry and number <= entry.last) or FLOW_REMARK.match(text) is not None


def find_last(lines: Sequence[str], start: int, end: int, entry: HeaderEntry) -> int:
    """Return the number of the line that closes a quotation or a list which an entry opens.

    Returns 0 if it is closed in its own line, if a header line comes first, or if it is never closed.
    """
    text = entry.value.strip()
    if find_close(text):
        return 0
    parts, size = [text], len(text)
    for number in range(start + 1, end):
        line = show_all(lines[number])
        name, sign, _ = split_line(line) or ("", "", "")
        size += len(line)
        if size > LONGEST_OPEN or (
            sign == ":" and measure_indent(line) <= entry.indent and is_known(name)
        ):
            break
        parts.append(FLOW_REMARK.sub("", line.strip()) if text[0] in BRACKETS else line.strip())
    whole = "\n".join(parts)
    close = find_close(whole)
    rest = whole[close:].partition("\n")[0].strip()
    return start + 1 + whole.count("\n", 0, close) if close and (not rest or rest[0] == "#") else 0


def find_close(text: str) -> int:
    """Return where a quotation, or a list or a mapping between brackets, ends; 0 if it does not."""
    if text[0] not in BRACKETS:
        match = QUOTED_VALUE.match(text)
        return match.end() if match else 0
    depth = 0
    for match in FLOW_SIGN.finditer(text):
        depth += (match[0] in BRACKETS) - (match[0] in ("]", "}"))
        if not depth:
            return match.end()
    return 0


def drop_remark(text: str) -> str:
    """Return one word of a list without a remark of YAML behind it."""
    remarked = REMARKED_VALUE.fullmatch(text)
    return (remarked[1] or "") if remarked else FLOW_REMARK.sub("", text)


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
    known = is_known(plain)
    if is_strict and not known:
        return None
    is_plain = plain == name.strip("_ ") or (header.is_fenced and unquote(name) == plain)
    if sign == ":" and (is_plain or not known):
        if header.is_fenced and "!" in value:
            value = YAML_TAG.sub("", value)
        text = value.strip()
        is_block = BLOCK.fullmatch(text) is not None
        if is_block or (header.is_fenced and FLOW_REMARK.match(text)):
            value = ""
        rows = [(number, text)] if text else []
        indent = measure_indent(line)
        label = name if plain == name.strip("_ ") or not is_plain else plain
        entry = HeaderEntry(label, number, value, [], rows, indent, is_block)
        entry.is_fenced, entry.has_words = header.is_fenced, value.strip() != ""
        return entry
    if known and fold_key(plain) in KNOWN_KEYS:
        header.tried.add(fold_key(plain))
        clean = shorten(value.strip().strip("*_").strip(), 100)
        seen = (
            "is not followed by a plain colon"
            if sign != ":"
            else "has signs around it that do not belong to it"
        )
        header.report(number, f"“{plain}” {seen}. Write: {plain}: {clean}")
    return None
