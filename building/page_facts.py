"""Read where a file of a site leads, by what is written in it: pages, feeds, sitemaps, and data in JSON."""

import json
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import unquote
from xml.parsers import expat

from building.html_attributes import Attributes, Finder, find_attributes
from catalogue.problems import shorten
from catalogue.text.ids import read_place

# What stands for a link or a place that is filled in later.
UNFILLED = ("\ufdd0".encode(), "\ufdd1".encode())
UNFILLED_BYTE = b"\xef"  # begins both, and little else: few pages are to be sought through
# In feeds, sitemaps (https://www.sitemaps.org/protocol.html) and JSON (JSON Feed 1.1, web manifests).
XML_LINKS = frozenset(("link", "loc", "comments", "guid"))
XML_ATTRIBUTES = ("href", "url")
JSON_LINKS = frozenset(
    ("url", "home_page_url", "feed_url", "image", "icon", "favicon", "src", "start_url")
)
XML_TEXTS = frozenset(("content", "encoded", "description", "summary"))
JSON_TEXT = "content_html"
TEXTS_CACHED = 100  # of a topic's feed in one format, until its other one is read
TEXT_BYTES = 1 << 20  # of a text that are handed on in one piece


class FileFacts(NamedTuple):
    """The facts of a file: where it leads, each address once, its places, and what is wrong with it alone.

    Where they are told apart, `anchors` are the addresses of `a` elements, and no `links`.
    """

    links: list[str]
    anchors: list[str]
    places: list[str]
    faults: list[str]


def read_page(html: bytes, find: Finder = find_attributes) -> FileFacts:
    """Return the facts of a page by its HTML; addresses of places in the page itself are held to these."""
    found = find(html)
    known = found.places
    own = (link[1:] for link in (*found.links, *found.anchors) if link.startswith("#"))
    faults = [
        *find_twice(found.ids),
        *(
            f"leads to #{shorten(each)}, and no place of it is called so"
            for each in sorted(own)
            if each not in known and (place := read_place(unquote(each))) and place not in known
        ),
    ]
    if found.is_unset or is_unfilled(html):
        faults.append("has a mark of a template or of a link that was not filled in")
    links, anchors = (
        [each for each in kind if "/" in each] for kind in (found.links, found.anchors)
    )
    return FileFacts(links, anchors, sorted(known), faults)


def read_places(html: bytes, find: Finder = find_attributes) -> frozenset[str]:
    """Return the places of a page that can be linked to, by its HTML."""
    return frozenset(find(html).places)


def is_unfilled(html: bytes) -> bool:
    """Return whether something in HTML was to be filled in."""
    return UNFILLED_BYTE in html and any(mark in html for mark in UNFILLED)


def find_twice(ids: list[str]) -> list[str]:
    """Return what is wrong with ids of which a page has two or more."""
    if len(set(ids)) == len(ids):
        return []
    twice = sorted(each for each, count in Counter(ids).items() if count > 1)
    return [f"has the id “{shorten(each)}” twice" for each in twice]


def read_data(name: str, data: bytes, find: Finder = find_attributes) -> FileFacts:
    """Return the facts of a file in XML or JSON; `name` is the file's."""
    found = Attributes()
    try:
        if name.endswith(".xml"):
            read_xml(data, find, found)
        else:
            read_json(json.loads(data), find, found)
    except (ValueError, expat.ExpatError) as error:
        return FileFacts([], [], [], [f"cannot be read by any program ({error})"])
    return FileFacts(sorted(found.links), sorted(found.anchors), [], [])


def read_xml(data: bytes, find: Finder, found: Attributes) -> None:
    """Add the addresses that a feed or a sitemap leads to, those of the texts in it too.

    Raises ExpatError for what is not well-formed.
    """
    text: list[str] = []  # what stands behind the last tag
    is_address = True  # whether the last element that has begun may be one, if it is a link

    def start(_: str, attributes: dict[str, str]) -> None:
        nonlocal is_address
        is_address = attributes.get("isPermaLink") != "false"
        for name in XML_ATTRIBUTES:
            if name in attributes:
                found.links.add(attributes[name])
        text.clear()

    def end(name: str) -> None:
        nonlocal is_address
        tag = name[name.find("}") + 1 :]
        if tag in XML_TEXTS:
            add_text("".join(text), find, found)
        elif tag in XML_LINKS and is_address:
            found.links.add("".join(text).strip())
        text.clear()
        is_address = True

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text, parser.buffer_size = True, TEXT_BYTES
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text.append
    parser.Parse(data, True)


def read_json(value: Any, find: Finder, found: Attributes) -> None:
    """Add the addresses that a feed or a manifest leads to, those of the texts in it too."""
    for key, each in iterate(value):
        if not isinstance(each, str):
            read_json(each, find, found)
        elif key in JSON_LINKS:
            found.links.add(each)
        elif key == JSON_TEXT:
            add_text(each, find, found)


def iterate(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield what is in a value of JSON, with its names if it has any."""
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from (("", each) for each in value)


def add_text(text: str, find: Finder, found: Attributes) -> None:
    """Add the addresses that a text in HTML leads to."""
    in_text = read_text(text, find)
    found.links |= in_text.links
    found.anchors |= in_text.anchors


@lru_cache(maxsize=TEXTS_CACHED)
def read_text(text: str, find: Finder) -> Attributes:
    """Return the attributes of a text in HTML, which nobody may change: it stands in several feeds."""
    return find(text.encode("utf-8", "replace"))
