"""The tasks: the same ones with and without Invoke, each wrong command one sentence."""

import importlib
import inspect
import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commands.launch import command_line as cli
from commands.test import CHECKS

ROOT = Path(__file__).resolve().parents[1]
BARE = getattr(sys, "_base_executable", sys.executable)


@pytest.fixture(scope="module")
def verbs():
    """The tasks as the script itself sees them."""
    source = compile((ROOT / "tasks.py").read_bytes(), str(ROOT / "tasks.py"), "exec")
    names = {"__name__": "__main__", "__file__": str(ROOT / "tasks.py")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["tasks.py"])
        patch.setattr("commands.launch.command_line.leave", sys.exit)
        with pytest.raises(SystemExit):
            exec(source, names)
    return {verb.name: verb for verb in names["verbs"]}


@pytest.fixture(scope="module")
def invoked():
    """The tasks as Invoke sees them."""
    names = runpy.run_path(str(ROOT / "tasks.py"), run_name="tasks")
    found = [value for value in names.values() if type(value).__name__ == "Task"]
    return {task.name: task for task in found}


def test_invoke_knows_the_same_tasks_in_the_same_order(verbs, invoked):
    assert list(verbs) == list(invoked)
    assert {"build", "preview", "check", "status", "new", "topic", "import", "test"} <= set(verbs)


def test_invoke_knows_the_same_words_and_options_with_the_same_defaults_and_help(verbs, invoked):
    for name, verb in verbs.items():
        seen = {
            argument.names[0]: (argument.positional, argument.default, argument.help)
            for argument in invoked[name].get_arguments()
        }
        required = {word: (True, None, verb.help[word]) for word in verb.required}
        options = {
            cli.format_option(word).removeprefix("--"): (False, value, verb.help[word])
            for word, value in verb.options.items()
        }
        assert seen == {**required, **options}


def test_invoke_makes_no_short_options_that_the_script_lacks(invoked):
    for task in invoked.values():
        assert all(len(argument.names) == 1 for argument in task.get_arguments())


def test_each_task_leads_to_a_command_of_its_name(verbs):
    for name in verbs:
        word = "import_" if name == "import" else name
        command = getattr(importlib.import_module(f"commands.{word}"), word)
        assert inspect.signature(command).return_annotation is int


def run_tasks(*words, cwd=ROOT):
    command = [BARE, str(ROOT / "tasks.py"), *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True)


def test_without_words_the_tasks_are_listed_one_plain_line_each(verbs, tmp_path):
    done = run_tasks(cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    title, *lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(verbs)
    assert all(len(line) <= 100 for line in [title, *lines])


def test_help_names_every_word_and_option(verbs):
    for verb in verbs.values():
        text = cli.format_help(verb)
        assert all(f"  {name.upper()}  " in text for name in verb.required)
        assert all(cli.format_option(name) in text for name in verb.options)
        assert "\n\n" in text
        assert all(len(line) <= 100 for line in text.splitlines())


def test_words_become_arguments(verbs):
    read = cli.read_words
    assert read(
        verbs["build"], ["--siteurl=https://x.org/a=b", "--allow-shrink", "--content", "c"]
    )["siteurl"] == ("https://x.org/a=b")
    assert read(verbs["build"], ["--allow-shrink"])["allow_shrink"] is True
    assert read(verbs["build"], [])["allow_shrink"] is False
    assert read(verbs["build"], ["--replace"])["replace"] is True
    assert read(verbs["build"], ["--siteurl", ""])["siteurl"] == ""
    assert read(verbs["preview"], ["--port", "8001"])["port"] == 8001
    assert read(verbs["new"], ["Who asks?"]) == {"title": "Who asks?"}
    assert read(verbs["new"], ["- a dash at the start"]) == {"title": "- a dash at the start"}
    assert read(verbs["import"], ["--date", "2026-01-02", "f.txt"]) == {
        "file": "f.txt",
        "date": "2026-01-02",
    }


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["new"], "`new` needs a title."),
        (["new", ""], "`new` needs a title."),
        (["new", "How", "do", "I"], "'do' is one word more: put it in quotation marks"),
        (["check", "content"], "`check` takes no further word, and 'content' is one word more."),
        (["build", "--contnet", "x"], "`build` has no option --contnet. Did you mean --content?"),
        (["build", "-c", "x"], "`build` has no option -c."),
        (["build", "--output"], "--output needs a value after it."),
        (["build", "--siteurl"], "--siteurl needs a value after it."),
        (["build", "--output", ""], "--output needs a value after it."),
        (["build", "--output", "--siteurl", "x"], "--output needs a value after it."),
        (["build", "--allow-shrink=no"], "--allow-shrink takes no value, and here is 'no'."),
        (["preview", "--port", "http"], "--port takes a number, and 'http' is none."),
    ],
)
def test_wrong_words_are_refused_in_one_sentence(verbs, capsys, words, sentence):
    with pytest.raises(SystemExit) as ended:
        cli.read_words(verbs[words[0]], words[1:])
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
    for folder in ("commands/launch", "catalogue"):
        shutil.copytree(ROOT / folder, root / folder)
    return root


def run_guarded(copy, body):
    """Run a task with this body, as tasks.py would."""
    text = f"from commands.launch.command_line import guarded\ndef task():\n    {body}\nguarded(task)()\n"
    return subprocess.run([sys.executable, "-c", text], cwd=copy, capture_output=True, text=True)


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
            "The disk is full: make room, then type the same command again.\n",
        ),
    ],
)
def test_a_task_ends_with_its_exit_code_and_without_a_traceback(copy, body, code, output):
    done = run_guarded(copy, body)
    assert (done.returncode, done.stderr) == (code, output)


def test_the_unexpected_becomes_one_sentence_and_a_log_file(copy):
    done = run_guarded(copy, "return {}['odd']")
    log = copy / ".venv" / cli.ERROR_LOG
    assert done.returncode == 1
    assert done.stderr == (
        "Something unexpected stopped this, and it is no fault in what you wrote: "
        f"the details are in {log}.\n"
    )
    assert "KeyError: 'odd'" in log.read_text(encoding="utf-8")


def test_a_package_that_cannot_be_loaded_is_named_with_the_remedy(copy):
    done = run_guarded(copy, "import markdawn")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("A package cannot be loaded (markdawn): delete the folder .venv")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
def test_a_reader_who_has_read_enough_gets_no_traceback(copy):
    body = "[print('line') for _ in range(100000)]; return 0"
    text = f"from commands.launch.command_line import guarded\ndef task():\n    {body}\nguarded(task)()\n"
    run = subprocess.Popen(
        [sys.executable, "-c", text], cwd=copy, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    run.stdout.readline()
    run.stdout.close()
    assert run.stderr.read() == b""
    run.stderr.close()
    assert run.wait() == 1


MISSED = "def test_b(): pytest.skip('no browser')\n"
IMPOSSIBLE = "@pytest.mark.skipif(True, reason='another system')\ndef test_b(): pass\n"


@pytest.mark.parametrize(
    ("ci", "skipped", "code"),
    [("true", MISSED, 1), ("", MISSED, 0), ("true", IMPOSSIBLE, 0), ("", IMPOSSIBLE, 0)],
)
@pytest.mark.parametrize("processes", [[], ["--numprocesses", "1"]])
def test_a_skip_counts_as_failed_under_ci_alone_if_what_was_missed_could_be_there(
    tmp_path, ci, skipped, code, processes
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


@pytest.mark.parametrize("command", [words for _, words in CHECKS if words[0] == "ruff"])
def test_code_that_a_post_shows_may_have_any_form(tmp_path, command):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "post.md").write_text("Title: Code\n\n```python\nx=1;y = 'a'\n```\n")
    (tmp_path / "latin.md").write_bytes(b"Title: Caf\xe9\n")
    done = subprocess.run([sys.executable, "-m", *command], cwd=tmp_path, capture_output=True)
    assert done.returncode == 0, done.stdout
