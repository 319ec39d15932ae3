"""Select the links in the head and at the foot of every page, as the author's settings name them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from building.settings import FILES, find_lines
from building.words import PAGES
from catalogue.catalogue import Catalogue
from catalogue.problems import Problem, shorten
from catalogue.project import ROOT
from catalogue.spelling import find_nearest

FLEETING = frozenset(("/questions/",))  # is there as long as a post asks one


@dataclass(frozen=True, slots=True)
class Link:
    """One link in the head or at the foot of every page."""

    address: str  # from the site's root, as `/topics/`, or that of another site
    label: str
    is_profile: bool = False  # the author's own elsewhere

    @property
    def is_inner(self) -> bool:
        """Return whether it leads to a page of this site."""
        return self.address.startswith("/")


def list_navigation(
    settings: Mapping[str, Any], catalogue: Catalogue, words: Mapping[str, Any]
) -> list[Link]:
    """Return the links in the head of every page: of those that the author names, the ones that exist."""
    entries = [(entry, "") if isinstance(entry, str) else entry for entry in settings["NAVIGATION"]]
    unlabelled = {address for address, label in entries if not label}
    titles = {
        address: catalogue.records[path].title
        for path, address in catalogue.addresses.items()
        if address in unlabelled and path in catalogue.records
    }
    titles |= {address: words[name] for address, name in PAGES.items()}
    return [
        Link(address, label or titles.get(address, address))
        for address, label in entries
        if address in catalogue.planned
    ]


def list_footer(settings: Mapping[str, Any], catalogue: Catalogue) -> list[Link]:
    """Return the author's links at the foot of every page, but for those to pages that do not exist."""
    links = [Link(address, label, bool(me)) for label, address, *me in settings["FOOTER_LINKS"]]
    return [link for link in links if not link.is_inner or link.address in catalogue.planned]


def check_navigation(
    settings: Mapping[str, Any], catalogue: Catalogue, content: Path
) -> list[Problem]:
    """Warn of the links of the author's settings that lead to no page of the site."""
    named = [
        ("NAVIGATION", entry if isinstance(entry, str) else entry[0])
        for entry in settings["NAVIGATION"]
    ]
    named += [("FOOTER_LINKS", entry[1]) for entry in settings["FOOTER_LINKS"]]
    planned = catalogue.planned | FLEETING
    problems = []
    for name, address in named:
        if address.startswith("/") and address not in planned:
            near = find_nearest(address, (place for place in planned if place.endswith("/")))
            remedy = f"Did you mean {near}?" if near else "Take it out."
            text = f"{name} has “{shorten(address)}”, and the site has no such page: it is left out. {remedy}"
            file = next((file for file in FILES[::-1] if name in find_lines(ROOT / file)), FILES[0])
            line = find_lines(ROOT / file).get(name, 0)
            path = os.path.relpath(ROOT / file, content.resolve())
            problems.append(Problem(Path(path).as_posix(), line, "warning", text))
    return problems
