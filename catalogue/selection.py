"""Select what is published of all that the author wrote, and plan at which addresses."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from catalogue.addresses import Place, count_list_pages, format_address, plan_cards, plan_places
from catalogue.authority import (
    group_topic_names,
    list_used,
    order_name,
    select_published_topics,
)
from catalogue.comment_threads import group_comments, select_due, select_valid
from catalogue.dates import format_live, is_scheduled, order_by_time
from catalogue.folder.media import Media
from catalogue.meant_texts import settle_all_links
from catalogue.problems import Problem, count_errors
from catalogue.records import Record
from catalogue.text.targets import Target


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file that was made of what the author wrote, before the site is planned."""

    address: str  # from the root of the site
    digest: str  # of its bytes
    load: Callable[[], bytes]
    width: int = 0  # of a picture, in pixels


@dataclass(frozen=True)
class Catalogue:
    """All that the author wrote: the records, what of them is published, and what is wrong."""

    zone: ZoneInfo
    now: datetime
    records: dict[str, Record]  # of all texts, by path
    drafts: list[Record]
    scheduled: list[Record]  # the posts whose time has not come
    posts: list[Record]  # those that are published, the newest first
    pages: list[Record]
    topics: list[Record]
    topic_names: dict[str, Record]  # all topics, by folded name
    filed: dict[str, list[Record]]  # all comments, by the path of their post
    comments: dict[str, list[Record]]  # those of them that are published
    addresses: dict[str, str]  # of all that is published and all other files, by path
    claims: list[Place]  # all that asks for an address, files that nothing shows too
    media: Mapping[str, Media]  # all other files, by path
    files: list[str]  # the paths of those of them to publish
    meant: Mapping[str, str]  # the paths of files, by what links call them in another form
    named: Mapping[str, tuple[str, str]]  # the paths of files, and ids in them, by links by name
    problems: list[Problem] = field(default_factory=list)
    variants: Mapping[str, Sequence[SiteFile]] = field(default_factory=dict)  # of pictures, by path
    search: Sequence[SiteFile] = ()  # the index, if there is one
    # What the ledger of addresses has of it (catalogue/kept_addresses.py).
    post_ids: Mapping[str, str] = field(default_factory=dict)  # for feed readers, by path
    kept_feeds: Mapping[str, str] = field(default_factory=dict)  # paths of texts, by old addresses
    gone: Mapping[str, str] = field(default_factory=dict)  # withdrawn pages, with the reasons
    notice: str = ""  # what the author may want to know of the cache

    @property
    def shown(self) -> list[Record]:
        """Return every text that has a page on the site."""
        return [*self.posts, *self.pages, *self.topics]

    @property
    def places(self) -> list[Place]:
        """Return the places of the site: all that asks for one but the files that nothing shows."""
        return [
            place
            for place in self.claims
            if not place.path or place.path in self.records or place.path in self.files
        ]

    @property
    def published(self) -> list[Record]:
        """Return all texts that readers are shown, comments too."""
        return [*self.shown, *(comment for group in self.comments.values() for comment in group)]

    @cached_property
    def planned(self) -> frozenset[str]:
        """Return the address of everything that the site has."""
        return frozenset(place.address for place in self.places)

    @cached_property
    def own(self) -> frozenset[str]:
        """Return the addresses of what the site has by itself, for which no file of the author's asks."""
        return frozenset(place.address for place in self.places if not place.path)

    @cached_property
    def targets(self) -> dict[str, Target]:
        """Return what the links of texts lead to, by path; a file that is no text by its address too."""
        targets = {path: Target(address) for path, address in self.addresses.items()}
        for path, media in self.media.items():
            address = self.addresses[path]
            smaller = tuple((each.width, each.address) for each in self.variants.get(path, ()))
            target = Target(address, media.width, media.height, variants=smaller, size=media.size)
            targets[path] = targets[address] = target
        meant = {name: targets[path] for name, path in self.meant.items() if path in targets}
        named = {
            name: targets[path]._replace(fragment=fragment)
            for name, (path, fragment) in self.named.items()
            if path in targets
        }
        return targets | meant | named

    @property
    def scheduled_comments(self) -> list[tuple[Record, str]]:
        """Return the comments on published posts that are scheduled, with the posts' titles."""
        return [
            (comment, post.title)
            for post in self.posts
            if not self.badge(post)
            for comment in select_valid(self.filed.get(post.path, ()))
            if is_scheduled(comment, self.now, self.zone)
        ]

    def badge(self, record: Record) -> str:
        """Return why a text or a comment that the preview shows is not on the site; empty if it is."""
        if record.is_draft:
            return "Draft"
        if is_scheduled(record, self.now, self.zone):
            return f"Waiting: {format_live(record, self.zone)}"
        return ""


def select(
    records: dict[str, Record],
    media: Mapping[str, Media],
    zone: ZoneInfo,
    now: datetime,
    per_page: int,
    preview: bool,
) -> Catalogue:
    """Return the catalogue of the texts in `records` and the other files in `media`, both by path.

    The home page lists `per_page` posts a page. With `preview`, drafts and scheduled posts are shown
    too, if they have no errors.
    """
    kinds = group_kinds(records.values())
    written, topics = kinds["post"] + kinds["page"], kinds["topic"]
    drafts = [record for record in written if record.is_draft]
    scheduled = [r for r in written if not r.is_draft and is_scheduled(r, now, zone)]
    hidden = {
        record.path
        for record in (*drafts, *scheduled)
        if not preview or count_errors(record.problems)
    }
    posts = [post for post in kinds["post"] if post.path not in hidden]
    posts.sort(key=lambda post: order_post(post, zone, now), reverse=True)
    pages = [page for page in kinds["page"] if page.path not in hidden]
    pages.sort(key=lambda page: page.title.casefold())
    names = group_topic_names(topics)
    topics = select_published_topics(topics, posts, (records[path] for path in hidden), names)
    topics.sort(key=lambda topic: (order_name(topic.title), topic.path))
    filed = group_comments(kinds["comment"], [*posts, *kinds["post"]])
    valid = {path: select_valid(comments) for path, comments in filed.items()}
    comments = valid if preview else select_due(valid, now, zone)
    shown = [*posts, *pages, *topics]
    commented = {path for path, group in comments.items() if group}
    files = sorted(media, key=lambda path: (path.startswith("extra/"), path))
    used = list_used(posts, names)
    claims = plan_places(shown, files, count_list_pages(len(posts), per_page), commented, used)
    sources = {place.address: place.path for place in claims}
    meant, named = settle_all_links(records, media, sources)
    claims += plan_cards(shown, media)
    linked = {sources.get(link.target, link.target) for record in shown for link in record.links}
    return Catalogue(
        zone=zone,
        now=now,
        records=records,
        drafts=drafts,
        scheduled=scheduled,
        posts=posts,
        pages=pages,
        topics=topics,
        topic_names=names,
        filed=filed,
        comments=comments,
        addresses={record.path: format_address(record) for record in shown}
        | {path: f"/{path.removeprefix('extra/')}" for path in files},
        claims=claims,
        media=media,
        meant=meant,
        named=named,
        files=sorted(path for path in media if path in linked or path.startswith("extra/")),
    )


def group_kinds(records: Iterable[Record]) -> dict[str, list[Record]]:
    """Return the records of each kind of text."""
    kinds: dict[str, list[Record]] = {"post": [], "page": [], "topic": [], "comment": []}
    for record in records:
        kinds[record.kind].append(record)
    return kinds


def order_post(post: Record, zone: ZoneInfo, now: datetime) -> tuple[float, str, str]:
    """Return the key that puts posts oldest first; one without a date, which is an error, is of now."""
    dated = "Date" in post.values
    return order_by_time(post, zone) if dated else (now.timestamp(), post.slug, post.path)
