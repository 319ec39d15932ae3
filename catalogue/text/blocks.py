"""Parse the blocks of a Markdown text as CommonMark 0.31.2 and GitHub's additions (GFM 0.29) do.

It takes the place of Python-Markdown's own block parser and builds the same tree of elements, which
the library's later steps go on with. It follows the specification's appendix “A parsing strategy”:
line by line, each line is held against the containers that are open (quotations, lists, items), then
it may start new blocks, and what is left is text. The numbers in comments are the sections of the
specification. Each line is looked at once for each open container, of which there are at most
`MOST_OPEN`, so the time is linear in the length of the text.

Beyond the specification it reads notes (`[^1]: …`), abbreviations (`*[ALA]: …`), definition lists
(`: …` below a term), admonitions (`!!! note`), GitHub's alerts (`> [!NOTE]`), task lists, and an id
at the end of a heading (`{#id}`).
"""

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import zip_longest

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.util import AtomicString

from catalogue.folding import compose
from catalogue.problems import shorten
from catalogue.text.alert_titles import find_alert_title
from catalogue.text.character_references import resolve_codes
from catalogue.text.definitions import Definitions
from catalogue.text.inline_elements import RAW_HTML
from catalogue.text.inline_html import CLOSING_TAG, OPENING_TAG
from catalogue.text.inlines import (
    fold_label,
    scan_destination,
    scan_label,
    scan_title,
)
from catalogue.text.limits import measure_room

MOST_OPEN = 100  # containers within each other; deeper ones are text
TIGHT = "tight"  # a paragraph of a tight list, whose text stands in the item itself
CODE_INDENT = 4  # 4.4: so many blanks make code
NEVER = MOST_OPEN + 1

RULE = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")  # 4.1
HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)")  # 4.2
HEADING_END = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
HEADING_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ \t]*([^{}\s][^{}]*)\}[ \t]*$")
HEADING_ID = re.compile(r"#([^\s#.=]+)[ \t]*")
UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*")  # 4.3
FENCE = re.compile(r"(`{3,})([^`]*)|(~{3,})(.*)", re.DOTALL)  # 4.5
# Of the line of a fence: its first word, which the name of a file may follow (`ruby:a.rb`), or what
# stands in braces (`{.python}`).
FIRST_WORD = re.compile(r"([^ \t:]+(?=:)|[^ \t]+)")
ATTRIBUTES_OF_CODE = re.compile(r"\{[ \t]*\.?([^\s{}]+)")
ITEM = re.compile(r"(?:([-+*])|([0-9]{1,9})([.)]))(?=[ \t]|$)")  # 5.2
TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")  # GFM 5.3
TABLE_SIGNS = frozenset("|:- \t")
TABLE_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")  # GFM 4.10
CELL_END = re.compile(r"(?<!\\)\|")
MOST_MISSING = 20_000  # cells, in rows that are shorter than the heads of their tables
NOTE = re.compile(r"\[\^([^\[\]]+)\]:[ \t]*")
SHORT_FORM = re.compile(r"\*\[([^\[\]\\]+)\]:[ \t]*(.*)")
ADMONITION = re.compile(r'!!![ \t]?([\w-]+)((?:[ \t]+[\w-]+)*)(?:[ \t]+"(.*)")?[ \t]*')
ADDRESS = re.compile(r"[/:#@\\]|\.\w")  # has what an address has, and few words
ALERT = re.compile(r"\[!(\w+)\][+-]?[ \t]*([^\n]*)(?:\n|$)")
ALERTS = frozenset("note tip important warning caution".split())
# What Obsidian calls its callouts, by the alert of GitHub's that is nearest.
CALLOUTS = {
    **dict.fromkeys("info abstract summary tldr todo example quote cite question".split(), "note"),
    **dict.fromkeys("hint success check done help faq".split(), "tip"),
    **dict.fromkeys("attention failure fail missing".split(), "warning"),
    **dict.fromkeys("danger error bug".split(), "caution"),
}

# 4.6: what opens six of the seven kinds of HTML blocks, and what ends it: nothing, before a blank line.
# The seventh is a tag that stands alone.
HTML_NAMES = (
    "address article aside base basefont blockquote body caption center col colgroup dd details "
    "dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 "
    "head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option p "
    "param search section summary table tbody td tfoot th thead title tr track ul"
)
HTML_BLOCKS: tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...] = (
    (
        re.compile(r"<(?:script|pre|style|textarea)(?=[\s>]|$)", re.IGNORECASE),
        re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE),
    ),
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<![a-zA-Z]"), re.compile(r">")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (
        re.compile(rf"</?(?:{HTML_NAMES.replace(' ', '|')})(?=[ \t]|/?>|$)", re.IGNORECASE),
        None,
    ),
)
NO_HTML = re.compile(r"(?!)")


class Start(Enum):
    """What the beginning of a line has started."""

    NOTHING = 0
    CONTAINER = 1  # the rest of the line stands in it
    LEAF = 2  # the whole line is taken


@dataclass(slots=True, eq=False)
class Container:
    """A block that is open and holds others."""

    kind: str
    element: etree.Element
    indent: int = 0  # of what goes on in an item
    mark: str = ""  # of a list: its bullet, or the sign after its numbers
    is_loose: bool = False
    is_empty: bool = True
    leaves: list[etree.Element] | None = None  # of what holds a note


@dataclass(slots=True, eq=False)
class Leaf:
    """The block of text, code or HTML that is open: its lines, without what their containers take."""

    kind: str
    line: int
    lines: list[str] = field(default_factory=list)
    fence: str = ""
    is_ended: bool = False  # by a fence
    indent: int = 0  # of the fence
    info: str = ""
    end: re.Pattern[str] | None = None
    is_first: bool = False  # in its container
    columns: Sequence[str] = ()  # of a table: how each is aligned
    table: etree.Element | None = None


@dataclass(slots=True)
class Note:
    """A note at the foot of a text: its name as typed, its line, its blocks, and those of text."""

    label: str
    line: int
    element: etree.Element
    leaves: list[etree.Element] = field(default_factory=list)


@dataclass(slots=True)
class Notice:
    """What a line of the text says that is not published as it stands; nothing is if it is an error."""

    line: int
    text: str
    level: str = "warning"


class Blocks(BlockParser):
    """The parser of blocks. What a text says besides its elements is kept until the next text."""

    def __init__(self, parser: Markdown, *, is_comment: bool = False) -> None:
        """Make it for texts, or for comments, which know no HTML, notes, tables and definitions."""
        super().__init__(parser)
        self.starts = COMMENT_STARTS if is_comment else STARTS
        self.language = "en"  # of the text, a tag of BCP 47
        self.links: Definitions[tuple[str, str]] = Definitions()  # 4.7, by folded label
        self.abbreviations: Definitions[str] = Definitions()

    def parseDocument(self, lines: Iterable[str]) -> etree.ElementTree:
        """Return the tree of a text's blocks; the text of a leaf is still Markdown."""
        self.root = etree.Element(self.md.doc_tag)
        self.open = [Container("document", self.root)]
        self.leaf: Leaf | None = None
        self.leaves: list[etree.Element] = []  # of text, in the order of the document
        self.tasks: list[
            tuple[etree.Element, bool]
        ] = []  # items with a box, and whether it is ticked
        self.link_lines: dict[str, int] = {}  # the line of the definition that first has an address
        self.notes: dict[str, Note] = {}
        self.lines: dict[etree.Element, int] = {}  # on which each block begins, from 0
        self.headings: list[etree.Element] = []
        self.notices: list[Notice] = []
        self.missing_cells = 0
        self.is_first = True  # what was added last, in its container
        self.blank_from = NEVER
        lines = [*lines]
        room = measure_room(sum(map(len, lines)) + len(lines))
        self.links.clear(room)
        self.abbreviations.clear(room)
        if not lines[-1]:
            lines.pop()  # what follows the last line end is no line
        for self.number, line in enumerate(lines):
            if len(self.open) > 1 or not self.add_plain(line):
                self.add_line(line)
        self.close_leaf()
        self.close(1)
        return etree.ElementTree(self.root)

    # A line

    def add_plain(self, line: str) -> bool:
        """Add a line that stands in no container, and can be of no block but a paragraph, if it is so.

        It is empty, or begins with a letter.
        """
        leaf = self.leaf
        if leaf and leaf.kind != "paragraph":
            return False
        if not line:
            self.close_leaf()
            self.blank_from = 0
            return True
        if not line[0].isalpha():
            return False
        if leaf:
            leaf.lines.append(line)
        else:
            self.leaf = Leaf("paragraph", self.number, [line])
        self.blank_from = NEVER
        return True

    def add_line(self, line: str) -> None:
        """Add a line to the blocks that are open, or open those that it starts."""
        self.rest, self.column = line, 0
        self.measure()
        matched = self.match_containers()
        is_whole = matched == len(self.open)
        if is_whole and self.leaf and self.leaf.kind in ("fence", "html") and self.go_on_verbatim():
            return
        starts = Start.NOTHING
        opened = False
        while not self.is_blank and self.indent < CODE_INDENT:
            is_inside = not opened and is_whole and self.is_paragraph_open()
            starts = self.start_block(matched, is_inside)
            if starts is not Start.CONTAINER:
                break
            opened, matched = True, len(self.open)
        if self.is_blank:
            self.add_blank(matched, opened)
            return
        if starts is not Start.LEAF:
            self.add_text(matched)
        self.blank_from = NEVER

    def measure(self) -> None:
        """Measure the blanks that the rest of the line begins with, in columns (2.2: tabs stop at 4)."""
        rest = self.rest
        self.text = text = rest.lstrip(" \t")
        self.is_blank = not text
        self.indent = len(rest) - len(text)
        if "\t" in rest[: self.indent]:
            blanks = " " * (self.column % 4) + rest[: self.indent]
            self.indent = len(blanks.expandtabs(4)) - self.column % 4

    def take_blanks(self, columns: int) -> None:
        """Take columns of blanks off the rest of the line; what is left of a tab becomes blanks."""
        rest, column, end, place = self.rest, self.column, self.column + columns, 0
        while column < end and place < len(rest):
            column += 4 - column % 4 if rest[place] == "\t" else 1
            place += 1
        self.rest = " " * (column - end) + rest[place:]
        self.column = end
        self.indent -= columns

    def take_mark(self, length: int) -> None:
        """Take the mark of a container off the rest of the line, with the blanks before it."""
        self.column += self.indent + length
        self.rest = self.text[length:]
        self.measure()

    def match_containers(self) -> int:
        """Return how many of the open containers the line goes on in."""
        for place in range(1, len(self.open)):
            container = self.open[place]
            kind = container.kind
            if kind == "quote":
                if self.indent >= CODE_INDENT or not self.text.startswith(">"):
                    return place
                self.take_quote_mark()
            elif kind in ("list", "definitions"):
                continue  # which its items decide
            elif not self.match_indented(container):
                return place
        return len(self.open)

    def match_indented(self, container: Container) -> bool:
        """Return whether the line is set in as far as a container asks for, and take that off."""
        width = container.indent
        if container.kind == "definition" and self.indent >= CODE_INDENT:
            width = CODE_INDENT
        if self.indent >= width:
            self.take_blanks(width)
            return True
        # 5.2: an item that begins with a blank line ends with the next one.
        return self.is_blank and not (container.is_empty and self.leaf is None)

    def take_quote_mark(self) -> None:
        """Take a > and the blank behind it (5.1)."""
        self.take_mark(1)
        if self.indent:
            self.take_blanks(1)

    def is_paragraph_open(self) -> bool:
        """Return whether the open leaf is a paragraph."""
        return self.leaf is not None and self.leaf.kind == "paragraph"

    # Text, blank lines, code and HTML as they are

    def add_text(self, matched: int) -> None:
        """Add what starts no block: to a paragraph that is open, even lazily (5.1), or as a new one."""
        leaf = self.leaf
        if leaf and leaf.kind == "paragraph":
            leaf.lines.append(self.text)
        elif leaf and leaf.kind == "code" and matched == len(self.open) and self.indent >= 4:
            self.take_blanks(CODE_INDENT)
            leaf.lines.append(self.rest)
        elif leaf and leaf.kind == "table" and matched == len(self.open) and self.indent < 4:
            self.add_row(leaf)
        elif self.indent >= CODE_INDENT:  # 4.4
            self.make_room(matched)
            self.take_blanks(CODE_INDENT)
            self.leaf = Leaf("code", self.number, [self.rest])
        else:
            self.make_room(matched)
            self.leaf = Leaf("paragraph", self.number, [self.text], is_first=self.is_first)

    def add_blank(self, matched: int, opened: bool) -> None:
        """Add a blank line, which ends a paragraph, and a quotation that it does not stand in."""
        leaf = self.leaf
        if leaf and leaf.kind == "code" and matched == len(self.open):
            self.take_blanks(min(self.indent, CODE_INDENT))
            leaf.lines.append(self.rest)
        else:
            self.close_leaf()
        self.close(matched)
        if opened:
            self.blank_from = NEVER  # the line has a mark, and is blank behind it
        else:
            quotes = [n for n, container in enumerate(self.open) if container.kind == "quote"]
            self.blank_from = quotes[-1] if quotes else 0

    def go_on_verbatim(self) -> bool:
        """Return whether the line goes on in fenced code or in HTML, and add it."""
        leaf = self.leaf
        assert leaf
        if leaf.kind == "html":
            if leaf.end is None and self.is_blank:
                return False
            leaf.lines.append(self.rest)
            if leaf.end and leaf.end.search(self.rest):
                self.close_leaf()
            return True
        text = self.text.rstrip(" \t")
        sign = leaf.fence[0]
        if self.indent < 4 and len(text) >= len(leaf.fence) and text == sign * len(text):
            leaf.is_ended = True
            self.close_leaf()
            return True
        self.take_blanks(min(self.indent, leaf.indent))
        leaf.lines.append(self.rest)
        return True

    # What starts a block

    def start_block(self, matched: int, is_inside: bool) -> Start:
        """Start the block that the rest of the line begins, if any.

        `is_inside` tells whether a paragraph would be interrupted.
        """
        for start in self.starts.get(self.text[0], ()):
            if (started := start(self, matched, is_inside)) is not Start.NOTHING:
                return started
        return Start.NOTHING

    def start_heading(self, matched: int, _is_inside: bool) -> Start:
        """Start a heading with # (4.2)."""
        match = HEADING.match(self.text)
        if not match:
            return Start.NOTHING
        self.make_room(matched)
        text = self.text[match.end() :].rstrip(" \t")
        self.add_heading(len(match[1]), text, self.number, is_closed=True)
        return Start.LEAF

    def start_underline(self, _matched: int, is_inside: bool) -> Start:
        """Turn the open paragraph into a heading if the line is its underline (4.3)."""
        leaf = self.leaf
        if not (is_inside and leaf and UNDERLINE.fullmatch(self.text)):
            return Start.NOTHING
        text = self.take_definitions(leaf)
        if not text:
            self.leaf = None
            return Start.NOTHING
        self.leaf = None
        level = 1 if self.text[0] == "=" else 2
        self.add_heading(level, text.rstrip(" \t"), leaf.line)
        return Start.LEAF

    def start_rule(self, matched: int, _is_inside: bool) -> Start:
        """Start a thematic break (4.1)."""
        if not RULE.fullmatch(self.text):
            return Start.NOTHING
        self.make_room(matched)
        self.add_element("hr", self.number)
        return Start.LEAF

    def start_fence(self, matched: int, _is_inside: bool) -> Start:
        """Start fenced code (4.5)."""
        match = FENCE.fullmatch(self.text)
        if not match:
            return Start.NOTHING
        self.make_room(matched)
        fence, info = match[1] or match[3], match[2] or match[4] or ""
        self.leaf = Leaf("fence", self.number, fence=fence, indent=self.indent, info=info)
        return Start.LEAF

    def start_html(self, matched: int, is_inside: bool) -> Start:
        """Start a block of HTML (4.6)."""
        found = (end for start, end in HTML_BLOCKS if start.match(self.text))
        if (end := next(found, NO_HTML)) is NO_HTML:
            if is_inside or not is_lone_tag(self.text):
                return Start.NOTHING
            end = None
        self.make_room(matched)
        self.leaf = Leaf("html", self.number, [self.rest], end=end)
        if end and end.search(self.text):
            self.close_leaf()
        return Start.LEAF

    def start_quote(self, matched: int, _is_inside: bool) -> Start:
        """Start a quotation (5.1)."""
        if len(self.open) > MOST_OPEN:
            return Start.NOTHING
        self.make_room(matched)
        self.open_container("quote", self.add_element("blockquote", self.number, "\n"))
        self.take_quote_mark()
        return Start.CONTAINER

    def start_item(self, matched: int, is_inside: bool) -> Start:
        """Start an item of a list, and the list if it is the first of its kind (5.2, 5.3)."""
        match = ITEM.match(self.text)
        if not match or len(self.open) > MOST_OPEN:
            return Start.NOTHING
        is_bare = not self.text[match.end() :].strip(" \t")
        if is_inside and (is_bare or int(match[2] or 1) != 1):
            return Start.NOTHING
        mark = match[1] or match[3]
        top = self.open[matched - 1]
        if top.kind == "list" and top.mark == mark:
            self.close_leaf()
            self.close(matched)
        else:
            self.make_room(matched)
            self.open_list(mark, match[2])
        self.open_item(match.end(), is_bare)
        return Start.CONTAINER

    def open_list(self, mark: str, number: str | None) -> None:
        """Open a list with bullets, or with numbers from the given one on."""
        element = self.add_element("ol" if number else "ul", self.number, "\n")
        if number and int(number) != 1:
            element.set("start", str(int(number)))
        self.open_container("list", element, mark=mark)

    def open_item(self, length: int, is_bare: bool) -> None:
        """Open an item whose mark has so many signs; what goes on in it is set in as far as its text."""
        self.note_child()
        element = self.add_element("li", self.number)
        before = self.indent
        self.take_mark(length)
        blanks = self.indent if not is_bare and self.indent <= CODE_INDENT else 1
        if not is_bare:
            self.take_blanks(blanks)
        self.open_container("item", element, indent=before + length + blanks)

    def start_table(self, matched: int, is_inside: bool) -> Start:
        """Turn the last line of the open paragraph into the head of a table (GFM 4.10)."""
        leaf = self.leaf
        if not (is_inside and leaf and TABLE_SIGNS.issuperset(self.text)):
            return Start.NOTHING
        if not TABLE_RULE.fullmatch(self.text):
            return Start.NOTHING
        columns = [*map(read_alignment, split_cells(self.text))]
        head = split_cells(leaf.lines[-1])
        if len(head) != len(columns):
            return Start.NOTHING
        line = leaf.line + len(leaf.lines) - 1
        leaf.lines.pop()
        self.make_room(matched)
        table = self.add_element("table", line, "\n")
        part = add_child(table, "thead", "\n")
        self.lines[part] = line
        self.leaf = Leaf("table", line, columns=columns, table=table)
        self.fill_row(add_child(part, "tr", "\n"), "th", head, columns, line)
        return Start.LEAF

    def start_note(self, matched: int, _is_inside: bool) -> Start:
        """Start a note, which is shown at the foot of the text."""
        match = NOTE.match(self.text)
        if not match or len(self.open) > MOST_OPEN:
            return Start.NOTHING
        self.make_room(matched)
        note = Note(match[1], self.number, etree.Element("li"))
        key = fold_label(match[1])
        if key in self.notes:
            name = shorten(match[1])
            seen = f"The note [^{name}] stands here once more, and only the first is shown"
            self.notices.append(Notice(self.number, f"{seen}. Write another name for it."))
        else:
            self.notes[key] = note
        self.open_container("note", note.element, indent=CODE_INDENT)
        self.open[-1].leaves, self.leaves = self.leaves, note.leaves
        self.take_mark(match.end())
        return Start.CONTAINER

    def start_short_form(self, matched: int, _is_inside: bool) -> Start:
        """Take the line that says what an abbreviation stands for."""
        match = SHORT_FORM.fullmatch(self.text)
        if not match or not match[1].strip():
            return Start.NOTHING
        self.make_room(matched)
        name, meaning = match[1].strip(), match[2].strip()
        self.abbreviations.add(name, meaning, meaning, f"*[{shorten(name)}]", self.number)
        return Start.LEAF

    def start_admonition(self, matched: int, _is_inside: bool) -> Start:
        """Start an admonition, `!!! note "Title"`, with what is set in below it."""
        match = ADMONITION.fullmatch(self.text)
        if not match or len(self.open) > MOST_OPEN:
            return Start.NOTHING
        self.make_room(matched)
        element = self.add_element("div", self.number, "\n")
        self.set_admonition(element, match[1].lower(), match[3], self.number)
        self.open_container("admonition", element, indent=CODE_INDENT)
        self.open[-1].is_empty = False
        return Start.LEAF

    def start_definition(self, matched: int, is_inside: bool) -> Start:
        """Start what a term means: the term is the paragraph before, each of its lines one."""
        if self.text[1:2] not in (" ", "\t") or len(self.open) > MOST_OPEN:
            return Start.NOTHING
        if self.open[matched - 1].kind == "definitions":
            terms = self.take_lazy_term(matched)
        elif not (terms := self.take_terms(matched, is_inside)):
            return Start.NOTHING
        self.close_leaf()
        self.close(matched)
        if self.open[-1].kind != "definitions":
            self.close_lists()
            self.note_child()
            parent = self.open[-1].element
            last = parent[-1] if len(parent) and parent[-1].tag == "dl" else None
            element = self.add_element("dl", terms[0][0], "\n") if last is None else last
            self.open_container("definitions", element)
        for line, term in terms:
            self.add_leaf(add_child(self.open[-1].element, "dt"), term, line)
        before = self.indent
        self.open_container("definition", self.add_element("dd", self.number))
        self.open[-1].is_loose = self.blank_from < len(self.open)
        self.take_mark(1)
        blanks = min(self.indent, 3)
        self.take_blanks(blanks)
        self.open[-1].indent = min(before + 1 + blanks, CODE_INDENT)
        return Start.CONTAINER

    def take_lazy_term(self, matched: int) -> list[tuple[int, str]]:
        """Return the term that stands directly below the meaning of another, as if it went on there."""
        leaf = self.leaf
        if matched == len(self.open) or not (leaf and leaf.kind == "paragraph"):
            return []
        if len(leaf.lines) < 2:
            return []
        return [(self.number - 1, leaf.lines.pop())]

    def take_terms(self, matched: int, is_inside: bool) -> list[tuple[int, str]]:
        """Return the terms before a meaning, with their lines; none if no paragraph stands there."""
        leaf = self.leaf
        if is_inside and leaf:
            self.leaf = None
            text = self.take_definitions(leaf)
            return [*enumerate((line.strip(" \t") for line in text.split("\n")), leaf.line)]
        parent = self.open[matched - 1].element
        last = parent[-1] if len(parent) else None
        is_near = self.leaf is None and matched == len(self.open) and self.blank_from < NEVER
        if last is None or last.tag != "p" or not is_near or "\n" in (last.text or ""):
            return []
        if not self.leaves or self.leaves[-1] is not last:
            return []
        parent.remove(last)
        self.leaves.pop()
        return [(self.lines[last], last.text or "")]

    # Adding blocks

    def make_room(self, matched: int) -> None:
        """Close what is open behind the containers of the line, and a list that no item goes on."""
        self.close_leaf()
        self.close(matched)
        self.close_lists()
        self.note_child()

    def note_child(self) -> None:
        """Note that the innermost container gets a block, and whether a blank line parts it (5.3)."""
        top = self.open[-1]
        self.is_first = top.is_empty
        if not top.is_empty and self.blank_from < len(self.open):
            holder = self.open[-2] if top.kind == "item" else top
            holder.is_loose = True
        top.is_empty = False

    def close_lists(self) -> None:
        """Close lists, which hold nothing but items."""
        while self.open[-1].kind in ("list", "definitions"):
            self.close(len(self.open) - 1)

    def add_element(self, tag: str, line: int, text: str | None = None) -> etree.Element:
        """Add an element to the innermost container."""
        element = add_child(self.open[-1].element, tag, text)
        self.lines[element] = line
        return element

    def open_container(
        self, kind: str, element: etree.Element, indent: int = 0, mark: str = ""
    ) -> None:
        """Open a container."""
        self.lines.setdefault(element, self.number)
        self.open.append(Container(kind, element, indent, mark))

    def add_leaf(self, element: etree.Element, text: str, line: int) -> None:
        """Set the text of an element, which is still to be parsed."""
        element.text = text
        self.lines[element] = line
        self.leaves.append(element)

    def add_heading(self, level: int, text: str, line: int, *, is_closed: bool = False) -> None:
        """Add a heading, without the id that may stand at its end, and without its closing signs."""
        text, name = self.take_attributes(text, line)
        text = HEADING_END.sub("", text) if is_closed else text
        if not name:
            text, name = self.take_attributes(text, line)
        element = self.add_element(f"h{level}", line)
        if name:
            element.set("id", compose(name))
        self.headings.append(element)
        self.add_leaf(element, text, line)

    def take_attributes(self, text: str, line: int) -> tuple[str, str]:
        """Return a heading without the attributes at its end, and the id that they give it."""
        match = HEADING_ATTRIBUTES.search(text) if text.endswith("}") else None
        if not match or not re.match(r"[#.:\w-]", match[1]):
            return text, ""
        name = HEADING_ID.match(match[1])
        if name and name.end() == len(match[1]):
            return text[: match.start()], name[1]
        if not re.search(r"^[.#]|=", match[1]):
            return text, ""
        seen = f"{match[0].strip()} at the end of a heading is not used here"
        self.notices.append(
            Notice(line, f"{seen}. Take it out, or write an id only: {{#its-name}}.")
        )
        return text[: match.start()], name[1] if name else ""

    def set_admonition(
        self, element: etree.Element, kind: str, title: str | None, line: int
    ) -> None:
        """Make an element an admonition: its class, and a title, which is its kind if none is given."""
        element.set("class", f"admonition {find_alert(kind) or 'note'}")
        if title == "":
            return
        head = etree.Element("p", {"class": "admonition-title"})
        head.tail = "\n"
        element.insert(0, head)
        self.add_leaf(head, title or find_alert_title(kind, self.language), line)

    def fill_row(
        self,
        row: etree.Element,
        tag: str,
        cells: Sequence[str],
        columns: Sequence[str],
        line: int,
    ) -> None:
        """Fill a row of a table with so many cells as it has columns."""
        self.lines[row] = line
        self.missing_cells += max(0, len(columns) - len(cells))
        if self.missing_cells > MOST_MISSING:
            self.miss_cells(line)
            return
        for text, align in zip_longest(cells[: len(columns)], columns, fillvalue=""):
            cell = add_child(row, tag)
            if align:
                cell.set("align", align)
            self.add_leaf(cell, text, line)

    def miss_cells(self, line: int) -> None:
        """Add an error, once, for short rows below wide heads, which would swell the page."""
        if not any(notice.level == "error" for notice in self.notices):
            seen = f"The tables up to here lack more than {MOST_MISSING:,} cells, too many for one page"
            remedy = "Take columns away that stay empty."
            self.notices.append(Notice(line, f"{seen}. {remedy}", "error"))

    def add_row(self, leaf: Leaf) -> None:
        """Add a row to the open table; cells that have no head are left out, which the author is told."""
        assert leaf.table is not None
        cells = split_cells(self.text)
        part = leaf.table[-1]
        if part.tag == "thead":
            part = add_child(leaf.table, "tbody", "\n")
            self.lines[part] = self.number
        self.fill_row(add_child(part, "tr", "\n"), "td", cells, leaf.columns, self.number)
        lost = next(filter(None, cells[len(leaf.columns) :]), "")
        if lost:
            seen = f"“{lost[:40]}” is lost: this row has more cells than the head"
            remedy = "Put \\ before a | that parts no cells, or give the head a cell more."
            self.notices.append(Notice(self.number, f"{seen}. {remedy}"))

    # Closing blocks

    def close(self, count: int) -> None:
        """Close the leaf and all containers but the given number of outer ones, from the inside out."""
        if len(self.open) > count:
            self.close_leaf()
        while len(self.open) > count:
            container = self.open.pop()
            if finish := FINISHES.get(container.kind):
                finish(self, container)

    def close_leaf(self) -> None:
        """Close the open leaf and add what it has become."""
        leaf, self.leaf = self.leaf, None
        if leaf is None:
            return
        if leaf.kind == "paragraph":
            if text := self.take_definitions(leaf):
                self.add_paragraph(text, leaf.line)
            elif leaf.is_first:
                self.open[-1].is_empty = True  # it held nothing but definitions
        elif leaf.kind == "html":
            element = self.add_element(RAW_HTML, leaf.line)
            element.text = AtomicString("\n".join(leaf.lines))
        elif leaf.kind in ("code", "fence"):
            self.add_code(leaf)
            if leaf.kind == "fence" and not leaf.is_ended:
                seen = "Nothing ends the code that begins here, so what follows is shown as code"
                text = f"{seen}. Write {leaf.fence} on a line of its own where it ends."
                self.notices.append(Notice(leaf.line, text))

    def add_paragraph(self, text: str, line: int) -> None:
        """Add a paragraph; the first of an item may begin with a box to tick (GFM 5.3)."""
        is_first = self.open[-1].kind == "item" and not len(self.open[-1].element)
        element = self.add_element("p", line)
        task = TASK.match(text) if is_first else None
        if task:
            self.lines[element] = line
            label = etree.SubElement(element, "label")
            self.tasks.append((label, task[1] != " "))
            self.add_leaf(label, text[task.end() :], line)
        else:
            self.add_leaf(element, text, line)
        if self.starts is STARTS and looks_like_table(text):
            rule = "|---" * len(split_cells(text.partition("\n")[0])) + "|"
            seen = "These lines look like a table, and are shown as text"
            self.notices.append(Notice(line, f"{seen}. Write below the first one: {rule}"))

    def add_code(self, leaf: Leaf) -> None:
        """Add a block of code; set in, it has no blank lines at its end."""
        lines = leaf.lines
        if leaf.kind == "code":
            while not lines[-1].strip(" \t"):
                lines.pop()
        element = etree.SubElement(self.add_element("pre", leaf.line), "code")
        if language := read_language(leaf.info):
            element.set("class", f"language-{language}")
        element.text = AtomicString("".join(f"{line}\n" for line in lines))
        self.lines[element] = leaf.line + (leaf.kind == "fence" and bool(lines))

    def take_definitions(self, leaf: Leaf) -> str:
        """Return the text of a paragraph without the link definitions that it begins with (4.7)."""
        text = "\n".join(leaf.lines)
        start = 0
        while text.startswith("[", start) and not text.startswith("[^", start):
            found = scan_definition(text, start)
            if not found:
                break
            label, address, title, end = found
            name = f"[{shorten(label)}]"
            self.links.add(fold_label(label), (address, title), address + title, name, leaf.line)
            self.link_lines.setdefault(address, leaf.line)
            leaf.line += text.count("\n", start, end)
            start = end
        return text[start:].rstrip(" \t\n")

    def check_definitions(self) -> None:
        """Add a notice of words that are taken for an address of no link, and of what is used too often.

        To be called when all text is parsed.
        """
        for unused in self.links.list_unused():
            address, _ = unused.value
            if address and not ADDRESS.search(address):
                seen = (
                    f"{unused.name}: {shorten(address)} says where links to {unused.name} lead, and"
                )
                text = f"{seen} there are none, so readers do not see it. Write \\{unused.name}: …"
                self.notices.append(Notice(unused.line, text))
        for definitions in (self.links, self.abbreviations):
            if excess := definitions.find_excess():
                self.notices.append(Notice(*excess, "error"))

    def finish_list(self, container: Container) -> None:
        """Finish a list: in a tight one the text of a paragraph stands in the item itself (5.3)."""
        if container.is_loose:
            return
        for item in container.element:
            make_tight(item)

    def finish_definition(self, container: Container) -> None:
        """Finish the meaning of a term, which is tight unless blank lines stand around or in it."""
        if not container.is_loose:
            make_tight(container.element)

    def finish_note(self, container: Container) -> None:
        """Go back to the text around a note."""
        assert container.leaves is not None
        self.leaves = container.leaves

    def finish_quote(self, container: Container) -> None:
        """Finish a quotation; one that begins with `[!NOTE]` in a line is an alert of GitHub's."""
        element = container.element
        first = element[0] if len(element) else None
        if first is None or first.tag != "p" or not (first.text or "").startswith("[!"):
            return
        match = ALERT.match(first.text or "")
        kind = match[1].lower() if match else ""
        if not match or not find_alert(kind):
            return
        rest = (first.text or "")[match.end() :]
        line = self.lines[first]
        first.text, self.lines[first] = rest, line + 1
        if not rest:
            first.tag, first.tail = TIGHT, None  # nothing of it is left
        element.tag = "div"
        self.set_admonition(element, kind, match[2].strip() or None, line)


StartBlock = Callable[[Blocks, int, bool], Start]
# What may start a block, by the first sign of the line, in the specification's order of precedence.
STARTS: dict[str, tuple[StartBlock, ...]] = {
    "#": (Blocks.start_heading,),
    ">": (Blocks.start_quote,),
    "`": (Blocks.start_fence,),
    "~": (Blocks.start_fence,),
    "<": (Blocks.start_html,),
    "=": (Blocks.start_underline,),
    "-": (Blocks.start_underline, Blocks.start_rule, Blocks.start_item, Blocks.start_table),
    "*": (Blocks.start_short_form, Blocks.start_rule, Blocks.start_item),
    "_": (Blocks.start_rule,),
    "+": (Blocks.start_item,),
    "[": (Blocks.start_note,),
    "|": (Blocks.start_table,),
    ":": (Blocks.start_definition, Blocks.start_table),
    "!": (Blocks.start_admonition,),
    **dict.fromkeys("0123456789", (Blocks.start_item,)),
}
COMMENT_STARTS: dict[str, tuple[StartBlock, ...]] = {
    sign: tuple(
        start
        for start in starts
        if start not in (Blocks.start_html, Blocks.start_short_form, Blocks.start_table)
    )
    for sign, starts in STARTS.items()
    if sign not in "[|:!"
}
FINISHES: dict[str, Callable[[Blocks, Container], None]] = {
    "list": Blocks.finish_list,
    "definition": Blocks.finish_definition,
    "note": Blocks.finish_note,
    "quote": Blocks.finish_quote,
}


def is_lone_tag(text: str) -> bool:
    """Return whether a line is one whole tag (4.6, the seventh kind of HTML)."""
    match = OPENING_TAG.match(text) or CLOSING_TAG.match(text)
    return match is not None and match[0].endswith(">") and not text[match.end() :].strip(" \t")


def add_child(parent: etree.Element, tag: str, text: str | None = None) -> etree.Element:
    """Add a block to an element; a line end follows it in the HTML."""
    element = etree.SubElement(parent, tag)
    element.text, element.tail = text, "\n"
    return element


def find_alert(kind: str) -> str:
    """Return which of the five alerts a kind of admonition or callout is shown as; empty for none."""
    return kind if kind in ALERTS else CALLOUTS.get(kind, "")


def make_tight(item: etree.Element) -> None:
    """Take the paragraphs of an item away around their text."""
    for child in item:
        if child.tag == "p":
            child.tag, child.tail = TIGHT, None


def read_alignment(cell: str) -> str:
    """Return how a column is aligned, by its cell in the line below the head of a table."""
    ends = cell[:1] == ":", cell[-1:] == ":"
    return {(True, True): "center", (True, False): "left", (False, True): "right"}.get(ends, "")


def read_language(info: str) -> str:
    """Return the language that the line of a fence names, which is its first word (4.5)."""
    info = info.strip(" \t")
    match = ATTRIBUTES_OF_CODE.match(info) or FIRST_WORD.match(info)
    return resolve_codes(match[1]) if match else ""


def looks_like_table(text: str) -> bool:
    """Return whether all lines of a paragraph, two or more, begin and end as rows of a table do."""
    if not text.startswith("|"):
        return False
    rows = [line.strip(" \t") for line in text.split("\n")]
    are_rows = all(row.startswith("|") and row.endswith("|") and len(row) > 1 for row in rows)
    return are_rows and len(rows) > 1 and len(split_cells(rows[0])) > 1


def split_cells(line: str) -> list[str]:
    """Return the cells of a row of a table; only a | with a backslash parts none (GFM 4.10)."""
    line = line.strip(" \t")
    cells, start = [], 1 if line.startswith("|") else 0
    for match in CELL_END.finditer(line, start):
        cells.append(line[start : match.start()])
        start = match.end()
    if start < len(line):
        cells.append(line[start:])
    return [cell.strip(" \t").replace("\\|", "|") for cell in cells]


def scan_definition(text: str, start: int) -> tuple[str, str, str, int] | None:
    """Return the label, address and title of the link definition at `start`, and its end (4.7).

    None if there is no definition.
    """
    end = scan_label(text, start)
    if end < 0 or not text.startswith(":", end):
        return None
    label = text[start + 1 : end - 1]
    found = scan_destination(text, skip_blanks(text, end + 1))
    if not label.strip() or not found:
        return None
    address, end = found
    line_end = find_line_end(text, end)
    place = skip_blanks(text, end)
    if place > end and (titled := scan_title(text, place)):
        title, title_end = titled
        if (whole := find_line_end(text, title_end)) >= 0:
            return label, address, title, whole
    return (label, address, "", line_end) if line_end >= 0 else None


BLANKS = re.compile(r"[ \t]*(?:\n[ \t]*)?")
LINE_END = re.compile(r"[ \t]*(?:\n|\Z)")


def skip_blanks(text: str, start: int) -> int:
    """Return where blanks end, among which may be one line end."""
    match = BLANKS.match(text, start)
    assert match
    return match.end()


def find_line_end(text: str, start: int) -> int:
    """Return where the next line begins if only blanks are left in this one; else -1."""
    match = LINE_END.match(text, start)
    return match.end() if match else -1
