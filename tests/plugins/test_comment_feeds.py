"""A post's comments have a feed of their own, each entry with what it answers."""

import pytest

POST = "Title: {}\nDate: 2026-03-04 09:30\n\nText.\n"
COMMENT = "Author: {}\nDate: {}\n{}\n{}\n"
FEED = "posts/weeding/comments.atom.xml"
NAMESPACES = {"a": "http://www.w3.org/2005/Atom", "thr": "http://purl.org/syndication/thread/1.0"}


@pytest.fixture(scope="module")
def threaded(build_site):
    """Build a post with a thread, and one without a comment."""
    folder = "comments/weeding"
    return build_site(
        {
            "posts/weeding.md": POST.format("Weeding"),
            "posts/quiet.md": POST.format("Quiet"),
            f"{folder}/ann.md": COMMENT.format(
                "Ann <i>", "2026-03-05", "Url: https://ann.example/\n", "First < *best*."
            ),
            f"{folder}/ben.md": COMMENT.format("Ben", "2026-03-06", "Reply-to: ann\n", "Yes."),
            f"{folder}/zoe.md": COMMENT.format("Zoe", "2026-03-05 10:00", "", "No."),
            f"{folder}/dot.md": COMMENT.format(
                "Dot", "2026-03-09 12:00 +02:00", "Reply-to: ben\n", "Well."
            ),
            f"{folder}/own.md": COMMENT.format(
                "The Librarian", "2026-03-07", "Role: author\n", "Thanks."
            ),
            f"{folder}/same.md": COMMENT.format("The Librarian", "2026-03-08", "", "Me too."),
        }
    )


def test_a_post_with_comments_has_a_feed_of_them_and_no_other_has(threaded):
    feeds = [name for name in threaded.files if name.endswith("comments.atom.xml")]
    assert feeds == [FEED]
    page = threaded.page("posts/weeding/")
    links = [link.get("href") for link in page.all("link", type="application/atom+xml")]
    assert f"/{FEED}" in links


def test_an_entry_has_its_writer_and_words_the_newest_first(threaded):
    feed = threaded.feed(FEED)
    own, same = "The Librarian", "The Librarian (reader)"
    assert [entry.author for entry in feed.entries] == ["Dot", same, own, "Ben", "Zoe", "Ann <i>"]
    assert feed.entries[-1].content[0].value == "<p>First &lt; <em>best</em>.</p>"
    assert feed.entries[-1].author_detail.href == "https://ann.example/"
    assert feed.entries[2].author_detail.href == f"{threaded.url}/"
    assert feed.feed.updated == "2026-03-09T10:00:00+00:00"


def test_the_feed_names_what_each_comment_answers(threaded):
    entries = threaded.xml(FEED).findall("a:entry", NAMESPACES)
    names = [entry.findtext("a:author/a:name", "", NAMESPACES) for entry in entries]
    ids = [entry.findtext("a:id", "", NAMESPACES) for entry in entries]
    refs = [entry.find("thr:in-reply-to", NAMESPACES) for entry in entries]
    ids, refs = dict(zip(names, ids, strict=True)), dict(zip(names, refs, strict=True))
    post_id = next(
        e.id for e in threaded.feed("feeds/all.atom.xml").entries if e.title == "Weeding"
    )
    assert len({*ids.values(), post_id}) == 7
    assert refs["Ann <i>"].get("ref") == refs["Zoe"].get("ref") == post_id
    assert refs["Ben"].get("ref") == ids["Ann <i>"]
    assert refs["Dot"].get("ref") == ids["Ben"]
    assert refs["Ben"].get("href") == f"{threaded.url}/posts/weeding/#comment-ann"
