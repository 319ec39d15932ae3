"""Sanitise the HTML of a text: what comes out of here is what is published, and nothing changes it.

The list is HTML that people write in posts. What runs, loads from elsewhere, sends or hides something
is not on it, nor is what would make a part of a text look like a part of the site: the classes, ids,
roles and relations of the theme. `nh3` (the Ammonia sanitiser) parses as browsers do (HTML Standard,
13.2) and writes what it has kept anew, so that whoever parses the page reads what was judged.
"""

import html
import re
from collections.abc import Callable, Collection, Mapping

import nh3

ELEMENTS = frozenset(
    "a abbr acronym address b bdi bdo big blockquote br caption center cite code col colgroup dd del "
    "details dfn div dl dt em figcaption figure font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol "
    "p pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td "
    "tfoot th thead time tr tt u ul var wbr".split()
)
EVERYWHERE = frozenset("id class title lang dir align role aria-label aria-describedby".split())
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "a": frozenset("href rel name hreflang type target download".split()),
    "blockquote": frozenset(["cite"]),
    "br": frozenset(["clear"]),
    "col": frozenset("span width".split()),
    "colgroup": frozenset("span width".split()),
    "del": frozenset("cite datetime".split()),
    "details": frozenset(["open"]),
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
# Taken off without a word: no reader misses it, and imported posts are full of it. A table gets its
# tabindex from the sanitiser.
PASSED_OVER: Mapping[str, frozenset[str]] = {
    "font": frozenset("color face size".split()),
    "table": frozenset(["tabindex"]),
}
HIDING = "aria-hidden"
SCHEMES = frozenset("http https mailto tel".split())

# What Markdown and Typogrify make. All other classes, relations and roles are taken off: an author's
# have no style here, and those of the theme, of microformats and of COinS are the site's own word.
CLASSES = frozenset("amp caps dquo footnote footnote-backref footnote-ref quo".split())
LANGUAGE = re.compile(r"language-[\w+#.-]{1,40}")
RELATIONS = frozenset("external nofollow noopener noreferrer sponsored ugc".split())
ROLES = frozenset(
    "doc-backlink doc-endnote doc-endnotes doc-noteref none note presentation".split()
)
# Ids of the page around a text: its own parts, and its comments. No text may have one of them.
PAGE_IDS = re.compile(r"main|comments|cite-this|comment-.*", re.DOTALL)

WEB = re.compile(r"https?://[^/]", re.IGNORECASE)

# The largest number that each attribute may have: what is larger covers the page or stops a browser.
MOST: Mapping[str, int] = {
    "border": 20,
    "cellpadding": 50,
    "cellspacing": 50,
    "colspan": 100,
    "height": 4_000,
    "hspace": 100,
    "rowspan": 200,
    "size": 100,
    "span": 100,
    "start": 99_999,
    "value": 99_999,
    "vspace": 100,
    "width": 4_000,
}
NUMBER = re.compile(r"[\x00-\x20]*[-+]?([0-9]+)")

# What stands for an internal link's address in a record: two code points that no text can have.
TARGET_OPEN, TARGET_CLOSE = "\ufdd0", "\ufdd1"

# How Markdown writes the signs of a footnote, and how a serialiser does.
SIGNS = {"&#160;": "&nbsp;", "&#8617;": "↩"}
QUOTED = re.compile(r">[^<]*?&quot;[^<]*")
ADDRESS = re.compile(r"""(<(a|img)(?: [^\s"=<>]+="[^"<>]*")*? (?:href|src)=")([^"<>]*)""")
PASSES = 4  # of the sanitiser, until it changes nothing any more

# The address to publish, by tag and address as it is written; others are those of other sites.
Targets = Mapping[tuple[str, str], str]


class Unstable(ValueError):
    """HTML that each reading turns into something else, so that nobody can say what a browser shows."""


def is_beyond(name: str, value: str) -> bool:
    """Return whether a number is larger than its attribute may be; what is no number is ignored.

    It is read as browsers read it (HTML Standard, 2.3.4, rules for parsing integers and dimensions).
    """
    match = NUMBER.match(value) if name in MOST else None
    if not match:
        return False
    most = min(MOST[name], 100) if "%" in value else MOST[name]
    return len(match[1]) > 6 or int(match[1]) > most


def filter_words(value: str, kept: frozenset[str]) -> str | None:
    """Return those words of a value that are kept; None if there are none."""
    return " ".join(word for word in value.split() if word in kept) or None


def filter_classes(value: str) -> str | None:
    """Return the classes that a text may have; None if there are none."""
    kept = (word for word in value.split() if word in CLASSES or LANGUAGE.fullmatch(word))
    return " ".join(kept) or None


def filter_id(value: str) -> str | None:
    """Return the id of a place in a text; None for one that the page has itself."""
    return None if PAGE_IDS.fullmatch(value) else value


FILTERS: Mapping[str, Callable[[str], str | None]] = {
    "cite": lambda value: value if WEB.match(value) else None,  # no page shows it, or looks it up
    "class": filter_classes,
    "download": lambda _: "",  # a file's own name is the only honest one
    "id": filter_id,
    "name": filter_id,
    "rel": lambda value: filter_words(value, RELATIONS),
    "role": lambda value: filter_words(value, ROLES),
    "target": lambda value: value if value == "_blank" else None,
}


def filter_attribute(name: str, value: str) -> str | None:
    """Return what is published of an attribute that is on the list; None to leave it out.

    Of addresses, which the sanitiser looks up besides, nothing is changed here. What comes out goes
    through unchanged a second time.
    """
    if change := FILTERS.get(name):
        return change(value)
    return None if is_beyond(name, value) or name.startswith("data-pagefind") else value


class Sanitiser:
    """A list of what may stand in a text, made ready once for many texts."""

    def __init__(
        self,
        elements: frozenset[str] = ELEMENTS,
        attributes: Mapping[str, frozenset[str]] = ATTRIBUTES,
        everywhere: frozenset[str] = EVERYWHERE,
    ) -> None:
        """Prepare the list: elements, attributes of some elements, attributes of all."""
        self.addresses: Collection[str] | None = None  # that are kept, if not all are
        self.cleaner = nh3.Cleaner(
            tags=set(elements),
            attributes={
                "*": set(everywhere),
                **{tag: set(names) for tag, names in attributes.items()},
            },
            attribute_filter=self.filter,
            url_schemes=set(SCHEMES),
            generic_attribute_prefixes={"data-"} if everywhere else set(),
            # The keyboard reaches each table: a wide one scrolls inside itself (WCAG 2.1.1).
            set_tag_attribute_values={"table": {"tabindex": "0"}},
            link_rel=None,
        )

    def filter(self, _tag: str, name: str, value: str) -> str | None:
        """Return what is published of an attribute; nothing is raised, for nh3 would not pass it on."""
        if name not in ("href", "src"):
            return filter_attribute(name, value)
        is_known = self.addresses is None or value in self.addresses or value.startswith("#")
        return value if is_known else None

    def sanitise(self, source: str, addresses: Collection[str] | None = None) -> tuple[str, bool]:
        """Return what is published of a piece of HTML, and whether that is just what it says.

        If addresses are given, links and pictures keep those alone, and places on the same page.
        Raises Unstable.
        """
        self.addresses = addresses
        before = source
        for _ in range(PASSES):
            cleaned = self.cleaner.clean(source)
            if cleaned == source:
                return cleaned, cleaned == before
            source = cleaned
        raise Unstable


def place_targets(source: str, targets: Targets) -> str:
    """Return HTML with the targets in place of the addresses; in all tags, each value is in quotes."""

    def place(match: re.Match[str]) -> str:
        url = html.unescape(match[3])
        return match[1] + serialise_value(targets.get((match[2], url), url))

    return ADDRESS.sub(place, source) if targets else source


def serialise_value(value: str) -> str:
    """Return an attribute's value as a serialiser writes it (HTML Standard, 13.3)."""
    escaped = html.escape(value, quote=False).replace('"', "&quot;")
    return escaped.replace("\N{NO-BREAK SPACE}", "&nbsp;")


def serialise_signs(source: str) -> str:
    """Return plain or sanitised HTML with its signs written as a serialiser does.

    The sanitiser does the same; this spares it a second pass.
    """
    if "&#" in source:
        for code, sign in SIGNS.items():
            source = source.replace(code, sign)
    if "&quot;" in source:
        source = QUOTED.sub(lambda match: match[0].replace("&quot;", '"'), source)
    return source.replace("<table>", '<table tabindex="0">')
