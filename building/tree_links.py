"""Follow the addresses that the files of a tree lead to."""

import re
from collections.abc import Collection
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from building.page_facts import read_ids
from catalogue.outside_uses import list_links
from catalogue.problems import Problem, shorten
from catalogue.rules.links import explain_fragment
from catalogue.selection import Catalogue
from catalogue.text.ids import read_place
from catalogue.text.outside_links import find_outside

LOCAL = re.compile(r"https?://(?:localhost|127\.0\.0\.1)\b")


class Tree:
    """A tree that is to be proved, and the site that it is of."""

    def __init__(
        self, folder: Path, names: Collection[str], site_url: str, typed: Collection[str] = ()
    ) -> None:
        """`names` are those of all its files, `site_url` is the address of its root.

        `typed` are the addresses in full that stand in texts: what is wrong with them was told, at their
        lines, and another site may lie there.
        """
        self.folder, self.names, self.site_url, self.typed = folder, names, site_url, typed
        self.root = urlsplit(site_url).path.rstrip("/")
        self.is_local = urlsplit(site_url).hostname in ("localhost", "127.0.0.1")
        self.ids: dict[str, frozenset[str]] = {}
        self.checked: dict[str, tuple[str, tuple[str, str] | None]] = {}

    def find_file(self, address: str) -> tuple[str, str] | None:
        """Return the file that an address of the site leads to, and the place in it; None for another's.

        A path outside of the site is returned as a file that no tree has.
        """
        if address.startswith(self.site_url):
            address = self.root + address[len(self.site_url) :]
        if not address.startswith("/") or address.startswith("//"):
            return None
        path, _, fragment = address.partition("#")
        path = unquote(path.partition("?")[0])
        if path == self.root:
            path += "/"  # where a server leads on to
        if not path.startswith(f"{self.root}/"):
            return path, fragment
        name = path[len(self.root) + 1 :]
        name = f"{name}index.html" if not name or name.endswith("/") else name
        return name, read_place(unquote(fragment))

    def read_text(self, name: str) -> str:
        """Return the text of a file."""
        with open(f"{self.folder}/{name}", "rb", buffering=0) as file:
            return file.readall().decode("utf-8", "replace")

    def read_ids(self, name: str) -> frozenset[str]:
        """Return the ids of a page."""
        if name not in self.ids:
            self.ids[name] = read_ids(self.read_text(name))
        return self.ids[name]

    def check_link(self, address: str) -> tuple[str, tuple[str, str] | None]:
        """Return what is wrong with an address that a file leads to, and the place of a page it is to have.

        Each address is looked up once.
        """
        if address not in self.checked:
            self.checked[address] = self.look_up(address)
        return self.checked[address]

    def look_up(self, address: str) -> tuple[str, tuple[str, str] | None]:
        """Return what is wrong with an address, and the place, as `check_link` does."""
        if "://" in address and find_outside(address) in self.typed:
            return "", None
        if not self.is_local and LOCAL.match(address):
            return f"leads to this computer ({shorten(address)})", None
        found = self.find_file(address)
        if found is None:
            return "", None
        name, fragment = found
        if name not in self.names:
            name = f"{name}/index.html"  # a server leads on to the folder
        if name not in self.names:
            return f"leads to {shorten(address)}, which the site does not have", None
        return "", (name, fragment) if fragment and name.endswith(".html") else None


def list_typed(catalogue: Catalogue) -> set[str]:
    """Return the addresses in full that stand in the texts of a catalogue."""
    return {url for record in catalogue.records.values() for url in list_links(record)}


def blame_texts(
    tree: Tree, catalogue: Catalogue, missing: Collection[tuple[str, str]]
) -> list[Problem]:
    """Return an error for each link of a text to one of the places that are missing, each with its page."""
    return [
        Problem(record.path, link.line, "error", explain_fragment(link.fragment))
        for record in catalogue.records.values()
        for link in record.links
        if link.fragment
        and (address := catalogue.addresses.get(link.target or record.path, link.target))
        and tree.check_link(f"{tree.root}{quote(address)}#{quote(link.fragment)}")[1] in missing
    ]
