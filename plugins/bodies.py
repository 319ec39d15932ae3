"""Turn the author's Markdown into HTML and into facts: links, ids, words, the opening lines.

What a body becomes is a function of its text alone. Whatever it holds, reading it ends: sizes are
bounded first, and on systems with interval timers a clock stands behind that.
"""

import re
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from types import FrameType
from unicodedata import normalize

from plugins.limits import check_size
from plugins.lines import Lines, drop_comments
from plugins.markup import PAGE_IDS, Finding, Markup, format_tags, read_markup
from plugins.problems import Problem

MOST_FINDINGS = 50
SECONDS = 4.0
OPENING_WORDS = 45
PIECE = 500  # characters of a heading whose marks are sorted together
NO_TEXT = "There is no text. Write your text below the header, with a blank line between them."


@dataclass
class Body:
    """Hold what a body's Markdown came to."""

    html: str = ""
    opening: str = ""  # plain text
    words: int = 0
    markup: Markup = field(default_factory=Markup)
    problems: list[Problem] = field(default_factory=list)


class TooSlow(Exception):
    """Stop a conversion that takes longer than any person's text does."""


class BodyReader:
    """Convert bodies with one Markdown parser, which is costly to build."""

    def __init__(self) -> None:
        """Build the parser with the extensions that a librarian's posts use."""
        # Loaded when there is something to read: a warm run has nothing.
        import markdown
        from markdown.extensions.tables import TableExtension
        from markdown.extensions.toc import TocExtension, slugify

        from plugins.shortcuts import shorten_ways

        self.parser = markdown.Markdown(
            extensions=[
                "abbr",
                "def_list",
                "fenced_code",
                "footnotes",
                "sane_lists",
                TableExtension(use_align_attribute=True),
                TocExtension(marker="", slugify=partial(format_id, slugify)),
            ],
            output_format="html",
        )
        # As everywhere else where Markdown is written (CommonMark 0.31, 2.4): \< is a plain sign.
        self.parser.ESCAPED_CHARS.append("<")
        shorten_ways(self.parser)

    def read(self, text: str, first_line: int, path: str) -> Body:
        """Convert a body; `first_line` is where it begins in its file.

        With an error among the problems the HTML is not to be shown.
        """
        lines = text.split("\n")
        body = Body(problems=check_size(lines, first_line, path))
        if body.problems:
            return body
        if not text.strip():
            body.problems.append(Problem(path, first_line, "error", NO_TEXT))
            return body
        try:
            with time_limit(SECONDS):
                body.html = self.convert(text)
                body.markup = read_markup(body.html)
                if body.markup.odd:
                    body.html = format_tags(body.html, body.markup.odd)
                    body.markup = read_markup(body.html)
        except (TooSlow, RecursionError):
            what = "The text is too tangled to be read"
            remedy = "Take out repeated signs such as [ < > * and lists within lists."
            body.problems.append(Problem(path, first_line, "error", f"{what}. {remedy}"))
            return body
        if not body.html.strip():
            body.problems.append(Problem(path, first_line, "error", NO_TEXT))
        sources = Lines(text, first_line)
        findings = [*check_comments(body, sources), *body.markup.findings]
        body.problems += locate([*findings, *check_prose(body.markup.prose)], sources, path)
        body.words = body.markup.words
        body.opening = cut_words(body.markup.opening or body.markup.prose, OPENING_WORDS)
        return body

    def convert(self, text: str) -> str:
        """Convert Markdown to HTML: without comments, and with no heading above the second level."""
        self.parser.reset()
        source = drop_comments(self.parser.convert(text))
        if re.search(r"<h1\b", source):
            source = re.sub(
                r"<(/?)h([1-5])\b", lambda match: f"<{match[1]}h{int(match[2]) + 1}", source
            )
        return source


def format_id(slugify: Callable[[str, str], str], words: str, separator: str) -> str:
    """Make the id of a heading of its words; one that the page itself has is changed."""
    # The same piece by piece: to sort all marks on one letter takes their number times itself.
    pieces = (words[start : start + PIECE] for start in range(0, len(words), PIECE))
    plain = "".join(normalize("NFKD", piece) for piece in pieces).encode("ascii", "ignore").decode()
    name = slugify(plain, separator)
    return f"my{separator}{name}" if PAGE_IDS.fullmatch(name) else name


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TooSlow` when the block takes longer; without interval timers, only the sizes protect."""
    on_main = threading.current_thread() is threading.main_thread()
    if not hasattr(signal, "setitimer") or not on_main:
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    # It strikes again and again: the first stroke may fall where Python lets no error through.
    signal.setitimer(signal.ITIMER_REAL, seconds, seconds / 4)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def check_comments(body: Body, lines: Lines) -> list[Finding]:
    """Find a hidden comment that is never closed: it would be shown, or hide all that follows."""
    is_shown = "<!--" in body.markup.prose and re.search(r"(?<!\\)<!--", lines.masked)
    if "<!--" not in body.html and not is_shown:
        return []
    text = "A hidden comment opens with <!-- and is never closed. Write --> at its end."
    return [Finding("error", text, ("<!--",))]


def check_prose(prose: str) -> list[Finding]:
    """Find Markdown that did not become a link: it stands in the text as it was typed."""
    findings = []
    for match in re.finditer(r"\]\((\S{1,60})", prose):
        text = f"A link to {match[1]} has no end. Write ) after its address."
        findings.append(Finding("warning", text, (match[0],)))
    for match in re.finditer(r"\[([^\[\]]{1,60})\]\[([^\[\]]{0,60})\]", prose):
        name = " ".join((match[2].strip() or match[1]).split())
        text = f"The link [{name}] has no address. Add a line at the end: [{name}]: https://…"
        findings.append(Finding("warning", text, (match[0],)))
    return findings


def locate(findings: Sequence[Finding], lines: Lines, path: str) -> list[Problem]:
    """Give each finding its line; of many findings of one file the first will do."""
    problems: list[Problem] = []
    given: Counter[Finding] = Counter()
    for finding in findings[:MOST_FINDINGS]:
        if finding.unpaired:
            nth = sum(other.unpaired == finding.unpaired for other in given)
            number = lines.find_unpaired(finding.unpaired, nth, finding.skip)
        else:
            number = lines.find(*finding.needles, nth=finding.skip + given[finding])
        given[finding] += 1
        problems.append(Problem(path, number, finding.level, finding.text))
    if more := len(findings) - MOST_FINDINGS:
        level = "error" if any(f.level == "error" for f in findings[MOST_FINDINGS:]) else "warning"
        text = f"There are {more:,} more findings after this one. Mend these first."
        if more > 0:
            problems.append(Problem(path, problems[-1].line, level, text))
    return problems


def focus_tables(source: str) -> str:
    """Let the keyboard reach each table: a wide one scrolls inside itself (WCAG 2.1.1)."""
    return re.sub(r"<table(?![^>]*tabindex)", '<table tabindex="0"', source)


def cut_words(text: str, most: int) -> str:
    """Cut plain text after a number of words, with a sign that more follows."""
    words = text.split()
    return " ".join(words) if len(words) <= most else " ".join(words[:most]).rstrip(",;:–—-") + " …"
