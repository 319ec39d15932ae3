"""Refuse a text that no person types: one that would keep the parser busy, or swell the page.

Each limit was measured. A text that keeps all of them is converted within seconds, and what comes out
of it is in proportion to what went in.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from catalogue.problems import Problem, shorten

LONGEST_RUN = 200
LONGEST_SEARCH = 5_000_000  # characters the parser looks through for the ends of tags
LONGEST_SHORT_FORM = 1_000  # of an abbreviation; a longer one can be written out often without harm
# The HTML of a text may have so many characters for each of the text's own, and so many besides:
# ordinary text has less than two for one, and what is made of signs alone at most fifteen.
MOST_GROWN, FREE = 20, 100_000
DEEPEST_NESTING = 20
STEPS = "> \t-+*"  # what a line begins with that stands deep in lists and quotations
RULE = "|:- \t>+*"  # what the line below the head of a table is made of
HEADING = re.compile(r"#|=+\s*$|-+\s*$")
LIST_ITEM = re.compile(r"[\s>]*(?:[-+*]|[0-9]{1,9}\.)\s")
# A line that begins no heading, list or quotation and has no sign that is counted.
ORDINARY_LINE = re.compile(rf"(?![\s0-9>#=+-])[^\[<`*_&~|\\]{{1,{LONGEST_RUN}}}")
SPLIT_TEXT = "Split the text into two."
CLOSE_OR_ESCAPE = "Close them, or put a backslash before each."
# A count of `Sizes`, the most there may be of it, what it counts, and the remedy.
LIMITS = (
    ("open_brackets", 400, "brackets [ without their ]", CLOSE_OR_ESCAPE),
    ("open_links", 400, "links ]( without their )", CLOSE_OR_ESCAPE),
    ("angles", 2_000, "signs < in one paragraph", "Break the paragraph up."),
    ("notes", 600, "footnote signs [^ in one text", SPLIT_TEXT),
    ("fences", 400, "lines of ``` in one text", SPLIT_TEXT),
    ("headings", 2_000, "headings in one text", SPLIT_TEXT),
    ("short_forms", 200, "lines that explain an abbreviation", SPLIT_TEXT),
    ("tags", 12_000, "signs < in one text", SPLIT_TEXT),
    ("targets", 6_000, "brackets [ in one text", SPLIT_TEXT),
    ("items", 6_000, "lines of lists in one text", SPLIT_TEXT),
    ("ticks", 6_000, "signs ` in one text", SPLIT_TEXT),
    ("signs", 20_000, "signs such as * _ & | in one text", SPLIT_TEXT),
    ("cells", 20_000, "cells in the tables of one text", SPLIT_TEXT),
    ("blocks", 8_000, "paragraphs in one text", SPLIT_TEXT),
    ("blanks", 100_000, "blank lines in one text", "Take some away."),
    ("depth", DEEPEST_NESTING, "levels of lists or quotations", "Take some levels away."),
)
LABEL = re.compile(r"\[([^\[\]]*)\]")
# What Markdown may take for `[name]: address "title"` and for `*[name]: words`, and more: what follows
# is only looked at, for it may be such a definition itself. A footnote is none.
DEFINITION = re.compile(
    r"""\[((?!\^)[^\[\]]*)\]:(?=[\s>]*+(\S++)(?:[^\S\n]*+(?:\n[\s>]*+)?+(["'(].*+))?+)"""
)
SHORT_FORM = re.compile(rf"\*\[(?=([^\\]{{1,{LONGEST_SHORT_FORM}}}?)\] ?:[\s>]*+(.*+))")


@dataclass(repr=False, eq=False)  # nobody asks for these, and to make them takes time at each start
class Definition:
    """The meaning of a name in a text, the line that defines it, and how often it is written out at most."""

    name: str
    start: int
    words: str
    uses: int

    @property
    def length(self) -> int:
        """Return the number of characters that the name stands for."""
        return len(self.words)

    @property
    def size(self) -> int:
        """Return the number of characters that the uses take as HTML."""
        return self.uses * len(html.escape(self.words))


@dataclass(repr=False, eq=False)
class Sizes:
    """The counts of what keeps the parser busy: far more of it than a person types is refused."""

    blocks: int = 0
    blanks: int = 0
    headings: int = 0
    items: int = 0
    short_forms: int = 0
    tags: int = 0
    targets: int = 0
    ticks: int = 0
    notes: int = 0
    fences: int = 0
    signs: int = 0
    cells: int = 0
    depth: int = 0
    open_brackets: int = 0  # `[` that wait for their `]`, in all paragraphs
    open_links: int = 0  # `](` that wait for their `)`
    brackets: int = 0  # of this paragraph
    links: int = 0
    angles: int = 0
    columns: int = 0  # of the table that this paragraph may be
    was_blank: bool = True

    def add(self, line: str) -> None:
        """Add the counts of one line."""
        if not line or line.isspace():
            self.blanks += 1
            self.brackets = self.links = self.angles = self.columns = 0
            self.was_blank = True
            return
        self.blocks += self.was_blank
        self.was_blank = False
        self.cells += self.columns
        if self.brackets or self.links or not ORDINARY_LINE.fullmatch(line):
            self.count_open(line)
            self.count_signs(line)
            self.depth = measure_depth(line)
        else:
            self.depth = 0

    def count_open(self, line: str) -> None:
        """Add the brackets that stay open; a few at a time are in every text."""
        if "[" in line:
            self.brackets += line.count("[")
            self.open_brackets += max(0, self.brackets - line.count("]") - 3)
        self.brackets = max(0, self.brackets - line.count("]"))
        if "](" in line:
            self.links += line.count("](")
            self.open_links += max(0, self.links - line.count(")") - 3)
        self.links = max(0, self.links - line.count(")"))

    def count_signs(self, line: str) -> None:
        """Add what begins with a sign, and the signs themselves."""
        start = line.lstrip()
        self.headings += HEADING.match(line) is not None
        self.items += LIST_ITEM.match(line) is not None
        self.short_forms += "*[" in line and holds_short_form(line)
        self.tags += line.count("<")
        self.targets += line.count("[")
        self.angles += line.count("<")
        self.ticks += line.count("`")
        self.notes += line.count("[^")
        self.signs += sum(map(line.count, "*_&~|\\"))
        self.fences += start.startswith(("```", "~~~"))
        self.columns = max(self.columns, count_columns(line))

    def find_excess(self) -> str:
        """Return what there is too much of, and what to do; empty when all is well."""
        counts = vars(self)
        for name, most, what, remedy in LIMITS:  # a plain loop: it is run for each line
            if counts[name] > most:
                return f"There are more than {most:,} {what}. {remedy}"
        return ""


def holds_short_form(line: str) -> bool:
    """Return whether a line explains an abbreviation, `*[ALA]: …`, or may begin to."""
    return line.lstrip("> \t").startswith("*[") or SHORT_FORM.search(line) is not None


def count_columns(line: str) -> int:
    """Return the columns of the table that a line divides from its head; 0 if it can be no such line.

    Each row below it has so many cells, whatever is written in it.
    """
    return 0 if "|" not in line or line.strip(RULE) else line.count("|") + 1


def measure_depth(line: str) -> int:
    """Return how deep a line stands in lists and quotations."""
    start = line[: len(line) - len(line.lstrip(STEPS))]
    indent = len(line) - len(line.lstrip(" "))
    items = len(re.findall(r"[-+*](?=\s)", start))
    return max(start.count(">"), start.count("\t"), indent // 4, items)


def check_text_size(lines: Sequence[str], first_line: int, path: str) -> list[Problem]:
    """Return an error for what would keep the parser busy for minutes, or fill the disk."""
    text = "\n".join(lines)
    problems = [] if is_modest(text, lines) else check_lines(lines, first_line, path)
    problems = problems or check_open_tags(text, first_line, path)
    return problems or check_definitions(text, first_line, path)


def check_lines(lines: Sequence[str], first_line: int, path: str) -> list[Problem]:
    """Return an error for the line in which, counted line by line, it gets too much."""
    run = re.compile(rf"([^\w\s])\1{{{LONGEST_RUN}}}")
    sizes = Sizes()
    for number, line in enumerate(lines, first_line):
        sizes.add(line)
        text = sizes.find_excess()
        if len(line) < LONGEST_RUN:
            pass
        elif match := run.search(line):
            seen = f"The sign {match[1]} stands there more than {LONGEST_RUN} times in a row"
            text = f"{seen}. Take some away."
        elif re.search(rf"\s{{{LONGEST_RUN}}}", line.rstrip()):
            text = f"There are {LONGEST_RUN} blanks in a row. Take them out."
        if text:
            return [Problem(path, number, "error", text)]
    return []


def is_modest(text: str, lines: Sequence[str]) -> bool:
    """Return whether no limit can be reached by the lines of a text, counted one by one.

    Every count here is at least the one that it stands for; most texts have far less of everything.
    """
    brackets = count(text, "[")  # also those of notes and short forms
    return (
        # Each line adds less than all brackets there are, and nothing if it closes what it opens.
        (brackets <= 20 or all(line.count("[") <= line.count("]") for line in lines))
        and (count(text, "]") <= 20 or all(line.count("](") <= line.count(")") for line in lines))
        and (brackets <= 200 or (text.count("[^") <= 600 and text.count("*[") <= 200))
        and brackets <= 6_000
        and len(lines) <= 2_000  # headings, items, paragraphs, blank lines
        and ("|" not in text or max(map(count_columns, lines)) * len(lines) <= 20_000)
        and count(text, "<") <= 2_000  # also those of one paragraph
        and count(text, "`") + count(text, "~") <= 1_200  # a fence takes three
        and sum(count(text, sign) for sign in "*_&~|\\") <= 20_000
        # A depth takes a sign for each level at the beginning of its line.
        and not any(
            len(line) > DEEPEST_NESTING and not line[: DEEPEST_NESTING + 1].strip(STEPS)
            for line in lines
        )
        and not has_run(text)
    )


def count(text: str, sign: str) -> int:
    """Return how often a sign stands in a text; to see that it does not takes far less than to count."""
    return text.count(sign) if sign in text else 0


def has_run(text: str) -> bool:
    """Return whether some sign or blanks may stand in a row: each such row fills one of these pieces.

    Of few pieces do even the first two signs look so.
    """
    size = LONGEST_RUN // 2
    return any(
        (piece := text[number * size : (number + 1) * size]).isspace()
        or piece == piece[0] * len(piece)
        for number, (sign, other) in enumerate(zip(text[::size], text[1::size], strict=False))
        if sign == other or (sign.isspace() and other.isspace())
    )


def check_open_tags(text: str, first_line: int, path: str) -> list[Problem]:
    """Return an error for many tags without an end, which is looked for in all that follows."""
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


def check_definitions(text: str, first_line: int, path: str) -> list[Problem]:
    """Return an error for a definition that is long and used often: each use writes it once more."""
    if "]:" not in text and "] :" not in text:
        return []
    found = [*measure_references(text), *measure_short_forms(text)]
    if sum(definition.size for definition in found) <= measure_room(text):
        return []
    worst = max(found, key=attrgetter("size"))
    seen = f"{worst.name} stands for {worst.length:,} characters and is used {worst.uses:,} times"
    remedy = "Shorten what it stands for."
    number = text.count("\n", 0, worst.start) + first_line
    return [Problem(path, number, "error", f"{seen}, too much for one page. {remedy}")]


def measure_references(text: str) -> Iterator[Definition]:
    """Return each address that has a name; of two of one name the longer."""
    uses = Counter(fold_label(name) for name in LABEL.findall(text))
    longest: dict[str, Definition] = {}
    for match in DEFINITION.finditer(text):
        label, words = fold_label(match[1]), match[2] + (match[3] or "")
        known = longest.get(label)
        if known is None or known.length < len(words):
            name = f"[{shorten(match[1])}]"
            longest[label] = Definition(name, match.start(), words, uses[label] - 1)
    return iter(longest.values())


def fold_label(name: str) -> str:
    """Return what tells the name of a reference from others."""
    return " ".join(name.lower().split())


def measure_short_forms(text: str) -> Iterator[Definition]:
    """Yield each abbreviation that is so much shorter than its words that its uses swell the page."""
    for match in SHORT_FORM.finditer(text) if "*[" in text else ():
        name, words = match[1].strip(), match[2]
        if name and len(html.escape(words)) > MOST_GROWN * len(name):
            yield Definition(f"*[{shorten(name)}]", match.start(), words, text.count(name) - 1)


def measure_room(text: str) -> int:
    """Return how many characters the HTML of a text may have."""
    return MOST_GROWN * len(text) + FREE


def check_growth(text: str, source: str, first_line: int, path: str) -> list[Problem]:
    """Return an error if the HTML of a text, `source`, is out of proportion, whatever swelled it."""
    if len(source) <= measure_room(text):
        return []
    seen = f"The {len(text):,} characters of this text become {len(source):,} on the page"
    remedy = "Take out what is written there many times, such as a long address that has a name."
    return [Problem(path, first_line, "error", f"{seen}. {remedy}")]
