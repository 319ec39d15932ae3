"""A post keeps the id that feed readers know it by, and no two posts have one."""

import pytest

from catalogue.post_ids import assign_post_ids
from catalogue.records import Record


def post(slug, date="2026-01-02", *aliases):
    values = {"Date": date, "Aliases": [*aliases]}
    return Record(f"posts/{slug}.md", "post", slug, slug.title(), values)


def make(slug, date="2026-01-02", number=""):
    return f"tag:example.org,{date}:posts/{slug}{number}"


def test_a_new_post_gets_an_id_of_its_day_and_slug():
    posts = [post("a"), post("b", "2026-03-04 09:30")]
    assert assign_post_ids(posts, {}, "example.org") == {
        "posts/a.md": "tag:example.org,2026-01-02:posts/a",
        "posts/b.md": "tag:example.org,2026-03-04:posts/b",
    }


@pytest.mark.parametrize(
    "changed",
    [
        post("a", "2027-05-06"),
        post("b", "2026-01-02", "/posts/a/"),
        post("b", "2027-01-02", "/older/", "/posts/a/"),
        post("c", "2027-01-02", "/posts/b/", "/posts/a/"),
    ],
)
def test_another_date_and_another_slug_change_no_id(changed):
    found = assign_post_ids([changed], {"/posts/a/": make("a")}, "other.example")
    assert found == {changed.path: make("a")}


def test_a_new_post_in_the_place_of_a_renamed_one_has_another_id():
    known = {"/posts/b/": make("a")}
    found = assign_post_ids([post("a"), post("b")], known, "example.org")
    assert found == {"posts/a.md": make("a", number=",2"), "posts/b.md": make("a")}
    known = {"/posts/b/": make("a"), "/posts/c/": make("a", number=",2")}
    assert assign_post_ids([post("a")], known, "example.org")["posts/a.md"] == make(
        "a", number=",3"
    )


def test_a_post_that_took_another_one_in_keeps_its_own_id():
    known = {"/posts/a/": make("a"), "/posts/b/": make("b")}
    found = assign_post_ids([post("b", "2026-01-02", "/posts/a/")], known, "example.org")
    assert found == {"posts/b.md": make("b")}


def test_of_two_that_claim_one_old_address_one_gets_its_id():
    posts = [post("b", "2026-01-02", "/posts/a/"), post("c", "2026-01-02", "/posts/a/")]
    found = assign_post_ids(posts, {"/posts/a/": make("a")}, "example.org")
    assert len({*found.values()}) == 2


def test_a_post_without_a_date_has_none():
    assert assign_post_ids([Record("posts/a.md", "post", "a")], {}, "example.org") == {}
