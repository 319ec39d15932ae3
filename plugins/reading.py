"""Read the files of the content folder: those that have changed, and of the rest what was kept."""

import dataclasses
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from plugins.bodies import BodyReader
from plugins.files import SourceFile
from plugins.images import check_image
from plugins.problems import Problem
from plugins.records import Record, read_record
from plugins.store import Store


class SourceReader:
    """Read files of the content folder, those that have not changed from the store."""

    def __init__(self, content: Path, store: Store) -> None:
        """Prepare to read; the Markdown parser waits until there is something for it."""
        self.content = content
        self.store = store
        self.parser: BodyReader | None = None

    def read_text(self, source: SourceFile) -> Record:
        """Read a text into its record; a file that cannot be opened is a problem."""

        def read(data: bytes) -> tuple[dict[str, Any], str]:
            self.parser = self.parser or BodyReader()
            facts = read_record(source.path, source.kind, data, self.parser).to_data()
            return facts, facts.pop("html")

        facts, html = self.read(source, read)
        try:
            return Record.from_data({**facts, "html": html})
        except (KeyError, TypeError):  # kept by something else than this code
            self.store.drop(source.path)
            facts, html = self.read(source, read)
            return Record.from_data({**facts, "html": html})

    def read_picture(self, source: SourceFile) -> list[Problem]:
        """Judge a picture."""

        def read(_: bytes) -> tuple[dict[str, Any], str]:
            found = check_image(self.content / source.path, source.path)
            return {"problems": [dataclasses.asdict(problem) for problem in found]}, ""

        facts, _ = self.read(source, read)
        return [Problem(**problem) for problem in facts["problems"]]

    def read(
        self, source: SourceFile, read: Callable[[bytes], tuple[dict[str, Any], str]]
    ) -> tuple[dict[str, Any], str]:
        """Give the facts and the body of a file: kept ones, or what `read` makes of its bytes."""
        path, stamp = source.path, source.stamp
        if kept := self.store.find(path, stamp, source.changed_ns):
            return dict(kept), ""
        try:
            data = (self.content / path).read_bytes()
        except OSError:
            text = "The file cannot be opened. Look whether it is there and you may read it."
            problem = dataclasses.asdict(Problem(path, 0, "error", text))
            return {"path": path, "kind": source.kind, "links": [], "problems": [problem]}, ""
        digest = hashlib.sha256(data).hexdigest()
        if same := self.store.find_same(path, stamp, digest):
            return dict(same), ""
        facts, body = read(data)
        self.store.keep(path, stamp, digest, facts, body)
        return facts, body
