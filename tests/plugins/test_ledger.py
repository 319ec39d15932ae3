"""What is kept of a tree comes back for that tree alone, and only to the code that kept it."""

import sqlite3

import pytest

from plugins.ledger import Entry, Ledger

ENTRIES = {"index.html": Entry("k", "1 2 3"), "posts/a/index.html": Entry("l", "4 5 6")}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "cache" / "trees.sqlite3"


def keep(file, tree, entries=ENTRIES):
    ledger = Ledger(file, tree)
    ledger.save("inputs", {"posts": 2}, entries)
    ledger.close()


def read(file, tree):
    ledger = Ledger(file, tree)
    try:
        return ledger.inputs, ledger.facts, ledger.entries
    finally:
        ledger.close()


NOTHING = ("", {}, {})


def test_what_is_kept_comes_back(file, tmp_path):
    keep(file, tmp_path / "output")
    assert read(file, tmp_path / "output") == ("inputs", {"posts": 2}, ENTRIES)


def test_what_is_no_longer_in_the_tree_is_forgotten(file, tmp_path):
    keep(file, tmp_path)
    keep(file, tmp_path, {"index.html": Entry("m", "7 8 9")})
    assert read(file, tmp_path)[2] == {"index.html": Entry("m", "7 8 9")}


def test_two_trees_do_not_see_each_other(file, tmp_path):
    keep(file, tmp_path / "one")
    assert read(file, tmp_path / "two") == NOTHING


def test_other_code_gets_nothing(file, tmp_path, monkeypatch):
    keep(file, tmp_path)
    monkeypatch.setattr("plugins.database.read_version", lambda: "another")
    assert read(file, tmp_path) == NOTHING


def test_without_a_file_nothing_is_kept(tmp_path):
    keep(None, tmp_path)
    assert read(None, tmp_path) == NOTHING


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.write_bytes(b"junk" * 2000),
        lambda file: change(file, "update builds set facts = '{'"),
        lambda file: (change(file, "drop table builds"), change(file, "drop table entries")),
    ],
    ids=["no database", "no JSON", "no tables"],
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
