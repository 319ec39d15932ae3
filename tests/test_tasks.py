"""The tasks: each leads to one command, and a wrong command is answered with one sentence."""

import importlib
import inspect
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commands.launch import command_line as cli
from commands.launch.run_task import ERROR_LOG
from commands.test import CHECKS
from tasks import TASKS

ROOT = Path(__file__).resolve().parents[1]
BARE = getattr(sys, "_base_executable", sys.executable)


def test_each_task_leads_to_a_command_of_its_name():
    for task in TASKS:
        word = "import_" if task.name == "import" else task.name
        command = getattr(importlib.import_module(f"commands.{word}"), word)
        assert inspect.signature(command).return_annotation is int


def test_each_task_takes_exactly_the_arguments_that_are_declared_for_it():
    for task in TASKS:
        declared = [name.removeprefix("--").replace("-", "_") for name, _ in task.arguments]
        assert declared == list(inspect.signature(task.function).parameters)


def run_tasks(*words, cwd=ROOT):
    command = [BARE, str(ROOT / "tasks.py"), *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True)


def test_without_words_the_tasks_are_listed_one_plain_line_each(tmp_path):
    done = run_tasks(cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    title, *lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == [task.name for task in TASKS]
    assert all(len(line) <= 100 for line in [title, *lines])


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_help_says_what_a_task_does_and_names_every_argument(task, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    with pytest.raises(SystemExit) as ended:
        cli.read_command(TASKS, [task.name, "--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    assert text.startswith(f"usage: python3 tasks.py {task.name} ")
    assert task.text in " ".join(text.split())
    for name, how in task.arguments:
        assert f"\n  {name}" in text
        assert how["help"] in " ".join(text.split())
    assert all(len(line) <= 100 for line in text.splitlines())


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (["build", "--siteurl=https://x.org/a=b"], {"siteurl": "https://x.org/a=b"}),
        (["build", "--allow-shrink", "--content", "c"], {"allow_shrink": True, "content": "c"}),
        (["build"], {"allow_shrink": False, "replace": False, "siteurl": ""}),
        (["build", "--replace"], {"replace": True}),
        (["build", "--siteurl", ""], {"siteurl": ""}),
        (["preview", "--port", "8001"], {"port": 8001}),
        (["new", "Who asks?"], {"title": "Who asks?"}),
        (["new", "- a dash at the start"], {"title": "- a dash at the start"}),
        (["new", "--", "--verbose"], {"title": "--verbose"}),
        (["import", "--date", "2026-01-02", "f.txt"], {"file": "f.txt", "date": "2026-01-02"}),
        (["comment", "a", "--text", "- one\n- two"], {"text": "- one\n- two"}),
        (["test"], {"words": []}),
        (
            ["test", "--", "-k", "topics and not a", "-h"],
            {"words": ["-k", "topics and not a", "-h"]},
        ),
    ],
)
def test_words_become_arguments(words, values):
    task, found = cli.read_command(TASKS, words)
    assert task.name == words[0]
    assert {name: found[name] for name in values} == values


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["new"], "`new` needs a title."),
        (["new", ""], "`new` needs a title."),
        (["new", "How", "do", "I"], "'do' is one word more: put it in quotation marks"),
        (["check", "content"], "`check` takes no further word, and 'content' is one word more."),
        (["build", "--contnet", "x"], "`build` has no option --contnet. Did you mean --content?"),
        (["build", "-c", "x"], "`build` has no option -c."),
        (["build", "--cont", "x"], "`build` has no option --cont. Did you mean --content?"),
        (["test", "-k", "topics"], "`test` has no option -k."),
        (["comment", "--text", "Hi"], "`comment` needs a post."),
        (["import", ""], "`import` needs a file."),
        (["build", "--output"], "--output needs a value after it."),
        (["build", "--siteurl"], "--siteurl needs a value after it."),
        (["build", "--output", ""], "--output needs a value after it."),
        (["build", "--output", "--siteurl", "x"], "--output needs a value after it."),
        (["build", "--allow-shrink=no"], "--allow-shrink takes no value, and here is 'no'."),
        (["preview", "--port", "http"], "--port takes a number, and 'http' is none."),
    ],
)
def test_wrong_words_are_refused_in_one_sentence(capsys, words, sentence):
    with pytest.raises(SystemExit) as ended:
        cli.read_command(TASKS, words)
    assert ended.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert sentence in line
    assert line.endswith(f"Type `python3 tasks.py {words[0]} --help` for more.")


def test_a_mistyped_task_is_answered_with_the_nearest_one(tmp_path):
    done = run_tasks("buidl", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "There is no task 'buidl'. Did you mean build? Type `python3 tasks.py` for the list.\n"
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The command line alone, in a folder where its log files may lie."""
    root = tmp_path_factory.mktemp("copy")
    for folder in ("commands/launch", "catalogue", "building"):
        shutil.copytree(ROOT / folder, root / folder)
    return root


def write_task(body):
    """Return a program that runs a task with this body, as tasks.py would."""
    return (
        "from commands.launch.run_task import leave, run_task\n"
        f"def task():\n    {body}\n"
        "leave(run_task(task, {}))\n"
    )


def run_body(copy, body):
    """Run a task with this body."""
    command = [sys.executable, "-c", write_task(body)]
    return subprocess.run(command, cwd=copy, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("body", "code", "output"),
    [
        ("return 0", 0, ""),
        ("return 2", 2, ""),
        ("raise KeyboardInterrupt", 130, "Stopped.\n"),
        (
            "raise SystemExit('posts/a.md:1: seen. Type this.')",
            1,
            "posts/a.md:1: seen. Type this.\n",
        ),
        (
            "raise OSError(28, 'No space left on device')",
            1,
            "The disk is full. Make room on it, then type the same command again.\n",
        ),
    ],
)
def test_a_task_ends_with_its_exit_code_and_without_a_traceback(copy, body, code, output):
    done = run_body(copy, body)
    assert (done.returncode, done.stderr) == (code, output)


def test_the_unexpected_becomes_one_sentence_and_a_log_file(copy):
    done = run_body(copy, "return {}['odd']")
    log = copy / ".venv" / ERROR_LOG
    assert done.returncode == 1
    assert done.stderr == (
        "Something unexpected stopped this, and it is no fault in what you wrote: "
        f"the details are in {log}.\n"
    )
    assert "KeyError: 'odd'" in log.read_text(encoding="utf-8")


def test_a_package_that_cannot_be_loaded_is_named_with_the_remedy(copy):
    done = run_body(copy, "import markdawn")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("A package cannot be loaded (markdawn): delete the folder .venv")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
def test_a_reader_who_has_read_enough_gets_no_traceback(copy):
    body = "[print('line') for _ in range(100000)]; return 0"
    run = subprocess.Popen(
        [sys.executable, "-c", write_task(body)],
        cwd=copy,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    run.stdout.readline()
    run.stdout.close()
    assert run.stderr.read() == b""
    run.stderr.close()
    assert run.wait() == 1


SKIPPED = "import pytest\ndef test_a(): pass\ndef test_b(): pytest.skip('no browser')\n"


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_a_skip_counts_as_failed_under_ci_alone(tmp_path, ci, code):
    (tmp_path / "test_it.py").write_text(SKIPPED)
    command = [sys.executable, "-m", "pytest", "-p", "tests.skips", "-c", os.devnull]
    done = subprocess.run(
        [*command, "--rootdir", str(tmp_path), "-p", "no:cacheprovider", str(tmp_path)],
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


@pytest.mark.parametrize("command", [words for _, words in CHECKS if words[0] == "ruff"])
def test_code_that_a_post_shows_may_have_any_form(tmp_path, command):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "post.md").write_text("Title: Code\n\n```python\nx=1;y = 'a'\n```\n")
    (tmp_path / "latin.md").write_bytes(b"Title: Caf\xe9\n")
    done = subprocess.run([sys.executable, "-m", *command], cwd=tmp_path, capture_output=True)
    assert done.returncode == 0, done.stdout
