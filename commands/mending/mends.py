"""Find the mends that have one right answer, each in one line of one file.

These are a misspelt header key, a number of comments below that of the files, and a link that is spelt
with other capitals than its file, or by a name that the file had. A mend is taken only if the file that
is read afterwards has lost the problem and has no more of them than before.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from catalogue.header.schema import fold_key, select_key
from catalogue.header.unknown_keys import list_near_keys
from catalogue.problems import Problem, count_errors
from catalogue.records import Record
from catalogue.rules.link_mends import find_right_address
from catalogue.rules.link_targets import LinkTargets
from commands.comments.comment_count import set_count
from commands.renaming.link_edit import change_link, list_changes
from commands.writing.header_edit import read_bytes, split_lines

# A name in a line of a header, of whatever form: with a colon or an equals sign after it.
NAME = re.compile(rb"""(?P<name>[^\W\d](?:[\w .-]*[\w])?)(?=["']?[ \t]*[:=])""")


@dataclass(frozen=True)
class Mend:
    """One line of a file as it is, and as it should be."""

    path: str
    line: int
    before: bytes
    after: bytes

    def apply(self, data: bytes) -> bytes:
        """Return a file's bytes with the line as it should be, or as they are if it has changed."""
        lines = split_lines(data)
        if self.line <= len(lines) and lines[self.line - 1] == self.before:
            lines[self.line - 1] = self.after
        return b"".join(lines)


def list_steps(path: str, before: bytes, after: bytes) -> Iterator[Mend]:
    """Yield what has changed between two states of a file that have as many lines."""
    pairs = zip_longest(split_lines(before), split_lines(after), fillvalue=b"")
    for number, (old, new) in enumerate(pairs, 1):
        if old != new:
            yield Mend(path, number, old, new)


def find_mends(
    record: Record,
    data: bytes,
    number: int,
    targets: LinkTargets,
    read: Callable[[bytes], Record],
) -> list[Mend]:
    """Return the mends of one text, each to be made after those before it.

    `data` are its bytes, `number` is that of the files with comments on it, and `read` returns the
    record of such bytes.
    """
    mends: list[Mend] = []
    steps: list[Callable[[bytes], Iterable[bytes]]] = [
        lambda now: mend_keys(now, record.kind, record.path),
        lambda now: mend_count(now, record, number),
        lambda now: mend_links(now, record, targets, read),
    ]
    for step in steps:
        for changed in step(data):
            mends += list_steps(record.path, data, changed)
            data = changed
    return mends


def mend_keys(data: bytes, kind: str, path: str) -> Iterator[bytes]:
    """Yield the states of a file, each with one misspelt key of its header more put right."""
    for found in sorted(read_bytes(data, kind, path).problems):
        changed = mend_key(data, kind, found)
        if changed:
            yield changed
            data = changed


def mend_key(data: bytes, kind: str, problem: Problem) -> bytes:
    """Return a file with the key put right that a problem of its header is about; empty for none."""
    lines = split_lines(data)
    before = read_bytes(data, kind, problem.path)
    at = problem.line - 1
    if problem not in before.problems or not 0 <= at < len(lines):
        return b""
    for match in NAME.finditer(lines[at]):
        typed = match["name"].decode("utf-8", "replace")
        key, is_guess = select_key(typed, kind)
        near = [key] * is_guess if key else list_near_keys(fold_key(typed), kind)
        if len(near) != 1 or (not key and near[0] in before.lines):
            continue
        right = near[0]
        word = right.lower() if typed == typed.lower() else right
        line = lines[at][: match.start()] + word.encode() + lines[at][match.end() :]
        changed = b"".join([*lines[:at], line, *lines[at + 1 :]])
        after = read_bytes(changed, kind, problem.path)
        if is_better(before.problems, after.problems, problem) and before.body == after.body:
            return changed
    return b""


def is_better(before: Iterable[Problem], after: Iterable[Problem], problem: Problem) -> bool:
    """Return whether a problem has gone, and has not brought more errors than it took away."""
    return problem not in after and count_errors(after) <= count_errors(before)


def mend_count(data: bytes, record: Record, number: int) -> Iterator[bytes]:
    """Yield a post with the number of its comments, if more have been filed than it says.

    If fewer are there, some may be missing, which no rule can know.
    """
    stated = record.values.get("Comments")
    if record.kind != "post" or stated is None or not number or stated >= number:
        return
    if changed := set_count(data, read_bytes(data, "post", record.path), number):
        yield changed


def mend_links(
    data: bytes, record: Record, targets: LinkTargets, read: Callable[[bytes], Record]
) -> Iterator[bytes]:
    """Yield the states of a file, each with one link more put right whose address is sure."""

    def find_url(number: int) -> str:
        return find_right_address(record.links[number], record.path, targets)

    for change in list_changes(record.links, find_url):
        if read(data).links[change.number].url == change.url:
            continue  # it shares its typed address with one before
        if changed := change_link(data, read, change):
            yield changed
            data = changed
