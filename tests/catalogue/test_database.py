"""A database holds nothing but tables of our own, in a folder of its own."""

import os
import sqlite3
import sys

import pytest

from catalogue import database
from catalogue.authenticity import read_key
from catalogue.database import BESIDE, open_database
from catalogue.project import CODE_FOLDERS

TABLES = {"things": "(name text)"}


@pytest.fixture
def file(tmp_path):
    return tmp_path / ".cache" / "things.sqlite3"


def open_things(file, load=lambda _: None):
    connection, notice = open_database(file, read_key(), TABLES, load)
    names = None
    if connection:
        names = connection.execute("select name from things").fetchall()
        connection.execute("insert into things values ('kept')")
        connection.commit()
        connection.close()
    return names, notice


def test_what_was_kept_is_there_the_next_time(file):
    assert open_things(file) == ([], "")
    assert open_things(file) == ([("kept",)], "")


ENDLESS = "with recursive n(x) as (select 1 union all select x + 1 from n) select x as name from n"


@pytest.mark.parametrize(
    "statements",
    [
        ["drop table things", f"create view things as {ENDLESS}"],
        [f"create view more as {ENDLESS}"],
        ["create table more (name text)"],
        ["create trigger t after insert on things begin delete from things; end"],
        ["create index more on things (name)"],
        ["drop table things", "create table things (name text, more text default 'x')"],
        ["drop table version", f"create view version as {ENDLESS.replace('name', 'text')}"],
    ],
    ids=["view", "view beside", "table", "trigger", "index", "column", "version"],
)
def test_one_with_anything_of_others_in_it_is_made_anew(file, statements):
    open_things(file)
    with sqlite3.connect(file) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
    assert open_things(file) == ([], "")
    assert open_things(file) == ([("kept",)], "")


@pytest.mark.skipif(sys.platform == "win32", reason="this needs a right that few have there")
@pytest.mark.parametrize("ending", ["folder", *BESIDE])
def test_nothing_is_written_through_a_link(file, tmp_path, ending):
    """SQLite would take a log that leads elsewhere for its own, and write over what is there."""
    target = tmp_path / "elsewhere"
    if ending == "folder":
        target.mkdir()
        file.parent.symlink_to(target)
    else:
        target.write_text("words")
        file.parent.mkdir()
        os.symlink(target, f"{file}{ending}")
    names, notice = open_things(file)
    assert names is None
    assert "is a link to another place" in notice
    assert os.listdir(target) == [] if ending == "folder" else target.read_text() == "words"


def test_a_file_in_the_place_of_the_folder_is_left_alone(file):
    file.parent.write_text("words")
    assert open_things(file) == (None, "")
    assert file.parent.read_text() == "words"


def test_without_a_key_no_file_is_made(file):
    connection, notice = open_database(file, b"", TABLES, lambda _: None)
    assert connection is None
    assert notice.startswith("Nothing is kept for the next run")
    assert not file.parent.exists()


@pytest.mark.parametrize("folder", CODE_FOLDERS)
def test_a_change_of_any_module_however_deep_makes_another_version(folder, tmp_path, monkeypatch):
    for name in CODE_FOLDERS:
        (tmp_path / name).mkdir()
    monkeypatch.setattr(database, "ROOT", tmp_path)
    deep = tmp_path / folder / "one" / "two"
    deep.mkdir(parents=True)
    versions = []
    for text in (None, "A = 1\n", "A = 2\n"):
        if text:
            (deep / "module.py").write_text(text)
        versions.append(database.read_version.__wrapped__())
    assert len({*versions}) == 3
