"""Cite a post as text in three styles: APA, MLA and Chicago.

A post is cited as one on a blog: the post, then the blog in italics. In MLA and Chicago an English
title is in title case; in APA titles stand as the author wrote them, for no program can tell a name,
which keeps its capital in sentence case, from a word that loses it. The day is that of publication, as
in the official styles.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from catalogue.dates import MONTHS
from catalogue.header.author_names import AUTHORS_CACHED, Name
from plugins.citation_source import AuthorNames, Source, format_inverted

MLA_MONTHS = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()
# A mark inside a word is an apostrophe.
SINGLE_QUOTED = re.compile(r"‘([^‘’]*(?:’\w[^‘’]*)*)’(?!\w)")
DOUBLE_QUOTED = re.compile(r"“([^“”]*)”")
STRAIGHT_QUOTED = re.compile(r'"([^"]*)"')
QUOTATION_MARKS = re.compile('[‘“"]')
# After these no full stop follows.
ENDING_MARKS = (".", "?", "!", "…", ":", ";", ",", "。", "？", "！")
CLOSING_MARKS = "”’\"'»"


# Small within a title (CSL 1.0.2, "Text-case", title case).
SMALL_WORDS = frozenset(
    "a an and as at but by down for from in into nor of on onto or over so the till to up via with "
    "yet".split()
)
# A word in its signs; one with a capital, a figure or a sign of code in it stands as it was written.
TITLE_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
LETTER_OR_DIGIT = re.compile(r"[^\W_]")  # without one, what stands between blanks is no word
CODE_SIGNS = re.compile(r"[A-Z\d_/\\@#.=(<{`]\S|\w[_/\\@#=(<{`]|\d")
NEW_BEGINNING = (":", "?", "!", ".", "—")


class StyledCitation(NamedTuple):
    """A citation in one style: the text before the name of the blog, the name, and the text after it."""

    style: str
    before: str
    blog: str  # in italics
    after: str


class StyledAuthors(NamedTuple):
    """The authors of a post in each style; empty when there are none, else with a blank at the end."""

    apa: str
    mla: str
    chicago: str


def end_sentence(text: str) -> str:
    """Return a text with a full stop after it if no mark ends it; inside its last quotation marks."""
    stem = text.rstrip(CLOSING_MARKS)
    closers = text[len(stem) :]
    if closers and not is_quotation(text, closers):
        stem, closers = text, ""
    return text if stem.endswith(ENDING_MARKS) else f"{stem}.{closers}"


def is_quotation(text: str, closers: str) -> bool:
    """Return whether the marks at the end of a text close one that opens in it, and are no apostrophe."""
    return closers not in "’'" or "‘" in text or text.count("'") > 1


def set_title_case(title: str) -> str:
    """Return an English title with capitals as in headlines; names, short forms and code stay.

    The first and the last word, and one after a colon or the end of a sentence, are never small.
    """
    words = title.split(" ")
    told = [number for number, word in enumerate(words) if LETTER_OR_DIGIT.search(word)]
    edges = {*told[:1], *told[-1:]}
    made: list[str] = []
    for number, word in enumerate(words):
        before = made[-1] if made else ""
        is_edge = number in edges or before.rstrip(CLOSING_MARKS).endswith(NEW_BEGINNING)
        made.append(word if is_kept(word) else capitalise(word, is_edge=is_edge))
    return " ".join(made)


def is_kept(word: str) -> bool:
    """Return whether a word of a title stands as it is written."""
    if word.isalpha():
        return word != word.lower()
    bare = word.strip("()[]“”‘’«»\"'.,:;?!…—–-")
    return bare != bare.lower() or CODE_SIGNS.search(bare) is not None


def capitalise(word: str, *, is_edge: bool) -> str:
    """Return a word of a title with a capital, and one after each hyphen; a small word keeps its own."""
    if word.isalpha():
        return word if word in SMALL_WORDS and not is_edge else word[:1].upper() + word[1:]

    def change(match: re.Match[str]) -> str:
        is_small = match[0] in SMALL_WORDS and not (is_edge and match.start() <= first)
        return match[0] if is_small else match[0][:1].upper() + match[0][1:]

    found = TITLE_WORD.search(word)
    first = found.start() if found else 0
    return TITLE_WORD.sub(change, word)


def quote_title(title: str) -> str:
    """Return a title in quotation marks."""
    return f"“{end_sentence(turn_quotes(title))}”"


def turn_quotes(text: str) -> str:
    """Return a text with its quotation marks as inside double ones: double made single and back."""
    if not QUOTATION_MARKS.search(text):
        return text
    text = STRAIGHT_QUOTED.sub(r"‘\1’", SINGLE_QUOTED.sub("\ue000\\1\ue001", text))
    return DOUBLE_QUOTED.sub(r"‘\1’", text).replace("\ue000", "“").replace("\ue001", "”")


def format_initials(given: str) -> str:
    """Return given names as initials: `Jean-Luc Marie` as `J.-L. M.`."""
    words = given.replace(".", " ").split()
    return " ".join(
        "-".join(f"{part[0].upper()}." for part in word.split("-") if part) for word in words
    )


def format_apa_names(names: AuthorNames) -> str:
    """Return authors as APA does: family name and initials, an ampersand, an ellipsis after 19 of 21."""
    parts = [format_inverted(Name(n.family, format_initials(n.given), n.suffix)) for n in names]
    if len(parts) > 20:
        return end_sentence(", ".join([*parts[:19], f"… {parts[-1]}"]))
    last = [f"& {parts[-1]}"] if len(parts) > 1 else parts[-1:]
    return end_sentence(", ".join([*parts[:-1], *last])) if parts else ""


def format_full_names(names: AuthorNames, most: int, named: int) -> str:
    """Return authors by full names, the first one inverted; of more than `most` only `named`, et al."""
    parts = [format_inverted(name) for name in names[:1]]
    parts += [name.full for name in names[1:]]
    if len(parts) > most:
        return ", ".join([*parts[:named], "et al."])
    last = [f"and {parts[-1]}"] if len(parts) > 1 else parts[-1:]
    return end_sentence(", ".join([*parts[:-1], *last])) if parts else ""


@lru_cache(maxsize=AUTHORS_CACHED)
def format_authors(names: AuthorNames) -> StyledAuthors:
    """Return the authors of a post in each style."""
    styles = format_apa_names(names), format_full_names(names, 2, 1), format_full_names(names, 6, 3)
    return StyledAuthors(*(f"{text} " if text else "" for text in styles))


def format_styles(source: Source) -> list[StyledCitation]:
    """Return the citations of a post in three styles.

    - APA (Publication Manual, 7th edition, 10.1: blog posts are among periodicals); without an author
      the title comes first (9.12).
    - MLA (MLA Handbook, 9th edition, chapter 5): three authors and more are “et al.”.
    - Chicago (Manual of Style, 18th edition, 14.105): a bibliography entry.
    """
    authors, blog, day, url = (
        format_authors(source.authors),
        source.blog.name,
        source.day,
        source.url,
    )
    is_english = source.blog.language.partition("-")[0].lower() == "en"
    title = end_sentence(source.title)
    quoted = quote_title(set_title_case(source.title) if is_english else source.title)
    stop, month = end_sentence(blog)[len(blog) :], MONTHS[day.month - 1]
    year = f"({day.year}, {month} {day.day})."
    opening = f"{authors.apa}{year} {title} " if authors.apa else f"{title} {year} "
    mla_day = f"{day.day} {MLA_MONTHS[day.month - 1]} {day.year}"
    return [
        StyledCitation("APA", opening, blog, f"{stop} {url}"),
        StyledCitation("MLA", f"{authors.mla}{quoted} ", blog, f", {mla_day}, {url}."),
        StyledCitation(
            "Chicago",
            f"{authors.chicago}{quoted} ",
            blog,
            f", {month} {day.day}, {day.year}. {url}.",
        ),
    ]
