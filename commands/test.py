"""Run everything that proves the project: form, types, and the tests."""

import os
import subprocess
import sys
from collections.abc import Sequence

from catalogue.project import CODE_FOLDERS, ROOT

STATIC_CHECKS = (
    ("ruff check", ("ruff", "check", "--quiet", ".")),
    ("ruff format --check", ("ruff", "format", "--check", "--quiet", ".")),
    ("mypy --strict", ("mypy", "--strict", *CODE_FOLDERS, "tasks.py")),
)
PYTEST = ("pytest", "-p", "tests.skips", "-rs", "--quiet")
# One process more than there are processors: many tests wait for a browser, a server or git. A few take
# most of the time; whoever has none left takes over what waits elsewhere.
WORKERS = (os.cpu_count() or 1) + 1
ALL_CORES = ("--numprocesses", str(WORKERS), "--dist", "worksteal")


def test(words: Sequence[str]) -> int:
    """Run the checks and then pytest, each with a line that says how it went; return the exit code.

    With words for pytest, pytest alone runs: that is for work on a few tests.
    """
    if words:
        return run_pytest([*PYTEST, *words])
    failed = [name for name, command in STATIC_CHECKS if not run_check(name, command)]
    code = run_pytest([*PYTEST, *ALL_CORES])
    print(format_outcome("pytest", code == 0))
    return 1 if failed else code


def run_check(name: str, command: Sequence[str]) -> bool:
    """Run one check and print its line, and what it wrote only if it failed; return whether it passed."""
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    print(format_outcome(name, done.returncode == 0), flush=True)
    if done.returncode:
        print(done.stdout.rstrip(), flush=True)
    return done.returncode == 0


def run_pytest(command: Sequence[str]) -> int:
    """Run pytest in the open; return 0, 1 for failed tests (or none at all), 2 for wrong words."""
    code = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False).returncode
    return {0: 0, 4: 2}.get(code, 1)


def format_outcome(name: str, fine: bool) -> str:
    """Return one line: the name of a check, dots, and how it went."""
    return f"{name} {'.' * (24 - len(name))} {'fine' if fine else 'FAILED'}"
