"""Change what leads to a post that gets another name, in all other texts and in its own."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from urllib.parse import urlsplit

from catalogue.folding import fold_name
from catalogue.records import Record
from catalogue.slugs import slug_of
from catalogue.text.link_forms import retype_address, retype_link, retype_name
from catalogue.text.links import Link, find_source
from catalogue.text.wiki_links import is_wiki_address, split_wiki_address
from commands.renaming.link_edit import LinkStays, change_link, change_quickly, list_changes
from commands.renaming.relink_starts import relink_starts
from commands.renaming.rename_plan import Renaming

BRACKETS = re.compile(r"[\[\]|#]")  # what has a meaning of its own in a link by name
AFTER_ADDRESS = r"(?=[/?#\s)>\"'<\]]|$)"


def relink(
    data: bytes, record: Record, renaming: Renaming, read: Callable[[bytes], Record]
) -> bytes:
    """Return a text's bytes with all its links to the renamed post as they have to be.

    `record` is that of the text in the judged catalogue, `read` returns the record of such bytes at the
    path that it will have. Raises LinkStays for a link that would lead nowhere and cannot be changed.
    """
    find_url = partial(find_new_url, record=record, renaming=renaming)
    changes = [*list_changes(record.links, lambda number: find_url(record.links[number]))]
    if len(changes) > 1 and (quick := change_quickly(data, read, changes)):
        data, changes = quick, []
    for change in changes:
        link = record.links[change.number]
        if read(data).links[change.number].url == change.url:
            continue  # it shares its typed address with one before
        changed = change_link(data, read, change)
        if not changed and not link.target.startswith("/"):  # an address leads on, by the alias
            raise LinkStays(link.line)
        data = changed or data
    return relink_starts(data, record, renaming, read)


def find_new_url(link: Link, record: Record, renaming: Renaming) -> str:
    """Return the address to type in a link after a post was renamed; empty if the same may stay."""
    old, path = renaming.record, renaming.follow(record.path)
    if is_wiki_address(link.url):
        return rename_link(link, renaming) if link.target == old.path else ""
    if link.target.startswith("/"):
        mine = find_source(link.target, {renaming.old_address: old.path})
        return retype_address(link.url, renaming.address) if mine else ""
    moved = renaming.follow(link.target)
    if not link.target or (moved == link.target and path == record.path):
        return ""
    new = retype_link(link.url, path, moved)
    same = retype_link(link.url, record.path, link.target)
    return new if new != same else ""


def rename_link(link: Link, renaming: Renaming) -> str:
    """Return a link by the name of a post with its new name; empty if it goes by another name."""
    name, old = split_wiki_address(link.url)[0], renaming.record
    is_title = name == old.title or (fold_name(name) == fold_name(old.title) and name != old.slug)
    if is_title and not BRACKETS.search(renaming.title):
        return retype_name(link.url, renaming.title)
    return retype_name(link.url, renaming.slug) if is_title or slug_of(name) == old.slug else ""


def relink_full(data: bytes, renaming: Renaming, settings: Mapping[str, str]) -> bytes:
    """Return a text's bytes with the new address where the old one stands in full, with the site's."""
    site = settings["SITEURL"].rstrip("/")
    if urlsplit(site).hostname in ("localhost", "127.0.0.1"):
        return data
    old = re.escape((site + renaming.old_address.rstrip("/")).encode())
    new = (site + renaming.address.rstrip("/")).encode()
    return re.sub(old + AFTER_ADDRESS.encode(), lambda _: new, data)
