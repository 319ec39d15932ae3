"""Files are read once each, side by side or not, with the same result."""

import os

import pytest

from catalogue import file_reader
from catalogue.file_reader import FileReader
from catalogue.folder.walk import list_files
from catalogue.problems import Refused
from catalogue.read_all import load_body, read_sources
from catalogue.reading_cache import BodyLoader, ReadingCache
from catalogue.workers import PIECES_A_PROCESS


@pytest.fixture
def content(tmp_path):
    (tmp_path / "posts").mkdir()
    for number in range(3 * PIECES_A_PROCESS):
        text = f"Title: Post {number}\nDate: 2024-05-01\n\nText *{number}*.\n"
        (tmp_path / f"posts/{number:03}.md").write_text(text)
    return tmp_path


def read_all(content):
    """Read all files with nothing kept."""
    records, _ = read_sources(content, list_files(content)[0], ReadingCache(None, content))
    return {path: record.to_data() for path, record in records.items()}


def test_two_processes_read_what_one_reads_in_the_same_order(content, monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    together = read_all(content)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    alone = read_all(content)
    assert [*together.items()] == [*alone.items()]
    assert [each["title"] for each in alone.values()] == [
        f"Post {n}" for n in range(3 * PIECES_A_PROCESS)
    ]


def test_a_warm_run_parses_the_one_file_that_has_changed(content, monkeypatch, tmp_path_factory):
    """Counts, not seconds: nothing but the changed file is parsed, and one parser is built."""
    file = tmp_path_factory.mktemp("cache") / "readings.sqlite3"
    for path in (content / "posts").iterdir():
        os.utime(path, (1, 1))
    cache = ReadingCache(file, content)
    cold, _ = read_sources(content, list_files(content)[0], cache)
    # What has just been made could change within the same tick of the clock; an hour later not.
    cache.new = {path: (row[0], row[1] + 3600 * 10**9, *row[2:]) for path, row in cache.new.items()}
    cache.save()
    (content / "posts/007.md").write_text("Title: New\nDate: 2024-05-01\n\nOther.\n")
    parsed, parse = [], FileReader.read
    monkeypatch.setattr(
        FileReader,
        "read",
        lambda self, source: parsed.append(source.path) or parse(self, source),
    )
    warm, _ = read_sources(content, list_files(content)[0], ReadingCache(file, content))
    assert parsed == ["posts/007.md"]
    assert warm["posts/007.md"].title == "New"
    assert list(warm) == list(cold)
    assert all(warm[path].words == cold[path].words for path in warm if path != "posts/007.md")


def test_a_cold_run_builds_one_parser_in_each_process(content, monkeypatch):
    built, make = [], file_reader.MarkdownReader
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.setattr(file_reader, "MarkdownReader", lambda: built.append(1) or make())
    read_all(content)
    assert built == [1]


def test_a_file_that_vanishes_before_it_is_opened_is_a_problem(content):
    sources, _ = list_files(content)
    (content / "posts/003.md").unlink()
    records, _ = read_sources(content, sources, ReadingCache(None, content))
    assert [problem.path for r in records.values() for problem in r.problems] == ["posts/003.md"]


def test_what_is_wrong_with_a_text_is_kept_and_told_again(tmp_path, monkeypatch, tmp_path_factory):
    (tmp_path / "posts").mkdir()
    path = tmp_path / "posts/a.md"
    path.write_text("Title: A\nDate: 2024-05-01\n\n<script>x</script>\n")
    os.utime(path, (1, 1))
    file = tmp_path_factory.mktemp("cache") / "readings.sqlite3"
    found = []
    for _ in range(2):
        cache = ReadingCache(file, tmp_path)
        records, _ = read_sources(tmp_path, list_files(tmp_path)[0], cache)
        cache.save()
        found.append(records["posts/a.md"].problems)
        monkeypatch.setattr(file_reader, "read_whole", None)
    assert found[0] == found[1] != []


def test_a_text_that_was_changed_since_is_not_loaded_from_its_file(tmp_path):
    (tmp_path / "posts").mkdir()
    path = tmp_path / "posts/a.md"
    path.write_text("Title: A\nDate: 2024-05-01\n\nWords.\n")
    records, _ = read_sources(tmp_path, list_files(tmp_path)[0], ReadingCache(None, tmp_path))
    assert load_body(records["posts/a.md"], tmp_path, BodyLoader(None, tmp_path)) == "<p>Words.</p>"
    path.write_text("Title: A\nDate: 2024-05-01\n\nMore words.\n")
    with pytest.raises(Refused, match=r"posts/a\.md was changed while the site was built\."):
        load_body(records["posts/a.md"], tmp_path, BodyLoader(None, tmp_path))
