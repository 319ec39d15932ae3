"""What no person has to decide is kept by itself: feeds at old addresses, files, ids in feeds."""

import pytest

FILES = {
    "posts/new-name.md": "Title: New\nDate: 2027-05-05\nAliases: /posts/old-name/\nTags: Books\n\nText.\n",
    "posts/quiet.md": "Title: Quiet\nDate: 2026-01-03\n\nText.\n",
    "comments/new-name/ann.md": "Author: Ann\nDate: 2027-05-06\n\nFine.\n",
    "topics/books.md": "Title: Books\nUsed-for: volumes\n\nScope.\n",
    "topics/empty.md": "Title: Empty\n\nScope.\n",
    "images/a.txt": "A list.\n",
    "images/b.txt": "Another.\n",
    "addresses.txt": "/posts/old-name/ tag:me@example.org,2026-01-02:posts/old-name\n"
    "/posts/old-name/comments.atom.xml\n/posts/quiet/comments.atom.xml\n"
    "/topics/volumes/feed.rss.xml\n/topics/empty/feed.atom.xml\n/images/a.txt\n",
}
PLAIN = {"SEARCH_INDEX": False, "CARDS": False}


@pytest.fixture(scope="module")
def site(build_site):
    return build_site(FILES, **PLAIN)


def test_a_renamed_post_with_another_date_keeps_its_id_in_all_feeds(site):
    mark = "tag:me@example.org,2026-01-02:posts/old-name"
    for feed in ("feeds/all.atom.xml", "feeds/all.rss.xml", "topics/books/feed.atom.xml"):
        assert mark in {entry.id for entry in site.feed(feed).entries}, feed
    assert f'"id":"{mark}"' in site.text("feeds/all.json").replace('": "', '":"')
    comments = site.feed("posts/new-name/comments.atom.xml")
    assert comments.feed.id == f"{mark}/comments"
    assert comments.entries[0].id == f"{mark}/comment-ann"


def test_a_post_that_the_ledger_does_not_know_gets_an_id_of_its_own(site):
    ids = [entry.id for entry in site.feed("feeds/all.atom.xml").entries]
    assert f"tag:{site.settings['FEED_AUTHORITY']},2026-01-03:posts/quiet" in ids


def test_the_feed_of_what_was_renamed_is_at_both_addresses(site):
    for old, new in (
        ("posts/old-name/comments.atom.xml", "posts/new-name/comments.atom.xml"),
        ("topics/volumes/feed.rss.xml", "topics/books/feed.rss.xml"),
    ):
        assert site.bytes(old) == site.bytes(new)
    assert "topics/volumes/feed.atom.xml" not in site.files


def test_a_feed_that_has_nothing_to_tell_any_more_stays(site):
    for name in ("posts/quiet/comments.atom.xml", "topics/empty/feed.atom.xml"):
        feed = site.feed(name)
        assert feed.entries == []
        assert feed.feed.updated


def test_a_file_that_was_published_stays_and_no_other_comes(site):
    assert site.text("images/a.txt") == FILES["images/a.txt"]
    assert "images/b.txt" not in site.files


def test_every_kept_address_is_in_the_list_of_the_site(site):
    listed = site.text("addresses.txt").splitlines()
    kept = {line.split(" ")[0] for line in FILES["addresses.txt"].splitlines()}
    assert kept <= set(listed)
    assert listed == sorted(listed)
