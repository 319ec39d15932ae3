"""A post that waits is judged as of its own day."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.catalogue import read_catalogue
from catalogue.dates import AFTER_ALL, read_moment
from catalogue.header.dates import LATEST_YEAR
from catalogue.judging import View
from catalogue.records import Record
from catalogue.rules import judge
from catalogue.selection import select
from catalogue.text.links import Link
from tests.conftest import LEAST, draw_png, write_files

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ZONE = ZoneInfo("Australia/Sydney")


def post(date, body="Words.", **header):
    lines = {"Title": "A post", "Date": date, "Tags": "Reading", **header}
    return "".join(f"{key}: {value}\n" for key, value in lines.items()) + f"\n{body}\n"


def check(folder, files, preview=False):
    """Return where errors are in a content folder, and what is said."""
    write_files(folder, {**LEAST, "posts/old.md": post("2026-01-01"), **files})
    found = read_catalogue(folder, View(ZONE, NOW, 10, preview)).problems
    return {(p.path, p.line): p.text for p in sorted(found) if p.level == "error"}


ANN = "Author: Ann\nDate: {}\n\nYes.\n"
A = post("2026-03-06", "## Here\n\nWords.", Aliases="/older/")
FINE = {
    "to an earlier one": {"b": post("2026-03-07", "[x](a.md)")},
    "to a place on it": {"b": post("2026-03-07", "[x](a.md#here)")},
    "to one of the same moment": {"b": post("2026-03-06", "[x](a.md)")},
    "to one of the same moment elsewhere": {"b": post("2026-03-05 13:00+00:00", "[x](a.md)")},
    "by its address": {"b": post("2026-03-07", "[x](/posts/a/)")},
    "by an address without its slash": {"b": post("2026-03-07", "[x](/posts/a#here)")},
    "by an old address": {"b": post("2026-03-07", "[x](/older/)")},
    "to its citation": {"b": post("2026-03-07", "[x](/posts/a/citation.bib)")},
    "by way of a third": {
        "b": post("2026-03-07", "[x](a.md)"),
        "c": post("2026-03-08", "[x](b.md) and [y](a.md)"),
    },
    "to itself": {"b": post("2026-03-07", "## Mine\n\n[x](#mine), [y](b.md), [z](/posts/b/)")},
    "to the first question, which it asks": {
        "b": post("2026-03-07", "Query: Why?\n\nShort answer: [so](/questions/).")
    },
    "to a topic that it brings": {
        "b": post("2026-03-07", "[x](../topics/new.md) [y](/topics/new/)", Tags="New")
    },
    "to a topic that an earlier one brings": {
        "a": post("2026-03-06", Tags="New"),
        "b": post("2026-03-07", "[x](../topics/new.md)"),
    },
    "from the note of a topic that comes with it": {
        "b": post("2026-03-07", Tags="Newer"),
        "../topics/newer": "Title: Newer\n\nSee [one](../posts/b.md) and [two](../posts/a.md).\n",
    },
    "to the first question, and another follows": {
        "b": post("2026-03-07", "Query: Why?\n\nShort answer: [so](/questions/)."),
        "c": post("2026-03-08", "Query: How?\n\nShort answer: So."),
    },
    "to comments that come with it": {
        "b": post("2026-03-07", "[x](a.md#comment-ann) [y](/posts/a/comments.atom.xml)"),
        "../comments/a/ann": ANN.format("2026-03-05"),
        "../comments/a/ben": ANN.format("2026-03-08"),
    },
    "to a comment that comes before": {
        "b": post("2026-03-07", "[x](old.md#comment-ann)"),
        "../comments/old/ann": ANN.format("2026-03-06"),
    },
}


@pytest.mark.parametrize("files", FINE.values(), ids=FINE)
def test_a_post_that_waits_may_lead_to_what_is_on_the_site_by_then(files, tmp_path):
    topic = {"topics/new.md": "Title: New\n\nNew things.\n"}
    named = {f"posts/{name}.md".replace("posts/../", ""): text for name, text in files.items()}
    assert check(tmp_path, {"posts/a.md": A, **topic, **named}) == {}


NOT_YET = {
    "a post that is there": post("2026-02-01", "[x](a.md)"),
    "an earlier one": post("2026-03-05 23:59", "[x](a.md)"),
    "an earlier one, by address": post("2026-03-05 23:59", "[x](/posts/a/)"),
    "an earlier one, by old address": post("2026-03-05 23:59", "[x](/older/)"),
    "one to a draft": post("2026-03-07", "[x](draft.md)"),
    "one to a topic of a later one": post("2026-03-05", "[x](../topics/new.md)"),
    "one to a topic of drafts": post("2026-03-07", "[x](../topics/never.md)"),
    "one to a place that is not there": post("2026-03-07", "[x](a.md#gone)"),
    "one to a later comment": post("2026-03-07", "[x](a.md#comment-ann)"),
    "one to later comments": post("2026-03-07", "[x](/posts/a/comments.atom.xml)"),
    "one to a later question": post("2026-03-05", "[x](/questions/)"),
    "one to no post": post("2026-03-07", "[x](nothing.md)"),
    "one that shows a post": post("2026-03-07", "![x](a.md)"),
}


@pytest.mark.parametrize("text", NOT_YET.values(), ids=NOT_YET)
def test_what_is_not_there_by_its_day_is_an_error_in_a_post_that_waits_too(text, tmp_path):
    body = "Query: Why?\n\nShort answer: So.\n\n## Here\n"
    files = {
        "posts/a.md": post("2026-03-06", body, Aliases="/older/", Tags="New"),
        "posts/b.md": text,
        "posts/draft.md": post("2026-01-01", Status="draft", Tags="Never"),
        "topics/new.md": "Title: New\n\nNew things.\n",
        "topics/never.md": "Title: Never\n\nNothing.\n",
        "comments/a/ann.md": ANN.format("2026-03-08"),
    }
    assert list(check(tmp_path, files)) == [("posts/b.md", 5)]


def test_the_page_of_the_site_leads_to_no_post_that_waits(tmp_path):
    about = "Title: About\n\n[x](../posts/a.md)\n"
    assert list(check(tmp_path, {"posts/a.md": A, "pages/about.md": about})) == [
        ("pages/about.md", 3)
    ]


def test_an_address_that_a_post_will_take_on_its_day_is_told_now(tmp_path):
    files = {"posts/b.md": post("2026-03-07", Slug="old"), "posts/c.md": post("2026-03-08")}
    found = check(tmp_path, files)
    assert [path for path, _ in found] == ["posts/b.md", "posts/old.md"]
    assert "/posts/old/ is taken" in found[("posts/old.md", 1)]


def test_a_picture_that_only_a_post_that_waits_shows_is_judged_as_on_its_day(tmp_path):
    picture = draw_png()[:40]
    shown = {"posts/b.md": post("2026-03-07", "![x](../images/a.png)"), "images/a.png": picture}
    assert [path for path, _ in check(tmp_path, shown)] == ["images/a.png"]
    shown["posts/b.md"] = post("2026-03-07", "![x](../images/a.png)", Status="draft")
    assert check(tmp_path, shown) == {}


def test_the_preview_shows_everything_and_judges_it_so(tmp_path):
    files = {"posts/a.md": A, "posts/b.md": post("2026-03-05", "[x](a.md)")}
    assert check(tmp_path, files, preview=True) == {}


def test_no_date_is_as_late_as_the_catalogue_once_nothing_waits():
    assert read_moment(f"{LATEST_YEAR}-12-31T23:59:59-23:59", ZONE) < AFTER_ALL


NAMES = ("posts/a.md", "posts/b.md", "posts/c.md", "posts/d.md")
DATES = [f"2026-0{month}-06T00:00:00" for month in (2, 4, 5, 6)]
TOPICS = ("topics/x.md", "topics/y.md")
LEADS = [
    *((name, "") for name in (*NAMES, *TOPICS)),
    *((name, place) for name in NAMES for place in ("here", "comments", "comment-ann")),
    *((f"/{name.removesuffix('.md')}{end}", "") for name in (*NAMES, *TOPICS) for end in ("", "/")),
    *((f"/{name.removesuffix('.md')}/comments.atom.xml", "") for name in NAMES),
    ("/topics/x/feed.atom.xml", ""),
    ("/topics/another/", ""),
    ("/old/", ""),
    ("/questions/", ""),
    ("pages/about.md", ""),
    ("", "here"),
    ("", "comment-ann"),
]
links = st.lists(st.sampled_from(LEADS), max_size=4)


@st.composite
def draw_records(draw):
    """Draw posts with links to one another, most of which wait, and what they bring with them."""
    records = [Record("pages/about.md", "page", title="About")]
    for name in NAMES:
        values = {
            "Date": draw(st.sampled_from(DATES)),
            "Tags": draw(st.sampled_from([[], ["X"], ["Y"]])),
        }
        values |= {"Status": "draft"} if draw(st.integers(0, 5)) == 0 else {}
        values |= {"Aliases": ["/old/"]} if name == NAMES[0] else {}
        question = "Why?" if draw(st.booleans()) else ""
        records.append(
            Record(name, "post", title=name, values=values, ids=["here"], question=question)
        )
        if draw(st.booleans()):
            values = {"Date": draw(st.sampled_from(DATES)), "Author": "Ann"}
            path = f"comments/{records[-1].slug}/ann.md"
            records.append(Record(path, "comment", values=values))
    for path in TOPICS:
        title = path[7].upper()
        values = {"Title": title, "Used-for": ["Another"] if title == "X" else []}
        records.append(Record(path, "topic", title=title, values=values))
    for record in records:
        if record.kind != "comment":
            drawn = enumerate(draw(links), 1)
            record.links = [Link(line, "a", "x", *lead) for line, lead in drawn]
    return {record.path: record for record in records}


def find_problems(records, now):
    """Return the lines of each text that has links which lead nowhere, as judged at a moment."""
    catalogue, later = (select(records, {}, ZONE, each, 10, False) for each in (now, AFTER_ALL))
    found = judge(catalogue, later, ())
    lines = {path: set() for path in records}
    for problem in found:
        lines[problem.path].add(problem.line)
    return lines, catalogue


@settings(deadline=None, database=None, max_examples=200)
@given(draw_records())
def test_a_text_that_waits_has_the_faults_that_it_will_have_on_its_day(records):
    lines, catalogue = find_problems(records, NOW)
    for post in catalogue.scheduled:
        then, _ = find_problems(records, read_moment(post.values["Date"], ZONE))
        assert lines[post.path] == then[post.path]
    for record in catalogue.shown:
        alone, _ = find_problems({**records, **hide(catalogue)}, NOW)
        assert lines[record.path] == alone[record.path]


def hide(catalogue):
    """Return the posts that wait as drafts, which nothing may lead to."""
    return {
        post.path: Record(post.path, "post", values={**post.values, "Status": "draft"})
        for post in catalogue.scheduled
    }
