"""Read everything the author wrote into one catalogue, judge it, and select what is shown.

This is all that `check` needs: nothing of Pelican is loaded.
"""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from zoneinfo import ZoneInfo

from catalogue.addresses import Place, check_places, count_list_pages, format_address, plan_places
from catalogue.dates import format_moment, is_scheduled, read_moment
from catalogue.folder.media import Media
from catalogue.folder.walk import Listing, SourceFile, list_files
from catalogue.problems import Problem, count_errors
from catalogue.read_all import load_body, read_sources
from catalogue.reading_cache import Shelf, Store
from catalogue.records import Record
from catalogue.rules.namesakes import check_namesakes, list_own
from catalogue.spelling import Guesses
from catalogue.text.links import Site, check_links
from catalogue.workers import work_beside
from plugins.comments import (
    check_comment,
    check_replies,
    group_comments,
    list_anchors,
    select_due,
    select_good,
)
from plugins.start_here import check_starts
from plugins.topic_index import check_relations
from plugins.topics import check_tags, group_names, select_visible

TEXTS = ("post", "page", "topic", "comment")
MANY = 500  # readings take longer to keep than a process to start


@dataclass
class Catalogue:
    """All that the author wrote: the records, what of them is shown, and what is wrong."""

    zone: ZoneInfo
    now: datetime
    records: dict[str, Record] = field(default_factory=dict)
    posts: list[Record] = field(default_factory=list)  # shown, newest first
    pages: list[Record] = field(default_factory=list)
    topics: list[Record] = field(default_factory=list)
    names_of_site: tuple[str, ...] = ()  # of its author and itself
    filed: dict[str, list[Record]] = field(default_factory=dict)  # comments by path of their post
    comments: dict[str, list[Record]] = field(default_factory=dict)  # those of them that are shown
    drafts: list[Record] = field(default_factory=list)
    waiting: list[Record] = field(default_factory=list)
    files: list[str] = field(default_factory=list)  # pictures and attachments to publish
    media: dict[str, Media] = field(default_factory=dict)  # files that are no texts, by path
    names: dict[str, Record] = field(default_factory=dict)  # topics by folded name
    places: list[Place] = field(default_factory=list)  # all that the site will write
    addresses: dict[str, str] = field(default_factory=dict)  # by path of the file
    problems: list[Problem] = field(default_factory=list)
    notice: str = ""  # what the author may want to know of the store

    @property
    def shown(self) -> list[Record]:
        """Give every text that has a page on the site."""
        return [*self.posts, *self.pages, *self.topics]

    @cached_property
    def planned(self) -> frozenset[str]:
        """Return the address of everything that the site writes."""
        return frozenset(place.address for place in self.places)

    @property
    def waiting_comments(self) -> list[tuple[Record, str]]:
        """Return the comments on published posts whose time has not come, with the posts' titles."""
        return [
            (record, post.title)
            for post in self.posts
            if not self.badge(post)
            for record in select_good(self.filed.get(post.path, ()))
            if is_scheduled(record, self.now, self.zone)
        ]

    def badge(self, record: Record) -> str:
        """Say why a text that is shown in the preview is not on the site yet."""
        if record.is_draft:
            return "Draft"
        if is_scheduled(record, self.now, self.zone):
            moment = read_moment(record.values["Date"], self.zone).astimezone(self.zone)
            return f"Waiting: goes live {format_moment(moment)}"
        return ""


def read_catalogue(
    content: Path,
    zone: ZoneInfo,
    now: datetime,
    *,
    per_page: int,
    preview: bool = False,
    store: Path | None = None,
    listing: Listing | None = None,
    names: tuple[str, ...] = (),
) -> Catalogue:
    """Read the content folder and judge it.

    With `preview`, drafts and waiting posts are shown too; `store` is the file that readings are
    kept in, `listing` what is in the folder, from whoever has looked already, `names` how the site's
    author and the site are called. The bodies of files that have not changed are loaded when they are
    asked for.
    """
    catalogue = Catalogue(zone, now, names_of_site=names)
    sources, problems = listing or list_files(content)
    catalogue.problems += problems
    readings = Store(store, content)
    catalogue.records, catalogue.media = read_sources(content, sources, readings)
    catalogue.notice = readings.notice
    with work_beside(readings.save, readings.count_changes() >= MANY):
        load = partial(load_body, content=content, shelf=Shelf(readings.file, content))
        for record in catalogue.records.values():
            record.load = load
        select_shown(catalogue, preview)
        judge(catalogue, sources, per_page)
    return catalogue


def select_shown(catalogue: Catalogue, preview: bool) -> None:
    """Part the texts into those with a page, drafts, and posts whose time has not come."""
    by_kind: dict[str, list[Record]] = {kind: [] for kind in TEXTS}
    for record in catalogue.records.values():
        by_kind[record.kind].append(record)
    shown: dict[str, list[Record]] = {"post": [], "page": []}
    for record in [*by_kind["post"], *by_kind["page"]]:
        if record.is_draft:
            catalogue.drafts.append(record)
        elif is_scheduled(record, catalogue.now, catalogue.zone):
            catalogue.waiting.append(record)
        else:
            shown[record.kind].append(record)
            continue
        if preview and not count_errors(record.problems):
            shown[record.kind].append(record)
    catalogue.posts = sorted(shown["post"], key=lambda post: order(catalogue, post))
    catalogue.pages = sorted(shown["page"], key=lambda page: page.title.casefold())
    catalogue.filed, problems = group_comments(
        by_kind["comment"], [*catalogue.posts, *by_kind["post"]]
    )
    due = select_due(catalogue.filed, catalogue.now, catalogue.zone)
    catalogue.comments = catalogue.filed if preview else due
    catalogue.problems += problems
    catalogue.names, problems = group_names(by_kind["topic"])
    catalogue.problems += problems
    hidden = [
        record for record in [*catalogue.drafts, *catalogue.waiting] if record not in shown["post"]
    ]
    topics = sorted(by_kind["topic"], key=lambda topic: (topic.title.casefold(), topic.path))
    catalogue.topics, _ = select_visible(topics, catalogue.posts, hidden, catalogue.names)


def order(catalogue: Catalogue, record: Record) -> tuple[float, str]:
    """Give the key that puts posts newest first, and those of one moment by path."""
    date = record.values.get("Date")
    moment = read_moment(date, catalogue.zone) if date else catalogue.now
    return -moment.timestamp(), record.path


def judge(
    catalogue: Catalogue,
    sources: Sequence[SourceFile],
    per_page: int,
) -> None:
    """Judge the texts against each other and against the files; collect all problems."""
    pictures = {source.path for source in sources if source.kind in ("image", "attachment")}
    extras = [source.path for source in sources if source.kind == "extra"]
    comments = {path: select_good(kept) for path, kept in catalogue.comments.items()}
    places = plan_places(
        catalogue.shown,
        [*sorted(pictures), *extras],
        count_list_pages(len(catalogue.posts), per_page),
        {path for path, good in comments.items() if good},
    )
    problems = check_places(places)
    catalogue.addresses = {record.path: format_address(record) for record in catalogue.shown}
    catalogue.addresses |= {path: f"/{path}" for path in pictures}
    catalogue.addresses |= {path: f"/{path.removeprefix('extra/')}" for path in extras}
    files = pictures | set(extras)
    ids = {record.path: record.ids for record in catalogue.shown}
    for post in catalogue.posts:
        ids[post.path] = [*post.ids, *list_anchors(comments.get(post.path, []))]
    site = Site(
        ids=ids,
        files=files,
        sources={place.address: place.path for place in places},
        hidden=describe_hidden(catalogue),
    )
    unpublished = {
        comment.path
        for path, kept in catalogue.filed.items()
        if catalogue.records[path].is_draft
        for comment in kept
    }
    topics = [record for record in catalogue.records.values() if record.kind == "topic"]
    problems += check_relations(topics, catalogue.names)
    problems += check_starts(topics, catalogue.records.values())
    tags, replies, links = Guesses(), Guesses(), Guesses()
    used: set[str] = set()
    for record in catalogue.records.values():
        found = [*record.problems]
        if record.kind == "post":
            found += check_tags(record, catalogue.names, tags)
            filed = catalogue.filed.get(record.path, [])
            found += check_replies(record, filed, replies)
            problems += check_namesakes(filed, list_own(catalogue.names_of_site, record))
        elif record.kind == "comment":
            found += check_comment(record)
        own = ids.get(record.path, record.ids)
        found += check_links(record.path, record.links, own, site, links)
        problems += soften(found) if record.is_draft or record.path in unpublished else found
        if record.path in catalogue.addresses:
            used |= {site.sources.get(link.target, link.target) for link in record.links} & files
    published = used | set(extras)
    catalogue.files = sorted(published)
    unused = pictures - used
    catalogue.places = [place for place in places if place.path not in unused]
    for path, file in catalogue.media.items():
        problems += file.problems if path in published else soften(file.problems)
    catalogue.problems += problems


def describe_hidden(catalogue: Catalogue) -> dict[str, str]:
    """Say of each text without a page why it has none."""
    shown = {record.path for record in catalogue.shown}
    reasons = {record.path: "a draft" for record in catalogue.drafts}
    for record in catalogue.waiting:
        moment = read_moment(record.values["Date"], catalogue.zone).astimezone(catalogue.zone)
        reasons[record.path] = f"a post that goes live {format_moment(moment)}"
    for record in catalogue.records.values():
        if record.kind == "topic" and record.path not in shown:
            reasons[record.path] = "a topic that no published post has"
    return {path: reason for path, reason in reasons.items() if path not in shown}


def soften(problems: Iterable[Problem]) -> list[Problem]:
    """Turn errors into warnings, for what is not published: it must not keep the rest from it."""
    return [dataclasses.replace(problem, level="warning") for problem in problems]
