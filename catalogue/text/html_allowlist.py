"""List what may stand in the HTML of a text, and what is published of each attribute.

It is HTML that people write in posts. What runs, loads from elsewhere, sends or hides something is
not allowed, nor is what would make a part of a text look like a part of the site: the classes, ids,
roles and relations of the theme.
"""

import re
from collections.abc import Callable, Mapping

ELEMENTS = frozenset(
    "a abbr acronym address b bdi bdo big blockquote br caption center cite code col colgroup dd del "
    "details dfn div dl dt em figcaption figure font h1 h2 h3 h4 h5 h6 hr i img input ins kbd label li mark "
    "ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td "
    "tfoot th thead time tr tt u ul var wbr".split()
)
# What a comment is written anew with, besides links.
COMMENT_ELEMENTS = frozenset("blockquote br code em li ol p pre strong ul".split())
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
    "input": frozenset("type checked disabled".split()),  # the box of a task, which nobody can tick
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
# Attributes whose address is opened or loaded, and the one that each element has of them.
FOLLOWED = ("href", "src")
REFERENCES: dict[str, str] = {
    tag: name for tag, names in ATTRIBUTES.items() for name in FOLLOWED if name in names
}
# Dropped without a word: no reader misses it, and imported posts are full of it. A table gets its
# tabindex from the sanitiser.
DROPPED_SILENTLY: Mapping[str, frozenset[str]] = {
    "font": frozenset("color face size".split()),
    "table": frozenset(["tabindex"]),
}
VOID_ELEMENTS = frozenset("area base br col embed hr img input link meta source track wbr".split())
ADDRESS_ATTRIBUTES = frozenset("href src cite".split())
HIDING = "aria-hidden"
SCHEMES = frozenset("http https mailto tel".split())

# What Markdown and Typogrify make. All other classes, relations and roles are taken off: an author's
# have no style here, and those of the theme, of microformats and of COinS are the site's own word.
CLASSES = frozenset(
    "admonition admonition-title amp caps caution dquo footnote footnote-backref footnote-ref "
    "important note quo tip warning".split()
)
LANGUAGE_CLASS = re.compile(r"language-[\w+#.-]{1,40}")
LINK_RELATIONS = frozenset("external nofollow noopener noreferrer sponsored ugc".split())
ARIA_ROLES = frozenset(
    "doc-backlink doc-endnote doc-endnotes doc-noteref none note presentation".split()
)
# Ids of the page around a text: its own parts, and its comments. No text may have one of them.
PAGE_IDS = re.compile(r"main|comments|cite-this|comment-.*", re.DOTALL)

WEB_ADDRESS = re.compile(r"https?://[^/]", re.IGNORECASE)

# The largest number that each attribute may have: what is larger covers the page or stops a browser.
LARGEST_NUMBERS: Mapping[str, int] = {
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
LEADING_NUMBER = re.compile(r"[\x00-\x20]*[-+]?([0-9]+)")

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
DEFAULT_INSTEAD = "Delete it, or write &lt; for its < to show it as text"


def is_too_large(name: str, value: str) -> bool:
    """Return whether a number is larger than its attribute may be; what is no number is ignored.

    It is read as browsers read it (HTML Standard, 2.3.4, rules for parsing integers and dimensions).
    """
    match = LEADING_NUMBER.match(value) if name in LARGEST_NUMBERS else None
    if not match:
        return False
    most = min(LARGEST_NUMBERS[name], 100) if "%" in value else LARGEST_NUMBERS[name]
    return len(match[1]) > 6 or int(match[1]) > most


def filter_words(value: str, kept: frozenset[str]) -> str | None:
    """Return those words of a value that are allowed; None if there are none."""
    return " ".join(word for word in value.split() if word in kept) or None


def filter_classes(value: str) -> str | None:
    """Return the classes that a text may have; None if there are none."""
    kept = (word for word in value.split() if word in CLASSES or LANGUAGE_CLASS.fullmatch(word))
    return " ".join(kept) or None


def filter_id(value: str) -> str | None:
    """Return the id of a place in a text; None for one that the page has itself."""
    return None if PAGE_IDS.fullmatch(value) else value


FILTERS: Mapping[str, Callable[[str], str | None]] = {
    # No page shows it, or looks it up.
    "cite": lambda value: value if WEB_ADDRESS.match(value) else None,
    "class": filter_classes,
    "download": lambda _: "",  # a file's own name is the only honest one
    "id": filter_id,
    "name": filter_id,
    "rel": lambda value: filter_words(value, LINK_RELATIONS),
    "role": lambda value: filter_words(value, ARIA_ROLES),
    "target": lambda value: value if value == "_blank" else None,
}


def filter_attribute(name: str, value: str) -> str | None:
    """Return what is published of an attribute that is on the list; None to leave it out.

    Of addresses, which the sanitiser looks up besides, nothing is changed here. What comes out goes
    through unchanged a second time.
    """
    if change := FILTERS.get(name):
        return change(value)
    return None if is_too_large(name, value) or name.startswith("data-pagefind") else value
