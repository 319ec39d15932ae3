"""Find back-ticks that make no code of what stands around them, and those that were meant as apostrophes."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice

from catalogue.problems import shorten
from catalogue.text.findings import MOST_FINDINGS, Finding
from catalogue.text.wiki_links import explain_unread

# As TeX quotes, a pair, one within a word, and one beside a word. Code is no longer there.
TICKS = re.compile(
    r"""
      (?P<fence>^[ ]{0,3}```+)
    | (?P<tex>(?<!`)``(?=\w)[^`\n]{1,100}?'')
    | (?P<pair>(?<!`)(?P<sign>`{1,3})(?=[^\s`])[^`\n]{1,80}(?<=\S)(?P=sign)(?!`))
    | (?P<apostrophe>(?<=[^\W\d_])`(?=[^\W\d_]))
    | (?P<alone>(?<![\w`])`+(?=[\w<$./~-]) | (?<=\w)`+(?![\w`]))
    """,
    re.VERBOSE | re.MULTILINE,
)
# Code of several words, with a letter right before and right behind it.
WITHIN_WORDS = re.compile(
    r"(?<=([^\W\d_]))<code>([^<>\n]{1,80} [^<>\n]{1,80})</code>(?=([^\W\d_]))"
)
LONGEST = 40  # characters of the text in a message


def find_mistyped_code(prose: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield the place of each such sign in the words of a text, and what to say of it.

    `text` is what the author typed: with a backslash before it a sign is meant as one.
    """
    if "\\`" in text:
        return
    for match in islice(TICKS.finditer(prose), MOST_FINDINGS + 1):
        yield match.start(), describe(match, text)


def check_apostrophes(source: str) -> Iterator[Finding]:
    """Yield a warning for each piece of code in the HTML of a text that two apostrophes have made."""
    for match in WITHIN_WORDS.finditer(source):
        before, words, behind = match.groups()
        typed = shorten(f"{before}`{unescape(words)}`{behind}", LONGEST)
        seen = f"The two ` of “{typed}” make code of what stands between them"
        yield Finding(
            "warning", f"{seen}. For an apostrophe write ' in their place.", match.start()
        )


def describe(match: re.Match[str], text: str) -> str:
    """Return what is said of a sign that makes no code."""
    if match["fence"]:
        seen = "Readers see ``` as it is typed: within HTML no Markdown is read"
        return f"{seen}. Leave an empty line before the code and one after it."
    if match["tex"]:
        words = shorten(match["tex"][2:-2], LONGEST)
        return f"Readers see `` and '' as they are typed. Write: \"{words}\""
    if match["pair"]:
        remedy = "Write <code> before and </code> after the words."
        why = explain_unread(match["pair"], text, remedy)
        return f"Readers see {shorten(match['pair'], LONGEST)} as it is typed: {why}"
    if match["apostrophe"]:
        return "Readers see ` as it is typed, for it is no apostrophe. Write ' in its place."
    remedy = (
        "For code write it before and after: `like this`; for a quotation mark write ' in its place"
    )
    return f"Readers see {match['alone']} as it is typed. {remedy}."
