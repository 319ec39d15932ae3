"""The links on every page are those of the author's settings, as far as the site has the pages."""

import pytest

from building import settings as reading
from building.check_settings import find_lines
from building.judge_site import judge_site
from building.settings import read_constants
from tests.conftest import build_tree, write_files

ABOUT = "Title: About us\n\nWords.\n"
POST = "Title: Post\nDate: 2026-01-01\n\nWords.\n"
ASKS = "Title: Post\nDate: 2026-01-01\n\nQuery: So?\n\nShort answer: No.\n"


def read_links(page, class_):
    (element,) = page.all("*", class_=class_)
    return [(link.get("href"), page.text(link), link.get("rel")) for link in element.iter("a")]


def test_a_page_is_called_as_it_calls_itself_or_as_the_author_says(build_site):
    how = {"NAVIGATION": ["/about/", ("topics", "All <topics>"), "questions", "/posts/post/"]}
    files = {"pages/about.md": ABOUT, "posts/post.md": POST}
    site = build_site(files, siteurl="https://example.org/blog", **how)
    links = [
        ("/blog/about/", "About us", None),
        ("/blog/topics/", "All <topics>", None),
        ("/blog/posts/post/", "Post", None),
    ]
    for name, current in (("archives/", None), ("about/", "About us"), ("topics/", "All <topics>")):
        page = site.page(name)
        assert read_links(page, "nav") == links
        marked = [page.text(link) for link in page.one("nav").iter("a") if link.get("aria-current")]
        assert marked == [current] * bool(current)


def test_the_questions_are_in_the_navigation_as_long_as_there_are_any(build_site):
    for post, there in ((POST, False), (ASKS, True)):
        links = read_links(build_site({"posts/a.md": post}).page("archives/"), "nav")
        assert ("/questions/" in [link for link, _, _ in links]) is there


def test_the_footer_has_the_authors_links_and_says_which_are_hers(build_site):
    how = {
        "FOOTER_LINKS": [
            ("Mastodon <me>", "https://glammr.us/@ann?a=1&b=2", "me"),
            ("Elsewhere", "https://example.com/"),
            ("About", "/about/"),
            ("Feed", "atom"),
            ("Gone", "/gone/"),
        ]
    }
    site = build_site({"posts/a.md": POST}, siteurl="https://example.org/blog", **how)
    assert read_links(site.page("posts/a/"), "colophon")[-4:] == [
        ("https://glammr.us/@ann?a=1&b=2", "Mastodon <me>", "me"),
        ("https://example.com/", "Elsewhere", None),
        ("/blog/about/", "About", None),
        ("/blog/feeds/all.atom.xml", "Feed", None),
    ]


@pytest.mark.parametrize("post", [POST, ASKS])
def test_no_page_links_to_one_that_the_author_has_deleted(tmp_path, post):
    write_files(tmp_path / "content", {"posts/a.md": post})
    site = build_tree(tmp_path / "content", tmp_path / "blog")
    for name, page in site.pages.items():
        for _, link in page.links:
            found = site.find(name, link)
            assert found is None or found[0] in site.files, (name, link)


def test_a_page_that_is_named_and_is_not_there_is_a_warning_with_its_line(tmp_path):
    write_files(tmp_path / "content", {"posts/a.md": POST})
    links = [("A", "/gnoe/"), ("B", "https://example.org/")]
    own = {"PATH": str(tmp_path / "content"), "READING_CACHE": "", "FOOTER_LINKS": links}
    own["NAVIGATION"] = ["home", "questions", "/archivs/", ("/about/", "Who")]
    problems = judge_site({**read_constants(), **own}).problems
    lines = find_lines(reading.ROOT / "pelicanconf.py")
    seen = "and the site has no such page, so it is left out"
    assert [(p.line, p.level, p.text) for p in problems if "pelicanconf" in p.path] == [
        (
            lines["NAVIGATION"],
            "warning",
            f"NAVIGATION has “/archivs/”, {seen}. Did you mean /archives/?",
        ),
        (
            lines["NAVIGATION"],
            "warning",
            f"NAVIGATION has “/about/”, {seen}. Take it out, or write the page.",
        ),
        (
            lines["FOOTER_LINKS"],
            "warning",
            f"FOOTER_LINKS has “/gnoe/”, {seen}. Take it out, or write the page.",
        ),
    ]
