"""What a person or a feed reader may have kept is permanent, and nothing that is made from it."""

from catalogue.permanence import list_all_permanent
from tests.published import judge

FILES = {
    "posts/weeding.md": "Title: Weeding\nDate: 2026-01-02\nTags: Reading\nAliases: /old.html, /2019/x/\n\n"
    "## Why\n\nSo[^1]. ![A list](../images/a.png) <a id=\"by-hand\"></a>\n\n[^1]: A note.\n",
    "posts/draft.md": "Title: Draft\nDate: 2026-01-02\nStatus: draft\n\n## Secret\n\nText.\n",
    "comments/weeding/ann.md": "Author: Ann\nDate: 2026-01-03\n\nFine.\n",
    "comments/weeding/later.md": "Author: Ann\nDate: 2031-01-03\n\nLater.\n",
    "topics/reading.md": "Title: Reading\nUsed-for: books\n\nScope.\n",
    "topics/empty.md": "Title: Empty\n\nScope.\n",
    "images/a.png": "picture",
    "images/unused.png": "another",
    "extra/CNAME": "example.org",
    "extra/robots.txt": "User-agent: *",
    "extra/.well-known/security.txt": "Contact: x",
    "extra/key.txt": "key",
}  # fmt: skip


def test_these_are_permanent_and_no_others():
    assert sorted(list_all_permanent(judge(FILES)[0])) == [
        "/",
        "/.well-known/security.txt",
        "/2019/x/",
        "/archives/",
        "/feeds/all.atom.xml",
        "/feeds/all.json",
        "/feeds/all.rss.xml",
        "/images/a.png",
        "/key.txt",
        "/old.html",
        "/posts/weeding/",
        "/posts/weeding/#by-hand",
        "/posts/weeding/#comment-ann",
        "/posts/weeding/#why",
        "/posts/weeding/comments.atom.xml",
        "/search/",
        "/subscribe/",
        "/topics.jsonld",
        "/topics/",
        "/topics/books/",
        "/topics/empty/",
        "/topics/reading/",
        "/topics/reading/feed.atom.xml",
        "/topics/reading/feed.rss.xml",
    ]
