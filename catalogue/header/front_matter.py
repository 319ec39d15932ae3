"""Read the header of the author's files by line and check it against a closed schema.

Two forms are read: `Key: value` lines at the top of the file, ended by a blank line, and the same
lines between two `---` fences, as GitHub, Obsidian and Decap write them. What YAML would coerce
stays text: `Title: 2024` is a title, `Title: Query: what do we do` is one too.
"""

import difflib
import re
from collections.abc import Mapping, Sequence

from catalogue.header.entries import Header, HeaderEntry, InvalidValue, read_entries, split_line
from catalogue.header.schema import (
    DRAFT_VALUES,
    EXAMPLES,
    KNOWN_KEYS,
    NOUNS,
    SCHEMAS,
    SPELLINGS,
    Field,
    fold_key,
    select_key,
)
from catalogue.header.values import read_value
from catalogue.problems import Problem, shorten
from catalogue.text.encoding import INVISIBLE
from catalogue.text.mail_addresses import holds_mail

MOST_LINES = 500
MOST_UNKNOWN = 10  # so many unknown keys are named one by one
USUAL_YEAR = 1990  # an earlier one is probably a slip
FENCE = re.compile(r"-{3,}")


def read_header(text: str, kind: str) -> Header:
    """Read a whole file's text, as `catalogue.text.encoding` returns it, against the schema of its kind.

    Nothing is raised: every mistake is a problem in the header that is returned.
    """
    header = Header()
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if line.translate(INVISIBLE).strip()), None)
    if start is None:
        header.report(1, f"The file is empty. Write the {NOUNS[kind]}, or delete the file.")
        return header
    fence = lines[start].translate(INVISIBLE).strip()
    if fence == "+++":
        seen = "A header between +++ lines is not read. Write --- instead, and a colon for each ="
        header.report(start + 1, f"{seen}.")
        return header
    header.is_fenced = FENCE.fullmatch(fence) is not None
    end = find_fence(lines, start) if header.is_fenced else find_blank(lines, start)
    if end is None:
        seen = "The header opens with --- and is never closed"
        header.report(start + 1, f"{seen}. Add a line --- after the last header line.")
        return header
    first = start + header.is_fenced
    entries = read_entries(lines, first, min(end, first + MOST_LINES), header)
    is_rule = end < len(lines) and FENCE.fullmatch(lines[end].strip())
    if end - first > MOST_LINES:
        remedy = (
            "Move your text below it" if header.is_fenced else "Put a blank line before your text"
        )
        unknown = (entry.line for entry in entries if fold_key(entry.name) not in KNOWN_KEYS)
        header.problems.clear()
        header.report(next(unknown, first + 1), f"The header has {end - first:,} lines. {remedy}.")
        return header
    header.body_line = end + 2 if is_rule or header.is_fenced else end + 1
    header.body = "\n".join(lines[header.body_line - 1 :])
    if entries or header.tried:
        check_entries(entries, kind, header)
    else:
        header.problems[:] = [(1, "error", describe_missing_header(lines, kind))]
    return header


def find_fence(lines: Sequence[str], start: int) -> int | None:
    """Return the index of the line that closes a fenced header."""
    ends = (
        n
        for n in range(start + 1, len(lines))
        if FENCE.fullmatch(lines[n].strip()) or lines[n].strip() == "..."
    )
    return next(ends, None)


def find_blank(lines: Sequence[str], start: int) -> int:
    """Return the index of the blank line, or the rule under the header, that ends a plain header."""
    ends = (
        n
        for n in range(start, len(lines))
        if not lines[n].strip() or FENCE.fullmatch(lines[n].strip())
    )
    return next(ends, len(lines))


def describe_missing_header(lines: Sequence[str], kind: str) -> str:
    """Return where the header is, when it is not at the top, or what to write there."""
    keys = {fold_key(item.key) for item in SCHEMAS[kind]}
    for number, line in enumerate(lines, 1):
        parts = split_line(line.translate(INVISIBLE))
        if parts and fold_key(parts[0].strip("*_#`> ")) in keys:
            return (
                f"The header is not at the top: “{shorten(line.strip())}” stands on line {number}. "
                "Move the header lines to the very top, plainly typed, with a blank line after them."
            )
    examples = [EXAMPLES[item.key] for item in SCHEMAS[kind] if item.required]
    return (
        f"This {NOUNS[kind]} has no header. Put at the very top: "
        f"{' and on the next line '.join(examples)}, then a blank line, then your text."
    )


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
    """Take one entry into the header, with what is wrong with it; False if its key is unknown."""
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


def check_required(item: Field, kind: str, header: Header) -> None:
    """Report a key that must be there, unless its line has been reported already."""
    if item.key in header.values or fold_key(item.key) in header.tried:
        return
    line = header.lines.get(item.key, 1)
    if item.key not in header.lines:
        text = f"This {NOUNS[kind]} has no {item.key}. Add a line to its header"
    elif any(number == line for number, _, _ in header.problems):
        return
    else:
        text = f"{item.key} is empty. Write"
    header.report(line, f"{text}: {EXAMPLES[item.key]}")


def check_dates(header: Header) -> None:
    """Warn of dates that are probably slips."""
    for key in ("Date", "Modified"):
        value = header.values.get(key)
        if value and int(value[:4]) < USUAL_YEAR:
            seen = f"{key} is in the year {int(value[:4])}"
            header.report(
                header.lines[key], f"{seen}. Write another year if that is a slip.", "warning"
            )
    date, modified = header.values.get("Date"), header.values.get("Modified")
    if date and modified and modified[:10] < date[:10]:
        seen = f"Modified ({modified[:10]}) is before Date ({date[:10]})"
        header.report(header.lines["Modified"], f"{seen}. Write a later date.", "warning")


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


def as_problems(header: Header, path: str) -> list[Problem]:
    """Return the problems of a header, with the path of its file."""
    return [Problem(path, line, level, text) for line, level, text in header.problems]
