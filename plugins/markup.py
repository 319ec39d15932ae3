"""Hold the HTML that comes out of a text against an allow-list, and find the links and ids in it.

The list is HTML that people write in posts. What runs, loads from elsewhere, sends or hides
something is not on it. `nh3` (the Ammonia sanitiser) holds the same list as a second reader, which
parses as browsers do: what it would take away and this module let pass is an error as well. It reads
a text tag by tag where a tag has no place from which it could be taken away, and else as a whole.
"""

import html
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from html.parser import HTMLParser
from itertools import zip_longest

import nh3

from plugins.problems import shorten

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
CLOSED_BY_ITSELF = frozenset("p li dt dd tr td th thead tbody tfoot colgroup rt rp".split())
ELEMENTS = frozenset(
    "a abbr acronym address b bdi bdo big blockquote br caption center cite code col colgroup dd del "
    "details dfn div dl dt em figcaption figure font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol "
    "p pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td "
    "tfoot th thead time tr tt u ul var wbr".split()
)
# Tags that part words in the text around them.
BREAKS = frozenset(
    "blockquote br caption dd div dt figcaption h1 h2 h3 h4 h5 h6 hr li p pre section summary td "
    "th tr".split()
)
EVERYWHERE = frozenset(
    "id class title lang dir align role aria-label aria-hidden aria-describedby".split()
)
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "a": frozenset("href rel name hreflang type target download".split()),
    "blockquote": frozenset(["cite"]),
    "br": frozenset(["clear"]),
    "col": frozenset("span width".split()),
    "colgroup": frozenset("span width".split()),
    "del": frozenset("cite datetime".split()),
    "details": frozenset(["open"]),
    "font": frozenset("color face size".split()),
    "hr": frozenset("noshade size width".split()),
    "img": frozenset("src alt width height loading decoding border hspace vspace".split()),
    "ins": frozenset("cite datetime".split()),
    "li": frozenset("value type".split()),
    "ol": frozenset("start type reversed".split()),
    "q": frozenset(["cite"]),
    "table": frozenset("border cellpadding cellspacing summary width".split()),
    "td": frozenset("colspan rowspan headers valign width height abbr nowrap".split()),
    "th": frozenset("colspan rowspan headers scope valign width height abbr nowrap".split()),
    "time": frozenset(["datetime"]),
    "tr": frozenset(["valign"]),
    "ul": frozenset(["type"]),
}
# No place in a text takes the opening tag of one of these away (HTML Standard, 13.2.6.4.7).
STEADY = frozenset(
    "a abbr b blockquote br cite code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark "
    "ol p pre q small strong sub sup ul".split()
)
SCHEMES = frozenset("http https mailto tel".split())
URLS = frozenset("href src cite".split())
DEEPEST = 60
TAGS_KEPT = 20_000
# Ids of the page around a text: its own parts, and its comments. No text may have one of them.
PAGE_IDS = re.compile(r"main|comments|cite-this|comment-.*", re.DOTALL)
# Classes of the theme that would move or hide a text.
OWN_CLASSES = frozenset("skip cabinet drawer".split())
TAG = re.compile(r"""<(?:[^"'<>]|"[^"]*"|'[^']*')*>""")
NOTE = re.compile(r'<sup id="fnref[^>]*>.*?</sup>')
ATTRIBUTE = re.compile(r"[a-z_:][\w:.-]*")
# What an opening tag ends of what is open before it (HTML Standard, 13.1.2.4, optional tags).
ENDED_BY: Mapping[str, frozenset[str]] = {
    "p": frozenset(["p"]),
    "li": frozenset(["li"]),
    **dict.fromkeys(("dt", "dd"), frozenset(["dt", "dd"])),
    **dict.fromkeys(("td", "th"), frozenset(["td", "th"])),
    **dict.fromkeys(("rt", "rp"), frozenset(["rt", "rp"])),
    "tr": frozenset(["tr"]),
    **dict.fromkeys(
        ("thead", "tbody", "tfoot"), frozenset("caption colgroup thead tbody tfoot".split())
    ),
}

# Whether a tag is a closing one, its name, its attributes.
Parted = tuple[bool, str, tuple[tuple[str, str], ...]]

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
    needles: tuple[str, ...]  # the most telling first
    skip: int = 0  # how many places of these words are not meant
    unpaired: str = ""  # a tag, "b" or "/b", that has no partner


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
    odd: list[Reference] = field(default_factory=list)  # tags that hold a < or > in their values


def read_markup(source: str) -> Markup:
    """Read a piece of HTML and judge it."""
    reader = MarkupReader(source)
    reader.read()
    return reader.finish()


@cache
def load_plain() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Compile what parts HTML, what a tag looks like that any reader parts alike, and its attributes.

    Only elements of the list are in it, none of which turns what follows into something else; names
    are small, every value stands in quotation marks, and no sign in it but & is escaped.
    """
    name = "|".join(sorted(ELEMENTS, key=len, reverse=True))
    return (
        re.compile("(<[^>]*>)"),
        re.compile(rf'<(?:(/)({name})|({name})((?: [a-z]++="(?:[^"<>&]|&amp;)*+")*+))>'),
        re.compile(r' ([a-z]+)="([^"]*)"'),
    )


@lru_cache(maxsize=TAGS_KEPT)
def part_tag(tag: str) -> Parted | None:
    """Tell of a plain tag whether it is a closing one, its name and its attributes; None of another."""
    _, plain, attributes = load_plain()
    match = plain.fullmatch(tag)
    if not match:
        return None
    closing, closed, name, rest = match.groups()
    found = attributes.findall(rest) if rest else ()
    values = tuple((key, text.replace("&amp;", "&")) for key, text in found)
    return bool(closing), closed or name, values


def part_plain(source: str) -> tuple[list[str], list[Parted]]:
    """Part plain HTML into its pieces (text, tag, text ...) and what `part_tag` tells of its tags.

    There are no pieces if any tag is not plain, or if a < or > stands outside of tags.
    """
    pieces = load_plain()[0].split(source)
    tags = [tag for tag in map(part_tag, pieces[1::2]) if tag]
    # A plain tag begins with the one and ends with the other, and holds none in between.
    is_plain = len(pieces) // 2 == len(tags) == source.count("<") == source.count(">")
    return (pieces, tags) if is_plain else ([], [])


@lru_cache(maxsize=TAGS_KEPT)
def is_kept(tag: str) -> bool:
    """Tell of a plain tag whether the second reader leaves it as it is, wherever in a text it stands."""
    parted = part_tag(tag)
    if parted is None:
        return False
    is_closing, name, _ = parted
    return is_closing or (name in STEADY and load_cleaner().clean(tag).startswith(tag))


def fold_url(url: str) -> str:
    """Reduce an address to what a browser acts on: without blanks, controls and case."""
    return re.sub(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]+", "", url).casefold()


def check_address(url: str) -> str:
    """Say what is wrong with an address that leads to a program or to the author's own computer."""
    if ":" not in url:  # no other sign becomes one when an address is folded
        return ""
    if re.match(r"[A-Za-z]:[\\/]|file:", url.strip()):
        remedy = "Copy the file to content/images/ and write: ../images/its-name"
        return f"{shorten(url.strip(), 100)} is a place on your own computer. {remedy}"
    match = re.match(r"([a-z][a-z0-9+.-]*):", fold_url(url))
    if match and match[1] not in SCHEMES:
        return f"A link to “{shorten(match[1], 20)}:” is not allowed. Write an address that begins with https://"
    return ""


class MarkupReader(HTMLParser):
    """Walk through HTML once, collecting facts and findings."""

    def __init__(self, source: str) -> None:
        """Prepare the walk; the source is needed to know where in it a tag stands."""
        super().__init__(convert_charrefs=True)
        self.place = 0  # in what is still to be read, where the piece begins that is being read
        self.markup = Markup()
        self.stack: list[str] = []
        self.seen: list[tuple[str, str, str]] = []  # each tag, and each of its attributes
        self.link_text: list[str] = []
        self.link_url = ""
        self.numbers: list[int] = []  # for each tag of the stack, how many of its kind came before
        self.tags: defaultdict[str, int] = defaultdict(int)
        self.names: Counter[str] = Counter()
        self.urls: Counter[str] = Counter()
        self.opening: list[str] = []
        self.opened = False  # whether the first paragraph with text has been read
        self.prose: list[str] = []
        self.source = source
        self.tag_text = ""  # the tag that is being read, if this class itself has parted it
        self.is_kept = False  # whether the second reader is known to take nothing away

    def read(self) -> None:
        """Walk through the source."""
        pieces, tags = part_plain(self.source)
        if pieces:
            self.read_plain(pieces, tags)
            self.is_kept = all(map(is_kept, pieces[1::2]))
            return
        self.feed(self.source)
        self.check_end()
        self.close()

    def read_plain(self, pieces: Sequence[str], tags: Sequence[Parted]) -> None:
        """Walk through plain HTML as the library does, in one step for each tag."""
        self.rawdata = self.source
        for text, tag, parted in zip_longest(pieces[::2], pieces[1::2], tags):
            if text:
                self.handle_data(html.unescape(text) if "&" in text else text)
            if tag and parted:
                self.place += len(text)
                is_closing, name, values = parted
                if is_closing:
                    self.handle_endtag(name)
                else:
                    self.tag_text = tag
                    self.read_tag(name, dict(values) if values else {})
                self.place += len(tag)

    def get_starttag_text(self) -> str | None:
        """Give the tag that is being read as it is written."""
        return self.tag_text or super().get_starttag_text()

    def updatepos(self, i: int, j: int) -> int:  # noqa: ARG002 - the library's signature
        """Keep the place itself: the line and column, which the library counts, are not asked for."""
        self.place = j
        return j

    def close(self) -> None:
        """Read what is left; its places are counted anew."""
        self.place = 0
        super().close()

    def find_place(self) -> int:
        """Say where in the source the piece begins that is being read."""
        return len(self.source) - len(self.rawdata) + self.place

    def finish(self) -> Markup:
        """Close the walk: what is still open, and what the second reader says."""
        markup = self.markup
        for tag, number in zip(self.stack, self.numbers, strict=True):
            if tag in ELEMENTS - CLOSED_BY_ITSELF:
                text = f"<{tag}> is never closed. Add </{tag}> after its end."
                self.markup.findings.append(Finding("error", text, (), number, tag))
        markup.prose = "".join(self.prose)
        markup.words = len(markup.prose.split())
        markup.opening = " ".join("".join(self.opening).split())
        if not self.is_kept and not any(f.level == "error" for f in markup.findings):
            self.compare()
        return markup

    def check_end(self) -> None:
        """Refuse a tag that has not ended when all has been read: it would take in what follows."""
        if re.match(r"<[a-zA-Z/!?]", self.rawdata):
            text = f"“{shorten(self.rawdata, 40)}” has no end. Write > after it, or &lt; for its <."
            self.find("error", text, self.rawdata[:20].split()[0])

    def find(self, level: str, text: str, *needles: str) -> None:
        """Keep a finding."""
        self.markup.findings.append(Finding(level, text, needles))

    def compare(self) -> None:
        """Ask the second reader: each tag and attribute that it takes away is an error."""
        cleaned = load_cleaner().clean(self.source)
        if cleaned == self.source:  # the usual case: nothing was taken away
            return
        second = StartTags()
        second.feed(cleaned)
        second.close()
        seen = Counter((tag, name, html.unescape(value)) for tag, name, value in self.seen)
        for tag, name, value in seen - second.seen:
            shown = f"{name}= in <{tag}>" if name else f"<{tag}>"
            text = f"{shown} cannot stand here as it is written. {DEFAULT_INSTEAD}."
            self.find("error", text, value[:30] if name else f"<{tag}", name, f"<{tag}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Judge an opening tag that the library has parted."""
        values = {name: value or "" for name, value in attrs}
        raw = self.get_starttag_text() or ""
        if ">" in raw[:-1] or "<" in raw[1:]:
            self.markup.odd.append(self.locate_tag(tag, "", values))
        self.read_tag(tag, values)

    def read_tag(self, tag: str, values: dict[str, str]) -> None:
        """Judge an opening tag with its attributes."""
        self.check_tag(tag, values)
        number = self.tags[tag]
        self.tags[tag] = number + 1
        if tag in BREAKS:
            self.prose.append(" ")
            self.opening.append(" ")
        if tag not in VOID:
            if self.stack and tag in CLOSED_BY_ITSELF:
                self.close_implied(tag)
            self.stack.append(tag)
            self.numbers.append(number)
            if len(self.stack) == DEEPEST:
                seen = f"{DEEPEST} tags stand one in another"
                self.find("error", f"{seen}. Take some away.", f"<{tag}")
        if tag == "a":
            self.check_nesting(values)
            self.link_text = [values.get("aria-label", "")]
            self.link_url = values.get("href", "")
            self.read_reference(tag, values.get("href"), values)
        elif tag == "img":
            self.link_text.append(values.get("alt", ""))
            self.check_alternative(values)
            self.read_reference(tag, values.get("src", ""), values)

    def check_tag(self, tag: str, values: dict[str, str]) -> None:
        """Judge whether a tag may stand in a text; of what is within a stranger nothing is told."""
        if tag in ELEMENTS:
            self.seen.append((tag, "", ""))
            if values:
                self.check_attributes(tag, values)
        elif ELEMENTS.issuperset(self.stack):
            remedy = INSTEAD.get(tag, DEFAULT_INSTEAD)
            self.find("error", f"<{shorten(tag)}> is not allowed in a text. {remedy}.", f"<{tag}")

    def check_nesting(self, values: dict[str, str]) -> None:
        """Refuse a link within a link, which no browser can show."""
        if "href" in values and self.link_url and "a" in self.stack[:-1]:
            text = "A link stands inside another link. Write </a> at the end of the first one."
            self.find("error", text, values["href"], "<a")

    def locate_tag(self, tag: str, url: str, values: dict[str, str]) -> Reference:
        """Say where in the HTML the tag stands that is being read."""
        start = self.find_place()
        end = start + len(self.get_starttag_text() or "")
        return Reference(tag, url, start, end, tuple(values.items()))

    def read_reference(self, tag: str, url: str | None, values: dict[str, str]) -> None:
        """Keep a link or picture with its place in the HTML; an empty address is an error."""
        if url:
            self.markup.references.append(self.locate_tag(tag, url, values))
            self.urls[url] += 1
        elif url is not None and tag == "a":
            text = "A link leads nowhere. Write its address: [text](https://…)."
            self.find("error", text, "]()", 'href=""', "href")
        elif url is not None:
            text = "A picture has no file. Write: ![what it shows](../images/its-name)."
            self.find("error", text, f"![{values.get('alt')}]()", 'src=""', "<img")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Judge a tag that closes itself; HTML knows that of void elements only."""
        self.handle_starttag(tag, attrs)

    def check_attributes(self, tag: str, values: dict[str, str]) -> None:
        """Judge the attributes of a tag that is on the list."""
        allowed = ATTRIBUTES.get(tag, frozenset())
        if any(not ATTRIBUTE.fullmatch(name) for name in values):
            seen = f"<{tag}> is not written as a tag is"
            text = f"{seen}. Write &gt; for > and &lt; for < between its quotation marks."
            self.find("error", text, f"<{tag}")
            return
        for name, value in values.items():
            is_data = name.startswith("data-") and not name.startswith("data-pagefind")
            if name not in allowed and name not in EVERYWHERE and not is_data:
                what = "runs a program" if name.startswith("on") else "is not allowed in a text"
                text = f"{shorten(name)}= in <{tag}> {what}. Delete it from the tag."
                self.find("error", text, name, f"<{tag}")
                continue
            self.seen.append((tag, name, value))
            if name in URLS and (text := check_address(value)):
                self.find("error", text, value, name)
            if name == "class" and (own := OWN_CLASSES & set(value.split())):
                text = f"class={min(own)} is a name that the site itself uses. Choose another."
                self.find("error", text, min(own), name)
        if values.get("id"):
            self.read_id(values["id"])
        if tag == "a" and values.get("name", values.get("id")) != values.get("id"):
            self.read_id(values["name"])

    def read_id(self, name: str) -> None:
        """Keep the name of a place; a second one of the same name is an error, and one of the page's."""
        if PAGE_IDS.fullmatch(name):
            seen = f"The id “{shorten(name)}” is a name that the site itself uses"
            text = f"{seen}. Write another, such as “my-{shorten(name)}”."
            self.find("error", text, name, "id=")
        if count := self.names[name]:
            text = f"The id “{shorten(name)}” stands here twice. Change one of them."
            self.markup.findings.append(Finding("error", text, (name, "id="), count))
        self.names[name] += 1
        self.markup.ids.append(name)

    def check_alternative(self, values: dict[str, str]) -> None:
        """Warn of a picture that says nothing to those who do not see it."""
        name = values.get("src", "").replace("\\", "/").rsplit("/", 1)[-1]
        alt, source = values.get("alt"), values.get("src", "")
        if not source:
            return
        if alt is None or (alt and not alt.strip()):
            remedy = f"Write: ![what it shows]({shorten(source, 100)})"
            text = f"The picture {shorten(name)} has no description. {remedy}."
            self.markup.findings.append(Finding("warning", text, (source,), self.urls[source]))
        elif alt and alt == name:
            text = f"The description of {shorten(name)} is its file's name. Write what it shows."
            self.markup.findings.append(Finding("warning", text, (source,), self.urls[source]))

    def close_implied(self, tag: str) -> None:
        """Let a new list item, cell or paragraph end the one before it, as HTML does."""
        ended = ENDED_BY.get(tag, ())
        for place in range(len(self.stack) - 1, -1, -1):
            if self.stack[place] in ended:
                del self.stack[place:], self.numbers[place:]
                return
            if self.stack[place] not in CLOSED_BY_ITSELF:
                return

    def handle_endtag(self, tag: str) -> None:
        """Match a closing tag with what is open."""
        if tag in VOID:
            return
        if tag == "a" and self.link_url and not "".join(self.link_text).strip():
            text = "A link has no words to click. Write: [its title](address)."
            nth = self.urls[self.link_url] - 1
            self.markup.findings.append(Finding("warning", text, (self.link_url,), nth))
        if tag == "p" and not self.opened and "".join(self.opening).strip():
            self.opened = True
        end = f"/{tag}"
        self.tags[end] += 1
        if tag not in self.stack:
            if tag != "p":
                text = f"</{shorten(tag)}> closes nothing. Delete it."
                self.markup.findings.append(Finding("error", text, (), self.tags[end] - 1, end))
            return
        while (open_tag := self.stack.pop()) != tag:
            number = self.numbers.pop()
            if open_tag in ELEMENTS - CLOSED_BY_ITSELF:
                remedy = f"Add </{open_tag}> after its end."
                text = f"<{open_tag}> is not closed before </{shorten(tag)}>. {remedy}"
                self.markup.findings.append(Finding("error", text, (), number, open_tag))
        self.numbers.pop()

    def handle_data(self, data: str) -> None:
        """Keep text for counting, for the summary, and for signs of broken Markdown."""
        self.link_text.append(data)
        if "code" in self.stack or "pre" in self.stack:
            return
        self.prose.append(data)
        if not self.opened and "p" in self.stack:
            self.opening.append(data)

    def handle_comment(self, _: str) -> None:
        """Refuse what a browser takes for a comment, and hides; real ones have been taken out."""
        self.refuse_hidden()

    def handle_decl(self, _: str) -> None:
        """Refuse a declaration."""
        self.refuse_hidden()

    def handle_pi(self, _: str) -> None:
        """Refuse an instruction to another program."""
        self.refuse_hidden()

    def parse_marked_section(self, i: int, report: int = 1) -> int:  # noqa: ARG002 - its signature
        """Read `<![…` as browsers do, as a comment."""
        return self.parse_bogus_comment(i)

    def refuse_hidden(self) -> None:
        """Say that a piece of the text would be seen by nobody."""
        text = self.source[self.find_place() :][:200].partition(">")[0] + ">"
        seen = f"“{shorten(text, 40)}” would be hidden from readers"
        self.find("error", f"{seen}. {DEFAULT_INSTEAD}.", text.split()[0], text[:2])


@cache
def load_cleaner() -> nh3.Cleaner:
    """Give the second reader its list, once."""
    return nh3.Cleaner(
        tags=set(ELEMENTS),
        attributes={
            "*": set(EVERYWHERE),
            **{tag: set(names) for tag, names in ATTRIBUTES.items()},
        },
        url_schemes=set(SCHEMES),
        generic_attribute_prefixes={"data-"},
        link_rel=None,
        strip_comments=True,
    )


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
            self.seen[tag, name, html.unescape(value or "")] += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count a tag that closes itself."""
        self.handle_starttag(tag, attrs)


def format_tags(source: str, places: Sequence[Reference]) -> str:
    """Write some tags of a piece of HTML anew, with the signs < and > in their values escaped."""
    pieces, done = [], 0
    for place in places:
        pieces += [source[done : place.start], format_tag(place.tag, dict(place.attributes))]
        done = place.end
    return "".join([*pieces, source[done:]])


def strip_tags(source: str) -> str:
    """Give the words of a piece of checked HTML on one line, without the numbers of its notes."""
    plain = TAG.sub("", NOTE.sub("", source)) if "<" in source else source
    return " ".join(html.unescape(plain).split())


def format_tag(tag: str, attributes: Mapping[str, str]) -> str:
    """Write an opening tag."""
    return f"<{tag}{''.join(f' {name}={quote(value)}' for name, value in attributes.items())}>"


def quote(value: str) -> str:
    """Write an attribute's value with its quotation marks."""
    return f'"{html.escape(value)}"'
