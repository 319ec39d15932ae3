"""Write a feed of the comments on each post that has some.

Reads: `replies` of each article, the settings SITENAME, DEFAULT_LANG and FEED_AUTHORITY.
Adds: `comments_feed` to each article: the place of its feed, or nothing.
Writes: `posts/<slug>/comments.atom.xml`.

The feeds are Atom (RFC 4287) with its threading extension (RFC 4685).
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from xml.sax.saxutils import quoteattr

from catalogue.addresses import COMMENTS_FEED
from catalogue.dates import format_stamp
from plugins.comments import Comment
from plugins.feeds import (
    NAMESPACES,
    PROLOGUE,
    THREADS,
    format_clean,
    format_element,
    format_tag,
)

AFTER = ("plugins.comments",)


def format_feed(comments: Sequence[Comment], article: Any, settings: Mapping[str, Any]) -> str:
    """Return the comments on a post as Atom, the newest first, each with what it answers (RFC 4685)."""
    site, authority = settings["SITEURL"], settings["FEED_AUTHORITY"]
    values, slug = article.record.values, article.record.slug
    page, url = f"{site}/{article.url}", f"{site}/{article.comments_feed}"
    post_id = format_tag(authority, values["Date"][:10], f"posts/{slug}")
    newest = sorted(comments, key=lambda comment: (comment.date, comment.anchor), reverse=True)
    root = {"xmlns": NAMESPACES["xmlns:atom"], "xmlns:thr": THREADS}
    root["xml:lang"] = settings["DEFAULT_LANG"]
    parts = [
        PROLOGUE,
        f"<feed{''.join(f' {key}={quoteattr(value)}' for key, value in root.items())}>\n",
        format_element(
            "title", format_clean(f"{settings['SITENAME']}: comments on {article.title}")
        ),
        format_element("id", f"{post_id}/comments"),
        format_element("link", "", {"rel": "alternate", "type": "text/html", "href": page}),
        format_element("link", "", {"rel": "self", "type": "application/atom+xml", "href": url}),
        format_element("updated", format_stamp(newest[0].date)),
    ]
    entries = (format_entry(comment, post_id, page, site) for comment in newest)
    return "".join([*parts, *entries, "</feed>\n"])


def format_entry(comment: Comment, post_id: str, page: str, site: str) -> str:
    """Return a comment as an entry of a feed."""
    target = {"ref": post_id, "href": page, "type": "text/html"}
    if above := comment.reply_to:
        target |= {"ref": f"{post_id}/{above.anchor}", "href": f"{site}/{above.permalink}"}
    place = {"rel": "alternate", "type": "text/html", "href": f"{site}/{comment.permalink}"}
    name = comment.author if comment.is_own else comment.byline
    address = comment.url or (f"{site}/" if comment.is_own else "")
    uri = format_element("uri", address) if address else ""
    parts = [
        "<entry>\n",
        format_element("title", format_clean(f"Comment by {comment.byline}")),
        format_element("id", f"{post_id}/{comment.anchor}"),
        format_element("link", "", place),
        format_element("thr:in-reply-to", "", target),
        format_element("published", format_stamp(comment.date)),
        format_element("updated", format_stamp(comment.date)),
        f"<author>{format_element('name', format_clean(name))}{uri}</author>\n",
        format_element("content", format_clean(comment.html), {"type": "html"}),
        "</entry>\n",
    ]
    return "".join(parts)


def add_comment_feeds(generator: Any) -> None:
    """Add to each article the place of the feed of its comments, if it has any."""
    for article in generator.articles:
        article.comments_feed = f"{article.url}{COMMENTS_FEED}" if article.replies else ""


def write_comment_feeds(generator: Any, writer: Any) -> None:
    """Write the feed of each post's comments."""
    for article in generator.articles:
        if article.replies:
            draw = partial(format_feed, article.replies, article, generator.settings)
            writer.add(article.comments_feed, draw, [article, article.replies])


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_comment_feeds)
    signals.article_writer_finalized.connect(write_comment_feeds)
