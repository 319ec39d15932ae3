"""Find lines of a paragraph that were meant to stand for themselves, and run on in it as they are typed.

A heading or a list without the blank behind its sign, or with one that keeps words together, as some
keyboards type it (Option and the space bar on a Mac); numbers, letters and bullets that Markdown knows no
list for; an address of links that is none; the lines of a verse. Each is a paragraph by the
specification, and what readers see is seldom what its author meant.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from catalogue.problems import shorten

# What is wrong with a line, whatever stands around it.
LINE = re.compile(
    r"""
      (?P<bound>(?P<start>\#{1,6}|[-*+]|\d{1,3}[.)])[\xa0\u2007\u202f])
    | (?P<joined>(?P<hashes>\#{2,6})(?=[^\s\#\\])(?P<heading>.*))
    | (?P<inset>[ \t]*[\xa0\u2007\u202f][\xa0\u2007\u202f \t]*(?=(?P<sign>[-*+]|\d{1,3}[.)]|\#{1,6})[ \t]))
    | (?P<box>[-*+](?=\[[ xX]?\][ \t]))
    | (?P<rule>[—–]{1,3}[ \t]*$)
    | (?P<deep>\#{7,}[ \t])
    | (?P<fence>(?P<quotes>'{3}|‘{3}|’{3}|´{3}|"{3}|“{3}|”{3}|„{3})[ \t]*\w{0,20}[ \t]*$)
    | (?P<definition>(?P<name>\[[^\[\]^][^\[\]]{0,60}\]:)[ \t]*
        (?P<address>(?:https?://|www\.|mailto:|\.{0,2}/)\S*)[ \t]*(?P<title>.*))
    """,
    re.VERBOSE,
)
# Signs of a list that lack their blank; behind them stands a letter, for -5 is a number, and 1.5 too.
PRESSED = re.compile(r"([-*+–—•]|\d{1,3}[.)])(?=[^\W\d_])(.*)")
# What Word and people put before the parts of a list, and Markdown does not know.
MARKED = re.compile(
    r"([–—⁃∙○●■□►▶➢➤❖✓✔\uf076\uf0a7\uf0b7\uf0d8\uf0fc]"
    r"|\(?[A-Za-z]\)|[a-z]\.|\(\d{1,3}\)|(?:[ivx]{1,4}|[IVX]{1,4})[.)])[ \t\xa0]+\S"
)
LINE_BREAK = re.compile(r"(?:\\| {2}|<br ?/?>)[ \t]*$")
ENDED = re.compile(r"[.!?:…][\"'”’)*_]*$")
OPENING = "*_\"'“‘„«»(["  # what may stand before the first letter of a line
ADDRESS = re.compile(r"\]\([^()\n]*\)|https?://\S+")
# A verse, a postal address, hours: so many lines that are short and each begin as a line does. Lines of
# a text that somebody broke at a width are longer, and lines of one sentence each have its full stop.
FEWEST, LONGEST = 3, 45
LONGEST_MADE = 120  # characters of what is to be written
KEPT = "write \\ at its end"


def find_mistyped_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield what is to be said of lines of a paragraph, each with its place among them, from 0."""
    lines = text.split("\n")
    is_told = False
    for number, line in enumerate(lines):
        if (match := LINE.match(line)) and (message := describe_line(match, number)):
            yield number, message
            if match["definition"]:  # it keeps those below it from being any
                return
            is_told = True
    if is_told:
        return
    if found := find_list(lines):
        yield found
    elif are_apart(lines):
        seen = f"These {len(lines)} lines run on as one paragraph"
        yield 0, f"{seen}. To keep each as a line of its own, {KEPT}."


def describe_line(match: re.Match[str], number: int) -> str:
    """Return what is wrong with the line of a number, and what to write."""
    if start := match["start"]:
        seen = (
            f"The blank behind {start} is one that keeps words together, so {start} begins nothing"
        )
        return f"{seen}. Delete it, and type it anew with the space bar alone."
    if sign := match["sign"]:
        seen = f"The blank before {sign} is one that keeps words together, so {sign} begins nothing"
        return f"{seen}. Delete it, and type it anew with the space bar alone."
    if hashes := match["hashes"]:
        seen = f"{hashes} begins no heading without a blank behind it"
        return f"{seen}. Write: {hashes} {shorten(match['heading'].strip(), LONGEST)}"
    if box := match["box"]:
        return f"{box} begins no task without a blank behind it. Write: {box} [ ] and its words."
    if rule := match["rule"]:
        seen = f"{rule.strip()} is no rule across the page, and is shown as it is typed"
        return f"{seen}. Write *** in its place, between two empty lines."
    if match["deep"]:
        return "A heading has at most six #. Write fewer."
    if quotes := match["quotes"]:
        return f"{quotes} begins and ends no code. Write ``` in its place."
    name, words = match["name"], match["title"].replace('"', "").strip()
    seen = f"{name} does not say here where links lead"
    if number:
        return f"{seen}, for words stand right above it. Put an empty line before it."
    whole = f"{name} <{match['address'].strip('<>')}>" + (f' "{words}"' if words else "")
    return f"{seen}. Write: {shorten(whole, LONGEST_MADE)}"


def find_list(lines: Sequence[str]) -> tuple[int, str] | None:
    """Return the place of two lines that begin a list, and what is said of them; None if there are none."""
    for number, (line, following) in enumerate(pairwise(lines)):
        if LINE_BREAK.search(line):
            continue
        if (match := PRESSED.match(line)) and PRESSED.match(following):
            return number, describe_pressed(match)
        if (match := MARKED.match(line)) and MARKED.match(following):
            return number, describe_marked(match[1])
    return None


def describe_pressed(match: re.Match[str]) -> str:
    """Return what is said of a line whose sign lacks its blank."""
    sign, words = match.groups()
    plain = sign if sign.isascii() else "-"
    seen = f"{sign} begins no list without a blank behind it: these lines run on as one paragraph"
    return f"{seen}. Write: {plain} {shorten(words.strip(), LONGEST)}"


def describe_marked(sign: str) -> str:
    """Return what is said of lines with a sign that begins no list."""
    name = "This bullet" if "\ue000" <= sign <= "\uf8ff" else sign
    plain = "1." if sign[-1] in ".)" else "- and a blank"
    seen = f"{name} begins no list: these lines run on as one paragraph. Write {plain} in its place"
    return f"{seen}, or keep each as a line of its own: {KEPT}."


def are_apart(lines: Sequence[str]) -> bool:
    """Return whether lines look like those of a verse or a postal address, and nothing keeps them apart."""
    if len(lines) < FEWEST or not all(map(stands_alone, lines)):
        return False
    ended = sum(ENDED.search(line) is not None for line in lines[:-1])
    return ended * 2 < len(lines) - 1


def stands_alone(line: str) -> bool:
    """Return whether a line is short, begins as a line does, and nothing breaks it at its end."""
    first = line.lstrip(OPENING)[:1]
    is_begun = first.isdigit() or (first.isalpha() and first != first.lower())
    return is_begun and len(ADDRESS.sub("]", line)) <= LONGEST and not LINE_BREAK.search(line)
