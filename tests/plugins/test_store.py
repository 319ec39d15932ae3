"""What is kept of a file is used only where the file is certainly the same."""

import sqlite3
import time

import pytest

from plugins.store import RACY_NS, Shelf, Store

FACTS = {"words": 3, "title": "Ä “title”"}
OLD = 1_000_000_000  # a file that changed long ago


@pytest.fixture
def file(tmp_path):
    return tmp_path / "cache" / "readings.sqlite3"


def keep(file, root, stamp="1 2 3 4", digest="d"):
    store = Store(file, root)
    store.keep("posts/a.md", stamp, digest, FACTS, "<p>Body</p>")
    store.save()


def test_a_reading_comes_back_as_it_was(file, tmp_path):
    keep(file, tmp_path)
    store = Store(file, tmp_path)
    assert store.find("posts/a.md", "1 2 3 4", OLD) == ("d", FACTS)
    assert Shelf(file, tmp_path).find_body("posts/a.md", "d") == "<p>Body</p>"
    assert Shelf(file, tmp_path).find_body("posts/a.md", "e") is None


@pytest.mark.parametrize("stamp", ["2 2 3 4", "1 9 3 4", "1 2 9 4", "1 2 3 9", ""])
def test_another_stamp_is_another_file(file, tmp_path, stamp):
    keep(file, tmp_path)
    store = Store(file, tmp_path)
    assert store.find("posts/a.md", stamp, OLD) is None


def test_a_file_changed_at_the_moment_it_was_read_is_read_again(file, tmp_path):
    """Within one tick of the clock a file can change and keep its stamp."""
    now = time.time_ns()
    keep(file, tmp_path)
    store = Store(file, tmp_path)
    assert store.find("posts/a.md", "1 2 3 4", now) is None
    assert store.find("posts/a.md", "1 2 3 4", now + RACY_NS) is None
    assert store.find("posts/a.md", "1 2 3 4", now - 2 * RACY_NS) == ("d", FACTS)


def test_the_same_bytes_with_another_stamp_are_not_read_twice(file, tmp_path):
    keep(file, tmp_path, digest="same")
    store = Store(file, tmp_path)
    assert store.find_same("posts/a.md", "new", "other") is None
    assert store.find_same("posts/a.md", "new", "same") == ("same", FACTS)
    store.save()
    store = Store(file, tmp_path)
    assert store.find("posts/a.md", "new", OLD) == ("same", FACTS)
    assert Shelf(file, tmp_path).find_body("posts/a.md", "same") == "<p>Body</p>"


def test_a_new_stamp_is_not_put_on_what_another_run_has_read_meanwhile(file, tmp_path):
    keep(file, tmp_path, digest="same")
    store = Store(file, tmp_path)
    assert store.find_same("posts/a.md", "new", "same") == ("same", FACTS)
    keep(file, tmp_path, digest="other")
    store.save()
    assert Store(file, tmp_path).find("posts/a.md", "new", OLD) is None


def test_two_folders_do_not_see_each_other(file, tmp_path):
    keep(file, tmp_path / "one")
    store = Store(file, tmp_path / "two")
    assert store.find("posts/a.md", "1 2 3 4", OLD) is None
    assert Shelf(file, tmp_path / "two").find_body("posts/a.md", "d") is None


def test_a_file_that_is_gone_is_forgotten(file, tmp_path):
    keep(file, tmp_path)
    store = Store(file, tmp_path)
    store.forget([])
    store.save()
    store = Store(file, tmp_path)
    assert store.find("posts/a.md", "1 2 3 4", OLD) is None


def test_readings_of_other_code_are_thrown_away(file, tmp_path, monkeypatch):
    keep(file, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr("plugins.database.read_version", lambda: "another")
        store = Store(file, tmp_path)
        assert store.find("posts/a.md", "1 2 3 4", OLD) is None
    store = Store(file, tmp_path)
    assert store.find("posts/a.md", "1 2 3 4", OLD) is None


@pytest.mark.parametrize("facts", ["", "{", "[]", "null", "3"])
def test_damaged_facts_count_as_not_kept(file, tmp_path, facts):
    keep(file, tmp_path)
    with sqlite3.connect(file) as connection:
        connection.execute("update readings set facts = ?", (facts,))
    connection.close()
    store = Store(file, tmp_path)
    assert store.find("posts/a.md", "1 2 3 4", OLD) is None


@pytest.mark.parametrize("damage", [b"junk", b"SQLite format 3\0" + bytes(200), b"\xff" * 9000])
def test_a_file_that_is_no_store_is_made_anew_and_told(file, tmp_path, damage):
    file.parent.mkdir()
    file.write_bytes(damage)
    store = Store(file, tmp_path)
    assert "made anew" in store.notice
    keep(file, tmp_path)
    store = Store(file, tmp_path)
    assert store.find("posts/a.md", "1 2 3 4", OLD) == ("d", FACTS)
    assert store.notice == ""


def test_a_foreign_database_is_not_trusted(file, tmp_path):
    file.parent.mkdir()
    with sqlite3.connect(file) as connection:
        connection.execute("create table readings (something text)")
    connection.close()
    store = Store(file, tmp_path)
    assert store.find("posts/a.md", "1 2 3 4", OLD) is None
    keep(file, tmp_path)
    store = Store(file, tmp_path)
    assert store.find("posts/a.md", "1 2 3 4", OLD) == ("d", FACTS)


def test_a_store_in_use_or_out_of_reach_is_done_without(file, tmp_path):
    keep(file, tmp_path)
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("begin exclusive")
    store = Store(file, tmp_path)
    store.keep("posts/b.md", "1", "d", FACTS, "")
    store.save()
    connection.close()
    (tmp_path / "a-file").write_text("")
    store = Store(tmp_path / "a-file" / "readings.sqlite3", tmp_path)
    assert store.find("posts/a.md", "1 2 3 4", OLD) is None
    store = Store(file, tmp_path)
    assert store.find("posts/a.md", "1 2 3 4", OLD) == ("d", FACTS)
