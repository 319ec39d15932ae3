"""Turn the author's Markdown into HTML and into facts: links, ids, words, the opening lines.

What a body becomes is a function of its text alone. Whatever it holds, reading it ends: sizes are
bounded first, and on systems with interval timers a clock stands behind that.
"""

import html
import re
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from plugins.markup import Finding, Markup, fold_url, read_markup
from plugins.problems import Problem

LONGEST_RUN = 200
MOST_BRACKETS = 400
MOST_NOTES = 300
MOST_FENCES = 400
MOST_ANGLES = 600
DEEPEST = 20
SECONDS = 4.0
OPENING_WORDS = 45


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
        from markdown.extensions.toc import TocExtension

        self.parser = markdown.Markdown(
            extensions=[
                "abbr",
                "def_list",
                "fenced_code",
                "footnotes",
                "sane_lists",
                TableExtension(use_align_attribute=True),
                TocExtension(marker=""),
            ],
            output_format="html",
        )

    def read(self, text: str, first_line: int, path: str) -> Body:
        """Convert a body; `first_line` is where it begins in its file.

        With an error among the problems the HTML is not to be shown.
        """
        lines = text.split("\n")
        body = Body(problems=check_size(lines, first_line, path))
        if body.problems:
            return body
        if not text.strip():
            remedy = "Write your text below the header, with a blank line between them."
            body.problems.append(Problem(path, first_line, "error", f"There is no text. {remedy}"))
            return body
        try:
            with time_limit(SECONDS):
                body.html = self.convert(text)
                body.markup = read_markup(body.html)
        except (TooSlow, RecursionError):
            what = "The text is too tangled to be read"
            remedy = "Take out repeated signs such as [ < > * and lists within lists."
            body.problems.append(Problem(path, first_line, "error", f"{what}. {remedy}"))
            return body
        body.problems += locate(
            [
                *check_comments(body.html, body.markup.prose),
                *body.markup.findings,
                *check_prose(body.markup.prose),
            ],
            lines,
            first_line,
            path,
        )
        body.words = body.markup.words
        body.opening = cut_words(body.markup.opening or body.markup.prose, OPENING_WORDS)
        return body

    def convert(self, text: str) -> str:
        """Convert Markdown to HTML: without comments, and with no heading above the second level."""
        self.parser.reset()
        source = re.sub(r"<!--.*?-->", "", self.parser.convert(text), flags=re.DOTALL)
        if re.search(r"<h1\b", source):
            source = re.sub(
                r"<(/?)h([1-5])\b", lambda match: f"<{match[1]}h{int(match[2]) + 1}", source
            )
        return source


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
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def check_size(lines: Sequence[str], first_line: int, path: str) -> list[Problem]:
    """Refuse what no person types and what would keep the parser busy for minutes."""
    problems = []

    def refuse(number: int, seen: str, remedy: str) -> None:
        problems.append(Problem(path, first_line + number, "error", f"{seen}. {remedy}"))

    run = re.compile(rf"([^\w\s])\1{{{LONGEST_RUN}}}")
    brackets = angles = notes = fences = 0
    for number, line in enumerate(lines):
        if match := run.search(line):
            seen = f"The sign {match[1]} stands there more than {LONGEST_RUN} times in a row"
            refuse(number, seen, "Take some away.")
            break
        if not line.strip():
            brackets = angles = 0
        brackets += line.count("[")
        angles += line.count("<")
        notes += line.count("[^")
        fences += line.lstrip().startswith(("```", "~~~"))
        indent = len(line) - len(line.lstrip(" "))
        depth = max(len(re.match(r"[>\s]*", line)[0].replace(" ", "")), indent // 4)  # type: ignore[index]
        depth = max(depth, len(re.findall(r"[-+*]\s", re.match(r"(?:\s*[-+*]\s)*", line)[0])))  # type: ignore[index]
        limits = (
            (brackets, MOST_BRACKETS, "brackets [ in one paragraph", "Break the paragraph up."),
            (angles, MOST_ANGLES, "signs < in one paragraph", "Break the paragraph up."),
            (notes, MOST_NOTES, "footnote signs [^ in one text", "Split the text into two."),
            (fences, MOST_FENCES, "lines of ``` in one text", "Split the text into two."),
            (depth, DEEPEST, "levels of lists or quotations", "Take some levels away."),
            (len(re.findall(r"\s{200}", line)), 0, "long runs of blanks", "Take them out."),
        )
        for count, limit, what, remedy in limits:
            if count > limit:
                refuse(number, f"There are more than {limit} {what}", remedy)
                return problems
    return problems


def check_comments(source: str, prose: str) -> list[Finding]:
    """Find a hidden comment that is never closed: it would be shown, or hide all that follows."""
    if "<!--" not in source and "<!--" not in prose:
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
        name = match[2] or match[1]
        text = f"The link [{name}] has no address. Add a line at the end: [{name}]: https://…"
        findings.append(Finding("warning", text, (match[0],)))
    return findings


def locate(
    findings: Sequence[Finding], lines: Sequence[str], first_line: int, path: str
) -> list[Problem]:
    """Give each finding its line: the first that holds its words and was not given for the same."""
    problems: list[Problem] = []
    used: set[tuple[str, int]] = set()
    for finding in findings:
        number = find_line(lines, finding.needles, {n for text, n in used if text == finding.text})
        used.add((finding.text, number))
        problems.append(Problem(path, first_line + number, finding.level, finding.text))
    return problems


def find_line(lines: Sequence[str], needles: Sequence[str], taken: set[int] | None = None) -> int:
    """Find the line (from 0) that holds all the words: whole, else in part, else as browsers read it."""
    wanted = [needle for needle in needles if needle]
    whole = re.compile("|".join(rf"(?<![\w/.-]){re.escape(needle)}(?![\w-])" for needle in wanted))
    tests: tuple[Callable[[str], bool], ...] = (
        lambda line: len(set(whole.findall(line))) == len(set(wanted)),
        lambda line: all(needle in line for needle in wanted),
        lambda line: all(fold_source(needle) in fold_source(line) for needle in wanted),
    )
    for test in tests if wanted else ():
        if hits := [number for number, line in enumerate(lines) if test(line)]:
            return next((number for number in hits if number not in (taken or ())), hits[-1])
    return next((number for number, line in enumerate(lines) if line.strip()), 0)


def fold_source(text: str) -> str:
    """Reduce a line of source to what a browser acts on."""
    return fold_url(html.unescape(text))


def focus_tables(source: str) -> str:
    """Let the keyboard reach each table: a wide one scrolls inside itself (WCAG 2.1.1)."""
    return re.sub(r"<table(?![^>]*tabindex)", '<table tabindex="0"', source)


def cut_words(text: str, most: int) -> str:
    """Cut plain text after a number of words, with a sign that more follows."""
    words = text.split()
    return " ".join(words) if len(words) <= most else " ".join(words[:most]).rstrip(",;:–—-") + " …"
