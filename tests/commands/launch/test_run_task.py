"""Whatever happens in a task, the author reads at most one sentence."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commands.launch.run_task import ERROR_LOG

ROOT = Path(__file__).resolve().parents[3]


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
        ("raise SystemExit(130)", 130, "Stopped.\n"),
        ("raise SystemExit(143)", 143, ""),
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
