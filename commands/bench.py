"""Measure how fast a large made-up site is built, against another generator."""

import compileall
import json
import os
import shutil
import sys
import sysconfig
import tempfile
import venv
from functools import partial
from pathlib import Path

from catalogue.problems import Refused
from catalogue.project import CODE_FOLDERS, ROOT
from commands.launch.environment import REQUIREMENTS, clean_environ, write_facts

FEWEST = 10  # posts
COPIED_PARTS = (*CODE_FOLDERS, *"benchmarks theme pelicanconf.py publishconf.py tasks.py".split())


def bench(
    posts: int,
    topics: int,
    peer: str,
    runs: int,
    file: str = "",
    preview: bool = False,
    push: bool = False,
) -> int:
    """Build a made-up site in turn with this project and with `peer`; print a table of the figures.

    `file` is where all figures are written as JSON, or empty. With `preview` what is measured is how
    soon a save is on screen, beside Hugo's server, and nothing is built. With `push` it is what the steps
    of the workflow that publishes take. Returns 2 for a number or a name that cannot be meant.
    """
    from benchmarks.bench import measure
    from benchmarks.report import format_figures

    if wrong := check_numbers(posts, topics, peer, runs, file):
        print(wrong, file=sys.stderr)
        return 2
    if preview:
        from benchmarks.watching import format_watching, measure_watching

        with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
            result = measure_watching(posts, topics, runs, Path(folder))
        print(format_watching(result))
    elif push:
        from benchmarks.pushing import format_push, measure_push

        with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
            result = measure_push(
                posts, topics, runs, Path(folder), partial(print, file=sys.stderr)
            )
        print(format_push(result))
    else:
        environ = clean_environ(os.environ)
        result = measure(
            posts, topics, peer, runs, partial(print, file=sys.stderr), environ, copy_project
        )
        print(format_figures(result))
    if file:
        try:
            Path(file).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
        except OSError as error:
            raise Refused(f"{file} cannot be written: {error.strerror}.") from error
    return 0


def check_numbers(posts: int, topics: int, peer: str, runs: int, file: str) -> str:
    """Return what is wrong with what was asked for; nothing if it is fine."""
    from benchmarks.corpus import MOST_TOPICS
    from benchmarks.tools import PEERS

    if posts < FEWEST:
        return f"{posts} posts are too few to measure. Write --posts {FEWEST} or more."
    if not 1 <= topics <= MOST_TOPICS:
        return f"There can be 1 to {MOST_TOPICS} topics, and here are {topics}. Write --topics 20"
    if runs < 1:
        return "At least one run is needed. Write --runs 5"
    if peer not in PEERS:
        return f"There is no peer “{peer}”. Write --peer {' or --peer '.join(PEERS)}"
    if file and not Path(file).absolute().parent.is_dir():
        return f"There is no folder for {file}. Write --json with a file in a folder that is there."
    return ""


def copy_project(folder: Path) -> None:
    """Copy this project without its content, with an environment that has the same packages."""
    ignore = shutil.ignore_patterns("__pycache__")
    folder.mkdir()
    for name in COPIED_PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=ignore)
        else:
            shutil.copy(source, folder)
    shutil.copy(ROOT / REQUIREMENTS, folder)
    compileall.compile_dir(folder, quiet=2)
    environment = folder / ".venv"
    venv.create(environment, symlinks=os.name != "nt")
    paths = {"base": str(environment), "platbase": str(environment)}
    scheme = "nt" if os.name == "nt" else "posix_prefix"
    packages = Path(sysconfig.get_path("purelib", scheme, paths))
    lines = [place for place in sys.path if Path(place).name in ("site-packages", "dist-packages")]
    (packages / "same.pth").write_text("\n".join(lines) + "\n", encoding="utf-8")
    write_facts(str(folder), REQUIREMENTS)
