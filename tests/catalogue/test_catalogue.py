"""The catalogue parts what is shown from what is not, and judges all texts together."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from catalogue.catalogue import read_catalogue
from catalogue.judging import View
from catalogue.problems import Refused

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TOPICS = {"topics/cats.md": "Title: Cats\n", "topics/dogs.md": "Title: Dogs\n"}


@pytest.fixture
def read(tmp_path):
    """Return a function that writes files and reads the catalogue of them."""

    def read(files, preview=False, **how):
        (tmp_path / "posts").mkdir(exist_ok=True)
        for name, text in {**TOPICS, **files}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return read_catalogue(tmp_path, View(ZoneInfo("UTC"), NOW, 10, preview), **how)

    return read


def post(title="Post", date="2024-05-01", body="Words.", **header):
    lines = [f"{key}: {value}" for key, value in header.items()]
    return "\n".join([f"Title: {title}", f"Date: {date}", *lines, "", body, ""])


def titles(records):
    return [record.title for record in records]


def texts(catalogue, level="error"):
    return [(p.path, p.line, p.text) for p in sorted(catalogue.problems) if p.level == level]


def test_posts_are_published_drafts_waiting_or_a_problem_and_none_is_lost(read):
    files = {
        "posts/a.md": post("A"),
        "posts/b.md": post("B", Status="draft"),
        "posts/c.md": post("C", "2026-11-23 12:01"),
        "posts/d.md": "no header",
    }
    catalogue = read(files)
    assert titles(catalogue.drafts) == ["B"]
    assert titles(catalogue.scheduled) == ["C"]
    assert "A" in titles(catalogue.posts)
    assert [path for path, _, _ in texts(catalogue)] == ["posts/d.md"]
    assert len(catalogue.records) == len(files) + len(TOPICS)


def test_a_post_goes_live_at_its_very_moment(read):
    assert titles(read({"posts/a.md": post("A", "2026-11-23 12:00")}).posts) == ["A"]
    assert titles(read({"posts/a.md": post("A", "2026-11-23 12:00 +00:00")}).posts) == ["A"]
    assert titles(read({"posts/a.md": post("A", "2026-11-23 12:00 -01:00")}).posts) == []


def test_posts_come_newest_first_and_those_of_one_moment_by_name_the_last_first(read):
    names = ("part-10", "part-2", "part", "part-1", "a")
    files = {f"posts/{name}.md": post(name) for name in names}
    files["posts/2024-05-01-part-3.md"] = post("part-3")
    files["posts/new.md"] = post("new", "2025-01-01")
    order = ["new", "part-10", "part-3", "part-2", "part-1", "part", "a"]
    assert titles(read(files).posts) == order


def test_what_is_wrong_with_a_draft_warns_and_does_not_stop_the_rest(read):
    body = "[x](gone.md) <script>alert(1)</script>"
    catalogue = read({"posts/a.md": post("A", Status="draft", body=body), "posts/b.md": post("B")})
    assert texts(catalogue) == []
    assert {path for path, _, _ in texts(catalogue, "warning")} == {"posts/a.md"}
    assert titles(read({}, preview=True).posts) == ["B"]


@pytest.mark.parametrize(
    ("header", "seen"),
    [
        ({"Status": "draft"}, "a draft"),
        ({"date": "2026-12-01 09:00"}, "goes live Tuesday 1 December"),
    ],
)
@pytest.mark.parametrize("link", ["b.md", "/posts/b/", "{filename}b.md", "../posts/b.md#words"])
def test_a_link_to_what_is_not_on_the_site_is_an_error_with_the_reason(read, header, seen, link):
    files = {"posts/a.md": post("A", body=f"See [it]({link})."), "posts/b.md": post("B", **header)}
    found = texts(read(files))
    assert [(path, line) for path, line, _ in found] == [("posts/a.md", 4)]
    if not link.startswith("/"):
        assert seen in found[0][2]


def test_only_what_a_published_text_uses_is_published(read, tmp_path):
    png = b"\x89PNG\r\n\x1a\n"
    (tmp_path / "images").mkdir()
    for name in ("used", "draft", "unused"):
        (tmp_path / f"images/{name}.png").write_bytes(png)
    files = {
        "posts/a.md": post("A", body="![x](../images/used.png)"),
        "posts/b.md": post("B", Status="draft", body="![x](../images/draft.png)"),
    }
    catalogue = read(files)
    assert catalogue.files == ["images/used.png"]
    errors = {path for path, _, _ in texts(catalogue)}
    assert errors == {"images/used.png"}  # damaged all three; two of them are not published


def test_a_topic_that_only_unpublished_posts_have_is_kept_back_with_them(read):
    files = {
        "posts/a.md": post("A", Status="draft", Tags="Cats"),
        "posts/b.md": post("B", "2027-01-01", Tags="Dogs"),
        "topics/fish.md": "Title: Fish\n",
    }
    assert titles(read(files).topics) == ["Fish"]
    assert titles(read(files, preview=True).topics) == ["Cats", "Dogs", "Fish"]
    published = {**files, "posts/c.md": post("C", Tags="cats")}
    assert titles(read(published).topics) == ["Cats", "Fish"]


@pytest.mark.parametrize(
    ("files", "places"),
    [
        (
            {"posts/a.md": post(Slug="same"), "posts/b.md": post("B", Slug="same")},
            [("posts/a.md", 3), ("posts/b.md", 3)],
        ),
        (
            {"posts/a.md": post(), "posts/2024-05-01-a.md": post("B")},
            [("posts/2024-05-01-a.md", 1), ("posts/a.md", 1)],
        ),
        (
            {"posts/a.md": post(), "posts/b.md": post("B", Aliases="/posts/a/")},
            [("posts/a.md", 1), ("posts/b.md", 3)],
        ),
        ({"posts/a.md": post(Aliases="/Archives/")}, [("posts/a.md", 3)]),
        ({"posts/a.md": post(Aliases="/feeds/all.atom.xml/x")}, [("posts/a.md", 3)]),
        ({"posts/a.md": post(Aliases="/CNAME")}, [("posts/a.md", 3)]),
        ({"posts/a.md": post(Aliases="/index.html")}, [("posts/a.md", 3)]),
        (
            {"extra/about/index.html": "x", "pages/about.md": "Title: About\n\nI.\n"},
            [("extra/about/index.html", 0), ("pages/about.md", 1)],
        ),
    ],
)
def test_two_things_at_one_address_are_told_in_each_file(read, files, places):
    found = texts(read(files))
    assert [(path, line) for path, line, _ in found] == places
    assert all("is taken" in text or "belongs to the site" in text for _, _, text in found)


def test_a_draft_at_an_address_that_is_taken_stops_the_preview_alone(read):
    files = {"posts/a.md": post(), "posts/b.md": post(Slug="a", Status="draft")}
    assert texts(read(files)) == []
    assert {path for path, _, _ in texts(read(files, preview=True))} == {"posts/a.md", "posts/b.md"}


def test_an_unchanged_file_is_taken_from_the_store_and_a_changed_one_is_not(read, tmp_path):
    cache_file = tmp_path.parent / f"{tmp_path.name}.sqlite3"
    cold = read({"posts/a.md": post("A", body="Some *words*.")}, cache_file=cache_file)
    warm = read({}, cache_file=cache_file)
    assert [r.to_data() for r in warm.posts] == [r.to_data() for r in cold.posts]
    assert warm.posts[0].html == cold.posts[0].html != ""
    changed = read({"posts/a.md": post("A", body="Same *size*.")}, cache_file=cache_file)
    assert "size" in changed.posts[0].html


def test_a_body_that_is_nowhere_kept_any_more_is_read_again_from_the_same_bytes(read, tmp_path):
    cache_file = tmp_path.parent / f"{tmp_path.name}.sqlite3"
    read(
        {"posts/a.md": post("A", body="Some *words*."), "posts/b.md": post("B")},
        cache_file=cache_file,
    )
    warm = read({}, cache_file=cache_file)
    cache_file.unlink()
    assert "<em>words</em>" in warm.records["posts/a.md"].html
    (tmp_path / "posts/b.md").write_text(post("B", body="Others."))
    with pytest.raises(Refused, match=r"posts/b\.md was changed while the site was built"):
        assert warm.records["posts/b.md"].html


def test_a_kept_reading_that_no_longer_fits_its_form_is_made_again(read, tmp_path):
    import sqlite3

    cache_file = tmp_path.parent / f"{tmp_path.name}.sqlite3"
    read({"posts/a.md": post("A")}, cache_file=cache_file)
    with sqlite3.connect(cache_file) as connection:
        connection.execute('update readings set facts = \'{"links": [], "odd": 1}\'')
    connection.close()
    assert titles(read({}, cache_file=cache_file).posts) == ["A"]


REPLY = "Author: Ann\nDate: 2026-01-02\n\nIndeed.\n"
ANSWER = "Author: Ann\nDate: 2026-01-02\nReply-to: answer{n}z\n\nIndeed.\n"
FAULTS = {  # the n-th file, and a fault in it that is near to something right
    "links": ("posts/b{n}.md", lambda n: post(f"B {n}", body=f"[x](a-weedinx{n}.md)")),
    "addresses": ("posts/b{n}.md", lambda n: post(f"B {n}", body=f"[x](/posts/a-weedinx{n}/)")),
    "places": ("posts/b{n}.md", lambda n: post(f"B {n}", body=f"## Weeding\n\n[x](#weedin{n})")),
    "tags": ("posts/b{n}.md", lambda n: post(f"B {n}", Tags=f"A long weedinx{n}")),
    "relations": ("topics/b{n}.md", lambda n: f"Title: B{n}\nSee-also: A long weedinx{n}\n"),
    "starts": ("topics/b{n}.md", lambda n: f"Title: B{n}\nStart-here: a-weedinx{n}\n"),
    "folders": ("comments/a-weedinx{n}/c.md", lambda n: REPLY),
    "replies": ("comments/a-weeding10/answer{n}.md", lambda n: ANSWER.format(n=n)),
}


@pytest.mark.parametrize(("name", "make"), FAULTS.values(), ids=FAULTS)
def test_the_first_ten_faults_of_a_kind_are_told_with_a_guess(read, tmp_path_factory, name, make):
    cache_file = tmp_path_factory.mktemp("cache") / "readings"
    numbers = range(10, 24)
    files = {f"posts/a-weeding{n}.md": post(f"A {n}") for n in numbers}
    files |= {name.format(n=n): make(n) for n in reversed(numbers)}
    files["topics/long.md"] = "Title: A long weeding\n"
    cold = sorted(read(files, cache_file=cache_file).problems)
    warm = sorted(read({}, cache_file=cache_file).problems)
    assert warm == cold
    guesses = [
        re.search(r"Did you mean|Write #\S|Write: Reply-to", problem.text) is not None
        for problem in cold
        if problem.path != "topics"  # where the number of all tags that are no topics is told
    ]
    assert guesses == [True] * 10 + [False] * 4
