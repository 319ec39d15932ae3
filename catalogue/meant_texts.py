"""Find the text or file that a link by name means: `[[weeding]]`, as Obsidian writes it."""

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import replace

from catalogue.folding import fold_name, fold_path
from catalogue.meant_files import settle_links
from catalogue.post_names import find_post, group_post_names
from catalogue.records import Record
from catalogue.text.links import Link
from catalogue.text.wiki_links import (
    find_heading,
    is_wiki_address,
    split_wiki_address,
    write_wiki_address,
)

KINDS = ("post", "page", "topic")  # of two texts of one name the first is meant


class MeantTexts:
    """All texts and files by what links may call them."""

    def __init__(self, records: Iterable[Record], media: Iterable[str]) -> None:
        """Name the texts by file, slug, title and former addresses, and all other files, by path."""
        texts = [record for record in records if record.kind in KINDS]
        texts.sort(key=lambda text: (text.is_draft, KINDS.index(text.kind), text.path))
        self.texts: dict[str, Record] = {}
        self.ids: dict[str, frozenset[str]] = {}
        for kind in KINDS:
            for is_draft in (False, True):
                group = [each for each in texts if (each.kind, each.is_draft) == (kind, is_draft)]
                self.add(group_post_names(group))
        self.add({fold_name(text.title): text for text in reversed(texts) if text.title})
        for text in texts:
            self.add({fold_name(name): text for name in text.values.get("Used-for", [])})
            former = (alias.strip("/") for alias in text.values.get("Aliases", []))
            self.add({fold_name(name): text for name in former if name})
        self.media: dict[str, str | None] = {}  # None: it may mean two
        for path in media:
            name = fold_path(posixpath.basename(path))
            self.media[name] = None if name in self.media else path

    def add(self, names: Mapping[str, Record]) -> None:
        """Add names that are not taken."""
        for name, text in names.items():
            self.texts.setdefault(name, text)

    def list_ids(self, text: Record) -> frozenset[str]:
        """Return the ids of a text, which are asked for once for each link to it."""
        if text.path not in self.ids:
            self.ids[text.path] = frozenset(text.ids)
        return self.ids[text.path]

    def find(self, link: Link) -> tuple[str, str] | None:
        """Return the path of the file that a link means, and the place in it; None if there is none.

        In a text that is the id of the heading, in another file what it says, such as `page=2`.
        """
        name, heading = split_wiki_address(link.url)
        if not name:
            return None
        if text := find_post(name, self.texts):
            return text.path, find_heading(heading, self.list_ids(text)) if heading else ""
        path = self.media.get(fold_path(posixpath.basename(name)))
        return (path, heading) if path else None


def settle_all_links(
    records: Mapping[str, Record], media: Iterable[str], sources: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """Set in the links of all texts the files that they mean; return these as `settle_links` does.

    Those of links by name come second, as `settle_wiki_links` returns them.
    """
    named = settle_wiki_links(records, media)
    return settle_links(records, media, sources), named


def settle_wiki_links(
    records: Mapping[str, Record], media: Iterable[str]
) -> dict[str, tuple[str, str]]:
    """Set in the links of all texts the files that names mean; return these, with the places in them.

    They are by target as texts have it. What means nothing stays.
    """
    naming = [
        record
        for record in records.values()
        if any(link.target and is_wiki_address(link.url) for link in record.links)
    ]
    meant: dict[str, tuple[str, str]] = {}
    names = MeantTexts(records.values(), media) if naming else None
    for record in naming:
        assert names
        record.links = [settle_link(link, names, meant) for link in record.links]
    return meant


def settle_link(link: Link, names: MeantTexts, meant: dict[str, tuple[str, str]]) -> Link:
    """Return a link with the file that its name means, which is added to those that are meant."""
    if not (link.target and is_wiki_address(link.url)):
        return link
    found = names.find(link)
    if not found:
        return link
    typed = link.url[2:-2]
    for has_words in (False, True):
        meant[write_wiki_address(typed, has_words=has_words)] = found
    return replace(link, target=found[0], fragment=found[1])
