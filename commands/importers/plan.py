"""Plan the files of an import: which post goes where, what each file says, and what a person has to do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from catalogue.addresses import is_reserved
from catalogue.header.addresses import read_aliases_value
from catalogue.header.entries import HeaderEntry, InvalidValue
from catalogue.slugs import format_numbered_slug, format_post_slug
from commands.importers.site import Site, SitePost
from commands.topics.topic_guess import read_topic_names
from commands.writing.post_files import read_file_header

SECTIONS = {"post": "posts", "page": "pages"}


@dataclass
class Present:
    """What the content folder has of posts and pages by now."""

    slugs: dict[str, set[str]] = field(default_factory=lambda: {"post": set(), "page": set()})
    known: dict[tuple[str, str, str], str] = field(
        default_factory=dict
    )  # path, by kind, title, day
    aliases: dict[str, str] = field(default_factory=dict)  # path, by an old address
    topics: dict[str, str] = field(default_factory=dict)  # the topics by all their names


def read_present(content: Path) -> Present:
    """Return what is in the content folder."""
    present = Present(topics=read_topic_names(content))
    for kind, section in SECTIONS.items():
        for path in sorted((content / section).rglob("*.m*d*")):
            values = read_file_header(path, kind).values
            name = path.relative_to(content).as_posix()
            slug = str(values.get("Slug") or format_post_slug(path.stem)).lower()
            present.slugs[kind] |= {slug, path.stem.lower()}
            day = str(values.get("Date", ""))[:10]
            present.known[kind, fold_title(values.get("Title", "")), day] = name
            for alias in values.get("Aliases", []):
                present.aliases[str(alias).strip("/").casefold()] = name
    return present


def fold_title(title: str) -> str:
    """Return what tells one title from another."""
    return "".join(sign for sign in title.casefold() if sign.isalnum())


def find_present(post: SitePost, present: Present) -> str:
    """Return the path of a post that is in the content folder already; empty for a new one."""
    day = f"{post.date:%Y-%m-%d}" if post.date else ""
    found = present.known.get((post.kind, fold_title(post.title), day))
    if not found and not post.date:
        same = [
            p
            for (kind, title, _), p in present.known.items()
            if (kind, title) == (post.kind, fold_title(post.title))
        ]
        found = same[0] if len(same) == 1 else None
    return found or ""


def choose_targets(posts: Sequence[SitePost], present: Present) -> tuple[dict[int, str], set[int]]:
    """Return where each post goes, by its number, and which are there already.

    Of two that want one name the older keeps it plain.
    """
    targets: dict[int, str] = {}
    there: set[int] = set()
    used = {kind: set(slugs) for kind, slugs in present.slugs.items()}
    order = sorted(
        range(len(posts)), key=lambda number: (str(posts[number].date or "9999"), number)
    )
    for number in order:
        post = posts[number]
        if found := find_present(post, present):
            targets[number] = found
            there.add(number)
            continue
        slug = choose_slug(post, used[post.kind])
        used[post.kind].add(slug)
        targets[number] = f"{SECTIONS[post.kind]}/{slug}.md"
    return targets, there


def choose_slug(post: SitePost, used: set[str]) -> str:
    """Return a slug that nobody has: the post's own, or one from its title, with a number if need be."""
    plain = format_post_slug(post.slug) or format_post_slug(post.title) or "untitled"
    slug, number = plain, 1
    while slug in used or is_reserved(post.kind, slug):
        number += 1
        slug = format_numbered_slug(plain, number)
    return slug


def choose_aliases(post: SitePost, target: str, site: Site, taken: Mapping[str, str]) -> list[str]:
    """Return the old addresses that can lead to a post here; what cannot is told.

    `taken` has the paths of what has an address already.
    """
    slug = Path(target).stem
    own = f"posts/{slug}" if target.startswith("posts/") else slug
    found: list[str] = []
    for address in dict.fromkeys([*post.aliases, *([post.address] if post.address else [])]):
        if "," in address:
            site.tell("old address that no static site can keep", post.place, address)
            continue
        try:
            (alias,) = read_aliases_value(HeaderEntry("Aliases", 0, address)) or [""]
        except (InvalidValue, ValueError):
            site.tell("old address that no static site can keep", post.place, address)
            continue
        folded = alias.strip("/").casefold()
        if not folded or folded == own:
            continue
        if taken.get(folded, target) != target:
            site.tell("old address that another post has", post.place, address)
            continue
        found.append(alias)
    return list(dict.fromkeys(found))


def group_places(targets: Iterable[str]) -> dict[str, str]:
    """Return the paths of posts and pages by their own addresses here."""
    return {target.removesuffix(".md").removeprefix("pages/"): target for target in targets}


def read_today(now: datetime) -> datetime:
    """Return the day of a post that has none: this one, in the minute."""
    return now.replace(second=0, microsecond=0)
