"""One issue tells of the links that lead nowhere: opened, changed and closed, and never a second one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building.settings import read_constants
from catalogue.link_ledger import LinkFacts, format_ledger
from commands import check as checking
from commands.github.dead_links import NO_ISSUES, tell_links
from commands.github.issue import keep_issue
from commands.github.link_report import (
    MOST_CHARACTERS,
    LinkReport,
    make_report,
    mark_link,
    read_marks,
)
from commands.github.markdown import format_code, format_words
from commands.link_care.uses import Use
from commands.link_issue import link_issue
from tests.conftest import LEAST, write_files
from tests.github_api import BOT

PLACE = "https://github.com/ann/shelf/blob/trunk/content"
DEAD = LinkFacts(
    first_seen="2026-01-01",
    checked="2026-11-20",
    last_failed="2026-11-20",
    failing_since="2026-11-02",
    status="404",
)
SHAKY = LinkFacts(
    checked="2026-11-20", last_failed="2026-11-20", failing_since="2026-11-20", status="500"
)
GOOD = LinkFacts(checked="2026-11-20", last_good="2026-11-20", status="200")
PRIVATE = LinkFacts(checked="2026-11-20", status="not asked: it is no public address")
COPY = replace(
    DEAD,
    archived="https://web.archive.org/web/20200303101112/http://gone.example/",
    archived_on="2020-03-03",
)


def report_on(ledger, texts=("posts/weeding.md",)):
    uses = {url: [Use(path, "2026-01-01", True) for path in texts] for url in ledger}
    return make_report(uses, ledger, lambda path, url: 12, PLACE)


def test_the_issue_names_each_dead_link_with_its_text_its_line_and_its_copy():
    report = report_on(
        {
            "http://gone.example/": COPY,
            "http://good.example/": GOOD,
            "http://lan/": PRIVATE,
            "http://shaky.example/": SHAKY,
        }
    )
    assert report.title == "2 outside links lead nowhere"
    assert report.body.split("\n\n")[:3] == [
        f"<!-- link care {mark_link('http://gone.example/')} {mark_link('http://lan/')} -->",
        "Of 4 outside links, 2 lead nowhere. They were asked last on 20 November 2026. 1 more fails since "
        "less than two weeks, and may be well again next week.",
        f"""\
- `http://gone.example/`: dead since 2 November 2026 (`the answer is 404`)
  - in [`content/posts/weeding.md`]({PLACE}/posts/weeding.md?plain=1#L12), line 12
  - a copy of 3 March 2020: <https://web.archive.org/web/20200303101112/http://gone.example/>
- `http://lan/`: was not asked (`it is no public address`), and readers cannot use it
  - in [`content/posts/weeding.md`]({PLACE}/posts/weeding.md?plain=1#L12), line 12""",
    ]
    assert "shaky" not in report.body
    assert report.summary == (
        "Of 4 outside links, 2 lead nowhere. They were asked last on 20 November 2026.",
        "  http://gone.example/: dead since 2 November 2026 (the answer is 404)",
        "  http://lan/: was not asked (it is no public address), and readers cannot use it",
    )


def test_what_no_text_links_to_any_more_is_not_told():
    uses = {"http://good.example/": [Use("posts/a.md")]}
    ledger = {"http://gone.example/": DEAD, "http://good.example/": GOOD}
    report = make_report(uses, ledger, lambda *_: 0, PLACE)
    assert (report.dead, "gone.example" in report.body) == (frozenset(), False)
    assert make_report({}, {}, lambda *_: 0, PLACE).summary == (
        "Of 0 outside links, 0 lead nowhere.",
    )


def test_an_issue_of_thousands_of_links_is_one_that_github_takes():
    urls = [f"http://gone.example/{'x' * 150}/{number}" for number in range(3000)]
    report = report_on(dict.fromkeys(urls, DEAD), [f"posts/{'y' * 60}{n}.md" for n in range(20)])
    assert MOST_CHARACTERS / 2 < len(report.body) < 65_536
    assert "more, which the next run shows when these are mended." in report.body
    assert "  - and in 15 other texts\n" in report.body


TRICKS = [
    "`",
    "```x",
    "@ann",
    "#3",
    "](http://evil.example)",
    "<!-- -->",
    "ann/shelf#1",
    "\n# x",
    "\u202e",
]


@given(st.lists(st.sampled_from(TRICKS) | st.text(max_size=5), max_size=6).map("".join))
def test_no_text_is_more_than_words_on_github(text):
    code = format_code(text)
    fence = code[: len(code) - len(code.lstrip("`"))]
    inside = code[len(fence) : -len(fence)]
    assert fence
    assert fence not in inside.replace(" ", "\n")
    assert not inside.startswith("`")
    assert not inside.endswith("`")
    assert code.isprintable() or "\n" not in code
    words = format_words(text)
    assert "\n" not in words
    assert "@" not in words
    assert not words.startswith("#")


def test_a_link_that_is_called_like_a_person_or_an_issue_calls_nobody():
    url = "https://evil.example/`@ann`/ann/shelf#1"
    report = report_on({url: DEAD}, ["posts/@ann [x](y).md"])
    item = report.body.split("\n\n")[2]
    assert item.splitlines()[0].startswith(f"- ``{url}``: dead")
    assert (
        f"[`content/posts/@ann [x](y).md`]({PLACE}/posts/%40ann%20%5Bx%5D%28y%29.md?plain=1#L12)"
        in item
    )


LIVELY = LinkReport(
    "1 outside link leads nowhere",
    f"<!-- link care {mark_link('a')} -->\n\nA",
    frozenset([mark_link("a")]),
)
BOTH = LinkReport(
    "2 outside links lead nowhere",
    f"<!-- link care {mark_link('a')} {mark_link('b')} -->\n\nB",
    frozenset([mark_link("a"), mark_link("b")]),
)
WELL = LinkReport("0 outside links lead nowhere", "<!-- link care -->\n\nNone", frozenset())


def test_an_issue_is_opened_changed_closed_and_opened_again_and_stays_the_only_one(api, environ):
    assert keep_issue(WELL, environ) == "No link is dead, so no issue is open."
    assert keep_issue(LIVELY, environ) == "Issue #1 was opened: 1 outside link leads nowhere."
    assert keep_issue(LIVELY, environ) == "Issue #1 says it already: 1 outside link leads nowhere."
    assert (
        keep_issue(BOTH, environ)
        == "Issue #1 was brought up to date: 2 outside links lead nowhere."
    )
    assert keep_issue(WELL, environ) == "Issue #1 was closed, for no link is dead any more."
    assert (api.issues[0]["state"], api.issues[0]["state_reason"]) == ("closed", "completed")
    assert keep_issue(WELL, environ) == "No link is dead, so no issue is open."
    assert keep_issue(LIVELY, environ) == "Issue #1 was opened again: 1 outside link leads nowhere."
    assert [(each["number"], each["state"], each["body"]) for each in api.issues] == [
        (1, "open", LIVELY.body)
    ]
    assert {authorization for *_, authorization, _ in api.asked} == {"Bearer secret"}


def test_what_its_owner_has_closed_stays_closed_until_another_link_is_dead(api, environ):
    keep_issue(BOTH, environ)
    api.issues[0]["state"] = "closed"
    for report in (BOTH, LIVELY):
        assert "it stays closed" in keep_issue(report, environ)
    assert api.issues[0]["state"] == "closed"
    other = LinkReport(LIVELY.title, LIVELY.body, frozenset([mark_link("c")]))
    assert "opened again" in keep_issue(other, environ)
    assert api.issues[0]["state"] == "open"


def test_a_link_that_still_fails_keeps_its_issue_open_when_nobody_knows_since_when(api, environ):
    """What was kept from run to run can be lost."""
    keep_issue(LIVELY, environ)
    lost = replace(WELL, shaky=LIVELY.dead)
    assert keep_issue(lost, environ).startswith("Issue #1 stays open")
    assert api.issues[0]["state"] == "open"
    other = replace(WELL, shaky=frozenset([mark_link("c")]))
    assert keep_issue(other, environ).startswith("Issue #1 was closed")


@pytest.mark.parametrize(
    "strange",
    [
        {"user": {"login": "mallory"}},
        {"user": None},
        {"pull_request": {}},
        {"body": None},
        {"body": f"Look: {LIVELY.body}"},
    ],
)
def test_an_issue_of_somebody_else_is_never_taken_for_ours(api, environ, strange):
    api.issues.append(
        {"number": 7, "state": "open", "user": BOT, "title": "x", "body": LIVELY.body, **strange}
    )
    api.next_number = 8
    before = dict(api.issues[0])
    assert keep_issue(BOTH, environ).startswith("Issue #8 was opened")
    assert api.issues[1] == before


def test_of_two_that_two_runs_have_opened_at_once_one_is_closed(api, environ):
    for number in (4, 3):
        api.issues.append(
            {"number": number, "state": "open", "user": BOT, "title": "x", "body": LIVELY.body}
        )
    assert keep_issue(BOTH, environ).startswith("Issue #3 was brought up to date")
    assert {each["number"]: each["state"] for each in api.issues} == {3: "open", 4: "closed"}


def test_it_is_found_behind_a_hundred_others(api, environ):
    api.issues += [
        {"number": n, "state": "open", "user": {"login": "x"}, "body": ""} for n in range(10, 170)
    ]
    api.issues.append(
        {"number": 1, "state": "open", "user": BOT, "title": "x", "body": LIVELY.body}
    )
    assert keep_issue(BOTH, environ).startswith("Issue #1 was brought up to date")


def test_a_repository_without_issues_is_told_on_the_page_of_the_run(api, environ, tmp_path, capsys):
    api.ways["GET", "issues"] = (410, {"message": "Issues has been disabled in this repository."})
    uses, ledger = {"http://gone.example/": [Use("posts/a.md")]}, {"http://gone.example/": DEAD}
    assert tell_links(uses, ledger, tmp_path, environ) == 0
    page = (tmp_path / "summary.md").read_text("utf-8")
    assert f"- {NO_ISSUES}" in page
    assert "gone.example" in page
    assert capsys.readouterr().out == f"{NO_ISSUES}\n"


def test_an_answer_that_refuses_is_told_and_ends_the_step(api, environ, tmp_path, capsys):
    api.ways["GET", "issues"] = (403, {"message": "no"})
    assert tell_links({}, {}, tmp_path, environ) == 1
    assert "The issue could not be kept up to date: it answers 403" in capsys.readouterr().out


@pytest.fixture
def content(tmp_path, monkeypatch):
    folder = tmp_path / "content"
    constants = {**read_constants(), "READING_CACHE": ""}
    monkeypatch.setattr(checking, "read_constants", lambda: constants)
    link = "Title: A\nDate: 2026-01-01\n\nWords.\n\nA [link](http://gone.example/).\n"
    write_files(folder, {**LEAST, "posts/linked.md": link})
    (folder / "links.json").write_bytes(format_ledger({"http://gone.example/": DEAD}))
    return folder


def test_the_task_tells_what_the_ledger_says_and_asks_no_link(api, environ, content, capsys):
    assert link_issue(content, environ) == 0
    (issue,) = api.issues
    assert (
        f"[`content/posts/linked.md`]({PLACE}/posts/linked.md?plain=1#L6), line 6" in issue["body"]
    )
    assert capsys.readouterr().out == "Issue #1 was opened: 1 outside link leads nowhere.\n"


def test_while_a_text_has_an_error_the_issue_stays_as_it_is(api, environ, content, capsys):
    (content / "posts/linked.md").write_text("Titel: A\n", encoding="utf-8")
    assert link_issue(content, environ) == 1
    assert api.asked == []
    assert "python3 tasks.py check" in capsys.readouterr().err
    (content / "links.json").write_text("{", encoding="utf-8")
    assert link_issue(content, environ) == 1
    assert "links.json:1" in capsys.readouterr().err
    assert link_issue(content, {}) == 2


def test_marks_are_read_at_the_beginning_alone():
    assert read_marks(LIVELY.body) == LIVELY.dead
    assert read_marks(WELL.body) == frozenset()
    assert read_marks("") is read_marks("x <!-- link care -->") is None
