"""List all pages for search engines, with their pictures and when they last changed.

Reads: the articles with their comments, the pages and topics; the pictures in texts.
Adds: nothing.
Writes: the sitemap (https://www.sitemaps.org/protocol.html) with Google's extension for pictures, in
parts below an index where one file cannot hold all, and robots.txt (RFC 9309), which names it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import quote

from catalogue.addresses import (
    DEFAULT_FILES,
    MOST_IN_SITEMAP,
    SITE,
    count_list_pages,
    format_list_page,
    list_sitemap_parts,
)
from catalogue.dates import format_stamp
from catalogue.text.targets import encode_address
from plugins.xml_writer import add_element, format_xml, make_element

AFTER = ("plugins.comments", "plugins.topics")

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
PICTURES = "http://www.google.com/schemas/sitemap-image/1.1"
LISTS = ("home", "archives", "topics", "questions", "search")  # they change with the newest post


class Entry(NamedTuple):
    """One page in a sitemap."""

    address: str  # from the root of the site, with a slash at its beginning
    changed: str  # a stamp (RFC 3339), empty if nobody knows
    pictures: Sequence[str] = ()  # addresses of the same form


def find_change(article: Any) -> datetime:
    """Return when an article's page last changed: its text, or the newest comment on it."""
    moments: list[datetime] = [
        article.revised or article.date,
        *(comment.date for comment in article.comments),
    ]
    return max(moments)


def format_change(moments: Iterable[datetime]) -> str:
    """Return the last of some moments as a stamp (RFC 3339), empty if there are none."""
    last = max(moments, default=None)
    return format_stamp(last) if last else ""


def list_pictures(record: Any, addresses: Mapping[str, str]) -> list[str]:
    """Return the addresses of the pictures that a text shows, each once."""
    paths = [
        record.values.get("Image", ""),
        *(link.target for link in record.links if link.tag == "img"),
    ]
    return [addresses[path] for path in dict.fromkeys(paths) if path in addresses]


def format_sitemap(entries: Iterable[Entry], site: str) -> bytes:
    """Return entries as a sitemap; `site` is the site's address without its last slash."""
    root = make_element("urlset", {"xmlns": NAMESPACE, "xmlns:image": PICTURES})
    for address, changed, pictures in entries:
        page = make_element("url")
        root.append(page)
        add_element(page, "loc", site + quote(address))
        if changed:
            add_element(page, "lastmod", changed)
        for picture in pictures:
            image = make_element("image:image")
            page.append(image)
            add_element(image, "image:loc", site + encode_address(picture))
    return format_xml(root)


def format_sitemap_index(parts: Iterable[str], site: str) -> bytes:
    """Return the index of the parts of a sitemap, which are named by their addresses."""
    root = make_element("sitemapindex", {"xmlns": NAMESPACE})
    for part in parts:
        entry = make_element("sitemap")
        root.append(entry)
        add_element(entry, "loc", site + part)
    return format_xml(root)


def format_robots(site: str) -> str:
    """Return a robots.txt that keeps nothing from anybody, and names the sitemap."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site}{DEFAULT_FILES['sitemap']}\n"


def list_entries(generator: Any) -> list[Entry]:
    """Return all pages that a search engine is to know, the newest posts first."""
    catalogue, per_page = generator.catalogue, generator.settings["DEFAULT_PAGINATION"]
    pictures = partial(list_pictures, addresses=catalogue.addresses)
    changes = {article: find_change(article) for article in generator.articles}
    newest = format_change(changes.values())
    entries = [Entry(SITE[name], newest) for name in LISTS if SITE[name] in catalogue.own]
    entries.append(Entry(SITE["subscribe"], ""))
    entries += [
        Entry(f"/{article.url}", format_stamp(change), pictures(article.record))
        for article, change in changes.items()
    ]
    for page in generator.pages:
        changed = format_change(filter(None, [page.revised]))
        entries.append(Entry(f"/{page.url}", changed, pictures(page.record)))
    for topic in generator.context["topics"]:
        changed = format_change(changes[article] for article in topic.articles)
        entries.append(Entry(f"/{topic.url}", changed, pictures(topic.record)))
    further = range(2, count_list_pages(len(changes), per_page) + 1)
    return entries + [Entry(format_list_page(number), newest) for number in further]


def write_sitemap(generator: Any, writer: Any) -> None:
    """Write the sitemap and robots.txt, if extra has none of its own."""
    site, own = generator.settings["SITEURL"], generator.catalogue.own
    entries = list_entries(generator)
    parts = [address for address in list_sitemap_parts(len(entries)) if address in own]
    files: dict[str, tuple[Any, Any]] = {
        DEFAULT_FILES["robots"]: (partial(format_robots, site), "")
    }
    if parts:
        files[DEFAULT_FILES["sitemap"]] = partial(format_sitemap_index, parts, site), parts
        for number, part in enumerate(parts):
            piece = entries[number * MOST_IN_SITEMAP :][:MOST_IN_SITEMAP]
            files[part] = partial(format_sitemap, piece, site), piece
    else:
        files[DEFAULT_FILES["sitemap"]] = partial(format_sitemap, entries, site), entries
    for address, (draw, shows) in files.items():
        if address in own:
            writer.add(address.lstrip("/"), draw, shows)


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_writer_finalized.connect(write_sitemap)
