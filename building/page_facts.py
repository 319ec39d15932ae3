"""Read where a file of a site leads, by what is written in it: pages, feeds, sitemaps, and data in JSON.

A build reads thousands of pages, so a page is not parsed: an attribute is found by its name after a space,
which is how the templates and the writer of the texts put it.
"""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree

from catalogue.problems import shorten
from catalogue.project import ROOT

# What begins a value is sought, which is quick, and then the name before it: the first group is full for
# an id, the second for a set of sources.
ATTRIBUTE = re.compile(
    r'="(?:(?<=[ \n]href=")|(?<=[ \n]src=")|(?<=[ \n]poster=")|(?<=[ \n](id)=")|(?<=[ \n](srcset)="))'
    r'([^"]*)"'
)
META = re.compile(r'"(?:og:image|og:url|twitter:image|citation_public_url)" content="([^"]*)"')
END_OF_HEAD = "</head>"
# What stands for a link or a place that is filled in later, and what a template would have filled in.
UNSET = re.compile('[\ufdd0\ufdd1]|="\\{[{%]')
FIRST_UNSET = (
    "\ufdd0",
    "\ufdd1",
    '="{',
)  # what one of them begins with, found in a tenth of the time
# In feeds, sitemaps (https://www.sitemaps.org/protocol.html) and JSON (JSON Feed 1.1, web manifests).
XML_LINKS = frozenset(("link", "loc", "comments", "guid"))
XML_ATTRIBUTES = ("href", "url")
JSON_LINKS = frozenset(
    ("url", "home_page_url", "feed_url", "image", "icon", "favicon", "src", "start_url")
)
XML_TEXTS = frozenset(("content", "encoded", "description", "summary"))
JSON_TEXT = "content_html"


class PageFacts(NamedTuple):
    """The facts of a page: where it leads, each address once, its ids, and what is wrong with it alone."""

    links: list[str]
    ids: list[str]
    faults: list[str]


def read_page(text: str) -> PageFacts:
    """Return the facts of a page by its HTML; addresses of places in the page itself are held to its ids."""
    addresses = {*META.findall(text, 0, max(text.find(END_OF_HEAD), 0))}
    ids = []
    for is_id, is_set, value in ATTRIBUTE.findall(text):
        if is_id:
            ids.append(value)
        elif is_set:
            addresses.update(source.split()[0] for source in value.split(", ") if source)
        else:
            addresses.add(value)
    links = {unescape(each) if "&" in each else each for each in addresses}
    known = {unescape(each) if "&" in each else each for each in ids}
    own = sorted(link[1:] for link in links if link.startswith("#") and len(link) > 1)
    faults = [
        *find_twice(ids),
        *(
            f"leads to #{shorten(each)}, and no place of it is called so"
            for each in own
            if each not in known and unquote(each) not in known
        ),
    ]
    if any(mark in text for mark in FIRST_UNSET) and UNSET.search(text):
        faults.append("has a mark of a template or of a link that was not filled in")
    if str(ROOT) in text:
        faults.append("names a folder of this computer")
    return PageFacts([each for each in links if "/" in each], sorted(known), faults)


def read_ids(text: str) -> frozenset[str]:
    """Return the ids of a page by its HTML."""
    return frozenset(unescape(value) for is_id, _, value in ATTRIBUTE.findall(text) if is_id)


def find_twice(ids: list[str]) -> list[str]:
    """Return what is wrong with ids of which a page has two or more."""
    if len(set(ids)) == len(ids):
        return []
    return [
        f"has the id “{shorten(each)}” twice" for each in sorted(set(ids)) if ids.count(each) > 1
    ]


def read_data(name: str, data: str) -> list[str]:
    """Return where a file in XML or JSON leads; `name` is the file's. Raises ValueError if it is neither."""
    try:
        if name.endswith(".xml"):
            root = ElementTree.fromstring(data)  # noqa: S314 - it was just written here
            return sorted({*find_xml_links(root)})
        return sorted({*find_json_links(json.loads(data))})
    except ElementTree.ParseError as error:
        raise ValueError(str(error)) from error


def find_xml_links(root: ElementTree.Element) -> Iterator[str]:
    """Yield the addresses that a feed or a sitemap leads to, those of the texts in it too."""
    for element in root.iter():
        tag = element.tag.rpartition("}")[2]
        for name in XML_ATTRIBUTES:
            if value := element.get(name):
                yield value
        if tag in XML_TEXTS:
            yield from find_text_links(element.text or "")
        elif tag in XML_LINKS and element.get("isPermaLink") != "false":
            yield (element.text or "").strip()


def find_json_links(value: Any) -> Iterator[str]:
    """Yield the addresses that a feed or a manifest leads to, those of the texts in it too."""
    if isinstance(value, list):
        for each in value:
            yield from find_json_links(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if not isinstance(each, str):
                yield from find_json_links(each)
            elif key in JSON_LINKS:
                yield each
            elif key == JSON_TEXT:
                yield from find_text_links(each)


def find_text_links(text: str) -> Iterator[str]:
    """Yield the addresses that a text in HTML leads to."""
    for is_id, is_set, value in ATTRIBUTE.findall(text):
        if not (is_id or is_set):
            yield unescape(value)
