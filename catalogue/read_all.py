"""Read the files of the content folder: unchanged ones from the cache, the others side by side.

Reading is pure work of the processor, a file's result depends on nothing but the file and the site's
language, and results are plain data. So the files are dealt out to one process a core where processes
can be forked.
"""

import contextlib
from collections.abc import Sequence
from pathlib import Path

from catalogue.file_reader import TEXT_KINDS, FileReader
from catalogue.folder.media import Media, find_limit
from catalogue.folder.regular_files import digest_file
from catalogue.folder.walk import SourceFile
from catalogue.known_versions import describe_unknown_versions
from catalogue.problems import Problem, Refused
from catalogue.reading_cache import BodyLoader, Facts, ReadingCache
from catalogue.records import Record
from catalogue.workers import share_work


def read_sources(
    content: Path, sources: Sequence[SourceFile], cache: ReadingCache
) -> tuple[dict[str, Record], dict[str, Media]]:
    """Return the records of all texts, and what is known of all other files, both by path.

    They are in order of the sources. The records of unchanged texts come without their bodies, which
    are loaded from the cache when asked for.
    """
    records: dict[str, Record] = {}
    media: dict[str, Media] = {}
    changed: list[SourceFile] = []
    for source in sources:
        try:
            cached = find_cached(content, source, cache)
            if cached is None:
                changed.append(source)
            else:
                add_reading(source, *cached, None, records, media)
        except (KeyError, TypeError):  # written by something else than this code
            changed.append(source)
    reader = FileReader(content, cache.language)
    for kind in TEXT_KINDS & {source.kind for source in changed}:
        reader.find_reader(kind)  # now, so that all processes have it
    read = share_work(lambda: reader.read, changed)
    for source, (digest, facts, body) in zip(changed, read, strict=True):
        add_reading(source, digest, facts, body, records, media)
        if digest:
            cache.add(source.path, source.stamp, digest, facts, body)
    if any(source.path in records for source in changed):
        cache.notice = "\n".join(filter(None, (cache.notice, describe_unknown_versions())))
    cache.drop_all_but(source.path for source in sources)
    return {s.path: records[s.path] for s in sources if s.path in records}, media


def find_cached(content: Path, source: SourceFile, cache: ReadingCache) -> tuple[str, Facts] | None:
    """Return what is cached of a file that has not changed: by its stamp, or else by its bytes."""
    cached = cache.find(source.path, source.stamp, source.changed_ns)
    if cached is None and cache.has(source.path):
        with contextlib.suppress(OSError):
            digest = digest_file(content / source.path, find_limit(source.kind))
            cached = cache.find_same(source.path, source.stamp, digest)
    return cached


def add_reading(
    source: SourceFile,
    digest: str,
    facts: Facts,
    body: str | None,
    records: dict[str, Record],
    media: dict[str, Media],
) -> None:
    """Add a text's record to the records, or what is known of another file to the media."""
    if source.kind in TEXT_KINDS:
        records[source.path] = Record.from_data(facts, digest, body)
    else:
        problems = [Problem(**problem) for problem in facts["problems"]]
        media[source.path] = Media(**(facts | {"problems": problems}))


def load_body(record: Record, content: Path, loader: BodyLoader) -> str:
    """Return the HTML of a text that was not read in this run, because its file has not changed.

    Raises Refused if it has changed since, and the cache does not have the body any more either.
    """
    body = loader.find_body(record.path, record.digest)
    if body is None:
        reader = FileReader(content, loader.language)
        digest, _, body = reader.read(SourceFile(record.path, record.kind))
        if digest != record.digest:
            raise Refused(f"{record.path} was changed while the site was built. Build again.")
    return body
