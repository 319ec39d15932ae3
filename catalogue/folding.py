"""Fold names to the one form in which they are compared, in whatever way they were typed.

An editor bends an apostrophe and lengthens a hyphen, macOS stores an accent as a sign of its own, and
one person writes `AI/ML` where another writes `AI / ML`: each time it is one name. There is one
function for names that people say (topics, series, posts in a list) and one for the names of files, in
which capitals count.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from catalogue.text.encoding import INVISIBLE

LONGEST_NAME = 2_000  # characters: no disk and no reader has a longer one
NAMES_CACHED = 10_000  # the same few names are folded for every post
# What is typed, or put in by an editor, for an apostrophe; then what else looks like it.
APOSTROPHES = "'`\u00b4\u02b9\u02bb\u02bc\u2018\u2019\u201b\u2032\uff07"
SINGLE_MARKS = "\u201a\u2035\u2039\u203a\uff40"
DOUBLE_MARKS = '"\u00ab\u00bb\u201c\u201d\u201e\u201f\u2033\u2036\u301d\u301e\u301f\uff02'
DASHES = "-\u058a\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
SLASHES = "/\u2044\u2215\u29f8\uff0f"
STRAIGHT = {ord(sign): "'" for sign in APOSTROPHES}
TWINS = INVISIBLE | {
    ord(sign): signs[0]
    for signs in (APOSTROPHES + SINGLE_MARKS, DOUBLE_MARKS, DASHES, SLASHES)
    for sign in signs
}
FILLING = re.compile(r"[\s_-]+")  # what stands between words and tells no name from another
AROUND_JOINTS = re.compile(r" ?([/&]) ?")
AROUND_DASHES = re.compile(r" ?(-+) ?")


def compose(text: str, form: Literal["NFC", "NFKC"] = "NFC") -> str:
    """Return a text in a form of Unicode, names in that in which the site publishes them.

    What is longer than any name stays as it is: to sort the marks on one letter takes as long as their
    number times itself.
    """
    if text.isascii() or len(text) > LONGEST_NAME:
        return text
    return unicodedata.normalize(form, text)


def straighten(text: str) -> str:
    """Return a text with the straight apostrophe in place of every other one."""
    return text.translate(STRAIGHT)


@lru_cache(maxsize=NAMES_CACHED)
def fold_name(name: str) -> str:
    """Return what tells a name from others: not case, blanks, dashes or the form of a sign."""
    plain = name
    if not name.isascii():
        # Twice: some signs have a compatible form (NFKC) that is a twin, some have none before.
        plain = compose(compose(name.translate(TWINS), "NFKC").casefold(), "NFKC")
    plain = FILLING.sub(" ", plain.translate(TWINS).casefold())
    return AROUND_JOINTS.sub(r"\1", plain).strip()


@lru_cache(maxsize=NAMES_CACHED)
def fold_path(path: str) -> str:
    """Return what tells the path of a file from others: case does, the form of a sign does not."""
    plain = path
    if not path.isascii():
        plain = compose(path.translate(TWINS))
    plain = " ".join(plain.translate(TWINS).split())
    return AROUND_DASHES.sub(r"\1", AROUND_JOINTS.sub(r"\1", plain))
