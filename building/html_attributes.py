"""Find the attributes of HTML that lead somewhere or name a place: quickly, or exactly.

A build reads thousands of pages, so an attribute is found by its name after a blank at first, which is how
the templates and the writer of the texts put it. A text that shows HTML has such words too. So what seems
wrong is read once more, by a parser. HTML is taken as its bytes in UTF-8, which are sought through sooner.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser

# What begins a value is sought, which is quick, and then the name before it: `href`, which most have, and
# then the others, if one of their last letters is there. The groups are full for what a template would have
# filled in, for an id, for the name of a place, and for a set of sources; the last one is the value.
ATTRIBUTE = re.compile(
    rb'="(?:({[{%])|(?<=[ \n]href=")|(?<=[cdetr]=")(?:(?<=[ \n]src=")|(?<=[ \n](id)=")|(?<=<a (name)=")'
    rb'|(?<=[ \n](srcset)=")|(?<=image" content=")|(?<=url" content=")|(?<=[ \n]poster=")))([^"]*)"'
)
VALUES_CACHED = 10_000
UNSET = re.compile(r'="{[{%]')
LINKS = ("href", "src", "poster")
NAMING = ("name", "property", "itemprop")  # what a meta element is about
NAMES_OF_LINKS = ("image", "url")  # og:image, twitter:image, og:url, citation_public_url end so
# Attributes that may have any words of a text.
WORDS = frozenset(
    ("abbr", "alt", "aria-label", "content", "label", "placeholder", "title", "value")
)


@dataclass(slots=True)
class Attributes:
    """What the attributes of some HTML say; the addresses are unescaped, each once."""

    links: set[str] = field(default_factory=set)
    anchors: set[str] = field(default_factory=set)  # links of `a` elements, if they are told apart
    ids: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)  # of places, as `<a name>` has them
    is_unset: bool = False  # whether a template has not filled in one of them

    @property
    def places(self) -> set[str]:
        """Return all that a link to a place can name."""
        return {*self.ids, *self.names}


Finder = Callable[[bytes], Attributes]


def find_attributes(html: bytes) -> Attributes:
    """Return the attributes of HTML, and what looks like one in a text that it shows."""
    found = Attributes()
    values: set[bytes] = set()
    for is_unset, is_id, is_name, is_set, value in ATTRIBUTE.findall(html):
        if is_id:
            found.ids.append(read_value(value))
        elif is_unset:
            found.is_unset = True
        elif is_name:
            found.names.add(read_value(value))
        elif is_set:
            found.links.update(list_sources(read_value(value)))
        else:
            values.add(value)
    found.links.update(map(read_value, values))
    return found


@lru_cache(maxsize=VALUES_CACHED)
def read_value(value: bytes) -> str:
    """Return what the value of an attribute says; most stand on many pages."""
    return unescape(value.decode("utf-8", "replace"))


def parse_attributes(html: bytes) -> Attributes:
    """Return the attributes of HTML, read by a parser: none of what a text shows."""
    parser = AttributeParser()
    try:
        parser.feed(html.decode("utf-8", "replace"))
        parser.close()
    except AssertionError:  # of Python 3.11, for a marked section that is none
        return find_attributes(html)
    return parser.found


def list_sources(value: str) -> list[str]:
    """Return the addresses in the value of a `srcset`."""
    return [source.split()[0] for source in value.split(", ") if source.strip()]


class AttributeParser(HTMLParser):
    """A parser of HTML that keeps what attributes say."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self.found = Attributes()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what the attributes of a tag say; of two with one name the first counts."""
        values = {name: value or "" for name, value in reversed(attrs)}
        for name, value in values.items():
            self.keep(tag, name, value)
        about = [values.get(name, "") for name in NAMING]
        if tag == "meta" and any(each.endswith(NAMES_OF_LINKS) for each in about):
            self.found.links.add(values.get("content", ""))

    def keep(self, tag: str, name: str, value: str) -> None:
        """Keep what one attribute says."""
        found = self.found
        if name == "id":
            found.ids.append(value)
        elif name == "name" and tag == "a":
            found.names.add(value)
        elif name == "srcset":
            found.links.update(list_sources(value))
        elif name == "href" and tag == "a":
            found.anchors.add(value)
        elif name in LINKS:
            found.links.add(value)
        is_of_words = name in WORDS or name.startswith("data-")
        if value.startswith(("{{", "{%")) and not is_of_words:
            found.is_unset = True

    def handle_data(self, data: str) -> None:
        """Look for marks of a template in scripts and styles."""
        if self.cdata_elem and UNSET.search(data):
            self.found.is_unset = True
