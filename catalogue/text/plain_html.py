"""Split HTML that every parser splits alike, which is far sooner done than to parse it.

Only elements of the allow-list are in it, none of which turns what follows into something else; names
are small, every value stands in quotation marks, and no sign in it but & is escaped.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from catalogue.text.html_allowlist import ELEMENTS

TAGS_CACHED = 20_000
# But for those of Markdown's own footnotes, and of quotation marks that are to stay straight.
NUMBERED_SIGN = re.compile("&#(?!160;|8617;|34;|39;)")

# Whether a tag is a closing one, its name, its attributes.
TagParts = tuple[bool, str, tuple[tuple[str, str], ...]]


@cache
def load_tag_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of any tag, of a plain tag, and of a plain tag's attributes."""
    name = "|".join(sorted(ELEMENTS, key=len, reverse=True))
    return (
        re.compile("(<[^<>]*>)"),
        re.compile(rf'<(?:(/)({name})|({name})((?: (?!style=)[a-z]++="(?:[^"<>&]|&amp;)*+")*+))>'),
        re.compile(r' ([a-z]+)="([^"]*)"'),
    )


@lru_cache(maxsize=TAGS_CACHED)
def split_tag(tag: str) -> TagParts | None:
    """Return the parts of a plain tag; None for another."""
    _, plain, attributes = load_tag_patterns()
    match = plain.fullmatch(tag)
    if not match:
        return None
    closing, closed, name, rest = match.groups()
    found = attributes.findall(rest) if rest else ()
    values = tuple((key, text.replace("&amp;", "&")) for key, text in found)
    return bool(closing), closed or name, values


def split_plain(source: str) -> tuple[list[str], list[TagParts]]:
    """Return the pieces of plain HTML (text, tag, text ...) and the parts of its tags.

    Both are empty if any tag is not plain, if a < or > stands outside of tags, or if some sign is
    written as its number: which may be so written, parsers see differently.
    """
    pieces = load_tag_patterns()[0].split(source)
    tags = [tag for tag in map(split_tag, pieces[1::2]) if tag]
    is_plain = len(pieces) // 2 == len(tags) and not has_angle(pieces[::2])
    is_plain = is_plain and not ("&#" in source and NUMBERED_SIGN.search(source))
    return (pieces, tags) if is_plain else ([], [])


def has_angle(texts: Sequence[str]) -> bool:
    """Return whether a < or > stands in one of the texts; to count them all would take longer."""
    return any(">" in text or "<" in text for text in texts)
