"""A new post is a draft that passes the check, and never takes the place of another."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.catalogue import read_catalogue
from catalogue.header.front_matter import read_header
from catalogue.judging import View
from commands.new import new
from commands.writing.draft import check_title, format_draft


@pytest.fixture
def content(tmp_path, monkeypatch):
    """Make a content folder with one topic; messages name paths from beside it."""
    monkeypatch.chdir(tmp_path)
    topics = tmp_path / "content" / "topics"
    topics.mkdir(parents=True)
    (topics / "social-media.md").write_text("Title: Social media\nUsed-for: Twitter\n\nScope.\n")
    return tmp_path / "content"


def test_a_new_post_is_a_draft_named_after_its_title(content, capsys):
    assert new("Our organisation's  rules: a start", content) == 0
    path = content / "posts" / "our-organisations-rules-a-start.md"
    header = read_header(path.read_text(), "post")
    assert header.problems == []
    assert header.values["Title"] == "Our organisation's rules: a start"
    assert header.values["Status"] == "draft"
    assert header.values["Comments"] == 0
    assert "Tags" not in header.values
    assert header.body.strip() == "Write your post here."
    out = capsys.readouterr().out.splitlines()
    assert out[0].replace("\\", "/") == "content/posts/our-organisations-rules-a-start.md"
    assert "Status: draft" in out[1]
    assert "Tags: Social media" in out[2]


def test_a_topic_in_the_title_is_proposed(content):
    assert new("A week on Twitter", content) == 0
    text = (content / "posts" / "a-week-on-twitter.md").read_text()
    assert read_header(text, "post").values["Tags"] == ["Social media"]


@pytest.mark.parametrize("name", ["weeding.md", "2024-01-10-weeding.md", "2024/weeding.md"])
def test_a_post_with_that_slug_is_never_overwritten(content, capsys, name):
    path = content / "posts" / name
    path.parent.mkdir(parents=True)
    path.write_text("my words")
    assert new("Weeding", content) == 1
    assert [p.read_text() for p in content.glob("posts/**/*.md")] == ["my words"]
    err = capsys.readouterr().err
    assert path.name in err
    assert "tasks.py new" in err


def test_a_slug_line_takes_its_address_too(content):
    (content / "posts").mkdir()
    (content / "posts" / "old.md").write_text("Title: Old\nDate: 2024-01-10\nSlug: weeding\n\nText")
    assert new("Weeding", content) == 1


def test_a_dead_link_is_not_written_through(content, tmp_path):
    (content / "posts").mkdir()
    try:
        (content / "posts" / "weeding.md").symlink_to(tmp_path / "elsewhere.md")
    except OSError:
        pytest.skip("this system makes no links")
    assert new("Weeding", content) == 1
    assert not (tmp_path / "elsewhere.md").exists()


@pytest.mark.parametrize("title", ["Archives", "Questions", "Page", "Topics", "Feeds"])
def test_a_title_that_the_site_itself_uses_for_a_page_makes_a_post_that_the_check_takes(
    content, title
):
    assert new(title, content) == 0
    catalogue = read_catalogue(content, View(ZoneInfo("UTC"), datetime.now(UTC), 10))
    assert [post.path for post in catalogue.drafts] == [f"posts/{title.lower()}.md"]
    assert [problem.level for problem in catalogue.problems] == ["warning"]


@pytest.mark.parametrize("title", ["", "   ", "♥", "…?!", "a\x1b[31mb", "x" * 201, "Index"])
def test_a_title_that_cannot_be_used_gets_a_sentence(content, capsys, title):
    assert new(title, content) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "\x1b" not in err
    assert not (content / "posts").exists()


def test_a_missing_content_folder_gets_a_sentence(tmp_path, capsys):
    assert new("Weeding", tmp_path / "nowhere") == 2
    assert "nowhere" in capsys.readouterr().err


@settings(deadline=None, database=None)
@given(st.text(min_size=1))
def test_every_title_that_is_taken_passes_the_check(title):
    if not check_title(title):
        header = read_header(format_draft(title, "2026-11-23 09:30", ["Social media"]), "post")
        assert header.problems == []
