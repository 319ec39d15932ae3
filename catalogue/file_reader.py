"""Read one file of the content folder into plain data, which another process can hand over."""

import dataclasses
import hashlib
from pathlib import Path
from typing import Any

from catalogue.folder.media import GONE, find_limit, read_media
from catalogue.folder.regular_files import read_whole
from catalogue.folder.walk import SourceFile
from catalogue.problems import Problem
from catalogue.record_reader import read_record
from catalogue.records import Record
from catalogue.text.comment_reader import CommentReader
from catalogue.text.markdown_reader import MarkdownReader

TEXT_KINDS = frozenset("post page topic comment".split())

Reading = tuple[str, dict[str, Any], str]  # the file's digest, what it says, its HTML


class FileReader:
    """A reader of files below a content folder.

    A Markdown parser is costly to build, and is built once, when the first text needs it.
    """

    def __init__(self, content: Path, language: str = "en") -> None:
        """Read texts in the site's language, a tag of BCP 47, but where a header names another."""
        self.content, self.language = content, language
        self.markdown: MarkdownReader | None = None
        self.comments: CommentReader | None = None

    def read(self, source: SourceFile) -> Reading:
        """Return a file's digest, its facts and its body; one that cannot be opened is a problem."""
        path, kind = source.path, source.kind
        if kind not in TEXT_KINDS:
            media = read_media(self.content, path, kind)
            return media.digest, dataclasses.asdict(media), ""
        try:
            data = read_whole(self.content / path, find_limit(kind))
        except OSError:
            record = Record(path, kind, problems=[Problem(path, 0, "error", GONE)])
            return "", record.to_data(), ""
        digest = hashlib.sha256(data).hexdigest()
        record = read_record(path, kind, data, self.find_reader(kind), self.language)
        return digest, record.to_data(), record.html

    def find_reader(self, kind: str) -> MarkdownReader | CommentReader:
        """Return the reader for the bodies of a kind of text."""
        if kind == "comment":
            self.comments = self.comments or CommentReader()
            return self.comments
        self.markdown = self.markdown or MarkdownReader()
        return self.markdown
