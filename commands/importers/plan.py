"""Plan the files of an import: which post goes where, what each file says, and what a person has to do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from catalogue.addresses import is_reserved
from catalogue.header.addresses import read_aliases_value
from catalogue.header.entries import HeaderEntry, InvalidValue
from catalogue.slugs import format_numbered_slug, format_post_slug
from commands.importers.header import UNTITLED, make_title
from commands.importers.site import GUESSED, Site, SitePost
from commands.topics.topic_guess import read_topic_names
from commands.writing.post_files import read_file_header

SECTIONS = {"post": "posts", "page": "pages"}
Key = tuple[str, ...]  # what tells a text from others


@dataclass
class Present:
    """What the content folder has of posts and pages by now."""

    slugs: dict[str, set[str]] = field(default_factory=lambda: {"post": set(), "page": set()})
    known: dict[Key, list[str]] = field(default_factory=dict)  # paths, by each of their keys
    aliases: dict[str, str] = field(default_factory=dict)  # path, by an old address
    topics: dict[str, str] = field(default_factory=dict)  # the topics by all their names


def read_present(content: Path) -> Present:
    """Return what is in the content folder."""
    present = Present(topics=read_topic_names(content))
    for kind, section in SECTIONS.items():
        paths = (content / section).rglob("*.m*d*")
        # Of one slug the plain one comes first, then its numbers as they are counted.
        for path in sorted(paths, key=lambda path: (len(path.name), path)):
            values = read_file_header(path, kind).values
            name = path.relative_to(content).as_posix()
            slug = str(values.get("Slug") or format_post_slug(path.stem)).lower()
            present.slugs[kind] |= {slug, path.stem.lower()}
            moment = str(values.get("Date", ""))
            for key in dict.fromkeys(list_keys(kind, values.get("Title", ""), moment)):
                present.known.setdefault(key, []).append(name)
            for alias in values.get("Aliases", []):
                present.aliases[str(alias).strip("/").casefold()] = name
    return present


def list_keys(kind: str, title: str, moment: str) -> list[Key]:
    """Return what tells a text from others, the surest first: with its minute, its day, and neither.

    `moment` is in ISO 8601. Texts without a title are many on one day, so that no day alone tells them.
    """
    folded = fold_title(title)
    days = [moment[:10]] if folded != fold_title(UNTITLED) else []
    return [(kind, folded, moment[:16]), *((kind, folded, day) for day in days), (kind, folded)]


def fold_title(title: str) -> str:
    """Return what tells one title from another."""
    return "".join(sign for sign in title.casefold() if sign.isalnum())


def find_there(posts: Sequence[SitePost], order: Sequence[int], present: Present) -> dict[int, str]:
    """Return the paths of those posts that are in the content folder already, by their numbers.

    A file there is one post only: of two with one title and day, one may be there and the other not.
    """
    keys = {}
    for number in order:
        post = posts[number]
        moment = post.date.isoformat() if post.date else ""
        # By its title alone only a text is found that has no date: its file got that of the import.
        keys[number] = list_keys(post.kind, make_title(post), moment)[: -1 if moment else None]
    there: dict[int, str] = {}
    free = {path for paths in present.known.values() for path in paths}
    for rank in range(max(map(len, keys.values()), default=0)):
        for number in order:
            if number in there or rank >= len(keys[number]):
                continue
            paths = present.known.get(keys[number][rank], [])
            if found := next((path for path in paths if path in free), ""):
                there[number] = found
                free.remove(found)
    return there


def choose_targets(posts: Sequence[SitePost], present: Present) -> tuple[dict[int, str], set[int]]:
    """Return where each post goes, by its number, and which are there already.

    Of two that want one name the older keeps it plain.
    """
    used = {kind: set(slugs) for kind, slugs in present.slugs.items()}
    order = sorted(
        range(len(posts)), key=lambda number: (str(posts[number].date or "9999"), number)
    )
    there = find_there(posts, order, present)
    targets = dict(there)
    for number in order:
        if number in there:
            continue
        post = posts[number]
        slug = choose_slug(post, used[post.kind])
        used[post.kind].add(slug)
        targets[number] = f"{SECTIONS[post.kind]}/{slug}.md"
    return targets, set(there)


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
        if post.is_guess and address == post.address:
            site.tell(GUESSED, post.place, alias)
    return list(dict.fromkeys(found))


def group_places(targets: Iterable[str]) -> dict[str, str]:
    """Return the paths of posts and pages by their own addresses here."""
    return {target.removesuffix(".md").removeprefix("pages/"): target for target in targets}
