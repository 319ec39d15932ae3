"""With another version of a library a line says that the site takes longer."""

import subprocess
import sys
from importlib.metadata import distributions, version

import pytest

from catalogue import known_versions
from catalogue.folder.walk import list_files
from catalogue.known_versions import (
    KNOWN_VERSIONS,
    are_known,
    describe_unknown_versions,
    list_packages,
    read_package_version,
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


def test_the_versions_are_those_that_the_library_for_them_reads():
    installed = {each.metadata["Name"]: each.version for each in distributions()}
    assert {"pelican", "Jinja2", "pagefind_bin", "pillow"} <= {*installed}
    assert {name: read_package_version(name) for name in installed} == installed


@pytest.mark.parametrize("name", ["PELICAN", "jinja2", "pagefind-bin", "pagefind.bin", "Pillow"])
def test_a_package_is_found_by_each_spelling_of_its_name(name):
    assert read_package_version(name) == version(name)


def test_a_package_that_is_not_there_has_no_version():
    assert read_package_version("no-such-package") == ""


def test_a_place_that_cannot_be_read_holds_no_package(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    (tmp_path / "own" / "Some_Package-1.0.dist-info").mkdir(parents=True)
    (tmp_path / "later" / "some.package-2.0.dist-info").mkdir(parents=True)
    places = ["none", "file", "own", "later"]
    monkeypatch.setattr(sys, "path", [str(tmp_path / place) for place in places])
    list_packages.cache_clear()
    try:
        assert list_packages() == {"some-package": "1.0"}  # as it is imported: the first one
    finally:
        list_packages.cache_clear()


def test_to_know_what_is_known_loads_no_package():
    code = "import sys; from catalogue.known_versions import are_known, KNOWN_VERSIONS; "
    code += "are_known(*KNOWN_VERSIONS); print('importlib.metadata' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True)
    assert run.stdout == "False\n"
