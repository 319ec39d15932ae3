"""Read the header of the author's files by line and check it against a closed schema.

Two forms are read: `Key: value` lines at the top of the file, ended by a blank line, and the same
lines between two `---` fences, as GitHub, Obsidian and Decap write them. What YAML would coerce
stays text: `Title: 2024` is a title, `Title: Query: what do we do` is one too.
"""

import re
from collections.abc import Sequence

from catalogue.header.checks import check_entries
from catalogue.header.entries import Header, read_entries, split_line
from catalogue.header.schema import HEADER_EXAMPLES, KNOWN_KEYS, NOUNS, SCHEMAS, fold_key
from catalogue.problems import shorten
from catalogue.text.encoding import INVISIBLE

MOST_LINES = 500
FENCE = re.compile(r"-{3,}")


def read_header(text: str, kind: str, path: str = "") -> Header:
    """Read a whole file's text, as `catalogue.text.encoding` returns it, against the schema of its kind.

    `path` is that of the file, for the problems. Nothing is raised: every mistake is a problem in the
    header that is returned.
    """
    header = Header(path)
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
    end = find_end(lines, start, header.is_fenced)
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
        header.problems.clear()
        header.report(1, describe_missing_header(lines, kind))
    return header


def find_end(lines: Sequence[str], start: int, is_fenced: bool) -> int | None:
    """Return the index of the line that ends a header; None if a fenced one is never closed.

    A plain header is ended by a blank line, by a rule, or by the end of the file.
    """
    for number in range(start + is_fenced, len(lines)):
        line = lines[number].strip()
        if FENCE.fullmatch(line) or line == ("..." if is_fenced else ""):
            return number
    return None if is_fenced else len(lines)


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
    examples = [HEADER_EXAMPLES[item.key] for item in SCHEMAS[kind] if item.required]
    return (
        f"This {NOUNS[kind]} has no header. Put at the very top: "
        f"{' and on the next line '.join(examples)}, then a blank line, then your text."
    )
