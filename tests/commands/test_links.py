"""`links` asks the outside links of all texts, keeps what they answer, and says what is to be mended."""

import json
import os
import signal
import sys
import threading
import time
from urllib.parse import parse_qs, urlsplit

import pytest

from catalogue.link_ledger import parse_ledger
from commands.check import check
from commands.link_care import wayback
from commands.link_care.failures import UNREACHED, Failure
from commands.link_care.web import Web, open_web
from commands.links import links
from tests.commands.link_care.conftest import SETTINGS
from tests.commands.link_care.server import answer, make_resolver, never, serving

DAY = "2026-11-27"
STORED = "https://web.archive.org/web/20260101101112/http://example.org/"


def set_day(monkeypatch, day):
    from datetime import datetime

    moment = datetime.fromisoformat(f"{day}T12:00:00+00:00").timestamp()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment)))


def snapshot(url):
    found = {"closest": {"available": True, "status": "200", "url": url}} if url else {}
    return json.dumps({"archived_snapshots": found}).encode()


@pytest.fixture
def server(monkeypatch):
    set_day(monkeypatch, DAY)
    with serving() as server:
        server.ways["/available"] = answer(200, body=snapshot(STORED))
        server.ways["/save/"] = answer(302, f"Location: {STORED}")
        monkeypatch.setattr(wayback, "AVAILABILITY", server.url("/available", "archive.test"))
        monkeypatch.setattr(wayback, "SAVE", server.url("/save/?", "archive.test"))
        yield server


@pytest.fixture
def web(server):
    how = {"pause": 0, "save_pause": 0, "seconds": 1}
    return open_web(SETTINGS, make_resolver(), **how, sleep=lambda _: None)


@pytest.fixture
def content(tmp_path, server):
    def write(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("{site}", server.url("")), encoding="utf-8")

    write(
        "posts/a.md",
        "Title: A\nDate: 2026-11-20\nComments: 1\n\nSee [one]({site}/good).\n\nAnd <{site}/gone?a=1&b=2>.\n",
    )
    write("posts/later.md", "Title: Later\nDate: 2098-01-01\n\nA [link]({site}/moved#place).\n")
    write("posts/d.md", "Title: D\nDate: 2026-01-01\nStatus: draft\n\n[Draft]({site}/draft).\n")
    write(
        "comments/a/b.md",
        "Author: Ann\nDate: 2026-11-21\nUrl: {site}/ann\n\nLook at {site}/head-403 and more.\n",
    )
    write("pages/about.md", "Title: About\n\nA [link]({site}/closed), a [page](/archives/).\n")
    return tmp_path


def read_ledger(content):
    return parse_ledger((content / "links.json").read_bytes())


def by_path(content):
    return {urlsplit(url).path: facts for url, facts in read_ledger(content).items()}


def test_every_link_but_those_of_drafts_is_asked_and_kept(content, web, server, capsys):
    assert links(content=content, web=web) == 1
    facts = by_path(content)
    assert {path: each.status for path, each in facts.items()} == {
        "/ann": "404",
        "/closed": "403",
        "/gone": "404",
        "/good": "200",
        "/head-403": "200",
        "/moved": "200",
    }
    assert all(each.first_seen == each.checked == DAY for each in facts.values())
    assert facts["/gone"].failing_since == DAY
    assert not any(path == "/draft" for *_, path in server.requests)
    out, err = capsys.readouterr()
    assert "6 outside links, 6 of them asked now: 3 good, 2 failing, 1 that nothing" in out
    assert "posts/a.md:7: warning: http://www.test:" in err
    assert "comments/a/b.md:3: warning:" in err
    assert "readers get its copy of 1 January 2026" in err


def test_the_archive_is_asked_for_a_copy_near_the_post(content, web, server):
    links(content=content, web=web)
    facts = by_path(content)
    assert (facts["/gone"].archived, facts["/gone"].archived_on) == (STORED, "2026-01-01")
    asked = [
        parse_qs(urlsplit(path).query)
        for _, host, path in server.requests
        if path.startswith("/available?")
    ]
    near = {urlsplit(each["url"][0]).path: each["timestamp"][0] for each in asked}
    assert near["/gone"] == near["/good"] == "20261120"
    assert near["/head-403"] == "20261121"
    assert near["/moved"] == near["/closed"] == "20261127"


def test_a_second_run_of_a_day_asks_nothing_and_changes_nothing(content, web, server):
    links(content=content, web=web)
    before = (content / "links.json").stat(), (content / "links.json").read_bytes()
    server.requests.clear()
    links(content=content, web=web)
    assert server.requests == []
    after = (content / "links.json").stat(), (content / "links.json").read_bytes()
    assert (before[0].st_ino, before[0].st_mtime_ns, before[1]) == (
        after[0].st_ino,
        after[0].st_mtime_ns,
        after[1],
    )
    links(content=content, web=web, all=True)
    assert server.requests != []


def test_a_dead_link_with_a_copy_is_no_problem_any_more(content, web, server, monkeypatch, capsys):
    server.ways["/ann"] = answer(200)
    for day in (DAY, "2026-12-04", "2026-12-11"):
        set_day(monkeypatch, day)
        code = links(content=content, web=web)
        assert code == (0 if day == "2026-12-11" else 1)
    assert "1 dead link has an archived copy beside it on the site." in capsys.readouterr().out
    assert by_path(content)["/gone"].is_dead


def test_a_dead_link_without_a_copy_stays_a_problem(content, web, server, monkeypatch, capsys):
    server.ways["/available"] = answer(200, body=snapshot(""))
    for day in (DAY, "2026-12-11"):
        set_day(monkeypatch, day)
        assert links(content=content, web=web) == 1
    err = capsys.readouterr().err
    assert "fails since 27 November 2026 (the answer is 404), and no archived copy is known" in err


def test_a_link_that_no_text_has_any_more_is_forgotten_but_not_that_of_a_draft(
    content, web, server
):
    links(content=content, web=web)
    post, page = content / "posts/a.md", content / "pages/about.md"
    post.write_text(post.read_text().replace("Comments: 1\n", "Comments: 1\nStatus: draft\n"))
    page.write_text("Title: About\n\nNo link.\n")
    links(content=content, web=web)
    assert "/closed" not in by_path(content)
    assert "/gone" in by_path(content)


def test_an_error_in_a_text_forgets_no_link(content, web):
    links(content=content, web=web)
    page = content / "pages/about.md"
    page.write_text(page.read_text() + "\n<script>x</script>\n")
    links(content=content, web=web)
    assert "/closed" in by_path(content)


def test_a_private_address_is_told_to_nobody_but_the_author(content, web, server, capsys):
    (content / "pages/about.md").write_text(
        "Title: About\n\n[Our intranet](http://intranet/x), [ours](http://private.test/).\n"
    )
    assert links(content=content, web=web) == 1
    err = capsys.readouterr().err
    assert "pages/about.md:3: warning: http://intranet/x was not asked (a private address)" in err
    assert not any("intranet" in path or "private" in path for *_, path in server.requests)


def test_save_has_the_pages_of_new_posts_kept(content, web, server, capsys):
    server.ways["/available"] = answer(200, body=snapshot(""))
    links(content=content, web=web, save=True)
    saved = [path for _, host, path in server.requests if path.startswith("/save/")]
    assert saved == [f"/save/?{server.url('/good')}"]
    facts = by_path(content)["/good"]
    assert (facts.saved, facts.archived) == (DAY, STORED)
    assert f"The archive keeps {server.url('/good')}" in capsys.readouterr().out
    server.requests.clear()
    links(content=content, web=web, save=True)
    assert not any(path.startswith("/save/") for *_, path in server.requests)


def test_an_archive_that_is_down_spoils_nothing(content, web, server, capsys):
    server.ways["/available"] = answer(503)
    links(content=content, web=web)
    assert by_path(content)["/good"].archive_asked == ""
    assert "The archive does not answer as it should (503)" in capsys.readouterr().out
    assert len([path for *_, path in server.requests if path.startswith("/available?")]) == 3


def refuse(method, url):
    raise Failure("no connection", UNREACHED)


NO_WEB = Web(refuse, refuse, refuse, lambda _: None)


def test_a_computer_without_a_way_to_the_web_calls_no_link_dead(content, web, capsys):
    assert links(content=content, web=NO_WEB) == 1
    assert not (content / "links.json").exists()
    assert "no way to the web. Nothing was changed." in capsys.readouterr().err
    links(content=content, web=web)
    before = (content / "links.json").read_bytes()
    assert links(content=content, web=NO_WEB, all=True) == 1
    assert (content / "links.json").read_bytes() == before


def test_links_that_are_dead_one_and_all_are_told_when_the_archive_answers(content, web, server):
    assert links(content=content, web=Web(refuse, web.read, web.save, lambda _: None)) == 1
    assert {each.status for each in by_path(content).values()} >= {"no connection"}


def test_an_interrupted_run_keeps_what_it_has(content, web):
    def interrupt(method, url):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        links(content=content, web=Web(web.send, interrupt, web.save, lambda _: None))
    assert by_path(content)["/good"].last_good == DAY


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal for one thread")
def test_a_run_that_is_interrupted_among_its_hosts_ends_soon_and_blames_nobody(content, server):
    def interrupt(connection, method):
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
        never(connection, method)

    server.ways["/moved"] = interrupt  # the last one that is asked
    web = open_web(SETTINGS, make_resolver(), pause=0, seconds=2)
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        links(content=content, web=web)
    assert time.monotonic() - began < 10
    facts = by_path(content)
    assert facts["/good"].last_good == DAY
    assert (facts["/moved"].status, facts["/moved"].failing_since) == ("", "")


def test_a_site_without_outside_links_has_no_ledger(tmp_path, web, capsys):
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/a.md").write_text("Title: A\nDate: 2026-11-20\n\nWords.\n")
    assert links(content=tmp_path, web=web) == 0
    assert not (tmp_path / "links.json").exists()
    assert "0 outside links" in capsys.readouterr().out


def test_a_ledger_that_cannot_be_read_is_not_overwritten(content, web, capsys):
    (content / "links.json").write_text("{\n<<<<<<< HEAD\n")
    assert links(content=content, web=web) == 1
    assert "links.json:2: This line of the ledger cannot be read." in capsys.readouterr().err
    assert (content / "links.json").read_text() == "{\n<<<<<<< HEAD\n"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links on this system")
def test_a_ledger_that_is_a_link_is_not_followed(content, web, tmp_path_factory, capsys):
    other = tmp_path_factory.mktemp("other") / "a.json"
    other.write_text("{}")
    (content / "links.json").symlink_to(other)
    assert links(content=content, web=web) == 1
    assert other.read_text() == "{}"


def test_a_ledger_that_another_run_wrote_meanwhile_is_not_lost(content, web):
    def send(method, url):
        if not (content / "links.json").exists():
            (content / "links.json").write_text('{"https://a.org/": {"first_seen": "2020-01-01"}}')
        return web.send(method, url)

    links(content=content, web=Web(send, web.read, web.save, lambda _: None))
    assert read_ledger(content)["https://a.org/"].first_seen == "2020-01-01"
    assert "/good" in by_path(content)


def test_there_must_be_a_folder(tmp_path, web, capsys):
    assert links(content=tmp_path / "none", web=web) == 2
    assert capsys.readouterr().err


def test_the_ledger_is_no_stray_file_and_a_broken_one_is_an_error(content, web, capsys):
    links(content=content, web=web)
    capsys.readouterr()
    check(content)
    assert "links.json" not in capsys.readouterr().err
    (content / "links.json").write_text("[]")
    assert check(content) == 1
    assert "links.json:1: This is no ledger of links." in capsys.readouterr().err
