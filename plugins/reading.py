"""Read the files of the content folder: of unchanged ones what was kept, the others side by side.

Reading is pure work of the processor, a file's result depends on nothing but the file, and results
are plain data. So the files are dealt out to one process a core where processes can be forked.
"""

import contextlib
import dataclasses
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from plugins.bodies import BodyReader
from plugins.comment_bodies import CommentReader
from plugins.files import SourceFile
from plugins.images import check_image
from plugins.problems import Problem
from plugins.records import Record, read_record
from plugins.store import Store

KINDS = frozenset("post page topic comment image".split())
FEW = 40  # files that one process reads before another would have started

Facts = dict[str, Any]


class Parser:
    """Make facts of files; the Markdown parser is built once, when the first text needs it."""

    def __init__(self, content: Path) -> None:
        """Prepare to read files below a content folder."""
        self.content = content
        self.bodies: BodyReader | None = None
        self.comments: CommentReader | None = None

    def parse(self, source: SourceFile) -> tuple[str, Facts, str]:
        """Give a file's digest, its facts and its body; one that cannot be opened is a problem."""
        try:
            data = (self.content / source.path).read_bytes()
        except OSError:
            text = "The file cannot be opened. Look whether it is there and you may read it."
            record = Record(
                source.path, source.kind, problems=[Problem(source.path, 0, "error", text)]
            )
            return "", record.to_data(), ""
        if source.kind == "image":
            found = check_image(self.content / source.path, source.path)
            facts: Facts = {"problems": [dataclasses.asdict(problem) for problem in found]}
        elif source.kind == "comment":
            self.comments = self.comments or CommentReader()
            facts = read_record(source.path, source.kind, data, self.comments).to_data()
        else:
            self.bodies = self.bodies or BodyReader()
            facts = read_record(source.path, source.kind, data, self.bodies).to_data()
        return hashlib.sha256(data).hexdigest(), facts, facts.pop("html", "")


def read_sources(
    content: Path, sources: Sequence[SourceFile], store: Store
) -> tuple[dict[str, Record], dict[str, list[Problem]]]:
    """Read all texts into records, and judge all pictures; both by path, in order of the sources.

    The records of unchanged texts come without their bodies.
    """
    records: dict[str, Record] = {}
    pictures: dict[str, list[Problem]] = {}
    changed: list[SourceFile] = []
    wanted = [source for source in sources if source.kind in KINDS]
    for source in wanted:
        try:
            kept = find_kept(content, source, store)
            if kept is None:
                changed.append(source)
            else:
                take(source, kept, "", records, pictures)
        except (KeyError, TypeError):  # kept by something else than this code
            changed.append(source)
    for source, (digest, facts, body) in zip(changed, parse_all(content, changed), strict=True):
        if digest:
            store.keep(source.path, source.stamp, digest, facts, body)
        take(source, facts, body, records, pictures)
    store.forget(source.path for source in wanted)
    return {s.path: records[s.path] for s in wanted if s.path in records}, pictures


def find_kept(content: Path, source: SourceFile, store: Store) -> Facts | None:
    """Give what is kept of a file that has not changed: by its stamp, or else by its bytes."""
    kept = store.find(source.path, source.stamp, source.changed_ns)
    if kept is None and store.has(source.path):
        with contextlib.suppress(OSError):
            digest = hashlib.sha256((content / source.path).read_bytes()).hexdigest()
            kept = store.find_same(source.path, source.stamp, digest)
    return None if kept is None else dict(kept)


def take(
    source: SourceFile,
    facts: Facts,
    body: str,
    records: dict[str, Record],
    pictures: dict[str, list[Problem]],
) -> None:
    """Make a record of a text's facts, or problems of a picture's."""
    if source.kind == "image":
        pictures[source.path] = [Problem(**problem) for problem in facts["problems"]]
    else:
        records[source.path] = Record.from_data({**facts, "html": body})


def parse_all(content: Path, sources: Sequence[SourceFile]) -> Iterator[tuple[str, Facts, str]]:
    """Parse files in order of the list, side by side if they are many and forking is to be had."""
    count = min(os.cpu_count() or 1, len(sources) // FEW)
    if count < 2 or sys.platform in ("win32", "darwin"):
        parser = Parser(content)
        return map(parser.parse, sources)
    parts = [sources[number::count] for number in range(count)]
    with contextlib.ExitStack() as stack:
        files = [stack.enter_context(tempfile.TemporaryFile()) for _ in parts[1:]]
        children = [
            fork_parser(content, part, file) for part, file in zip(parts[1:], files, strict=True)
        ]
        done = [list(map(Parser(content).parse, parts[0]))]
        for child, part, file in zip(children, parts[1:], files, strict=True):
            done.append(collect(child, file) or list(map(Parser(content).parse, part)))
    return (done[number % count][number // count] for number in range(len(sources)))


def fork_parser(content: Path, sources: Sequence[SourceFile], file: IO[bytes]) -> int:
    """Start a process that parses files into a temporary file, as lines of JSON; give its id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        parser = Parser(content)
        for source in sources:
            file.write(json.dumps(parser.parse(source)).encode() + b"\n")
        file.flush()
        code = 0
    finally:
        os._exit(code)  # nothing of the parent's is to be closed or cleaned up in here


def collect(child: int, file: IO[bytes]) -> list[tuple[str, Facts, str]]:
    """Wait for a process and read what it has parsed; nothing if it did not come to its end."""
    _, status = os.waitpid(child, 0)
    file.seek(0)
    if status:
        return []
    return [(digest, facts, body) for digest, facts, body in map(json.loads, file)]
