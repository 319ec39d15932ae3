"""What is kept of a file is used only where the file is certainly the same."""

import dataclasses
import json
import sqlite3
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.folder.walk import list_files
from catalogue.read_all import read_sources
from catalogue.reading_cache import RACY_NS, BodyLoader, ReadingCache

FACTS = {"words": 3, "title": "Ä “title”"}
OLD = 1_000_000_000  # a file that changed long ago


@pytest.fixture
def file(tmp_path):
    return tmp_path / "cache" / "readings.sqlite3"


def keep(file, root, stamp="1 2 3 4", digest="d"):
    cache = ReadingCache(file, root)
    cache.add("posts/a.md", stamp, digest, FACTS, "<p>Body</p>")
    cache.save()


def test_a_reading_comes_back_as_it_was(file, tmp_path):
    keep(file, tmp_path)
    cache = ReadingCache(file, tmp_path)
    assert cache.find("posts/a.md", "1 2 3 4", OLD) == ("d", FACTS)
    assert BodyLoader(file, tmp_path).find_body("posts/a.md", "d") == "<p>Body</p>"
    assert BodyLoader(file, tmp_path).find_body("posts/a.md", "e") is None


@pytest.mark.parametrize("stamp", ["2 2 3 4", "1 9 3 4", "1 2 9 4", "1 2 3 9", ""])
def test_another_stamp_is_another_file(file, tmp_path, stamp):
    keep(file, tmp_path)
    cache = ReadingCache(file, tmp_path)
    assert cache.find("posts/a.md", stamp, OLD) is None


def test_a_file_changed_at_the_moment_it_was_read_is_read_again(file, tmp_path):
    """Within one tick of the clock a file can change and keep its stamp."""
    now = time.time_ns()
    keep(file, tmp_path)
    cache = ReadingCache(file, tmp_path)
    assert cache.find("posts/a.md", "1 2 3 4", now) is None
    assert cache.find("posts/a.md", "1 2 3 4", now + RACY_NS) is None
    assert cache.find("posts/a.md", "1 2 3 4", now - 2 * RACY_NS) == ("d", FACTS)


def test_the_same_bytes_with_another_stamp_are_not_read_twice(file, tmp_path):
    keep(file, tmp_path, digest="same")
    cache = ReadingCache(file, tmp_path)
    assert cache.find_same("posts/a.md", "new", "other") is None
    assert cache.find_same("posts/a.md", "new", "same") == ("same", FACTS)
    cache.save()
    cache = ReadingCache(file, tmp_path)
    assert cache.find("posts/a.md", "new", OLD) == ("same", FACTS)
    assert BodyLoader(file, tmp_path).find_body("posts/a.md", "same") == "<p>Body</p>"


def test_a_new_stamp_is_not_put_on_what_another_run_has_read_meanwhile(file, tmp_path):
    keep(file, tmp_path, digest="same")
    cache = ReadingCache(file, tmp_path)
    assert cache.find_same("posts/a.md", "new", "same") == ("same", FACTS)
    keep(file, tmp_path, digest="other")
    cache.save()
    assert ReadingCache(file, tmp_path).find("posts/a.md", "new", OLD) is None


def test_two_folders_do_not_see_each_other(file, tmp_path):
    keep(file, tmp_path / "one")
    cache = ReadingCache(file, tmp_path / "two")
    assert cache.find("posts/a.md", "1 2 3 4", OLD) is None
    assert BodyLoader(file, tmp_path / "two").find_body("posts/a.md", "d") is None


def test_a_file_that_is_gone_is_forgotten(file, tmp_path):
    keep(file, tmp_path)
    cache = ReadingCache(file, tmp_path)
    cache.drop_all_but([])
    cache.save()
    cache = ReadingCache(file, tmp_path)
    assert cache.find("posts/a.md", "1 2 3 4", OLD) is None


def test_readings_of_other_code_are_thrown_away(file, tmp_path, monkeypatch):
    keep(file, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr("catalogue.database.read_version", lambda: "another")
        cache = ReadingCache(file, tmp_path)
        assert cache.find("posts/a.md", "1 2 3 4", OLD) is None
    cache = ReadingCache(file, tmp_path)
    assert cache.find("posts/a.md", "1 2 3 4", OLD) is None


def change(file, statement, *values):
    with sqlite3.connect(file) as connection:
        assert connection.execute(statement, values).rowcount
    connection.close()


@pytest.mark.parametrize("facts", ["", "{", "[]", "null", "3", '{"words": 4}', b"\xff", 7, None])
@pytest.mark.parametrize("column", ["facts", "facts_mac", "digest", "read_ns", "stamp"])
def test_a_row_that_was_altered_counts_as_not_kept(file, tmp_path, column, facts):
    keep(file, tmp_path)
    change(file, f"update readings set {column} = ?", facts)
    cache = ReadingCache(file, tmp_path)
    found = (cache.find("posts/a.md", str(facts), OLD), cache.find("posts/a.md", "1 2 3 4", OLD))
    assert found == (None, None)
    assert cache.find_same("posts/a.md", "1 2 3 4", "d") is None
    keep(file, tmp_path)
    assert ReadingCache(file, tmp_path).find("posts/a.md", "1 2 3 4", OLD) == ("d", FACTS)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(facts=JSON | st.fixed_dictionaries({"values": st.fixed_dictionaries({"Date": JSON})}))
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_whatever_stands_in_the_facts_a_text_is_read_as_without_a_store(file, tmp_path, facts):
    (tmp_path / "posts").mkdir(exist_ok=True)
    (tmp_path / "posts/a.md").write_text("Title: A\nDate: 2024-01-01\n\nWords.\n")
    ((source,), _) = list_files(tmp_path)
    source = dataclasses.replace(source, changed_ns=OLD)
    wanted, _ = read_sources(tmp_path, [source], ReadingCache(None, tmp_path))
    cache = ReadingCache(file, tmp_path)
    read_sources(tmp_path, [source], cache)
    cache.save()
    change(file, "update readings set facts = ?", json.dumps(facts))
    assert read_sources(tmp_path, [source], ReadingCache(file, tmp_path))[0] == wanted


@pytest.mark.parametrize("body", ["<p>Other</p>", "", b"<p>Body</p>", 7, None])
def test_a_body_that_was_altered_is_not_handed_out(file, tmp_path, body):
    keep(file, tmp_path)
    change(file, "update readings set body = ?", body)
    assert BodyLoader(file, tmp_path).find_body("posts/a.md", "d") is None
    assert ReadingCache(file, tmp_path).find("posts/a.md", "1 2 3 4", OLD) == ("d", FACTS)


@pytest.mark.parametrize("columns", ["facts, facts_mac", "body, body_mac", "body", "facts"])
def test_rows_that_changed_places_are_not_believed(file, tmp_path, columns):
    cache = ReadingCache(file, tmp_path)
    for name in "ab":
        path = f"posts/{name}.md"
        cache.add(path, "1 2 3 4", "d", {"path": path}, f"<p>{name}</p>")
    cache.save()
    other = "select {} from readings where path = 'posts/b.md'"
    for column in columns.split(", "):
        query = f"({other.format(column)})"
        change(file, f"update readings set {column} = {query} where path = 'posts/a.md'")
    assert (
        ReadingCache(file, tmp_path).find("posts/a.md", "1 2 3 4", OLD) is None
        or BodyLoader(file, tmp_path).find_body("posts/a.md", "d") is None
    )
    assert ReadingCache(file, tmp_path).find("posts/b.md", "1 2 3 4", OLD)
    assert BodyLoader(file, tmp_path).find_body("posts/b.md", "d") == "<p>b</p>"


def test_rows_of_another_folder_or_path_are_not_believed(file, tmp_path):
    keep(file, tmp_path / "one")
    change(file, "update readings set root = ?", str(tmp_path / "two"))
    assert ReadingCache(file, tmp_path / "two").find("posts/a.md", "1 2 3 4", OLD) is None
    assert BodyLoader(file, tmp_path / "two").find_body("posts/a.md", "d") is None
    keep(file, tmp_path / "one")
    change(file, "update readings set path = 'posts/b.md' where root = ?", str(tmp_path / "one"))
    assert ReadingCache(file, tmp_path / "one").find("posts/b.md", "1 2 3 4", OLD) is None
    assert BodyLoader(file, tmp_path / "one").find_body("posts/b.md", "d") is None


def test_a_store_that_somebody_else_has_made_is_thrown_away(file, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path / "somebody-else"))
        keep(file, tmp_path)
        stranger = ReadingCache(file, tmp_path)
        assert stranger.find("posts/a.md", "1 2 3 4", OLD)
    cache = ReadingCache(file, tmp_path)
    assert cache.find("posts/a.md", "1 2 3 4", OLD) is None
    assert cache.notice == ""
    assert BodyLoader(file, tmp_path).find_body("posts/a.md", "d") is None


def test_without_a_key_nothing_is_kept_and_that_is_told(file, tmp_path, monkeypatch):
    (tmp_path / "a-file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "a-file"))
    keep(file, tmp_path)
    assert "Nothing is kept" in ReadingCache(file, tmp_path).notice
    assert not file.exists()


@pytest.mark.parametrize("damage", [b"junk", b"SQLite format 3\0" + bytes(200), b"\xff" * 9000])
def test_a_file_that_is_no_store_is_made_anew_and_told(file, tmp_path, damage):
    file.parent.mkdir()
    file.write_bytes(damage)
    cache = ReadingCache(file, tmp_path)
    assert "made anew" in cache.notice
    keep(file, tmp_path)
    cache = ReadingCache(file, tmp_path)
    assert cache.find("posts/a.md", "1 2 3 4", OLD) == ("d", FACTS)
    assert cache.notice == ""


def test_a_foreign_database_is_not_trusted(file, tmp_path):
    file.parent.mkdir()
    with sqlite3.connect(file) as connection:
        connection.execute("create table readings (something text)")
    connection.close()
    cache = ReadingCache(file, tmp_path)
    assert cache.find("posts/a.md", "1 2 3 4", OLD) is None
    keep(file, tmp_path)
    cache = ReadingCache(file, tmp_path)
    assert cache.find("posts/a.md", "1 2 3 4", OLD) == ("d", FACTS)


def test_the_database_is_closed_when_nobody_asks_for_bodies_any_more(file, tmp_path):
    keep(file, tmp_path)
    loader = BodyLoader(file, tmp_path)
    assert loader.find_body("posts/a.md", "d")
    (connection,) = loader.connections.values()
    del loader
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("select 1")


def test_a_store_in_use_or_out_of_reach_is_done_without(file, tmp_path):
    keep(file, tmp_path)
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("begin exclusive")
    cache = ReadingCache(file, tmp_path)
    cache.add("posts/b.md", "1", "d", FACTS, "")
    cache.save()
    connection.close()
    (tmp_path / "a-file").write_text("")
    cache = ReadingCache(tmp_path / "a-file" / "readings.sqlite3", tmp_path)
    assert cache.find("posts/a.md", "1 2 3 4", OLD) is None
    cache = ReadingCache(file, tmp_path)
    assert cache.find("posts/a.md", "1 2 3 4", OLD) == ("d", FACTS)


def test_what_was_read_in_another_language_is_read_again(file, tmp_path):
    """Which marks a text has depends on the language of the site."""
    keep(file, tmp_path)
    for language in ("de", "en"):
        cache = ReadingCache(file, tmp_path, language)
        is_kept = language == "en"
        assert (cache.find("posts/a.md", "1 2 3 4", OLD) is not None) == is_kept
        assert (cache.find_same("posts/a.md", "new", "d") is not None) == is_kept
        body = BodyLoader(file, tmp_path, language).find_body("posts/a.md", "d")
        assert (body is not None) == is_kept


def test_a_site_that_changes_its_language_has_the_other_marks_at_once(file, tmp_path):
    post = tmp_path / "content/posts/a.md"
    post.parent.mkdir(parents=True)
    post.write_text('Title: The "so"\nDate: 2026-01-01\n\n"So"\n', encoding="utf-8")
    sources, _ = list_files(tmp_path / "content")
    found = []
    for language in ("en", "de", "de", "en"):
        cache = ReadingCache(file, tmp_path / "content", language)
        records, _ = read_sources(tmp_path / "content", sources, cache)
        cache.save()
        found.append((records["posts/a.md"].title, bool(cache.new)))
    assert found == [
        ("The “so”", True),
        ("The „so“", True),
        ("The „so“", False),
        ("The “so”", True),
    ]
