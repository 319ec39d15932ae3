"""With another version of a library a line says that the site takes longer."""

import subprocess
import sys

import pytest

from catalogue import known_versions
from catalogue.folder.walk import list_files
from catalogue.known_versions import (
    KNOWN_VERSIONS,
    are_known,
    describe_unknown_versions,
)
from catalogue.read_all import read_sources
from catalogue.reading_cache import ReadingCache
from tests.conftest import PROJECT, write_files


@pytest.fixture
def unknown(monkeypatch):
    """Be told that another version of each library is installed."""
    closed = dict.fromkeys(KNOWN_VERSIONS, frozenset(["0"]))
    monkeypatch.setattr(known_versions, "KNOWN_VERSIONS", closed)


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
    code = "import sys; from catalogue.known_versions import are_known, KNOWN_VERSIONS; "
    code += "are_known(*KNOWN_VERSIONS); print('importlib.metadata' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True)
    assert run.stdout == "False\n"
