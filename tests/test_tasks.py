"""The tasks: each leads to one command, and a wrong command is answered with one sentence."""

import importlib
import inspect
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commands.test import STATIC_CHECKS
from tasks import TASKS

ROOT = Path(__file__).resolve().parents[1]
BARE = getattr(sys, "_base_executable", sys.executable)


def find_command(task):
    word = "import_" if task.name == "import" else task.name.replace("-", "_")
    return getattr(importlib.import_module(f"commands.{word}"), word)


def test_each_task_leads_to_a_command_of_its_name():
    for task in TASKS:
        assert inspect.signature(find_command(task)).return_annotation is int


def test_each_task_takes_exactly_the_arguments_that_are_declared_for_it():
    for task in TASKS:
        values = {name.removeprefix("--").replace("-", "_"): "" for name, _ in task.arguments}
        inspect.signature(task.function).bind(**values)
        inspect.signature(find_command(task)).bind(*values)
        if task.name == "comment":  # which hands them on by their names
            inspect.signature(find_command(task)).bind(**values)


def run_tasks(*words, cwd=ROOT):
    command = [BARE, str(ROOT / "tasks.py"), *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True)


def test_without_words_the_tasks_are_listed_one_plain_line_each(tmp_path):
    done = run_tasks(cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    title, *lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == [task.name for task in TASKS]
    assert all(len(line) <= 100 for line in [title, *lines])


def test_a_mistyped_task_is_answered_with_the_nearest_one(tmp_path):
    done = run_tasks("buidl", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "There is no task 'buidl'. Did you mean build? Type `python3 tasks.py` for the list.\n"
    )


MISSED = "def test_b(): pytest.skip('no browser')\n"
IMPOSSIBLE = "@pytest.mark.skipif(True, reason='another system')\ndef test_b(): pass\n"


@pytest.mark.parametrize(
    ("ci", "skipped", "processes", "code"),
    [
        ("true", MISSED, [], 1),
        ("true", MISSED, ["--numprocesses", "1"], 1),
        ("", MISSED, [], 0),
        ("true", IMPOSSIBLE, [], 0),
        ("true", IMPOSSIBLE, ["--numprocesses", "1"], 0),
    ],
)
def test_a_skip_counts_as_failed_under_ci_alone_if_what_was_missed_could_be_there(
    tmp_path, ci, skipped, processes, code
):
    (tmp_path / "test_it.py").write_text(f"import pytest\ndef test_a(): pass\n{skipped}")
    command = [sys.executable, "-m", "pytest", "-p", "tests.skips", "-c", os.devnull]
    done = subprocess.run(
        [*command, "--rootdir", str(tmp_path), "-p", "no:cacheprovider", *processes, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "CI": ci},
        capture_output=True,
        text=True,
    )
    assert done.returncode == code, done.stdout
    assert ("1 skipped, which counts as failed" in done.stdout) == bool(code)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows deletes no folder that one is in")
@pytest.mark.parametrize(
    "words", [["check"], ["check", "--content", "x"], ["build", "--output", "."]]
)
def test_in_a_folder_that_was_deleted_there_is_a_sentence_and_no_fault(tmp_path, words):
    place = tmp_path / "gone"
    place.mkdir()
    code = "import os, sys; os.rmdir(os.getcwd()); os.execv(sys.argv[1], sys.argv[1:])"
    command = [BARE, "-c", code, BARE, str(ROOT / "tasks.py"), *words]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True)
    if words == ["check"]:
        assert (done.returncode, done.stdout) == (0, f"All is well in {ROOT / 'content'}.\n")
    else:
        assert done.returncode == 1
        assert done.stderr.startswith("The folder that you are in is not there any more: type cd ")


@pytest.mark.parametrize("command", [words for _, words in STATIC_CHECKS if words[0] == "ruff"])
def test_code_that_a_post_shows_may_have_any_form(tmp_path, command):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "post.md").write_text("Title: Code\n\n```python\nx=1;y = 'a'\n```\n")
    (tmp_path / "latin.md").write_bytes(b"Title: Caf\xe9\n")
    done = subprocess.run([sys.executable, "-m", *command], cwd=tmp_path, capture_output=True)
    assert done.returncode == 0, done.stdout
