"""Read the header of the author's files by line and check it against a closed schema.

Two forms are read here: `Key: value` lines at the top of the file, ended by a blank line, and the same
lines between two `---` fences, as GitHub, Obsidian and Decap write them. What YAML would coerce
stays text: `Title: 2024` is a title, `Title: Query: what do we do` is one too. Headers in TOML and in
JSON, which Hugo and Zola have besides, are put into the same entries.
"""

import re
from collections.abc import Sequence

from catalogue.header.checks import check_entries
from catalogue.header.entries import Header, is_known, measure_indent, read_entries, split_line
from catalogue.header.schema import HEADER_EXAMPLES, NOUNS, SCHEMAS, fold_key
from catalogue.header.toml_and_json import read_json, read_toml
from catalogue.problems import shorten
from catalogue.text.encoding import INVISIBLE

MOST_LINES = 2_000  # comments in a header take many
FENCE = re.compile(r"-{3,}")
TOML_FENCE = "+++"
# How a header may open, with the line that ends it. Nikola has it in a remark of HTML, as `.. title: x`.
CLOSERS = {TOML_FENCE: TOML_FENCE, "<!--": "-->"}
NIKOLA_LINE = re.compile(r"\.\. (?=[\w-]+:)")


def read_header(text: str, kind: str, path: str = "") -> Header:
    """Read a whole file's text, as `catalogue.text.encoding` returns it, against the schema of its kind.

    `path` is that of the file, for the problems and for a date in its name. Nothing is raised: every
    mistake is a problem in the header that is returned.
    """
    header = Header(path)
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if line.translate(INVISIBLE).strip()), None)
    if start is None:
        header.report(1, f"The file is empty. Write the {NOUNS[kind]}, or delete the file.")
        return header
    fence = lines[start].translate(INVISIBLE).strip()
    if fence[0] == "{":
        return read_json_header(text, lines, kind, header)
    header.is_fenced = is_opening(lines, start, fence)
    end = find_end(lines, start, fence if header.is_fenced else "")
    if end is None:
        mark = CLOSERS.get(fence, "---")
        seen = f"The header opens with {fence[:4]} and is never closed"
        header.report(start + 1, f"{seen}. Add a line {mark} after the last header line.")
        return header
    first = start + header.is_fenced
    if end - first > MOST_LINES:
        return refuse_long_header(lines, first, end, header)
    if fence == TOML_FENCE:
        entries = read_toml(lines[first:end], first + 1, header)
    else:
        plain = (
            [NIKOLA_LINE.sub("", line, count=1) for line in lines[:end]]
            if fence == "<!--"
            else lines
        )
        entries = read_entries(plain, first, end, header)
    is_rule = end < len(lines) and FENCE.fullmatch(lines[end].strip())
    set_body(lines, end + 2 if is_rule or header.is_fenced else end + 1, header)
    if entries or header.tried:
        check_entries(entries, kind, header)
    elif fence != TOML_FENCE or not header.problems:
        header.problems.clear()
        header.report(1, describe_missing_header(lines, kind))
    return header


def is_opening(lines: Sequence[str], start: int, fence: str) -> bool:
    """Return True if a header begins below a line, and not in it; a remark of HTML mostly has none."""
    if fence == "<!--":
        return start + 1 < len(lines) and NIKOLA_LINE.match(lines[start + 1]) is not None
    return fence == TOML_FENCE or FENCE.fullmatch(fence) is not None


def set_body(lines: Sequence[str], number: int, header: Header) -> None:
    """Set the body, which begins with the line of this number."""
    header.body_line = number
    header.body = "\n".join(lines[number - 1 :])


def read_json_header(text: str, lines: Sequence[str], kind: str, header: Header) -> Header:
    """Return the header of a file that begins with a brace, as JSON does."""
    entries, length = read_json(text, header)
    if length:
        header.is_fenced = True
        set_body(lines, text.count("\n", 0, length) + 2, header)
        check_entries(entries, kind, header)
    elif not header.problems:
        header.report(1, describe_missing_header(lines, kind))
    return header


def refuse_long_header(lines: Sequence[str], first: int, end: int, header: Header) -> Header:
    """Return a header without values that has more lines than any; at the first that is none, if known."""
    entries = [] if header.is_fenced else read_entries(lines, first, first + MOST_LINES, header)
    header.problems.clear()
    remedy = "Move your text below it" if header.is_fenced else "Put a blank line before your text"
    unknown = next((entry.line for entry in entries if not is_known(entry.name)), first + 1)
    header.report(unknown, f"The header has {end - first:,} lines. {remedy}.")
    return header


def find_end(lines: Sequence[str], start: int, fence: str) -> int | None:
    """Return the index of the line that ends a header; None if it opens with a fence and is never closed.

    A plain header is ended by a blank line, by a rule, or by the end of the file. A fenced one is ended
    by a line that is set in no deeper than its first (YAML 1.2, 9.1): what is deeper is of a text in it.
    """
    if not fence:
        for number in range(start, len(lines)):
            line = lines[number].strip()
            if not line or FENCE.fullmatch(line):
                return number
        return len(lines)
    depth = measure_indent(lines[start].translate(INVISIBLE))
    deeper = None
    for number in range(start + 1, len(lines)):
        line = lines[number].strip()
        if line[:1] not in ("-", ".", "+") or not is_end(line, fence):
            continue
        if measure_indent(lines[number]) <= depth:
            return number
        deeper = number if deeper is None and line != "..." else deeper
    return deeper


def is_end(line: str, fence: str) -> bool:
    """Return True if a line ends a header that opens with this fence."""
    if fence in CLOSERS:
        return line == CLOSERS[fence]
    return line == "..." or FENCE.fullmatch(line) is not None


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
