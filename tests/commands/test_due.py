"""What waits for its day is published on it, by a workflow that starts another when it is time."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from building.settings import read_constants
from commands import check as checking
from commands.due import due
from tests.conftest import LEAST, write_files

POST = "Title: {}\nDate: {}\n\nWords of {}.\n"
FILES = {
    "posts/early.md": POST.format("Early", "2030-03-10 08:00", "early"),
    "posts/now.md": POST.format("Now", "2030-03-17 19:30", "now"),
    "posts/later.md": POST.format("Later", "2030-03-18 09:00", "later"),
    "posts/draft.md": POST.format("Draft", "2030-03-17 19:30\nStatus: draft", "a draft"),
    "comments/early/ann.md": "Author: Ann\nDate: 2030-03-17 19:00\n\nWell said.\n",
}
NOW = "1900000000"  # 2030-03-17, 17:46:40 UTC: 19:46 where the site's clock is


class Stand(BaseHTTPRequestHandler):
    """A stand-in for GitHub's API."""

    def do_GET(self):
        self.server.asked.append((self.command, self.path, self.headers["Authorization"], None))
        self.answer()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(
            (self.command, self.path, self.headers["Authorization"], json.loads(body))
        )
        self.answer()

    def answer(self):
        status, data = self.server.answers[self.command]
        self.send_response(status)
        self.end_headers()
        self.wfile.write(data.encode())

    def log_message(self, *words):
        pass


@pytest.fixture
def content(tmp_path, monkeypatch):
    constants = {**read_constants(), "READING_CACHE": "", "TIMEZONE": "Europe/Athens"}
    monkeypatch.setattr(checking, "read_constants", lambda: constants)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    write_files(tmp_path, {**LEAST, **FILES})
    return tmp_path


@pytest.fixture
def github(monkeypatch):
    server = HTTPServer(("127.0.0.1", 0), Stand)
    server.asked, server.answers = [], {"GET": (200, "{}"), "POST": (204, "")}
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    monkeypatch.setenv("GITHUB_API_URL", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("GITHUB_REPOSITORY", "ann/shelf")
    monkeypatch.setenv("GITHUB_REF_NAME", "trunk")
    monkeypatch.setenv("GITHUB_TOKEN", "secret")
    yield server
    server.shutdown()
    server.server_close()


def answer_last(github, moment):
    github.answers["GET"] = (200, json.dumps({"workflow_runs": [{"created_at": moment}]}))


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
    runs, started = github.asked
    assert runs[:3] == (
        "GET",
        "/repos/ann/shelf/actions/workflows/pages.yml/runs?branch=trunk&status=success&per_page=1",
        "Bearer secret",
    )
    assert started == (
        "POST",
        "/repos/ann/shelf/actions/workflows/pages.yml/dispatches",
        "Bearer secret",
        {"ref": "trunk"},
    )
    assert capsys.readouterr().out == f"{said}\n"


def test_it_is_left_alone_when_nothing_is_due_but_never_for_a_week(content, github, capsys):
    (content / "posts/now.md").unlink()
    (content / "comments/early/ann.md").unlink()
    answer_last(github, "2030-03-11T18:00:00Z")
    assert due("pages.yml", "", content) == 0
    assert [command for command, *_ in github.asked] == ["GET"]
    assert capsys.readouterr().out.startswith("Nothing has come due since 2030-03-11 18:00 UTC.")
    answer_last(github, "2030-03-11T17:00:00Z")
    assert due("pages.yml", "", content) == 0
    assert [command for command, *_ in github.asked] == ["GET", "GET", "POST"]


def test_a_workflow_that_never_ran_is_started(content, github):
    github.answers["GET"] = (200, '{"workflow_runs": []}')
    assert due("pages.yml", "", content) == 0
    assert [command for command, *_ in github.asked] == ["GET", "POST"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((403, "{}"), "it answers 403 (Forbidden). Open Actions in the repository"),
        ((500, "{}"), "it answers 500 (Internal Server Error). It is tried again by the next run."),
        ((200, "<html>"), "It is tried again by the next run."),
    ],
)
def test_when_github_does_not_answer_a_sentence_says_what_to_do(
    content, github, capsys, answer, said
):
    github.answers["GET"] = answer
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
