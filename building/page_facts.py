"""Read where a file of a site leads, by what is written in it: pages, feeds, sitemaps, and data in JSON.

A build reads thousands of pages, so a page is not parsed at first: an attribute is found by its name after a
space, which is how the templates and the writer of the texts put it. A text that shows HTML has such places
too, so what seems wrong in a file is read once more, by a parser.
"""

import json
import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from html.parser import HTMLParser
from typing import Any, NamedTuple
from urllib.parse import unquote
from xml.parsers import expat

from catalogue.problems import shorten
from catalogue.text.ids import read_place

# What begins a value is sought, which is quick, and then the name before it. The groups are full for what a
# template would have filled in, for an id, for a name, which is a place of a page too, and for a set of
# sources; the last one is the value.
ATTRIBUTE = re.compile(
    r'="(?:({[{%])|(?<=[ \n]href=")|(?<=[ \n]src=")|(?<=[ \n]poster=")|(?<=[ \n](id)=")'
    r'|(?<=[ \n](name)=")|(?<=[ \n](srcset)=")|(?<=image" content=")|(?<=url" content="))([^"]*)"'
)
Attribute = tuple[str, str, str, str, str]  # the groups of one match
Finder = Callable[[str], list[Attribute]]
find_attributes: Finder = ATTRIBUTE.findall
LINKS = ("href", "src", "poster")
MARKED = ("id", "name", "srcset")  # those that have groups
META_ENDINGS = ("image", "url")  # og:image, twitter:image, og:url, citation_public_url
UNSET = ("\ufdd0", "\ufdd1")  # what stands for a link or a place that is filled in later
# In feeds, sitemaps (https://www.sitemaps.org/protocol.html) and JSON (JSON Feed 1.1, web manifests).
XML_LINKS = frozenset(("link", "loc", "comments", "guid"))
XML_ATTRIBUTES = ("href", "url")
JSON_LINKS = frozenset(
    ("url", "home_page_url", "feed_url", "image", "icon", "favicon", "src", "start_url")
)
XML_TEXTS = frozenset(("content", "encoded", "description", "summary"))
JSON_TEXT = "content_html"
TEXT_BYTES = 1 << 20  # of a text that are handed on in one piece


class PageFacts(NamedTuple):
    """The facts of a page: where it leads, each address once, its ids, and what is wrong with it alone."""

    links: list[str]
    ids: list[str]
    faults: list[str]


class AttributeParser(HTMLParser):
    """A parser of HTML that keeps the attributes as `ATTRIBUTE` finds them."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self.found: list[Attribute] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the attributes of a tag that are asked for."""
        named = {name: value or "" for name, value in attrs}
        told = named.get("name") or named.get("property", "")
        wanted = {*LINKS, *MARKED, *(["content"] * (tag == "meta" and told.endswith(META_ENDINGS)))}
        for name, value in named.items():
            unset = "{" * value.startswith(("{{", "{%"))
            if unset or name in wanted:
                is_id, is_name, is_set = (name * (name == each) for each in MARKED)
                self.found.append((unset, is_id, is_name, is_set, escape(value)))


def parse_attributes(text: str) -> list[Attribute]:
    """Return what `find_attributes` finds in HTML, read by a parser: none of what only a text shows."""
    parser = AttributeParser()
    parser.feed(text)
    parser.close()
    return parser.found


def read_page(text: str, find: Finder = find_attributes) -> PageFacts:
    """Return the facts of a page by its HTML; addresses of places in the page itself are held to its ids."""
    addresses: set[str] = set()
    ids = []
    names = set()
    is_unset = any(mark in text for mark in UNSET)
    for unset, is_id, is_name, is_set, value in find(text):
        if is_id:
            ids.append(value)
        elif is_name:
            names.add(value)
        elif is_set:
            addresses.update(source.split()[0] for source in value.split(", ") if source)
        elif unset:
            is_unset = True
        else:
            addresses.add(value)
    links = {unescape(each) if "&" in each else each for each in addresses}
    known = {unescape(each) if "&" in each else each for each in (*ids, *names)}
    own = sorted(link[1:] for link in links if link.startswith("#") and len(link) > 1)
    faults = [
        *find_twice(ids),
        *(
            f"leads to #{shorten(each)}, and no place of it is called so"
            for each in own
            if each not in known and (place := read_place(unquote(each))) and place not in known
        ),
    ]
    if is_unset:
        faults.append("has a mark of a template or of a link that was not filled in")
    return PageFacts([each for each in links if "/" in each], sorted(known), faults)


def read_ids(text: str) -> frozenset[str]:
    """Return the ids of a page by its HTML."""
    found = find_attributes(text)
    return frozenset(unescape(value) for _, is_id, is_name, _, value in found if is_id or is_name)


def find_twice(ids: list[str]) -> list[str]:
    """Return what is wrong with ids of which a page has two or more."""
    if len(set(ids)) == len(ids):
        return []
    return [
        f"has the id “{shorten(each)}” twice" for each in sorted(set(ids)) if ids.count(each) > 1
    ]


def read_data(name: str, data: str, find: Finder = find_attributes) -> list[str]:
    """Return where a file in XML or JSON leads; `name` is the file's. Raises ValueError if it is neither."""
    if name.endswith(".xml"):
        return sorted(read_xml_links(data, find))
    return sorted({*find_json_links(json.loads(data), find)})


def read_xml_links(data: str, find: Finder) -> set[str]:
    """Return the addresses that a feed or a sitemap leads to, those of the texts in it too.

    Raises ValueError for what is not well-formed.
    """
    links: set[str] = set()
    text: list[str] = []  # of the last element that has begun
    place: dict[str, str] = {}  # its attributes

    def start(_: str, attributes: dict[str, str]) -> None:
        links.update(attributes[name] for name in XML_ATTRIBUTES if name in attributes)
        text.clear()
        place.clear()
        place.update(attributes)

    def end(name: str) -> None:
        tag = name.rpartition("}")[2]
        if tag in XML_TEXTS:
            links.update(find_text_links("".join(text), find))
        elif tag in XML_LINKS and place.get("isPermaLink") != "false":
            links.add("".join(text).strip())
        text.clear()
        place.clear()

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text, parser.buffer_size = True, TEXT_BYTES
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text.append
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    return links


def find_json_links(value: Any, find: Finder) -> Iterator[str]:
    """Yield the addresses that a feed or a manifest leads to, those of the texts in it too."""
    if isinstance(value, list):
        for each in value:
            yield from find_json_links(each, find)
    elif isinstance(value, dict):
        for key, each in value.items():
            if not isinstance(each, str):
                yield from find_json_links(each, find)
            elif key in JSON_LINKS:
                yield each
            elif key == JSON_TEXT:
                yield from find_text_links(each, find)


def find_text_links(text: str, find: Finder) -> Iterator[str]:
    """Yield the addresses that a text in HTML leads to."""
    for _, is_id, is_name, is_set, value in find(text):
        if not (is_id or is_name or is_set):
            yield unescape(value)
