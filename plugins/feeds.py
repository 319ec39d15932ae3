"""Write the feeds: all posts in Atom and RSS, and an Atom feed for each topic, with the full text.

Reads: the articles and topics.
Adds: nothing.
Writes: `feeds/all.atom.xml`, `feeds/all.rss.xml`, `topics/<slug>/feed.atom.xml`.

Atom is RFC 4287; RSS is version 2.0 of the RSS Advisory Board, its full text in `content:encoded`
of the RSS 1.0 content module.
"""

import html
import io
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from feedgenerator import Atom1Feed, Rss201rev2Feed, get_tag_uri

from plugins.links import expand_links

ITEMS = 50
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class TypedTitles:
    """Pass elements on, and declare every title to be HTML, as RFC 4287 has it (section 3.1)."""

    def __init__(self, handler: Any) -> None:
        """Stand before the handler that writes the elements."""
        self.handler = handler

    def __getattr__(self, name: str) -> Any:
        """Pass on everything but titles."""
        return getattr(self.handler, name)

    def addQuickElement(
        self, name: str, text: str, attributes: dict[str, str] | None = None
    ) -> None:
        """Write an element; a title gets its type."""
        typed = {"type": "html"} if name == "title" else attributes
        self.handler.addQuickElement(name, text, typed)


class Atom(Atom1Feed):  # type: ignore[misc]
    """Write Atom whose date comes from its entries, not from the clock."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write an entry; its title is HTML, in which whatever looks like a tag is text."""
        super().add_item_elements(TypedTitles(handler), item)

    def latest_post_date(self) -> datetime:
        """Give the date of the newest change among the entries; an empty feed has never changed."""
        return super().latest_post_date() if self.items else NEVER


class Rss(Rss201rev2Feed):  # type: ignore[misc]
    """Write RSS with the full text beside the summary."""

    def rss_attributes(self) -> dict[str, str]:
        """Declare the namespaces in use, once."""
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
        }

    def latest_post_date(self) -> datetime:
        """Give the date of the newest change among the items; an empty feed has never changed."""
        return super().latest_post_date() if self.items else NEVER

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Add the full text to an item."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["content"])


def make_feed(
    kind: type[Atom] | type[Rss],
    articles: Iterable[Any],
    settings: dict[str, Any],
    *,
    path: str,
    title: str = "",
    page: str = "",
) -> Atom | Rss:
    """Make a feed of articles; `path` is where it will lie, `page` the page that it follows."""
    site = settings["SITEURL"]
    feed = kind(
        title=f"{settings['SITENAME']}: {title}" if title else settings["SITENAME"],
        link=f"{site}/{page}",
        feed_url=f"{site}/{path}",
        description=settings["SITESUBTITLE"],
        language=settings["DEFAULT_LANG"],
        author_name=settings["AUTHOR"],
        feed_guid=f"{site}/{path}",
    )
    addresses = settings["CATALOGUE"].addresses
    for article in articles:
        link = f"{site}/{article.url}"
        feed.add_item(
            title=html.escape(article.title, quote=False),  # readers take titles for HTML
            link=link,
            unique_id=get_tag_uri(link, article.date),
            unique_id_is_permalink=False,
            description=article.summary,
            content=expand_links(article.record.html, site, addresses),
            categories=[topic.name for topic in article.topics],
            author_name=str(article.author),
            pubdate=article.date,
            updateddate=article.revised,
        )
    return feed


def write_feed(feed: Atom | Rss, output: Path, path: str) -> None:
    """Write a feed's file."""
    text = io.StringIO()
    feed.write(text, "utf-8")
    target = output / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text.getvalue(), encoding="utf-8", newline="\n")


def write_feeds(generator: Any, writer: Any) -> None:
    """Write all feeds."""
    settings, output = generator.settings, Path(writer.output_path)
    newest = generator.articles[:ITEMS]
    for kind, path in ((Atom, "feeds/all.atom.xml"), (Rss, "feeds/all.rss.xml")):
        write_feed(make_feed(kind, newest, settings, path=path), output, path)
    for topic in generator.context["topics"]:
        feed = make_feed(
            Atom,
            topic.articles[:ITEMS],
            settings,
            path=topic.feed,
            title=topic.name,
            page=topic.url,
        )
        write_feed(feed, output, topic.feed)


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_writer_finalized.connect(write_feeds)
