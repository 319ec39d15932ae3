"""What is cached of a tree comes back for that tree alone, and only to the code that cached it."""

import json
import sqlite3
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from building.build_cache import BuildCache
from building.tree import Entry

ENTRIES = {"index.html": Entry("k", "1 2 3", "d"), "posts/a/index.html": Entry("l", "4 5 6", "e")}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "cache" / "trees.sqlite3"


def keep(file, tree, entries=ENTRIES):
    with closing(BuildCache(file, tree)) as cache:
        cache.save("inputs", {"posts": 2}, entries)


def read(file, tree):
    with closing(BuildCache(file, tree)) as cache:
        return cache.inputs, cache.facts, cache.entries


NOTHING = ("", {}, {})


def test_what_is_kept_comes_back(file, tmp_path):
    keep(file, tmp_path / "output")
    assert read(file, tmp_path / "output") == ("inputs", {"posts": 2}, ENTRIES)


def test_what_is_no_longer_in_the_tree_is_forgotten(file, tmp_path):
    keep(file, tmp_path)
    keep(file, tmp_path, {"index.html": Entry("m", "7 8 9", "f")})
    assert read(file, tmp_path)[2] == {"index.html": Entry("m", "7 8 9", "f")}


def test_two_trees_do_not_see_each_other(file, tmp_path):
    keep(file, tmp_path / "one")
    assert read(file, tmp_path / "two") == NOTHING


def test_what_is_kept_of_one_tree_is_not_believed_of_another(file, tmp_path):
    keep(file, tmp_path / "one")
    change(file, f"update builds set tree = '{tmp_path / 'two'}'")
    assert read(file, tmp_path / "two") == NOTHING


def test_what_somebody_else_has_kept_is_not_believed(file, tmp_path, monkeypatch):
    keep(file, tmp_path)
    with monkeypatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path / "somebody-else"))
        assert read(file, tmp_path) == NOTHING
    assert read(file, tmp_path) == NOTHING  # and was thrown away


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
KEPT_WORDS = st.sampled_from("posts next newest began_ns problems names siteurl waiting".split())


@given(
    facts=JSON | st.dictionaries(KEPT_WORDS, JSON),
    entries=JSON,
    deep=st.sampled_from([0, 0, 100_000]),
)
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_whatever_stands_in_it_is_thrown_away(file, tmp_path, facts, entries, deep):
    keep(file, tmp_path)
    with sqlite3.connect(file) as connection:
        texts = json.dumps(facts), "[" * deep or json.dumps(entries)
        connection.execute("update builds set facts = ?, entries = ?", texts)
    connection.close()
    assert read(file, tmp_path) == NOTHING
    keep(file, tmp_path)
    assert read(file, tmp_path)[2] == ENTRIES


def test_other_code_gets_nothing(file, tmp_path, monkeypatch):
    keep(file, tmp_path)
    monkeypatch.setattr("catalogue.database.read_version", lambda: "another")
    assert read(file, tmp_path) == NOTHING


def test_without_a_file_nothing_is_kept(tmp_path):
    keep(None, tmp_path)
    assert read(None, tmp_path) == NOTHING


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.write_bytes(b"junk" * 2000),
        lambda file: change(file, "update builds set facts = '{'"),
        lambda file: change(file, "drop table builds"),
        lambda file: change(file, "update builds set facts = '{\"posts\": 3}'"),
        lambda file: change(file, "update builds set entries = '{}'"),
        lambda file: change(file, "update builds set inputs = 'other'"),
        lambda file: change(file, "update builds set mac = x'00', entries = x'ff', inputs = 7"),
        lambda file: change(file, "update builds set inputs = null, facts = null, mac = null"),
    ],
    ids=["no database", "no JSON", "no tables", "facts", "entries", "inputs", "bytes", "nothing"],
)
def test_what_is_damaged_counts_as_not_kept(file, tmp_path, damage):
    keep(file, tmp_path)
    damage(file)
    assert read(file, tmp_path) == NOTHING
    keep(file, tmp_path)
    assert read(file, tmp_path)[2] == ENTRIES


def change(file, statement):
    with sqlite3.connect(file) as connection:
        connection.execute(statement)
    connection.close()
