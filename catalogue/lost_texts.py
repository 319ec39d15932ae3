"""Find where the text of a lost address is now, by the words that the two share."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from catalogue.address_ledger import AddressLedger
from catalogue.addresses import FOLDERS, fold_address
from catalogue.comment_threads import name_comment
from catalogue.folder.media import Media
from catalogue.permanence import OWN, is_page, list_permanent
from catalogue.records import Record
from catalogue.selection import Catalogue
from catalogue.spelling import find_nearest
from catalogue.telling_words import find_nearest_text, list_body_words, list_words

LEAST_OF_NEW = 0.5  # of the lost words, that a text at a new address must have
LEAST_OF_KNOWN = (
    0.75  # the same of a text that had its address before, which hardly took another one in
)
JOINTS = re.compile(r"[-_/.]+")


@dataclass(frozen=True)
class LostTexts:
    """The search for the texts and files of lost addresses in one catalogue."""

    catalogue: Catalogue
    ledger: AddressLedger

    @cached_property
    def new(self) -> dict[str, frozenset[str]]:
        """Return all words of the texts at addresses that the ledger does not have, by path."""
        shown = [each for each in self.catalogue.shown if not self.is_known(each)]
        return {each.path: list_all_words(each) for each in shown}

    @cached_property
    def known(self) -> dict[str, frozenset[str]]:
        """Return the telling words of all other texts, by path."""
        addresses, words = self.catalogue.addresses, self.ledger.words
        return {
            each.path: frozenset(
                [*list_head_words(each), *words.get(addresses[each.path], "").split()]
            )
            for each in self.catalogue.shown
            if self.is_known(each)
        }

    @cached_property
    def ids(self) -> dict[str, list[str]]:
        """Return the ids that each page of the ledger has had."""
        found: dict[str, list[str]] = {}
        for address in self.ledger.lines:
            page, mark, name = address.partition("#")
            if mark:
                found.setdefault(page, []).append(name)
        return found

    @cached_property
    def owners(self) -> dict[str, str]:
        """Return the permanent addresses, each with the path of its file."""
        return list_permanent(self.catalogue)

    @cached_property
    def pages(self) -> dict[str, str]:
        """Return the addresses of pages that search engines know, by what tells them from others."""
        shown = [*self.catalogue.addresses.values(), *OWN]
        return {fold_address(address): address for address in shown if is_page(address)}

    def find_home(self, page: str) -> str | None:
        """Return the path of the text whose page is at an address, or leads on from it; None if none is.

        It is empty for a page of the site's own.
        """
        if page not in self.owners:
            page = self.pages.get(fold_address(page), page)
        return self.owners.get(page)

    def is_known(self, record: Record) -> bool:
        """Return whether the ledger has the address of a text."""
        return self.catalogue.addresses[record.path] in self.ledger.lines

    def is_text_of(self, address: str, record: Record) -> bool:
        """Return whether a text that is not on the site is the one that an address had."""
        kept = self.ledger.words.get(address, "").split()
        known = {record.path: list_all_words(record)}
        return not kept or bool(find_nearest_text(kept, known, LEAST_OF_NEW))

    def find_text(self, address: str) -> Record | None:
        """Return the text that has most of the words of a lost one; None if none is near.

        If the ledger has none, for somebody has written the line, they are those of the slug and the ids.
        """
        words = self.ledger.words.get(address, "").split() or self.list_address_words(address)
        found = self.find_path(address, words)
        return self.catalogue.records[found] if found else None

    def find_path(self, address: str, words: list[str]) -> str:
        """Return the path of the text that has most of some words; one at a new address comes first."""
        is_topic = address.startswith(f"/{FOLDERS['topic']}")
        for texts, least in ((self.new, LEAST_OF_NEW), (self.known, LEAST_OF_KNOWN)):
            fitting = {p: held for p, held in texts.items() if p.startswith("topics/") == is_topic}
            if found := find_nearest_text(words, fitting, least):
                return found
        return ""

    def list_address_words(self, address: str) -> list[str]:
        """Return the words of a lost address and of the ids that were on its page."""
        name = posixpath.basename(address.rstrip("/")).removesuffix(".html")
        names = [name, *self.ids.get(address, ())]
        return list_words(JOINTS.sub(" ", " ".join(names)))

    def find_id(self, path: str, name: str) -> str:
        """Return the id of a text that is most like one which it had; empty if none is."""
        record = self.catalogue.records.get(path)
        return find_nearest(name, record.ids) if record else ""

    def find_comment(self, name: str) -> str:
        """Return the path of a comment by the name of its file; empty if there is none."""
        records = self.catalogue.records.values()
        named = (r.path for r in records if r.kind == "comment" and name_comment(r) == name)
        return min(named, default="")

    def find_file(self, address: str) -> str:
        """Return the path of the file that is the same as a lost one, or else is called like it."""
        digest = self.ledger.words.get(address, "")
        media = self.catalogue.media
        if digest and (same := find_same(digest, media)):
            return same
        names = {posixpath.basename(path): path for path in sorted(media, reverse=True)}
        name = posixpath.basename(address)
        folded = {each.casefold(): each for each in names}
        near = folded.get(name.casefold()) or find_nearest(name, names)
        ending = posixpath.splitext(name)[1].casefold()
        is_alike = posixpath.splitext(near)[1].casefold() == ending
        return names[near] if near and is_alike else ""


def find_same(digest: str, media: Mapping[str, Media]) -> str:
    """Return the path of the file whose SHA-256 begins with `digest`; empty for none."""
    same = (path for path, each in media.items() if each.digest.startswith(digest))
    return min(same, default="")


def list_all_words(record: Record) -> frozenset[str]:
    """Return all words of a text that may tell something."""
    return frozenset([*list_head_words(record), *list_body_words(record)])


def list_head_words(record: Record) -> list[str]:
    """Return the words of a text's title, slug and ids."""
    names = JOINTS.sub(" ", " ".join([record.slug, *record.ids]))
    return list_words(f"{record.title} {names}")
