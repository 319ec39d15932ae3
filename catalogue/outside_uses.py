"""Find the addresses outside of the folder that a text links to, and the lines in which they stand."""

import re
from pathlib import Path
from urllib.parse import unquote

from catalogue.folder.regular_files import read_whole
from catalogue.records import Record
from catalogue.text.outside_links import find_outside

END = r"(?![\w/%&=?@~-])"  # after which an address does not go on
MOST_TEXT_BYTES = 100_000_000  # no text that was read is larger


def list_links(record: Record) -> list[str]:
    """Return all outside addresses on the page of a text; of a comment, that of its writer's site too."""
    own = find_outside(record.values.get("Url", "")) if record.kind == "comment" else ""
    return [*record.outside, *([own] if own else [])]


def find_line(content: Path, path: str, url: str) -> int:
    """Return the first line of a text in which an address stands, in one form or another; 0 for none."""
    try:
        lines = read_whole(content / path, MOST_TEXT_BYTES).decode("utf-8", "replace").splitlines()
    except OSError:
        return 0
    bare = url.partition("://")[2]
    for form in (url, url.replace("&", "&amp;"), unquote(url), bare, unquote(bare)):
        for whole in (re.compile(re.escape(form) + END), re.compile(re.escape(form))):
            for number, line in enumerate(lines, 1):
                if whole.search(line):
                    return number
    return 0
