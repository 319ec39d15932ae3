"""Check the entries of a header against the schema of its kind of file."""

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from catalogue.header.entries import Header, HeaderEntry, InvalidValue
from catalogue.header.schema import (
    DRAFT_VALUES,
    HEADER_EXAMPLES,
    KNOWN_KEYS,
    NOUNS,
    SCHEMAS,
    SPELLINGS,
    Field,
    fold_key,
    select_key,
)
from catalogue.header.values import VALUE_READERS
from catalogue.problems import shorten
from catalogue.text.encoding import FORBIDDEN_CHARACTERS
from catalogue.text.mail_addresses import holds_mail

MOST_UNKNOWN = 10  # so many unknown keys are named one by one
USUAL_YEAR = 1990  # an earlier one is probably a slip
CREDENTIALS = re.compile(r"https?://[^/?#]*@", re.IGNORECASE)  # RFC 3986, 3.2.1


def check_entries(entries: Sequence[HeaderEntry], kind: str, header: Header) -> None:
    """Check the entries against the schema; fill in the header's values, lines and problems."""
    fields = {item.key: item for item in SCHEMAS[kind]}
    unknown = [entry for entry in entries if not check_entry(entry, fields, header)]
    for entry in unknown[:MOST_UNKNOWN]:
        header.report(entry.line, describe_unknown_key(entry, kind, header))
    if more := unknown[MOST_UNKNOWN:]:
        seen = f"{len(more):,} more unknown header lines begin here"
        remedy = "Move your text below the header, with a blank line before it."
        header.report(more[0].line, f"{seen}. {remedy}")
    for item in fields.values():
        if item.required:
            check_required(item, kind, header)
    check_dates(header)
    if len(header.values.get("Category", [])) > 1:
        names = shorten(", ".join(header.values["Category"]), 150)
        seen = "Category holds more than one name. They are read as tags"
        header.report(header.lines["Category"], f"{seen}; write: Tags: {names}", "warning")


def check_entry(entry: HeaderEntry, fields: Mapping[str, Field], header: Header) -> bool:
    """Add one entry to the header, with what is wrong with it; False if its key is unknown."""
    key, is_guess = select_key(entry.name, fields)
    if not key:
        return False
    if key in header.lines:
        seen = f"“{key}” is here a second time; line {header.lines[key]} has it already"
        header.report(entry.line, f"{seen}. Keep one of the two lines.")
        return True
    header.lines[key] = entry.line
    if is_guess:
        header.report(entry.line, f"“{entry.label}” is read as {key}. Write: {key}:", "warning")
    if fold_key(entry.name) == "draft":
        entry.value = DRAFT_VALUES.get(entry.word.casefold(), entry.word)
    try:
        value = read_value(entry, fields[key])
    except InvalidValue as wrong:
        header.report(entry.line, str(wrong))
        return True
    if value not in ("", [], None):
        header.values[key] = value
    if fields[key].content == "sentence" and holds_mail(value):
        seen = f"{key} holds an e-mail address, and feeds, citations and search engines repeat it"
        remedy = "Take it out, or move it into the text below the header."
        header.report(entry.line, f"{seen}. {remedy}", "warning")
    return True


def read_value(entry: HeaderEntry, item: Field) -> Any:
    """Return the value of an entry in the form of its field; an empty one if it says nothing.

    Raises InvalidValue with a sentence for the author.
    """
    # YAML for nothing; a title may be so, and a reader may be called so.
    if entry.value.strip() in ("~", "null") and item.form not in ("title", "name"):
        entry.value = ""
    value = VALUE_READERS[item.form](entry)
    refuse_invisible(item.key, value)
    refuse_mail(item, value)
    return value


def refuse_invisible(key: str, value: Any) -> None:
    """Raise InvalidValue for what no reader can see; only an escape in quotes brings it in here."""
    parts = value if isinstance(value, list) else [value]
    text = "".join(
        "".join(map(str, part.values())) if isinstance(part, dict) else str(part) for part in parts
    )
    if not text.isprintable() and (match := FORBIDDEN_CHARACTERS.search(text)):
        seen = f"{key} holds an invisible sign (U+{ord(match[0]):04X})"
        raise InvalidValue(f"{seen}. Type the line again without the backslash.")


def refuse_mail(item: Field, value: Any) -> None:
    """Raise InvalidValue for an e-mail address in a name or a site: pages and feeds would show it.

    In the author of a post any @ is refused: half an address, or a handle, is no name to cite. Whoever
    comments may be called so, and the comment keeps the name that was given.
    """
    key = item.key
    if item.content == "name" and any(
        map(holds_mail, value if isinstance(value, list) else [value])
    ):
        remedy = HEADER_EXAMPLES.get(key, f"{key}: a few words")
        seen = f"{key} holds an e-mail address, which readers would see"
        raise InvalidValue(f"{seen}. Write only the name: {remedy}")
    if item.form == "url" and (holds_mail(value) or CREDENTIALS.match(value)):
        seen = f"{key} holds an e-mail address, which readers would see"
        raise InvalidValue(f"{seen}. Write the site alone: {key}: https://…")
    if item.form == "author" and "@" in unicodedata.normalize("NFKC", value):
        seen = f"{key} holds an @, as an e-mail address does"
        raise InvalidValue(f"{seen}. Write only the name: {HEADER_EXAMPLES['Author']}")


def check_required(item: Field, kind: str, header: Header) -> None:
    """Report a key that must be there, unless its line has been reported already."""
    if item.key in header.values or fold_key(item.key) in header.tried:
        return
    line = header.lines.get(item.key, 1)
    if item.key not in header.lines:
        text = f"This {NOUNS[kind]} has no {item.key}. Add a line to its header"
    elif any(problem.line == line for problem in header.problems):
        return
    else:
        text = f"{item.key} is empty. Write"
    header.report(line, f"{text}: {HEADER_EXAMPLES[item.key]}")


def check_dates(header: Header) -> None:
    """Warn of dates that are probably slips."""
    for key in ("Date", "Modified"):
        value = header.values.get(key)
        if value and int(value[:4]) < USUAL_YEAR:
            seen = f"{key} is in the year {int(value[:4])}"
            header.report(
                header.lines[key], f"{seen}. Write another year if that is a slip.", "warning"
            )


def describe_unknown_key(entry: HeaderEntry, kind: str, header: Header) -> str:
    """Return a sentence with the nearest known key, or on how to keep a sentence out of the header."""
    keys = [item.key for item in SCHEMAS[kind]]
    if fold_key(entry.name) in KNOWN_KEYS:
        seen = f"“{entry.label}” is no header of a {NOUNS[kind]}"
        return f"{seen}. Delete the line; what there is: {', '.join(keys)}."
    names = {fold_key(key): key for key in keys} | {
        spelling: key for spelling, (key, _) in SPELLINGS.items() if key in keys
    }
    near = difflib.get_close_matches(fold_key(entry.name), names, n=1, cutoff=0.6)
    if near:
        key = names[near[0]]
        header.tried.add(fold_key(key))
        return f"Unknown header “{entry.label}”. Did you mean {key}? Write: {key}:"
    place = "move it below the header" if header.is_fenced else "put a blank line before it"
    return (
        f"Unknown header “{entry.label}”. If this is your text, {place}; "
        f"if it is a header, use one of: {', '.join(keys)}."
    )
