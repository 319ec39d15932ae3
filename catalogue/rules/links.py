"""Judge where the links of each text lead: to a page, a place on it, a picture or another file."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from operator import attrgetter

from catalogue.problems import Problem
from catalogue.records import Record
from catalogue.rules.link_targets import (
    DRAFT,
    LaterTargets,
    LinkTargets,
    list_later_targets,
    list_targets,
)
from catalogue.rules.missing_files import (
    describe_gone,
    describe_no_file,
    describe_no_target,
    is_file,
    write_way,
)
from catalogue.selection import Catalogue
from catalogue.spelling import Guesses, find_stem
from catalogue.text.ids import make_id, read_place
from catalogue.text.links import Link, find_source, list_forms, show
from catalogue.text.wiki_links import is_wiki_address, split_wiki_address

# As Word, Google Docs and pandoc call a note, and the sign that leads to it.
NOTE = re.compile(r"_?(?:ftn|edn|fn|footnote|endnote|note)(?:ref|ent)?[-_:]?\d+", re.IGNORECASE)
PLAYERS = frozenset(("audio", "video"))


def check_all_links(
    now: Catalogue, later: Catalogue, faulty: Collection[str] = ()
) -> Iterator[Problem]:
    """Yield an error for each link that leads nowhere; `later` is the catalogue once no post waits.

    What leads to one of the `faulty` files, which have an error of their own, is mended there.
    """
    targets = list_targets(now, frozenset(faulty))
    yield from check_links(now.records.values(), targets, list_later_targets(now, later, targets))


def check_links(
    records: Iterable[Record], targets: LinkTargets, later: LaterTargets
) -> Iterator[Problem]:
    """Yield an error for each link and picture that leads nowhere, in order of the records and lines.

    A link by name that leads nowhere is text to readers, and a warning.
    A text that waits is judged as of its own day: it may lead to what is on the site by then.
    """
    guesses = Guesses()
    for record in records:
        own_ids = targets.ids.get(record.path, record.ids)
        for link in select_judged(record.links, targets):
            if leads_later(link, record, later):
                continue
            if text := check_link(link, record.path, own_ids, targets, guesses):
                # What is no link to GitHub either is shown as it was typed.
                level = "warning" if is_wiki_address(link.url) else "error"
                yield Problem(record.path, link.line, level, text)


def select_judged(links: Iterable[Link], targets: LinkTargets) -> list[Link]:
    """Return the links to judge in order of their lines: of one fault is told once.

    Not those to a file that has an error of its own, and not the link in a player to its own file, which
    is for browsers that do not play it.
    """
    played = {(link.line, link.url) for link in links if link.tag in PLAYERS}
    judged = [
        link
        for link in links
        if link.target.removeprefix("/") not in targets.faulty
        and not (link.tag == "a" and (link.line, link.url) in played)
    ]
    return sorted(judged, key=attrgetter("line"))


def leads_later(link: Link, record: Record, later: LaterTargets) -> bool:
    """Return whether a link in a text that waits leads somewhere once that text is on the site."""
    if record.path not in later.openings:
        return False
    ids = later.targets.ids.get(record.path, record.ids)
    if check_link(link, record.path, ids, later.targets, later.guesses):
        return False
    return later.find_opening(link, record.path) <= later.openings[record.path]


def check_link(
    link: Link, path: str, own_ids: Collection[str], targets: LinkTargets, guesses: Guesses
) -> str:
    """Return what is wrong with one link; empty for a good one."""
    target = link.target
    if is_wiki_address(link.url) and (text := check_name(link, own_ids, targets, guesses)):
        return text
    name = partial(write_way, path)
    if target.startswith("/"):
        source = find_source(target, targets.sources)
        if not source:
            return check_own_address(link, source, name, targets, guesses)
        target = source
    if target in targets.hidden:
        reason = targets.hidden[target]
        remedy = "Take the link out"
        if reason == DRAFT:  # which may lead to this one, and then neither can be published first
            remedy = (
                "Take its line Status: draft out if it is to be there too, or take the link out"
            )
        return f"{show(link.url)} leads to {reason}, which is not on the site. {remedy}."
    if link.tag != "a" and not is_file(target, link.tag, targets):
        return describe_no_file(link, targets)
    if not target or target in targets.ids:
        ids = targets.ids[target] if target else own_ids
        wrong = check_fragment(link, ids, target or path, guesses)
        if (
            not wrong
            and read_place(link.fragment)
            and not targets.old.isdisjoint(list_forms(link.target))
        ):
            seen = f"{show(link.url)} is an old address, which leads to no place of a page"
            wrong = f"{seen}. Write: {show(name(target))}#{show(link.fragment)}"
        return wrong
    if target in targets.files:
        return ""
    return describe_gone(link, name, targets, guesses)


def check_own_address(
    link: Link,
    source: str | None,
    name: Callable[[str], str],
    targets: LinkTargets,
    guesses: Guesses,
) -> str:
    """Return what is wrong with a link to an address that no file of the author's asks for.

    `source` is None for one that nothing asks for.
    """
    if targets.gone and find_source(link.target, targets.gone):
        return f"{show(link.url)} leads to a page that was withdrawn. Take the link out."
    if source is None and link.tag != "a":  # no page can be shown
        return describe_no_target(link, targets.pictures, guesses, name)
    if source is None:
        return describe_no_target(link, targets.places, guesses)
    return describe_no_file(link, targets) if link.tag != "a" else ""


def check_name(link: Link, own_ids: Collection[str], targets: LinkTargets, guesses: Guesses) -> str:
    """Return what is wrong with a link by name: the name, or the heading behind it."""
    name, heading = split_wiki_address(link.url)
    if is_wiki_address(link.target) and name:
        seen = (
            f"Nothing here is called “{show(name)}”, so readers see {show(link.url)} as it is typed"
        )
        stem = find_stem(name)
        if former := targets.find_former(f"posts/{stem}.md"):
            return f"{seen}. It has another name now. Write: [[{find_stem(former)}]]"
        folded = targets.all.find_folded(stem)
        near = find_stem(folded) if folded else guesses.find(stem, targets.all.stems, "[[")
        if near:
            return f"{seen}. Did you mean: [[{near}]]"
        return f"{seen}. Write the name of a file in content/posts, or take the brackets out."
    if not heading or link.fragment or link.target in targets.hidden:
        return ""
    ids = targets.ids.get(link.target, ()) if name else own_ids
    near = guesses.find(make_id(heading), ids, link.target)
    remedy = "Take out the # and what follows it." if name else "Take the link out."
    if near:
        remedy = f"Write: [[{name}#{show(near)}]]"
    return f"{show(link.url)} names no heading of that text. {remedy}"


def check_fragment(link: Link, ids: Collection[str], path: str, guesses: Guesses) -> str:
    """Return what is wrong with a place on the page of the file `path`, with the nearest that is there."""
    place = read_place(link.fragment)
    if not place or place in ids:
        return ""
    return explain_fragment(place, guesses.find(place, ids, path), is_own=not link.target)


def explain_fragment(place: str, near: str = "", *, is_own: bool = False) -> str:
    """Return what is said of a place that a page does not have; `near` is one that may be meant.

    `is_own` is whether the address is a place alone, of which nothing is left without it.
    """
    remedy = f"Write #{show(near)}" if near else "Take out the # and what follows it"
    if is_own and not near and NOTE.fullmatch(place):
        return (
            f"#{show(place)} is the place of a note in another program. Write [^1] in place of the whole "
            "link, and in a line below the text: [^1]: the words of the note"
        )
    if is_own and not near:
        remedy = "Write # and the words of a heading, as in #our-aims, or take the link out"
    return f"There is no place called #{show(place)} on that page. {remedy}."
