"""Read the HTML of a mail into lines, as its reader saw them.

What mail programs say of parts of it is kept: which are an old mail, the line above one, a signature.
"""

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import count
from urllib.parse import parse_qs, urlsplit

import nh3

from catalogue.text.comment_reader import LINKED_ADDRESS
from catalogue.text.mail_addresses import holds_mail
from commands.comments.mail_lines import Box, Line, Run, tidy_runs

MOST_BOXES = 8  # quotations and lists inside each other; what is deeper stands in the innermost
LONGEST_NUMBER = 9  # digits of a list's number (CommonMark 0.31, 5.2)
# What begins and ends a paragraph, and what only a line.
PARAGRAPHS = frozenset("blockquote dl h1 h2 h3 h4 h5 h6 hr ol p pre table ul".split())
LINES = frozenset(
    "address article aside caption center dd div dt figure footer form header li main section tr".split()
)
CELLS = frozenset(("td", "th"))
VOID = frozenset(("br", "hr", "img"))
BOLD = frozenset("b strong h1 h2 h3 h4 h5 h6".split())
ITALIC = frozenset("em i".split())
CODE = frozenset("code kbd samp tt".split())
LISTS = frozenset(("ol", "ul"))
UNSEEN = frozenset("script style template title".split())
TAGS = PARAGRAPHS | LINES | CELLS | VOID | BOLD | ITALIC | CODE | {"a", "span"}
ATTRIBUTES = {
    "*": {"class", "id", "name", "style"},
    "a": {"href"},
    "img": {"alt"},
    "li": {"value"},
    "ol": {"start"},
    "blockquote": {"type"},
}
HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
KEEPS_LINES = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
# What programs call these parts, by class, id or name: Yahoo, Outlook, and GMX; Gmail, Thunderbird
# and Roundcube; and nearly all.
OLD = re.compile(r"(?:^| )(?:yahoo_quoted\w*|mail-editor-reference-message-container|quote)(?: |$)")
OLD_FROM_HERE = re.compile(r"(?:^| )(?:divRplyFwdMsg|appendonsend)(?: |$)")
ATTRIBUTION = re.compile(r"(?:^| )(?:gmail_attr|moz-cite-prefix|reply-intro)(?: |$)")
SIGNATURE = re.compile(r"signature", re.IGNORECASE)
# How Word writes an item of a list: as a paragraph, which begins with the sign.
WORD_ITEM = re.compile(r"mso-list\s*:\s*l(\d{1,9})\s+level(\d)")
WORD_SIGN = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
NUMBER = re.compile(rf"\s*(\d{{1,{LONGEST_NUMBER}}})(?:[.)]|\s*$)")
# Services that put their own address in front of another one, with that of the mail's reader in it.
WRAPPERS = {"safelinks.protection.outlook.com": "url", "www.google.com": "q"}
# What would end a link's address in Markdown, or be read in it as something else.
UNSAFE_IN_LINK = re.compile(r'[\s<>()\\"`{}|^\[\]*]')
HAS_LETTER = re.compile("[A-Za-z0-9]")
NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass
class ListState:
    """A list that is open."""

    number: int  # each has its own
    next_start: int | None = None  # of a numbered list: the number of the next item
    last: Box | None = None  # its last item


@dataclass(frozen=True)
class Frame:
    """What holds for the text inside an open element."""

    tag: str = ""
    form: Run = field(default_factory=lambda: Run(""))  # of its text
    boxes: tuple[Box, ...] = ()
    role: str = ""
    items: ListState | None = None
    keeps_lines: bool = False
    is_hidden: bool = False
    is_sign: bool = False  # of one of Word's items


class MailReader(HTMLParser):
    """The lines of a mail's HTML, as far as it was fed with it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self.runs: list[Run] = []  # of the line that is being read
        self.opens = True  # whether that line begins a paragraph
        self.frames = [Frame()]
        self.numbers = count(1)
        self.is_rest_old = False
        self.word_level: tuple[str, int] | None = None  # list and level of the item that is open
        self.word_sign = ""
        self.word_items: tuple[Box, ...] = ()  # the last item of each level
        self.word_lists: dict[tuple[str, int], int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        values = {name: value or "" for name, value in attrs}
        self.break_at(tag)
        if tag == "br":
            self.break_line()
        elif tag == "img" and not HAS_LETTER.search(values.get("alt", "")):
            self.handle_data(values.get("alt", ""))  # an emoji, as Gmail sends it
        elif tag in CELLS and self.has_text():
            self.handle_data(" | ")
        if tag in VOID:
            return
        style = values.get("style", "")
        frame = self.frames[-1]
        self.frames.append(
            replace(
                frame,
                tag=tag,
                form=choose_form(frame.form, tag, values),
                boxes=(*frame.boxes, *self.open_boxes(tag, values))[:MOST_BOXES],
                role=self.read_role(tag, values) or frame.role,
                items=self.open_list(tag, values) if tag in LISTS else frame.items,
                keeps_lines=frame.keeps_lines or tag == "pre" or bool(KEEPS_LINES.search(style)),
                is_hidden=frame.is_hidden or bool(HIDDEN.search(style)),
                is_sign=frame.is_sign or bool(WORD_SIGN.search(style)),
            )
        )
        if tag == "p" and (item := WORD_ITEM.search(style)):
            self.word_level, self.word_sign = (item[1], int(item[2])), ""

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        self.break_at(tag)
        if tag == "p":
            self.word_level = None
        if len(self.frames) > 1 and tag not in VOID:
            self.frames.pop()

    def handle_data(self, data: str) -> None:
        """Add text to the line, if a reader sees it."""
        frame = self.frames[-1]
        if frame.is_hidden:
            return
        if frame.is_sign:
            self.word_sign += data
            return
        first, *others = data.split("\n") if frame.keeps_lines else [data]
        self.runs.append(replace(frame.form, text=first))
        for text in others:
            self.break_line()
            self.runs.append(replace(frame.form, text=text))

    def has_text(self) -> bool:
        """Return whether the line that is being read has words so far."""
        return any(run.text.strip() for run in self.runs)

    def break_at(self, tag: str) -> None:
        """End the line where a block begins or ends, and the paragraph if it is one."""
        if tag in PARAGRAPHS or tag in LINES:
            self.end_line()
        self.opens = self.opens or tag in PARAGRAPHS

    def break_line(self) -> None:
        """End the line; an empty one ends the paragraph."""
        if not self.end_line():
            self.opens = True

    def end_line(self) -> bool:
        """Add the line that was read to the others, and return whether it had words."""
        runs = tidy_runs(self.runs)
        if runs:
            role = "old" if self.is_rest_old else self.frames[-1].role
            self.lines.append(Line(runs, self.place_line(), self.opens, role))
            self.opens = False
        elif any(NO_BREAK in run.text for run in self.runs):
            self.opens = True
        self.runs = []
        return bool(runs)

    def open_boxes(self, tag: str, values: dict[str, str]) -> tuple[Box, ...]:
        """Return the boxes that an element opens."""
        frame = self.frames[-1]
        if tag == "blockquote":
            return (Box(next(self.numbers), is_quote=True),)
        if tag == "li":
            items = frame.items or ListState(next(self.numbers))
            start = items.next_start
            if start is not None:
                start = read_number(values.get("value", ""), start)
                items.next_start = min(start + 1, 10**LONGEST_NUMBER - 1)
            items.last = Box(next(self.numbers), items.number, start)
            return (items.last,)
        if tag in LISTS and frame.tag in LISTS and frame.items and frame.items.last:
            return (frame.items.last,)  # of a list that stands in a list, and in no item of it
        return ()

    def open_list(self, tag: str, values: dict[str, str]) -> ListState:
        """Return a list that begins."""
        start = read_number(values.get("start", ""), 1) if tag == "ol" else None
        return ListState(next(self.numbers), start)

    def place_line(self) -> tuple[Box, ...]:
        """Return the boxes that the line stands in; an item of Word's is begun by its first line."""
        boxes = self.frames[-1].boxes
        if self.word_level is None:
            self.word_items = ()
            return boxes
        level = self.word_level[1]
        if self.word_sign:
            number = self.word_lists.setdefault(self.word_level, next(self.numbers))
            match = NUMBER.match(self.word_sign)
            item = Box(next(self.numbers), number, int(match[1]) if match else None)
            self.word_items = (*self.word_items[: level - 1], item)
            self.word_sign = ""
        return (*boxes, *self.word_items)[:MOST_BOXES]

    def read_role(self, tag: str, values: dict[str, str]) -> str:
        """Return what a mail program says that an element is; empty if it says nothing."""
        if tag == "blockquote" and (
            values.get("type") == "cite" or "_quote" in values.get("class", "")
        ):
            return "old"
        names = " ".join(values.get(key, "") for key in ("class", "id", "name"))
        if OLD_FROM_HERE.search(names):
            self.is_rest_old = True
        if OLD.search(names):
            return "old"
        if ATTRIBUTION.search(names):
            return "attribution"
        return "signature" if SIGNATURE.search(names) else ""


def choose_form(form: Run, tag: str, values: dict[str, str]) -> Run:
    """Return the form of the text inside an element that stands in text of this form."""
    return replace(
        form,
        is_bold=form.is_bold or tag in BOLD,
        is_italic=form.is_italic or tag in ITALIC,
        is_code=form.is_code or tag in CODE,
        address=choose_address(values.get("href", "")) if tag == "a" else form.address,
    )


def choose_address(address: str) -> str:
    """Return where a link leads, without what a service put in front; empty if a comment may not."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        name = next((key for end, key in WRAPPERS.items() if f".{host}".endswith(f".{end}")), "")
        found = parse_qs(parts.query).get(name, []) if name else []
    except ValueError:
        return ""
    if found and found[0].startswith(("http://", "https://")):
        address = found[0]
    safe = UNSAFE_IN_LINK.sub(lambda match: quote_sign(match[0]), address.strip())
    return safe if LINKED_ADDRESS.fullmatch(safe) and not holds_mail(safe) else ""


def quote_sign(sign: str) -> str:
    """Return a sign as it stands in a web address."""
    return "".join(f"%{byte:02X}" for byte in sign.encode())


def read_number(value: str, default: int) -> int:
    """Return the number that an attribute has, or another one for what is none."""
    match = NUMBER.match(value)
    return int(match[1]) if match else default


def read_html_lines(source: str) -> list[Line]:
    """Return the lines of a piece of HTML.

    It is first written anew, because Python's reader takes long for what is left open.
    """
    reader = MailReader()
    reader.feed(
        nh3.clean(
            source,
            tags={*TAGS},
            attributes=ATTRIBUTES,
            clean_content_tags={*UNSEEN},
            url_schemes={"http", "https"},
            link_rel=None,
        )
    )
    reader.close()
    reader.end_line()
    return reader.lines
