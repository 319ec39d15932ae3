"""Decide which runs of `*`, `_` and `~` set emphasis or strike words out, and which stay signs.

The rules are those of CommonMark 0.31.2, 6.2, and of GitHub Flavored Markdown 0.29, 6.5; the way is the
procedure *process emphasis* of CommonMark's appendix "A parsing strategy". Only a single `~` within a
word or number strikes nothing out here, as a `_` there sets no emphasis: so 9~12 stays a range.
"""

import unicodedata
from collections.abc import Sequence

LETTER, PUNCTUATION, BLANK = range(3)
# What GitHub strikes out has one sign or two on both sides.
STRIKE, LONGEST_STRIKE = "~", 2


class Kinds(dict[str, int]):
    """The kind of each character that was asked for, as far as emphasis depends on it."""

    def __missing__(self, character: str) -> int:
        category = unicodedata.category(character)
        is_blank = category == "Zs" or character in "\t\n\f\r"
        kind = BLANK if is_blank else PUNCTUATION if category[0] in "PS" else LETTER
        self[character] = kind
        return kind


KINDS = Kinds()


class Run:
    """A run of one sign that may open or close, and what became of its signs.

    Of its signs those that close come first, then those that are left, then those that open.
    """

    __slots__ = ("can_close", "can_open", "closing", "left", "length", "opening", "sign")

    def __init__(self, sign: str, length: int, *, can_open: bool, can_close: bool) -> None:
        self.sign, self.length, self.left = sign, length, length
        self.can_open, self.can_close = can_open, can_close
        # How many signs each element has, in the order in which they were found: inner ones first.
        self.opening: list[int] = []
        self.closing: list[int] = []


def read_run(text: str, start: int, end: int) -> Run | None:
    """Return the run between two places of a text, or None if it can neither open nor close."""
    sign, length = text[start], end - start
    if sign == STRIKE and length > LONGEST_STRIKE:
        return None
    before, after = find_kinds(text, start, end)
    is_left = after != BLANK and (after != PUNCTUATION or before != LETTER)
    is_right = before != BLANK and (before != PUNCTUATION or after != LETTER)
    can_open, can_close = is_left, is_right
    if sign == "_":
        can_open = is_left and (not is_right or before == PUNCTUATION)
        can_close = is_right and (not is_left or after == PUNCTUATION)
    elif sign == STRIKE and length == 1 and before == after == LETTER:
        return None
    if not (can_open or can_close):
        return None
    return Run(sign, length, can_open=can_open, can_close=can_close)


def find_kinds(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the kinds of the characters around a run; strikes are not seen, as GitHub has it."""
    while start and text[start - 1] == STRIKE:
        start -= 1
    before = KINDS[text[start - 1]] if start else BLANK
    while end < len(text) and text[end] == STRIKE:
        end += 1
    return before, KINDS[text[end]] if end < len(text) else BLANK


def match_runs(runs: Sequence[Run]) -> None:
    """Match what opens with what closes, in linear time."""
    waiting: list[tuple[int, Run]] = []  # those that can open, with their numbers
    # The number of the first run that can match, for each kind of closing run: what lies before was
    # searched in vain.
    bottoms: dict[tuple[str, bool, int], int] = {}
    for number, run in enumerate(runs):
        if run.can_close:
            kind = (run.sign, run.can_open, run.length % 3)
            while run.left:
                place = find_opening(waiting, run, bottoms.get(kind, 0))
                if place < 0:
                    bottoms[kind] = number
                    break
                del waiting[place + 1 :]
                opening = waiting[place][1]
                if not pair_runs(opening, run):
                    run.can_open = False
                    waiting.pop()
                    break
                if not opening.left:
                    waiting.pop()
        if run.can_open and run.left:
            waiting.append((number, run))


def find_opening(waiting: Sequence[tuple[int, Run]], run: Run, bottom: int) -> int:
    """Return the place of the last run that a run closes; -1 if there is none."""
    for place in range(len(waiting) - 1, -1, -1):
        number, other = waiting[place]
        if number < bottom:
            break
        if other.sign == run.sign and (
            not (run.can_open or other.can_close)
            or run.length % 3 == 0
            or (run.length + other.length) % 3
        ):
            return place
    return -1


def pair_runs(opening: Run, closing: Run) -> bool:
    """Let the signs next to the words between two runs make an element; return whether they do."""
    size = 2 if opening.left >= 2 and closing.left >= 2 else 1
    if opening.sign == STRIKE and opening.length != closing.length:
        return False  # as GitHub has it: neither strikes anything out
    opening.left -= size
    closing.left -= size
    opening.opening.append(size)
    closing.closing.append(size)
    return True
