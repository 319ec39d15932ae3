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

LETTERS_A_SLIP = 3  # so many letters of a key for each one that may be mistyped
LONGEST_KEY = 30  # characters of what may be a key


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
    names = {fold_key(item.key): item.key for item in SCHEMAS[kind]}
    names |= {name: own for name, (own, _) in SPELLINGS.items() if own in names.values()}
    if len(key) > LONGEST_KEY:
        return ""
    slips = [
        (count_slips(key, name), own)
        for name, own in names.items()
        if abs(len(key) - len(name)) <= most_slips(key, name)
    ]
    near = [row for row in slips if row[0] <= most_slips(key, row[1])]
    return min(near, key=lambda row: row[0])[1] if near else ""


def most_slips(word: str, meant: str) -> int:
    """Return how many slips of the pen may be between two words, as long as the shorter one is."""
    return max(1, min(len(word), len(meant)) // LETTERS_A_SLIP)


def count_slips(word: str, meant: str) -> int:
    """Return how many letters must be put in, taken out, changed or swapped to make a word of another.

    This is the distance of Damerau and Levenshtein between strings whose parts are changed once.
    """
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for i, letter in enumerate(word, 1):
        next_row = [i]
        for j, other in enumerate(meant, 1):
            steps = min(row[j] + 1, next_row[-1] + 1, row[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == meant[j - 2] and word[i - 2] == other:
                steps = min(steps, before[j - 2] + 1)
            next_row.append(steps)
        before, row = row, next_row
    return row[-1]


def describe_unknown_key(entry: HeaderEntry, kind: str, header: Header) -> str:
    """Return a sentence with the nearest known key, or on how to keep a sentence out of the header."""
    keys = [item.key for item in SCHEMAS[kind]]
    key = fold_key(entry.name)
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
