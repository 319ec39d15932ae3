"""Make the ids of a text: of a heading by its words, as GitHub makes it, and of a note by its number.

The first is small letters, without signs, with hyphens for blanks; words of any script stay as they are.
"""

import re
import unicodedata

from catalogue.text.html_allowlist import NOTE_IDS, PAGE_IDS

OTHER_ASCII = re.compile(r"[^a-z0-9_-]")
LONGEST_ID = 200  # characters, of which a sign without a letter or digit takes six


def make_id(words: str) -> str:
    """Return the id that a heading has by its words; one that the page or a note has is changed."""
    if len(words) > LONGEST_ID:
        words = words[:LONGEST_ID]
    words = unicodedata.normalize("NFC", words)
    name = words.strip().lower().replace(" ", "-").replace("\n", "-")
    name = OTHER_ASCII.sub("", name) if name.isascii() else "".join(filter(is_kept, name))
    if not name.strip("-"):
        name = "-".join(f"u{ord(sign):x}" for sign in words if not sign.isspace()) or "section"
    return keep_apart(name)


def keep_apart(name: str) -> str:
    """Return an id that neither the page itself nor a note has, by the one that a heading would have."""
    return f"my-{name}" if PAGE_IDS.fullmatch(name) or NOTE_IDS.fullmatch(name) else name


def make_unique(name: str, taken: set[str], counts: dict[str, int]) -> str:
    """Return a name, with a number if it is taken, and take it."""
    unique = name
    while unique in taken:
        counts[name] = counts.get(name, 0) + 1
        unique = keep_apart(f"{name}-{counts[name]}")
    taken.add(unique)
    return unique


def format_note_id(number: int) -> str:
    """Return the id of a note, by its number in the text."""
    return f"fn-{number}"


def format_sign_id(number: int, use: int) -> str:
    """Return the id of the sign that refers to a note: of its first use, its second."""
    return f"fnref-{number}" if use == 1 else f"fnref{use}-{number}"


def is_kept(sign: str) -> bool:
    """Return whether a sign stands in an id: of letters, digits, their marks, hyphens, underscores."""
    return sign.isalnum() or sign in "-_" or unicodedata.category(sign) in ("Mn", "Mc", "Pc")


def read_place(fragment: str) -> str:
    """Return the id that a page has to have for the fragment of an address; empty if it needs none.

    It needs none for its top (HTML Standard, 7.4.6.3), and for a text that is to be found in it, which
    follows `:~:` (WICG, URL Fragment Text Directives).
    """
    place = fragment.partition(":~:")[0]
    return "" if place.lower() == "top" else place
