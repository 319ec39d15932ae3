"""The feeds keep the rules that the W3C's Feed Validation Service asks for, each a line of a table.

They are those of RSS 2.0 with the RSS Advisory Board's profile, of Atom (RFC 4287), and of JSON Feed 1.1.
"""

import json
import re
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import html5lib
import pytest

ATOM, CONTENT = "{http://www.w3.org/2005/Atom}", "{http://purl.org/rss/1.0/modules/content/}"
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
UNSAFE = {"script", "style", "iframe", "object", "embed", "form", "meta", "link", "base"}


def is_whole(address):
    parts = urlsplit(address or "")
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def is_id(address):
    return bool(re.match(r"[a-z][a-z0-9+.-]*:\S+\Z", address or ""))


def is_safe_html(text):
    """Return whether HTML has whole addresses only, and nothing that a reader of feeds would strip."""
    tree = html5lib.parseFragment(text, namespaceHTMLElements=False)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        addresses = [element.get(name) for name in ("href", "src", "poster") if element.get(name)]
        if element.tag in UNSAFE or any(
            name.startswith("on") or name == "style" for name in element.attrib
        ):
            return False
        if not all(is_whole(address) or is_id(address) for address in addresses):
            return False
    return True


def is_date(text):
    return parsedate_to_datetime(text).tzinfo is not None


def alternates(entry):
    links = entry.findall(f"{ATOM}link")
    return [
        (e.get("type"), e.get("hreflang"))
        for e in links
        if e.get("rel", "alternate") == "alternate"
    ]


RSS_CHANNEL = {
    "has a title": lambda c, _: c.findtext("title"),
    "has a description": lambda c, _: c.findtext("description"),
    "leads to a whole address": lambda c, _: is_whole(c.findtext("link")),
    "names itself": lambda c, url: (
        [e.get("href") for e in c.findall(f"{ATOM}link") if e.get("rel") == "self"] == [url]
    ),
    "has a language": lambda c, _: LANGUAGE.fullmatch(c.findtext("language")),
    "was built at a time": lambda c, _: is_date(c.findtext("lastBuildDate")),
    "has no id twice": lambda c, _: len({e.text for e in c.iter("guid")}) == len(c.findall("item")),
}
RSS_ITEM = {
    "has a title": lambda i: i.findtext("title"),
    "leads to a whole address": lambda i: is_whole(i.findtext("link")),
    "has an id that is an address only if it says so": lambda i: (
        is_whole(i.findtext("guid")) or i.find("guid").get("isPermaLink") == "false"
    ),
    "has a date": lambda i: is_date(i.findtext("pubDate")),
    "has text that needs no base": lambda i: is_safe_html(i.findtext(f"{CONTENT}encoded")),
    "has a summary that needs no base": lambda i: is_safe_html(i.findtext("description")),
}
ATOM_FEED = {
    "has an id": lambda f, _: is_id(f.findtext(f"{ATOM}id")),
    "has a title": lambda f, _: f.findtext(f"{ATOM}title"),
    "was updated at a time": lambda f, _: STAMP.fullmatch(f.findtext(f"{ATOM}updated")),
    "names itself": lambda f, url: (
        [e.get("href") for e in f.findall(f"{ATOM}link") if e.get("rel") == "self"] == [url]
    ),
    "has no id twice": lambda f, _: (
        len({e.findtext(f"{ATOM}id") for e in f.iter(f"{ATOM}entry")})
        == len(f.findall(f"{ATOM}entry"))
    ),
}
ATOM_ENTRY = {
    "has an id": lambda e: is_id(e.findtext(f"{ATOM}id")),
    "has a title": lambda e: e.findtext(f"{ATOM}title"),
    "was updated at a time": lambda e: STAMP.fullmatch(e.findtext(f"{ATOM}updated")),
    "was published at a time": lambda e: STAMP.fullmatch(e.findtext(f"{ATOM}published")),
    "has an author": lambda e: e.findtext(f"{ATOM}author/{ATOM}name"),
    "leads to one page": lambda e: len(alternates(e)) == len(set(alternates(e))) >= 1,
    "leads to whole addresses": lambda e: all(
        is_whole(x.get("href")) for x in e.iter(f"{ATOM}link")
    ),
    "has HTML that needs no base": lambda e: (
        e.find(f"{ATOM}content").get("type") == "html"
        and is_safe_html(e.findtext(f"{ATOM}content"))
    ),
}
JSON_ITEM = {
    "has an id": lambda i: is_id(i["id"]),
    "leads to a whole address": lambda i: is_whole(i["url"]),
    "was published at a time": lambda i: STAMP.fullmatch(i["date_published"]),
    "has HTML that needs no base": lambda i: is_safe_html(i["content_html"]),
    "has tags that are texts": lambda i: all(isinstance(tag, str) for tag in i.get("tags", [])),
}


def find_broken(rules, *words):
    return [name for name, holds in rules.items() if not holds(*words)]


@pytest.fixture(scope="module")
def feeds(sample_below):
    """Return each XML feed of a whole site by its path, with its root."""
    names = [name for name in sample_below.files if name.endswith((".atom.xml", ".rss.xml"))]
    assert len(names) >= 6
    return {name: ElementTree.fromstring(sample_below.bytes(name)) for name in names}


def test_each_rss_feed_keeps_the_rules(feeds, sample_below):
    for name, root in feeds.items():
        if name.endswith(".rss.xml"):
            (channel,) = root
            assert find_broken(RSS_CHANNEL, channel, f"{sample_below.url}/{name}") == [], name
            for item in channel.findall("item"):
                assert find_broken(RSS_ITEM, item) == [], (name, item.findtext("title"))


def test_each_atom_feed_keeps_the_rules(feeds, sample_below):
    for name, root in feeds.items():
        if name.endswith(".atom.xml"):
            assert find_broken(ATOM_FEED, root, f"{sample_below.url}/{name}") == [], name
            for entry in root.findall(f"{ATOM}entry"):
                assert find_broken(ATOM_ENTRY, entry) == [], (name, entry.findtext(f"{ATOM}title"))


def test_the_json_feed_keeps_the_rules(sample_below):
    feed = json.loads(sample_below.bytes("feeds/all.json"))
    assert feed["feed_url"] == f"{sample_below.url}/feeds/all.json"
    ids = [item["id"] for item in feed["items"]]
    assert len(ids) == len(set(ids)) > 3
    for item in feed["items"]:
        assert find_broken(JSON_ITEM, item) == [], item["title"]


@pytest.mark.parametrize(
    "text",
    [
        '<a href="/x/">x</a>',
        '<img src="a.png">',
        "<script>x</script>",
        '<p style="x">',
        '<p onclick="x">',
    ],
)
def test_the_rule_for_html_can_be_broken(text):
    assert not is_safe_html(text)
