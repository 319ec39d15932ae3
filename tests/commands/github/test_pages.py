"""The page of a run says why a site is not published, and what to click."""

import json
from dataclasses import fields

import pytest

from building.outcome import Outcome
from commands.github import api as github_api
from commands.github.api import NoAnswer, ask_github
from commands.github.repository import BRANCH, FORK, FORKED, OFF, PAUSED, PLAIN, PRIVATE
from commands.github.summary import announce, report_build, set_output, write_summary
from commands.pages import ON, pages

WORKFLOW = {"build_type": "workflow", "cname": None, "https_enforced": True}


def ask(api, environ, tmp_path, site, repository=None, workflows=()):
    """Run the task for a repository in a state; return the exit code, the output and the page."""
    if site is not None:
        api.ways["GET", "pages"] = (200, site)
    api.ways["GET", "actions/workflows"] = (200, {"workflows": list(workflows)})
    event = {"repository": repository or {"private": False, "fork": False}}
    (tmp_path / "event.json").write_text(json.dumps(event), encoding="utf-8")
    code = pages(environ=environ)
    return code, (tmp_path / "output").read_text(), (tmp_path / "summary.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("repository", "code", "sentence"),
    [
        ({"private": False, "fork": False}, 1, OFF),
        ({"private": True, "fork": False}, 1, PRIVATE),
        ({"private": False, "fork": True}, 0, FORK),
        ({"private": True, "fork": True}, 0, FORK),
        ({}, 1, OFF),
    ],
)
def test_before_the_two_clicks_the_page_says_them(
    api, environ, tmp_path, capsys, repository, code, sentence
):
    done, output, page = ask(api, environ, tmp_path, None, repository)
    assert (done, output) == (code, "on=false\n")
    assert f"- {sentence}" in page
    assert sentence in capsys.readouterr().out
    assert "Settings → Pages → Source: GitHub Actions" in sentence
    assert "Actions → Pages → Run workflow" in sentence


def test_a_site_that_is_on_says_when_it_is_published(api, environ, tmp_path):
    assert ask(api, environ, tmp_path, WORKFLOW) == (
        0,
        "on=true\n",
        f"### Whether it is published\n\n- {ON}\n\n",
    )


def test_a_site_that_is_a_branch_is_left_to_it(api, environ, tmp_path):
    site = {"build_type": "legacy", "source": {"branch": "gh-pages", "path": "/"}}
    code, output, page = ask(api, environ, tmp_path, site)
    assert (code, output) == (0, "on=false\n")
    assert BRANCH.format(branch="“gh-pages”") in page


def test_a_domain_without_https_is_told(api, environ, tmp_path):
    site = {**WORKFLOW, "cname": "books.example", "https_enforced": False}
    code, output, page = ask(api, environ, tmp_path, site)
    assert (code, output, PLAIN in page) == (0, "on=true\n", True)


def test_a_schedule_that_github_has_paused_is_told_by_its_name(
    api, environ, tmp_path, capsys, monkeypatch
):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    states = {
        "Waiting posts": "disabled_inactivity",
        "Link care": "disabled_fork",
        "Pages": "active",
        "Other": "disabled_manually",
    }
    workflows = [{"name": name, "state": state} for name, state in states.items()]
    code, _, page = ask(api, environ, tmp_path, WORKFLOW, workflows=workflows)
    sentences = [PAUSED.format(name="Waiting posts"), FORKED.format(name="Link care")]
    assert code == 0
    assert [line for line in page.splitlines() if "Enable workflow" in line] == [
        f"- {sentence}" for sentence in sentences
    ]
    assert capsys.readouterr().out.splitlines() == [f"::notice::{each}" for each in sentences]


@pytest.mark.parametrize("answer", [(500, {}), (403, {"message": "no"})])
def test_when_github_does_not_answer_the_deployment_is_tried(
    api, environ, tmp_path, capsys, answer
):
    api.ways["GET", "pages"] = answer
    assert pages(environ=environ) == 0
    assert (tmp_path / "output").read_text() == "on=true\n"
    told = capsys.readouterr().out
    assert f"it answers {answer[0]}" in told
    assert "secret" not in told


def test_of_two_questions_the_answer_to_one_counts_without_the_other(api, environ, tmp_path):
    """There are no Pages, and what GitHub says of the workflows is lost."""
    assert pages(environ=environ) == 1
    assert (tmp_path / "output").read_text() == "on=false\n"
    assert f"- {OFF}" in (tmp_path / "summary.md").read_text("utf-8")


@pytest.mark.parametrize("answer", ["x", [], {"workflows": [None, 3, {}, {"state": ["x"]}]}, None])
def test_an_answer_of_another_form_is_no_fault_of_the_run(api, environ, tmp_path, answer):
    api.ways["GET", "actions/workflows"] = (200, answer)
    api.ways["GET", "pages"] = (200, answer)
    assert pages(environ=environ) == 0


@pytest.mark.parametrize(
    ("given", "repository", "address"),
    [
        ("https://books.example", "ann/shelf", "https://books.example"),
        ("", "Ann/shelf", "https://ann.github.io/shelf"),
        ("", "ann/Ann.github.io", "https://ann.github.io"),
        ("https://a.example\non=true", "ann/shelf", "https://a.example on=true"),
    ],
)
def test_what_is_only_tried_is_built_for_the_address_that_it_would_have(
    environ, api, tmp_path, monkeypatch, given, repository, address
):
    monkeypatch.setattr("commands.pages.CONTENT", tmp_path)
    environ = {**environ, "SITE_URL": given, "GITHUB_REPOSITORY": repository}
    assert pages(address=True, environ=environ) == 0
    assert (tmp_path / "output").read_text() == f"address={address}\n"
    assert api.asked == []


def test_a_template_that_others_copy_is_built_for_no_address_of_readers(environ, tmp_path, capsys):
    environ = {**environ, "IS_TEMPLATE": "true", "SITE_URL": "https://ann.github.io/shelf"}
    assert pages(address=True, environ=environ) == 0
    assert capsys.readouterr().out == "It is built for this machine.\n"


def test_elsewhere_than_on_github_it_says_what_is_missing(capsys, monkeypatch):
    monkeypatch.delenv("GITHUB_OUTPUT", raising=False)
    assert pages(environ={}) == 2
    assert pages(address=True, environ={}) == 2
    assert pages(address=True, environ={"SITE_URL": "https://books.example"}) == 0
    assert "GITHUB_TOKEN" in capsys.readouterr().err


def test_the_token_goes_to_no_other_host(api, environ):
    elsewhere = f"http://localhost:{api.server_port}/repos/ann/shelf/here"
    api.ways["GET", "away"] = (301, {}, {"Location": elsewhere})
    api.ways["GET", "renamed"] = (301, {}, {"Location": "/repos/ann/shelf/here"})
    api.ways["GET", "here"] = (200, {"is": "here"})
    with pytest.raises(NoAnswer) as ended:
        ask_github("away", environ)
    assert ended.value.code == 301
    assert [name for _, name, *_ in api.asked] == ["away"]
    assert ask_github("renamed", environ) == {"is": "here"}


def test_a_host_that_is_not_there_is_told(environ, monkeypatch):
    monkeypatch.setattr(github_api, "SECONDS", 1)
    environ = {**environ, "GITHUB_API_URL": "http://127.0.0.1:1"}
    with pytest.raises(NoAnswer, match="tried again by the next run"):
        ask_github("pages", environ)


def test_the_page_of_a_build_says_what_was_built_and_what_waits(tmp_path, environ, capsys):
    said = {
        "siteurl": "https://ann.github.io/shelf",
        "problems": [("posts/a.md", 1, "warning", "Odd.")],
        "scheduled": [
            "1 post is waiting: “<b>Tea</b> with @ann #3” goes live",
            "(By the clock of UTC.)",
        ],
        "drafts": 2,
        "posts": 3,
        "pages": 1,
        "topics": 0,
    }
    outcome = Outcome(**{**{field.name: [] for field in fields(Outcome)}, **said})
    report_build(outcome, tmp_path, tmp_path / "site")
    assert "Built 3 posts, 1 page, 0 topics" in capsys.readouterr().out
    assert (tmp_path / "summary.md").read_text("utf-8").splitlines() == [
        "### What was built",
        "",
        "- 3 posts, 1 page, 0 topics, for https:&#47;/ann.github.io/shelf/",
        "- 1 post is waiting: “&lt;b>Tea&lt;/b> with &#64;ann &#35;3” goes live",
        "- (By the clock of UTC.)",
        "- 2 drafts left out.",
        "- 1 warning: each stands at its line, see below.",
        "",
    ]


def test_away_from_github_nothing_is_written_anywhere(monkeypatch, tmp_path, capsys):
    for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    write_summary("A", ["b"])
    set_output("on", "true")
    announce("error", "A sentence.")
    assert capsys.readouterr().out == "A sentence.\n"


def test_a_page_that_cannot_be_written_stops_nothing(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    write_summary("A", ["b"])
    assert "GITHUB_STEP_SUMMARY cannot be written" in capsys.readouterr().err
