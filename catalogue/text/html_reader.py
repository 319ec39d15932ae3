"""Read the HTML that comes out of a text: its links, ids and words, and what is wrong with it.

What is published is what the sanitiser returns. This module tells the author why something of hers
would not be, and where it stands. What only the sanitiser has seen, because it parses as browsers do, is
found by comparing the two (html_differences.py).

Whatever Python's parser treats differently from version to version (CDATA, comments, tags without an
end) is an error before it is asked; of the parser only documented methods are used.
"""

import html
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, zip_longest
from math import prod

from catalogue.folding import compose
from catalogue.problems import shorten
from catalogue.text.findings import Finding
from catalogue.text.html_allowlist import (
    ADDRESS_ATTRIBUTES,
    DEFAULT_INSTEAD,
    ELEMENTS,
    HIDING,
    INSTEAD,
    LARGEST_NUMBERS,
    OPTIONAL_END,
    PAGE_IDS,
    REFERENCES,
    RENAMED,
    TAKEN_OFF,
    VOID_ELEMENTS,
    is_listed,
    is_too_large,
)
from catalogue.text.older_html import read_style
from catalogue.text.open_elements import HEADINGS, OpenElements
from catalogue.text.placed_parser import (
    WHOLE_TAG,
    PlacedParser,
    describe_odd_tag,
    find_attribute,
    find_line_after,
    find_odd_tag,
)
from catalogue.text.plain_html import TagParts, split_plain
from catalogue.text.web_addresses import (
    check_address,
    check_quoted,
    show_destination,
    strip_curly,
)

KNOWN = ELEMENTS | RENAMED.keys() | TAKEN_OFF
# Tags that separate words in the text around them.
BREAKS = frozenset(
    "article aside blockquote br caption center dd div dt figcaption footer h1 h2 h3 h4 h5 h6 header "
    "hgroup hr li main nav p pre section summary td th tr".split()
)
PLAYERS = frozenset(("audio", "video"))  # what is in them is seen where they do not play
NO_WORDS = frozenset(("footnote-ref", "footnote-backref", "admonition-title"))
MOST_OPEN_TAGS = 60
ATTRIBUTE_NAME = re.compile(r"[a-z_:][\w:.-]*")
LONG_CODE = re.compile("&#[0-9]{10,}")  # the number of no sign, and too long for Python to read
CAPTION = re.compile("<figcaption\\b.*?</figcaption[^>]*>", re.DOTALL | re.IGNORECASE)
SHOWN_IN_FIGURE = re.compile("<(?:img|audio|video|table|iframe|hr)\\b", re.IGNORECASE)
NO_PICTURE = (
    "A caption stands here without a picture. "
    'Write: ![what it shows](../images/its-name "the caption")'
)
# What programs write where a picture is to be described, and names that cameras give.
NO_DESCRIPTIONS = frozenset(("alt", "alt text", "image", "img", "photo", "picture", "untitled"))
NUMBERED = re.compile(r"[\d_]")
SPANS = frozenset(("colspan", "rowspan", "span"))
CELLS = frozenset(("tr", "td", "th"))
MOST_CELLS = 500_000  # in tables; ten times as many keep a browser busy for seconds


@dataclass(frozen=True, slots=True)
class Reference:
    """One link or image of a text: its tag, its address as it is written, and its place in the HTML."""

    tag: str
    url: str
    place: int = field(default=0, compare=False)


@dataclass
class HtmlFacts:
    """The facts of a piece of HTML."""

    source: str = ""
    findings: list[Finding] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    opening: str = ""  # the text of the first paragraph that has one
    prose: str = ""  # all text outside code
    is_plain: bool = False  # whether every parser of HTML splits it alike
    undescribed: list[Reference] = field(default_factory=list)  # pictures with an empty description
    headings: list[tuple[str, int]] = field(default_factory=list)  # their tags and places
    pieces: list[tuple[str, int]] = field(default_factory=list)  # of the prose, with their places

    @cached_property
    def starts(self) -> list[int]:
        """Return the place in the prose where each piece begins."""
        return [*accumulate((len(text) for text, _ in self.pieces), initial=0)]

    def find_place(self, place: int) -> int:
        """Return the place in the HTML, or before it in its line, of a place in the prose."""
        number = min(bisect_right(self.starts, place), len(self.pieces)) - 1
        text, found = self.pieces[number]
        line_ends = text.count("\n", 0, place - self.starts[number])
        return find_line_after(self.source, found, line_ends)


def read_html(source: str) -> HtmlFacts:
    """Return the facts of a piece of HTML, and what is wrong with it."""
    reader = HtmlReader(source)
    reader.read()
    return reader.finish()


class TooDeep(Exception):
    """Raised when so many tags are open that what follows need not be read."""


class HtmlReader(PlacedParser):
    """A walk through HTML that collects facts and findings."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.facts = HtmlFacts(source)
        self.place = 0  # of the tag or the text that is read
        self.written = ""  # the tag as it is written
        self.open = OpenElements()
        self.stack = self.open.names
        self.link_text: list[str] = []
        self.link_url, self.link_place = "", 0
        self.anchors: set[int] = set()  # the places of names, which lead nowhere
        self.names: set[str] = set()
        self.opening: list[str] = []
        self.opened = False  # whether the first paragraph with text has been read
        self.prose = self.facts.pieces
        self.skipped = ""  # the tag of what stands in the text and does not belong to its words
        self.spanned = 0  # places that cells span, at the most so many columns
        self.rows = self.places = 0
        self.columns = self.widest = 0  # of the row that is being read, and of all rows
        self.has_style = False  # whether a style has been reported

    def read(self) -> None:
        """Read the source."""
        pieces, tags = split_plain(self.source)
        try:
            if pieces:
                self.facts.is_plain = True
                self.read_plain(pieces, tags)
            elif odd := find_odd_tag(self.source):
                self.place = self.source.index(odd)
                self.add("error", describe_odd_tag(odd))
            elif code := LONG_CODE.search(self.source):
                self.place = code.start()
                seen = f"{shorten(code[0], 20)} stands for a sign that cannot be seen"
                self.add("error", f"{seen}. Take it out.")
            else:
                self.read_all()
        except TooDeep:
            self.open.clear()  # whether they are closed is not known

    def read_plain(self, pieces: Sequence[str], tags: Sequence[TagParts]) -> None:
        """Read plain HTML as the library does, in one step for each tag."""
        places = [*accumulate(map(len, pieces), initial=0)]
        written = iter(pieces[1::2])
        starts, ends = iter(places[::2]), iter(places[1::2])
        for text, tag in zip_longest(pieces[::2], tags):
            self.place = next(starts)
            if text:
                self.read_text(html.unescape(text) if "&" in text else text)
            if tag:
                is_closing, name, values = tag
                self.place, self.written = next(ends), next(written)
                if is_closing:
                    self.read_end(name)
                else:
                    self.read_tag(name, values)

    def finish(self) -> HtmlFacts:
        """Return the facts, with a finding for each element that is still open."""
        facts = self.facts
        for tag, place in zip(self.stack, self.open.places, strict=True):
            self.place = place
            if tag in KNOWN - OPTIONAL_END and place not in self.anchors:
                seen = f"<{tag}> is never closed: all that follows stands in it"
                self.add("warning", f"{seen}. Add </{tag}> after its end.")
        facts.is_plain = facts.is_plain and self.open.is_plain and not self.stack
        facts.prose = "".join([text for text, _ in self.prose])
        facts.opening = " ".join("".join(self.opening).split())
        return facts

    def add(self, level: str, text: str, attribute: str = "") -> None:
        """Add a finding at the place of what is read, or of an attribute of the tag that is read."""
        place = self.place + find_attribute(self.written, attribute) if attribute else self.place
        self.facts.findings.append(Finding(level, text, place))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Check an opening tag that the library has split."""
        self.place, self.written = self.read_place(), self.get_starttag_text() or ""
        self.read_tag(tag, [(name, value or "") for name, value in attrs])

    def read_tag(self, tag: str, attributes: Sequence[tuple[str, str]]) -> None:
        """Check an opening tag with its attributes."""
        values = dict(attributes) if attributes else {}
        if len(values) < len(attributes):
            self.find_repeated(tag, attributes)
        if values or tag not in ELEMENTS:
            self.check_tag(tag, values)
        if tag == "a" and "a" in self.stack:
            self.check_nesting(values)
        if tag in BREAKS:
            self.separate_words(tag)
        if tag not in VOID_ELEMENTS:
            self.open.open(tag, self.place)
            if len(self.stack) == MOST_OPEN_TAGS:
                seen = f"{MOST_OPEN_TAGS} tags stand one in another"
                finding = Finding("error", f"{seen}. Take some away.", self.open.places[0])
                self.facts.findings.append(finding)
                raise TooDeep
        if tag == "a":
            self.open_link(values)
        elif tag == "img":
            self.link_text.append(values.get("alt", ""))
            self.check_alternative(values)
        if tag in REFERENCES and not (tag == "source" and "picture" in self.stack):
            self.read_reference(tag, REFERENCES[tag], values)

    def open_link(self, values: dict[str, str]) -> None:
        """Note the beginning of a link, or of a name."""
        if "href" not in values:
            self.anchors.add(self.place)
        self.link_text = [values.get("aria-label", "")]
        self.link_url, self.link_place = values.get("href", ""), self.place

    def separate_words(self, tag: str) -> None:
        """Split the words before a block from those in it."""
        self.prose.append(("\n", self.place))
        if not self.opened:
            self.opening.append(" ")
        if tag in HEADINGS:
            self.facts.headings.append((tag, self.place))
        elif tag in CELLS:
            self.count_cell(tag)

    def find_repeated(self, tag: str, attributes: Sequence[tuple[str, str]]) -> None:
        """Add an error for an attribute that a tag has twice: a browser takes the first one."""
        counts = Counter(name for name, _ in attributes)
        name = next(name for name, count in counts.items() if count > 1)
        text = f"{shorten(name)}= stands in <{tag}> twice. Keep one of the two."
        self.add("error", text, name)

    def check_tag(self, tag: str, values: dict[str, str]) -> None:
        """Check whether a tag is allowed; within one that is not, no other is reported."""
        if tag == "input" and (values.get("type") != "checkbox" or "disabled" not in values):
            self.add("error", f"<input> is not allowed in a text. {INSTEAD['form']}.")
        elif tag in KNOWN or ":" in tag:
            self.check_attributes(tag, values)
        elif all(name in KNOWN or ":" in name for name in self.stack):
            remedy = INSTEAD.get(tag, DEFAULT_INSTEAD)
            self.add("error", f"<{shorten(tag)}> is not allowed in a text. {remedy}.")

    def check_nesting(self, values: dict[str, str]) -> None:
        """Warn of a link that stands in another: it ends that one."""
        if "href" in values and self.link_url:
            text = "A link stands inside another link. Write </a> at the end of the first one."
            self.add("warning", text)

    def read_reference(self, tag: str, name: str, values: dict[str, str]) -> None:
        """Add a link or a file that is shown; an empty address is an error, and no address of a picture."""
        url = values.get(name, "" if tag == "img" else None)
        if url and (text := check_quoted(url, is_picture=tag != "a")):
            self.add("error", text, name)
        elif url:
            if (bare := strip_curly(url)) != url:
                seen = f"The address {shorten(url, 100)} stands in curly quotation marks"
                self.add("warning", f"{seen}. Write it without them: {shorten(bare, 100)}", name)
            place = self.place
            if "\n" in self.written:
                place += find_attribute(self.written, name)
            self.facts.references.append(Reference(tag, url, place))
        elif url is not None and tag == "a":
            text = "A link leads nowhere. Write its address: [text](https://…)."
            self.add("error", text, name)
        elif tag == "img":
            text = "A picture has no file. Write: ![what it shows](../images/its-name)."
            self.add("error", text, name)
        elif url is not None:
            text = f'<{tag}> has no file. Write: {name}="../images/its-name".'
            self.add("error", text, name)
        if values.get("poster") and tag == "video":
            self.facts.references.append(Reference("img", values["poster"], self.place))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Check a tag that closes itself; HTML knows that of void elements only."""
        self.handle_starttag(tag, attrs)

    def check_attributes(self, tag: str, values: dict[str, str]) -> None:
        """Check the attributes of a tag that is allowed."""
        if any(not ATTRIBUTE_NAME.fullmatch(name) for name in values):
            seen = f"<{tag}> is not written as a tag is"
            text = f"{seen}. Write &gt; for > and &lt; for < between its quotation marks."
            self.add("error", text)
            return
        for name, value in values.items():
            self.check_attribute(tag, name, value)
        if "class" in values:
            self.read_class(tag, values["class"])
        if spans := SPANS.intersection(values):
            self.spanned += prod(read_span(values[name]) for name in spans)
        if values.get("id"):
            self.read_id(values["id"])
        if tag == "a" and values.get("name", values.get("id")) != values.get("id"):
            self.read_id(values["name"])

    def check_attribute(self, tag: str, name: str, value: str) -> None:
        """Check one attribute."""
        if not is_listed(tag, name):
            self.check_unlisted(tag, name, value)
        elif is_too_large(name, value):
            most = "100 %" if "%" in value else f"{LARGEST_NUMBERS[name]:,}"
            text = (
                f"{name}={shorten(value.strip(), 20)} in <{tag}> is too much. Write at most {most}."
            )
            self.add("error", text, name)
        elif name in ADDRESS_ATTRIBUTES and (text := check_address(strip_curly(value))):
            self.add("error", text, name)

    def check_unlisted(self, tag: str, name: str, value: str) -> None:
        """Check an attribute that is taken off: what acts or hides is an error."""
        if name.startswith("on") or name in HIDING:
            what = "runs a program" if name.startswith("on") else "hides a part of the text"
            text = f"{shorten(name)}= in <{tag}> {what}. Delete it from the tag."
            self.add("error", text, name)
        elif name == "style" and not self.has_style and not read_style(tag, value)[1]:
            self.has_style = True
            seen = "style= is taken off here and wherever else it stands: the site's own style sets the page"
            remedy = "Take it out, or write in it text-align, or the float or width of a picture"
            self.add("warning", f"{seen}. {remedy}.", name)

    def read_class(self, tag: str, name: str) -> None:
        """Note what no text opens with: the signs of notes, the notes, and the titles of alerts."""
        if name in NO_WORDS:
            self.skipped = tag
        elif name == "footnote":
            self.opened = True

    def count_cell(self, tag: str) -> None:
        """Add an error for more cells than a browser lays out at once: each row has every column."""
        if tag == "tr":
            self.rows, self.columns = self.rows + 1, 0
        else:
            self.columns += 1
            self.widest = max(self.widest, self.columns)
        before, self.places = self.places, self.rows * (self.widest + self.spanned)
        if before <= MOST_CELLS < self.places:
            seen = f"The tables have more than {MOST_CELLS:,} places, rows times columns"
            self.add("error", f"{seen}. Make smaller tables of them.")

    def read_id(self, name: str) -> None:
        """Add the id of a place; a second of the same name is an error, and one of the page's own."""
        if PAGE_IDS.fullmatch(name):
            seen = f"The id “{shorten(name)}” is a name that the site itself uses"
            text = f"{seen}. Write another, such as “my-{shorten(name)}”."
            self.add("error", text, "id")
        name = compose(name)  # as links to it are read
        if name in self.names:
            text = f"The id “{shorten(name)}” stands here twice. Change one of them."
            self.add("error", text, "id")
        self.names.add(name)
        self.facts.ids.append(name)

    def check_alternative(self, values: dict[str, str]) -> None:
        """Warn of a picture that says nothing to those who do not see it."""
        name = values.get("src", "").replace("\\", "/").rsplit("/", 1)[-1]
        alt, source = values.get("alt"), values.get("src", "")
        if not source or source.startswith("data:") or check_quoted(source, is_picture=True):
            return
        if alt == "":
            self.facts.undescribed.append(Reference("img", source, self.place))
        elif alt is None:
            seen = f"The picture {shorten(name)} has no description"
            self.add("warning", f'{seen}. Write in its tag: alt="what it shows"', "src")
        elif not alt.strip():
            self.add("warning", describe_undescribed(source), "src")
        elif says_nothing(alt.strip().casefold(), name.casefold()):
            what = (
                "its file's name"
                if NUMBERED.search(alt) or "." in alt
                else f"“{shorten(alt)}” alone"
            )
            text = f"The description of {shorten(name)} is {what}. Write what it shows."
            self.add("warning", text, "src")

    def handle_endtag(self, tag: str) -> None:
        """Match a closing tag that the library has found."""
        self.place = self.read_place()
        self.read_end(tag)

    def read_end(self, tag: str) -> None:
        """Match a closing tag with what is open."""
        if tag in VOID_ELEMENTS:
            return
        if tag == "a" and self.link_url and not "".join(self.link_text).strip():
            way = show_destination(self.link_url)
            text = f"A link has no words to click. Write: [its title]({way})"
            self.facts.findings.append(Finding("warning", text, self.link_place))
        self.skipped = self.skipped if self.skipped != tag else ""
        if tag == "p" and not self.opened and "".join(self.opening).strip():
            self.opened = True
        if tag == "figure" and tag in self.stack:
            self.check_figure()
        unclosed = self.open.close(tag)
        if unclosed is None:
            if tag in KNOWN and tag != "p":
                text = f"</{tag}> closes nothing. Delete it."
                self.add("warning", text)
            return
        for name, place in unclosed:
            self.place = place
            if name in KNOWN and place not in self.anchors:
                text = f"<{name}> is not closed before </{tag}>. Add </{name}> after its end."
                self.add("warning", text)

    def check_figure(self) -> None:
        """Warn of a figure that ends here and has nothing to show but its caption."""
        start = self.open.places[max(n for n, name in enumerate(self.stack) if name == "figure")]
        shown = CAPTION.sub("", self.source[start : self.place])
        if not SHOWN_IN_FIGURE.search(shown) and not WHOLE_TAG.sub("", shown).strip():
            self.facts.findings.append(Finding("warning", NO_PICTURE, start))

    def handle_data(self, data: str) -> None:
        """Add text that the library has found."""
        self.place = self.read_place()
        self.read_text(data)

    def read_text(self, data: str) -> None:
        """Add text for counting, for the summary, and for signs of broken Markdown."""
        self.link_text.append(data)
        if not PLAYERS.isdisjoint(self.stack):
            return
        if "code" in self.stack or "pre" in self.stack:
            self.read_code(data)
            return
        if self.skipped == "a":
            return
        self.prose.append((data, self.place))
        if not self.opened and not self.skipped and "p" in self.stack:
            self.opening.append(data)

    def read_code(self, data: str) -> None:
        """Add the words of code within a line to the summary: they are a part of its sentence."""
        if not (self.opened or self.skipped or "pre" in self.stack) and "p" in self.stack:
            self.opening.append(data)


def says_nothing(description: str, name: str) -> bool:
    """Return whether a picture is described by its file's name, or by a word that programs put there."""
    if description == name or description in NO_DESCRIPTIONS:
        return True
    return NUMBERED.search(description) is not None and name.startswith(f"{description}.")


def describe_undescribed(source: str) -> str:
    """Return what is said of a picture that says nothing to those who do not see it."""
    name = source.replace("\\", "/").rsplit("/", 1)[-1]
    remedy = f"Write: ![what it shows]({show_destination(source)})"
    return f"The picture {shorten(name)} has no description. {remedy}"


def read_span(value: str) -> int:
    """Return how many columns or rows a value spans; 0 rows are all there are."""
    match = re.match(r"\s*\+?([0-9]{1,6})", value)
    number = int(match[1]) if match else 1
    return min(number, LARGEST_NUMBERS["rowspan"]) if number else LARGEST_NUMBERS["rowspan"]
