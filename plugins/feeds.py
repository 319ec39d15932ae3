"""Write the feeds with the full text: all posts in Atom, RSS and JSON, each topic in Atom and RSS.

Reads: the articles with their topics, authors, pictures and counts; the settings FEED_AUTHORITY,
FEED_LENGTH and TOPIC_FEED_LENGTH.
Adds: nothing.
Writes: `feeds/all.*`, `topics/<slug>/feed.*`, and the feed of a topic at its old addresses.

A feed has the newest posts and not all: programs fetch it whole every hour, and the archive and the
topic's page have the rest.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from typing import Any

from catalogue.addresses import SITE
from catalogue.header.author_names import format_byline
from catalogue.text.targets import Target, expand_links
from plugins.feed_formats import Feed, Item, format_atom, format_json, format_rss
from plugins.tag_uri import format_feed_id

AFTER = ("plugins.authors", "plugins.pictures", "plugins.comment_feeds", "plugins.topics")

FRAGMENT = re.compile(r'(<a\b[^<>]*?\shref=")#')
FEED_FORMATS = {"atom": format_atom, "rss": format_rss, "json": format_json}


def expand_fragments(source: str, page: str) -> str:
    """Return HTML in which each link to a place in itself has the address of its page."""
    return FRAGMENT.sub(rf"\g<1>{page}#", source) if 'href="#' in source else source


def make_item(article: Any, site: str, targets: Mapping[str, Target]) -> Item:
    """Return an article as the item of a feed; `targets` are what links lead to, by path."""
    record = article.record
    url = f"{site}/{article.url}"
    return Item(
        id=article.feed_id,
        url=url,
        title=article.title,
        html=expand_fragments(expand_links(article.html, site, targets), url),
        summary=article.summary,
        description=article.description,
        published=article.date,
        revised=article.revised,
        authors=article.authors,
        topics=[topic.name for topic in article.topics],
        comment_count=article.comment_count,
        comments_feed=f"{site}/{article.comments_feed}" if article.comments_feed else "",
        image=article.shared_image if article.image else None,
        language=record.values.get("Lang", ""),
    )


def make_feed(
    items: Iterable[Item],
    settings: Mapping[str, Any],
    path: str,
    title: str = "",
    page: str = "",
    about: str = "",
) -> Feed:
    """Return a feed of items; `path` is its file, `page` the page that it follows, from the root.

    `about` says what a part of the site is about.
    """
    site, name = settings["SITEURL"], settings["SITENAME"]
    return Feed(
        id=format_feed_id(settings["FEED_AUTHORITY"], path),
        url=f"{site}/{path}",
        page=f"{site}/{page}",
        title=f"{name}: {title}" if title else name,
        language=settings["DEFAULT_LANG"],
        description=about or settings["SITESUBTITLE"],
        author=format_byline(settings["AUTHOR"]),
        items=tuple(items),
    )


def write_feeds(generator: Any, writer: Any) -> None:
    """Write all feeds."""
    settings = generator.settings
    length, topic_length = settings["FEED_LENGTH"], settings["TOPIC_FEED_LENGTH"]
    catalogue = generator.catalogue
    # An item stands in several feeds.
    read = cache(partial(make_item, site=settings["SITEURL"], targets=catalogue.targets))

    def add(
        files: Iterable[str], form: Callable[[Feed], bytes], articles: Sequence[Any], **page: str
    ) -> None:
        path, *others = files

        def draw() -> bytes:
            return form(make_feed(map(read, articles), settings, path, **page))

        shows = [page, path, [(article, article.record) for article in articles]]
        for file in (path, *others):
            writer.add(file, draw, shows)

    for name, form in FEED_FORMATS.items():
        add([SITE[name].lstrip("/")], form, generator.articles[:length])
    for topic in generator.context["topics"]:
        for path, form in ((topic.feed, format_atom), (topic.rss, format_rss)):
            about = {"title": topic.name, "page": topic.url, "about": topic.description}
            if files := list_files(path, topic, catalogue.kept_feeds):
                add(files, form, topic.articles[:topic_length], **about)


def list_files(path: str, topic: Any, kept: Mapping[str, str]) -> list[str]:
    """Return the files of one feed of a topic, its own first; none for a topic that never had a post.

    `kept` are the old addresses of feeds, each with the path of its text.
    """
    name = path.rpartition("/")[2]
    old = [
        address.lstrip("/")
        for address, source in kept.items()
        if source == topic.record.path and address.endswith(f"/{name}")
    ]
    return [path, *(each for each in old if each != path)] if topic.posts or path in old else []


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_writer_finalized.connect(write_feeds)
