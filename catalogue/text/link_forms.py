"""Type the address of a link anew in the form that it has, for a file that has another path or address."""

import posixpath
import re
from urllib.parse import quote

from catalogue.text.links import INDICATOR
from catalogue.text.wiki_links import CLOSE, OPEN, is_wiki_address, split_wiki_address

# What would end an address of Markdown or the path in it, or be taken for a code.
UNSAFE = re.compile(r"[\s()<>\"'%#?\\]")
TAIL = re.compile(r"[?#].*", re.DOTALL)


def retype_link(url: str, path: str, target: str) -> str:
    """Return the address that leads from the file `path` to another file, in the form that `url` has.

    That is a path from the file, from the root of the content folder (`{filename}/posts/a.md`), or a
    name, `[[a]]`. What follows a # stays.
    """
    if is_wiki_address(url):
        return retype_name(url, posixpath.splitext(posixpath.basename(target))[0])
    plain, tail = part_tail(url)
    near = posixpath.relpath(target, posixpath.dirname(path) or ".")
    if indicator := INDICATOR.fullmatch(plain):
        place = f"/{target}" if indicator[2].startswith("/") else near
        return plain[: indicator.start(2)] + quote_unsafe(place) + tail
    dot = "./" if plain.startswith("./") and not near.startswith("../") else ""
    return dot + quote_unsafe(near) + tail


def retype_name(url: str, name: str) -> str:
    """Return a link by name with another name, and the heading that it had."""
    old, _ = split_wiki_address(url)
    return f"{OPEN}{name}{url.removeprefix(OPEN).lstrip()[len(old) : -len(CLOSE)]}{CLOSE}"


def retype_address(url: str, address: str) -> str:
    """Return an address of the site in the form that `url` has: with its last slash, or without."""
    plain, tail = part_tail(url)
    if plain.endswith("/index.html"):
        return f"{address}index.html{tail}"
    return (address if plain.endswith("/") else address.rstrip("/") or "/") + tail


def part_tail(url: str) -> tuple[str, str]:
    """Return an address and what follows it, from its ? or # on."""
    tail = TAIL.search(url)
    return (url[: tail.start()], tail[0]) if tail else (url, "")


def quote_unsafe(path: str) -> str:
    """Return a path with codes for the signs that would end it."""
    return UNSAFE.sub(lambda match: quote(match[0]), path)
