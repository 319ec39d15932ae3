"""Change single values in the header of a post, whatever its form, and not a byte more.

A change is made by a guess at where the value stands, and taken only if the header that is read
afterwards says what it should, and all else is as before.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from catalogue.header.entries import Header
from catalogue.header.foreign_keys import MEANINGS, RESERVING
from catalogue.header.front_matter import TOML_FENCE, read_header
from catalogue.header.schema import fold_key, select_key
from catalogue.problems import count_errors
from catalogue.text.encoding import decode_text
from commands.comments.comment_count import is_continued
from commands.writing.post_files import format_value

LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|$)")
LINE_END = re.compile(rb"[\r\n]*\Z")
# What stands before a value, with the name; of TOML it has no dots and no brackets.
PLAIN_NAME = re.compile(rb"(?P<name>[^:\r\n]*):[ \t]*")
TOML_NAME = re.compile(rb"""\s*["']?(?P<name>[\w-]+)["']?[ \t]*=[ \t]*""")
JSON_NAME = re.compile(r'"(?P<name>[\w-]+)"\s*:\s*')
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d)")
KIND = "post"  # of the files whose headers are changed
MOST_MARKS = 5  # lines of one header that keep it a draft


def read_bytes(data: bytes, kind: str, path: str) -> Header:
    """Return the header of a file's bytes, with all that is wrong with them among its problems."""
    text, problems = decode_text(data, path)
    header = read_header(text, kind, path)
    header.problems += problems
    return header


def set_value(data: bytes, path: str, key: str, text: str) -> bytes:
    """Return a file's bytes with another value of one key, in its line or a new one.

    It is empty if the value cannot be set without a change to something else.
    """
    before = read_bytes(data, KIND, path)
    wanted = read_value(key, text)
    if wanted is None:
        return b""
    values = {**before.values, key: wanted}
    return choose(propose_value(data, before, key, text), before, values)


def add_alias(data: bytes, path: str, address: str) -> bytes:
    """Return a file's bytes with one more old address that leads to it; empty if it cannot be added."""
    before = read_bytes(data, KIND, path)
    aliases = before.values.get("Aliases", [])
    if address in aliases:
        return data
    values = {**before.values, "Aliases": [*aliases, address]}
    return choose(propose_item(data, before, address), before, values)


def drop_draft(data: bytes, path: str) -> bytes:
    """Return a file's bytes without the lines that keep it a draft; empty if that cannot be done.

    A line that keeps it from some readers only, as a password does, is not taken away.
    """
    before = header = read_bytes(data, KIND, path)
    for _ in range(MOST_MARKS):
        if not is_draft(header):
            break
        if header.spelt.get("Status") in RESERVING or find_reserving_line(data, header):
            return b""
        found = [*propose_published(data, header), data]
        free = (each for each in found if not is_draft(read_bytes(each, KIND, path)))
        data = next(free, found[0])
        header = read_bytes(data, KIND, path)
    values = {key: value for key, value in before.values.items() if key != "Status"}
    if header.values.get("Status") == "published":
        values["Status"] = "published"
    return choose([data], before, values)


def is_draft(header: Header) -> bool:
    """Return whether a header keeps its text off the site."""
    return header.values.get("Status") == "draft"


def find_reserving_line(data: bytes, header: Header) -> int:
    """Return the line that keeps a text from some readers by a word of another program; 0 for none."""
    line = header.lines.get("Status", 0)
    match = re.match(rb"""\s*["']?([\w-]+)["']?\s*[:=]""", split_lines(data)[line - 1])
    is_reserving = line and match and fold_key(match[1].decode("utf-8", "replace")) in RESERVING
    return line if is_reserving else 0


def choose(candidates: Iterable[bytes], before: Header, values: Mapping[str, Any]) -> bytes:
    """Return the first of some files whose header has these values, and nothing else that is new."""
    errors = count_errors(before.problems)
    for data in candidates:
        after = read_bytes(data, KIND, before.path)
        if (
            after.values == values
            and after.body == before.body
            and after.unused.keys() == before.unused.keys()
            and count_errors(after.problems) <= errors
        ):
            return data
    return b""


def read_value(key: str, text: str) -> Any:
    """Return the value that a header line with this text has; None if it is wrong."""
    header = read_header(f"{key}: {format_value(text)}\n\n", KIND)
    faults = [found for found in header.problems if found.line == header.lines.get(key)]
    return None if count_errors(faults) and key not in header.values else header.values.get(key)


def split_lines(data: bytes) -> list[bytes]:
    """Return the lines of a file with their ends, of whatever system."""
    return LINE.findall(data)


def name_form(data: bytes) -> str:
    """Return the form of a file's header: "toml", "json", or "plain" for one line a value."""
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(TOML_FENCE.encode()):
        return "toml"
    return "json" if start.startswith(b"{") else "plain"


def propose_value(data: bytes, header: Header, key: str, text: str) -> Iterator[bytes]:
    """Yield files in which a value may be set as it should be, the likeliest first."""
    form, at = name_form(data), header.lines.get(key, 0)
    quoted = json.dumps(text, ensure_ascii=False)
    if form == "json":
        yield from replace_json(data, key, lambda _: quoted)
        yield insert_json(data, key, quoted)
        return
    texts = [format_value(text)]
    if form == "toml":
        moment = MOMENT.fullmatch(text)  # TOML has no moment without its seconds
        texts = [f"{moment[1]}T{moment[2]}:00", quoted] if moment else [quoted]
    for written in texts:
        if at:
            yield replace_line(data, at, written, TOML_NAME if form == "toml" else PLAIN_NAME)
        else:
            yield insert_line(data, header, form, key, written)


def propose_item(data: bytes, header: Header, item: str) -> Iterator[bytes]:
    """Yield files in which an old address may stand as one more, the likeliest first."""
    form, at = name_form(data), header.lines.get("Aliases", 0)
    quoted = json.dumps(item, ensure_ascii=False)
    if form == "json":
        everything = json.dumps([*header.values.get("Aliases", []), item], ensure_ascii=False)
        yield from replace_json(data, "Aliases", lambda _: everything)
        yield insert_json(data, "Aliases", f"[{quoted}]")
        return
    if not at:
        yield insert_line(data, header, form, "Aliases", f"[{quoted}]" if form == "toml" else item)
        return
    lines = split_lines(data)
    last = at
    while last < len(lines) and is_continued(lines[last]):
        last += 1
    for number in range(at, last + 1):
        line, end = part_end(lines[number - 1])
        for closing in (b"]", b'"', b""):
            for sign in (f", {item}", f", {quoted}", f" {item}"):
                if closing and closing not in line:
                    continue
                head, found, tail = line.rpartition(closing) if closing else (line, b"", b"")
                changed = head.rstrip() + sign.encode() + found + tail
                yield b"".join([*lines[: number - 1], changed + end, *lines[number:]])
    dash = re.match(rb"([ \t]*-[ \t]+)", lines[last - 1])
    margin = dash[1] if dash else b"- "
    end = part_end(lines[last - 1])[1] or b"\n"
    yield b"".join([*lines[:last], margin + item.encode() + end, *lines[last:]])


def propose_published(data: bytes, header: Header) -> Iterator[bytes]:
    """Yield a file without the line that makes it a draft, or with another word in it."""
    if name_form(data) == "json":
        words = {"true": "false", "false": "true"}
        yield from replace_json(data, "Status", lambda was: words.get(was, '"published"'))
        return
    lines, at = split_lines(data), header.lines["Status"]
    last = at
    while last < len(lines) and is_continued(lines[last]):
        last += 1
    yield b"".join([*lines[: at - 1], *lines[last:]])


def part_end(line: bytes) -> tuple[bytes, bytes]:
    """Return a line and what ends it."""
    end = LINE_END.search(line)
    return (line[: end.start()], end[0]) if end else (line, b"")


def replace_line(data: bytes, at: int, text: str, name: re.Pattern[bytes]) -> bytes:
    """Return a file with another text in one line of its header, in place of all that it had."""
    lines = split_lines(data)
    match = name.match(lines[at - 1])
    if not match:
        return data
    last = at
    while last < len(lines) and is_continued(lines[last]):
        last += 1
    head = match[0] if match[0][-1:] in b" \t" else match[0] + b" "
    end = part_end(lines[last - 1])[1]
    return b"".join([*lines[: at - 1], head + text.encode() + end, *lines[last:]])


def insert_line(data: bytes, header: Header, form: str, key: str, text: str) -> bytes:
    """Return a file with one line more in its header: below the others, in TOML above them."""
    lines = split_lines(data)
    if form == "toml":
        fence = next(n for n, line in enumerate(lines, 1) if line.strip())
        end = part_end(lines[fence - 1])[1] or b"\n"
        line = f"{key.lower()} = {text}".encode()
        return b"".join([*lines[:fence], line + end, *lines[fence:]])
    last = max([*header.lines.values(), *header.unused.values()], default=0)
    if not last:
        return data
    names = [PLAIN_NAME.match(lines[number - 1]) for number in header.lines.values()]
    is_small = all(match and match["name"] == match["name"].lower() for match in names)
    while last < min(header.body_line - 1, len(lines)) and is_continued(lines[last]):
        last += 1
    end = part_end(lines[last - 1])[1] or b"\n"
    above = lines[:last]
    above[-1] = part_end(above[-1])[0] + end
    line = f"{key.lower() if is_small else key}: {text}".encode()
    return b"".join([*above, line + end, *lines[last:]])


def replace_json(data: bytes, key: str, write: Callable[[str], str]) -> Iterator[bytes]:
    """Yield files with another value of each name in a header in JSON that may mean a key.

    `write` returns the new value for the one that stands there, both as JSON.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return
    for match in JSON_NAME.finditer(text):
        folded = fold_key(match["name"])
        meant = {own for own, _ in MEANINGS.get(folded, ())} | {select_key(match["name"], KIND)[0]}
        if key not in meant:
            continue
        try:
            _, end = json.JSONDecoder().raw_decode(text, match.end())
        except ValueError:
            continue
        value = write(text[match.end() : end])
        yield (text[: match.end()] + value + text[end:]).encode()


def insert_json(data: bytes, key: str, value: str) -> bytes:
    """Return a file whose header in JSON begins with one value more."""
    start = re.search(rb"\{(\s*)", data)
    if not start:
        return data
    entry = f'"{key.lower()}": {value},'.encode()
    return data[: start.end()] + entry + (start[1] or b" ") + data[start.end() :]
