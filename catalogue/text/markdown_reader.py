"""Turn the author's Markdown into the HTML that is published, and into facts: links, ids, words.

All that makes HTML comes first: Markdown, the targets of links, typography. What the sanitiser gives
back of it is published, and nothing changes that. What a body becomes is a function of its text and
its path alone. Whatever it holds, reading it ends: sizes are bounded first, and on systems with
interval timers a clock stands behind that.
"""

import re
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from types import FrameType
from unicodedata import normalize

from catalogue.problems import Problem, count_errors
from catalogue.text.html_differences import compare, find_forbidden
from catalogue.text.html_reader import Finding, Markup, read_markup
from catalogue.text.leftovers import check_leftovers
from catalogue.text.limits import check_growth, check_size
from catalogue.text.links import Link, read_links
from catalogue.text.sanitiser import (
    PAGE_IDS,
    Sanitiser,
    Targets,
    Unstable,
    place_targets,
    serialise_signs,
)
from catalogue.text.source_lines import Lines, drop_comments
from catalogue.text.typography import set_html

MOST_FINDINGS = 50
SECONDS = 4.0
SHORT = 4_000  # characters, for which the sizes alone will do
OPENING_WORDS = 45
UNSTABLE = (
    "The tags of this text stand in each other in a way that each browser reads anew. Close every tag "
    "in the paragraph in which it opens."
)
PIECE = 500  # characters of a heading whose marks are sorted together
NO_TEXT = "There is no text. Write your text below the header, with a blank line between them."


@dataclass
class Body:
    """What a body's Markdown came to."""

    html: str = ""  # as it is published; empty when there is an error among the problems
    opening: str = ""  # plain text
    words: int = 0
    ids: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
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

        from catalogue.text.emphasis import set_emphasis
        from catalogue.text.fast_markdown import shorten_ways
        from catalogue.text.references import part_references

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
        self.sanitiser = Sanitiser()
        set_emphasis(self.parser)
        part_references(self.parser)
        shorten_ways(self.parser)

    def read(self, text: str, first_line: int, path: str) -> Body:
        """Convert the body of the file `path`; `first_line` is where it begins in its file."""
        lines = text.split("\n")
        body = Body(problems=check_size(lines, first_line, path))
        if body.problems:
            return body
        if not text.strip():
            body.problems.append(Problem(path, first_line, "error", NO_TEXT))
            return body
        try:
            with time_limit(SECONDS) if len(text) > SHORT else nullcontext():
                source = self.convert(text)
                markup = read_markup(source)
        except (TooSlow, RecursionError):
            what = "The text is too tangled to be read"
            remedy = "Take out repeated signs such as [ < > * and lists within lists."
            body.problems.append(Problem(path, first_line, "error", f"{what}. {remedy}"))
            return body
        if not source.strip():
            body.problems.append(Problem(path, first_line, "error", NO_TEXT))
        body.problems += check_growth(text, source, first_line, path)
        self.judge(body, source, markup, Lines(text, first_line), path)
        body.problems += check_growth(text, body.html, first_line, path)
        if count_errors(body.problems):
            body.html = ""
        return body

    def judge(self, body: Body, source: str, markup: Markup, lines: Lines, path: str) -> None:
        """Fill in what is published of a body's HTML, its facts, and what is wrong with it."""
        findings = [*check_source(source, markup, lines), *markup.findings]
        problems: list[Problem] = []
        try:
            if not (markup.is_plain or has_error(findings)):
                source, markup, more = self.read_again(source)
                findings += more
            targets, body.links, problems = read_links(markup.references, path, lines)
            if not (has_error(findings) or count_errors(problems) or body.problems):
                body.html, more = self.publish(source, targets)
                findings += more
        except Unstable:
            findings.append(Finding("error", UNSTABLE, ("<",)))
        body.problems += locate([*findings, *check_prose(markup.prose)], lines, path)
        body.problems += problems
        body.words, body.ids = markup.words, markup.ids
        body.opening = cut_words(markup.opening or markup.prose, OPENING_WORDS)

    def read_again(self, source: str) -> tuple[str, Markup, list[Finding]]:
        """Return HTML as browsers read it, with its facts, and what is wrong if that is something else.

        Only HTML that is plainly written needs no second reading: all readers part it alike.
        """
        cleaned, is_same = self.sanitiser.sanitise(source)
        markup = read_markup(cleaned)
        findings = [*find_forbidden(source, cleaned)]
        if not (is_same or findings):
            findings = compare(source, cleaned)
        # Of the warnings, the first reading knows better: it is of what the author wrote.
        return cleaned, markup, findings or select_errors(markup)

    def publish(self, source: str, targets: Targets) -> tuple[str, list[Finding]]:
        """Return the HTML to publish: with its targets, typeset, sanitised; and what is lost by that."""
        placed = lower_headings(place_targets(source, targets))
        typeset = serialise_signs(set_html(placed))
        published, is_same = self.sanitiser.sanitise(typeset, frozenset(targets.values()))
        if is_same:
            return published, []
        return published, compare(placed, published) or select_errors(read_markup(published))

    def convert(self, text: str) -> str:
        """Convert Markdown to HTML, without its hidden comments."""
        self.parser.reset()
        return drop_comments(self.parser.convert(text))


def lower_headings(source: str) -> str:
    """Return HTML with no heading above the second level, which is the title's."""
    if "<h1" not in source:
        return source
    return re.sub(r"<(/?)h([1-5])\b", lambda match: f"<{match[1]}h{int(match[2]) + 1}", source)


def select_errors(markup: Markup) -> list[Finding]:
    """Return those findings that are errors."""
    return [finding for finding in markup.findings if finding.level == "error"]


def has_error(findings: Sequence[Finding]) -> bool:
    """Return whether one of the findings is an error."""
    return any(finding.level == "error" for finding in findings)


def format_id(slugify: Callable[[str, str], str], words: str, separator: str) -> str:
    """Make the id of a heading of its words; one that the page itself has is changed."""
    # The same piece by piece: to sort all marks on one letter takes their number times itself.
    if not words.isascii():
        pieces = (words[start : start + PIECE] for start in range(0, len(words), PIECE))
        plain = "".join(normalize("NFKD", piece) for piece in pieces)
        words = plain.encode("ascii", "ignore").decode()
    name = slugify(words, separator)
    return f"my{separator}{name}" if PAGE_IDS.fullmatch(name) else name


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TooSlow` when the block takes longer; without interval timers, only the sizes protect."""
    on_main = threading.current_thread() is threading.main_thread()
    if not hasattr(signal, "setitimer") or not on_main:
        yield
        return

    running = [True]

    def stop(_number: int, _frame: FrameType | None) -> None:
        if running:
            raise TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    # It strikes again and again: the first stroke may fall where Python lets no error through.
    signal.setitimer(signal.ITIMER_REAL, seconds, seconds / 4)
    try:
        yield
    finally:
        try:
            running.clear()  # a stroke from here on does nothing
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


def check_source(source: str, markup: Markup, lines: Lines) -> list[Finding]:
    """Find a hidden comment that is never closed, and what else Markdown left over of the text."""
    findings = check_leftovers(source, lines)
    is_shown = "<!--" in markup.prose and re.search(r"(?<!\\)<!--", lines.masked)
    if "<!--" in source or is_shown:  # it would be shown, or hide all that follows
        text = "A hidden comment opens with <!-- and is never closed. Write --> at its end."
        findings.append(Finding("error", text, ("<!--",)))
    return findings


def check_prose(prose: str) -> list[Finding]:
    """Find Markdown that did not become a link: it stands in the text as it was typed."""
    findings: list[Finding] = []
    if "]" not in prose:
        return findings
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


def cut_words(text: str, most: int) -> str:
    """Cut plain text after a number of words, with a sign that more follows."""
    words = text.split()
    return " ".join(words) if len(words) <= most else " ".join(words[:most]).rstrip(",;:–—-") + " …"
