"""The versions of packages are those that Python's own library reads."""

import sys
from importlib.metadata import distributions, version

import pytest

from catalogue.package_versions import list_packages, read_package_version


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
