"""Measure what a push costs: each `run:` step of the workflow that publishes, as written, one by one.

As on GitHub each push finds a new copy of the repository and an empty home folder, once with nothing kept
and then with what the workflow keeps between runs. What GitHub's own actions do (getting the copy, a
Python, what was kept) is not measured, nor are steps that ask GitHub with a token. The first step also
sets up `.venv`, from wherever pip fetches here.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.bench import read_cpu
from benchmarks.corpus import Corpus, make_corpus, write_own
from benchmarks.tools import select_environ
from catalogue.problems import Refused
from catalogue.project import ROOT

WORKFLOW = Path(".github/workflows/pages.yml")
JOB = "build"
SITE_URL = "https://example.github.io/blog"
NO_SITE = "http://127.0.0.1:9"  # asked instead of it: at the port of RFC 863 nobody answers
AUTHORITY = re.compile(r"(?m)^FEED_AUTHORITY = .*$")
RESTORE = "actions/cache/restore@"
PYTHON = "actions/setup-python@"
PIP_CACHE = "~/.cache/pip"  # what setup-python keeps with `cache: pip`
# What a build makes, and what is not the workflow's: the rest of the project is copied.
LEFT_OUT = (
    *".git .venv .cache output content".split(),
    *".hypothesis .mypy_cache .pytest_cache .ruff_cache __pycache__".split(),
)
TOKENS = ("github.token", "secrets.")
OTHER_TIMES = ("failure()", "cancelled()", "event_name == 'pull_request'")
WHO = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgSign=false")
POST = (
    "---\nTitle: Push {0}\nDate: 2026-01-01\nTags: {1}\n---\n\nWhat was written before push {0}.\n"
)
STEP_SECONDS = 900


@dataclass(frozen=True)
class Step:
    """A step of the workflow that runs a command: its name, the command, its own environment variables."""

    name: str
    command: str
    environ: Mapping[str, str]


def measure_push(
    posts: int, topics: int, runs: int, folder: Path, print_progress: Callable[[str], None]
) -> dict[str, Any]:
    """Return the seconds of each step for a push of one new post: with nothing kept, and with what is kept.

    `runs` is how often the second is measured. Raises Refused if a step fails, or the post is not built.
    """
    for program in ("bash", "git"):
        if not shutil.which(program):
            raise Refused(
                f"The steps of the workflow need {program}, which is not on this computer."
            )
    workflow = yaml.safe_load((ROOT / WORKFLOW).read_text(encoding="utf-8"))
    job = workflow["jobs"][JOB]
    place = Place(folder, list_steps(job), list_kept(job))
    print_progress(f"Making up {posts:,} posts in {topics:,} topics ...")
    corpus = make_corpus(posts, topics)
    place.make_repository(corpus)
    print_progress("A push with nothing kept ...")
    before = place.commit_post(0, corpus)
    cold = place.run_push(before, 0)
    place.keep()
    kept = []
    for number in range(1, runs + 1):
        print_progress(f"A push with what is kept: {number} of {runs} ...")
        before = place.commit_post(number, corpus)
        kept.append(place.run_push(before, number))
    return {
        "posts": posts,
        "runs": runs,
        "steps": [step.name for step in place.steps],
        "cold": cold,
        "kept": kept,
    }


class Place:
    """The folder of one measurement: the repository, the copy that a push is built in, and what is kept."""

    def __init__(self, folder: Path, steps: Sequence[Step], kept: Sequence[str]) -> None:
        self.folder, self.steps, self.kept = folder, steps, kept
        # The same names for each push, as on GitHub, where what is kept knows its place.
        self.source, self.copy, self.home = folder / "source", folder / "copy", folder / "home"
        self.store = folder / "kept"

    def git(self, *words: str) -> str:
        """Return what git prints on a command in the repository. Raises Refused if it fails."""
        command = ["git", *WHO, *words]
        done = subprocess.run(
            command, cwd=self.source, capture_output=True, encoding="utf-8", check=False
        )
        if done.returncode:
            raise Refused(f"git could not do this: {done.stderr.strip()}")
        return done.stdout.strip()

    def make_repository(self, corpus: Corpus) -> None:
        """Make a repository of this project with a made-up site."""
        shutil.copytree(ROOT, self.source, ignore=shutil.ignore_patterns(*LEFT_OUT))
        write_own(corpus, self.source / "content")
        settings = self.source / "pelicanconf.py"
        own = AUTHORITY.sub(
            'FEED_AUTHORITY = "blog@example.github.io"', settings.read_text("utf-8")
        )
        settings.write_text(own, encoding="utf-8", newline="\n")
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("add", "--force", ".")
        self.git("commit", "--quiet", "-m", "Begin")

    def commit_post(self, number: int, corpus: Corpus) -> str:
        """Commit one new post; return the commit before it."""
        before = self.git("rev-parse", "HEAD")
        path = self.source / "content" / "posts" / f"push-{number}.md"
        text = POST.format(number, corpus.topics[0].name)
        path.write_text(text, encoding="utf-8", newline="\n")
        self.git("add", ".")
        self.git("commit", "--quiet", "-m", f"Push {number}")
        return before

    def run_push(self, before: str, number: int) -> list[tuple[float, float]]:
        """Return the seconds of each step on a new copy, by the clock and of all processors.

        `before` is the commit that was pushed before, `number` that of the post.
        """
        for folder in (self.copy, self.home):
            shutil.rmtree(folder, ignore_errors=True)
        self.home.mkdir()
        self.git("clone", "--quiet", str(self.source), str(self.copy))
        self.move_kept(copy_folder)
        environ = self.make_environ(before)
        seconds = [self.run_step(step, environ) for step in self.steps]
        if not (self.copy / "output" / "posts" / f"push-{number}" / "index.html").is_file():
            raise Refused(f"The steps of {WORKFLOW.as_posix()} have not built the new post.")
        return seconds

    def keep(self) -> None:
        """Keep what the workflow keeps of a push."""
        self.move_kept(lambda kept, place: copy_folder(place, kept))

    def move_kept(self, move: Callable[[Path, Path], None]) -> None:
        """Call a function with each folder that is kept: where it is kept, and its own place."""
        for number, name in enumerate(self.kept):
            place = self.home / name[2:] if name.startswith("~/") else self.copy / name
            move(self.store / str(number), place)

    def make_environ(self, before: str) -> dict[str, str]:
        """Return the environment variables of a job on GitHub, as far as the steps look at them."""
        python = Path(getattr(sys, "_base_executable", "") or sys.executable).parent
        here = select_environ(os.environ)
        kept = {name: value for name, value in here.items() if not name.startswith("XDG_")}
        return {
            **find_pip_settings(),
            **kept,
            "PATH": os.pathsep.join([str(python), os.environ.get("PATH", "")]),
            "HOME": str(self.home),
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_NAME": "push",
            "GITHUB_REF_NAME": "main",
            "GITHUB_REPOSITORY": "example/blog",
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_OUTPUT": str(self.folder / "outputs"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            "BEFORE": before,
            "SITE_URL": SITE_URL,
        }

    def run_step(self, step: Step, environ: Mapping[str, str]) -> tuple[float, float]:
        """Return the seconds that a step takes, by the clock and of all processors. Raises Refused."""
        asked = {"SITE_URL": NO_SITE} if "--live" in step.command else {}
        before, began = read_cpu(), time.perf_counter()
        done = subprocess.run(
            ["bash", "-e", "-c", step.command],
            cwd=self.copy,
            env={**environ, **step.environ, **asked},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=STEP_SECONDS,
            check=False,
        )
        seconds, cpu = time.perf_counter() - began, read_cpu() - before
        if done.returncode:
            said = "\n".join(done.stdout.decode("utf-8", "replace").splitlines()[-20:])
            raise Refused(f"The step “{step.name}” ended with {done.returncode}:\n{said}")
        return seconds, cpu


def list_steps(job: Mapping[str, Any]) -> list[Step]:
    """Return the steps of a job that run a command on a push, and do not ask GitHub.

    A variable whose value GitHub works out gets the one that `Place.make_environ` has for its name.
    """
    steps = []
    for step in job["steps"]:
        environ = {**job.get("env", {}), **step.get("env", {})}
        is_elsewhere = any(sign in str(environ) for sign in TOKENS)
        is_later = any(sign in str(step.get("if", "")) for sign in OTHER_TIMES)
        if "run" in step and not is_elsewhere and not is_later:
            name = step.get("name", step["run"])
            steps.append(Step(name, step["run"], dict(read_plain(environ))))
    return steps


def read_plain(environ: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the environment variables of a step, without those that hold an expression of GitHub's."""
    for name, value in environ.items():
        if "${{" not in str(value):
            yield name, str(value)


def list_kept(job: Mapping[str, Any]) -> list[str]:
    """Return the folders that a job keeps between runs; `~` is the home folder."""
    kept = []
    for step in job["steps"]:
        action, options = step.get("uses", ""), step.get("with", {})
        if action.startswith(RESTORE):
            kept += str(options["path"]).split()
        if action.startswith(PYTHON) and options.get("cache") == "pip":
            kept.append(PIP_CACHE)
    return kept


def copy_folder(source: Path, target: Path) -> None:
    """Copy a folder, with the times of its files, if it is there."""
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True, symlinks=True)


def find_pip_settings() -> dict[str, str]:
    """Return the variable that leads pip to its user's settings, from another home folder too."""
    home = Path.home()
    places = (home / ".config/pip/pip.conf", home / ".pip/pip.conf")
    found = [str(place) for place in places if place.is_file()]
    return {"PIP_CONFIG_FILE": found[0]} if found else {}


def format_push(found: Mapping[str, Any]) -> str:
    """Return the figures as a table, a line for each step; of the pushes with what is kept the best."""
    best = min(found["kept"], key=lambda push: sum(seconds for seconds, _ in push))
    lines = [
        f"{found['posts']:,} posts, a push with one more: seconds by the clock (and of all processors) with "
        f"nothing kept, and of the best of {found['runs']} with what is kept:"
    ]
    columns = [[*push, tuple(map(sum, zip(*push, strict=True)))] for push in (found["cold"], best)]
    width = max(map(len, found["steps"]))
    for name, *cells in zip([*found["steps"], "all"], *columns, strict=True):
        figures = "  ".join(f"{seconds:6.2f} ({cpu:.2f})" for seconds, cpu in cells)
        lines.append(f"{name:<{width}}  {figures}")
    return "\n".join(lines)
