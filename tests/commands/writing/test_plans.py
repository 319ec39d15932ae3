"""What is moved and written together is done together, whoever is killed or gets in the way."""

import os

import pytest

from commands.writing.plans import (
    PLAN,
    Move,
    Step,
    finish_plan,
    has_plan,
    hash_before,
    save_plan,
)
from commands.writing.write_files import File, finish_writing, write_files
from tests.conftest import read_files


@pytest.fixture
def content(tmp_path):
    (tmp_path / "posts").mkdir()
    (tmp_path / "comments/old").mkdir(parents=True)
    (tmp_path / "posts/old.md").write_bytes(b"before")
    (tmp_path / "posts/other.md").write_bytes(b"other")
    (tmp_path / "comments/old/a.md").write_bytes(b"reply")
    return tmp_path


def plan(content):
    """Return the moves and the files of a renaming."""
    moves = [
        Move(content / "posts/old.md", content / "posts/new.md"),
        Move(content / "comments/old", content / "comments/new"),
    ]
    files = [
        File(content / "posts/new.md", b"after", b"before"),
        File(content / "comments/new/a.md", b"answer", b"reply"),
        File(content / "posts/other.md", b"changed", b"other"),
    ]
    return files, moves


DONE = {"posts/new.md": b"after", "posts/other.md": b"changed", "comments/new/a.md": b"answer"}


def test_files_are_moved_and_written(content):
    write_files(*plan(content), content)
    assert read_files(content) == DONE
    assert not (content / "comments/old").exists()


@pytest.mark.parametrize("way", ["taken", "changed", "taken folder"])
def test_what_is_in_the_way_leaves_all_as_it_was(content, way):
    if way == "taken":
        (content / "posts/new.md").write_bytes(b"mine")
    elif way == "changed":
        (content / "posts/other.md").write_bytes(b"mine")
    else:
        (content / "comments/new").mkdir()
    before = read_files(content)
    with pytest.raises(OSError, match=r"new.md|other.md|new"):
        write_files(*plan(content), content)
    assert read_files(content) == before


def leave_plan(content):
    """Leave what a run leaves that is killed before it has moved anything."""
    files, moves = plan(content)
    steps = []
    for number, file in enumerate(files):
        aside = file.path.with_name(f".writing-{number}.tmp")
        first = aside
        for move in reversed(moves):
            first = move.trace(first)
        first.write_bytes(file.data)
        steps.append(Step(aside, file.path, hash_before(file.before)))
    save_plan(content, moves, steps, lambda folder: None)
    return moves


@pytest.mark.parametrize("moved", [0, 1, 2])
def test_a_plan_that_was_left_is_carried_out_wherever_it_was_left(content, moved):
    for move in leave_plan(content)[:moved]:
        os.rename(move.source, move.target)
    assert has_plan(content)
    finish_writing(content)
    assert read_files(content) == DONE
    finish_writing(content)
    assert read_files(content) == DONE


def test_what_was_changed_meanwhile_stays(content):
    leave_plan(content)
    (content / "posts/other.md").write_bytes(b"mine")
    finish_writing(content)
    assert read_files(content) == {**DONE, "posts/other.md": b"mine"}


def test_a_plan_that_cannot_be_read_is_thrown_away(content):
    before = read_files(content)
    for text in ("", "{", "[]", '{"moves": 1}'):
        (content / PLAN).write_text(text)
        assert not finish_plan(content)
        assert read_files(content) == before
