"""A page that was withdrawn says so, in one request, and nothing leads to it."""

import pytest

POST = "Title: Weeding\nDate: 2026-01-02\nTags: Reading\n\nWords.\n"
LEDGER = """/posts/weeding/
Gone: /posts/old-list/ The list was <b>wrong</b>.
Gone: /posts/plain/ tag:example.org,2026-01-02:posts/plain (words of it)
Gone: /2019/old.html
Gone: /images/list.pdf
Gone: /posts/weeding/#why
Gone: /About/
Gone: /feeds/old/
Gone: /.hidden/
Gone: /con/
"""


@pytest.fixture(scope="module")
def site(build_site):
    return build_site(
        {"posts/weeding.md": POST, "addresses.txt": LEDGER}, SEARCH_INDEX=False, CARDS=False
    )


PAGES = ["posts/old-list/index.html", "posts/plain/index.html", "2019/old.html"]


@pytest.mark.parametrize("name", PAGES)
def test_a_withdrawn_address_has_a_page_that_says_so_and_where_to_look(site, name):
    page = site.page(name)
    assert page.texts("h1") == ["Taken off the shelf"]
    assert page.meta("robots") == "noindex"
    assert "withdrawn on purpose" in page.text(page.one("main"))
    links = {a.get("href") for a in page.one("main").iter("a")}
    assert {"/", "/search/", "/archives/", "/topics/reading/"} <= links
    assert page.all("link", rel="canonical") == page.all("script") == []


def test_a_reason_is_shown_as_it_was_written(site):
    assert site.page(PAGES[0]).texts("blockquote") == ["The list was <b>wrong</b>."]
    assert site.page(PAGES[1]).texts("blockquote") == []
    assert "words of it" not in site.page(PAGES[1]).words


def test_nothing_else_names_a_withdrawn_page(site):
    for name in set(site.files) - set(PAGES):
        assert b"old-list" not in site.bytes(name), name


def test_what_is_no_page_or_has_a_page_of_its_own_gets_none(site):
    others = {
        name for name, page in site.html.items() if page.texts("h1") == ["Taken off the shelf"]
    }
    assert others == set(PAGES)
    assert "images/list.pdf" not in site.files


def test_the_ledger_itself_is_not_published(site):
    assert site.text("addresses.txt").splitlines() == [
        "/",
        "/about/",
        "/archives/",
        "/feeds/all.atom.xml",
        "/feeds/all.json",
        "/feeds/all.rss.xml",
        "/posts/weeding/",
        "/search/",
        "/subscribe/",
        "/topics.jsonld",
        "/topics/",
        "/topics/reading/",
        "/topics/reading/feed.atom.xml",
        "/topics/reading/feed.rss.xml",
    ]
