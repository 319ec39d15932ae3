"""Keep what was read of a content folder in memory, and read again what has changed since."""

import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from catalogue.file_reader import FileReader
from catalogue.folder.layout import LITTER
from catalogue.folder.media import Media
from catalogue.folder.walk import SourceFile, list_files
from catalogue.problems import Problem
from catalogue.read_all import add_reading, load_body, read_sources
from catalogue.reading_cache import RACY_NS, BodyLoader, ReadingCache
from catalogue.records import Record

MANY = 100  # so many changed files are read side by side


class Readings(NamedTuple):
    """What was read of a folder: its texts and its other files, by path, and what is wrong with names."""

    records: dict[str, Record]
    media: dict[str, Media]
    problems: list[Problem]


class FolderMemory:
    """The readings of one content folder, for a program that reads it again and again."""

    def __init__(self, content: Path, cache_file: Path | None, language: str = "en") -> None:
        """Begin with nothing read; `cache_file` and `language` as in `read_catalogue`."""
        self.content, self.cache_file, self.language = content, cache_file, language
        self.reader = FileReader(content, language)
        self.load = partial(
            load_body, content=content, loader=BodyLoader(cache_file, content, language)
        )
        # Of each file its stamp, and whether it may have been changed again with the same one.
        self.stamps: dict[str, tuple[str, bool]] = {}
        self.records: dict[str, Record] = {}
        self.media: dict[str, Media] = {}

    def read(self) -> Readings:
        """Return the readings of all files as they are now; those of unchanged ones are kept."""
        sources, problems = list_files(self.content)
        changed = [each for each in sources if self.stamps.get(each.path) != (each.stamp, False)]
        began_ns = time.time_ns()
        if not self.stamps or len(changed) >= MANY:
            self.read_many(changed)
        else:
            for source in changed:
                self.read_one(source)
        for source in changed:
            is_racy = source.changed_ns + RACY_NS >= began_ns
            self.stamps[source.path] = source.stamp, is_racy
        paths = [source.path for source in sources]
        for gone in self.stamps.keys() - set(paths):
            del self.stamps[gone]
        records = {path: self.records[path] for path in paths if path in self.records}
        media = {path: self.media[path] for path in paths if path in self.media}
        self.records, self.media = records, media
        return Readings(dict(records), dict(media), problems)

    def read_many(self, sources: Sequence[SourceFile]) -> None:
        """Read many files with the help of the cache and of all processors."""
        cache = ReadingCache(self.cache_file, self.content, self.language)
        records, media = read_sources(self.content, sources, cache)
        if not self.stamps:  # else the cache would forget all other files
            cache.save()
        for record in records.values():
            record.load = self.load
        for source in sources:
            self.forget(source.path)
        self.records |= records
        self.media |= media

    def read_one(self, source: SourceFile) -> None:
        """Read one file; what is the same as before stays the very same object."""
        digest, facts, body = self.reader.read(source)
        known = self.records.get(source.path) or self.media.get(source.path)
        if known and digest and known.digest == digest:
            return
        self.forget(source.path)
        add_reading(source, digest, facts, body, self.records, self.media)

    def is_nothing(self, path: str) -> bool:
        """Return whether a path is not the author's: an editor's own, or gone before it was read."""
        name = path.rpartition("/")[2]
        if LITTER.fullmatch(name):
            return True
        return path not in self.stamps and not (self.content / path).exists()

    def read_text(self, path: str, kind: str) -> Record:
        """Return the record of a text as its file is now; nothing is kept of it."""
        digest, facts, body = self.reader.read(SourceFile(path, kind))
        return Record.from_data(facts, digest, body)

    def forget(self, path: str) -> None:
        """Forget what was read of a file."""
        self.records.pop(path, None)
        self.media.pop(path, None)
