"""Prove a finished tree before it takes the last one's place: whatever leads anywhere in it arrives.

What an author wrote has been judged by then; what is found here is a fault of the theme or of a plugin.
Every page that a template drew is read: its links, pictures, feeds, its own address, its ids; of the other
files those that a machine parses. After a small change only what was drawn anew is read, and all others
only if something that they may lead to is gone.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from building.jobs import Job
from building.tree import Entry
from catalogue.problems import Refused, format_count, format_name, shorten
from catalogue.project import ROOT
from catalogue.workers import share_work

# GitHub Pages' limits (https://docs.github.com/pages/getting-started-with-github-pages/github-pages-limits).
MOST_BYTES, MOST_FILE_BYTES = 1_000_000_000, 100_000_000
SHOWN = 5  # faults that a message names
GROUP = 64  # pages that are worth a process
ADDRESS = re.compile(
    r'(?:\s(?:href|src|poster)|"(?:og:image|og:url|twitter:image|citation_public_url)" content)="([^"]*)"'
)
SOURCES = re.compile(r'\ssrcset="([^"]*)"')
ID = re.compile(r'\sid="([^"]*)"')
UNSET = re.compile('[\ufdd0\ufdd1]|="\\{[{%]')
LOCATION = re.compile("<loc>([^<]*)</loc>")
PARSED = (".xml", ".json", ".jsonld", ".webmanifest")


class Tree:
    """A tree that is to be proved, and the site that it is of."""

    def __init__(self, folder: Path, names: Collection[str], site_url: str) -> None:
        """`names` are those of all its files, `site_url` is the address of its root."""
        self.folder, self.names, self.site_url = folder, names, site_url
        self.root = urlsplit(site_url).path.rstrip("/")
        self.is_local = urlsplit(site_url).hostname in ("localhost", "127.0.0.1")
        self.ids: dict[str, frozenset[str]] = {}

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
        if not path.startswith(f"{self.root}/"):
            return path, fragment
        name = path[len(self.root) + 1 :]
        return f"{name}index.html" if not name or name.endswith("/") else name, unquote(fragment)

    def read_ids(self, name: str) -> frozenset[str]:
        """Return the ids of a page."""
        if name not in self.ids:
            text = (self.folder / name).read_text("utf-8", "replace")
            self.ids[name] = frozenset(map(unescape, ID.findall(text)))
        return self.ids[name]

    def check_link(self, address: str) -> str:
        """Return what is wrong with an address that a page leads to; empty if nothing is."""
        if not self.is_local and re.match(r"https?://(?:localhost|127\.0\.0\.1)\b", address):
            return f"leads to this computer ({shorten(address)})"
        found = self.find_file(address)
        if found is None:
            return ""
        name, fragment = found
        if name not in self.names:
            return f"leads to {shorten(address)}, which the site does not have"
        if fragment and name.endswith(".html") and fragment not in self.read_ids(name):
            return f"leads to {shorten(address)}, and no place of that page is called #{shorten(fragment)}"
        return ""


def read_page(folder: Path, name: str) -> dict[str, list[str]]:
    """Return where a page leads, each place once, its ids, and what is wrong with it alone."""
    text = (folder / name).read_text("utf-8", "replace")
    addresses = {*ADDRESS.findall(text)}
    for sources in SOURCES.findall(text):
        addresses.update(source.split()[0] for source in sources.split(", ") if source)
    links = {unescape(each) if "&" in each else each for each in addresses}
    ids = ID.findall(text)
    faults = [
        f"has the id “{shorten(each)}” twice" for each in sorted(set(ids)) if ids.count(each) > 1
    ]
    own = [link[1:] for link in links if link.startswith("#") and len(link) > 1]
    known = {unescape(each) for each in ids}
    faults += [
        f"leads to #{shorten(each)}, and no place of it is called so"
        for each in sorted(own)
        if unquote(each) not in known
    ]
    if UNSET.search(text):
        faults.append("has a mark of a template or of a link that was not filled in")
    if str(ROOT) in text:
        faults.append("names a folder of this computer")
    return {"links": sorted(each for each in links if "/" in each), "faults": faults}


def read_data(folder: Path, name: str) -> list[str]:
    """Return what is wrong with a file that machines parse."""
    data = (folder / name).read_bytes()
    try:
        if name.endswith(".xml"):
            ElementTree.fromstring(data)  # noqa: S314 - it was just written here
        else:
            json.loads(data)
    except (ElementTree.ParseError, ValueError) as error:
        return [f"cannot be read by any program ({error})"]
    return []


def prove_tree(
    folder: Path,
    jobs: Sequence[Job],
    entries: Mapping[str, Entry],
    last: Mapping[str, Entry],
    last_folder: Path,
    settings: Mapping[str, Any],
) -> None:
    """Raise Refused with what in a tree leads nowhere, or cannot be read.

    `entries` are its files, `last` those of the tree in `last_folder`, from which what is the same was
    linked; `settings` are those of the site.
    """
    check_sizes(entries)
    tree = Tree(folder, entries.keys(), settings["SITEURL"].rstrip("/"))
    drawn = [job.file for job in jobs if job.template and job.file.endswith(".html")]
    is_new = {name for name, entry in entries.items() if last.get(name) != entry}
    pages = [name for name in drawn if name in is_new]
    if is_lost(pages, entries, last, last_folder, tree):
        pages = drawn
    made = {job.file for job in jobs if job.template is None}
    data = [name for name in sorted(is_new & made) if name.endswith(PARSED)]
    faults = [*find_page_faults(tree, pages), *find_data_faults(tree, data)]
    if faults:
        more = f" and {len(faults) - SHOWN:,} more" if len(faults) > SHOWN else ""
        raise Refused(f"{'; '.join(faults[:SHOWN])}{more}. The site is unchanged.")


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


def find_page_faults(tree: Tree, pages: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong with pages, each with its name."""
    read = share_work(lambda: partial(read_page, tree.folder), pages, GROUP)
    known: dict[str, str] = {}  # each address is looked up once
    for name, facts in zip(pages, read, strict=True):
        for fault in facts["faults"]:
            yield f"{format_name(name)} {fault}"
        for link in facts["links"]:
            if link not in known:
                known[link] = tree.check_link(link)
            if known[link]:
                yield f"{format_name(name)} {known[link]}"


def find_data_faults(tree: Tree, names: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong with the files that machines parse; a sitemap leads to pages too."""
    for name in names:
        for fault in read_data(tree.folder, name):
            yield f"{format_name(name)} {fault}"
        if name.startswith("sitemap"):
            text = (tree.folder / name).read_text("utf-8", "replace")
            for address in map(unescape, LOCATION.findall(text)):
                if wrong := tree.check_link(address):
                    yield f"{format_name(name)} {wrong}"


def check_sizes(entries: Mapping[str, Entry]) -> None:
    """Raise Refused for a tree that GitHub Pages does not take."""
    sizes = {name: int(entry.stamp.partition(" ")[0] or 0) for name, entry in entries.items()}
    large = sorted(name for name, size in sizes.items() if size >= MOST_FILE_BYTES)
    if large:
        raise Refused(
            f"{format_name(large[0])} has 100 MB or more, which GitHub does not take. The site is unchanged."
        )
    if sum(sizes.values()) > MOST_BYTES:
        seen = f"The site has more than 1 GB in {format_count(len(sizes), 'file')}"
        raise Refused(f"{seen}, which GitHub Pages does not take. The site is unchanged.")
