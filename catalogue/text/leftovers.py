"""Find what stands in the words of a text as it was typed, and was meant to become something else."""

import re
from collections.abc import Callable, Iterator
from itertools import islice

from catalogue.problems import Problem
from catalogue.text.findings import MOST_FINDINGS, Finding
from catalogue.text.foreign_marks import find_formulas, find_marks
from catalogue.text.heading_levels import check_levels
from catalogue.text.html_reader import HtmlFacts, describe_undescribed
from catalogue.text.mistyped_code import check_apostrophes, find_mistyped_code
from catalogue.text.mistyped_emphasis import find_mistyped_emphasis
from catalogue.text.mistyped_links import find_mistyped_links
from catalogue.text.placed_parser import NEVER_CLOSED

# They stand in a new post until its author writes her own words, and are never published.
PLACEHOLDER = "Write your post here."
QUERY_PLACEHOLDER = "Write the question here."
ANSWER_PLACEHOLDER = "Write the answer here, in one or two sentences."
PLACEHOLDERS = (PLACEHOLDER, QUERY_PLACEHOLDER, ANSWER_PLACEHOLDER)
PLACEHOLDER_START = "Write "  # of each
PLACEHOLDER_LINE = re.compile(
    rf"^ {{0,3}}(?:(?i:query|question|short answer): *)?({'|'.join(map(re.escape, PLACEHOLDERS))})[ \t]*$",
    re.MULTILINE,
)
PLACEHOLDER_STANDS = (
    "“{}” still stands here, and readers never see it. Put your text in its place; until then a post is a "
    "draft."
)
# Where two versions of a text differ, Git writes both into it, between these signs.
CONFLICT, CONFLICT_END = "<<<<<<<", ">>>>>>>"
CONFLICT_START = re.compile(rf"^{CONFLICT}(?= |$)", re.MULTILINE)
IN_CONFLICT = (
    "Git found two versions of this place and wrote both. Keep one, and delete the lines that begin with "
    "<<<<<<<, ======= and >>>>>>>."
)
UNDESCRIBED = re.compile(r"!\[(?:\s*(?:\|\d+(?:x\d+)?)?\][\[(]|\[)")  # Markdown's, or Obsidian's
COMMENT_START = "<!--"
TYPED_COMMENT = re.compile(rf"(?<!\\){COMMENT_START}")


def take_placeholders(text: str, first_line: int, path: str) -> tuple[str, list[Problem]]:
    """Return a text with empty lines where sentences of a new post stand, and a warning of each."""
    if PLACEHOLDER_START not in text:  # as in most texts
        return text, []
    matches = [*islice(PLACEHOLDER_LINE.finditer(text), MOST_FINDINGS)]
    starts = [first_line + text.count("\n", 0, match.start()) for match in matches]
    warnings = [
        Problem(path, line, "warning", PLACEHOLDER_STANDS.format(match[1]))
        for line, match in zip(starts, matches, strict=True)
    ]
    return PLACEHOLDER_LINE.sub("", text), warnings


def check_typed(facts: HtmlFacts, text: str, find_line: Callable[[int], int]) -> Iterator[Finding]:
    """Yield what of a text has become something else than was meant, by the facts of its HTML.

    `text` is what the author typed, and `find_line` returns the line of it, from 0, that a place of the
    HTML came from.
    """
    yield from check_leftovers(facts, text)
    if "`" in text:
        yield from check_apostrophes(facts.source)
    if facts.undescribed:
        yield from check_undescribed(facts, text, find_line)
    if facts.headings:
        yield from check_levels(facts.headings, text, find_line)


def check_undescribed(
    facts: HtmlFacts, text: str, find_line: Callable[[int], int]
) -> Iterator[Finding]:
    """Yield a warning for each picture of Markdown without words for those who do not see it.

    In HTML an empty description is the author's choice.
    """
    lines = text.split("\n")
    for picture in facts.undescribed:
        if UNDESCRIBED.search(lines[find_line(picture.place)]):
            yield Finding("warning", describe_undescribed(picture.url), picture.place)


def check_leftovers(facts: HtmlFacts, text: str) -> list[Finding]:
    """Return what is left over of a text in the words of its HTML.

    These are comments that are never closed, links that are not written as links are, and marks of other
    systems and of Git. `text` is what the author typed.
    """
    found = sorted(find_leftovers(facts.prose, text))
    return [
        Finding(level, message, facts.find_place(place) if number < MOST_FINDINGS else 0)
        for number, (place, level, message) in enumerate(found)
    ]


def find_leftovers(prose: str, text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the place in the words of a text of what is left over, its level, and what to say of it."""
    for mark in find_marks(prose):
        yield mark.place, mark.level, mark.message
    for place, message in find_mistyped(prose, text):
        yield place, "warning", message
    if "<" not in prose:  # as in most texts, which is found out sooner than what follows
        return
    if CONFLICT in prose and CONFLICT_END in text and (match := CONFLICT_START.search(prose)):
        yield match.start(), "error", IN_CONFLICT
    if COMMENT_START in prose and TYPED_COMMENT.search(text):
        yield prose.index(COMMENT_START), "error", NEVER_CLOSED


def find_mistyped(prose: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield the place in the words of a text of what is typed wrongly, and what to say of it."""
    if "\\" in text:
        yield from find_formulas(prose, text)
    if "`" in prose:
        yield from find_mistyped_code(prose, text)
    yield from find_mistyped_emphasis(prose, text)
    if "[" in prose or ("]" in prose and "](" in prose):
        yield from find_mistyped_links(prose, text)
