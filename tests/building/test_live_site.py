"""The site that a preview holds in memory is at every moment what a reading from nothing would give."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from building.judge_site import judge_site
from building.live_site import LiveSite
from building.settings import read_constants
from catalogue.problems import Refused
from tests.conftest import LEAST, draw_png, write_files

POST = "Title: {title}\nDate: {date}\nTags: Reading\nComments: {count}\n\n{text}\n"
COMMENT = "Author: Ann\nDate: 2024-06-01\n\nWell said.\n"
NAMES = ("posts/a.md", "posts/b.md", "posts/c.md")
TEXTS = (
    "First words.",
    "See [that](b.md) and [this](c.md).",
    "![A dot](../images/dot.png)",
    "## A part\n\nWords.\n\n## Another\n\nWords.\n\n## A third\n\nWords.",
    "Query: Why?\n\nShort answer: Because.",
)
WRONG = ("Titel: A\n\nWords.\n", "Title: A\nDate: soon\n\nWords.\n", "Title: A\nDate: 2024-01-01\n")
OTHERS = {
    "topics/silence.md": "Title: Silence\nUsed-for: quiet\n\nNothing.\n",
    "comments/a/one.md": COMMENT,
    "comments/b/two.md": "Author: Ann\n\nNo date.\n",
    "images/dot.png": draw_png(),
    "pages/about.md": "Title: About us\n\nOther words.\n",
}


def format_post(title, day, count, text):
    return POST.format(title=title, date=f"2024-05-{day:02}", count=count, text=text)


SAVES = st.one_of(
    st.tuples(
        st.sampled_from(NAMES),
        st.builds(
            format_post,
            st.sampled_from(("One", "Two")),
            st.integers(1, 4),
            st.integers(0, 1),
            st.sampled_from(TEXTS),
        ),
    ),
    st.tuples(st.sampled_from(NAMES), st.sampled_from((*WRONG, None))),
    st.tuples(st.sampled_from(sorted(OTHERS)), st.just("")),
    st.tuples(st.sampled_from(sorted(OTHERS)), st.none()),
)


def make_settings(content):
    own = {"PATH": str(content), "SITEURL": "http://localhost:8000", "PREVIEW": True}
    return {**read_constants(), **own, "READING_CACHE": ""}


def save(content, name, text):
    """Write a file, or delete it if there is no text; an empty one stands for the file's own."""
    if text is None:
        (content / name).unlink(missing_ok=True)
    else:
        write_files(content, {name: text or OTHERS[name]})


def draw_all(site):
    """Draw all that a reader gets but the cards, which take long and show what the pages have."""
    jobs = site.pages.jobs.items()
    return {file: job.draw() for file, job in jobs if not file.endswith(".png")}


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    return iter(lambda: tmp_path_factory.mktemp("content"), None)


@settings(max_examples=8, deadline=None, database=None)
@given(saves=st.lists(SAVES, min_size=2, max_size=6))
@example([("posts/a.md", format_post("One", 1, 0, TEXTS[1])), ("posts/a.md", WRONG[0])])
@example([("posts/b.md", format_post("One", 1, 0, TEXTS[0])), ("posts/b.md", None)])
def test_after_any_saves_it_is_what_a_new_reading_gives(folders, saves):
    content = next(folders)
    write_files(content, {**LEAST, "posts/d.md": format_post("Four", 9, 0, "Four words are here.")})
    settings = make_settings(content)
    site = LiveSite(settings)
    site.update()
    for name, text in saves:
        save(content, name, text)
        site.update_text(name)
        site.update()
        cold = judge_site(settings)
        assert sorted(site.problems) == sorted(cold.problems)
        if not any(problem.level == "error" for problem in cold.problems):
            new = LiveSite(settings)
            new.update()
            assert draw_all(site) == draw_all(new)


@pytest.fixture
def live(tmp_path):
    """A site of two posts."""
    posts = {
        "posts/a.md": format_post("One", 1, 0, "Words of one."),
        "posts/b.md": format_post("Two", 2, 0, "Words of two: [one](a.md)."),
    }
    write_files(tmp_path, {**LEAST, **posts})
    site = LiveSite(make_settings(tmp_path))
    site.update()
    return site, tmp_path


def read_page(site, address):
    return site.pages.find(f"{address}index.html").draw().decode().replace("&nbsp;", " ")


@pytest.mark.parametrize(
    "text",
    [
        format_post("One", 1, 0, "Other words of one."),
        format_post("A new title", 1, 0, "Other words of one."),
        format_post("One", 1, 0, "Other words of one, [two](b.md), ![x](b.png)").replace(
            "![x](b.png)", ""
        ),
    ],
)
def test_a_text_that_stays_where_it_is_is_drawn_before_all_is_judged(live, text):
    site, content = live
    save(content, "posts/a.md", text)
    assert site.update_text("posts/a.md")
    early = read_page(site, "posts/a/")
    assert "Other words of one" in early
    site.update()
    late = read_page(site, "posts/a/")
    assert early.partition("<main")[2] == late.partition("<main")[2]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("posts/a.md", format_post("One", 4, 0, "Words.")),
        ("posts/a.md", format_post("One", 1, 0, "Words.").replace("Tags", "Slug: other\nTags")),
        ("posts/a.md", format_post("One", 1, 0, "Words.").replace("Tags", "Status: draft\nTags")),
        ("posts/a.md", format_post("One", 1, 0, "[New](new.md)")),
        ("posts/new.md", format_post("New", 1, 0, "Words.")),
        ("topics/reading.md", "Title: Reading\n\nOther words.\n"),
        ("images/x.png", "no picture"),
    ],
)
def test_what_may_move_anything_waits_until_all_is_judged(live, name, text):
    site, content = live
    save(content, name, text)
    before = site.problems
    assert not site.update_text(name)
    assert site.problems == before


def test_a_text_that_is_wrong_is_shown_as_it_was_and_told_at_once(live):
    site, content = live
    before = read_page(site, "posts/a/")
    save(content, "posts/a.md", WRONG[0])
    assert site.update_text("posts/a.md")
    assert {problem.path for problem in site.problems} == {"posts/a.md"}
    site.update()
    assert read_page(site, "posts/a/") == before
    save(content, "posts/b.md", format_post("Two", 2, 0, "Mended while the other is wrong."))
    site.update()
    assert "Mended while the other is wrong" in read_page(site, "posts/b/")
    assert {problem.path for problem in site.problems if problem.level == "error"} == {"posts/a.md"}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_was_never_right_is_shown_as_far_as_it_goes(tmp_path, wrong):
    files = {
        "posts/a.md": wrong,
        "posts/b.md": format_post("Two", 2, 0, "[That](a.md) and ![x](../images/x.png)."),
        "images/x.png": b"no picture",
        "comments/b/one.md": "No header at all.",
    }
    write_files(tmp_path, {**LEAST, **files})
    site = LiveSite(make_settings(tmp_path))
    site.update()
    assert {p.path for p in site.problems if p.level == "error"} >= {"posts/a.md", "images/x.png"}
    assert "That" in read_page(site, "posts/b/")
    assert read_page(site, "posts/a/")


def test_two_texts_that_want_one_address_leave_the_site_with_one_of_them(live):
    site, content = live
    save(content, "posts/2024-01-02-a.md", format_post("Other", 3, 0, "Words of another."))
    site.update()
    assert [p.path for p in site.problems if p.level == "error"]
    assert "Words of one" in read_page(site, "posts/a/")
    save(content, "posts/2024-01-02-a.md", None)
    site.update()
    assert site.problems == []


def test_without_a_folder_for_posts_the_last_site_stays(live):
    site, content = live
    (content / "posts").rename(content.parent / "away")
    with pytest.raises(Refused):
        site.update()
    assert "folder" in site.problems[0].text
    assert "Words of one" in read_page(site, "posts/a/")
    Path(content.parent / "away").rename(content / "posts")
    site.update()
    assert site.problems == []
