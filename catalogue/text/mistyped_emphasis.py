"""Find signs of bold and italic words that an author has typed wrongly, or that she meant as signs."""

import re
from collections.abc import Iterator
from itertools import islice

from catalogue.problems import shorten
from catalogue.text.findings import MOST_FINDINGS
from catalogue.text.wiki_links import explain_unread

# Two signs of the same kind around words, and one alone beside a word. Those that made something bold
# are no longer there.
PAIR = re.compile(r"(?<!\*)(\*\*|__)(?=[^\s*_])([^*_\n]{1,80})(?<=\S)\1(?![*_])")
ALONE = re.compile(
    r"(?<![\w*_])(\*\*|__)(?=[^\W_]|[ \t][^*_\n]{1,80}[^\W_]\1(?![\w*_])"
    r"|[ \t][^\W\d_][^*_\n]{0,80}[ \t]\1(?:[\s.,;:!?)]|\Z))"
)
# The same of one sign in italics, with a blank at one side (both are of a product), and of two that strike
# out, with one at either.
WORDS = r"(?=[^\W\d_])[^*~\n]{1,80}?"
PARTED = re.compile(
    rf"(?<![\w*~])(?:(\*)(?:[ \t]+{WORDS}(?<=\S)|{WORDS}[ \t]+)\*"
    rf"|(~~)(?:[ \t]+{WORDS}[ \t]*|{WORDS}[ \t]+)~~)(?![\w*~])"
)
# Words in italics by Markdown, which are there only where none is read.
UNREAD = re.compile(r"(?<![\w*])\*(?=[^\W_])([^*\n]{1,80})(?<=[^\W_])\*(?![\w*])")
# A sign before a word within a sentence: at the beginning of a paragraph it may stand for a remark, and
# before a small letter _ may begin the name of a file.
OPEN = re.compile(
    r"(?:\*(?<=[^\W\d_][ \n]\*)|\*(?<=[,;:][ \n]\*))(?!nix\b)(?=[^\W\d_]{2})"
    r"|(?:_(?<=[^\W\d_][ \n]_)|_(?<=[,;:][ \n]_))(?=[A-Z])"
    r"|~~(?<!\w~~)(?=[^\W_])"
)
# A product: the signs between its numbers make what stands between them italic.
PRODUCT = re.compile(r"(?<![\w*])(\d[\d.,]*)\*(\d[^*\n]{0,40}?)\*(\d+)")
NUMBER = re.compile(r"\*\d")  # which is found sooner than a product
LONGEST = 40  # characters of the text in a message
MOST = MOST_FINDINGS + 1  # that are looked at: each is searched for in the whole text


def find_mistyped_emphasis(prose: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield the place of each such sign in the words of a text, and what to say of it.

    `text` is what the author typed: with a backslash before it a sign is meant as one.
    """
    has_star = "*" in prose
    if (has_star and "**" in prose) or ("_" in prose and "__" in prose):
        yield from find_bold(prose, text)
    if has_star or ("~" in prose and "~~" in prose):
        yield from find_parted(prose, text)
    if has_star or "_" in prose or ("~" in prose and "~~" in prose):
        yield from find_open(prose, text)
    if has_star:
        yield from find_unread(prose, text)
    if "*" in text and NUMBER.search(text):
        for match in islice(PRODUCT.finditer(text), MOST):
            place = prose.find("".join(match.groups()))
            if place >= 0:
                typed = shorten(match[0], LONGEST)
                seen = (
                    f"The two * of “{typed}” make what stands between them italic, and are not seen"
                )
                yield place, f"{seen}. Write × in their place, or \\* for the sign."


def find_unread(prose: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield what would be in italics if it did not stand within HTML."""
    for match in islice(UNREAD.finditer(prose), MOST):
        if match[0] in text and "\\*" not in text:
            remedy = "Write <em> before and </em> after the words."
            why = explain_unread(match[0], text, remedy)
            yield match.start(), f"Readers see {shorten(match[0], LONGEST)} as it is typed: {why}"


def find_parted(prose: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield what would be in italics or struck out without the blanks beside its signs."""
    for match in islice(PARTED.finditer(prose), MOST):
        sign = match[1] or match[2]
        if f"\\{sign[0]}" not in text:
            what = "in italics" if sign == "*" else "struck out"
            seen = f"Readers see {sign} as it is typed"
            remedy = f"Write it before and after the words to be {what}, with no blank between"
            yield match.start(), f"{seen}. {remedy}: {sign}like this{sign}."


def find_open(prose: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield each sign that would begin something in its paragraph, of which no other ends it."""
    for match in islice(OPEN.finditer(prose), MOST):
        sign = match[0]
        start = prose.rfind("\n\n", 0, match.start()) + 1
        end = prose.find("\n\n", match.end())
        if prose.count(sign, start, end if end >= 0 else len(prose)) > 1 or f"\\{sign[0]}" in text:
            continue
        what = "struck out" if sign == "~~" else "in italics"
        remedy = f"Write it behind the last word to be {what} too, or \\{sign} for the sign"
        yield match.start(), f"Readers see {sign} as it is typed, for none ends it. {remedy}."


def find_bold(prose: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield what would have made something bold, and what to say of it."""
    paired = 0
    for match in islice(PAIR.finditer(prose), MOST):
        if re.search(rf"(?<!\\){re.escape(match[0])}", text):
            yield match.start(), describe_pair(match, text)
            paired += 1
    if paired:  # what else is alone may belong to these
        return
    for match in islice(ALONE.finditer(prose), MOST):
        sign = match[1]
        if f"\\{sign[0]}" not in text:
            seen = f"Readers see {sign} as it is typed"
            remedy = "Write it before and after the words to be bold, with no blank between"
            yield match.start(), f"{seen}. {remedy}: {sign}like this{sign}."


def describe_pair(match: re.Match[str], text: str) -> str:
    """Return what is said of words between two signs that did not make them bold (CommonMark 6.2)."""
    sign, words, prose = match[1], match[2], match.string
    seen = f"Readers see {shorten(match[0], LONGEST)} as it is typed"
    if prose[match.end() : match.end() + 1].isalnum() and not words[-1].isalnum():
        return f"{seen}. Put a blank behind it, or the second {sign} before the {words[-1]}."
    if prose[max(0, match.start() - 1) : match.start()].isalnum() and not words[0].isalnum():
        return f"{seen}. Put a blank before it, or the first {sign} behind the {words[0]}."
    remedy = "Leave an empty line before it and one after it."
    return f"{seen}: {explain_unread(match[0], text, remedy)}"
