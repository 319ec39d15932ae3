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

from plugins.differences import compare
from plugins.lines import Lines, drop_comments
from plugins.links import Link, read_links
from plugins.markup import Finding, Markup, read_markup
from plugins.problems import Problem, count_errors
from plugins.sanitiser import PAGE_IDS, Sanitiser, Targets, Unstable, place_targets
from plugins.typography import set_html

LONGEST_RUN = 200
LONGEST_SEARCH = 5_000_000  # characters the parser looks through for the ends of tags
DEEPEST = 20
STEPS = "> \t-+*"  # what a line begins with that stands deep in lists and quotations
HEADING = re.compile(r"#|=+\s*$|-+\s*$")
ITEM = re.compile(r"[\s>]*(?:[-+*]|[0-9]{1,9}\.)\s")
MOST_FINDINGS = 50
SECONDS = 4.0
SHORT = 4_000  # characters, for which the sizes alone will do
OPENING_WORDS = 45
UNSTABLE = (
    "The tags of this text stand in each other in a way that each browser reads anew. Close every tag "
    "in the paragraph in which it opens."
)
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
        self.sanitiser = Sanitiser()
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
        sources = Lines(text, first_line)
        findings = [*check_comments(source, markup, sources), *markup.findings]
        try:
            if not (markup.is_plain or has_error(findings)):
                source, markup, more = self.read_again(source)
                findings += more
            targets, body.links, problems = read_links(markup.references, path, sources)
            if not (has_error(findings) or count_errors(problems) or body.problems):
                body.html, more = self.publish(source, targets)
                findings += more
        except Unstable:
            findings.append(Finding("error", UNSTABLE, ("<",)))
        body.problems += locate([*findings, *check_prose(markup.prose)], sources, path)
        body.problems += problems
        if count_errors(body.problems):
            body.html = ""
        body.words, body.ids = markup.words, markup.ids
        body.opening = cut_words(markup.opening or markup.prose, OPENING_WORDS)
        return body

    def read_again(self, source: str) -> tuple[str, Markup, list[Finding]]:
        """Return HTML as browsers read it, with its facts, and what is wrong if that is something else.

        Only HTML that is plainly written needs no second reading: all readers part it alike.
        """
        cleaned, is_same = self.sanitiser.sanitise(source)
        markup = read_markup(cleaned)
        findings = [] if is_same else compare(source, cleaned)
        # Of the warnings, the first reading knows better: it is of what the author wrote.
        return cleaned, markup, findings or [f for f in markup.findings if f.level == "error"]

    def publish(self, source: str, targets: Targets) -> tuple[str, list[Finding]]:
        """Return the HTML to publish: with its targets, typeset, sanitised; and what is lost by that."""
        placed = place_targets(source, targets)
        published, is_same = self.sanitiser.sanitise(set_html(placed), targets.values())
        return published, [] if is_same else compare(placed, published)

    def convert(self, text: str) -> str:
        """Convert Markdown to HTML: without comments, and with no heading above the second level."""
        self.parser.reset()
        source = drop_comments(self.parser.convert(text))
        if "<h1" in source:
            source = re.sub(
                r"<(/?)h([1-5])\b", lambda match: f"<{match[1]}h{int(match[2]) + 1}", source
            )
        return source


def has_error(findings: Sequence[Finding]) -> bool:
    """Return whether one of the findings is an error."""
    return any(finding.level == "error" for finding in findings)


def format_id(slugify: Callable[[str, str], str], words: str, separator: str) -> str:
    """Make the id of a heading of its words; one that the page itself has is changed."""
    name = slugify(words, separator)
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


@dataclass
class Sizes:
    """Count, line by line, what keeps the parser busy: far more of it than a person types is refused.

    Each limit was measured: a text that keeps all of them is converted within seconds.
    """

    blocks: int = 0
    headings: int = 0
    items: int = 0
    short_forms: int = 0
    tags: int = 0
    targets: int = 0
    ticks: int = 0
    notes: int = 0
    fences: int = 0
    signs: int = 0
    depth: int = 0
    open_brackets: int = 0  # `[` that wait for their `]`, in all paragraphs
    open_links: int = 0  # `](` that wait for their `)`
    brackets: int = 0  # of this paragraph
    links: int = 0
    angles: int = 0
    was_blank: bool = True

    def add(self, line: str) -> None:
        """Count one line."""
        is_blank = not line.strip()
        if is_blank:
            self.brackets = self.links = self.angles = 0
        self.blocks += self.was_blank and not is_blank
        self.was_blank = is_blank
        self.count_open(line)
        self.headings += HEADING.match(line) is not None
        self.items += ITEM.match(line) is not None
        self.short_forms += line.lstrip().startswith("*[")
        self.tags += line.count("<")
        self.targets += line.count("[")
        self.angles += line.count("<")
        self.ticks += line.count("`")
        self.notes += line.count("[^")
        self.signs += sum(map(line.count, "*_&~|\\"))
        self.fences += line.lstrip().startswith(("```", "~~~"))
        self.depth = measure_depth(line)

    def count_open(self, line: str) -> None:
        """Count brackets that stay open; a few at a time are in every text."""
        if "[" in line:
            self.brackets += line.count("[")
            self.open_brackets += max(0, self.brackets - line.count("]") - 3)
        self.brackets = max(0, self.brackets - line.count("]"))
        if "](" in line:
            self.links += line.count("](")
            self.open_links += max(0, self.links - line.count(")") - 3)
        self.links = max(0, self.links - line.count(")"))

    def find_excess(self) -> str:
        """Say what there is too much of, and what to do; empty when all is well."""
        split, close = "Split the text into two.", "Close them, or put a backslash before each."
        limits = (
            (self.open_brackets, 400, "brackets [ without their ]", close),
            (self.open_links, 400, "links ]( without their )", close),
            (self.angles, 2_000, "signs < in one paragraph", "Break the paragraph up."),
            (self.notes, 600, "footnote signs [^ in one text", split),
            (self.fences, 400, "lines of ``` in one text", split),
            (self.headings, 2_000, "headings in one text", split),
            (self.short_forms, 200, "lines that explain an abbreviation", split),
            (self.tags, 12_000, "signs < in one text", split),
            (self.targets, 6_000, "brackets [ in one text", split),
            (self.items, 6_000, "lines of lists in one text", split),
            (self.ticks, 6_000, "signs ` in one text", split),
            (self.signs, 20_000, "signs such as * _ & | in one text", split),
            (self.blocks, 8_000, "paragraphs in one text", split),
            (self.depth, DEEPEST, "levels of lists or quotations", "Take some levels away."),
        )
        return next(
            (
                f"There are more than {most:,} {what}. {remedy}"
                for count, most, what, remedy in limits
                if count > most
            ),
            "",
        )


def measure_depth(line: str) -> int:
    """Count how deep a line stands in lists and quotations."""
    start = line[: len(line) - len(line.lstrip(STEPS))]
    indent = len(line) - len(line.lstrip(" "))
    items = len(re.findall(r"[-+*](?=\s)", start))
    return max(start.count(">"), start.count("\t"), indent // 4, items)


def check_size(lines: Sequence[str], first_line: int, path: str) -> list[Problem]:
    """Refuse what no person types and what would keep the parser busy for minutes."""
    text = "\n".join(lines)
    problems = [] if is_modest(text, lines) else check_lines(lines, first_line, path)
    return problems or check_tags(text, first_line, path)


def check_lines(lines: Sequence[str], first_line: int, path: str) -> list[Problem]:
    """Count line by line, and name the line in which it gets too much."""
    run = re.compile(rf"([^\w\s])\1{{{LONGEST_RUN}}}")
    sizes = Sizes()
    for number, line in enumerate(lines, first_line):
        sizes.add(line)
        text = sizes.find_excess()
        if match := run.search(line):
            seen = f"The sign {match[1]} stands there more than {LONGEST_RUN} times in a row"
            text = f"{seen}. Take some away."
        elif re.search(rf"\s{{{LONGEST_RUN}}}", line.rstrip()):
            text = f"There are {LONGEST_RUN} blanks in a row. Take them out."
        if text:
            return [Problem(path, number, "error", text)]
    return []


def is_modest(text: str, lines: Sequence[str]) -> bool:
    """Tell of a text as a whole that its lines, counted one by one, reach none of the limits.

    Every count here is at least the one that it stands for; most texts have far less of everything.
    """
    brackets = text.count("[")  # also those of notes and short forms
    return (
        # Each line adds less than all brackets there are, and nothing if it closes what it opens.
        (brackets <= 20 or all(line.count("[") <= line.count("]") for line in lines))
        and (text.count("]") <= 20 or all(line.count("](") <= line.count(")") for line in lines))
        and (brackets <= 200 or (text.count("[^") <= 600 and text.count("*[") <= 200))
        and brackets <= 6_000
        and len(lines) <= 2_000  # headings, items, paragraphs
        and text.count("<") <= 2_000  # also those of one paragraph
        and text.count("`") + text.count("~") <= 1_200  # a fence takes three
        and sum(map(text.count, "*_&~|\\")) <= 20_000
        # A depth takes a sign for each level at the beginning of its line.
        and not any(len(line) > DEEPEST and not line[: DEEPEST + 1].strip(STEPS) for line in lines)
        and not has_run(text)
    )


def has_run(text: str) -> bool:
    """Tell whether some sign or blanks may stand in a row: each such row fills one of these pieces.

    Of few pieces do even the first two signs look so.
    """
    size = LONGEST_RUN // 2
    return any(
        (piece := text[number * size : (number + 1) * size]).isspace()
        or piece == piece[0] * len(piece)
        for number, (sign, other) in enumerate(zip(text[::size], text[1::size], strict=False))
        if sign == other or (sign.isspace() and other.isspace())
    )


def check_tags(text: str, first_line: int, path: str) -> list[Problem]:
    """Refuse many tags that are not closed: the end of each is looked for in all that follows."""
    if text.count("<") * len(text) <= LONGEST_SEARCH:
        return []
    total = 0
    for match in re.finditer(r"<[a-zA-Z/!?]", text):
        end = text.find(">", match.end())
        total += (end if end >= 0 else len(text)) - match.start()
        if total > LONGEST_SEARCH:
            number = text.count("\n", 0, match.start()) + first_line
            seen = "Many tags open with < and are not closed"
            return [
                Problem(path, number, "error", f"{seen}. Write > at their ends, or &lt; for <.")
            ]
    return []


def check_comments(source: str, markup: Markup, lines: Lines) -> list[Finding]:
    """Find a hidden comment that is never closed: it would be shown, or hide all that follows."""
    is_shown = "<!--" in markup.prose and re.search(r"(?<!\\)<!--", lines.masked)
    if "<!--" not in source and not is_shown:
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


def cut_words(text: str, most: int) -> str:
    """Cut plain text after a number of words, with a sign that more follows."""
    words = text.split()
    return " ".join(words) if len(words) <= most else " ".join(words[:most]).rstrip(",;:–—-") + " …"
