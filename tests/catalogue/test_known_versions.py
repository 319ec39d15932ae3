"""With another version of a library texts become the same pages, and a line says that it takes longer."""

import subprocess
import sys

import pytest

from benchmarks.corpus import make_corpus, write_own
from catalogue import known_versions
from catalogue.folder.walk import list_files
from catalogue.known_versions import KNOWN_VERSIONS, are_known, describe_unknown_versions
from catalogue.read_all import read_sources
from catalogue.reading_cache import ReadingCache
from catalogue.text import typography
from catalogue.text.comment_reader import CommentReader
from catalogue.text.markdown_reader import MarkdownReader
from tests.conftest import PROJECT, write_files

TEXTS = [
    "# One *two* & \"three\"\n\n## One\n\nA [word][a] ![b][a] x[^1] ALA, U.S. -- 'so'...",
    '<a name="foo"></a>\n\n## Foo\n\n## Foo\n\n## Main\n\n<b id="foo_2">x</b>',
    "Term\n: What it means\n\nb | c\n--|--\n1 | 2\n\n> - a\n> - b\n>\n>     c",
    "```\n<b> \\* &\n```\n\n    ~~~\n\n1. a\n2. b\n\n*[ALA]: American Library Association\n\nALA",
    "*a **b** c* __d_e__ \\_f\\_ [Smith] [Jones]\n\n[Jones]: https://j.example 'J'",
    '<div title=\'a > b\'>\n"x"\n</div>\n\n<p>y <!-- z --> & <kbd>"w"</kbd>',
    '[x](<a b.md> "t") [y](b.md) <https://e.example> e@x.example  \nz &copy; &#38; ½',
    "Text[^1]\n\n[^1]: A *note*\n\n    more of it\n\n[a]: /url\n\n[a]\n===\n",
]


@pytest.fixture
def unknown(monkeypatch):
    """Be told that another version of each library is installed."""
    closed = dict.fromkeys(KNOWN_VERSIONS, frozenset(["0"]))
    monkeypatch.setattr(known_versions, "KNOWN_VERSIONS", closed)


@pytest.mark.parametrize("make", [MarkdownReader, CommentReader])
def test_texts_become_the_same_with_another_version(make, unknown, monkeypatch):
    plain = make()
    monkeypatch.undo()
    fast = make()
    assert type(plain.parser.treeprocessors["inline"]).__module__ == "markdown.treeprocessors"
    texts = [*TEXTS, *(post.body for post in make_corpus(20, 10).posts)]
    for text in texts:
        assert plain.read(text, 1, "posts/a.md") == fast.read(text, 1, "posts/a.md")


def test_a_made_up_blog_is_the_same_with_another_version(tmp_path, unknown, monkeypatch):
    write_own(make_corpus(20, 10), tmp_path)
    found = []
    for _ in range(2):
        records, _ = read_sources(tmp_path, list_files(tmp_path)[0], ReadingCache(None, tmp_path))
        found.append({path: (record.to_data(), record.html) for path, record in records.items()})
        typography.set_line.cache_clear()
        typography.set_title.cache_clear()
        monkeypatch.undo()
    assert found[0] == found[1]
    assert len(found[0]) > 20


def test_an_unknown_version_is_named_once_when_texts_are_read(tmp_path, unknown):
    write_files(tmp_path / "content", {"posts/a.md": "Title: A\nDate: 2026-01-01\n\nText.\n"})
    sources, _ = list_files(tmp_path / "content")
    notices = []
    for _ in range(2):
        cache = ReadingCache(tmp_path / "cache.sqlite3", tmp_path / "content")
        read_sources(tmp_path / "content", sources, cache)
        cache.new = {
            path: (stamp, read_ns + 3600 * 10**9, *rest)
            for path, (stamp, read_ns, *rest) in cache.new.items()
        }
        cache.save()
        notices.append(cache.notice)
    assert notices == [describe_unknown_versions(), ""]
    assert all(package in notices[0] for package in KNOWN_VERSIONS)
    assert "\n" not in notices[0]


def test_nothing_is_said_of_known_versions(monkeypatch):
    monkeypatch.setattr(
        known_versions, "read_package_version", lambda package: min(KNOWN_VERSIONS[package])
    )
    assert are_known(*KNOWN_VERSIONS)
    assert describe_unknown_versions() == ""


def test_to_know_what_is_known_loads_no_package():
    code = "import sys, catalogue.known_versions; print('importlib.metadata' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True)
    assert run.stdout == "False\n"
