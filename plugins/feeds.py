"""Write the feeds with the full text: all posts in Atom, RSS and JSON, each topic in Atom and RSS.

Reads: the articles with their topics, authors, pictures and counts; `FEED_AUTHORITY`.
Adds: nothing.
Writes: `feeds/all.*`, `topics/<slug>/feed.*`, and the page `subscribe/` that explains them.

Atom is RFC 4287, its counts RFC 4685; RSS is version 2.0 of the RSS Advisory Board, with the RSS 1.0
modules content and slash; JSON Feed is version 1.1 (jsonfeed.org). A feed holds the newest posts and
not all: programs fetch it whole every hour, and the archive and the topic's page have the rest.

The id of a post is a tag URI (RFC 4151): the site's authority, the day of the first publication,
which is the header's `Date` as it is typed, and the slug. So it survives another title, text, domain
and time zone. With another `Date` or `Slug` it is another id, and readers see the post once more:
`Modified` is the header that tells of a change.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache, cached_property, partial
from html import escape
from typing import Any

from catalogue.addresses import SITE
from catalogue.dates import fit_offset, format_stamp
from catalogue.header.author_names import format_byline
from catalogue.problems import Refused
from catalogue.text.links import expand_links

AFTER = ("plugins.comment_feeds", "plugins.topics", "plugins.linked_data")

ITEMS = 50
TOPIC_ITEMS = 20
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # when an empty feed was last changed
FIRST_YEAR = 2026  # in the ids of the feeds themselves, which have no day of their own
# RFC 4151, section 2.1: a domain name or an e-mail address, in small letters.
AUTHORITY = re.compile(
    r"(?:[a-z0-9._-]+@)?[a-z0-9]+(?:-+[a-z0-9]+)*(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)+", re.ASCII
)
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, 2.2
FRAGMENT = re.compile(r'(<a\b[^<>]*?\shref=")#')
PROLOGUE = '<?xml version="1.0" encoding="utf-8"?>\n'
NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:slash": "http://purl.org/rss/1.0/modules/slash/",
}
THREADS = "http://purl.org/syndication/thread/1.0"
HTML = ' type="html"'


@dataclass(eq=False, frozen=True)
class Item:
    """Hold what a feed says of one post; its XML is made once, however many feeds have it."""

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
    comments: int = 0
    comments_feed: str = ""  # the whole address of the feed of its comments, if there is one
    image: str = ""

    @property
    def updated(self) -> datetime:
        """Give the moment of the last change."""
        return self.revised or self.published

    @property
    def replies(self) -> str:
        """Give the place of the comments."""
        return f"{self.url}#comments"

    @cached_property
    def content(self) -> str:
        """Give the full text as XML has it."""
        return escape(self.html, quote=False)

    @cached_property
    def atom(self) -> str:
        """Give its entry in an Atom feed."""
        return format_entry(self)

    @cached_property
    def rss(self) -> str:
        """Give its item in an RSS feed."""
        return format_item(self)


@dataclass(frozen=True)
class Feed:
    """Hold a feed: what it is called, where it lies, which page it follows, and its items."""

    title: str
    url: str
    page: str
    id: str
    description: str
    language: str
    author: str
    items: Sequence[Item] = field(default_factory=tuple)

    @property
    def updated(self) -> datetime:
        """Give the moment of the newest change among the items."""
        return max((item.updated for item in self.items), default=NEVER)


def check_authority(authority: str) -> str:
    """Say what is wrong with the name that begins all ids; empty when it is good."""
    if AUTHORITY.fullmatch(authority):
        return ""
    return (
        f"FEED_AUTHORITY is “{authority}”, and that is no domain name and no e-mail address in "
        'small letters. Write one in pelicanconf.py, like: FEED_AUTHORITY = "example.org"'
    )


def format_tag(authority: str, day: str, name: str) -> str:
    """Write a tag URI (RFC 4151): `day` is a date or year on which the name was the authority's."""
    return f"tag:{authority},{day}:{name}"


def format_clean(text: str) -> str:
    """Take out what XML cannot hold, such as the signs that Markdown puts in for its own use."""
    return FORBIDDEN.sub("", text)


def format_absolute(source: str, page: str) -> str:
    """Give the links of a text to its own places the address of its page."""
    return FRAGMENT.sub(rf"\g<1>{page}#", source) if 'href="#' in source else source


def format_attributes(attributes: Mapping[str, str]) -> str:
    """Write the attributes of an XML element, each with the blank before it."""
    return "".join([f' {key}="{escape(value)}"' for key, value in attributes.items()])


def format_element(name: str, text: str = "", attributes: Mapping[str, str] | None = None) -> str:
    """Write one XML element with text in it."""
    kinds = format_attributes(attributes) if attributes else ""
    return format_escaped(name, escape(text, quote=False), kinds)


def format_escaped(name: str, source: str, attributes: str = "") -> str:
    """Write one XML element with text in it that is escaped, like the attributes."""
    return f"<{name}{attributes}>{source}</{name}>\n" if source else f"<{name}{attributes}/>\n"


def format_entry(item: Item) -> str:
    """Write an item as an entry of an Atom feed; titles are HTML in which what looks like a tag is text."""
    title = escape(escape(item.title, quote=False), quote=False)
    authors = "".join(
        [f"<author>{format_element('name', name)}</author>\n" for name in item.authors]
    )
    topics = "".join([f'<category term="{escape(name)}"/>\n' for name in item.topics])
    replies = format_replies("text/html", item.replies, item.comments)
    if item.comments_feed:
        replies += format_replies("application/atom+xml", item.comments_feed, item.comments)
    return (
        f"<entry>\n{format_escaped('title', title, HTML)}"
        f"<id>{escape(item.id, quote=False)}</id>\n"
        f'<link rel="alternate" type="text/html" href="{escape(item.url)}"/>\n'
        f"<published>{format_stamp(item.published)}</published>\n"
        f"<updated>{format_stamp(item.updated)}</updated>\n"
        f"{authors}{topics}"
        f"{format_escaped('summary', escape(item.summary, quote=False), HTML)}"
        f"{format_escaped('content', item.content, HTML)}"
        f"{replies}<thr:total>{item.comments}</thr:total>\n</entry>\n"
    )


def format_replies(kind: str, address: str, count: int) -> str:
    """Write where the comments on an entry are, and how many (RFC 4685, sections 4 and 5)."""
    return f'<link rel="replies" type="{kind}" href="{escape(address)}" thr:count="{count}"/>\n'


def format_atom(feed: Feed) -> str:
    """Write a feed as Atom (RFC 4287)."""
    root = {"xmlns": NAMESPACES["xmlns:atom"], "xmlns:thr": THREADS, "xml:lang": feed.language}
    parts = [
        PROLOGUE,
        f"<feed{format_attributes(root)}>\n",
        format_element("title", feed.title),
        format_element("subtitle", feed.description),
        format_element("id", feed.id),
        format_element("link", "", {"rel": "alternate", "type": "text/html", "href": feed.page}),
        format_element(
            "link", "", {"rel": "self", "type": "application/atom+xml", "href": feed.url}
        ),
        format_element("updated", format_stamp(feed.updated)),
        f"<author>{format_element('name', feed.author)}</author>\n",
    ]
    return "".join([*parts, *(item.atom for item in feed.items), "</feed>\n"])


def format_item(item: Item) -> str:
    """Write an item as RSS has it; readers take a title for HTML, so what looks like a tag is text."""
    title = escape(escape(item.title, quote=False), quote=False)
    authors = "".join([format_element("dc:creator", name) for name in item.authors])
    topics = "".join([format_element("category", name) for name in item.topics])
    return (
        f"<item>\n{format_escaped('title', title)}"
        f"<link>{escape(item.url, quote=False)}</link>\n"
        f'<guid isPermaLink="false">{escape(item.id, quote=False)}</guid>\n'
        f"<pubDate>{format_datetime(fit_offset(item.published))}</pubDate>\n"
        f"{authors}{topics}"
        f"{format_escaped('description', escape(item.summary, quote=False))}"
        f"{format_escaped('content:encoded', item.content)}"
        f"<comments>{escape(item.replies, quote=False)}</comments>\n"
        f"<slash:comments>{item.comments}</slash:comments>\n</item>\n"
    )


def format_rss(feed: Feed) -> str:
    """Return a feed as RSS 2.0; readers take its title and description for HTML, as those of items."""
    root = {"version": "2.0", **NAMESPACES}
    place = {"rel": "self", "type": "application/rss+xml", "href": feed.url}
    parts = [
        PROLOGUE,
        f"<rss{format_attributes(root)}>\n<channel>\n",
        format_element("title", escape(feed.title, quote=False)),
        format_element("link", feed.page),
        format_element("description", escape(feed.description, quote=False)),
        format_element("language", feed.language),
        format_element("atom:link", "", place),
        format_element("lastBuildDate", format_datetime(fit_offset(feed.updated))),
    ]
    return "".join([*parts, *(item.rss for item in feed.items), "</channel>\n</rss>\n"])


def describe_item(item: Item, about: str) -> dict[str, Any]:
    """Give an item as JSON Feed has it; the count is an extension, which `about` explains."""
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
        "_comments": {"about": about, "count": item.comments, "url": item.replies},
    }
    if item.image:
        data["image"] = item.image
    if item.comments_feed:
        data["_comments"]["feed"] = item.comments_feed
    return data


def format_json(feed: Feed) -> str:
    """Write a feed as JSON Feed 1.1; the page of all feeds explains its extension."""
    about = f"{feed.page}subscribe/#comments"
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
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


ALL = {
    "feeds/all.atom.xml": format_atom,
    "feeds/all.rss.xml": format_rss,
    "feeds/all.json": format_json,
}
OF_TOPIC = {"feed.atom.xml": format_atom, "feed.rss.xml": format_rss}


def make_item(article: Any, site: str, authority: str, addresses: Mapping[str, str]) -> Item:
    """Make the item of an article; `addresses` are those of all files, by path."""
    record = article.record
    url = f"{site}/{article.url}"
    return Item(
        id=format_tag(authority, record.values["Date"][:10], f"posts/{record.slug}"),
        url=url,
        title=format_clean(article.title),
        html=format_clean(format_absolute(expand_links(record.html, site, addresses), url)),
        summary=format_clean(article.summary),
        description=format_clean(article.description),
        published=article.date,
        revised=article.revised,
        authors=article.byline,
        topics=[topic.name for topic in article.topics],
        comments=article.comments,
        comments_feed=f"{site}/{article.comments_feed}" if article.comments_feed else "",
        image=article.picture,
    )


def read_items(settings: Mapping[str, Any], addresses: Mapping[str, str]) -> Callable[[Any], Item]:
    """Give a function that makes the item of an article, once: it stands in several feeds."""
    make = partial(
        make_item,
        site=settings["SITEURL"],
        authority=settings["FEED_AUTHORITY"],
        addresses=addresses,
    )
    return cache(make)


def make_feed(
    items: Iterable[Item],
    settings: Mapping[str, Any],
    *,
    path: str,
    title: str = "",
    page: str = "",
) -> Feed:
    """Make a feed of items; `path` is where it will lie, `page` the page that it follows."""
    site = settings["SITEURL"]
    return Feed(
        title=f"{settings['SITENAME']}: {title}" if title else settings["SITENAME"],
        url=f"{site}/{path}",
        page=f"{site}/{page}",
        id=format_tag(settings["FEED_AUTHORITY"], str(FIRST_YEAR), path),
        description=settings["SITESUBTITLE"],
        language=settings["DEFAULT_LANG"],
        author=format_byline(settings["AUTHOR"]),
        items=tuple(items),
    )


def read_authority(pelican: Any) -> None:
    """Stop when the settings hold no name that ids can begin with."""
    if wrong := check_authority(pelican.settings["FEED_AUTHORITY"]):
        raise Refused(f"{wrong}. The site is unchanged.")


def write_feeds(generator: Any, writer: Any) -> None:
    """Write all feeds."""
    settings = generator.settings
    read = read_items(settings, generator.catalogue.addresses)

    def add(path: str, form: Callable[[Feed], str], articles: Sequence[Any], **page: str) -> None:
        def draw() -> str:
            return form(make_feed(map(read, articles), settings, path=path, **page))

        writer.add(path, draw, [page, [(article, article.record) for article in articles]])

    for path, form in ALL.items():
        add(path, form, generator.articles[:ITEMS])
    for topic in generator.context["topics"]:
        for path, form in ((topic.feed, format_atom), (topic.rss, format_rss)):
            add(path, form, topic.articles[:TOPIC_ITEMS], title=topic.name, page=topic.url)


def write_subscribe(_: Any, writer: Any) -> None:
    """Write the page that explains the feeds."""
    writer.add_page(SITE["subscribe"], "subscribe")


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.initialized.connect(read_authority)
    signals.article_writer_finalized.connect(write_feeds)
    signals.article_writer_finalized.connect(write_subscribe)
