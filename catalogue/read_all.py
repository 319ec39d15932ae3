"""Read the files of the content folder: of unchanged ones what was kept, the others side by side.

Reading is pure work of the processor, a file's result depends on nothing but the file, and results
are plain data. So the files are dealt out to one process a core where processes can be forked.
"""

import contextlib
import dataclasses
import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from catalogue.folder.media import Media, find_limit, read_media
from catalogue.folder.regular_files import digest_file, read_whole
from catalogue.folder.walk import SourceFile
from catalogue.problems import Problem, Refused, count_errors
from catalogue.reading_cache import Shelf, Store
from catalogue.records import Record, read_record
from catalogue.text.comment_reader import CommentReader
from catalogue.text.markdown_reader import BodyReader
from catalogue.workers import share_work

TEXTS = frozenset("post page topic comment".split())

Facts = dict[str, Any]
Reading = tuple[str, Facts, str]  # the file's digest, what it says, its HTML


class Parser:
    """Make facts of files; the Markdown parser is built once, when the first text needs it."""

    def __init__(self, content: Path) -> None:
        """Prepare to read files below a content folder."""
        self.content = content
        self.bodies: BodyReader | None = None
        self.comments: CommentReader | None = None

    def parse(self, source: SourceFile) -> Reading:
        """Give a file's digest, its facts and its body; one that cannot be opened is a problem."""
        path, kind = source.path, source.kind
        if kind not in TEXTS:
            media = read_media(self.content, path, kind)
            return media.digest, dataclasses.asdict(media), ""
        try:
            data = read_whole(self.content / path, find_limit(kind))
        except OSError:
            text = "The file cannot be opened. Look whether it is there and you may read it."
            record = Record(path, kind, problems=[Problem(path, 0, "error", text)])
            return "", record.to_data(), ""
        digest = hashlib.sha256(data).hexdigest()
        record = read_record(path, kind, data, self.find_reader(kind))
        return digest, record.to_data(), record.html

    def find_reader(self, kind: str) -> BodyReader | CommentReader:
        """Give the reader for the bodies of a kind of text."""
        if kind == "comment":
            self.comments = self.comments or CommentReader()
            return self.comments
        self.bodies = self.bodies or BodyReader()
        return self.bodies


def make_parser(content: Path) -> Callable[[SourceFile], Reading]:
    """Give the function that makes facts of the files below a content folder."""
    return Parser(content).parse


def read_sources(
    content: Path, sources: Sequence[SourceFile], store: Store
) -> tuple[dict[str, Record], dict[str, Media]]:
    """Read all texts into records, and judge all other files; both by path, in order of the sources.

    The records of unchanged texts come without their bodies, which the store loads when asked to.
    """
    records: dict[str, Record] = {}
    media: dict[str, Media] = {}
    changed: list[SourceFile] = []
    for source in sources:
        try:
            kept = find_kept(content, source, store)
            if kept is None:
                changed.append(source)
            else:
                take(source, *kept, None, records, media)
        except (KeyError, TypeError):  # kept by something else than this code
            changed.append(source)
    parsed = share_work(partial(make_parser, content), changed)
    for source, (digest, facts, body) in zip(changed, parsed, strict=True):
        take(source, digest, facts, body, records, media)
        # A text with an error is read again each time: a busy machine may have made it too slow.
        if digest and not (source.path in records and count_errors(records[source.path].problems)):
            store.keep(source.path, source.stamp, digest, facts, body)
    store.forget(source.path for source in sources)
    return {s.path: records[s.path] for s in sources if s.path in records}, media


def find_kept(content: Path, source: SourceFile, store: Store) -> tuple[str, Facts] | None:
    """Give what is kept of a file that has not changed: by its stamp, or else by its bytes."""
    kept = store.find(source.path, source.stamp, source.changed_ns)
    if kept is None and store.has(source.path):
        with contextlib.suppress(OSError):
            digest = digest_file(content / source.path, find_limit(source.kind))
            kept = store.find_same(source.path, source.stamp, digest)
    return kept


def take(
    source: SourceFile,
    digest: str,
    facts: Facts,
    body: str | None,
    records: dict[str, Record],
    media: dict[str, Media],
) -> None:
    """Make a record of a text's facts, or keep what is known of another file."""
    if source.kind in TEXTS:
        records[source.path] = Record.from_data(facts, digest, body)
    else:
        problems = [Problem(**problem) for problem in facts["problems"]]
        media[source.path] = Media(**(facts | {"problems": problems}))


def load_body(record: Record, content: Path, shelf: Shelf) -> str:
    """Give the HTML of a text that was not read in this run, because its file has not changed.

    Raises Refused if it has changed since, or cannot be read in time now, and the store does not have
    the body any more either.
    """
    body = shelf.find_body(record.path, record.digest)
    if body is None:
        digest, facts, body = Parser(content).parse(SourceFile(record.path, record.kind))
        if digest != record.digest:
            raise Refused(f"{record.path} was changed while the site was built. Build again.")
        if count_errors(Record.from_data(facts, digest, body).problems):  # there was none before
            raise Refused(f"{record.path} could not be read in time. Build again.")
    return body
