"""Translate the header entries of other programs into entries of this site's own keys."""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from catalogue.folder.layout import IMAGE_ENDINGS
from catalogue.folder.names import split_name
from catalogue.header.addresses import split_addresses
from catalogue.header.entries import HeaderEntry, unquote
from catalogue.header.foreign_keys import (
    MEANINGS,
    NOTHING,
    OFF,
    ON,
    PARTS,
    PATHS_OF_IMAGE,
    RESERVING,
    STATUS_WORDS,
    SWITCHES,
    TEXTS_OF_IMAGE,
)
from catalogue.header.mappings import read_mappings
from catalogue.header.schema import fold_key
from catalogue.header.values import is_long
from catalogue.text.plain_text import strip_tags

Adapter = Callable[[str, HeaderEntry], Iterable[tuple[str, HeaderEntry]]]

# Addresses that a program makes by a pattern, or in a style that has a name (Jekyll).
PATTERN = re.compile(r"[:{}<>]")
STYLES = frozenset("pretty date none ordinal weekdate".split())
SCHEME = re.compile(r"(?:https?:)?//[^/]+", re.IGNORECASE)
LIQUID = re.compile(r"\A\s*\{\{[^{}]*\}\}")  # `{{ site.url }}` before a path
DAY = re.compile(r"[0-9]{4}\D")


def translate_entries(
    entries: Iterable[HeaderEntry], keys: Collection[str]
) -> tuple[list[tuple[str, HeaderEntry]], list[HeaderEntry]]:
    """Return entries of the site's own `keys` for those of other programs, and those that are not used.

    The best of those that mean the same come first.
    """
    found: list[tuple[int, str, HeaderEntry]] = []
    unused: list[HeaderEntry] = []
    for entry in entries:
        before = len(found)
        found += [
            (rank, own, translated)
            for meaning, rank in MEANINGS.get(fold_key(entry.name), ())
            for own, translated in ADAPTERS[meaning](meaning, entry)
            if own in keys
        ]
        if len(found) == before:
            unused.append(entry)
    found.sort(key=lambda row: row[0])
    return [(own, entry) for _, own, entry in found], unused


def read_parts(entry: HeaderEntry, names: Mapping[str, str]) -> Iterator[tuple[str, HeaderEntry]]:
    """Yield an entry for each part of a mapping that is a text's own, by the site's key."""
    for part in read_values(entry)[:1]:
        for name, own in names.items():
            if isinstance(part, dict) and name in part:
                yield own, make_entry(entry, part[name])


def read_values(entry: HeaderEntry) -> list[str | dict[str, str]]:
    """Return the words and mappings that a value consists of; none of one text, or of one without end."""
    return [] if is_long(entry) else read_mappings(entry.own, entry.below) or []


def make_entry(entry: HeaderEntry, value: str, *, is_block: bool = False) -> HeaderEntry:
    """Return an entry in the place of another, with another value."""
    return replace(
        entry, value=value, items=[], rows=[(entry.line, value)], below=[], is_block=is_block
    )


def adapt_date(own: str, entry: HeaderEntry) -> Iterator[tuple[str, HeaderEntry]]:
    """Yield a date, if there is one."""
    if parts := PARTS.get(fold_key(entry.name)):
        yield from read_parts(entry, parts)
    elif DAY.match(entry.word):
        yield own, entry


def adapt_words(own: str, entry: HeaderEntry) -> Iterator[tuple[str, HeaderEntry]]:
    """Yield words without the tags of HTML that programs put around them."""
    text = strip_tags(entry.text)
    if text and text.casefold() not in SWITCHES and not entry.has_mapping:
        yield own, make_entry(entry, text, is_block=True)


def adapt_list(own: str, entry: HeaderEntry) -> Iterator[tuple[str, HeaderEntry]]:
    """Yield a list of names."""
    if parts := PARTS.get(fold_key(entry.name)):
        yield from ((key, part) for key, part in read_parts(entry, parts) if key == own)
    elif not entry.has_mapping:
        yield own, entry


def adapt_author(own: str, entry: HeaderEntry) -> Iterator[tuple[str, HeaderEntry]]:
    """Yield the authors, whatever form they have."""
    if entry.word.casefold() not in SWITCHES:
        yield own, entry


def adapt_status(own: str, entry: HeaderEntry) -> Iterator[tuple[str, HeaderEntry]]:
    """Yield whether a text is published: what is kept from some readers is none for all of them."""
    key, word = fold_key(entry.name), entry.word.casefold()
    if word in NOTHING:
        return
    status = ""
    if key == "permalink":  # Eleventy writes no page for such a text
        status = "draft" if word == "false" else ""
    elif key == "visibility":
        status = "published" if word == "public" else "draft"
    elif key in RESERVING:
        status = "" if word in OFF else "draft"
    elif word in ON or word in OFF:
        status = "published" if word in ON else "draft"
    elif not DAY.match(word):
        status = STATUS_WORDS.get(word, entry.word)
    if status:
        yield own, make_entry(entry, status)


def says_draft(entry: HeaderEntry) -> bool:
    """Return True if an entry of another program keeps a text from its readers."""
    means = any(own == "Status" for own, _ in MEANINGS.get(fold_key(entry.name), ()))
    return means and any(each.value == "draft" for _, each in adapt_status("Status", entry))


def adapt_aliases(own: str, entry: HeaderEntry) -> Iterator[tuple[str, HeaderEntry]]:
    """Yield each old address alone, but for patterns, and for other sites under `url`."""
    if entry.has_mapping or entry.word.casefold() in SWITCHES:
        return
    for item in split_addresses(entry):
        host = SCHEME.match(item)
        path = SCHEME.sub("", item, count=1)
        is_old = not PATTERN.search(path) and path.casefold() not in STYLES
        if path.strip("/") and is_old and not (host and fold_key(entry.name) == "url"):
            yield own, make_entry(entry, json.dumps(path, ensure_ascii=False))


def adapt_image(own: str, entry: HeaderEntry) -> Iterator[tuple[str, HeaderEntry]]:
    """Yield the path of a picture, and what it shows, of a path or of a mapping that has one."""
    for part in (read_values(entry) or [entry.text])[:1]:
        mapping = part if isinstance(part, dict) else {"path": part}
        paths = (unquote(mapping[name]) for name in PATHS_OF_IMAGE if name in mapping)
        path = next((LIQUID.sub("", path).strip() for path in paths if is_picture(path)), "")
        if path:
            yield own, make_entry(entry, path)
        text = next((mapping[name] for name in TEXTS_OF_IMAGE if name in mapping), "")
        if path and text:
            yield "Image-alt", make_entry(entry, text)


def is_picture(path: str) -> bool:
    """Return True if a path or an address ends as that of a picture."""
    return split_name(path.partition("?")[0])[1].lower() in IMAGE_ENDINGS


ADAPTERS: Mapping[str, Adapter] = {
    "Date": adapt_date,
    "Modified": adapt_date,
    "Summary": adapt_words,
    "Image-alt": adapt_words,
    "Lang": adapt_words,
    "Status": adapt_status,
    "Aliases": adapt_aliases,
    "Author": adapt_author,
    "Image": adapt_image,
    "Tags": adapt_list,
    "Category": adapt_list,
}
