"""Find the line of the author's text that something in the finished HTML came from.

Markdown keeps no line numbers, so the line is found by its words: the third broken link to one
address is the third place where that address stands. Code and hidden comments are passed over.

Each search goes through the whole text. When so many have been made that a person's text cannot be
meant, what is left is looked up in a list of all words that stand between blanks and brackets.
"""

import html
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from catalogue.text.html_comments import split_comments
from catalogue.text.web_addresses import fold_url

MOST_MATCHES = 1_000
MOST_SEARCHED = 200_000_000  # characters; a post of 5,000 words with 1,000 links takes a third
PLACE_COST = 2_000  # so many characters are searched while one place is taken down
# What stands between blanks, brackets and quotation marks; like an address, it may have (pairs) in it.
UNIT = re.compile(r"""[^\s()<>\[\]"']++(?:\([^\s()<>\[\]"']*+\)[^\s()<>\[\]"']*+)*""")
# With which signs a word may begin and end, and which may not stand beside such a one.
PATH_START, PATH_END = re.compile(r"[\w/.]"), re.compile(r"[\w/]$")
NO_WORD_BEFORE, NO_WORD_AFTER = re.compile(r"[\w/.-]"), re.compile(r"[\w-]")
NO_MATCH = re.compile(r"(?!)")

ESCAPED = re.compile(r"\\[\\<]")
FENCES = ("```", "~~~")
CODE = ("`", "~~~", "    ", "\t")
# Python-Markdown's own rule for the line in which fenced code opens.
FENCE_START = re.compile(
    r"""(`{3,}|~{3,})[ ]*(?:\{[^}]*\}|\.?[\w#.+-]*[ ]*(?:hl_lines=(["']).*?\2[ ]*)?)"""
)
# What takes in indented lines: an item of a list, a note, a meaning, a tag.
INDENTING = re.compile(r" {0,3}(?:[-+*]|\d+[.)]|:|\[\^[^\]]*\]:)(?:\s|$)")
OPEN_HTML = re.compile(r" {0,3}</?[a-zA-Z!?]")


class SourceLines:
    """The lines of a body's text, in which words are found."""

    def __init__(self, text: str, first_line: int) -> None:
        """Set the text; `first_line` is where the body begins in its file."""
        self.plain = text
        self.first_line = first_line
        self.known: dict[tuple[str, ...], list[list[int]]] = {}
        self.left = MOST_SEARCHED

    @cached_property
    def starts(self) -> list[int]:
        """Return the place where each line begins."""
        return find_starts(self.plain)

    @cached_property
    def masked(self) -> str:
        """Return the text with blanks in place of code and comments."""
        text = self.plain
        if any(sign in text for sign in CODE):
            text = "\n".join(mask_code(text.split("\n")))
        if "\\<" in text:  # a plain sign that opens nothing
            text = ESCAPED.sub(lambda match: "  " if match[0] == "\\<" else match[0], text)
        return mask_comments(text) if "<" in text else text

    @cached_property
    def folded(self) -> str:
        """Return the masked text with each line as a browser reads it."""
        return "\n".join(fold_source(line) if line else "" for line in self.masked.split("\n"))

    @cached_property
    def folded_starts(self) -> list[int]:
        """Return the place in the folded text where each line begins, and one behind its end."""
        return [*find_starts(self.folded), len(self.folded) + 1]

    @cached_property
    def units(self) -> dict[str, list[int]]:
        """Return the lines (from 0) of each unit of the masked text."""
        units: dict[str, list[int]] = {}
        for match in UNIT.finditer(self.masked):
            line = bisect_right(self.starts, match.start()) - 1
            units.setdefault(match[0], []).append(line)
        return units

    @cached_property
    def folded_units(self) -> dict[str, list[int]]:
        """Return the same by how a browser reads a unit; of those read alike, the first one's lines."""
        return {fold_source(unit): lines for unit, lines in reversed(self.units.items())}

    def find(self, *needles: str, nth: int = 0) -> int:
        """Return the line, counted in the file, of the nth place that has all the words, or the last."""
        wanted = tuple(needle for needle in needles if needle.strip())
        if wanted not in self.known:
            found = (places for places in self.search(wanted) if places)
            # Several words need not stand in one line: a freer search may know of more places.
            ways = list(found) if len(wanted) > 1 else [next(found, [])]
            self.known[wanted] = [places for places in ways if places] or [[self.first]]
        ways = self.known[wanted]
        place = next((places[nth] for places in ways if nth < len(places)), ways[0][-1])
        return self.first_line + place

    def search(self, needles: tuple[str, ...]) -> Iterator[list[int]]:
        """Yield what is found in the text or, if too much has been searched, in the lists of its units."""
        if needles and self.left > 0:
            yield from self.search_text(needles)
        if needles and self.left <= 0:
            yield self.units.get(needles[0], [])
            yield self.folded_units.get(fold_source(needles[0]), [])

    def search_text(self, needles: tuple[str, ...]) -> Iterator[list[int]]:
        """Yield matches from strict to loose: whole words, parts, as browsers read, one word, in code."""
        yield self.find_all(self.masked, needles, whole=True)
        yield self.find_all(self.masked, needles)
        yield self.find_folded(needles)
        for needle in needles:
            yield self.find_all(self.masked, (needle,))
            yield self.find_folded((needle,))
        yield self.find_all(self.plain, needles[:1])

    def find_folded(self, needles: Iterable[str]) -> list[int]:
        """Return the lines (from 0) that have all the words as a browser reads them, each once."""
        common: set[int] | None = None
        for word in filter(None, map(fold_source, needles)):
            found = self.find_lines(word) if self.left > 0 else []
            common = {*found} if common is None else common.intersection(found)
        return sorted(common or ())

    def find_lines(self, word: str) -> list[int]:
        """Return the lines (from 0) of the folded text that have a word, each once."""
        found: list[int] = []
        place = self.folded.find(word)
        while place >= 0:
            found.append(bisect_right(self.folded_starts, place) - 1)
            place = self.folded.find(word, self.folded_starts[found[-1] + 1])
        self.left -= len(self.folded) + PLACE_COST * len(found)
        return found

    def find_all(self, text: str, needles: Iterable[str], *, whole: bool = False) -> list[int]:
        """Return the lines (from 0) that have all the words, each as often as it has them."""
        ways = []
        for word in needles:
            places = [*find_places(text, word, whole)] if self.left > 0 else []
            ways.append([bisect_right(self.starts, place) - 1 for place in places])
            self.left -= len(text) + PLACE_COST * len(places)
        if len(ways) == 1:  # in order as they are
            return ways[0]
        counts = list(map(Counter, ways))
        common = set.intersection(*(set(count) for count in counts))
        return [n for n in sorted(common) for _ in range(min(count[n] for count in counts))]

    def find_unpaired(self, tag: str, nth: int, before: int) -> int:
        """Return the line of the nth opening tag that nothing closes, or, of "/b", that closes nothing.

        Where each has a partner, and it is only in the wrong place, `before` such tags come first.
        """
        name, closing = tag.lstrip("/"), tag.startswith("/")
        stack: list[int] = []
        loose: list[int] = []
        every: list[int] = []
        for match in re.finditer(rf"<(/?){re.escape(name)}(?![\w-])", self.masked, re.IGNORECASE):
            if bool(match[1]) == closing:
                every.append(match.start())
            if not match[1]:
                stack.append(match.start())
            elif stack:
                stack.pop()
            else:
                loose.append(match.start())
        places = (loose if closing else stack)[nth:] or every[before:] or every[-1:]
        number = bisect_right(self.starts, places[0]) - 1 if places else self.first
        return self.first_line + number

    @cached_property
    def first(self) -> int:
        """Return the first line (from 0) that is not blank."""
        lines = self.plain.split("\n")
        return next((number for number, line in enumerate(lines) if line.strip()), 0)


def find_starts(text: str) -> list[int]:
    """Return the place where each line of a text begins."""
    return [0, *[match.end() for match in re.finditer("\n", text)]]


def find_places(text: str, word: str, whole: bool) -> Iterator[int]:
    """Yield the places of a word; of a whole one only where no longer word or path holds it."""
    before = NO_WORD_BEFORE if PATH_START.match(word) else NO_MATCH
    after = NO_WORD_AFTER if PATH_END.search(word) else NO_MATCH
    place, found = text.find(word), 0
    while place >= 0 and found < MOST_MATCHES:
        end = place + len(word)
        if not whole or not (
            before.match(text, max(place - 1, 0), place) or after.match(text, end, end + 1)
        ):
            found += 1
            yield place
        place = text.find(word, end)


def fold_source(text: str) -> str:
    """Return what a browser acts on in a piece of source."""
    return fold_url(html.unescape(text)).replace("\\", "")


def blank(text: str) -> str:
    """Return blanks in place of all but line ends."""
    return re.sub(r"[^\n]", " ", text)


def find_fences(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return the lines (from 0) at which fenced code opens and closes, by Python-Markdown's rule.

    It opens at the beginning of a line, with one word behind the signs or {attributes}, and closes
    with the same signs alone.
    """
    closing: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if line.startswith(FENCES):
            closing.setdefault(line.rstrip(" \t"), []).append(number)
    fences: list[tuple[int, int]] = []
    done = 0
    for number in sorted(number for numbers in closing.values() for number in numbers):
        match = FENCE_START.fullmatch(lines[number].expandtabs(4)) if number >= done else None
        ends = closing.get(match[1], []) if match else []
        place = bisect_right(ends, number)
        if place < len(ends):
            fences.append((number, ends[place]))
            done = ends[place] + 1
    return fences


def mask_code(lines: Sequence[str]) -> list[str]:
    """Return lines with blanks in place of fenced code, indented code, and code within lines."""
    # Each line keeps its length, so that a place in the masked text is one in the plain text.
    masked = [*lines]
    for start, end in find_fences(lines):
        masked[start : end + 1] = [" " * len(line) for line in lines[start : end + 1]]
    return [*map(mask_code_spans, mask_indented(masked))]


def mask_indented(lines: Sequence[str]) -> list[str]:
    """Return lines with blanks in place of indented code; where it may be something else, it stays."""
    masked: list[str] = []
    may_begin, is_code, is_inside = True, False, False
    for number, line in enumerate(lines):
        is_blank, is_in = not line.strip(), line.startswith(("    ", "\t"))
        if not is_blank:
            is_code = is_in and not is_inside and (may_begin or is_code)
            if not is_code and (OPEN_HTML.match(line) or "<!--" in line):
                return [*masked, *lines[number:]]
            if not is_in:
                is_inside = INDENTING.match(line) is not None or (is_inside and not may_begin)
        masked.append(" " * len(line) if is_code else line)
        may_begin = is_blank
    return masked


def mask_code_spans(line: str) -> str:
    """Return a line with blanks in place of what two runs of as many backticks enclose."""
    if line.count("`") < 2:
        return line
    runs = [(match.start(), match.end()) for match in re.finditer("`+", line)]
    later: dict[int, list[int]] = {}
    for start, end in reversed(runs):
        later.setdefault(end - start, []).append(start)
    pieces, done = [], 0
    for start, end in runs:
        ends = later[end - start]
        ends.pop()
        if start >= done and ends:
            stop = ends[-1] + end - start
            pieces += [line[done:start], " " * (stop - start)]
            done = stop
    return "".join([*pieces, line[done:]])


def mask_comments(text: str) -> str:
    """Return a text with blanks in place of hidden comments, which stand between <!-- and -->."""
    return "".join(
        blank(piece) if is_comment else piece for is_comment, piece in split_comments(text)
    )
