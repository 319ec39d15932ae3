"""Write the feeds with the full text: all posts in Atom, RSS and JSON, each topic in Atom and RSS.

Reads: the articles with their topics, authors, pictures and counts; the settings FEED_AUTHORITY,
FEED_LENGTH and TOPIC_FEED_LENGTH.
Adds: nothing.
Writes: `feeds/all.*`, `topics/<slug>/feed.*`.

A feed has the newest posts and not all: programs fetch it whole every hour, and the archive and the
topic's page have the rest.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from operator import attrgetter
from typing import Any

from catalogue.addresses import SITE
from catalogue.header.author_names import format_byline
from catalogue.text.links import Target, expand_links
from plugins.feed_formats import Feed, Item, format_atom, format_json, format_rss
from plugins.tag_uri import format_feed_id, format_post_id

AFTER = ("plugins.authors", "plugins.pictures", "plugins.comment_feeds", "plugins.topics")

FRAGMENT = re.compile(r'(<a\b[^<>]*?\shref=")#')
FEED_FORMATS = {"atom": format_atom, "rss": format_rss, "json": format_json}


def expand_fragments(source: str, page: str) -> str:
    """Return HTML in which each link to a place in itself has the address of its page."""
    return FRAGMENT.sub(rf"\g<1>{page}#", source) if 'href="#' in source else source


def make_item(article: Any, site: str, authority: str, targets: Mapping[str, Target]) -> Item:
    """Return an article as the item of a feed; `targets` are what links lead to, by path."""
    record = article.record
    url = f"{site}/{article.url}"
    return Item(
        id=format_post_id(authority, record),
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
    site, authority = settings["SITEURL"], settings["FEED_AUTHORITY"]
    targets = generator.catalogue.targets
    # An item stands in several feeds.
    read = cache(partial(make_item, site=site, authority=authority, targets=targets))

    def add(path: str, form: Callable[[Feed], bytes], articles: Sequence[Any], **page: str) -> None:
        def draw() -> bytes:
            return form(make_feed(map(read, articles), settings, path, **page))

        writer.add(path, draw, [page, [(article, article.record) for article in articles]])

    for name, form in FEED_FORMATS.items():
        add(SITE[name].lstrip("/"), form, generator.articles[:length])
    for topic in filter(attrgetter("posts"), generator.context["topics"]):
        for path, form in ((topic.feed, format_atom), (topic.rss, format_rss)):
            about = {"title": topic.name, "page": topic.url, "about": topic.description}
            add(path, form, topic.articles[:topic_length], **about)


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_writer_finalized.connect(write_feeds)
