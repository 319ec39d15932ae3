"""Change the name of a post in the lists of posts to begin with, which topics have."""

import re
from collections.abc import Callable

from catalogue.post_names import find_post, group_post_names
from catalogue.records import Record
from commands.renaming.link_edit import LinkStays
from commands.renaming.rename_plan import Renaming
from commands.writing.header_edit import split_lines


def relink_starts(
    data: bytes, record: Record, renaming: Renaming, read: Callable[[bytes], Record]
) -> bytes:
    """Return a topic's bytes with the new name of a post in Start-here. Raises LinkStays."""
    names = group_post_names([renaming.record])
    for number, start in enumerate(record.values.get("Start-here", ())):
        if not find_post(start["post"], names):
            continue
        typed = start["post"]
        file = renaming.path.rpartition("/")[2]
        new = file if typed.endswith((".md", ".markdown")) else renaming.slug
        data = replace_start(data, start["line"], typed, new, number, read)
    return data


def replace_start(
    data: bytes, line: int, typed: str, new: str, number: int, read: Callable[[bytes], Record]
) -> bytes:
    """Return a topic's bytes with another post in one entry of Start-here. Raises LinkStays."""
    lines = split_lines(data)
    wanted = [dict(start) for start in read(data).values["Start-here"]]
    wanted[number]["post"] = new
    for match in re.finditer(re.escape(typed.encode()), lines[line - 1]):
        changed = lines[line - 1][: match.start()] + new.encode() + lines[line - 1][match.end() :]
        again = b"".join([*lines[: line - 1], changed, *lines[line:]])
        if read(again).values.get("Start-here") == wanted:
            return again
    raise LinkStays(line)
