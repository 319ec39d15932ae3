"""`check` is the judgement of a build without the writing."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commands.build import build
from commands.check import check
from commands.status import status

ROOT = Path(__file__).parents[2]


@pytest.fixture
def content(tmp_path):
    shutil.copytree(ROOT / "content", tmp_path / "content")
    return tmp_path / "content"


def test_what_is_right_is_said_to_be_right(content, capsys):
    assert check(content) == 0
    assert capsys.readouterr() == (f"All is well in {content}.\n", "")


def test_a_warning_is_told_and_does_not_fail(content, capsys):
    (content / "posts/new.md").write_text("Title: New\nDate: 2024-05-01\nTags: Shelves\n\nHi.\n")
    assert check(content) == 0
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith(f"{content}/posts/new.md:3: warning: “Shelves” is no topic yet")
    assert told[-1] == "0 errors, 1 warning."


def test_all_errors_of_all_files_are_told_in_order_of_path_and_line(content, capsys):
    (content / "posts/b.md").write_text("Title: B\nDate: soon\nComments: many\n\nHi.\n")
    (content / "posts/a.md").write_text("Title: A\nDate: 2024-05-01\n\n[x](gone.md)\n")
    (content / "pages/c.md").write_text("Hello.\n")
    assert check(content) == 1
    *told, counts = capsys.readouterr().err.splitlines()
    places = [line.removeprefix(f"{content}/").split(": ")[0] for line in told]
    assert places == ["pages/c.md:1", "posts/a.md:4", "posts/b.md:2", "posts/b.md:3"]
    assert counts == "4 errors, 0 warnings."


@pytest.mark.parametrize("name", ["nowhere", "a-file"])
def test_a_folder_that_is_not_there_is_a_wrong_command(tmp_path, capsys, name):
    (tmp_path / "a-file").write_text("")
    for command in (check, status, lambda folder: build(folder, tmp_path / "output")):
        assert command(tmp_path / name) == 2
        assert "--content" in capsys.readouterr().err
    assert not (tmp_path / "output").exists()


def test_nothing_is_written(content):
    before = sorted(content.parent.rglob("*"))
    check(content)
    assert sorted(content.parent.rglob("*")) == before


def test_a_check_loads_neither_pelican_nor_on_unchanged_files_markdown(tmp_path):
    # A store of its own: on the project's, other tests may be at work.
    code = (
        "import sys; from pathlib import Path; from commands import check; "
        f"own = {{**check.read_constants(), 'STORE': {str(tmp_path / 'store.sqlite3')!r}}}; "
        "check.read_constants = lambda: own; "
        "sys.exit(check.check(Path('content')) or bool({'pelican', 'jinja2'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)
    code = code.replace("'jinja2'", "'markdown', 'typogrify', 'PIL'")
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)
