"""Select the links in the head and at the foot of every page, as the author's settings name them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from building.check_settings import locate_setting
from building.settings import relate_file
from catalogue.addresses import SITE
from catalogue.problems import Problem, shorten
from catalogue.records import Record
from catalogue.selection import Catalogue
from catalogue.spelling import find_nearest

FLEETING = SITE["questions"]  # is there as long as a post asks one


@dataclass(frozen=True, slots=True)
class MenuLink:
    """One link in the head or at the foot of every page."""

    address: str
    label: str
    is_profile: bool = False  # the author's own elsewhere


def list_navigation(
    settings: Mapping[str, Any], catalogue: Catalogue, root: str, words: Mapping[str, Any]
) -> list[MenuLink]:
    """Return the links in the head of every page: of those that the author names, the ones that exist.

    `root` is the path of the site; what has no label is called as the page is.
    """
    entries = [(entry, "") if isinstance(entry, str) else entry for entry in settings["NAVIGATION"]]
    named = {split_place(name)[0] for name, _ in entries}
    titles = {
        address: catalogue.records[path].title
        for path, address in catalogue.addresses.items()
        if address in named and path in catalogue.records
    }
    return [
        MenuLink(f"{root}{address}{place}", label or titles.get(address) or words.get(name, name))
        for name, label in entries
        for address, place in [split_place(name)]
        if address in catalogue.planned
    ]


def list_footer(settings: Mapping[str, Any], catalogue: Catalogue, root: str) -> list[MenuLink]:
    """Return the author's links at the foot of every page, but for those to pages that do not exist."""
    links = []
    for label, name, *me in settings["FOOTER_LINKS"]:
        address, place = split_place(name)
        if address in catalogue.planned:
            links.append(MenuLink(f"{root}{address}{place}", label, bool(me)))
        elif not address.startswith("/"):
            links.append(MenuLink(name, label, bool(me)))
    return links


def split_place(name: str) -> tuple[str, str]:
    """Return the address of the page that a link of the settings names, and a query and a place in it."""
    address = name.partition("#")[0].partition("?")[0]
    return SITE.get(address, address), name[len(address) :]


def check_navigation(settings: Mapping[str, Any], catalogue: Catalogue) -> list[Problem]:
    """Return a warning for each link of the author's settings that leads to no page of the site."""
    entries = settings["NAVIGATION"]
    named = {
        "NAVIGATION": [entry if isinstance(entry, str) else entry[0] for entry in entries],
        "FOOTER_LINKS": [name for _, name, *_ in settings["FOOTER_LINKS"]],
    }
    known = catalogue.planned | {FLEETING}
    return [
        describe_missing(setting, name, known, settings)
        for setting, names in named.items()
        for name in names
        if (address := split_place(name)[0]).startswith("/") and address not in known
    ]


def list_unreached(settings: Mapping[str, Any], catalogue: Catalogue) -> list[Record]:
    """Return the published pages that neither a menu nor a text of another file leads to."""
    entries = [entry if isinstance(entry, str) else entry[0] for entry in settings["NAVIGATION"]]
    reached = {*entries, *(name for _, name, *_ in settings["FOOTER_LINKS"])}
    for record in catalogue.shown:
        reached |= {link.target for link in record.links if link.target != record.path}
    addresses = catalogue.addresses
    return [each for each in catalogue.pages if not {each.path, addresses[each.path]} & reached]


def describe_missing(
    setting: str, name: str, known: Iterable[str], settings: Mapping[str, Any]
) -> Problem:
    """Return the warning for a link to a page that the site does not have."""
    near = find_nearest(name, [place for place in known if place.endswith("/")])
    remedy = f"Did you mean {near}?" if near else "Take it out, or write the page."
    file, line = locate_setting(setting, settings)
    path = relate_file(file, Path(settings["PATH"]))
    seen = f"{setting} has “{shorten(name)}”, and the site has no such page, so it is left out"
    return Problem(path, line, "warning", f"{seen}. {remedy}")
