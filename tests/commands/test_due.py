"""What waits for its day is published on it, by a workflow that starts another when it is time."""

import pytest

from building.settings import read_constants
from commands import check as checking
from commands.due import due
from tests.conftest import LEAST, write_files
from tests.github_api import make_environ, serving_api

POST = "Title: {}\nDate: {}\n\nWords of {}.\n"
FILES = {
    "posts/early.md": POST.format("Early", "2030-03-10 08:00", "early"),
    "posts/now.md": POST.format("Now", "2030-03-17 19:30", "now"),
    "posts/later.md": POST.format("Later", "2030-03-18 09:00", "later"),
    "posts/draft.md": POST.format("Draft", "2030-03-17 19:30\nStatus: draft", "a draft"),
    "comments/early/ann.md": "Author: Ann\nDate: 2030-03-17 19:00\n\nWell said.\n",
}
NOW = "1900000000"  # 2030-03-17, 17:46:40 UTC: 19:46 where the site's clock is


@pytest.fixture
def content(tmp_path, monkeypatch):
    constants = {**read_constants(), "READING_CACHE": "", "TIMEZONE": "Europe/Athens"}
    monkeypatch.setattr(checking, "read_constants", lambda: constants)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    write_files(tmp_path, {**LEAST, **FILES})
    return tmp_path


RUNS = "actions/workflows/pages.yml/runs"
START = "actions/workflows/pages.yml/dispatches"


@pytest.fixture
def github(monkeypatch, tmp_path):
    with serving_api() as server:
        for name, value in make_environ(server, tmp_path).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("GITHUB_SHA", "b" * 40)
        server.ways["GET", "pages"] = (200, {"build_type": "workflow"})
        server.ways["POST", START] = (204, {})
        answer_last(server, "2030-03-17T16:00:00Z")
        yield server


def answer_last(github, moment, **more):
    """Say when the workflow last ran, and how that went."""
    run = {"created_at": moment, "status": "completed", "conclusion": "success", **more}
    github.ways["GET", RUNS] = (200, {"workflow_runs": [run]})


def list_asked(github):
    return [(command, name) for command, name, *_ in github.asked]


@pytest.mark.parametrize(
    ("since", "names"),
    [("2030-03-17", ["Ann on Early", "Now"]), ("2030-03-01", ["Early", "Ann on Early", "Now"])],
)
def test_what_has_come_due_since_a_day_is_listed_by_the_sites_clock(content, capsys, since, names):
    assert due("", since, content) == 0
    assert capsys.readouterr().out.splitlines() == names


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (
            "2030-03-17T16:00:00Z",
            "2 texts have come due: Ann on Early, Now. The site is published again.",
        ),
        ("2030-03-17T17:10:00Z", "1 text has come due: Now. The site is published again."),
    ],
)
def test_the_site_is_published_when_something_is_due(content, github, capsys, last, said):
    answer_last(github, last)
    assert due("pages.yml", "", content) == 0
    assert github.asked == [
        ("GET", "pages", "Bearer secret", None),
        ("GET", RUNS, "Bearer secret", None),
        ("POST", START, "Bearer secret", {"ref": "trunk"}),
    ]
    assert capsys.readouterr().out == f"{said}\n"


def test_it_is_left_alone_when_nothing_is_due_but_never_for_a_week(content, github, capsys):
    (content / "posts/now.md").unlink()
    (content / "comments/early/ann.md").unlink()
    answer_last(github, "2030-03-11T18:00:00Z")
    assert due("pages.yml", "", content) == 0
    assert ("POST", START) not in list_asked(github)
    assert capsys.readouterr().out.startswith("Nothing has come due since 2030-03-11 18:00 UTC.")
    answer_last(github, "2030-03-11T17:00:00Z")
    assert due("pages.yml", "", content) == 0
    assert list_asked(github)[-1] == ("POST", START)


@pytest.mark.parametrize("runs", [[], None, [{}], [None, {"created_at": "soon"}]])
def test_a_workflow_that_never_ran_is_started(content, github, runs):
    github.ways["GET", RUNS] = (200, {"workflow_runs": runs})
    assert due("pages.yml", "", content) == 0
    assert list_asked(github)[-1] == ("POST", START)


@pytest.mark.parametrize(
    ("moment", "state", "said"),
    [
        ("2030-03-17T17:00:00Z", {"status": "in_progress", "conclusion": None}, "at this moment"),
        ("2030-03-17T10:00:00Z", {"status": "queued", "conclusion": None}, ""),
        ("2030-03-17T16:00:00Z", {"conclusion": "failure", "head_sha": "b" * 40}, "a day after"),
        ("2030-03-17T16:00:00Z", {"conclusion": "failure", "head_sha": "a" * 40}, ""),
        ("2030-03-16T16:00:00Z", {"conclusion": "failure", "head_sha": "b" * 40}, ""),
        ("2030-03-17T17:40:00Z", {"event": "pull_request"}, ""),
        ("2030-03-17T17:40:00Z", {"event": "push"}, "Nothing has come due"),
    ],
)
def test_what_runs_or_has_failed_a_moment_ago_is_not_started_each_hour(
    content, github, capsys, moment, state, said
):
    """GitHub writes a mail to the author about each run that fails."""
    answer_last(github, moment, **state)
    assert due("pages.yml", "", content) == 0
    assert (("POST", START) in list_asked(github)) == (not said)
    assert said in capsys.readouterr().out


def test_where_pages_is_not_on_nothing_is_started(content, github, capsys):
    github.ways["GET", "pages"] = (404, {})
    assert due("pages.yml", "", content) == 0
    assert list_asked(github) == [("GET", "pages")]
    assert "Settings → Pages" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((403, {}), "it answers 403 (Forbidden). Open Actions in the repository"),
        ((500, {}), "it answers 500 (Internal Server Error). It is tried again by the next run."),
    ],
)
def test_when_github_does_not_answer_a_sentence_says_what_to_do(
    content, github, capsys, answer, said
):
    github.ways["GET", RUNS] = answer
    assert due("pages.yml", "", content) == 1
    told = capsys.readouterr().err
    assert said in told
    assert "secret" not in told


def test_elsewhere_than_on_github_it_says_what_is_missing(content, capsys, monkeypatch):
    for name in ("GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_REF_NAME", "GITHUB_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    assert due("pages.yml", "", content) == 2
    assert "GITHUB_TOKEN" in capsys.readouterr().err
    assert due("", "soon", content) == 2
    assert "Write: --since 2026-11-23" in capsys.readouterr().err
