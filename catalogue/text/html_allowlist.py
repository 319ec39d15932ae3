"""List what may stand in the HTML of a text, and what is published of each attribute.

It is HTML that people write in posts, and what their editors wrote around it. What runs, loads from
elsewhere, sends or hides something is an error; what a post needs no more is taken off, and its text
stays. Nothing may make a part of a text look like a part of the site: the classes, ids, roles and
relations of the theme are not published.
"""

import re
from collections.abc import Callable, Mapping

from catalogue.folding import compose

# Published as they are.
ELEMENTS = frozenset(
    "a abbr address audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn "
    "div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd label li mark ol p pre q rp "
    "rt ruby s samp small source span strong sub summary sup table tbody td tfoot th thead time tr track u "
    "ul var video wbr".split()
)
# Published as another: parts of a page, of which a text is one already, and elements of older HTML.
RENAMED: Mapping[str, str] = {
    **dict.fromkeys(
        "article aside center fieldset footer header hgroup main nav section".split(), "div"
    ),
    **dict.fromkeys(("dir", "menu"), "ul"),
    "acronym": "abbr",
    "strike": "s",
    "tt": "code",
}
# Taken off without a word, and what is in them stays; so are all tags with a colon, which editors write.
TAKEN_OFF = frozenset("basefont big data font legend marquee nobr picture rb rtc".split())
FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
# What parts a text into blocks (HTML Standard, 13.2.4.2, "special"), as far as a text may have it.
SPECIAL = frozenset(
    "address article aside blockquote caption center colgroup dd details dir div dl dt fieldset "
    "figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup li main marquee menu nav ol p pre "
    "section summary table tbody td tfoot th thead tr ul".split()
)
# Whose closing tag may be left out (13.1.2.4).
OPTIONAL_END = frozenset("p li dt dd tr td th thead tbody tfoot caption colgroup rt rp".split())
# What a comment is written anew with, besides links.
COMMENT_ELEMENTS = frozenset("blockquote br code em li ol p pre strong ul".split())
EVERYWHERE = frozenset("id class title lang dir align role aria-label aria-describedby".split())
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "a": frozenset("href rel name hreflang type target download".split()),
    "blockquote": frozenset(["cite"]),
    "audio": frozenset("src controls preload muted".split()),
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
    "source": frozenset("src type".split()),
    "table": frozenset("border cellpadding cellspacing summary width".split()),
    "td": frozenset("colspan rowspan headers valign width height abbr nowrap".split()),
    "th": frozenset("colspan rowspan headers scope valign width height abbr nowrap".split()),
    "time": frozenset(["datetime"]),
    "tr": frozenset(["valign"]),
    "track": frozenset("src kind srclang label default".split()),
    "ul": frozenset(["type"]),
    "video": frozenset("src controls preload muted playsinline poster width height".split()),
}
# Attributes whose address is opened or loaded, and the one that each element has of them; a film has
# besides the picture that is shown before it.
FOLLOWED = ("href", "src", "poster")
REFERENCES: dict[str, str] = {
    tag: name for tag, names in ATTRIBUTES.items() for name in FOLLOWED[:2] if name in names
}
# What the sanitiser writes of its own: the keyboard reaches each table, since a wide one scrolls inside
# itself (WCAG 2.1.1); a recording without controls cannot be seen; and the box of a task is nobody's to tick.
ADDED: Mapping[str, Mapping[str, str]] = {
    "audio": {"controls": ""},
    "input": {"disabled": "", "type": "checkbox"},
    "table": {"tabindex": "0"},
    "video": {"controls": ""},
}
VOID_ELEMENTS = frozenset("area base br col embed hr img input link meta source track wbr".split())
ADDRESS_ATTRIBUTES = frozenset("href src cite poster".split())
# What would hide a text, or has hidden it until a program showed it.
HIDING = frozenset("hidden popover".split())
# Programs that show, fetch or call something and do nothing else; none runs what stands in the address,
# as javascript:, data:, vbscript: and blob: do, nor opens a place on the reader's computer, as file: does.
SCHEMES = frozenset(
    "ark doi ftp ftps geo gemini gopher hdl http https info irc ircs magnet mailto matrix news "
    "nntp sftp sip sips sms tel urn webcal xmpp".split()
)

# What Markdown and Typogrify make, where a picture or a text stands and how a list counts (older_html.py).
# All other classes, relations and roles are taken off: an author's have no style here, and those of the
# theme, of microformats and of COinS are the site's own word.
PLACING = frozenset(
    "float-left float-right text-left text-right text-center text-justify width-25 width-33 width-50 "
    "width-66 width-75 lower-alpha lower-roman upper-alpha upper-roman".split()
)
CLASSES = PLACING | frozenset(
    "admonition admonition-title amp caps caution dquo footnote footnote-backref footnote-ref "
    "important note quo tip warning".split()
)
# The same in the words of another system, whose posts are full of them.
OTHER_CLASSES: Mapping[str, str] = {
    "alignleft": "float-left",
    "alignright": "float-right",
    "aligncenter": "text-center",
    "has-text-align-left": "text-left",
    "has-text-align-right": "text-right",
    "has-text-align-center": "text-center",
}
LANGUAGE_CLASS = re.compile(r"language-[\w+#.-]{1,40}")
LINK_RELATIONS = frozenset("external nofollow noopener noreferrer sponsored ugc".split())
ARIA_ROLES = frozenset(
    "doc-backlink doc-endnote doc-endnotes doc-noteref none note presentation".split()
)
# Ids of the page around a text: its own parts, and its comments. No text may have one of them.
PAGE_IDS = re.compile(r"main|comments|cite-this|menu|short-answer|comment-.*", re.DOTALL)
# Ids of the notes of a text and of the signs in it that refer to them.
NOTE_IDS = re.compile(r"fn(?:ref\d*)?-\d+")

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
    words = (OTHER_CLASSES.get(word, word) for word in value.split())
    kept = (word for word in words if word in CLASSES or LANGUAGE_CLASS.fullmatch(word))
    return " ".join(kept) or None


def filter_id(value: str) -> str | None:
    """Return the id of a place in a text; None for one that the page has itself."""
    return None if PAGE_IDS.fullmatch(value) else compose(value)


FILTERS: Mapping[str, Callable[[str], str | None]] = {
    # No page shows it, or looks it up.
    "cite": lambda value: value if WEB_ADDRESS.match(value) else None,
    "class": filter_classes,
    "download": lambda _: "",  # a file's own name is the only honest one
    "id": filter_id,
    "name": filter_id,
    "preload": lambda value: value if value in ("none", "metadata") else None,
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


def is_listed(tag: str, name: str) -> bool:
    """Return whether an attribute of an element is on the list; others are taken off."""
    return name in EVERYWHERE or name in ATTRIBUTES.get(tag, ()) or name.startswith("data-")
