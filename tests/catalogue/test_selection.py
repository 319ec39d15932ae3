"""What is shown is selected by status and time, and with it the files and addresses that it needs."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from catalogue.folder.media import Media
from catalogue.problems import Problem
from catalogue.records import Record
from catalogue.selection import select
from catalogue.text.links import Link
from catalogue.text.targets import Target

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SCHEDULED = {"Date": "2026-11-24"}


def text(path, **values):
    kind = path.split("/")[0].removesuffix("s")
    slug = path.split("/")[-1].removesuffix(".md")
    return Record(path, kind, slug, values.get("Title", slug.title()), values)


def choose(*records, files=(), preview=False):
    found = {record.path: record for record in records}
    return select(found, dict.fromkeys(files, Media("", [])), ZoneInfo("UTC"), NOW, 10, preview)


def slugs(records):
    return [record.slug for record in records]


def test_a_text_is_shown_unless_it_is_a_draft_or_scheduled():
    records = [
        text("posts/old.md", Date="2026-01-01"),
        text("posts/new.md", Date="2026-11-23 12:00"),
        text("posts/later.md", **SCHEDULED),
        text("posts/draft.md", Date="2026-01-01", Status="draft"),
        text("pages/zoo.md"),
        text("pages/about.md"),
        text("pages/draft.md", Status="draft"),
    ]
    catalogue = choose(*records)
    assert slugs(catalogue.posts) == ["new", "old"]
    assert slugs(catalogue.pages) == ["about", "zoo"]
    assert slugs(catalogue.scheduled) == ["later"]
    assert slugs(catalogue.drafts) == ["draft", "draft"]
    assert slugs(choose(*records, preview=True).shown) == [
        "later", "new", "old", "draft", "about", "draft", "zoo",
    ]  # fmt: skip


def test_the_preview_shows_no_draft_that_has_an_error():
    draft = text("posts/draft.md", Date="2026-01-01", Status="draft")
    draft.problems = [Problem(draft.path, 1, "error", "It is wrong.")]
    catalogue = choose(draft, preview=True)
    assert (catalogue.posts, catalogue.drafts) == ([], [draft])


@pytest.mark.parametrize("preview", [False, True])
def test_a_comment_is_shown_with_its_post_when_its_time_has_come(preview):
    post = text("posts/weeding.md", Date="2026-01-01")
    now = text("comments/weeding/ann.md", Date="2026-01-02", Author="Ann")
    later = text("comments/weeding/ben.md", Author="Ben", **SCHEDULED)
    catalogue = choose(post, now, later, preview=preview)
    assert catalogue.filed == {post.path: [now, later]}
    assert catalogue.comments == {post.path: [now, later] if preview else [now]}
    assert catalogue.scheduled_comments == [(later, "Weeding")]
    assert catalogue.badge(later) == "Waiting: appears Tuesday 24 November 2026 at 00:00"
    assert catalogue.badge(now) == catalogue.badge(post) == ""


def test_a_file_is_published_if_a_shown_text_leads_to_it_or_it_is_meant_for_the_root():
    post = text("posts/a.md", Date="2026-01-01")
    post.links = [Link(4, "img", "x", "images/used.png"), Link(5, "a", "x", "/images/too.png")]
    draft = text("posts/b.md", Date="2026-01-01", Status="draft")
    draft.links = [Link(4, "img", "x", "images/draft.png")]
    names = ["images/used.png", "images/too.png", "images/draft.png", "extra/humans.txt"]
    catalogue = choose(post, draft, files=names)
    assert catalogue.files == ["extra/humans.txt", "images/too.png", "images/used.png"]
    assert catalogue.addresses["extra/humans.txt"] == "/humans.txt"
    assert "/images/draft.png" in {place.address for place in catalogue.claims}
    assert "/images/draft.png" not in {place.address for place in catalogue.places}


def test_links_lead_to_addresses_and_a_picture_has_its_size_by_path_and_by_address():
    media = {
        "images/a.png": Media("", [], 40, 30, "PNG"),
        "extra/b.png": Media("", [], 8, 9, "PNG"),
        "images/c.pdf": Media("", []),
    }
    post = text("posts/a.md", Date="2026-01-01")
    catalogue = select({post.path: post}, media, ZoneInfo("UTC"), NOW, 10, preview=False)
    assert catalogue.targets == {
        "posts/a.md": Target("/posts/a/"),
        **dict.fromkeys(("images/a.png", "/images/a.png"), Target("/images/a.png", 40, 30)),
        **dict.fromkeys(("extra/b.png", "/b.png"), Target("/b.png", 8, 9)),
        **dict.fromkeys(("images/c.pdf", "/images/c.pdf"), Target("/images/c.pdf")),
    }
