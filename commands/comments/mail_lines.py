"""The lines of a mail in HTML, and how they are written as Markdown that shows just them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from string import punctuation

from catalogue.text.comment_reader import TYPED_ADDRESS, trim_address
from catalogue.text.mail_addresses import MASK, find_mails
from commands.writing.markdown_escape import escape_line, escape_words

HARD_BREAK = "\\"
SEPARATING = frozenset(punctuation) - {"~"}
REFERENCE = re.compile(r"&(?=#?\w+;)")


@dataclass(frozen=True)
class Run:
    """A stretch of text in one form."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    is_code: bool = False
    address: str = ""  # where it leads, without a sign that Markdown acts on in a link

    @property
    def stars(self) -> str:
        """Return the asterisks that its form has on both sides."""
        return "*" * (2 * self.is_bold + self.is_italic)


@dataclass(frozen=True)
class Box:
    """What lines stand in: a quotation, or an item of a list."""

    number: int  # each has its own
    list_number: int = 0  # of the list, for an item
    start: int | None = None  # the number that an item of a numbered list has
    is_quote: bool = False


@dataclass
class Line:
    """One line of a mail as it is seen."""

    runs: list[Run]
    boxes: tuple[Box, ...] = ()  # from the outermost in
    opens: bool = True  # whether it begins a paragraph, and goes not on with the line above
    role: str = ""  # what the mail program says of it: `old`, `attribution` or `signature`

    @property
    def text(self) -> str:
        """Return its words."""
        return "".join(run.text for run in self.runs)

    @property
    def plain(self) -> str:
        """Return its words as a mail in plain text has them, with the signs of a quotation."""
        depth = sum(box.is_quote for box in self.boxes)
        return f"{'>' * depth} {self.text}" if depth else self.text


def tidy_runs(runs: Sequence[Run]) -> list[Run]:
    """Return runs with single blanks, none of them at an end of the line, a link or an emphasis."""
    tidied: list[Run] = []
    blank = False
    for run in merge_runs(runs):
        words = " ".join(run.text.split())
        blank = blank or run.text[:1].isspace()
        if words:
            if blank and tidied:
                tidied.append(Run(" "))
            tidied.append(replace(run, text=words))
            blank = run.text[-1:].isspace()
        elif run.text:
            blank = True
    return merge_runs(tidied)


def merge_runs(runs: Sequence[Run]) -> list[Run]:
    """Return runs with those in one form that touch as one."""
    merged: list[Run] = []
    for run in runs:
        if merged and replace(merged[-1], text=run.text) == run:
            merged[-1] = replace(run, text=merged[-1].text + run.text)
        elif run.text:
            merged.append(run)
    return merged


def mask_lines(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """Return lines with a few words in place of each e-mail address, and the number of these."""
    whole = "\n".join(line.text for line in lines)
    spans = []
    for start, end in find_mails(whole):
        is_bracketed = whole[start - 1 : start] == "<" and whole[end : end + 1] == ">"
        spans.append((start - is_bracketed, end + is_bracketed))
    if not spans:
        return list(lines), 0
    masked, place = [], 0
    for line in lines:
        runs = []
        for run in line.runs:
            end = place + len(run.text)
            near = [span for span in spans if span[0] < end and span[1] > place]
            runs.append(replace(run, text=mask_run(run.text, place, near)) if near else run)
            place = end
        masked.append(replace(line, runs=merge_runs(runs)))
        place += 1
    return masked, len(spans)


def mask_run(text: str, place: int, spans: Sequence[tuple[int, int]]) -> str:
    """Return a run's text, which begins at `place`, without the parts of it that are addresses."""
    parts, done = [], place
    for start, end in spans:
        parts += [text[done - place : max(start - place, 0)], MASK if start >= place else ""]
        done = max(end, done)
    return "".join([*parts, text[done - place :]])


def format_lines(lines: Sequence[Line]) -> str:
    """Return lines as Markdown: paragraphs, line ends, lists, quotations, links and emphasis."""
    writer = Writer()
    for line in lines:
        writer.add(line)
    return "\n".join(writer.rows)


@dataclass
class Writer:
    """The rows of Markdown so far, and the line above."""

    rows: list[str] = field(default_factory=list)
    above: Line | None = None
    others: dict[int, bool] = field(default_factory=dict)  # lists that have the other sign

    def add(self, line: Line) -> None:
        """Add a line below those that are there."""
        above = self.above.boxes if self.above else ()
        shared = count_shared(above, line.boxes)
        new = line.boxes[shared:]
        self.tell_lists_apart(above, line.boxes, shared)
        if self.rows and not line.opens and above == line.boxes:
            self.rows[-1] += HARD_BREAK
        elif self.rows and not self.is_tight(above, new, shared):
            self.rows.append(self.indent(line.boxes[:shared]).rstrip())
        start = self.indent(line.boxes[:shared]) + "".join(map(self.open, new))
        self.rows.append(start + escape_line(format_runs(line.runs)))
        self.above = line

    def tell_lists_apart(self, above: Sequence[Box], boxes: Sequence[Box], shared: int) -> None:
        """Give a list that follows another one at once another sign, or the two would be one."""
        if shared < len(above) and shared < len(boxes):
            before, after = above[shared], boxes[shared]
            is_alike = (before.start is None) == (after.start is None)
            if is_alike and before.list_number and after.list_number not in (0, before.list_number):
                other = not self.others.get(before.list_number, False)
                self.others.setdefault(after.list_number, other)

    def is_tight(self, above: Sequence[Box], new: Sequence[Box], shared: int) -> bool:
        """Return whether a line needs no empty one above it: the next item, or the first of an item."""
        if not new or new[0].is_quote:
            return False
        if shared < len(above):
            return above[shared].list_number == new[0].list_number
        return bool(above) and not above[-1].is_quote and new[0].start in (None, 1)

    def indent(self, boxes: Sequence[Box]) -> str:
        """Return what a line begins with inside boxes that are open."""
        return "".join("> " if box.is_quote else " " * len(self.open(box)) for box in boxes)

    def open(self, box: Box) -> str:
        """Return what opens a box."""
        if box.is_quote:
            return "> "
        is_other = self.others.get(box.list_number, False)
        if box.start is None:
            return "+ " if is_other else "- "
        return f"{box.start}) " if is_other else f"{box.start}. "


def count_shared(first: Sequence[Box], second: Sequence[Box]) -> int:
    """Return how many boxes two lines share, from the outermost."""
    pairs = zip(first, second, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(first), len(second)))


def format_runs(runs: Sequence[Run]) -> str:
    """Return the runs of a line as Markdown; an emphasis that Markdown cannot show there is left out."""
    kept = merge_runs(drop_emphasis(runs))
    pieces = [format_run(run) for run in kept]
    for number, (piece, after) in enumerate(pairwise(pieces)):
        if piece.endswith("!") and after.startswith("["):
            pieces[number] = f"{piece[:-1]}\\!"  # else it would be a picture
    return "".join(pieces)


def drop_emphasis(runs: Sequence[Run]) -> list[Run]:
    """Return runs without the emphasis that would not be read as one (CommonMark 0.31, 6.2)."""
    kept: list[Run] = []
    for number, run in enumerate(runs):
        before = kept[-1] if kept else Run(" ")
        after = runs[number + 1] if number + 1 < len(runs) else Run(" ")
        inside = format_words(run)
        is_shown = (
            is_flanked(before.text[-1:], inside[:1])
            and is_flanked(after.text[:1], inside[-1:])
            and not before.stars
        )
        is_plain = run.is_code or not is_shown
        kept.append(replace(run, is_bold=False, is_italic=False) if is_plain else run)
    return kept


def is_flanked(outside: str, inside: str) -> bool:
    """Return whether an asterisk between two characters is on the side of the one inside.

    GitHub's reader does not see a tilde there, but what is beyond it.
    """
    is_free = not outside or outside.isspace() or outside in SEPARATING
    return inside.isalnum() or (is_free and inside != "~")


def format_run(run: Run) -> str:
    """Return one run as Markdown."""
    return f"{run.stars}{format_words(run)}{run.stars}"


def format_words(run: Run) -> str:
    """Return one run as Markdown, without its emphasis."""
    address = run.address
    is_bare = run.text.rstrip("/") == address.rstrip("/") and TYPED_ADDRESS.fullmatch(address)
    if is_bare and not run.is_code and trim_address(address) == address:
        return escape_words(address)
    words = format_code(run.text) if run.is_code else escape_words(run.text)
    if not address:
        return words
    if not run.is_code:
        words = words.replace("]", "\\]")
    return f"[{words}]({REFERENCE.sub('&amp;', address)})"


def format_code(text: str) -> str:
    """Return words as code in a line, between more backticks than it has in a row."""
    ticks = "`" * (max((len(row) for row in re.findall("`+", text)), default=0) + 1)
    blank = " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"{ticks}{blank}{text}{blank}{ticks}"
