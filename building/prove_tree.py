"""Prove that in the tree of a site everything that a file leads to is there, before readers get the tree.

Read are the pages, as they were written, and the files that a machine parses. After a small change only
what was drawn anew is read, and all others only if something that they may lead to is gone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from building.hidden_texts import HiddenTexts
from building.jobs import Job
from building.page_facts import (
    Finder,
    find_attributes,
    parse_attributes,
    read_data,
    read_page,
)
from building.tree import Entry
from building.tree_links import Tree, blame_texts, list_typed
from building.words import read_words
from catalogue.problems import Refused, format_count, format_name, format_report, shorten
from catalogue.selection import Catalogue
from catalogue.workers import share_work

# GitHub Pages' limits (https://docs.github.com/pages/getting-started-with-github-pages/github-pages-limits).
MOST_BYTES, MOST_FILE_BYTES = 1_000_000_000, 100_000_000
WARNED_SHARE = 2  # from the half of a limit on it is told, while there is time to do something
SHOWN = 5  # faults that a message names
GROUP = 64  # files that are worth a process
PARSED = (".xml", ".json", ".jsonld", ".webmanifest")


def make_reader(tree: Tree, hidden: HiddenTexts) -> Callable[[str], dict[str, Any]]:
    """Return the function that reads a file of a tree.

    It returns its ids, what is wrong with it, by address the places that other pages are to have, and the
    words of texts that are not published.
    """

    def read(name: str) -> dict[str, Any]:
        text = tree.read_text(name)
        facts = read_file(tree, name, text)
        if facts["faults"]:
            facts = read_file(tree, name, text, parse_attributes)
        return {**facts, "hidden": hidden.find(text)}

    return read


def read_file(tree: Tree, name: str, text: str, find: Finder = find_attributes) -> dict[str, Any]:
    """Return the ids of a file, what is wrong with it, and the places that other pages are to have.

    These are by the address that leads there; `find` finds the attributes in HTML.
    """
    ids: list[str] = []
    if name.endswith(".html"):
        links, ids, faults = read_page(text, find)
    else:
        try:
            links, faults = read_data(name, text, find), []
        except ValueError as error:
            links, faults = [], [f"cannot be read by any program ({error})"]
    places = {}
    for link in links:
        wrong, place = tree.check_link(link)
        if wrong:
            faults.append(wrong)
        elif place:
            places[link] = place
    return {"ids": ids, "faults": sorted(faults), "places": places}


def prove_tree(
    folder: Path,
    jobs: Sequence[Job],
    entries: Mapping[str, Entry],
    last: Mapping[str, Entry],
    last_folder: Path,
    settings: Mapping[str, Any],
    catalogue: Catalogue,
) -> list[str]:
    """Return what is to be told of a good tree; raise Refused with what in it leads nowhere or is broken.

    `entries` are its files, `last` those of the tree in `last_folder`, from which what is the same was
    linked; `settings` and `catalogue` are those of the site.
    """
    warnings = check_sizes(entries)
    tree = Tree(folder, entries.keys(), settings["SITEURL"].rstrip("/"), list_typed(catalogue))
    drawn = [job.file for job in jobs if job.template and job.file.endswith(".html")]
    is_new = {name for name, entry in entries.items() if last.get(name) != entry}
    pages = [name for name in drawn if name in is_new]
    if is_lost(pages, entries, last, last_folder, tree):
        pages = drawn
    made = {job.file for job in jobs if job.template is None and job.file.endswith(PARSED)}
    is_all = len(pages) == len(drawn)
    names = [*pages, *sorted(made if is_all else made & is_new)]
    hidden = HiddenTexts(catalogue, f"{settings} {read_words()}")
    missing: set[tuple[str, str]] = set()
    faults = list(find_faults(tree, names, hidden, missing))
    if typed := blame_texts(tree, catalogue, missing) if missing else []:
        raise Refused(format_report(typed, Path(settings["PATH"])))
    if faults:
        more = f" and {len(faults) - SHOWN:,} more" if len(faults) > SHOWN else ""
        raise Refused(f"{'; '.join(faults[:SHOWN])}{more}. The site is unchanged.")
    return warnings


def is_lost(
    pages: Iterable[str],
    entries: Mapping[str, Entry],
    last: Mapping[str, Entry],
    last_folder: Path,
    tree: Tree,
) -> bool:
    """Return whether a file or a place of the last tree is gone, to which other pages may lead."""
    if last.keys() - entries.keys():
        return True
    old = Tree(last_folder, last.keys(), tree.site_url)
    try:
        return any(old.read_ids(name) - tree.read_ids(name) for name in pages if name in last)
    except OSError:  # somebody has taken it away
        return True


def find_faults(
    tree: Tree, names: Sequence[str], hidden: HiddenTexts, missing: set[tuple[str, str]]
) -> Iterator[str]:
    """Yield what is wrong with files, each with its name.

    To `missing` are added the places that pages lack, each with its page.
    """
    read = [*share_work(lambda: make_reader(tree, hidden), names, GROUP)]
    for name, facts in zip(names, read, strict=True):
        if name.endswith(".html"):
            tree.ids[name] = frozenset(facts["ids"])
    for name, facts in zip(names, read, strict=True):
        for fault in [*facts["faults"], *filter(None, map(hidden.explain, facts["hidden"]))]:
            yield f"{format_name(name)} {fault}"
        for link, place in find_missing(tree, name, facts["places"]):
            missing.add(facts["places"][link])
            seen = f"leads to {shorten(link)}, and no place of that page is called"
            yield f"{format_name(name)} {seen} #{shorten(place)}"


def find_missing(
    tree: Tree, name: str, places: Mapping[str, tuple[str, str]]
) -> list[tuple[str, str]]:
    """Return by address which of the places that a file leads to are not there, each with its name."""
    missing = [
        (link, place)
        for link, (page, place) in sorted(places.items())
        if place not in tree.read_ids(page)
    ]
    if missing:  # unless it is what a text shows
        linked = read_file(tree, name, tree.read_text(name), parse_attributes)["places"]
        missing = [(link, place) for link, place in missing if link in linked]
    return missing


def check_sizes(entries: Mapping[str, Entry]) -> list[str]:
    """Return what is to be told of a tree that is large; raise Refused if GitHub Pages does not take it."""
    sizes = {name: int(entry.stamp.partition(" ")[0] or 0) for name, entry in entries.items()}
    large = sorted(name for name, size in sizes.items() if size >= MOST_FILE_BYTES)
    if large:
        raise Refused(
            f"{format_name(large[0])} has 100 MB or more, which GitHub does not take. The site is unchanged."
        )
    total = sum(sizes.values())
    if total > MOST_BYTES:
        seen = f"The site has more than 1 GB in {format_count(len(sizes), 'file')}"
        raise Refused(f"{seen}, which GitHub Pages does not take. The site is unchanged.")
    warnings = [
        f"{format_name(name)} has {format_size(size)}, and GitHub takes no file of 100 MB. Make it smaller, "
        "or put it where films and recordings are kept and link to it."
        for name, size in sorted(sizes.items())
        if size * WARNED_SHARE >= MOST_FILE_BYTES
    ]
    if total * WARNED_SHARE >= MOST_BYTES:
        largest = max(sizes, key=lambda name: (sizes[name], name))
        warnings.append(
            f"The site has {format_size(total)} in {format_count(len(sizes), 'file')}, and GitHub Pages "
            f"takes 1 GB. Its largest file is {format_name(largest)} with {format_size(sizes[largest])}."
        )
    return warnings


def format_size(size: int) -> str:
    """Return a number of bytes in whole megabytes."""
    return f"{size // 1_000_000:,} MB"
