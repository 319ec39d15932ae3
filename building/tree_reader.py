"""Read the files of a tree and find what is wrong with them, side by side."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from building.hidden_texts import HiddenTexts
from building.html_attributes import Finder, find_attributes, parse_attributes
from building.page_facts import read_data, read_page
from building.tree_links import Place, Tree
from catalogue.problems import format_name, shorten
from catalogue.workers import share_work

GROUP = 64  # files that are worth a process


def find_faults(
    tree: Tree, names: Sequence[str], hidden: HiddenTexts
) -> Iterator[tuple[str, Place | None]]:
    """Yield what is wrong with files, each with its name, and the place that is missing if it is that."""
    read = [*share_work(lambda: make_reader(tree, hidden), names, GROUP)]
    for name, facts in zip(names, read, strict=True):
        if name.endswith(".html"):
            tree.places[name] = frozenset(facts["places"])
    for name, facts in zip(names, read, strict=True):
        for fault in [*facts["faults"], *filter(None, map(hidden.explain, facts["hidden"]))]:
            yield f"{format_name(name)} {fault}", None
        for address, (page, place) in find_missing(tree, name, facts["targets"]):
            seen = f"leads to {shorten(address)}, and no place of that page is called"
            yield f"{format_name(name)} {seen} #{shorten(place)}", (page, place)


def find_missing(tree: Tree, name: str, targets: Mapping[str, Place]) -> list[tuple[str, Place]]:
    """Return which of the places that a file leads to are not there, each with the address."""
    missing = [
        (address, (page, place))
        for address, (page, place) in sorted(targets.items())
        if not tree.has_place(page, place)
    ]
    if missing:  # what the text of a page only shows does not count
        targets = read_file(tree, name, tree.read_bytes(name), parse_attributes)["targets"]
    return [each for each in missing if each[0] in targets]


def make_reader(tree: Tree, hidden: HiddenTexts) -> Callable[[str], dict[str, Any]]:
    """Return the function that reads a file of a tree.

    It returns its places, what is wrong with it, by address the places that other pages are to have, and the
    words of texts that are not published.
    """

    def read(name: str) -> dict[str, Any]:
        data = tree.read_bytes(name)
        facts = read_file(tree, name, data)
        if facts["faults"]:
            facts = read_file(tree, name, data, parse_attributes)
        return {**facts, "hidden": hidden.find(data)}

    return read


def read_file(tree: Tree, name: str, data: bytes, find: Finder = find_attributes) -> dict[str, Any]:
    """Return the places of a file, what is wrong with it, and the places that other pages are to have.

    These are by the address that leads there; `find` finds the attributes in HTML.
    """
    is_page = name.endswith(".html")
    facts = read_page(data, find) if is_page else read_data(name, data, find)
    faults, targets = tree.check_all(facts)
    return {"places": facts.places, "faults": sorted([*facts.faults, *faults]), "targets": targets}
