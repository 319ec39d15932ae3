"""Judge a handful of texts in memory as a build does, against the ledger of what was published before."""

import hashlib
import re
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

from catalogue.address_ledger import parse_address_ledger
from catalogue.folder.layout import select_kind
from catalogue.folder.media import Media
from catalogue.judging import View, judge_records
from catalogue.ledger_update import make_ledger
from catalogue.problems import count_errors
from catalogue.record_reader import read_record
from catalogue.rules.published_addresses import judge_published
from catalogue.text.comment_reader import CommentReader
from catalogue.text.markdown_reader import MarkdownReader

NOW = datetime(2030, 1, 1, tzinfo=UTC)
READER = cache(MarkdownReader)
COMMENT_READER = cache(CommentReader)


@cache
def read(path, text):
    kind, data = select_kind(path), text.encode()
    reader = COMMENT_READER() if kind == "comment" else READER()
    record = read_record(path, kind, data, reader)
    record.digest = hashlib.sha256(data).hexdigest()
    return record


def judge(files, ledger=b"", preview=False):
    """Return the catalogue of {path: text or bytes} and what is wrong, with a ledger of bytes."""
    records = {path: read(path, files[path]) for path in sorted(files) if path.endswith(".md")}
    media = {
        path: Media(hashlib.sha256(files[path].encode()).hexdigest(), [])
        for path in sorted(files)
        if path not in records
    }
    known = parse_address_ledger(ledger)
    view = View(ZoneInfo("UTC"), NOW, 10, preview, ledger=known, authority="example.org")
    catalogue = judge_records(records, media, [], view)
    return catalogue, [*catalogue.problems, *judge_published(catalogue, known)]


def publish(files, ledger=b""):
    """Return the ledger after a publishing of files that nothing is wrong with."""
    catalogue, problems = judge(files, ledger)
    assert not count_errors(problems), problems
    return make_ledger(catalogue, parse_address_ledger(ledger))


def tell(files, ledger, levels=("error", "warning")):
    """Return what is said of the ledger: each line with its sentence."""
    _, problems = judge(files, ledger)
    told = [each for each in problems if each.path == "addresses.txt" and each.level in levels]
    return [(each.line, each.text) for each in told]


def follow(files, ledger):
    """Do what the ledger's errors offer, until there are none; return the files and the ledger."""
    for _ in range(20):
        found = tell(files, ledger, ["error"])
        if not found:
            return files, ledger
        line, text = found[0]
        offered = re.findall("`([^`]+)`", text)
        if there := re.search(r"now in (\S+): add (there|it)", text):
            path, key_line = there[1], offered[0]
            if there[2] == "it":
                key = re.search(r"to the (\S+) in line", text)[1]
                files = {**files, path: files[path].replace(f"{key}: ", f"{key}: {key_line}, ")}
            else:
                files = {**files, path: files[path].replace("\n\n", f"\n{key_line}\n\n", 1)}
        elif anchor := re.search(r"`(<a id=[^`]+)`", text):
            (path,) = re.findall(r"in (\S+?)[:,]", text)
            files = {**files, path: f"{files[path]}\n{anchor[1]}Here.\n"}
        else:
            lines = ledger.decode().split("\n")
            is_marked = text.endswith("write `Gone:` before it in this line.")
            lines[line - 1] = f"Gone: {lines[line - 1]}" if is_marked else offered[-1]
            ledger = "\n".join(lines).encode()
    raise AssertionError(found)
