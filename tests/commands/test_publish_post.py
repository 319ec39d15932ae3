"""A draft becomes a post that the check passes, dated now, or nothing is changed."""

import pytest

from building.settings import read_constants
from catalogue.text.leftovers import PLACEHOLDER
from commands import check as checking
from commands import publish_post as publishing
from commands.check import check
from commands.publish_post import publish_post
from tests.conftest import LEAST, write_files

DRAFT = "Title: Weeding\nDate: 2024-05-01\nStatus: draft\nTags: reading\n\nWe took out four hundred books.\n"
NOW = "1900000000"  # 2030-03-17, 17:46:40 UTC


@pytest.fixture
def content(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    constants = {**read_constants(), "READING_CACHE": "", "TIMEZONE": "Australia/Sydney"}
    constants["SITEURL"] = "https://example.org/blog"
    for module in (publishing, checking):
        monkeypatch.setattr(module, "read_constants", lambda: constants)
    write_files(tmp_path / "content", {**LEAST, "posts/weeding.md": DRAFT})
    return tmp_path / "content"


@pytest.mark.parametrize(
    "name",
    [
        "weeding",
        "weeding.md",
        "posts/weeding.md",
        "content/posts/weeding.md",
        "https://example.org/blog/posts/weeding/",
    ],
)
def test_a_draft_is_dated_now_in_the_sites_zone_and_says_its_address(content, capsys, name):
    assert publish_post(name, content) == 0
    text = (content / "posts/weeding.md").read_text()
    assert text == DRAFT.replace("2024-05-01\nStatus: draft", "2030-03-18 04:46")
    out = capsys.readouterr().out.splitlines()
    assert out[1] == "Its address: https://example.org/blog/posts/weeding/"
    assert check(content) == 0


def test_a_later_date_stays_and_is_told(content, capsys):
    path = content / "posts/weeding.md"
    path.write_text(DRAFT.replace("2024-05-01", "2030-04-01 09:00"))
    assert publish_post("weeding", content) == 0
    assert path.read_text() == DRAFT.replace("2024-05-01\nStatus: draft", "2030-04-01 09:00")
    assert "it appears Monday 1 April 2030 at 09:00" in capsys.readouterr().out


def test_a_date_of_the_files_name_gives_way_to_a_line(content):
    path = content / "posts/2024-05-01-weeding.md"
    (content / "posts/weeding.md").rename(path)
    path.write_text(DRAFT.replace("Date: 2024-05-01\n", ""))
    assert publish_post("weeding", content) == 0
    assert "Date: 2030-03-18 04:46\n" in path.read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Write your post here.", "content/posts/weeding.md:6: warning: “Write your post here.”"),
        ("[x](gone.md)", "content/posts/weeding.md:6: There is no page or file gone.md."),
        ("", "content/posts/weeding.md:5: There is no text."),
    ],
)
def test_what_the_check_refuses_stays_a_draft_to_the_byte(content, capsys, words, said):
    path = content / "posts/weeding.md"
    path.write_text(DRAFT.replace("We took out four hundred books.", words))
    before = path.read_bytes()
    assert publish_post("weeding", content) == 1
    assert path.read_bytes() == before
    err = capsys.readouterr().err.replace("\\", "/")
    assert said in err
    assert err.endswith("Nothing was changed; it is a draft still.\n")


def test_what_nobody_has_written_yet_stays_a_draft_to_the_byte(content, capsys):
    draft = DRAFT.replace("We took out four hundred books.", PLACEHOLDER)
    (content / "posts/weeding.md").write_text(draft)
    assert publish_post("weeding", content) == 1
    assert (content / "posts/weeding.md").read_text() == draft
    told = capsys.readouterr().err
    assert f"posts/weeding.md:6: warning: “{PLACEHOLDER}” still stands here" in told
    assert "it is a draft still" in told


def test_a_mistake_in_another_file_is_no_reason_to_wait(content, capsys):
    write_files(content, {"posts/other.md": "Title: Other\nDate: soon\n\nWords.\n"})
    assert publish_post("weeding", content) == 0
    out, err = capsys.readouterr()
    assert "1 error in another file" in out
    assert "other.md" not in err


@pytest.mark.parametrize(
    ("date", "said"), [("2024-05-01", "It is published"), ("2030-04-01", "It goes live")]
)
def test_what_is_no_draft_is_left_alone(content, capsys, date, said):
    path = content / "posts/weeding.md"
    path.write_text(DRAFT.replace("Status: draft\n", "").replace("2024-05-01", date))
    before = path.read_bytes()
    assert publish_post("weeding", content) == 1
    assert path.read_bytes() == before
    assert f"weeding.md: this is no draft. {said}" in capsys.readouterr().err


def test_a_text_that_is_for_some_readers_is_not_made_public(content, capsys):
    path = content / "posts/weeding.md"
    path.write_text("---\ntitle: A\ndate: 2024-05-01\npassword: x\n---\nWords.\n")
    assert publish_post("weeding", content) == 1
    assert "weeding.md:4: this line keeps the text from some readers" in capsys.readouterr().err


def test_what_is_no_post_is_a_wrong_command_with_the_nearest(content, capsys):
    assert publish_post("weding", content) == 2
    assert "Did you mean weeding?" in capsys.readouterr().err
    assert publish_post("content/pages/about.md", content) == 2
