"""What ends a run is shown on GitHub at the line of the file that it names."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.annotations import list_annotations
from catalogue.problems import Problem, Refused, format_report
from commands.launch.run_task import run_task


@pytest.fixture
def root(tmp_path, monkeypatch):
    for name in ("pelicanconf.py", "theme/templates/post.html", "theme/odd, name.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_each_line_of_a_report_stands_at_its_own_file_and_line(root):
    report = (
        "pelicanconf.py:12: nobody reads a setting called SITENAM. Did you mean SITENAME?\n"
        "theme/templates/post.html:5: 50 % of it: lost.\n"
        f"{root / 'theme' / 'odd, name.html'}: this is no template.\n"
        "The site is unchanged."
    )
    assert list_annotations(report, root) == [
        "::error file=pelicanconf.py,line=12::nobody reads a setting called SITENAM. Did you mean SITENAME?",
        "::error file=theme/templates/post.html,line=5::50 %25 of it: lost.",
        "::error file=theme/odd%2C name.html,line=1::this is no template.",
    ]


@pytest.mark.parametrize(
    "report",
    [
        "The disk is full: make room.",
        "posts/a/index.html leads to /b/: not there. The site is unchanged.",
        "../pelicanconf.py:3: not of this project",
        "theme: a folder is no file",
        "one\ntwo: \x00",
    ],
)
def test_a_report_that_names_no_file_is_shown_as_a_whole(root, report):
    whole = report.replace("\n", "%0A")
    assert list_annotations(report, root) == [f"::error::{whole}"]


def test_what_is_shown_already_is_not_shown_twice(root, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    report = format_report([Problem("pelicanconf.py", 1, "error", "Wrong.")], root)
    assert report.count("::error ") == 1
    assert list_annotations(report, root) == []
    assert list_annotations(" \n", root) == []


@given(st.text())
def test_no_report_can_begin_a_command_of_its_own(text):
    for line in list_annotations(text, Path.cwd()):
        assert line.startswith("::error")
        assert not {"\n", "\r"} & set(line)


@pytest.mark.parametrize(("environ", "shown"), [("true", 1), ("", 0)])
def test_a_run_that_is_refused_is_shown_on_github_and_nowhere_else(
    monkeypatch, capsys, environ, shown
):
    monkeypatch.setenv("GITHUB_ACTIONS", environ)

    def refuse():
        raise Refused("pelicanconf.py:3: this is no zone. The site is unchanged.")

    with pytest.raises(Refused):
        run_task(refuse, {})
    told = capsys.readouterr().err
    assert told.count("::error file=pelicanconf.py,line=3::this is no zone.") == shown
