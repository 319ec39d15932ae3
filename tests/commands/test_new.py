"""A new post is a draft that passes the check, and never takes the place of another."""

import time
import unicodedata
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from catalogue.catalogue import read_catalogue
from catalogue.dates import read_clock
from catalogue.header.front_matter import read_header
from catalogue.judging import View
from commands.new import new
from commands.writing.draft import check_title, format_draft
from tests.conftest import write_files

POST = "Title: Weeding\nDate: 2026-03-04\nStatus: published\n\n"


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


def test_the_header_stands_between_hyphens_and_any_reader_of_yaml_understands_it(content):
    assert new("Weeding: a start", content, topics=["Social media"]) == 0
    text = (content / "posts" / "weeding-a-start.md").read_text()
    assert text.startswith('---\nTitle: "Weeding: a start"\nDate: ')
    values = YAML(typ="safe").load(text.split("---\n")[1])
    assert values["Title"] == "Weeding: a start"
    assert values["Tags"] == "Social media"
    assert (values["Status"], values["Comments"]) == ("draft", 0)
    assert text.endswith("\n---\n\nWrite your post here.\n")


@pytest.mark.parametrize("clock", ["Australia/Sydney", "America/Los_Angeles", "UTC"])
@pytest.mark.parametrize(
    ("zone", "date"),
    [("UTC", "2026-03-05 12:00"), ("Asia/Tokyo", "2026-03-05 21:00"), ("Asia/Kabul", "2026-03-05 16:30")],
)  # fmt: skip
def test_the_date_is_of_the_sites_zone_whatever_the_machines_is(
    content, monkeypatch, clock, zone, date
):
    monkeypatch.setenv("TZ", clock)
    time.tzset()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772712000")
    monkeypatch.setattr("commands.new.read_constants", lambda: {"TIMEZONE": zone})
    assert new("Weeding", content) == 0
    text = (content / "posts" / "weeding.md").read_text()
    assert f"\nDate: {date}\n" in text
    catalogue = read_catalogue(content, View(ZoneInfo(zone), read_clock(), 10))
    assert not catalogue.scheduled


@pytest.fixture(autouse=True)
def own_clock():
    """Give the machine its own zone back."""
    yield
    time.tzset()


@pytest.mark.parametrize(
    ("given", "tags"),
    [
        (["Social media"], ["Social media"]),
        (["twitter"], ["Social media"]),
        (["Reading, Social  media"], ["Reading", "Social media"]),
        (["Reading", "Twitter", "social-media"], ["Reading", "Social media"]),
        (["C++"], ["C++"]),
        (["Maps, plans, and globes"], ["Maps, plans, and globes"]),
        (["Maps, plans, and globes", "Reading"], ["Maps, plans, and globes", "Reading"]),
    ],
)
def test_topics_are_given_by_a_name_or_a_variant_again_or_with_commas(content, given, tags):
    write_files(
        content,
        {
            "topics/reading.md": "Title: Reading\n",
            "topics/c-plus-plus.md": "Title: C++\n",
            "topics/maps.md": 'Title: "Maps, plans, and globes"\n',
        },
    )
    assert new("A week on Twitter", content, topics=given) == 0
    text = (content / "posts" / "a-week-on-twitter.md").read_text()
    header = read_header(text, "post")
    assert (header.values["Tags"], header.problems) == (tags, [])
    assert YAML(typ="safe").load(text.split("---\n")[1])["Tags"] in (tags, ", ".join(tags))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["Social madia"], "“Social madia” is no topic. Did you mean “Social media”?"),
        (["Twitter", "Zebras"], '“Zebras” is no topic. Choose another, or make it a topic: run: python3'),
        ([" , "], "--topic needs the name of a topic"),
    ],
)  # fmt: skip
def test_a_topic_that_is_none_is_told_with_the_nearest_and_nothing_is_written(
    content, capsys, given, words
):
    assert new("Weeding", content, topics=given) == 2
    assert words in capsys.readouterr().err
    assert not (content / "posts").exists()


def test_a_question_begins_with_places_for_it_and_its_answer(content):
    assert new("Is it open?", content, question=True) == 0
    path = content / "posts" / "is-it-open.md"
    view = View(ZoneInfo("UTC"), datetime.now(UTC), 10)
    catalogue = read_catalogue(content, view)
    assert [problem.level for problem in catalogue.problems] == ["warning"] * 3
    assert [post.path for post in catalogue.drafts] == ["posts/is-it-open.md"]
    text = path.read_text().replace("Write the question here.", "Is the library open?")
    text = text.replace("Write the answer here, in one or two sentences.", "It is.")
    text = text.replace("Write your post here.", "Every day.").replace("Status: draft\n", "")
    path.write_text(text)
    (post,) = read_catalogue(content, view).posts
    assert (post.question, post.answer) == ("Is the library open?", "It is.")
    assert post.problems == []


@pytest.mark.parametrize(
    "left",
    ["Write your post here.", "Query: Write the question here.", "Mine.\n\nWrite your post here.",
     "Short answer: Write the answer here, in one or two sentences.\n\nMine."],
)  # fmt: skip
def test_a_post_in_which_a_place_to_write_is_left_is_no_post_yet(content, left):
    """Not even by a line that says so; the preview shows it as a draft."""
    path = content / "posts" / "weeding.md"
    write_files(content, {"posts/weeding.md": POST + left + "\n"})
    for is_preview in (False, True):
        view = View(ZoneInfo("UTC"), datetime.now(UTC), 10, preview=is_preview)
        catalogue = read_catalogue(content, view)
        (post,) = catalogue.drafts
        assert [problem.level for problem in catalogue.problems] == ["warning"]
        assert "still stands here" in catalogue.problems[0].text
        assert catalogue.posts == [post] * is_preview
        assert catalogue.badge(post) == "Draft"
    path.write_text(f"{POST}Mine.\n")
    assert [post.path for post in read_catalogue(content, view).posts] == ["posts/weeding.md"]


def test_the_editor_is_opened_only_when_asked_and_when_the_post_is_written(content, monkeypatch):
    opened = []
    monkeypatch.setattr(
        "commands.new.open_in_editor", lambda path: opened.append((path, path.is_file()))
    )
    assert new("Weeding", content) == 0
    assert new("Walking", content, opens=True) == 0
    assert new("Walking", content, opens=True) == 1
    assert opened == [(content / "posts" / "walking.md", True)]


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
@given(st.text(min_size=1) | st.text("a1 :#-'\"\\[]{},&*!|>%@`~?.é", min_size=1))
def test_every_title_and_topic_that_is_taken_passes_the_check_and_is_read_as_it_is(title):
    if check_title(title):
        return
    plain = " ".join(title.split())
    text = format_draft(title, "2026-11-23 09:30", [plain, "Social media"])
    header = read_header(text, "post")
    assert header.problems == []
    loaded = YAML(typ="safe").load(text.split("---\n")[1])
    assert loaded["Title"] == plain
    assert header.values["Title"] == unicodedata.normalize("NFC", plain)
