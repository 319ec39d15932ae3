"""Decide which mark each straight quotation mark, apostrophe and run of hyphens or dots of a text is.

The text is that of one or more blocks without their tags: code, pictures and addresses are
one or more stand-ins, and a boundary stands where a block begins or ends. A mark is decided by the
signs beside it, and by the marks that are open before it in its block:

- it opens after the start, a blank, an opening bracket, a dash or a slash, and closes after any other
  sign, and in front of a blank or the end;
- ' in a word, before two figures and in the known words of the language is an apostrophe; so is one
  that opens and that nothing closes, but at the start of a block, where a quotation may go on;
- behind a figure where no mark is open that it could close it stays straight: a 6" ruler; in 6'2" both
  are primes.

Text is read once, from the left to the right.
"""

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from catalogue.text.languages import EM_DASH, EN_DASH, LANGUAGES_CACHED, NARROW_BLANK, Language

# Three separators of Unicode's own, which no text holds; all are blank to Python.
FIRST, LAST, BREAK = "\x1c", "\x1d", "\x1e"  # a block begins, a block ends, anything between
BOUNDARIES = (FIRST, LAST, BREAK)
STAND_IN = "\N{OBJECT REPLACEMENT CHARACTER}"

STRAIGHT = frozenset("\"'-.")  # typed as codes: nothing is made of them
APOSTROPHE, PRIME, DOUBLE_PRIME = "’", "′", "″"
DASHES = frozenset("-‐‑‒–—―/")
OPENING = frozenset("([{¿¡")
CLOSING = frozenset(",;:!?.)]}…")
FIGURE_ENDS = frozenset("%°€")
BLANKS = frozenset(" \xa0")
LONGEST_ENTITY = 12
# An apostrophe whatever the language, and the most frequent of all marks.
INNER_APOSTROPHE = re.compile(r"'(?<=[^\W\d_]')(?=[^\W\d_])")
# One step: its first sign is sought, which is quick, and what it is is decided by what follows.
TOKEN = re.compile(
    r"""["'“”‘’„‚«»‹›&.-]"""
    r"""(?:(?<=[^&.’-])|(?<=’)(?!\w)|(?<=&)\#?\w++;|(?<=-)-++|(?<=\.)(?:\.\.|\ \.\ \.))""",
    re.VERBOSE,
)
ENTITY = re.compile(r"&#?\w{1,10};")
MARKS = re.compile("[\"']{0,3}")  # more of them in a row say nothing
WORD = re.compile(r"[^\W\d_]+(?:['’]t\b)?")
YEAR = re.compile(r"\d\d(?!\d|'(?!s\b))")  # '05, '90s, '05's; but '42' is quoted
SUFFIX = re.compile(r"(?:s|d|m|t|ll|re|ve)(?!\w)", re.IGNORECASE)
# Behind the figure of feet or minutes: inches or seconds.
INCHES = re.compile(r"""'\s?\d{1,2}(?:[.,]\d{1,4}|\s?[¼½¾⅓⅔⅛⅜⅝⅞])?("|'')""")
FIGURE = re.compile("[$€£¥]?['’]?\\d")
BY_FIGURE = re.compile(r"\s?[x×]\s?\d", re.IGNORECASE)
NEXT_DOUBLE = re.compile('["\x1c-\x1e]')
# With a blank before it, or right behind a word; entities are passed over.
SPACED_SIGN = re.compile(
    r"""&#?\w++;|[ \xa0](?=[;:!?»])|«(?!\u202f)[ \xa0]?|(?<=\S)»"""
    r"""|(?<=[\w)\]”’»…"'])[;:!?]++(?=[\s)\]”’»"']|\Z)"""
)

GENERIC_ROLES: Mapping[str, tuple[str, bool]] = {
    **dict.fromkeys("“„«", ('"', True)),
    **dict.fromkeys("”»", ('"', False)),
    **dict.fromkeys("‘‚‹", ("'", True)),
    **dict.fromkeys("’›", ("'", False)),
}

Edit = tuple[int, int, str]  # from where to where of a text, and what stands there instead


@dataclass
class Decision:
    """The marks of a text, as edits of which those at one place are in order, and which open a block."""

    edits: list[Edit]
    initials: list[tuple[int, int]]  # the number of the edit, and where its block begins


@lru_cache(maxsize=LANGUAGES_CACHED)
def list_roles(language: Language) -> dict[str, tuple[str, bool]]:
    """Return what each typed mark is in a language: of which kind, and whether it opens.

    A sign that both opens and closes, or is an apostrophe more often, is left out.
    """
    roles = dict(GENERIC_ROLES)
    if language.single[1] != APOSTROPHE:
        del roles[APOSTROPHE]
    for kind, (opening, closing) in (("'", language.single), ('"', language.double)):
        if opening == closing:
            roles.pop(opening, None)
        else:
            roles |= {opening.strip(): (kind, True), closing.strip(): (kind, False)}
    return roles


def is_blank(sign: str) -> bool:
    """Return whether a sign is a blank, or there is none."""
    return not sign or sign.isspace()


def decide_marks(text: str, language: Language, blocks: Iterable[int] = ()) -> Decision:
    """Return the edits that set all marks of a text.

    `text` is the text without its tags, `blocks` are the places in it where blocks begin.
    """
    walk = Walk(text, language)
    blocks = iter([*blocks, len(text) + 1])
    following = next(blocks)
    for match in TOKEN.finditer(text):
        start, end = match.span()
        if start >= following:
            walk.end_block()
            while start >= following:
                walk.block, following = following, next(blocks)
        if start >= walk.done:
            walk.take(match[0], start, end)
    walk.end_block()
    spaces = find_spaces(text) if language.is_spaced else []
    initials = [(len(spaces) + number, block) for number, block in walk.initials]
    return Decision([*spaces, *walk.edits], initials)


def find_spaces(text: str) -> list[Edit]:
    """Return the edits that put a narrow blank before ; : ! ? and » and behind «."""
    edits = []
    for match in SPACED_SIGN.finditer(text):
        start, sign = match.start(), match[0]
        if sign[0] == "«":
            edits.append((start + 1, match.end(), NARROW_BLANK))
        elif sign in " \xa0":
            edits.append((start, match.end(), NARROW_BLANK))
        elif sign[0] != "&":
            edits.append((start, start, NARROW_BLANK))
    return edits


@dataclass
class Walk:
    """A walk through a text, mark by mark."""

    text: str
    language: Language
    edits: list[Edit] = field(default_factory=list)
    initials: list[tuple[int, int]] = field(default_factory=list)
    done: int = 0  # up to where all is decided
    block: int = 0  # where the block begins
    place: int = -1  # where the last mark ended ...
    opened: bool = False  # ... and whether it was an opening one
    # The marks that are open, each with the number of its edit; -1 for a typed one, or an initial.
    stack: list[tuple[str, int]] = field(default_factory=list)
    doubles: int = 0
    singles: int = 0

    def __post_init__(self) -> None:
        self.roles = list_roles(self.language)

    def take(self, sign: str, start: int, end: int) -> None:
        """Decide one of the signs that are sought."""
        if sign == "'":
            self.take_single(start)
        elif sign == '"':
            self.take_double(start)
        elif sign[0] == "&":
            self.take_typed(html.unescape(sign), start, end)
        elif sign[0] == "-":
            self.take_dash(len(sign), start, end)
        elif sign[0] == ".":
            self.edits.append((start, end, "…"))
        else:
            self.take_typed(sign, start, end)

    def end_block(self) -> None:
        """Take away all that is open at the end of a block: nothing closes it any more."""
        while self.stack:
            self.pop()

    # What stands beside a mark.

    def look_back(self, start: int) -> str:
        """Return the sign before a place, of a mark that was decided its role: ( or )."""
        if start == self.place:
            return "(" if self.opened else ")"
        if start == 0:
            return ""
        sign = self.text[start - 1]
        if sign == ";":
            head = self.text[max(start - LONGEST_ENTITY, 0) : start]
            entity = ENTITY.fullmatch(head, head.rfind("&")) if "&" in head else None
            return html.unescape(entity[0])[-1:] if entity else sign
        return sign

    def look_ahead(self, end: int) -> str:
        """Return the sign at a place."""
        sign = self.text[end : end + 1]
        if sign == "&" and (entity := ENTITY.match(self.text, end)):
            return html.unescape(entity[0])[:1]
        return sign

    def look_beyond(self, end: int) -> str:
        """Return the first sign from a place on that is no straight mark."""
        match = MARKS.match(self.text, end)
        return self.look_ahead(match.end() if match else end)

    def is_first(self, start: int) -> bool:
        """Return whether nothing but blanks stands before a place in its block."""
        while start > self.block and self.text[start - 1].isspace():
            start -= 1
        return start == self.block

    # What is written.

    def write(self, start: int, end: int, sign: str, *, opens: bool = False) -> None:
        """Write a mark in place of what is typed."""
        self.edits.append((start, end, sign))
        self.place, self.opened, self.done = end, opens, end

    def leave(self, end: int) -> None:
        """Leave a mark as it is typed."""
        self.place, self.opened = end, False

    def open(self, kind: str, start: int, end: int, sign: str) -> None:
        """Write a mark that opens."""
        number = len(self.edits)
        is_first = self.is_first(start)
        self.write(start, end, sign, opens=True)
        if is_first:
            self.initials.append((number, self.block))
        self.push(kind, -1 if is_first else number)

    def push(self, kind: str, number: int) -> None:
        """Add a mark to those that are open."""
        self.stack.append((kind, number))
        if kind == '"':
            self.doubles += 1
        else:
            self.singles += 1

    def pop(self) -> None:
        """Take away the last mark that is open, and that nothing has closed: a single one was none."""
        kind, number = self.stack.pop()
        if kind == '"':
            self.doubles -= 1
            return
        self.singles -= 1
        if number >= 0:
            start, end, _ = self.edits[number]
            self.edits[number] = (start, end, APOSTROPHE)

    def close(self, kind: str) -> None:
        """Take away the last mark of a kind that is open, which is closed, and all that came after it."""
        if not (self.doubles if kind == '"' else self.singles):
            return
        while self.stack[-1][0] != kind:
            self.pop()
        self.stack.pop()
        if kind == '"':
            self.doubles -= 1
        else:
            self.singles -= 1

    # The tokens.

    def take_typed(self, sign: str, start: int, end: int) -> None:
        """Remember a mark that is typed as it is to be; `sign` may be any that an entity stands for."""
        if sign in STRAIGHT:
            self.write(start, end, sign)
        if sign not in self.roles:
            return
        kind, opens = self.roles[sign]
        if opens and self.is_first(start):
            self.open(kind, start, end, sign)
        elif opens:
            self.push(kind, -1)
        elif kind == '"' or not (is_blank(self.look_back(start)) or self.look_ahead(end).isalnum()):
            self.close(kind)
        self.place, self.opened = end, opens

    def take_dash(self, length: int, start: int, end: int) -> None:
        """Set two or three hyphens; more of them are a line that is drawn."""
        if length > 3:
            return
        sign = EM_DASH if length == 3 else self.language.dash
        before = self.look_back(start)
        if length == 2 and (before.isdecimal() or before in FIGURE_ENDS):
            sign = EN_DASH if FIGURE.match(self.text, end) else sign
        self.edits.append((start, end, sign))

    def take_double(self, start: int) -> None:
        """Decide a "."""
        end = start + 1
        before = self.look_back(start)
        if before.isdecimal() and not self.doubles:
            self.leave(end)
        elif self.opens_double(before, self.look_beyond(end)):
            self.open('"', start, end + self.has_blank(end), self.language.double[0])
        else:
            self.close('"')
            has_own = start > self.done and self.has_blank(start - 1)
            self.write(start - has_own, end, self.language.double[1])

    def has_blank(self, place: int) -> bool:
        """Return whether a blank is typed where the language's own marks bring one."""
        return self.language.is_spaced and self.text[place : place + 1] in BLANKS

    def opens_double(self, before: str, after: str) -> bool:
        """Return whether a " opens, by the signs beside it."""
        if before in OPENING:
            return not (is_blank(after) and self.doubles)
        if is_blank(before):
            return not ((is_blank(after) or after in CLOSING) and self.doubles)
        if before in DASHES:
            return not (is_blank(after) or after in CLOSING or after in DASHES)
        return after.isalnum() and not self.doubles

    def take_single(self, start: int) -> None:
        """Decide a '."""
        before, after = self.look_back(start), self.look_ahead(start + 1)
        if before.isdecimal() and self.take_prime(start):
            return
        if before.isalnum() or before == STAND_IN:
            self.take_inner(start, after)
        elif is_blank(before) or before in OPENING or before in DASHES:
            self.take_outer(start, before)
        elif SUFFIX.match(self.text, start + 1):
            self.write(start, start + 1, APOSTROPHE)
        elif after.isalnum() and not self.singles:
            self.open("'", start, start + 1, self.language.single[0])
        else:
            self.close_single(start)

    def take_prime(self, start: int) -> bool:
        """Decide a ' behind a figure that is no quotation mark and no apostrophe; False if it may be one."""
        inches = INCHES.match(self.text, start)
        if inches and not (self.doubles and self.closes_last(inches.end())):
            self.write(start, start + 1, PRIME)
            self.write(*inches.span(1), DOUBLE_PRIME)
            return True
        after = self.look_beyond(start + 1)
        is_by = BY_FIGURE.match(self.text, start + 1)
        if is_by or not (self.singles or after.isalnum()):
            self.leave(start + 1)
            return True
        return False

    def closes_last(self, end: int) -> bool:
        """Return whether no " stands in the block from a place on."""
        match = NEXT_DOUBLE.search(self.text, end)
        return match is None or match[0] != '"'

    def take_inner(self, start: int, after: str) -> None:
        """Decide a ' behind a letter."""
        if after.isalnum():
            self.write(start, start + 1, APOSTROPHE)
        else:
            self.close_single(start)

    def take_outer(self, start: int, before: str) -> None:
        """Decide a ' behind a blank, an opening sign or a dash."""
        end, after = start + 1, self.look_beyond(start + 1)
        word = WORD.match(self.text, end)
        elision = word[0].lower().replace("'", "").replace("’", "") if word else ""
        if elision in self.language.elisions or YEAR.match(self.text, end):
            self.write(start, end, APOSTROPHE)
            if elision == "n" and self.text[end + 1 : end + 2] == "'":
                self.write(end + 1, end + 2, APOSTROPHE)
        elif self.singles and (is_blank(after) or (before in DASHES and after in CLOSING)):
            self.close_single(start)
        else:
            self.open("'", start, end, self.language.single[0])

    def close_single(self, start: int) -> None:
        """Write a ' that closes what is open last, or is an apostrophe at the end of a word."""
        is_last = self.singles and self.stack[-1][0] == "'"
        if is_last:
            self.close("'")
        self.write(start, start + 1, self.language.single[1] if is_last else APOSTROPHE)
