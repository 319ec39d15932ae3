"""Read addresses from a header: the last part of a text's own, and the old ones that lead to it.

An old address is a path from the site's root, and the name of a file. It may hold any sign, as it is
or as the %-codes of its UTF-8 (RFC 3986, 2.1). GitHub Pages looks for the file with the name that
these stand for, so that is what is kept, in Unicode's form NFC.
"""

import re
from urllib.parse import unquote, unquote_to_bytes

from catalogue.addresses import check_alias, format_alias
from catalogue.folding import compose
from catalogue.header.entries import QUOTED_TEXT, HeaderEntry, InvalidValue
from catalogue.header.entries import unquote as take_out_of_quotes
from catalogue.problems import shorten
from catalogue.slugs import check_slug

MOST_ALIASES = 30
LONGEST_ALIAS = 2_000  # characters, as it is typed: each letter may be nine of them
HOST = re.compile(r"(?:https?:)?//[^/?#]*", re.IGNORECASE)
# A comma stands between two addresses if a blank or another address comes after it, or a slash before.
PART = re.compile(rf"\s*+({QUOTED_TEXT})\s*+(?=[,;]|$)|([^,;]+)", re.DOTALL)
BOUND = re.compile(r"(?<=/)[,;]|[,;](?=\s|/|https?:|[\"']|$)")
BEGINS_ADDRESS = re.compile(r"\s*(?:/|https?:)")
# What comes after it is a place on a page, which no server is told; in `/tag/c#/` it is a name's.
FRAGMENT = re.compile(r"#(?!/|$).*", re.DOTALL)


def read_slug_value(entry: HeaderEntry) -> str:
    """Read the last part of an address, in which capitals may stand; `set_slug` lowers them."""
    text = entry.text
    if text and (wrong := check_slug(text.lower())):
        raise InvalidValue(wrong)
    return text


def read_aliases_value(entry: HeaderEntry) -> list[str]:
    """Read a list of old addresses, each once. Raises InvalidValue for one where no page can lead on."""
    items = split_addresses(entry)
    if len(items) > MOST_ALIASES:
        seen = f"{entry.label} has {len(items):,} entries"
        raise InvalidValue(f"{seen}. Keep the {MOST_ALIASES} that matter most.")
    return list(dict.fromkeys(map(read_old_address, items)))


def split_addresses(entry: HeaderEntry) -> list[str]:
    """Return the addresses of a header entry as they are typed: between commas, or in lines of a list."""
    text = entry.value.strip()
    text = text[1:-1] if text[:1] == "[" and text[-1:] == "]" else take_out_of_quotes(text)
    if BEGINS_ADDRESS.match(text):
        parts = BOUND.split(text)
    else:
        parts = [match[1] or match[2] for match in PART.finditer(text)]
    items = [take_out_of_quotes(part.strip()).strip() for part in (*parts, *entry.items)]
    return [item for item in items if item]


def read_old_address(typed: str) -> str:
    """Return the address of the page that leads on from an old one, decoded: `/blog/über uns/`.

    Raises InvalidValue, with what to write, where there can be none.
    """
    host = HOST.match(typed)
    path = typed[host.end() :] if host else typed
    refuse_strange(typed, path)
    path = re.sub(r"/{2,}", "/", compose(unquote(FRAGMENT.sub("", path))))
    address = f"/{path.strip('/')}" + ("/" if path.endswith("/") else "")
    if wrong := check_alias(address):
        raise InvalidValue(wrong)
    return format_alias(address)


def refuse_strange(typed: str, path: str) -> None:
    """Raise InvalidValue for a path that is none, or that no server of files can tell from others."""
    seen = f"“{shorten(typed)}”"
    plain, mark, _ = path.partition("?")
    plain = FRAGMENT.sub("", plain).strip("/")
    if mark or ("#" in path and not plain):
        remedy = f"Write: Aliases: /{shorten(plain)}/" if plain else "Leave it out of Aliases."
        sign = "?" if mark else "#"
        raise InvalidValue(
            f"{seen} differs from other addresses by what follows the {sign}, which GitHub Pages does "
            f"not look at. {remedy}"
        )
    if not plain or len(typed) > LONGEST_ALIAS or {".", ".."} & set(unquote(plain).split("/")):
        raise InvalidValue(
            f"{seen} is not an old address of this site. "
            "Write what came after the site's name, like: Aliases: /2019/05/old-name/"
        )
    if " /" in plain:
        raise InvalidValue(f"{seen} looks like two addresses. Put a comma between them.")
    if code := re.search("%2f", plain, re.IGNORECASE):
        raise InvalidValue(
            f"{seen} holds {code[0]}, a slash that is none. Leave it out of Aliases."
        )
    data = unquote_to_bytes(plain)
    try:
        data.decode()
    except UnicodeDecodeError as error:
        byte = f"%{data[error.start]:02X}"
        raise InvalidValue(
            f"{seen} holds {byte}, which is no letter in UTF-8, and no file can have it in its name. "
            "Write the letter itself, or leave it out of Aliases."
        ) from None
