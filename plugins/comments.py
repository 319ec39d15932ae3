"""Keep comments as content: judge them, thread them, and count them in one place.

Reads: the records of comments and posts, the settings CONTACT_EMAIL, AUTHOR and SITENAME.
Adds: `replies`, `comments_feed` and `reply_address` to each article, `discussed` to the context.
Writes: `posts/<slug>/comments.atom.xml` for each post that has kept comments.

Comments lie in `content/comments/<post-slug>/`, a file each. The feeds are Atom (RFC 4287) with its
threading extension (RFC 4685); the link to reply is a `mailto:` address (RFC 6068).
"""

import posixpath
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from operator import attrgetter
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import quoteattr
from zoneinfo import ZoneInfo

from markupsafe import Markup

from catalogue.addresses import COMMENTS_FEED
from catalogue.dates import format_moment, format_stamp, is_scheduled, read_moment
from catalogue.problems import Problem, Refused, count_errors, format_count
from catalogue.records import Record
from catalogue.rules.namesakes import find_role, list_own
from catalogue.slugs import check_slug, format_slug, slug_of
from catalogue.spelling import Guesses
from plugins.feeds import (
    NAMESPACES,
    PROLOGUE,
    THREADS,
    format_clean,
    format_element,
    format_tag,
)

SECTION = "comments"  # the id of the list below a post; catalogue.text.html_reader keeps it free
DEEPEST = 3  # so far a reply is set in; from there on its first line alone says what it answers
MOST_DISCUSSED = 5
ROLES = {"author": "site’s author", "reader": "reader", "": ""}  # as pages and feeds say them


@dataclass
class Comment:
    """What a page, a feed and the data about a post show of one comment."""

    author: str
    role: str  # of the writer, where it is to be said: the site's author, or a reader of her name
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

    def card(self) -> list[Any]:
        """Return what a page may show of it: all of it, and of what it answers the name."""
        above = self.reply_to and [self.reply_to.record, self.reply_to.role]
        return [self.record, self.permalink, self.depth, self.role, self.badge, above]

    @property
    def byline(self) -> str:
        """Return the writer's name with the role, where there is one to be said."""
        return f"{self.author} ({self.role})" if self.role else self.author

    @property
    def is_own(self) -> bool:
        """Return whether the site's author wrote it."""
        return self.role == ROLES["author"]


def read_stem(record: Record) -> str:
    """Give the name that other comments know a comment by: its file's, with the date in it."""
    return posixpath.splitext(posixpath.basename(record.path))[0]


def read_folder(record: Record) -> str:
    """Give the name of a comment's folder, which is its post's slug."""
    return record.path.split("/")[1]


def format_anchor(stem: str) -> str:
    """Give a comment's id on the page; no text of the author's can have one that begins so."""
    return f"comment-{stem}"


def list_anchors(kept: Sequence[Record]) -> list[str]:
    """List the ids that a post's page has for its comments."""
    return [SECTION, *(format_anchor(read_stem(record)) for record in kept)]


def group_comments(
    comments: Iterable[Record], posts: Iterable[Record]
) -> tuple[dict[str, list[Record]], list[Problem]]:
    """Give the comments of each post, by the post's path; a folder without a post is an error."""
    owners: dict[str, Record] = {}
    for post in posts:
        owners.setdefault(post.slug, post)
    folders: dict[str, list[Record]] = {}
    for record in comments:
        folders.setdefault(read_folder(record), []).append(record)
    guesses = Guesses()
    problems = [
        Problem(f"comments/{folder}", 0, "error", describe_stray(folder, owners, guesses))
        for folder in sorted(folders.keys() - owners.keys())
    ]
    kept = {owners[folder].path: group for folder, group in folders.items() if folder in owners}
    return kept, problems


def describe_stray(folder: str, slugs: Collection[str], guesses: Guesses) -> str:
    """Say that a folder is named after no post, with the nearest slug."""
    near = next((slug for slug in (slug_of(folder), format_slug(folder)) if slug in slugs), "")
    near = near or guesses.find(folder.lower(), slugs)
    remedy = (
        f"Did you mean {near}? Rename the folder to it."
        if near
        else "Rename the folder to the last part of the post's address."
    )
    return f"There is no post at posts/{folder}/, so these are comments on nothing. {remedy}"


def check_comment(record: Record) -> list[Problem]:
    """Judge the name of a comment's file; what stands in it is judged where it is read."""
    if wrong := check_slug(read_stem(record)):
        seen, _, better = wrong.rpartition(" Write: ")
        text = f"{seen} Rename the file, for example to {better or 'a-reader'}.md"
        return [Problem(record.path, 0, "error", text)]
    return []


def check_replies(
    post: Record, kept: Sequence[Record], guesses: Guesses | None = None
) -> list[Problem]:
    """Judge a post's comments together: their number, and what answers what.

    `guesses` are those of the whole run, which judges one post after the other.
    """
    return [*check_count(post, len(kept)), *check_threads(kept, guesses)]


def check_count(post: Record, kept: int) -> list[Problem]:
    """Hold the number in a post's header against that of its kept comments, if there are any."""
    stated = post.values.get("Comments")
    if not kept or stated is None or stated == kept:
        return []
    text = (
        f"Comments: {stated:,} stands here, and comments/{post.slug} has "
        f"{format_count(kept, 'file')}. Write: Comments: {kept}"
    )
    if stated > kept:
        text += ", or put the missing files back"
    return [Problem(post.path, post.line("Comments"), "error", f"{text}.")]


def check_threads(kept: Sequence[Record], guesses: Guesses | None = None) -> list[Problem]:
    """Find replies to themselves, to nothing, and to one another in a ring."""
    stems = {read_stem(record): record for record in kept}
    parents = {stem: record.values.get("Reply-to", "") for stem, record in stems.items()}
    problems = check_parents(stems, parents, guesses or Guesses())
    for ring in find_rings(parents):
        record = stems[ring[0]]
        names = " and ".join(f"{stem}.md" for stem in ring[1:4])
        more = " and others" if len(ring) > 4 else ""
        text = f"This comment and {names}{more} answer one another in a ring. Delete this line."
        problems.append(Problem(record.path, record.line("Reply-to"), "error", text))
    return problems


def check_parents(
    stems: Mapping[str, Record], parents: Mapping[str, str], guesses: Guesses
) -> list[Problem]:
    """Find comments that answer themselves, or one that is not there."""
    problems = []
    slugs: dict[str, list[str]] = {}
    for stem, parent in parents.items():
        record = stems[stem]
        if parent == stem:
            text = "This comment answers itself. Write the name of another, or delete the line."
        elif parent and parent not in stems:
            slugs = slugs or group_stems(stems)
            near = next((other for other in slugs.get(parent, ()) if other != stem), "")
            others = (other for other in stems if other != stem)
            text = describe_missing(parent, near or guesses.find(parent, others, record.path))
        else:
            continue
        problems.append(Problem(record.path, record.line("Reply-to"), "error", text))
    return problems


def group_stems(stems: Iterable[str]) -> dict[str, list[str]]:
    """Return the names of comments by what they are called without their dates."""
    slugs: dict[str, list[str]] = {}
    for stem in stems:
        slugs.setdefault(slug_of(stem), []).append(stem)
    return slugs


def describe_missing(parent: str, near: str) -> str:
    """Say that a comment answers one that is not there, with the nearest name that is, if any."""
    remedy = (
        f"Write: Reply-to: {near}"
        if near
        else "Write the name of a file in this folder, without its .md, or delete the line."
    )
    return f"There is no comment {parent}.md in this folder. {remedy}"


def find_rings(parents: Mapping[str, str]) -> list[list[str]]:
    """Find the comments that answer one another in a ring of two or more, each ring from its first."""
    rings = []
    seen: dict[str, str] = {}  # each comment, and the one from which the walk came to it
    for start in parents:
        stem = start
        while stem in parents and stem not in seen:
            seen[stem] = start
            stem = parents[stem]
        if seen.get(stem) != start or parents[stem] == stem:  # an end, or a walk of before
            continue
        ring = [stem]
        while (after := parents[ring[-1]]) != stem:
            ring.append(after)
        first = ring.index(min(ring))
        rings.append(ring[first:] + ring[:first])
    return rings


def select_good(kept: Iterable[Record]) -> list[Record]:
    """Select the comments that can be shown; a draft's may be bad, and its preview leaves them out."""
    return [
        record for record in kept if not count_errors([*record.problems, *check_comment(record)])
    ]


def order_comments(kept: Iterable[Record], zone: ZoneInfo) -> list[Record]:
    """Put comments in order of time, and those of one moment by name."""
    return sorted(kept, key=lambda record: (read_moment(record.values["Date"], zone), record.path))


def select_due(
    comments: Mapping[str, Sequence[Record]], now: datetime, zone: ZoneInfo
) -> dict[str, list[Record]]:
    """Return the comments of each post whose time has come, by the post's path; of some none is left."""
    return {
        path: [record for record in kept if not is_scheduled(record, now, zone)]
        for path, kept in comments.items()
    }


def format_waiting_comments(waiting: Sequence[tuple[Record, str]], zone: ZoneInfo) -> list[str]:
    """Return what is said of comments, each with its post's title, that wait: the next one first."""
    moments = sorted(
        (read_moment(record.values["Date"], zone).astimezone(zone), record.values["Author"], title)
        for record, title in waiting
    )
    lines = [
        f"that of {author} on “{title}” appears {format_moment(moment)}"
        for moment, author, title in moments
    ]
    if len(lines) == 1:
        return [f"1 comment is waiting: {lines[0]}"]
    heading = f"{format_count(len(lines), 'comment')} are waiting:"
    return [heading, *(f"  {line}" for line in lines)] if lines else []


def describe_wait(record: Record, now: datetime, zone: ZoneInfo) -> str:
    """Return why a comment that is shown in the preview is not on the site yet; empty if it is."""
    if not is_scheduled(record, now, zone):
        return ""
    moment = read_moment(record.values["Date"], zone).astimezone(zone)
    return f"Waiting: appears {format_moment(moment)}"


def thread_comments(
    kept: Iterable[Record], url: str, zone: ZoneInfo, now: datetime, own: tuple[str, ...]
) -> list[Comment]:
    """Return the comments of the post at `url`: each followed by what answers it, in order of time.

    `own` are the names of the site's and the post's author. What answers nothing that is there, or
    itself in a ring, stands as an answer to the post.
    """
    ordered = order_comments(select_good(kept), zone)
    stems = {read_stem(record) for record in ordered}
    parents = {read_stem(record): record.values.get("Reply-to", "") for record in ordered}
    loose = {ring[0] for ring in find_rings(parents)}
    below: dict[str, list[Record]] = {}
    for record in ordered:
        stem = read_stem(record)
        parent = parents[stem]
        is_reply = parent in stems and parent != stem and stem not in loose
        below.setdefault(parent if is_reply else "", []).append(record)
    replies: list[Comment] = []
    waiting: list[tuple[Record, Comment | None]] = [(top, None) for top in below.get("", [])[::-1]]
    while waiting:
        record, above = waiting.pop()
        comment = make_comment(record, above, url, zone, now, own)
        replies.append(comment)
        answers = below.get(read_stem(comment.record), [])
        waiting += [(record, comment) for record in answers[::-1]]
    return replies


def make_comment(
    record: Record,
    parent: Comment | None,
    url: str,
    zone: ZoneInfo,
    now: datetime,
    own: tuple[str, ...],
) -> Comment:
    """Return what is shown of a comment, from its record; the other words as for `thread_comments`."""
    anchor = format_anchor(read_stem(record))
    return Comment(
        author=record.values["Author"],
        role=ROLES[find_role(record, own)],
        date=read_moment(record.values["Date"], zone).astimezone(zone),
        url=record.values.get("Url", ""),
        html=Markup(record.html),  # noqa: S704 - written by catalogue.text.comment_reader
        text=record.description,
        anchor=anchor,
        permalink=f"{url}#{anchor}",
        depth=min(parent.depth + 1, DEEPEST) if parent else 0,
        reply_to=parent,
        record=record,
        badge=describe_wait(record, now, zone),
    )


def count_comments(post: Record, due: Sequence[Record] | None) -> int:
    """Return the number of a post's comments that are shown; if none are kept, what its header says."""
    return int(post.values.get("Comments", 0)) if due is None else len(due)


def select_discussed(articles: Iterable[Any]) -> list[Any]:
    """Select the posts with the most comments, of equal ones the newest first."""
    commented = [article for article in articles if article.comments]
    return sorted(commented, key=attrgetter("comments"), reverse=True)[:MOST_DISCUSSED]


def check_contact(email: str) -> str:
    """Give the address for replies; refuse what is none."""
    if email and not re.fullmatch(r"[^\s@<>\"(),:;\\]+@[^\s@<>\"(),:;\\]+", email):
        raise Refused(
            f"pelicanconf.py: CONTACT_EMAIL is “{email}”, which is no e-mail address. Write one, "
            'like: CONTACT_EMAIL = "desk@example.org", or nothing between the quotation marks. '
            "The site is unchanged."
        )
    return email


def format_reply(email: str, title: str, address: str) -> str:
    """Write the link that opens a mail about a post."""
    subject, body = quote(f"Re: {title}", safe=""), quote(f"{address}\r\n\r\n", safe="")
    return f"mailto:{quote(email, safe='@')}?subject={subject}&body={body}"


def format_feed(comments: Sequence[Comment], article: Any, settings: Mapping[str, Any]) -> str:
    """Write the comments on a post as Atom, the newest first, each with what it answers (RFC 4685)."""
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
    """Write a comment as an entry of a feed."""
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


def add_comments(generator: Any) -> None:
    """Give each article its comments and the ways to answer it, the archive its most discussed."""
    settings = generator.settings
    catalogue, email = generator.catalogue, check_contact(settings.get("CONTACT_EMAIL", ""))
    for article in generator.articles:
        record = article.record
        kept = catalogue.comments.get(record.path, [])
        own = list_own((settings["AUTHOR"], settings["SITENAME"]), record)
        article.replies = thread_comments(kept, article.url, catalogue.zone, catalogue.now, own)
        article.comments_feed = f"{article.url}{COMMENTS_FEED}" if article.replies else ""
        article.reply_address = email and format_reply(
            email, record.values["Title"], f"{settings['SITEURL']}/{article.url}"
        )
    generator.context["discussed"] = select_discussed(generator.articles)


def write_comment_feeds(generator: Any, writer: Any) -> None:
    """Write the feed of each post's comments."""
    for article in generator.articles:
        if article.replies:
            draw = partial(format_feed, article.replies, article, generator.settings)
            writer.add(article.comments_feed, draw, [article, article.replies])


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_comments)
    signals.article_writer_finalized.connect(write_comment_feeds)
