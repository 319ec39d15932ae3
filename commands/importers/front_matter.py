"""Part a file of another program into its header and its text: YAML, TOML, JSON, or `Key: value` lines."""

import json
import re
import tomllib
from typing import Any, NamedTuple

import yaml

from commands.importers.site import Unreadable

FENCED = {
    "---": re.compile(r"---[ \t]*\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL),
    "+++": re.compile(r"\+\+\+[ \t]*\n(.*?)(?:^|\n)\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL),
}
KEY_LINE = re.compile(r"([A-Za-z][\w .-]{0,40}?)[ \t]*:[ \t]*(.*)")
MOST_ANCHORS = 20  # an alias stands for all that its anchor names, and aliases can be piled up
ANCHOR = re.compile(r"(?:^|[\s\[{,:-])&\w+(?![\w;])", re.MULTILINE)  # no entity of HTML
ENCODED = (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")


class Parted(NamedTuple):
    """A file's header and text, and the line that the text begins in, from 1."""

    values: dict[str, Any]
    body: str
    line: int
    has_lines: bool = False  # between no marks, as Pelican's headers are


class TextLoader(yaml.SafeLoader):
    """A reader of YAML that leaves dates as they are typed, since their zones are told by the text."""


TextLoader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def decode(data: bytes) -> str:
    r"""Return the text of a file in UTF-8, UTF-16 with its mark, or else Windows-1252; lines end in \n."""
    encoding = next((name for mark, name in ENCODED if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def part_text(text: str) -> Parted:
    """Return the header and the text of a file. Raises Unreadable for a header that cannot be read."""
    start = text.lstrip("\n")
    skipped = len(text) - len(start)
    for mark, pattern in FENCED.items():
        if start.startswith(mark) and (match := pattern.match(start)):
            read = read_yaml if mark == "---" else read_toml
            end = skipped + match.end()
            return Parted(read(match[1]), text[end:], text.count("\n", 0, end) + 1)
    if start.startswith("{") and (found := read_leading_json(start)):
        values, end = found
        end += skipped
        return Parted(values, text[end:].removeprefix("\n"), text.count("\n", 0, end) + 1)
    return part_lines(text)


def read_yaml(source: str) -> dict[str, Any]:
    """Return the mapping of YAML 1.1. Raises Unreadable."""
    if len(ANCHOR.findall(source)) > MOST_ANCHORS:
        raise Unreadable("the header has more anchors than any person writes")
    try:
        found = yaml.load(source, TextLoader)  # noqa: S506 - it is a SafeLoader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in its line {mark.line + 1}" if mark else ""
        reason = getattr(error, "problem", None) or "it is nested too deep"
        raise Unreadable(f"the header cannot be read as YAML{where} ({reason})") from None
    return found if isinstance(found, dict) else {}


def read_toml(source: str) -> dict[str, Any]:
    """Return the mapping of TOML 1.0, as Hugo and Zola have it. Raises Unreadable."""
    try:
        found = tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Unreadable(f"the header cannot be read as TOML ({error})") from None
    # Of Zola and Hugo, which put the author's keys in.
    for name in ("taxonomies", "extra", "params"):
        if isinstance(inner := found.get(name), dict):
            found = {**inner, **found}
    return found


def read_leading_json(text: str) -> tuple[dict[str, Any], int] | None:
    """Return the mapping of JSON that a text begins with, and where it ends; None if it is none."""
    try:
        found, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    return (found, end) if isinstance(found, dict) else None


def part_lines(text: str) -> Parted:
    """Return the header of `Key: value` lines, as Pelican and MultiMarkdown have it, and the text."""
    lines = text.split("\n")
    values: dict[str, Any] = {}
    number, last = 0, ""
    for number, line in enumerate(lines):  # noqa: B007 - where it ends is what is asked for
        if match := KEY_LINE.match(line):
            last = match[1]
            values[last] = match[2].strip()
        elif line[:1] in (" ", "\t") and line.strip() and last:
            values[last] = f"{values[last]} {line.strip()}"
        else:
            break
    if not any(name.casefold() in ("title", "date") for name in values) or (
        number < len(lines) and lines[number].strip()
    ):
        return Parted({}, text, 1)
    return Parted(values, "\n".join(lines[number + 1 :]), number + 2, has_lines=True)
