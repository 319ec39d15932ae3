"""Read and change the number of comments in a post's header, and not a byte more."""

import re
from pathlib import Path

from catalogue.header.entries import Header
from catalogue.header.front_matter import read_header
from catalogue.problems import count_errors, format_count
from catalogue.text.encoding import decode_text
from commands.writing.post_files import CommandFault, check_place, format_place

STATED_COUNT = re.compile(
    rb"""(?P<before>[^:=]*[:=][ \t]*["']?)
    (?P<number>[0-9](?:[0-9,]*[0-9])?|~|\[\]|(?:true|false|yes|no|on|off|open|closed|enabled|disabled|null)\b|)""",
    re.IGNORECASE | re.VERBOSE,
)


def read_post(path: Path, content: Path) -> tuple[bytes, Header]:
    """Return a post's bytes and its header; raise CommandFault for a link, or a mistake in the header."""
    check_place(content, path)
    data = path.read_bytes()
    text, problems = decode_text(data, format_place(content, path))
    header = read_header(text, "post", path.as_posix())
    if problems or count_errors(header.problems):
        where = f"{format_place(content, path)}:{header.lines.get('Comments', 1)}"
        raise CommandFault(
            f"{where}: the post's header has a mistake. Type: python3 tasks.py check", 1
        )
    return data, header


def check_stated(header: Header, kept: int, where: str, slug: str) -> None:
    """Raise CommandFault for a post that states another number of comments than it has."""
    stated = header.values.get("Comments")
    if stated is not None and stated != kept:
        has = format_count(kept, "file") if kept else "no file yet"
        raise CommandFault(
            f"{where}: Comments: {stated:,} stands here, and comments/{slug} has {has}. Both must "
            f"agree before one more is filed. Write: Comments: {kept}",
            1,
        )


def set_count(data: bytes, header: Header, number: int | None) -> bytes:
    """Return a post's bytes with another number of comments, or with none; empty if it cannot be set."""
    values = {**header.values, "Comments": number}
    if number is None:
        del values["Comments"]
    # In quotes, YAML's ~ is a word; TOML and JSON have no such sign, but a switch says nothing either.
    for word in (number,) if number is not None else ("~", "", "false"):
        changed = change_count(data, header, word)
        again = read_header(decode_text(changed, "")[0], "post", header.path)
        is_good = not count_errors(again.problems)
        if is_good and values == again.values and header.body == again.body:
            return changed
    return b""


def change_count(data: bytes, header: Header, number: int | str) -> bytes:
    """Return a post's bytes with a number, or a word for none, in the `Comments` line.

    Such a line is added where there is none; all other bytes stay.
    """
    lines = re.findall(rb"[^\r\n]*(?:\r\n|\r|\n|$)", data)
    at = header.lines.get("Comments", 0)
    toml = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if not at and lines[toml].strip().endswith(b"+++"):
        end = re.search(rb"[\r\n]*$", lines[toml])[0]  # type: ignore[index]
        lines.insert(toml + 1, f"comments = {number}".encode() + end)
        return b"".join(lines)
    if not at:
        last = max(header.lines.values())
        while last < header.body_line - 1 and is_continued(lines[last]):
            last += 1
        end = re.search(rb"[\r\n]*$", lines[last - 1])[0] or b"\n"  # type: ignore[index]
        lines.insert(last, f"Comments: {number}".encode() + end)
        return b"".join(lines)
    if match := STATED_COUNT.match(lines[at - 1]):
        with_comma = isinstance(number, int) and b"," in match["number"]
        before, rest = match["before"], lines[at - 1][match.end("number") :]
        if rest[:1] == b"#" and before[-1:] in b" \t":  # the last blank is the remark's
            before, rest = before[:-1], before[-1:] + rest
        blank = b"" if match["number"] or before[-1:] in b" \t\"'" else b" "
        word = f"{number:,}" if with_comma else str(number)
        lines[at - 1] = before + blank + word.encode() + rest
    return b"".join(lines)


def is_continued(line: bytes) -> bool:
    """Return whether a line of a header goes on with the entry above it."""
    return bool(re.match(rb"[ \t]+\S|-(?:[ \t]|[\r\n]*$)", line))
