"""Find headings, lists and code that an author has typed wrongly, so that they run on as text.

Most lack the blank behind their sign, or have one there that keeps words together, as some keyboards type
it (Option and the space bar on a Mac).
"""

import re
from collections.abc import Iterator

from catalogue.problems import shorten

LONGEST = 40  # characters of a line in a message
# Each takes in at most so much of what follows that a long text is looked through once. It begins with the
# end of a line, which is found at once; the words of each block have one before them.
BLOCKS = re.compile(
    r"""
    \n(?:
      (?P<bound>(?P<start>\#{1,6}|[-*+]|\d{1,3}[.)])[\xa0\u2007\u202f])
    | (?P<joined>(?P<hashes>\#{2,6})(?=[^\s\#\\])(?P<words>.*))
    | (?P<deep>\#{7,}[ \t])
    | (?P<fence>(?P<quotes>'{3}|‘{3}|’{3}|´{3}|"{3}|“{3}|”{3}|„{3})[ \t]*\w{0,20}[ \t]*(?=\n|\Z))
    | (?P<hyphens>-(?=[^\s\-\d>])(?P<first>.*)(?:\n-(?=[^\s\-\d>]).*)+)
    | (?P<numbers>(?P<number>1[.)])(?=[^\W\d_])(?P<item>.*)\n2[.)](?=[^\W\d_]).*)
    | (?P<letters>(?P<letter>a[.)]|A\))[ \t]+\S.*\n[bB][.)][ \t]+\S.*)
    | (?P<dashes>(?P<dash>[–—])[ \t\xa0]+\S.*(?:\n[–—][ \t\xa0]+\S.*)+)
    )""",
    re.VERBOSE,
)


def find_mistyped_blocks(prose: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield the place of each block that is none in the words of a text, and what to say of it.

    `text` is what the author typed: with a backslash before its sign it was not meant to be one.
    """
    for match in BLOCKS.finditer(prose):
        begun = match[0][1:].partition("\n")[0][:8]
        if f"\\{begun}" not in text:
            yield match.start() + 1, describe(match)


def describe(match: re.Match[str]) -> str:
    """Return what is wrong with a block, and what to write."""
    runs_on = "begins no list: what follows runs on in one paragraph"
    if match["bound"]:
        start = match["start"]
        seen = (
            f"The blank behind {start} is one that keeps words together, so {start} begins nothing"
        )
        return f"{seen}. Delete it, and type it anew with the space bar alone."
    if match["joined"]:
        hashes = match["hashes"]
        seen = f"{hashes} begins no heading without a blank behind it"
        return f"{seen}. Write: {hashes} {shorten(match['words'].strip(), LONGEST)}"
    if match["deep"]:
        return "A heading has at most six #. Write fewer."
    if match["fence"]:
        return f"{match['quotes']} begins and ends no code. Write ``` in its place."
    if match["hyphens"]:
        return f"- {runs_on}. Write a blank behind it: - {shorten(match['first'].strip(), LONGEST)}"
    if match["numbers"]:
        number, item = match["number"], match["item"].strip()
        return f"{number} {runs_on}. Write a blank behind it: {number} {shorten(item, LONGEST)}"
    if match["letters"]:
        return (
            f"{match['letter']} {runs_on}. Write 1. in its place, 2. on the next line, and so on."
        )
    return f"{match['dash']} {runs_on}. Write - and a blank in its place."
