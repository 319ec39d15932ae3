"""Find words of the author's that Markdown lost, or that did not become what they were meant to be."""

import html
import re
from collections.abc import Iterator

from catalogue.problems import Problem, shorten
from catalogue.text.findings import Finding
from catalogue.text.foreign_marks import find_marks
from catalogue.text.html_allowlist import DEFAULT_INSTEAD
from catalogue.text.mistyped_links import find_mistyped_links
from catalogue.text.source_lines import SourceLines, mask_comments

CDATA_START = "<![CDATA["
# It stands in a new post until its author writes her own, and is never published.
PLACEHOLDER = "Write your post here."
PLACEHOLDER_LINE = re.compile(rf"^[ ]{{0,3}}{re.escape(PLACEHOLDER)}[ \t]*$", re.MULTILINE)
PLACEHOLDER_STANDS = (
    f"“{PLACEHOLDER}” still stands here, and readers do not see it. Put your text in its place."
)
# Where two versions of a text differ, Git writes both into it, between these signs.
CONFLICT, CONFLICT_END = "<<<<<<<", ">>>>>>>"
CONFLICT_START = re.compile(rf"^{CONFLICT}(?= |$).{{0,80}}", re.MULTILINE)
IN_CONFLICT = (
    "Git found two versions of this place and wrote both. Keep one, and delete the lines that begin with "
    "<<<<<<<, ======= and >>>>>>>."
)


def take_placeholder(text: str, first_line: int, path: str) -> tuple[str, list[Problem]]:
    """Return a text with an empty line where the sentence of a new post stands, and a warning of it."""
    match = PLACEHOLDER_LINE.search(text) if PLACEHOLDER in text else None
    if not match:
        return text, []
    line = first_line + text.count("\n", 0, match.start())
    warning = Problem(path, line, "warning", PLACEHOLDER_STANDS)
    return PLACEHOLDER_LINE.sub("", text), [warning]


def check_leftovers(source: str, prose: str, lines: SourceLines) -> list[Finding]:
    """Return what was lost or misread when a text became the HTML `source`, with the words `prose`."""
    text = lines.plain
    findings: list[Finding] = []
    is_shown = "<!--" in prose and re.search(r"(?<!\\)<!--", lines.masked)
    if "<!--" in source or is_shown:  # it would be shown, or hide all that follows
        message = "A hidden comment opens with <!-- and is never closed. Write --> at its end."
        findings.append(Finding("error", message, ("<!--",)))
    if CDATA_START in text:
        findings += check_sections(source, lines)
    return findings


def check_sections(source: str, lines: SourceLines) -> Iterator[Finding]:
    """Yield an error for a CDATA section of a text that its HTML does not have.

    HTML's own parser makes a comment of it (HTML Standard, 13.2.5.42), and so may Python's.
    """
    typed = mask_comments(lines.plain).count(CDATA_START)
    shown = source.count(html.escape(CDATA_START))
    if CDATA_START not in source and typed > shown:
        text = lines.masked if CDATA_START in lines.masked else lines.plain
        section = text[text.index(CDATA_START) :].partition(">")
        message = f"“{shorten(section[0] + section[1], 40)}” would be hidden from readers"
        yield Finding("error", f"{message}. {DEFAULT_INSTEAD}.", (CDATA_START,))


def check_prose(prose: str, text: str) -> list[Finding]:
    """Return what stands in the words of a text as it was typed, and was meant to become something.

    These are links that are not written as links are, and marks of other systems and of Git.
    """
    found = [(mark.place, mark.level, mark.message, mark.typed) for mark in find_marks(prose)]
    if "[" in prose:
        found += [
            (place, "warning", message, typed)
            for place, message, typed in find_mistyped_links(prose, text)
        ]
    if CONFLICT in prose and CONFLICT_END in text and (match := CONFLICT_START.search(prose)):
        found.append((match.start(), "error", IN_CONFLICT, match[0]))
    return [Finding(level, message, (typed,)) for _, level, message, typed in sorted(found)]
