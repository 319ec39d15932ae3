"""Prove that in the tree of a site everything that a file leads to is there, before readers get the tree.

Read are the pages, as they were written, and the files that a machine parses. After a small change only
what was drawn anew is read, and all others only if something that they may lead to is gone.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from building.hidden_texts import HiddenTexts
from building.jobs import Job
from building.tree import Entry
from building.tree_links import Place, Tree, list_typed, locate_links
from building.tree_reader import find_faults
from building.tree_sizes import check_sizes
from catalogue.addresses import address_file
from catalogue.problems import Refused, format_report
from catalogue.selection import Catalogue

SHOWN = 5  # faults that a message names
PARSED = (".xml", ".json", ".jsonld", ".webmanifest")


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
    tree = Tree(
        folder,
        entries.keys(),
        settings["SITEURL"].rstrip("/"),
        partial(list_typed, settings, catalogue),
    )
    drawn = [job.file for job in jobs if job.template and job.file.endswith(".html")]
    is_new = {name for name, entry in entries.items() if last.get(name) != entry}
    pages = [name for name in drawn if name in is_new]
    if is_lost(pages, entries, last, last_folder, tree):
        pages = drawn
    copied = {address_file(catalogue.addresses[path]) for path in catalogue.files}
    made = {job.file for job in jobs if job.template is None and job.file.endswith(PARSED)} - copied
    is_all = len(pages) == len(drawn)
    names = [*pages, *sorted(made if is_all else made & is_new)]
    hidden = HiddenTexts(catalogue, settings)
    if faults := list(find_faults(tree, names, hidden)):
        raise Refused(describe_faults(faults, tree, catalogue, Path(settings["PATH"])))
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
        return any(old.read_places(name) - tree.read_places(name) for name in pages if name in last)
    except OSError:  # somebody has taken it away
        return True


def describe_faults(
    faults: Sequence[tuple[str, Place | None]], tree: Tree, catalogue: Catalogue, content: Path
) -> str:
    """Return the message for faults: those that a text has made, at its lines, and then the others."""
    missing = {place for _, place in faults if place}
    typed = locate_links(tree, catalogue, missing, content) if missing else {}
    others = [text for text, place in faults if place not in typed.values()]
    more = f" and {len(others) - SHOWN:,} more" if len(others) > SHOWN else ""
    rest = f"{'; '.join(others[:SHOWN])}{more}. The site is unchanged." if others else ""
    return "\n".join(filter(None, (format_report(typed, content), rest)))
