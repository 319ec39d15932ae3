"""The task says what readers have and would lose; the live site has a word in it, and an outage has none."""

import socket

import pytest

from building.settings import read_constants
from catalogue.permanence import list_all_permanent
from commands import check as checking
from commands.addresses import addresses
from commands.ledger import live as asking
from commands.ledger.keep import write_ledger
from commands.ledger.live import NoList, read_live_addresses
from commands.writing.post_files import CommandFault
from tests.commands.link_care.server import answer, pour, raw, serving, trickle
from tests.conftest import LEAST, write_files

POST = (
    "Title: Weeding\nDate: 2026-01-02\nTags: Reading\n\nWe took books from the crowded shelves.\n"
)


@pytest.fixture
def content(tmp_path, monkeypatch):
    settings = {**read_constants(), "READING_CACHE": "", "FEED_AUTHORITY": "me@example.org"}
    monkeypatch.setattr(checking, "read_constants", lambda: settings)
    write_files(tmp_path, {**LEAST, "posts/weeding.md": POST})
    return tmp_path


@pytest.fixture(scope="module")
def server():
    with serving() as server:
        yield server


def put(server, name, way):
    """Have the server answer for a site of this name, and return the site's address."""
    server.ways[f"/{name}/addresses.txt"] = way
    return f"http://127.0.0.1:{server.port}/{name}"


def test_a_first_look_writes_nothing_and_a_second_has_nothing_new(content, capsys):
    assert addresses(content) == 0
    shown = capsys.readouterr().out
    assert "has no address yet" in shown
    assert "  new: /posts/weeding/\n" in shown
    assert not (content / "addresses.txt").exists()
    assert addresses(content, write=True) == 0
    assert addresses(content, write=True) == 0
    shown = capsys.readouterr().out
    assert "No address is new." in shown
    assert "Nothing to write" in shown
    row = "/posts/weeding/ tag:me@example.org,2026-01-02:posts/weeding ("
    assert row in (content / "addresses.txt").read_text()


def test_of_many_new_ones_the_first_are_named(content, capsys):
    more = {f"posts/p{n}.md": f"Title: P{n}\nDate: 2026-01-02\n\nWord{n}.\n" for n in range(30)}
    write_files(content, more)
    assert addresses(content) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 23
    assert lines[-1].startswith("  ... and ")


def test_what_would_be_lost_is_an_error_and_is_not_written(content, capsys):
    addresses(content, write=True)
    before = (content / "addresses.txt").read_bytes()
    (content / "posts/weeding.md").rename(content / "posts/shelves.md")
    capsys.readouterr()
    assert addresses(content, write=True) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "now in posts/shelves.md: add there `Aliases: /posts/weeding/`" in shown.err
    assert "addresses.txt:" in shown.err
    assert (content / "addresses.txt").read_bytes() == before


def test_the_ids_of_the_example_are_not_kept_for_ever(content, monkeypatch, capsys):
    settings = {**checking.read_constants(), "FEED_AUTHORITY": "libraries-got-game.example"}
    monkeypatch.setattr(checking, "read_constants", lambda: settings)
    assert addresses(content, write=True) == 1
    said = capsys.readouterr().err
    assert said.startswith("pelicanconf.py: FEED_AUTHORITY is the example's still")
    assert not (content / "addresses.txt").exists()


def test_a_ledger_that_another_has_broken_meanwhile_is_left_alone(content):
    catalogue = checking.judge_content(content)
    (content / "addresses.txt").write_text("/a/\n<<<<<<< HEAD\n")
    with pytest.raises(CommandFault, match=r"addresses\.txt:2: git left the mark of a conflict"):
        write_ledger(content, catalogue)
    assert (content / "addresses.txt").read_text() == "/a/\n<<<<<<< HEAD\n"


def test_what_another_has_added_meanwhile_stays(content):
    catalogue = checking.judge_content(content)
    (content / "addresses.txt").write_text("Gone: /old/\n")
    assert write_ledger(content, catalogue)
    assert "Gone: /old/\n" in (content / "addresses.txt").read_text()


def test_a_link_in_the_place_of_the_ledger_is_not_followed(content, tmp_path_factory):
    other = tmp_path_factory.mktemp("other") / "a.txt"
    other.write_text("/a/\n")
    catalogue = checking.judge_content(content)
    try:
        (content / "addresses.txt").symlink_to(other)
    except OSError:
        pytest.skip("no links on this disk")
    with pytest.raises(CommandFault, match="a link that leads elsewhere"):
        write_ledger(content, catalogue)
    assert other.read_text() == "/a/\n"


def test_a_site_that_is_live_is_not_lost(content, server, capsys):
    lines = b"/\n/about/\n/posts/weeding/\n/posts/old/\n/images/a%20b.pdf\n"
    site = put(server, "losing", answer(200, body=lines))
    assert addresses(content, live=site) == 1
    shown = capsys.readouterr().err
    assert "addresses.txt: /posts/old/ was published and is gone" in shown
    assert "`Gone: /images/a%20b.pdf`" in shown
    assert "/about/" not in shown
    (content / "addresses.txt").write_text("Gone: /posts/old/\nGone: /images/a%20b.pdf\n")
    assert addresses(content, live=site) == 0


def test_a_file_that_no_text_shows_can_be_kept_by_a_line(content, server, capsys):
    write_files(content, {"images/a.txt": "list"})
    site = put(server, "file", answer(200, body=b"/images/a.txt\n"))
    assert addresses(content, live=site) == 1
    assert "To keep it, write here `/images/a.txt`" in capsys.readouterr().err
    (content / "addresses.txt").write_text("/images/a.txt\n")
    assert addresses(content, live=site) == 0


def test_the_list_of_this_very_site_loses_nothing(content, server, capsys):
    listed = sorted(list_all_permanent(checking.judge_content(content)))
    body = "".join(f"{address}\n" for address in listed).encode()
    assert addresses(content, live=put(server, "same", answer(200, body=body))) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("name", "way", "said"),
    [
        ("none", answer(404), "has no list of its addresses yet: this is the first one."),
        ("broken", answer(500), "answers 500. What is live was not compared."),
        ("page", answer(200, body=b"<!doctype html>\n<p>Hello\n"), "is no whole list of addresses"),
        ("empty", answer(200), "is no whole list of addresses"),
        (
            "cut",
            raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n/posts/x/\n"),
            "is no whole list",
        ),
        ("torn", raw(b"HTTP/1.1 200 OK\r\n\r\n/posts/x"), "is no whole list of addresses"),
        ("silent", raw(b""), "cannot be asked (no answer)"),
        ("circle", answer(302, "Location: /circle/addresses.txt"), "(it leads on and on)"),
        ("odd", answer(302, "Location: file:///etc/passwd"), "(no page of the web)"),
    ],
)
def test_a_site_that_cannot_be_compared_with_stops_nothing(
    content, server, capsys, name, way, said
):
    assert addresses(content, live=put(server, name, way)) == 0
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(("name", "way"), [("trickle", trickle), ("pour", pour)])
def test_neither_the_time_nor_the_bytes_of_an_answer_are_without_end(
    server, monkeypatch, name, way
):
    monkeypatch.setattr(asking, "MOST_BYTES", 1_000_000)
    with pytest.raises(NoList):
        read_live_addresses(put(server, name, way), seconds=0.5)


def test_a_site_that_has_moved_is_followed(server):
    put(server, "new", answer(200, body=b"/moved/\n"))
    old = put(server, "old", answer(301, "Location: /new/addresses.txt"))
    assert read_live_addresses(f"{old}/") == ["/moved/"]


def test_a_host_that_is_not_there_stops_nothing(content, monkeypatch, capsys):
    def look_up(name, port):
        raise socket.gaierror(socket.EAI_NONAME, name)

    monkeypatch.setattr(asking, "look_up", look_up)
    assert addresses(content, live="https://nobody.invalid/") == 0
    assert "nobody.invalid/addresses.txt cannot be asked" in capsys.readouterr().err


@pytest.mark.parametrize("live", ["example.org", "ftp://example.org", "https://"])
def test_what_is_no_address_of_a_site_is_refused(content, capsys, live):
    assert addresses(content, live=live) == 2
    assert "is not the address of a site. Write it in full" in capsys.readouterr().err


def test_without_a_folder_nothing_is_said_of_addresses(tmp_path, capsys):
    assert addresses(tmp_path / "none") == 2
    assert "is not there" in capsys.readouterr().err
