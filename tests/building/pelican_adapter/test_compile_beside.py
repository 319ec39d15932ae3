"""What a process beside the reading compiles is what the build would compile, and stands in no way."""

import json
import marshal
import os
import shutil
import subprocess
import sys
from contextlib import nullcontext
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from building.pelican_adapter import compile_beside as beside
from building.pelican_adapter.compile_beside import compile_theme
from catalogue.project import ROOT
from tests.conftest import FORKING, read_constants, write_files

BUILD = """
import json, os, sys
os.cpu_count = lambda: 2
import jinja2
from building.pelican_adapter import compile_beside
from contextlib import nullcontext
from pathlib import Path
if sys.argv[1] == "alone":
    compile_beside.work_beside = lambda *words, **named: nullcontext()
parent, compiled, compile = os.getpid(), [], jinja2.Environment.compile
def count(environment, source, name=None, *words, **named):
    compiled.append(name)
    return compile(environment, source, name, *words, **named)
jinja2.Environment.compile = count
from commands.build import build
try:
    build(Path("content"), Path(sys.argv[1]))
except SystemExit as refused:
    print(refused.code, file=sys.stderr)
if os.getpid() == parent:
    print(json.dumps(compiled))
"""


def build(project, how):
    """Build for the first time, alone or beside; return what this process compiles, and what it says."""
    for folder in [project / ".cache", *(project / "theme").rglob("__pycache__")]:
        shutil.rmtree(folder, ignore_errors=True)
    dropped = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")
    done = subprocess.run(
        [sys.executable, "-c", BUILD, how],
        cwd=project,
        env={name: value for name, value in os.environ.items() if name not in dropped},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1]), done.stderr


def read_code(project):
    """Return the code that is kept of each template, by its file."""
    folder = project / "theme" / "templates"
    names = [path.relative_to(folder) for path in folder.rglob("*.html")]
    files = {name: Path(cache_from_source(str(folder / name))) for name in names}
    return {
        name: marshal.loads(file.read_bytes()[16:]) for name, file in files.items() if file.exists()
    }


@FORKING
def test_a_first_build_finds_compiled_what_it_would_compile_to_the_same_code(own_clone):
    compiled, _ = build(own_clone, "alone")
    alone = read_code(own_clone)
    assert compiled != []
    compiled, _ = build(own_clone, "beside")
    found = read_code(own_clone)
    assert compiled == []
    assert {name: found[name] for name in alone} == alone != {}


@FORKING
@pytest.mark.parametrize(
    ("file", "fault"),
    [
        ("theme/templates/article.html", "{% if %}"),
        ("theme/templates/base.html", "{{ 'x'|nonsuch }}"),
        ("theme/templates/partials/way.html", "{% endif %}"),
        ("theme/words.py", "HOME ="),
        ("pelicanconf.py", "THEME = 5"),
        ("pelicanconf.py", "JINJA_ENVIRONMENT = DATE_FORM = 5"),
    ],
)
def test_a_fault_is_told_as_by_a_build_that_is_alone(own_clone, file, fault):
    before = (own_clone / file).read_bytes()
    (own_clone / file).write_bytes(before + f"\n{fault}\n".encode())
    try:
        said = [build(own_clone, how)[1] for how in ("alone", "beside")]
    finally:
        (own_clone / file).write_bytes(before)
    assert said[0] == said[1]
    assert file in said[0]


@pytest.mark.parametrize("settings", [{}, {"JINJA_ENVIRONMENT": {"nonsuch": 1}}])
def test_nothing_is_raised_for_wrong_settings(tmp_path, settings):
    compile_theme(tmp_path, settings)


@pytest.mark.parametrize(
    ("is_kept", "may_keep", "cores", "is_done"),
    [
        (False, True, 2, True),
        (True, True, 2, False),
        (False, False, 2, False),
        (False, True, 1, False),
    ],
)
def test_a_process_is_started_only_where_it_can_keep_what_is_not_kept(
    tmp_path, monkeypatch, is_kept, may_keep, cores, is_done
):
    started = []
    monkeypatch.setattr(beside, "work_beside", lambda *_, **__: started.append(1) or nullcontext())
    monkeypatch.setattr(beside, "count_processes", lambda: cores)
    monkeypatch.setattr(sys, "dont_write_bytecode", not may_keep)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    monkeypatch.setattr(beside, "ROOT", tmp_path)
    settings = read_constants()
    assert (ROOT / beside.THEME / beside.TEMPLATES / beside.FIRST).is_file()
    if is_kept:
        template = tmp_path / beside.THEME / beside.TEMPLATES / beside.FIRST
        write_files(tmp_path, {cache_from_source(str(template)): b""})
    with beside.compile_beside(settings):
        assert started == [1] * is_done
