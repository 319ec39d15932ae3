"""Show the comments on each post as a thread, and how to answer it by mail.

Reads: the records of comments and posts, the settings CONTACT_EMAIL, AUTHOR and SITENAME.
Adds: `comments` and `reply_address` to each article, `discussed` to the context.
Writes: nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from markupsafe import Markup

from catalogue.comment_threads import format_anchor, name_comment, order_thread
from catalogue.dates import read_moment
from catalogue.records import Record
from catalogue.rules.namesakes import find_role, list_own
from plugins.archived_links import Copies, mark_copies
from plugins.page_text import prepare_words

# So far a reply is set in; from there on its first line alone says what it answers.
DEEPEST_REPLY = 3
MOST_DISCUSSED = 5


@dataclass
class Comment:
    """One comment as a page, a feed and the data about a post show it."""

    author: str
    is_own: bool  # the site's author wrote it
    role: str  # in a word, where it is to be said: the site's author, or a reader of her name
    date: datetime  # in the site's zone
    url: str  # the writer's own site, or empty
    html: Markup
    text: str  # the same as plain text
    anchor: str
    permalink: str  # from the site's root, as an article's url
    depth: int  # 0 for what answers the post itself
    reply_to: "Comment | None"
    record: Record
    badge: str = ""  # in the preview, why it is not on the site yet
    copies: Copies = field(default_factory=dict)  # archived copies of what its dead links led to

    def card(self) -> list[Any]:
        """Return what a page may show of it: all of it, and of what it answers the name."""
        above = self.reply_to and [self.reply_to.record, self.reply_to.role]
        return [self.record, self.permalink, self.depth, self.role, self.badge, above, self.copies]

    @property
    def marked(self) -> Markup:
        """Return its HTML as the page of its post shows it."""
        return mark_copies(prepare_words(self.html), self.copies)

    @property
    def byline(self) -> str:
        """Return the writer's name with the role, where there is one to be said."""
        return f"{self.author} ({self.role})" if self.role else self.author


def list_comments(
    comments: Iterable[Record],
    url: str,
    zone: ZoneInfo,
    own: tuple[str, ...],
    roles: Mapping[str, str],
    badge: Callable[[Record], str],
) -> list[Comment]:
    """Return the comments on the post at `url`: each followed by what answers it, in order of time.

    `own` are the names of the site's and the post's author, `roles` the words for what `find_role` finds;
    `badge` returns why one is not published.
    """
    made: dict[str, Comment] = {}
    for record, parent in order_thread(comments, zone):
        above = made[parent.path] if parent else None
        anchor, role = format_anchor(name_comment(record)), find_role(record, own)
        made[record.path] = Comment(
            author=record.values["Author"],
            is_own=role == "author",
            role=roles[role],
            date=read_moment(record.values["Date"], zone),
            url=record.values.get("Url", ""),
            html=Markup(record.html),  # noqa: S704 - written by catalogue.text.comment_reader
            text=record.description,
            anchor=anchor,
            permalink=f"{url}#{anchor}",
            depth=min(above.depth + 1, DEEPEST_REPLY) if above else 0,
            reply_to=above,
            record=record,
            badge=badge(record),
        )
    return [*made.values()]


def select_discussed(articles: Iterable[Any]) -> list[Any]:
    """Return the posts with the most comments, of equal ones the newest first."""
    commented = [article for article in articles if article.comment_count]
    return sorted(commented, key=attrgetter("comment_count"), reverse=True)[:MOST_DISCUSSED]


def format_reply_link(email: str, title: str, address: str) -> str:
    """Return the link that opens a mail about a post (RFC 6068)."""
    subject, body = quote(f"Re: {title}", safe=""), quote(f"{address}\r\n\r\n", safe="")
    return f"mailto:{quote(email, safe='@')}?subject={subject}&body={body}"


def add_comments(generator: Any) -> None:
    """Add its comments and the link to answer it to each article, and the most discussed to the context."""
    settings = generator.settings
    catalogue, email, words = generator.catalogue, settings["CONTACT_EMAIL"], generator.words
    roles = {"author": words.fill("by_author"), "reader": words.fill("by_reader"), "": ""}
    for article in generator.articles:
        record = article.record
        comments = catalogue.comments.get(record.path, [])
        own = list_own((settings["AUTHOR"], settings["SITENAME"]), record)
        article.comments = list_comments(
            comments, article.url, catalogue.zone, own, roles, catalogue.badge
        )
        article.reply_address = email and format_reply_link(
            email, record.title, f"{settings['SITEURL']}/{article.url}"
        )
    generator.context["discussed"] = select_discussed(generator.articles)


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_comments)
