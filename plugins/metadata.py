"""Read the header of the author's files by line and hold it against a closed schema.

Two forms are read: `Key: value` lines at the top of the file, ended by a blank line, and the same
lines between two `---` fences, as GitHub, Obsidian and Decap write them. What YAML would coerce
stays text: `Title: 2024` is a title, `Title: Query: what do we do` is one too.
"""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from plugins.problems import Problem
from plugins.slugs import check_slug

LONGEST_TEXT = 200
LONGEST_SUMMARY = 1000
MOST_ITEMS = 30
MOST_COMMENTS = 99_999
MOST_UNKNOWN = 10  # so many strangers are named one by one
EARLIEST_YEAR, LATEST_YEAR = 1990, 2099


@dataclass(frozen=True)
class Field:
    """Describe one header key: how it is spelt, read, required, and explained to the author."""

    key: str
    form: str  # a key of FORMS
    purpose: str
    default: str = ""
    required: bool = False


TITLE = Field("Title", "title", "The title, as readers see it.", required=True)
SUMMARY = Field("Summary", "summary", "One or two sentences for lists.", "the opening words")
STATUS = Field("Status", "status", "`draft` keeps it off the site.", "`published`")
SLUG = Field("Slug", "slug", "The last part of its address.", "the file's name")
ALIASES = Field("Aliases", "aliases", "Old addresses that lead here.", "none")

SCHEMAS: Mapping[str, tuple[Field, ...]] = {
    "post": (
        TITLE,
        Field("Date", "date", "`2026-11-23` or `2026-11-23 09:30`.", required=True),
        Field("Modified", "date", "When it was last changed, like `Date`.", "none"),
        Field("Tags", "items", "Its topics, with commas between them.", "none"),
        Field("Comments", "count", "How many comments it has.", "`0`"),
        SUMMARY,
        STATUS,
        SLUG,
        ALIASES,
        Field("Author", "text", "Who wrote it.", "the site's author"),
        Field("Image", "text", "A picture for the top of the post.", "none"),
        Field("Image-alt", "text", "What the picture shows.", "none"),
        Field("Category", "items", "Read as one more of the `Tags`.", "none"),
    ),
    "page": (
        TITLE,
        Field("Date", "date", "When it was written.", "none"),
        Field("Modified", "date", "When it was last changed.", "none"),
        SUMMARY,
        STATUS,
        SLUG,
        ALIASES,
    ),
    "topic": (
        replace(TITLE, purpose="The topic's preferred name."),
        Field("Used-for", "items", "Other names, with commas between them.", "none"),
        SUMMARY,
        ALIASES,
    ),
    "comment": (
        Field("Author", "text", "Who wrote the comment.", required=True),
        Field("Date", "date", "When it was written.", required=True),
        Field("Url", "url", "The writer's own site.", "none"),
        Field("Reply-to", "slug", "The file's name of the comment it answers.", "none"),
    ),
}

# Other spellings: what is typed (folded) -> the key meant, and whether to say so.
SPELLINGS: Mapping[str, tuple[str, bool]] = {
    "tag": ("Tags", True),
    "comment": ("Comments", True),
    "commentcount": ("Comments", True),
    "commentscount": ("Comments", True),
    "alias": ("Aliases", True),
    "categories": ("Category", False),
    "draft": ("Status", False),
}
NOUNS = {"post": "post", "page": "page", "topic": "topic record", "comment": "comment"}
EXAMPLES = {
    "Title": "Title: What readers will see",
    "Date": "Date: 2026-11-23",
    "Author": "Author: Ann Reader",
}
MONTHS = "january february march april may june july august september october november december"

DATE = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:[T ]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?"
    r"\s*(Z|UTC|[+-][0-9]{2}:?[0-9]{2})?)?",
    re.ASCII,
)
ENTRY = re.compile(r"\s*([^\s:=：][^:=：]*?)\s*([:=：])(.*)", re.DOTALL)
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))
SWITCHES = {"true": "draft", "yes": "draft", "false": "published", "no": "published"}


@dataclass
class Entry:
    """Hold one header entry as it was typed."""

    name: str
    line: int
    value: str = ""
    items: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Give the value as one line of text, without the quotes around the whole of it."""
        return unquote(" ".join([self.value.strip(), *self.items]).strip())


@dataclass
class Header:
    """Hold what a file's header says: checked values by key, the line of each, and the body."""

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    problems: list[tuple[int, str, str]] = field(default_factory=list)  # line, level, text
    tried: set[str] = field(default_factory=set)  # folded keys that stand there, but not rightly


class Wrong(ValueError):
    """Say in the author's words why a value cannot be read."""


def fold_key(name: str) -> str:
    """Reduce a key to what matters in it: case, blanks, hyphens and underscores do not."""
    return re.sub(r"[\s_-]+", "", name).casefold()


def unquote(text: str) -> str:
    """Take away one pair of quotation marks around a whole value, and the escapes YAML puts inside."""
    if len(text) >= 2 and text[0] == text[-1] == '"' and not re.search(r'(?<!\\)"', text[1:-1]):
        return re.sub(r'\\(["\\])', r"\1", text[1:-1])
    if len(text) >= 2 and text[0] == text[-1] == "'" and "'" not in text[1:-1].replace("''", ""):
        return text[1:-1].replace("''", "'")
    return text


def read_header(text: str, kind: str) -> Header:
    """Read a whole file's text, as `plugins.encoding` gives it, against the schema of its kind.

    Nothing is raised: every mistake is a problem in the header that is returned.
    """
    header = Header()
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if line.translate(INVISIBLE).strip()), None)
    if start is None:
        header.problems.append(
            (1, "error", f"The file is empty. Write the {NOUNS[kind]}, or delete the file.")
        )
        return header
    fence = lines[start].translate(INVISIBLE).strip()
    if fence == "+++":
        header.problems.append(
            (start + 1, "error", "A header between +++ lines is not read. Write --- instead.")
        )
        return header
    if fence == "---":
        end = find_fence(lines, start)
        if end is None:
            header.problems.append(
                (
                    start + 1,
                    "error",
                    "The header opens with --- and is never closed. "
                    "Add a line --- after the last header line.",
                )
            )
            return header
        entries = list(read_entries(lines, start + 1, end, header, fenced=True))
        header.body_line = end + 2
    else:
        end = find_blank(lines, start)
        entries = list(read_entries(lines, start, end, header, fenced=False))
        header.body_line = end + 1
    header.body = "\n".join(lines[header.body_line - 1 :])
    if entries:
        check_entries(entries, kind, header)
    else:
        header.problems[:] = [(1, "error", describe_missing_header(lines, kind))]
    return header


def find_fence(lines: Sequence[str], start: int) -> int | None:
    """Find the line that closes a fenced header."""
    return next(
        (n for n in range(start + 1, len(lines)) if lines[n].strip() in ("---", "...")), None
    )


def find_blank(lines: Sequence[str], start: int) -> int:
    """Find the blank line, or the rule under the header, that ends a plain header."""
    ends = (
        n for n in range(start, len(lines)) if not lines[n].strip() or lines[n].strip() == "---"
    )
    return next(ends, len(lines))


def read_entries(
    lines: Sequence[str], start: int, end: int, header: Header, *, fenced: bool
) -> Iterator[Entry]:
    """Yield the entries between two lines; what is none of them becomes a problem of the header."""
    entry: Entry | None = None
    for number in range(start, end):
        line = lines[number].translate(INVISIBLE)
        stripped = line.strip()
        if not stripped or (fenced and stripped.startswith("#")):
            continue
        is_item = stripped == "-" or stripped.startswith("- ")
        if entry and is_item and (line[0].isspace() or not entry.value.strip()):
            entry.items.append(unquote(stripped[1:].strip()))
        elif entry and line[0].isspace():
            block = re.fullmatch(r"[>|][+-]?", entry.value.strip())
            entry.value = stripped if block else f"{entry.value} {stripped}"
        elif match := read_entry(line, number + 1, header):
            if entry:
                yield entry
            entry = match
        elif not header.problems or header.problems[-1][0] != number + 1:
            header.problems.append(
                (
                    number + 1,
                    "error",
                    f"“{shorten(stripped)}” stands in the header and is no header line. "
                    "Put a blank line before your text.",
                )
            )
            break
    if entry:
        yield entry


def read_entry(line: str, number: int, header: Header) -> Entry | None:
    """Read `Key: value`, or say what keeps a line from being read so."""
    match = ENTRY.match(line)
    if not match:
        return None
    name, sign, value = match.groups()
    plain = name.strip("*_#`> ")
    known = fold_key(plain) in KNOWN_KEYS
    if sign == ":" and (plain == name.strip("_ ") or not known):
        return Entry(name, number, value)
    if known:
        header.tried.add(fold_key(plain))
        clean = value.strip().strip("*_").strip()
        seen = (
            "is not followed by a plain colon"
            if sign != ":"
            else "has signs around it that do not belong to it"
        )
        header.problems.append((number, "error", f"“{plain}” {seen}. Write: {plain}: {clean}"))
    return None


KNOWN_KEYS = {fold_key(item.key) for schema in SCHEMAS.values() for item in schema} | set(SPELLINGS)


def describe_missing_header(lines: Sequence[str], kind: str) -> str:
    """Say where the header is, when it is not at the top, or what to write there."""
    keys = {fold_key(item.key) for item in SCHEMAS[kind]}
    for number, line in enumerate(lines, 1):
        match = ENTRY.match(line.translate(INVISIBLE))
        if match and fold_key(match[1].strip("*_#`> ")) in keys:
            return (
                f"The header is not at the top: “{shorten(line.strip())}” stands on line {number}. "
                "Move the header lines to the very top, plainly typed, with a blank line after them."
            )
    examples = [EXAMPLES[item.key] for item in SCHEMAS[kind] if item.required]
    return (
        f"This {NOUNS[kind]} has no header. Put at the very top: "
        f"{' and on the next line '.join(examples)}, then a blank line, then your text."
    )


def check_entries(entries: Sequence[Entry], kind: str, header: Header) -> None:
    """Hold the entries against the schema; fill in the header's values, lines and problems."""
    fields = {item.key: item for item in SCHEMAS[kind]}
    unknown = [entry for entry in entries if not check_entry(entry, fields, header)]
    report = header.problems.append
    for entry in unknown[:MOST_UNKNOWN]:
        report((entry.line, "error", describe_unknown_key(entry, list(fields))))
    if more := unknown[MOST_UNKNOWN:]:
        seen = f"{len(more):,} more unknown header lines begin here"
        report((more[0].line, "error", f"{seen}. Put a blank line before your text."))
    for item in fields.values():
        if item.required:
            check_required(item, kind, header)
    check_dates(header)
    if len(header.values.get("Category", [])) > 1:
        names = ", ".join(header.values["Category"])
        seen = "Category holds more than one name. They are read as tags"
        report((header.lines["Category"], "warning", f"{seen}; write: Tags: {names}"))


def check_entry(entry: Entry, fields: Mapping[str, Field], header: Header) -> bool:
    """Take one entry into the header, with what is wrong with it; False if its key is unknown."""
    key, is_guess = select_key(entry.name, fields)
    if not key:
        return False
    if key in header.lines:
        seen = f"“{key}” is here a second time; line {header.lines[key]} has it already"
        header.problems.append((entry.line, "error", f"{seen}. Keep one of the two lines."))
        return True
    header.lines[key] = entry.line
    if is_guess:
        text = f"“{entry.name}” is read as {key}. Write: {key}:"
        header.problems.append((entry.line, "warning", text))
    if fold_key(entry.name) == "draft":
        entry.value = SWITCHES.get(entry.text.casefold(), entry.text)
    try:
        value = FORMS[fields[key].form](entry)
    except Wrong as wrong:
        header.problems.append((entry.line, "error", str(wrong)))
    else:
        if value not in ("", [], None):
            header.values[key] = value
    return True


def select_key(name: str, fields: Mapping[str, Field]) -> tuple[str, bool]:
    """Find the key that is meant, empty for none, and whether the author should hear of the guess."""
    spelling = fold_key(name)
    for key in fields:
        if fold_key(key) == spelling:
            return key, False
    key, is_guess = SPELLINGS.get(spelling, ("", False))
    return (key, is_guess) if key in fields else ("", False)


def check_required(item: Field, kind: str, header: Header) -> None:
    """Ask for a key that must be there, unless its line has been complained of already."""
    if item.key in header.values or fold_key(item.key) in header.tried:
        return
    line = header.lines.get(item.key, 1)
    if item.key not in header.lines:
        text = f"This {NOUNS[kind]} has no {item.key}. Add a line to its header"
    elif any(number == line for number, _, _ in header.problems):
        return
    else:
        text = f"{item.key} is empty. Write"
    header.problems.append((line, "error", f"{text}: {EXAMPLES[item.key]}"))


def check_dates(header: Header) -> None:
    """Warn of dates that are probably slips."""
    for key in ("Date", "Modified"):
        value = header.values.get(key)
        if value and int(value[:4]) < EARLIEST_YEAR:
            header.problems.append(
                (
                    header.lines[key],
                    "warning",
                    f"{key} is in the year {int(value[:4])}. Write another year if that is a slip.",
                )
            )
    date, modified = header.values.get("Date"), header.values.get("Modified")
    if date and modified and modified[:10] < date[:10]:
        header.problems.append(
            (
                header.lines["Modified"],
                "warning",
                f"Modified ({modified[:10]}) is before Date ({date[:10]}). Write a later date.",
            )
        )


def describe_unknown_key(entry: Entry, keys: Sequence[str]) -> str:
    """Name the nearest known key, or say how to keep a sentence out of the header."""
    names = {fold_key(key): key for key in keys} | {
        spelling: key for spelling, (key, _) in SPELLINGS.items() if key in keys
    }
    near = difflib.get_close_matches(fold_key(entry.name), names, n=1, cutoff=0.6)
    name = shorten(entry.name)
    if near:
        return f"Unknown header “{name}”. Did you mean {names[near[0]]}? Write: {names[near[0]]}:"
    return (
        f"Unknown header “{name}”. If this is your text, put a blank line before it; "
        f"if it is a header, use one of: {', '.join(keys)}."
    )


def shorten(text: str, length: int = 60) -> str:
    """Cut a text for a message, with its control characters taken out."""
    clean = "".join(c if c.isprintable() else " " for c in text)
    return clean if len(clean) <= length else clean[: length - 1].rstrip() + "…"


def read_text(entry: Entry) -> str:
    """Read one line of text."""
    text = unicodedata.normalize("NFC", entry.text)
    if len(text) > LONGEST_TEXT:
        raise Wrong(
            f"{entry.name} has {len(text):,} characters. Write at most {LONGEST_TEXT} of them."
        )
    return text


def read_title(entry: Entry) -> str:
    """Read a title: text with at least one letter or digit in it, of any script."""
    text = read_text(entry)
    if text and not any(c.isalnum() for c in text):
        raise Wrong(f"Title has no letter and no digit. Write: {EXAMPLES['Title']}")
    return text


def read_summary(entry: Entry) -> str:
    """Read a summary: a few sentences."""
    text = unicodedata.normalize("NFC", entry.text)
    if len(text) > LONGEST_SUMMARY:
        raise Wrong(
            f"Summary has {len(text):,} characters. Write at most {LONGEST_SUMMARY:,} of them."
        )
    return text


def read_items(entry: Entry) -> list[str]:
    """Read a list: `a, b`, `a; b`, `[a, b]`, or `- a` lines; the empty and the second of equals go."""
    text = entry.value.strip()
    text = text[1:-1] if text.startswith("[") and text.endswith("]") else unquote(text)
    parts = [unquote(part.strip()) for part in re.split(r"[,;]", text)] + entry.items
    names = [unicodedata.normalize("NFC", part.strip().lstrip("#").strip()) for part in parts]
    items = list(
        {" ".join(name.casefold().split()): name for name in reversed(names) if name}.values()
    )
    if len(items) > MOST_ITEMS:
        raise Wrong(
            f"{entry.name} has {len(items):,} entries. Keep the {MOST_ITEMS} that matter most."
        )
    if long := next((item for item in items if len(item) > LONGEST_TEXT), None):
        raise Wrong(
            f"“{shorten(long)}” is too long for {entry.name}. Put commas between the names."
        )
    return items[::-1]


def read_date(entry: Entry) -> str:
    """Read an ISO 8601 date, with a time and a zone if they are given, as `datetime.isoformat` writes it."""
    text = entry.text
    if not text:
        return ""
    match = DATE.fullmatch(text)
    if not match:
        raise Wrong(describe_date(entry.name, text))
    year, month, day, hour, minute, second, zone = match.groups()
    zone = "+00:00" if zone in ("Z", "UTC") else zone or ""
    stamp = f"{year}-{month}-{day}T{int(hour or 0):02}:{minute or '00'}:{second or '00'}{zone}"
    try:
        value = datetime.fromisoformat(stamp)
    except ValueError:
        raise Wrong(
            f"There is no such day or time as “{shorten(text)}”. Write it like: {entry.name}: 2026-11-23"
        ) from None
    if value.year > LATEST_YEAR:
        raise Wrong(
            f"{entry.name} is in the year {value.year}. Write a year before {LATEST_YEAR + 1}."
        )
    return value.isoformat()


def describe_date(name: str, text: str) -> str:
    """Say how to write a date that was written otherwise; guess only where one reading is possible."""
    words = re.sub(r"[,.]|(?<=\d)(?:st|nd|rd|th)\b", " ", text.casefold()).split()
    months = [
        n
        for n, month in enumerate(MONTHS.split(), 1)
        if any(len(word) >= 3 and month.startswith(word) for word in words)
    ]
    days = [int(word) for word in words if re.fullmatch(r"[0-9]{1,2}", word, re.ASCII)]
    years = [word for word in words if re.fullmatch(r"[0-9]{4}", word, re.ASCII)]
    example = "2026-11-23"
    if len(months) == len(days) == len(years) == 1 and len(words) == 3:
        example = f"{years[0]}-{months[0]:02}-{days[0]:02}"
    elif match := re.fullmatch(r"([0-9]{4})\W?([0-9]{2})\W?([0-9]{2})", text, re.ASCII):
        example = "-".join(match.groups())
    return (
        f"“{shorten(text)}” is not a date written as year-month-day. "
        f"Write: {name}: {example}, with a time after it if you like, as in 2026-11-23 09:30"
    )


def read_count(entry: Entry) -> int | None:
    """Read a whole number of comments; `1,024` is one."""
    text = entry.text
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,9}|[0-9]{1,3}(,[0-9]{3})+", text, re.ASCII):
        switch = text.casefold() in (
            "true",
            "false",
            "on",
            "off",
            "yes",
            "no",
            "none",
            "closed",
            "open",
        )
        seen = "is a switch and not a number" if switch else "is not a whole number"
        raise Wrong(
            f"“{shorten(text)}” {seen}. {entry.name} is how many comments the post has; "
            f"write: {entry.name}: 0"
        )
    number = int(text.replace(",", ""))
    if number > MOST_COMMENTS:
        raise Wrong(
            f"{text} comments are more than a post can have. Write at most {MOST_COMMENTS:,}."
        )
    return number


def read_status(entry: Entry) -> str:
    """Read `published` or `draft`."""
    text = entry.text.casefold()
    if text not in ("", "published", "draft"):
        raise Wrong(
            f"“{shorten(entry.text)}” is no Status. Write: Status: published or: Status: draft"
        )
    return text


def read_slug(entry: Entry) -> str:
    """Read the last part of an address."""
    text = entry.text
    if text and (wrong := check_slug(text)):
        raise Wrong(wrong)
    return text


def read_aliases(entry: Entry) -> list[str]:
    """Read old addresses as paths from the site's root: `/2019/05/old-name/`."""
    paths = []
    for item in read_items(entry):
        path = re.sub(r"^https?://[^/]+", "", item)
        parts = path.strip("/").split("/")
        good = all(re.fullmatch(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*", part) for part in parts)
        if not good or len(path) > LONGEST_TEXT:
            raise Wrong(
                f"“{shorten(item)}” is not an old address of this site. "
                "Write what came after the site's name, like: Aliases: /2019/05/old-name/"
            )
        file_like = re.search(r"\.[A-Za-z0-9]+$", parts[-1])
        paths.append("/" + "/".join(parts) + ("" if file_like else "/"))
    return paths


def read_url(entry: Entry) -> str:
    """Read the address of another site."""
    text = entry.text
    if text and not re.fullmatch(r"https?://[^\s<>\"'\\]+", text):
        raise Wrong(
            f"“{shorten(text)}” is no web address. Write it in full: {entry.name}: https://…"
        )
    return text


FORMS: Mapping[str, Callable[[Entry], Any]] = {
    "title": read_title,
    "text": read_text,
    "summary": read_summary,
    "items": read_items,
    "date": read_date,
    "count": read_count,
    "status": read_status,
    "slug": read_slug,
    "aliases": read_aliases,
    "url": read_url,
}


def as_problems(header: Header, path: str) -> list[Problem]:
    """Put the file's path to the problems of its header."""
    return [Problem(path, line, level, text) for line, level, text in header.problems]
