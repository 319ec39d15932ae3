"""Write a text into the files of the settings, in the place of one value, and not a byte more."""

import ast
import re
from dataclasses import dataclass

from building.line_repairs import format_text
from building.settings_source import parse

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|\Z)")


@dataclass(frozen=True)
class Place:
    """A text in a file of settings: where its bytes begin and end, its line, and what it says."""

    start: int
    end: int
    line: int
    value: str


def find_setting(data: bytes, name: str) -> Place | None:
    """Return where a setting has a text that can be written over; None if it is no plain text.

    Of `os.environ.get("X") or "a text"` that is the text.
    """
    for statement in reversed(parse_bytes(data).body):
        if not isinstance(statement, ast.Assign) or not is_named(statement.targets, name):
            continue
        value: ast.expr = statement.value
        while isinstance(value, ast.BoolOp) and isinstance(value.op, ast.Or):
            value = value.values[-1]
        return locate(data, value)
    return None


def has_setting(data: bytes, name: str) -> bool:
    """Return whether a file of settings gives one a value, of whatever kind."""
    return any(
        isinstance(statement, ast.Assign) and is_named(statement.targets, name)
        for statement in parse_bytes(data).body
    )


def parse_bytes(data: bytes) -> ast.Module:
    """Return the parts of a file of settings, which can be read."""
    return parse(data.decode("utf-8-sig"))


def is_named(targets: list[ast.expr], name: str) -> bool:
    """Return whether a value is given to one name alone."""
    return len(targets) == 1 and isinstance(targets[0], ast.Name) and targets[0].id == name


def locate(data: bytes, value: ast.expr) -> Place | None:
    """Return where the bytes of a text are; Python counts them from the beginning of a line."""
    if not isinstance(value, ast.Constant) or not isinstance(value.value, str):
        return None
    mark = len(BYTE_ORDER_MARK) if data.startswith(BYTE_ORDER_MARK) else 0
    lines = LINE.findall(data[mark:])
    starts = [mark]
    for line in lines:
        starts.append(starts[-1] + len(line))
    assert value.end_lineno is not None
    assert value.end_col_offset is not None
    start = starts[value.lineno - 1] + value.col_offset
    end = starts[value.end_lineno - 1] + value.end_col_offset
    return Place(start, end, value.lineno, value.value)


def change_setting(data: bytes, name: str, text: str) -> bytes:
    """Return a file of settings with another text for one of them; empty if it is no plain text there."""
    place = find_setting(data, name)
    if place is None:
        return b""
    changed = data[: place.start] + format_text(text).encode() + data[place.end :]
    return changed if is_changed_alone(data, changed, name, text) else b""


def add_setting(data: bytes, name: str, text: str) -> bytes:
    """Return a file of settings with one more, in a line at its end."""
    end = b"\r\n" if b"\r\n" in data else b"\n"
    gap = b"" if not data or data.endswith((b"\n", b"\r")) else end
    return data + gap + f"{name} = {format_text(text)}".encode() + end


def is_changed_alone(before: bytes, after: bytes, name: str, text: str) -> bool:
    """Return whether a setting has a text, and all other statements are what they were."""
    try:
        found = find_setting(after, name)
        first, second = parse_bytes(before).body, parse_bytes(after).body
    except SyntaxError:
        return False
    if found is None or found.value != text or len(first) != len(second):
        return False
    differing = sum(ast.dump(a) != ast.dump(b) for a, b in zip(first, second, strict=True))
    return differing <= 1
