"""Hold the HTML that comes out of a text against an allow-list, and find the links and ids in it.

The list is HTML that people write in posts. What runs, loads from elsewhere, sends or hides
something is not on it. `nh3` (the Ammonia sanitiser) holds the same list as a second reader, which
parses as browsers do: what it would take away and this module let pass is an error as well.
"""

import html
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
CLOSED_BY_ITSELF = frozenset("p li dt dd tr td th thead tbody tfoot colgroup rt rp".split())
ELEMENTS = frozenset(
    "a abbr address b bdi bdo big blockquote br caption center cite code col colgroup dd del "
    "details dfn div dl dt em figcaption figure font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol "
    "p pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td "
    "tfoot th thead time tr tt u ul var wbr".split()
)
EVERYWHERE = frozenset(
    "id class title lang dir align role aria-label aria-hidden aria-describedby".split()
)
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "a": frozenset("href rel name hreflang type target download".split()),
    "blockquote": frozenset(["cite"]),
    "col": frozenset("span width".split()),
    "colgroup": frozenset("span width".split()),
    "del": frozenset("cite datetime".split()),
    "details": frozenset(["open"]),
    "font": frozenset("color face size".split()),
    "hr": frozenset("size width".split()),
    "img": frozenset("src alt width height loading decoding".split()),
    "ins": frozenset("cite datetime".split()),
    "li": frozenset("value type".split()),
    "ol": frozenset("start type reversed".split()),
    "q": frozenset(["cite"]),
    "table": frozenset("border cellpadding cellspacing summary width".split()),
    "td": frozenset("colspan rowspan headers valign width height abbr".split()),
    "th": frozenset("colspan rowspan headers scope valign width height abbr".split()),
    "time": frozenset(["datetime"]),
    "tr": frozenset(["valign"]),
    "ul": frozenset(["type"]),
}
SCHEMES = frozenset("http https mailto tel".split())
URLS = frozenset("href src cite".split())
DEEPEST = 60

# What to write instead of what is not on the list.
INSTEAD: Mapping[str, str] = {
    "script": "Delete it: a page of this site runs no program",
    "iframe": "Put a link to the video or page instead: [its title](https://…)",
    "embed": "Put a link to it instead: [its title](https://…)",
    "object": "Put a link to it instead: [its title](https://…)",
    "video": "Put a link to the film instead: [its title](https://…)",
    "audio": "Put a link to the recording instead: [its title](https://…)",
    "form": "Put a link to the form instead: [its title](https://…)",
    "style": "Delete it: the site's own style sets the page",
    "link": "Delete it: the site's own style sets the page",
    "svg": "Save the drawing as a PNG picture: ![what it shows](../images/name.png)",
}
DEFAULT_INSTEAD = "Delete it, or put a backslash before the < to show it as text"


@dataclass(frozen=True, slots=True)
class Finding:
    """Say what is wrong with a piece of markup, and which words to look for in the source."""

    level: str
    text: str
    needles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """Hold one link or image of a text: its tag's place in the HTML, and its attributes."""

    tag: str
    url: str
    start: int
    end: int
    attributes: tuple[tuple[str, str], ...]


@dataclass
class Markup:
    """Hold what was found in a piece of HTML."""

    findings: list[Finding] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    words: int = 0
    opening: str = ""  # the text of the first paragraph that has one
    prose: str = ""  # all text outside code


def read_markup(source: str) -> Markup:
    """Read a piece of HTML and judge it."""
    reader = MarkupReader(source)
    reader.feed(source)
    reader.close()
    return reader.finish()


def fold_url(url: str) -> str:
    """Reduce an address to what a browser acts on: without blanks, controls and case."""
    return re.sub(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]+", "", url).casefold()


def check_address(url: str) -> str:
    """Say what is wrong with an address that leads to a program or to the author's own computer."""
    if re.match(r"[A-Za-z]:[\\/]|file:", url.strip()):
        remedy = "Copy the file to content/images/ and write: ../images/its-name"
        return f"{url.strip()} is a place on your own computer. {remedy}"
    match = re.match(r"([a-z][a-z0-9+.-]*):", fold_url(url))
    if match and match[1] not in SCHEMES:
        return f"A link to “{match[1]}:” is not allowed. Write an address that begins with https://"
    return ""


class MarkupReader(HTMLParser):
    """Walk through HTML once, collecting facts and findings."""

    def __init__(self, source: str) -> None:
        """Prepare the walk; the source is needed to know where its lines begin."""
        super().__init__(convert_charrefs=True)
        self.starts = [0, *(match.end() for match in re.finditer("\n", source))]
        self.markup = Markup()
        self.stack: list[str] = []
        self.seen: Counter[tuple[str, str, str]] = Counter()
        self.link_text: list[str] = []
        self.opening: list[str] = []
        self.opened = False  # whether the first paragraph with text has been read
        self.prose: list[str] = []
        self.source = source

    def finish(self) -> Markup:
        """Close the walk: what is still open, and what the second reader says."""
        markup = self.markup
        for tag in self.stack:
            if tag in ELEMENTS - CLOSED_BY_ITSELF:
                self.find(
                    "error", f"<{tag}> is never closed. Add </{tag}> after its end.", f"<{tag}"
                )
        markup.prose = "".join(self.prose)
        markup.words = len(markup.prose.split())
        markup.opening = " ".join("".join(self.opening).split())
        if not markup.findings:
            self.compare()
        return markup

    def find(self, level: str, text: str, *needles: str) -> None:
        """Keep a finding."""
        self.markup.findings.append(Finding(level, text, needles))

    def compare(self) -> None:
        """Ask the second reader: each tag and attribute that it takes away is an error."""
        cleaned = nh3.clean(
            self.source,
            tags=set(ELEMENTS),
            attributes={
                "*": set(EVERYWHERE),
                **{tag: set(names) for tag, names in ATTRIBUTES.items()},
            },
            url_schemes=set(SCHEMES),
            link_rel=None,
            strip_comments=True,
        )
        second = StartTags()
        second.feed(cleaned)
        second.close()
        for tag, name, value in self.seen - second.seen:
            shown = f"{name}=" if name else f"<{tag}>"
            needle = value[:30] if name else f"<{tag}"
            self.find(
                "error", f"{shown} cannot stand here as it is written. {DEFAULT_INSTEAD}.", needle
            )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Judge an opening tag."""
        values = {name: value or "" for name, value in attrs}
        self.check_tag(tag, values)
        if tag not in VOID:
            if tag in CLOSED_BY_ITSELF:
                self.close_implied(tag)
            self.stack.append(tag)
            if len(self.stack) == DEEPEST:
                seen = f"{DEEPEST} tags stand one in another"
                self.find("error", f"{seen}. Take some away.", f"<{tag}")
        if tag == "a":
            self.link_text = [values.get("aria-label", "")]
            self.read_reference(tag, values.get("href"), values)
        elif tag == "img":
            self.link_text.append(values.get("alt", ""))
            self.check_alternative(values)
            self.read_reference(tag, values.get("src", ""), values)

    def check_tag(self, tag: str, values: dict[str, str]) -> None:
        """Judge whether a tag may stand in a text; of what is within a stranger nothing is told."""
        if tag in ELEMENTS:
            self.check_attributes(tag, values)
        elif ELEMENTS.issuperset(self.stack):
            remedy = INSTEAD.get(tag, DEFAULT_INSTEAD)
            self.find("error", f"<{tag}> is not allowed in a text. {remedy}.", f"<{tag}")

    def read_reference(self, tag: str, url: str | None, values: dict[str, str]) -> None:
        """Keep a link or picture with its place in the HTML; an empty address is an error."""
        if url:
            line, column = self.getpos()
            start = self.starts[line - 1] + column
            end = start + len(self.get_starttag_text() or "")
            self.markup.references.append(Reference(tag, url, start, end, tuple(values.items())))
        elif url is not None and tag == "a":
            self.find("error", "A link leads nowhere. Write its address: [text](https://…).", "]()")
        elif url is not None:
            self.find("error", "A picture has no file. Write: ![what it shows](../images/…).", "![")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Judge a tag that closes itself; HTML knows that of void elements only."""
        self.handle_starttag(tag, attrs)

    def check_attributes(self, tag: str, values: dict[str, str]) -> None:
        """Judge the attributes of a tag that is on the list."""
        allowed = ATTRIBUTES.get(tag, frozenset())
        self.seen[tag, "", ""] += 1
        for name, value in values.items():
            if name not in allowed and name not in EVERYWHERE:
                what = "runs a program" if name.startswith("on") else "is not allowed in a text"
                self.find(
                    "error", f"{name}= in <{tag}> {what}. Delete it from the tag.", f"<{tag}", name
                )
                continue
            self.seen[tag, name, value] += 1
            if name in URLS and (text := check_address(value)):
                self.find("error", text, value)
            if name == "id":
                if value in self.markup.ids:
                    self.find(
                        "error", f"The id “{value}” stands here twice. Change one of them.", value
                    )
                self.markup.ids.append(value)
        if tag == "a" and values.get("name"):
            self.markup.ids.append(values["name"])

    def check_alternative(self, values: dict[str, str]) -> None:
        """Warn of a picture that says nothing to those who do not see it."""
        name = values.get("src", "").replace("\\", "/").rsplit("/", 1)[-1]
        alt = values.get("alt")
        if alt is None or (alt and not alt.strip()):
            self.find(
                "warning",
                f"The picture {name} has no description. Write: ![what it shows]({values.get('src')}).",
                values.get("src", ""),
            )
        elif alt and alt == name:
            self.find(
                "warning",
                f"The description of {name} is its file's name. Write what it shows.",
                values.get("src", ""),
            )

    def close_implied(self, tag: str) -> None:
        """Let a new list item, cell or paragraph end the one before it, as HTML does."""
        if self.stack and self.stack[-1] == tag:
            self.stack.pop()

    def handle_endtag(self, tag: str) -> None:
        """Match a closing tag with what is open."""
        if tag in VOID:
            return
        if tag == "a" and not "".join(self.link_text).strip() and self.markup.references:
            last = self.markup.references[-1]
            self.find(
                "warning", "A link has no words to click. Write: [its title](address).", last.url
            )
        if tag == "p" and "".join(self.opening).strip():
            self.opened = True
        if tag not in self.stack:
            if tag != "p":
                self.find("error", f"</{tag}> closes nothing. Delete it.", f"</{tag}")
            return
        while (open_tag := self.stack.pop()) != tag:
            if open_tag in ELEMENTS - CLOSED_BY_ITSELF:
                self.find(
                    "error",
                    f"<{open_tag}> is not closed before </{tag}>. Add </{open_tag}> after its end.",
                    f"<{open_tag}",
                )

    def handle_data(self, data: str) -> None:
        """Keep text for counting, for the summary, and for signs of broken Markdown."""
        self.link_text.append(data)
        if "code" in self.stack or "pre" in self.stack:
            return
        self.prose.append(data)
        if not self.opened and "p" in self.stack:
            self.opening.append(data)

    def handle_comment(self, data: str) -> None:
        """Take no notice: comments have been taken out before."""


class StartTags(HTMLParser):
    """Count the opening tags and attributes of a piece of HTML."""

    def __init__(self) -> None:
        """Start with nothing counted."""
        super().__init__(convert_charrefs=True)
        self.seen: Counter[tuple[str, str, str]] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count one tag."""
        self.seen[tag, "", ""] += 1
        for name, value in dict(attrs).items():
            self.seen[tag, name, value or ""] += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count a tag that closes itself."""
        self.handle_starttag(tag, attrs)


def format_tag(tag: str, attributes: Mapping[str, str]) -> str:
    """Write an opening tag."""
    return f"<{tag}{''.join(f' {name}={quote(value)}' for name, value in attributes.items())}>"


def quote(value: str) -> str:
    """Write an attribute's value with its quotation marks."""
    return f'"{html.escape(value)}"'
