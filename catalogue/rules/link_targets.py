"""List what the links of texts can lead to, now and by the day of each text that waits."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from catalogue.comment_threads import list_anchors
from catalogue.dates import format_live
from catalogue.folder.layout import TEXT_ENDINGS, TEXT_SECTIONS
from catalogue.schedule import list_openings
from catalogue.selection import Catalogue
from catalogue.slugs import slug_of
from catalogue.spelling import Candidates, Guesses
from catalogue.text.links import Link, find_source

DRAFT = "a draft"


@dataclass(frozen=True)
class LinkTargets:
    """All that a link can lead to."""

    ids: Mapping[str, Collection[str]]  # the ids on the page of each published text
    files: Collection[str]  # pictures, attachments, and what is copied to the root
    sources: Mapping[str, str]  # the file that makes each address; empty for the site's own pages
    hidden: Mapping[str, str]  # why a text is not published: DRAFT
    gone: Mapping[str, str] = field(default_factory=dict)  # withdrawn addresses, by themselves
    old: frozenset[str] = frozenset()  # addresses whose pages lead on to texts
    # The path of each text by its section and a slug that it had, as its Aliases tell.
    former: Mapping[tuple[str, str], str] = field(default_factory=dict)
    faulty: frozenset[str] = frozenset()  # files that are there, and have an error of their own

    def find_former(self, target: str) -> str:
        """Return the path that a text has now whose file was called so once; empty for none."""
        section = split_section(target)
        kind = TEXT_SECTIONS.get(section, "")
        if not kind or not target.endswith(TEXT_ENDINGS):
            return ""
        return self.former.get((section, slug_of(target, kind)), "")

    @cached_property
    def places(self) -> Candidates:
        """Return the addresses."""
        return Candidates([*self.sources])

    @cached_property
    def pictures(self) -> Candidates:
        """Return the files that a text may show."""
        return Candidates(sorted(self.files))

    @cached_property
    def all(self) -> Candidates:
        """Return the files that a link may lead to."""
        return Candidates([*self.ids, *sorted(self.files)])


@dataclass(frozen=True)
class LaterTargets:
    """What a text that waits can lead to by its own day."""

    targets: LinkTargets  # once nothing waits any more
    openings: Mapping[str, float]  # when what waits comes, as `list_openings` has it
    guesses: Guesses = field(default_factory=Guesses)

    @cached_property
    def addresses(self) -> Mapping[str, str]:
        """Return each address by itself."""
        return {address: address for address in self.targets.sources}

    def find_opening(self, link: Link, path: str) -> float:
        """Return when that comes what a link in the file `path` leads to; the link has to be good."""
        address = find_source(link.target, self.addresses) if link.target.startswith("/") else ""
        target = self.targets.sources[address] if address else link.target or path
        keys = (address, target, f"{target}#{link.fragment}")
        return max(self.openings.get(key or "", 0.0) for key in keys)


def list_targets(catalogue: Catalogue, faulty: frozenset[str] = frozenset()) -> LinkTargets:
    """Return what a link can lead to, also the comments on each post's page.

    `faulty` are the paths of files that cannot be used, of which the author is told.
    """
    ids = {record.path: record.ids for record in catalogue.shown}
    for post in catalogue.posts:
        ids[post.path] = [*post.ids, *list_anchors(catalogue.comments.get(post.path, []))]
    return LinkTargets(
        ids=ids,
        files=catalogue.media.keys(),
        sources={place.address: place.path for place in catalogue.claims},
        hidden=describe_hidden(catalogue),
        gone={address: address for address in catalogue.gone},
        old=frozenset(place.address for place in catalogue.claims if place.is_old),
        former=find_former_slugs(catalogue),
        faulty=faulty,
    )


def find_former_slugs(catalogue: Catalogue) -> dict[tuple[str, str], str]:
    """Return the path of each text that has a page, by its section and a slug that it had.

    What two texts had, and what another has now, is not among them.
    """
    taken = {(split_section(record.path), record.slug) for record in catalogue.shown}
    found: dict[tuple[str, str], set[str]] = {}
    for record in catalogue.shown:
        for alias in record.values.get("Aliases", []):
            slug = slug_of(alias.removesuffix("index.html").strip("/"), record.kind)
            found.setdefault((split_section(record.path), slug), set()).add(record.path)
    return {
        key: min(paths)
        for key, paths in found.items()
        if key[1] and key not in taken and len(paths) == 1
    }


def split_section(path: str) -> str:
    """Return the folder of the content that a file lies in, `posts` or `pages`."""
    return path.partition("/")[0]


def list_later_targets(now: Catalogue, later: Catalogue, targets: LinkTargets) -> LaterTargets:
    """Return what a text that waits can lead to.

    `targets` are those of `now`; `later` is the catalogue once no post waits any more.
    """
    targets = targets if later is now else list_targets(later, targets.faulty)
    return LaterTargets(targets, list_openings(now, later))


def describe_hidden(catalogue: Catalogue) -> dict[str, str]:
    """Return why each text that has no page has none, by path."""
    reasons = {record.path: DRAFT for record in catalogue.drafts}
    for record in catalogue.scheduled:
        reasons[record.path] = f"a post that {format_live(record, catalogue.zone)}"
    for record in catalogue.records.values():
        if record.kind == "topic":
            reasons[record.path] = "a topic that no published post has"
    return {path: why for path, why in reasons.items() if path not in catalogue.addresses}
