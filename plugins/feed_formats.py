"""Write a feed as Atom, RSS or JSON Feed.

Atom is RFC 4287, its counts RFC 4685; RSS is version 2.0 of the RSS Advisory Board, with the RSS 1.0
modules content and slash; JSON Feed is version 1.1 (jsonfeed.org).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from catalogue.addresses import SITE
from catalogue.dates import fit_offset, format_stamp
from plugins.xml_writer import add_element, format_xml, make_element

if TYPE_CHECKING:
    from plugins.pictures import Picture

NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # when an empty feed was last changed
MEDIA = "http://search.yahoo.com/mrss/"  # Media RSS, which readers know in Atom too
ATOM = "http://www.w3.org/2005/Atom"
THREADS = "http://purl.org/syndication/thread/1.0"
RSS_NAMESPACES = {
    "xmlns:atom": ATOM,
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": MEDIA,
    "xmlns:slash": "http://purl.org/rss/1.0/modules/slash/",
}
HTML = {"type": "html"}


@dataclass(frozen=True)
class Item:
    """One post in a feed."""

    id: str
    url: str
    title: str  # plain text
    html: str  # the full text, every link with its whole address
    summary: str  # HTML
    description: str  # plain text
    published: datetime
    revised: datetime | None
    authors: Sequence[str]
    topics: Sequence[str] = ()
    comment_count: int = 0
    comments_feed: str = ""  # the whole address of the feed of its comments, if there is one
    image: "Picture | None" = None
    language: str = ""  # if it is not that of the feed

    @property
    def updated(self) -> datetime:
        """The moment of the last change."""
        return self.revised or self.published

    @property
    def replies(self) -> str:
        """The address of the comments."""
        return f"{self.url}#comments"

    @cached_property
    def atom(self) -> Element:
        """Return its entry in an Atom feed; made once, however many feeds have it."""
        return make_atom_entry(self)

    @cached_property
    def rss(self) -> Element:
        """Return its item in an RSS feed."""
        return make_rss_item(self)


@dataclass(frozen=True)
class Feed:
    """A feed: what it is called, its address, and the page that it follows."""

    id: str
    url: str
    page: str
    title: str
    language: str
    description: str = ""
    author: str = ""
    items: Sequence[Item] = field(default_factory=tuple)

    @property
    def updated(self) -> datetime:
        """The moment of the newest change among the items."""
        return max((item.updated for item in self.items), default=NEVER, key=datetime.timestamp)


def start_atom(feed: Feed, updated: datetime) -> Element:
    """Return an Atom feed that has no entries yet."""
    attributes = {
        "xmlns": ATOM,
        "xmlns:media": MEDIA,
        "xmlns:thr": THREADS,
        "xml:lang": feed.language,
    }
    root = make_element("feed", attributes)
    add_element(root, "title", feed.title)
    if feed.description:
        add_element(root, "subtitle", feed.description)
    add_element(root, "id", feed.id)
    add_link(root, "alternate", "text/html", feed.page)
    add_link(root, "self", "application/atom+xml", feed.url)
    add_element(root, "updated", format_stamp(updated))
    if feed.author:
        add_element(add_element(root, "author"), "name", feed.author)
    return root


def add_link(parent: Element, relation: str, kind: str, address: str, **more: str) -> None:
    """Add a link of Atom to a feed or an entry."""
    add_element(parent, "link", "", {"rel": relation, "type": kind, "href": address, **more})


def add_picture(parent: Element, picture: "Picture | None") -> None:
    """Add the picture at the top of a post to its entry."""
    if picture is None:
        return
    facts = {"url": picture.url, "type": picture.type, "medium": "image"}
    size = {"width": str(picture.width), "height": str(picture.height)}
    content = add_element(parent, "media:content", "", facts | size)
    if picture.alt:
        add_element(content, "media:description", picture.alt, {"type": "plain"})


def make_atom_entry(item: Item) -> Element:
    """Return a post as Atom has it; a title is HTML in which what looks like a tag is text."""
    entry = make_element("entry", {"xml:lang": item.language} if item.language else {})
    add_element(entry, "title", escape(item.title, quote=False), HTML)
    add_element(entry, "id", item.id)
    add_link(entry, "alternate", "text/html", item.url)
    add_element(entry, "published", format_stamp(item.published))
    add_element(entry, "updated", format_stamp(item.updated))
    for name in item.authors:
        add_element(add_element(entry, "author"), "name", name)
    for name in item.topics:
        add_element(entry, "category", "", {"term": name})
    add_element(entry, "summary", item.summary, HTML)
    add_element(entry, "content", item.html, HTML)
    add_picture(entry, item.image)
    # Where the comments are, and how many (RFC 4685, sections 4 and 5).
    count = {"thr:count": str(item.comment_count)}
    add_link(entry, "replies", "text/html", item.replies, **count)
    if item.comments_feed:
        add_link(entry, "replies", "application/atom+xml", item.comments_feed, **count)
    add_element(entry, "thr:total", str(item.comment_count))
    return entry


def format_atom(feed: Feed) -> bytes:
    """Return a feed as Atom."""
    root = start_atom(feed, feed.updated)
    root.extend(item.atom for item in feed.items)
    return format_xml(root)


def format_moment(moment: datetime) -> str:
    """Return a moment as RSS has it: by RFC 822, the year in four figures."""
    from email.utils import format_datetime  # which takes long to load, and few runs draw feeds

    return format_datetime(fit_offset(moment))


def make_rss_item(item: Item) -> Element:
    """Return a post as RSS has it; readers take a title for HTML, so what looks like a tag is text."""
    element = make_element("item")
    add_element(element, "title", escape(item.title, quote=False))
    add_element(element, "link", item.url)
    add_element(element, "guid", item.id, {"isPermaLink": "false"})
    add_element(element, "pubDate", format_moment(item.published))
    for name in item.authors:
        add_element(element, "dc:creator", name)
    for name in item.topics:
        add_element(element, "category", name)
    if item.language:
        add_element(element, "dc:language", item.language)
    add_element(element, "description", item.summary)
    add_element(element, "content:encoded", item.html)
    add_picture(element, item.image)
    add_element(element, "comments", item.replies)
    add_element(element, "slash:comments", str(item.comment_count))
    return element


def format_rss(feed: Feed) -> bytes:
    """Return a feed as RSS; readers take its title and description for HTML, as those of items."""
    root = make_element("rss", {"version": "2.0", **RSS_NAMESPACES})
    channel = add_element(root, "channel", "\n")
    add_element(channel, "title", escape(feed.title, quote=False))
    add_element(channel, "link", feed.page)
    add_element(channel, "description", escape(feed.description, quote=False))
    add_element(channel, "language", feed.language)
    place = {"rel": "self", "type": "application/rss+xml", "href": feed.url}
    add_element(channel, "atom:link", "", place)
    add_element(channel, "lastBuildDate", format_moment(feed.updated))
    channel.extend(item.rss for item in feed.items)
    return format_xml(root)


def describe_item(item: Item, about: str) -> dict[str, Any]:
    """Return a post as JSON Feed has it; the count is an extension, which the page `about` explains."""
    data: dict[str, Any] = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_html": item.html,
        "summary": item.description,
        "date_published": format_stamp(item.published),
        "date_modified": format_stamp(item.updated),
        "authors": [{"name": name} for name in item.authors],
        "tags": [*item.topics],
        "_comments": {"about": about, "count": item.comment_count, "url": item.replies},
    }
    if item.language:
        data["language"] = item.language
    if item.image:
        data["image"] = item.image.url
    if item.comments_feed:
        data["_comments"]["feed"] = item.comments_feed
    return data


def format_json(feed: Feed) -> bytes:
    """Return a feed as JSON Feed; it follows the home page, and the page of all feeds explains it."""
    about = f"{feed.page.removesuffix('/')}{SITE['subscribe']}#comments"
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.url,
        "description": feed.description,
        "language": feed.language,
        "authors": [{"name": feed.author}],
        "items": [describe_item(item, about) for item in feed.items],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
