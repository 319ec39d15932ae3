"""Write a feed of the comments on each post that has some.

Reads: `comments` of each article, the settings SITENAME, DEFAULT_LANG and TIMEZONE.
Adds: `comments_feed` to each article: the address of its feed from the site's root, or nothing.
Writes: `posts/<slug>/comments.atom.xml`; a feed that was published stays there when its post is renamed
or has no comments any more. At an old address it is the same as at the new one, which it names.

The feeds are Atom (RFC 4287) with its threading extension (RFC 4685).
"""

from collections.abc import Mapping
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

from catalogue.addresses import COMMENTS_FEED
from catalogue.dates import format_stamp, order_by_time
from plugins.comments import Comment
from plugins.feed_formats import HTML, Feed, add_link, start_atom
from plugins.xml_writer import add_element, format_xml, make_element

AFTER = ("plugins.comments",)


def format_feed(article: Any, settings: Mapping[str, Any], words: Any) -> bytes:
    """Return the comments on a post as Atom, the newest first, each with what it answers."""
    site, post_id = settings["SITEURL"], article.feed_id
    zone = ZoneInfo(settings["TIMEZONE"])
    feed = Feed(
        id=f"{post_id}/comments",
        url=f"{site}/{article.url}{COMMENTS_FEED}",
        page=f"{site}/{article.url}",
        title=words.fill("comments_on", site=settings["SITENAME"], title=article.title),
        language=settings["DEFAULT_LANG"],
    )
    newest = sorted(
        article.comments, key=lambda comment: order_by_time(comment.record, zone), reverse=True
    )
    root = start_atom(feed, newest[0].date if newest else article.date)
    for comment in newest:
        title = words.fill("comment_by", author=comment.byline)
        root.append(make_comment_entry(comment, title, post_id, feed.page, site))
    return format_xml(root)


def make_comment_entry(comment: Comment, title: str, post_id: str, page: str, site: str) -> Element:
    """Return a comment as an entry of a feed; `page` is the whole address of its post."""
    target = {"ref": post_id, "href": page, "type": "text/html"}
    if above := comment.reply_to:
        target |= {"ref": f"{post_id}/{above.anchor}", "href": f"{site}/{above.permalink}"}
    entry = make_element("entry")
    add_element(entry, "title", title)
    add_element(entry, "id", f"{post_id}/{comment.anchor}")
    add_link(entry, "alternate", "text/html", f"{site}/{comment.permalink}")
    add_element(entry, "thr:in-reply-to", "", target)
    add_element(entry, "published", format_stamp(comment.date))
    add_element(entry, "updated", format_stamp(comment.date))
    author = add_element(entry, "author")
    add_element(author, "name", comment.author if comment.is_own else comment.byline)
    if address := comment.url or (f"{site}/" if comment.is_own else ""):
        add_element(author, "uri", address)
    add_element(entry, "content", comment.html, HTML)
    return entry


def add_comment_feeds(generator: Any) -> None:
    """Add to each article the address of the feed of its comments, if it has any."""
    for article in generator.articles:
        article.comments_feed = f"{article.url}{COMMENTS_FEED}" if article.comments else ""


def write_comment_feeds(generator: Any, writer: Any) -> None:
    """Write the feed of each post's comments, also at the old addresses of feeds that were published."""
    places = [
        (article, article.comments_feed) for article in generator.articles if article.comments
    ]
    if kept := generator.catalogue.kept_feeds:
        articles = {article.record.path: article for article in generator.articles}
        places += [
            (articles[path], file.lstrip("/")) for file, path in kept.items() if path in articles
        ]
    for article, file in places:
        draw = partial(format_feed, article, generator.settings, generator.words)
        writer.add(file, draw, [article, article.comments])


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_comment_feeds)
    signals.article_writer_finalized.connect(write_comment_feeds)
