"""Follow the addresses that the files of a tree lead to."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from building.html_attributes import find_attributes, parse_attributes
from building.page_facts import FileFacts, read_places
from catalogue.outside_uses import find_line, list_links
from catalogue.problems import Problem, shorten
from catalogue.records import Record
from catalogue.rules.links import explain_fragment
from catalogue.selection import Catalogue
from catalogue.text.ids import read_place

LOCAL = re.compile(r"https?://(?:localhost|127\.0\.0\.1)\b")
Place = tuple[str, str]  # a page of the tree, and what a place of it is called


class Tree:
    """A tree that is to be proved, and the site that it is of."""

    def __init__(
        self,
        folder: Path,
        names: Collection[str],
        site_url: str,
        list_typed: Callable[[], set[str]] = set,
    ) -> None:
        """`names` are those of all its files, `site_url` is the address of its root.

        `list_typed` returns the addresses in full that the author has typed. They may lead to another site
        below the same domain, and what `check` finds wrong with them it tells at their lines.
        """
        self.folder, self.names, self.site_url = folder, names, site_url
        self.list_typed = list_typed
        self.root = urlsplit(site_url).path.rstrip("/")
        self.is_local = urlsplit(site_url).hostname in ("localhost", "127.0.0.1")
        self.places: dict[str, frozenset[str]] = {}
        self.checked: dict[str, tuple[str, Place | None]] = {}

    @cached_property
    def typed(self) -> set[str]:
        """Return the addresses in full that the author has typed; few trees ask for them."""
        return self.list_typed()

    def find_file(self, address: str) -> Place | None:
        """Return the file that an address of the site leads to, and the place in it; None for another's.

        A path outside of the site is returned as a file that no tree has.
        """
        if address.startswith(self.site_url):
            address = address[len(self.site_url) :]
            # https://ann.example/blogs/ begins with the address of /blog too, and is not below it.
            if address[:1] not in ("", "/", "?", "#"):
                return None
            address = self.root + (address if address.startswith("/") else f"/{address}")
        if not address.startswith("/") or address.startswith("//"):
            return None
        path, _, fragment = address.partition("#")
        path = unquote(path.partition("?")[0])
        if not path.startswith(f"{self.root}/"):
            return path, fragment
        name = path[len(self.root) + 1 :]
        name = f"{name}index.html" if not name or name.endswith("/") else name
        return name, read_place(unquote(fragment))

    def read_bytes(self, name: str) -> bytes:
        """Return the bytes of a file."""
        with open(f"{self.folder}/{name}", "rb", buffering=0) as file:
            return file.readall()

    def read_places(self, name: str) -> frozenset[str]:
        """Return the places of a page, and what looks like one in a text that it shows."""
        if name not in self.places:
            self.places[name] = read_places(self.read_bytes(name), find_attributes)
        return self.places[name]

    def has_place(self, page: str, place: str) -> bool:
        """Return whether a page has a place."""
        return place in self.read_places(page) or place in read_places(
            self.read_bytes(page), parse_attributes
        )

    def check_all(self, facts: FileFacts) -> tuple[list[str], dict[str, Place]]:
        """Return what is wrong with where a file leads, and the places that pages are to have, by address."""
        faults, places = [], {}
        checks = ((facts.links, self.check_link), (facts.anchors, self.check_anchor))
        for addresses, check in checks:
            for address in addresses:
                wrong, place = check(address)
                if wrong:
                    faults.append(wrong)
                elif place:
                    places[address] = place
        return faults, places

    def check_anchor(self, address: str) -> tuple[str, Place | None]:
        """Return the same as `check_link` for a link that a reader follows.

        A server leads her on to a folder, and nothing is wrong with what the author has typed in full.
        """
        wrong, place = self.check_link(address)
        if not wrong:
            return "", place
        if address in self.typed:
            return "", None
        path, mark, fragment = address.partition("#")
        again = self.check_link(f"{path.partition('?')[0]}/{mark}{fragment}")
        return (wrong, place) if again[0] else again

    def check_link(self, address: str) -> tuple[str, Place | None]:
        """Return what is wrong with an address that a file leads to, and the place that a page is to have.

        Each address is looked up once.
        """
        if address not in self.checked:
            self.checked[address] = self.look_up(address)
        return self.checked[address]

    def look_up(self, address: str) -> tuple[str, Place | None]:
        """Return what is wrong with an address, and the place, as `check_link` does."""
        if not self.is_local and LOCAL.match(address):
            return f"leads to this computer ({shorten(address)})", None
        found = self.find_file(address)
        if found is None:
            return "", None
        name, place = found
        if name not in self.names:
            return f"leads to {shorten(address)}, which the site does not have", None
        return "", found if place and name.endswith(".html") else None


def list_typed(settings: Mapping[str, Any], catalogue: Catalogue) -> set[str]:
    """Return the addresses that stand in published texts, in full or not, and in the author's settings."""
    menus = [*settings.get("NAVIGATION", ()), *settings.get("FOOTER_LINKS", ())]
    typed = {address for entry in menus if not isinstance(entry, str) for address in entry[:2]}
    for record in catalogue.published:
        typed |= {*parse_attributes(record.html.encode()).anchors, *list_links(record)}
    return {address for address in typed if "://" in address}


def locate_links(
    tree: Tree, catalogue: Catalogue, missing: Collection[Place], content: Path
) -> dict[Problem, Place]:
    """Return an error for each link of a published text to one of the places that are missing.

    `content` is the folder that the texts lie in.
    """
    found: dict[Problem, Place] = {}
    for record in catalogue.published:
        for line, address in list_addresses(tree, catalogue, record, content):
            _, place = tree.check_anchor(address)
            if place and place in missing:
                found[Problem(record.path, line, "error", explain_fragment(place[1]))] = place
    return found


def list_addresses(
    tree: Tree, catalogue: Catalogue, record: Record, content: Path
) -> Iterator[tuple[int, str]]:
    """Yield the addresses of places that a text links to, each with its line."""
    for link in record.links:
        address = catalogue.addresses.get(link.target or record.path, link.target)
        if link.fragment and address:
            yield link.line, f"{tree.root}{quote(address)}#{quote(link.fragment)}"
    for address in parse_attributes(record.html.encode()).anchors:
        if "#" in address and address.startswith(tree.site_url):
            yield find_line(content, record.path, address), address
