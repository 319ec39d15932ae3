"""What is read of a site is kept, even if nothing can be made of it."""

import os
import sqlite3
from contextlib import ExitStack, closing

import pytest

from building.read_site import read_site
from catalogue import catalogue
from catalogue.problems import Refused
from tests.conftest import LEAST, read_constants, write_files

POST = "Title: {0}\nDate: 2026-01-01\n\nThe text of {0}.\n"


@pytest.mark.parametrize("cores", [1, 2])
def test_the_texts_of_a_site_that_is_refused_are_kept(tmp_path, monkeypatch, cores):
    monkeypatch.setattr(catalogue, "MANY", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    files = {f"posts/{name}.md": POST.format(name) for name in ("one", "two")}
    files["posts/two.md"] = files["posts/two.md"].replace("2026", "the year 2026")
    write_files(tmp_path / "content", {**LEAST, **files})
    cache = tmp_path / "cache" / "readings.sqlite3"
    places = {"PATH": str(tmp_path / "content"), "READING_CACHE": str(cache)}
    with pytest.raises(Refused, match=r"two\.md:2"), ExitStack() as beside:
        read_site({**read_constants(), **places}, beside=beside)
    with closing(sqlite3.connect(cache)) as connection:
        found = connection.execute("select path from readings order by path").fetchall()
    assert [path for (path,) in found] == sorted([*LEAST, *files])
