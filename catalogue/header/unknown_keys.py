"""Say what is meant by a header key that is none of its kind of file, or where the line belongs."""

from catalogue.header.entries import Header, HeaderEntry
from catalogue.header.foreign_keys import MEANINGS, PROGRAM_KEY, SWITCHES, is_foreign
from catalogue.header.schema import (
    FIELDS,
    KNOWN_KEYS,
    NOUNS,
    SCHEMAS,
    SPELLINGS,
    fold_key,
    select_key,
)
from catalogue.spelling import count_slips

LETTERS_A_SLIP = 3  # so many letters of a key for each one that may be mistyped
LONGEST_KEY = 30  # characters of what may be a key
MAIL_KEYS = frozenset(("email", "mail", "emailaddress", "authoremail"))


def is_unused(entry: HeaderEntry, kind: str) -> bool:
    """Return True for a line of another program: its key is known for such, or cannot be meant otherwise."""
    key = fold_key(entry.name)
    if kind == "page" and select_key(entry.name, "post")[0] == "Comments":
        return entry.word.casefold() in SWITCHES
    if key in KNOWN_KEYS:
        # In a plain header it is Pelican's, and asks for another address, not for one more.
        return (entry.is_fenced or key != "url") and any(
            own in FIELDS[kind] for own, _ in MEANINGS.get(key, ())
        )
    if is_foreign(key) and " " not in entry.name:
        return True
    is_key = entry.is_fenced and PROGRAM_KEY.fullmatch(entry.name) is not None
    return is_key and not find_near_key(key, kind)


def find_near_key(key: str, kind: str) -> str:
    """Return the key of a kind of file that a folded key is a slip of the pen for; empty for none."""
    return next(iter(list_near_keys(key, kind)), "")


def list_near_keys(key: str, kind: str) -> list[str]:
    """Return the keys of a kind of file that a folded key is equally near to, if it is near to any."""
    names = {fold_key(item.key): item.key for item in SCHEMAS[kind]}
    names |= {name: own for name, (own, _) in SPELLINGS.items() if own in names.values()}
    if len(key) > LONGEST_KEY:
        return []
    slips = [(count_slips(key, name, most_slips(key, name)), name) for name in names]
    near = [(count, name) for count, name in slips if count <= most_slips(key, name)]
    least = min(near, default=(0, ""))[0]
    return list(dict.fromkeys(names[name] for count, name in sorted(near) if count == least))


def most_slips(word: str, meant: str) -> int:
    """Return how many slips of the pen may be between two words, as long as the shorter one is."""
    return max(1, min(len(word), len(meant)) // LETTERS_A_SLIP)


def describe_unknown_key(entry: HeaderEntry, kind: str, header: Header) -> str:
    """Return a sentence with the nearest known key, or on how to keep a sentence out of the header."""
    keys = [item.key for item in SCHEMAS[kind]]
    key = fold_key(entry.name)
    if kind == "comment" and key in MAIL_KEYS:
        seen = f"“{entry.label}” is no header of a comment, for no address of a reader is kept here"
        return f"{seen}. Delete the line, before it is published with the file."
    if key in KNOWN_KEYS or is_foreign(key):
        seen = f"“{entry.label}” is no header of a {NOUNS[kind]}"
        return f"{seen}. Delete the line; what there is: {', '.join(keys)}."
    if key == "<<":
        seen = "“<<” copies header lines from another place, and is not read here"
        return f"{seen}. Write the lines themselves."
    if near := find_near_key(key, kind):
        header.tried.add(fold_key(near))
        return f"Unknown header “{entry.label}”. Did you mean {near}? Write: {near}:"
    place = "move it below the header" if header.is_fenced else "put a blank line before it"
    return (
        f"Unknown header “{entry.label}”. If this is your text, {place}; "
        f"if it is a header, use one of: {', '.join(keys)}."
    )
