"""Read the header of the author's files by line and hold it against a closed schema.

Two forms are read: `Key: value` lines at the top of the file, ended by a blank line, and the same
lines between two `---` fences, as GitHub, Obsidian and Decap write them. What YAML would coerce
stays text: `Title: 2024` is a title, `Title: Query: what do we do` is one too.
"""

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from catalogue.header.mappings import PAIR, Line, is_item
from catalogue.header.values import EARLIEST_YEAR, EXAMPLES, FORMS, Wrong, unquote
from catalogue.problems import Problem, shorten
from catalogue.text.encoding import FORBIDDEN_CHARACTERS, INVISIBLE
from catalogue.text.mail_addresses import holds_mail

MOST_LINES = 500
KEYS_KEPT = 1_000
MOST_UNKNOWN = 10  # so many strangers are named one by one


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
        Field("Author", "author", "Who wrote it.", "the site's author"),
        Field("Image", "image", "A picture for the top of the post.", "none"),
        Field("Image-alt", "text", "What the picture shows.", "none"),
        Field("Category", "items", "Read as one more of the `Tags`.", "none"),
        Field("Series", "text", "The series that it is a part of.", "none"),
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
        Field("See-also", "items", "Topics beside this one.", "none"),
        Field("Broader", "items", "The wider topics that this one is a part of.", "none"),
        Field("Start-here", "starts", "Posts to begin with: `- file: why`, a line each.", "none"),
        SUMMARY,
        ALIASES,
    ),
    "comment": (
        Field("Author", "name", "Who wrote the comment.", required=True),
        Field("Date", "date", "When it was written.", required=True),
        Field("Url", "url", "The writer's own site.", "none"),
        Field("Reply-to", "slug", "The file's name of the comment it answers.", "none"),
        Field("Role", "role", "`author` if the site's author wrote it.", "a reader"),
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
FENCE = re.compile(r"-{3,}")
BLOCK = re.compile(
    r"[>|][-+0-9]*(?:\s+#.*)?"
)  # YAML 1.2, 8.1: the text follows on lines of its own
COMMENT = re.compile(r"\s#.*")
BLANKS = re.compile("[ \t\n\u2028\u2029]+")
# Nothing of it gives back what it has taken, so a line is read once; blanks go from the name later.
ENTRY = re.compile(r"\s*+([^\s:=：][^:=：]*+)([:=：])(.*)", re.DOTALL)
CREDENTIALS = re.compile(r"https?://[^/?#]*@", re.IGNORECASE)  # RFC 3986, 3.2.1
MAPPED = frozenset(("author", "authors", "image"))  # keys that may have pairs of YAML below them
CLOSERS = {"[": "]", "{": "}"}
# Keys whose values are names, which no address belongs in; and those that are the author's own
# sentences, in which one may be meant.
NAMES = frozenset("Author Tags Category Series Used-for See-also Broader".split())
SENTENCES = frozenset("Title Summary Image-alt".split())
SWITCHES = {"true": "draft", "yes": "draft", "false": "published", "no": "published"}


@dataclass
class Entry:
    """Hold one header entry as it was typed."""

    name: str
    line: int
    value: str = ""
    items: list[str] = field(default_factory=list)
    rows: list[tuple[int, str]] = field(default_factory=list)  # its lines, as typed
    indent: int = 0
    is_block: bool = False
    is_fenced: bool = False
    below: list[Line] = field(default_factory=list)  # its lines but the first

    @property
    def label(self) -> str:
        """Give the key as it was typed, fit for a message."""
        return shorten(self.name)

    @property
    def text(self) -> str:
        """Give the value as one line of text, without the quotes around the whole of it."""
        text = " ".join([self.value.strip(), *self.items]).strip()
        text = text if self.is_block else unquote(text)
        return BLANKS.sub(" ", text).strip()

    @property
    def word(self) -> str:
        """Give the value of a date, a number or a switch; YAML allows a remark after it."""
        text = COMMENT.sub("", f" {self.text}") if self.is_fenced else self.text
        return " ".join(text.split())

    @property
    def is_open(self) -> bool:
        """Tell whether the value is quoted, and the quotation has not ended."""
        value = self.value.strip()
        return value[:1] in ('"', "'") and (len(value) == 1 or value[-1] != value[0])

    @property
    def own(self) -> str:
        """Return what stands in its own line, beside its name."""
        return self.rows[0][1] if self.rows and self.rows[0][0] == self.line else ""

    def takes(self, line: str) -> bool:
        """Tell whether a line belongs to this entry still."""
        text, indent = line.strip(), measure_indent(line)
        if is_item(text) and not self.is_block:
            return indent > self.indent or not self.value.strip()
        closer = CLOSERS.get(self.value.strip()[:1])
        if closer and text.startswith(closer):
            return closer not in self.value
        if indent <= self.indent:
            return False
        name, sign, _ = part_entry(text) or ("", "", "")
        is_key = sign == ":" and fold_key(name) in KNOWN_KEYS
        return self.is_block or self.is_open or not is_key or self.holds_pairs(text)

    def holds_pairs(self, text: str) -> bool:
        """Return whether a line set in below it is a pair of its own, as YAML has it, and no header."""
        key = fold_key(self.name)
        if self.own or self.is_block:
            return key in MAPPED and self.own[:1] in CLOSERS
        first = self.below[0].text if self.below else text
        is_pair = PAIR.match(first.removeprefix("-").lstrip()) is not None
        return is_pair and (key in MAPPED or key not in KNOWN_KEYS)

    def add(self, line: str, number: int) -> None:
        """Take in a line that belongs to this entry."""
        text = line.strip()
        self.rows.append((number, text))
        self.below.append(Line(measure_indent(line), text))
        if is_item(text) and not self.is_block:
            self.items.append(text[1:].strip())
        elif self.items:
            self.items[-1] += f" {text}"
        elif self.is_open and self.value.endswith("\\"):
            self.value = self.value[:-1] + text
        else:
            self.value += f" {text}"


@dataclass
class Header:
    """Hold what a file's header says: checked values by key, the line of each, and the body."""

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    is_fenced: bool = False
    problems: list[tuple[int, str, str]] = field(default_factory=list)  # line, level, text
    tried: set[str] = field(default_factory=set)  # folded keys that stand there, but not rightly


@lru_cache(maxsize=KEYS_KEPT)
def fold_key(name: str) -> str:
    """Reduce a key to what matters in it: case, blanks, hyphens and underscores do not."""
    return re.sub(r"[\s_-]+", "", name).casefold()


def part_entry(line: str) -> tuple[str, str, str] | None:
    """Return the name, the sign after it (a colon, or what looks like one) and the value of a line."""
    match = ENTRY.match(line)
    return (match[1].rstrip(), match[2], match[3]) if match else None


def measure_indent(line: str) -> int:
    """Count the blanks that a line begins with."""
    return len(line) - len(line.lstrip())


def read_header(text: str, kind: str) -> Header:
    """Read a whole file's text, as `plugins.encoding` gives it, against the schema of its kind.

    Nothing is raised: every mistake is a problem in the header that is returned.
    """
    header = Header()
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if line.translate(INVISIBLE).strip()), None)
    if start is None:
        seen = f"The file is empty. Write the {NOUNS[kind]}, or delete the file."
        header.problems.append((1, "error", seen))
        return header
    fence = lines[start].translate(INVISIBLE).strip()
    if fence == "+++":
        seen = "A header between +++ lines is not read. Write --- instead, and a colon for each ="
        header.problems.append((start + 1, "error", f"{seen}."))
        return header
    header.is_fenced = FENCE.fullmatch(fence) is not None
    if header.is_fenced:
        end = find_fence(lines, start)
        if end is None:
            remedy = "Add a line --- after the last header line."
            seen = f"The header opens with --- and is never closed. {remedy}"
            header.problems.append((start + 1, "error", seen))
            return header
    else:
        end = find_blank(lines, start)
    first = start + header.is_fenced
    entries = read_entries(lines, first, min(end, first + MOST_LINES), header)
    is_rule = end < len(lines) and FENCE.fullmatch(lines[end].strip())
    if end - first > MOST_LINES:
        remedy = (
            "Move your text below it" if header.is_fenced else "Put a blank line before your text"
        )
        seen = f"The header has {end - first:,} lines. {remedy}."
        strangers = (entry.line for entry in entries if fold_key(entry.name) not in KNOWN_KEYS)
        header.problems[:] = [(next(strangers, first + 1), "error", seen)]
        return header
    header.body_line = end + 2 if is_rule or header.is_fenced else end + 1
    header.body = "\n".join(lines[header.body_line - 1 :])
    if entries or header.tried:
        check_entries(entries, kind, header)
    else:
        header.problems[:] = [(1, "error", describe_missing_header(lines, kind))]
    return header


def find_fence(lines: Sequence[str], start: int) -> int | None:
    """Find the line that closes a fenced header."""
    return next(
        (
            n
            for n in range(start + 1, len(lines))
            if FENCE.fullmatch(lines[n].strip()) or lines[n].strip() == "..."
        ),
        None,
    )


def find_blank(lines: Sequence[str], start: int) -> int:
    """Find the blank line, or the rule under the header, that ends a plain header."""
    ends = (
        n
        for n in range(start, len(lines))
        if not lines[n].strip() or FENCE.fullmatch(lines[n].strip())
    )
    return next(ends, len(lines))


def read_entries(lines: Sequence[str], start: int, end: int, header: Header) -> list[Entry]:
    """Read the entries between two lines; what is none of them becomes a problem of the header."""
    entries: list[Entry] = []
    stray = -1  # the first line that is no header line
    for number in range(start, end):
        line = lines[number].translate(INVISIBLE)
        entry = entries[-1] if entries and stray < 0 else None
        is_remark = header.is_fenced and line.strip().startswith("#")
        if not line.strip() or (is_remark and not (entry and entry.is_block)):
            continue
        if entry and entry.takes(line):
            entry.add(line, number + 1)
        elif match := read_entry(line, number + 1, header, is_strict=stray >= 0):
            entries.append(match)
        elif stray < 0 and (not header.problems or header.problems[-1][0] != number + 1):
            stray = number
    before = next((entry for entry in reversed(entries) if entry.line <= stray), None)
    # A sentence with a colon that runs on is complained of once, as an unknown header.
    if stray >= 0 and (not before or fold_key(before.name) in KNOWN_KEYS):
        is_last = not entries or entries[-1].line <= stray
        text = describe_stray(lines[stray], lines[stray - 1], header, is_last=is_last)
        header.problems.append((stray + 1, "error", text))
    return entries


def describe_stray(line: str, above: str, header: Header, *, is_last: bool) -> str:
    """Say where to put a line that stands in the header and is none of its own."""
    if not is_last:
        remedy = "Delete it, or move it below the header"
    elif not header.is_fenced:
        remedy = "Put a blank line before your text"
    elif above.strip():
        remedy = "Move your text below the line --- that ends the header"
    else:
        remedy = "Put a line --- before your text"
    return f"“{shorten(line.strip())}” stands in the header and is no header line. {remedy}."


def read_entry(line: str, number: int, header: Header, *, is_strict: bool = False) -> Entry | None:
    """Read `Key: value`, or say what keeps a line from being read so; known keys only if strict."""
    parts = part_entry(line)
    if not parts:
        return None
    name, sign, value = parts
    plain = name.strip("*_#`>\"' ")
    known = fold_key(plain) in KNOWN_KEYS
    if is_strict and not known:
        return None
    if sign == ":" and (plain == name.strip("_ ") or not known):
        is_block = BLOCK.fullmatch(value.strip()) is not None
        value = "" if is_block else value
        rows = [(number, value.strip())] if value.strip() else []
        indent = measure_indent(line)
        return Entry(name, number, value, [], rows, indent, is_block, header.is_fenced)
    if known:
        header.tried.add(fold_key(plain))
        clean = shorten(value.strip().strip("*_").strip(), 100)
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
        parts = part_entry(line.translate(INVISIBLE))
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


def check_entries(entries: Sequence[Entry], kind: str, header: Header) -> None:
    """Hold the entries against the schema; fill in the header's values, lines and problems."""
    fields = {item.key: item for item in SCHEMAS[kind]}
    unknown = [entry for entry in entries if not check_entry(entry, fields, header)]
    report = header.problems.append
    for entry in unknown[:MOST_UNKNOWN]:
        report((entry.line, "error", describe_unknown_key(entry, kind, header)))
    if more := unknown[MOST_UNKNOWN:]:
        seen = f"{len(more):,} more unknown header lines begin here"
        remedy = "Move your text below the header, with a blank line before it."
        report((more[0].line, "error", f"{seen}. {remedy}"))
    for item in fields.values():
        if item.required:
            check_required(item, kind, header)
    check_dates(header)
    if len(header.values.get("Category", [])) > 1:
        names = shorten(", ".join(header.values["Category"]), 150)
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
        text = f"“{entry.label}” is read as {key}. Write: {key}:"
        header.problems.append((entry.line, "warning", text))
    if fold_key(entry.name) == "draft":
        entry.value = SWITCHES.get(entry.word.casefold(), entry.word)
    # YAML for nothing; a title may be so, and a reader may be called so.
    if entry.value.strip() in ("~", "null") and fields[key].form not in ("title", "name"):
        entry.value = ""
    try:
        value = FORMS[fields[key].form](entry)
        check_signs(key, value)
        check_mails(key, value)
        check_author(fields[key], value)
    except Wrong as wrong:
        header.problems.append((entry.line, "error", str(wrong)))
    else:
        if value not in ("", [], None):
            header.values[key] = value
        if key in SENTENCES and holds_mail(value):
            seen = (
                f"{key} holds an e-mail address, and feeds, citations and search engines repeat it"
            )
            remedy = "Take it out, or move it into the text below the header."
            header.problems.append((entry.line, "warning", f"{seen}. {remedy}"))
    return True


def check_mails(key: str, value: Any) -> None:
    """Refuse an e-mail address where a name is asked for, or a site: pages and feeds would show it."""
    if key in NAMES and any(map(holds_mail, value if isinstance(value, list) else [value])):
        remedy = EXAMPLES.get(key, f"{key}: a few words")
        seen = f"{key} holds an e-mail address, which readers would see"
        raise Wrong(f"{seen}. Write only the name: {remedy}")
    if key == "Url" and (holds_mail(value) or CREDENTIALS.match(value)):
        seen = "Url holds an e-mail address, which readers would see"
        raise Wrong(f"{seen}. Write the site alone: Url: https://…")


def check_author(item: Field, value: Any) -> None:
    """Refuse an @ in the author of a post: half an address of mail, or a handle, is no name to cite.

    A reader may be called so, and her comment keeps the name that she gave.
    """
    if item.form == "author" and "@" in unicodedata.normalize("NFKC", value):
        seen = f"{item.key} holds an @, as an e-mail address does"
        raise Wrong(f"{seen}. Write only the name: {EXAMPLES['Author']}")


def check_signs(key: str, value: Any) -> None:
    """Refuse what no reader can see, which only an escape in quotation marks can bring in here."""
    parts = value if isinstance(value, list) else [value]
    text = "".join(
        "".join(map(str, part.values())) if isinstance(part, dict) else str(part) for part in parts
    )
    if not text.isprintable() and (match := FORBIDDEN_CHARACTERS.search(text)):
        seen = f"{key} holds an invisible sign (U+{ord(match[0]):04X})"
        raise Wrong(f"{seen}. Type the line again without the backslash.")


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


def describe_unknown_key(entry: Entry, kind: str, header: Header) -> str:
    """Name the nearest known key, or say how to keep a sentence out of the header."""
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
    """Put the file's path to the problems of its header."""
    return [Problem(path, line, level, text) for line, level, text in header.problems]
