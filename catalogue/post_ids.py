"""Assign each post the id that feed readers know it by: a tag URI (RFC 4151).

A new post gets one of the site's authority, the day of its header's `Date` as it is typed, and the slug.
From its publishing on the ledger of addresses has it, and it stays the same with another title, text,
date, slug, domain and time zone: readers do not see the post once more. A post that was renamed is found by
the old address among its `Aliases`.
"""

from collections.abc import Collection, Iterable, Mapping

from catalogue.addresses import FOLDERS, format_address
from catalogue.records import Record


def format_post_id(authority: str, record: Record) -> str:
    """Return the id that a post gets when it is new."""
    return f"tag:{authority},{record.values['Date'][:10]}:{FOLDERS['post']}{record.slug}"


def assign_post_ids(
    posts: Iterable[Record],
    known: Mapping[str, str],
    authority: str,
    gone: Collection[str] = frozenset(),
) -> dict[str, str]:
    """Return the id of each post, by its path; no two are one.

    `known` are the ids of the ledger by address, `authority` begins the ids of new posts. At an address of
    `gone`, which was withdrawn, only the post of the same day is the one that was there.
    """
    posts = [post for post in posts if "Date" in post.values]
    found: dict[str, str] = {}
    if known:
        for post in posts:
            address = format_address(post)
            mark = known.get(address, "")
            if mark and (address not in gone or f",{post.values['Date'][:10]}:" in mark):
                found[post.path] = mark
        taken = set(found.values())
        for post in posts:
            if post.path not in found and (mark := find_former_id(post, known, taken)):
                found[post.path] = mark
                taken.add(mark)
    taken = {*known.values(), *found.values()}
    for post in posts:
        if post.path not in found:
            found[post.path] = mark = format_free_id(format_post_id(authority, post), taken)
            taken.add(mark)
    return found


def find_former_id(post: Record, known: Mapping[str, str], taken: Iterable[str]) -> str:
    """Return the id that a post had at an address that now leads to it; empty if that is another's."""
    marks = (known.get(address, "") for address in post.values.get("Aliases", ()))
    return next((mark for mark in marks if mark and mark not in taken), "")


def format_free_id(mark: str, taken: Iterable[str]) -> str:
    """Return an id, with a number behind it if a post that had this address before has it."""
    free, number = mark, 1
    while free in taken:
        number += 1
        free = f"{mark},{number}"
    return free
