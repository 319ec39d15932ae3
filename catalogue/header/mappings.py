"""Read what YAML may put in place of one word: mappings of names to values, and lists of such.

Only what other programs write of an author or a picture is read, not all of YAML 1.2: pairs of a name
and a value in lines of their own, or between braces, each alone or as one of a list. What is nested
deeper is passed over.
"""

import json
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

PAIR = re.compile(r"""["']?([A-Za-z_][\w-]*)["']?\s*:(?:\s+|$)(.*)""", re.DOTALL)
# A part of a list between brackets: between braces, in quotation marks, or up to the next comma.
FLOW = re.compile(
    r"""\s*(?:(\{[^{}]*\})|("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*(?=,|$)|([^,]+))""", re.DOTALL
)
QUOTED_OR_REMARKED = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')(?:\s*|\s+#.*)""", re.DOTALL)
YAML_REMARK = re.compile(r"\s#.*")
NOTHING = ("", "~", "null")


class Line(NamedTuple):
    """A line below a header's name: how far it is set in, and its text."""

    indent: int
    text: str


def read_mappings(value: str, lines: Sequence[Line]) -> list[str | dict[str, str]] | None:
    """Return the names and mappings that a header's value consists of; None if it is one text."""
    if not value:
        return read_block(lines)
    text = " ".join([value, *(line.text for line in lines)])
    if (found := read_json(text)) is not None:
        return found
    if text[0] == "[" and text[-1] == "]":
        parts = [match[1] or match[2] or match[3].strip() for match in FLOW.finditer(text[1:-1])]
        return [read_flow(part) for part in parts if part]
    mapping = read_flow(text)
    return [mapping] if isinstance(mapping, dict) else None


def read_json(text: str) -> list[str | dict[str, str]] | None:
    """Return the names and mappings of JSON, which is YAML too (YAML 1.2, 1.3); None for other text."""
    if text[0] + text[-1] not in ("[]", "{}"):
        return None
    with suppress(ValueError, RecursionError):  # it is YAML; it is nested without end
        found = json.loads(text)
        parts = found if isinstance(found, list) else [found]
        return [read_json_part(part) for part in parts if part not in (None, "")]
    return None


def read_json_part(part: Any) -> str | dict[str, str]:
    """Return one part of JSON as text, or as a mapping by folded name without its empty values."""
    if not isinstance(part, dict):
        return format_json(part)
    pairs = ((fold_name(name), format_json(value)) for name, value in part.items())
    return {name: value for name, value in pairs if value not in NOTHING}


def format_json(value: Any) -> str:
    """Return a value of JSON as text: a string itself, and of all else its JSON."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return join_surrogates(text)


def join_surrogates(text: str) -> str:
    """Return text with each pair of surrogates, as JSON escapes a sign, joined; half a pair is replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def read_flow(text: str) -> str | dict[str, str]:
    """Return a mapping for what stands between braces and has names; else the text itself."""
    if text[:1] != "{" or text[-1:] != "}" or not PAIR.match(text[1:].lstrip()):
        return text
    found = [match[1] or match[2] or match[3].strip() for match in FLOW.finditer(text[1:-1])]
    return collect_pairs(PAIR.fullmatch(part) for part in join_quoted(found))


def join_quoted(parts: Sequence[str]) -> list[str]:
    """Return the parts, with those joined again that a comma within quotation marks has split."""
    joined: list[str] = []
    for part in parts:
        pair = PAIR.match(joined[-1]) if joined else None
        if pair and pair[2][:1] in ("'", '"') and (len(pair[2]) < 2 or pair[2][-1] != pair[2][0]):
            joined[-1] += f", {part}"
        else:
            joined.append(part)
    return joined


def read_block(lines: Sequence[Line]) -> list[str | dict[str, str]] | None:
    """Return the names and mappings that stand in lines of their own; None if they are one text."""
    if not lines:
        return None
    if not is_item(lines[0].text):
        return [read_pairs(lines)] if PAIR.fullmatch(lines[0].text) else None
    items: list[list[Line]] = []
    for line in lines:
        if is_item(line.text) and line.indent <= lines[0].indent:
            rest = line.text[1:].lstrip()
            items.append([Line(line.indent + len(line.text) - len(rest), rest)])
        else:
            items[-1].append(line)
    return [
        read_pairs(item)
        if PAIR.fullmatch(item[0].text)
        else read_flow(" ".join(line.text for line in item))
        for item in items
    ]


def read_pairs(lines: Sequence[Line]) -> dict[str, str]:
    """Return the mapping that lines are; what is nested in it is kept as one line."""
    pairs: list[tuple[re.Match[str] | None, list[str]]] = []
    for line in lines:
        if line.indent <= lines[0].indent and not (pairs and is_item(line.text)):
            pairs.append((PAIR.fullmatch(line.text), []))
        else:
            pairs[-1][1].append(line.text)
    return collect_pairs(
        pair if not pair or pair[2] else join_items(pair, below) for pair, below in pairs
    )


def join_items(pair: re.Match[str], below: Sequence[str]) -> re.Match[str] | None:
    """Return a pair of a name and the list or the mapping below it, as one line has both."""
    items = [text[1:].strip() for text in below if is_item(text)]
    if items:
        return PAIR.fullmatch(f"{pair[1]}: [{', '.join(items)}]")
    pairs = [text for text in below if PAIR.fullmatch(text)]
    return PAIR.fullmatch(f"{pair[1]}: {{{', '.join(pairs)}}}") if pairs else pair


def collect_pairs(pairs: Iterable[re.Match[str] | None]) -> dict[str, str]:
    """Return the pairs as a mapping by folded name; of equal names the first, of empty values none."""
    found: dict[str, str] = {}
    for pair in pairs:
        if pair:
            value = pair[2].strip()
            quoted = QUOTED_OR_REMARKED.fullmatch(value)
            value = quoted[1] if quoted else YAML_REMARK.sub("", f" {value}").strip()
            if value not in NOTHING:
                found.setdefault(fold_name(pair[1]), value)
    return found


def fold_name(name: str) -> str:
    """Return what matters in the name of a pair: neither case nor hyphens nor underscores."""
    return re.sub(r"[_-]+", "", name).lower()


def is_item(text: str) -> bool:
    """Return True if a line is one part of a list."""
    return text == "-" or text.startswith("- ")
