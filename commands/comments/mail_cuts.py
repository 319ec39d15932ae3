"""Find what of a mail is not new: the old mail that is quoted, and a signature.

What is quoted between the lines of an answer stays.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from catalogue.problems import format_count, shorten
from commands.comments.mail_phrases import (
    DEVICE,
    FIELD,
    HEADS,
    NAMED,
    OLD,
    OPENER,
    RULE,
    SENTENCE_END,
    SIGNATURE_SIGNS,
    STAMP,
    TIME,
    UNENDED,
    WROTE,
)

MOST_SIGNED = 8  # lines of a signature; RFC 3676 asks for four
MOST_WRAPPED = 3  # lines that the sentence above a quotation is wrapped into
LONGEST_ATTRIBUTION = 400  # characters
HEAD_LINES = 12  # within which the head of an old mail has what tells it
LINES_CACHED = 1_000
WHO, WHEN = 0, 1  # the parts of a head that it may begin with
SAID = ("attribution", "old")  # by the mail's program


@dataclass
class Rows:
    """The lines of a mail, and what its program says of each: `old`, `attribution` or `signature`."""

    lines: list[str]  # what is quoted begins with >
    roles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        # An accent may be a sign of its own.
        self.lines = [unicodedata.normalize("NFC", line) for line in self.lines]
        self.roles = self.roles or [""] * len(self.lines)

    def is_blank(self, number: int) -> bool:
        """Return whether a line has no words."""
        return not self.lines[number].strip("> \t\N{NO-BREAK SPACE}")

    def is_marked(self, number: int) -> bool:
        """Return whether a line has the sign of a quotation."""
        return self.lines[number].startswith(">")

    def read(self, number: int) -> str:
        """Return a line without blanks around it and the signs of a quotation."""
        return self.lines[number].lstrip("> ").strip()

    def cut(self, end: int) -> "Rows":
        """Return the lines before one of them."""
        return Rows(self.lines[:end], self.roles[:end])

    @cached_property
    def first(self) -> int:
        """Return the first line with words, or the end."""
        end = len(self.lines)
        return next((number for number in range(end) if not self.is_blank(number)), end)

    @cached_property
    def last(self) -> int:
        """Return the last line with words; -1 if there is none."""
        return self.find_last(lambda number: not self.is_blank(number))

    @cached_property
    def last_marked(self) -> int:
        """Return the last line that has the sign of a quotation; -1 if none has."""
        return self.find_last(self.is_marked)

    @cached_property
    def last_quoted(self) -> int:
        """Return the last line of a quotation that has words; -1 if there is none."""
        return self.find_last(lambda number: self.is_marked(number) and not self.is_blank(number))

    @cached_property
    def tail(self) -> int:
        """Return the first of the lines at the end that are all quoted or blank."""
        return self.find_last(lambda n: not (self.is_marked(n) or self.is_blank(n))) + 1

    @cached_property
    def old_tail(self) -> int:
        """Return the first of the lines at the end of which the program says that they are old."""
        return self.find_last(lambda n: self.roles[n] != "old" and not self.is_blank(n)) + 1

    def find_last(self, is_meant: Callable[[int], bool]) -> int:
        """Return the last line of which something is true; -1 if it is of none."""
        return next((n for n in reversed(range(len(self.lines))) if is_meant(n)), -1)


def cut_mail(text: str) -> tuple[str, list[str]]:
    """Return a text without the quoted mail and the signature around what is new, and what was cut."""
    lines = text.strip("\n").split("\n")
    start, end, cuts = cut_rows(Rows(lines))
    return "\n".join(lines[start:end]), cuts


def cut_rows(rows: Rows) -> tuple[int, int, list[str]]:
    """Return where the new lines of a mail begin and end, and what was cut, in the author's words."""
    cuts: list[str] = []
    start, end = 0, len(rows.lines)
    for find, what in ((find_old, "quoted mail"), (find_signature, "signature")) * 2:
        left = rows.cut(end)
        end = find(left)
        cuts.append(describe(left.lines[end:], what))
        while end and not rows.lines[end - 1].strip():
            end -= 1
    if top := find_top(rows.cut(end)):
        cuts.append(describe(rows.lines[:top], "quoted mail"))
        start = top
    return start, end, [cut for cut in cuts if cut]


def describe(gone: Sequence[str], what: str) -> str:
    """Return what is said of lines that were cut; empty if they have no words."""
    lines = [line for line in gone if line.strip()]
    if not lines:
        return ""
    first = next((line for line in lines if line.strip("->_— ")), lines[0])
    count = format_count(len(lines), "line")
    return f"{what}, {count}, from “{shorten(first.strip(), 50)}”"


def find_signature(rows: Rows) -> int:
    """Return the line where a signature begins, by its two hyphens or a device's own; else the end."""
    end = len(rows.lines)
    start = end
    while start and (rows.roles[start - 1] == "signature" or not rows.lines[start - 1].strip()):
        start -= 1
    if "signature" in rows.roles[start:] and start:
        return (
            start - 1 if rows.lines[start - 1].rstrip() in SIGNATURE_SIGNS and start > 1 else start
        )
    for number in range(end - 1, max(end - MOST_SIGNED - 2, -1), -1):
        if rows.lines[number].rstrip() in SIGNATURE_SIGNS and number:
            return number
    last = end - 1
    return last if last > 0 and DEVICE.fullmatch(rows.lines[last].strip("*_ ")) else end


def find_old(rows: Rows) -> int:
    """Return the line where an old mail begins that goes on to the end; else the end."""
    end = len(rows.lines)
    start = next((number for number in range(end) if is_start(rows, number)), end)
    above = start
    while 0 < above < end and not rows.lines[above - 1].strip():
        above -= 1
    if 0 < above < end and RULE.fullmatch(rows.read(above - 1)):
        start = above - 1
    return min(start, find_attributed(rows))


def is_start(rows: Rows, number: int) -> bool:
    """Return whether an old mail that goes on to the end begins at a line, by what it says itself."""
    line = rows.read(number)
    if not line:
        return False
    if number >= rows.old_tail > rows.first:
        return True
    is_heading = OLD.fullmatch(line) is not None or is_head(rows, number)
    if rows.is_marked(number):
        return is_alone(rows, number) or (is_heading and rows.tail <= number > rows.first)
    return is_heading or is_unmarked(rows, number)


def is_head(rows: Rows, number: int) -> bool:
    """Return whether the head of an old mail begins at a line, as Outlook puts it above one."""
    first = read_fields(rows.read(number))
    if not any(part in (WHO, WHEN) for _, part in first):
        return False
    below = range(number, min(number + HEAD_LINES, len(rows.lines)))
    found = {pair for each in below for pair in read_fields(rows.read(each))}
    parts = [{part for own, part in found if own == language} for language, _ in first]
    return any(WHO in each and len(each) > 2 for each in parts)


@lru_cache(maxsize=LINES_CACHED)
def read_fields(line: str) -> tuple[tuple[int, int], ...]:
    """Return which part of a mail's head a line is, in each language that calls it so."""
    match = FIELD.fullmatch(line)
    name = match[1].strip() if match else ""
    return tuple(
        (language, part)
        for language, names in enumerate(HEADS if name else ())
        for part, pattern in enumerate(names)
        if pattern.fullmatch(name)
    )


def is_unmarked(rows: Rows, number: int) -> bool:
    """Return whether a line says who wrote all below it, which has no sign of a quotation, as in Yahoo.

    A program that calls the line one marks the quotation too; without any, what follows is the answer.
    """
    if number <= rows.first or rows.roles[number] == "attribution":
        return False
    end = find_attribution_end(rows, number)
    return end > rows.last_marked and 0 < end <= rows.last and is_stamped(rows, number, end)


def is_stamped(rows: Rows, start: int, end: int) -> bool:
    """Return whether the lines from one to another have a time of day, an address, or a program's word."""
    words = " ".join(rows.read(each) for each in range(start, end))
    return STAMP.search(words) is not None or "attribution" in rows.roles[start:end]


def is_alone(rows: Rows, number: int) -> bool:
    """Return whether a quoted line says who wrote, and nothing quoted follows it but blank lines.

    So Apple's plain text may begin: then what follows is the old mail, though nothing marks it.
    """
    if number <= rows.first or rows.is_marked(number - 1):
        return False
    end = find_attribution_end(rows, number)
    return end > 0 and rows.last_quoted < end


def find_attribution_end(rows: Rows, number: int) -> int:
    """Return the line below a sentence that says who wrote and when, and begins at a line; 0 for none."""
    first = rows.read(number) if number < len(rows.lines) else ""
    is_whole = TIME.search(first) is not None and is_full_attribution(first)
    is_said = first != "" and rows.roles[number] == "attribution"
    opens = is_whole or is_said or OPENER.match(first) is not None
    if number and not rows.is_blank(number - 1) and not opens:
        return 0
    words = ""
    for end in range(number, min(number + MOST_WRAPPED, len(rows.lines))):
        line = rows.read(end)
        starts = OPENER.match(line) is not None or rows.roles[end] == "attribution"
        if not line or len(words) > LONGEST_ATTRIBUTION or (words and starts):
            return 0
        words = f"{words} {line}".strip()
        if is_said or is_full_attribution(words):
            # Where it is wrapped, it is not a sentence of the answer's that comes before it.
            return end + 1 if opens or end == number or not SENTENCE_END.search(first) else 0
    return 0


def is_full_attribution(words: str) -> bool:
    """Return whether words say who wrote what follows, and not only look so above a quotation."""
    is_dashed = words.startswith("--") and words.endswith("--")
    if WROTE.search(words):
        return is_dashed or is_attribution(words) or UNENDED.search(words) is not None
    return NAMED.fullmatch(words) is not None


def find_top(rows: Rows) -> int:
    """Return where the answer begins below a whole mail that is quoted above it; else 0.

    It is one if a sentence says who wrote it and at what time, and nothing else is quoted.
    """
    end = find_attribution_end(rows, rows.first) if rows.last >= 0 else 0
    if not end or not is_stamped(rows, rows.first, end):
        return 0
    below = end
    while below <= rows.last and (rows.is_marked(below) or rows.is_blank(below)):
        below += 1
    is_quoted = rows.is_marked(rows.first) or rows.last_quoted >= end
    return below if is_quoted and rows.last_marked < below <= rows.last else 0


def find_attributed(rows: Rows) -> int:
    """Return the line that says who wrote what is quoted from there to the end; else the end."""
    end, tail = len(rows.lines), rows.tail
    if rows.last_marked < tail:
        return end
    while tail and not rows.lines[tail - 1].strip():
        tail -= 1
    top = tail  # the line above the quotation may be wrapped into two or three
    while top and tail - top < MOST_WRAPPED and rows.lines[top - 1].strip():
        top -= 1
    for first in range(top, tail):
        if find_attribution_end(rows, first) == tail:
            return first
    for first in reversed(range(top, tail)):
        if rows.roles[first] in SAID or is_foreign_attribution(rows, first, tail):
            return first
    quoted = next((n for n in range(tail, end) if not rows.is_blank(n)), end)
    return tail if quoted > rows.first and find_attribution_end(rows, quoted) else end


def is_attribution(words: str) -> bool:
    """Return whether words can say who wrote what follows: `On 3 May Ann wrote:`."""
    return (
        re.match(r"[\w\"“«<]", words) is not None
        and words[-1] in ":："
        and re.search("[0-9@]", words) is not None
        and re.search(r"\w", words[1:-1]) is not None
    )


def is_foreign_attribution(rows: Rows, first: int, end: int) -> bool:
    """Return whether lines above a quotation say, in any language, who wrote it."""
    words = " ".join(rows.read(number) for number in range(first, end))
    alone = not first or not rows.lines[first - 1].strip()
    opens = alone or OPENER.match(rows.lines[first]) is not None
    is_own = end - first > 1 and SENTENCE_END.search(rows.read(first)) is not None
    return opens and not is_own and is_attribution(words)
