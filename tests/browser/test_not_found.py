"""The page for an address that is none names the nearest ones, and no address can make it do more."""

import pytest

from tests.conftest import BELOW_URL

POST = "Title: {0}\nDate: 2026-03-0{1}\nTags: Reading\n\nWords.\n"


@pytest.fixture(scope="module")
def lost(build_site):
    files = {
        "posts/weeding-the-stacks.md": POST.format("Weeding", 1),
        "posts/opening-hours.md": POST.format("Hours", 2),
        "posts/cats.md": POST.format("Cats", 3),
        "posts/x.md": POST.format("X", 4),
    }
    return build_site(files, siteurl=BELOW_URL, DEFAULT_PAGINATION=1)


@pytest.fixture(scope="module")
def root(serve, lost):
    return serve(lost.folder.parent)


def open_lost(tab, root, site, address):
    """Open an address as GitHub Pages answers it: with the page of 404.html."""
    page = site.text("404.html")
    tab.route(
        lambda url: url.partition("#")[0] == root + address.partition("#")[0],
        lambda route: route.fulfill(body=page, content_type="text/html"),
    )
    with tab.expect_response("**/sitemap.xml"):
        tab.goto(root + address)


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("/blog/posts/weeding-the-stack/", "/blog/posts/weeding-the-stacks/"),
        ("/blog/2019/05/Weeding-The-Stacks.html", "/blog/posts/weeding-the-stacks/"),
        ("/blog/opening-hour", "/blog/posts/opening-hours/"),
        ("/blog/arhives/", "/blog/archives/"),
        ("/blog/abuot/", "/blog/about/"),
        ("/blog/weeding-stacks/", "/blog/posts/weeding-the-stacks/"),
        ("/blog/posts/cat/", "/blog/posts/cats/"),
        ("/blog/2019/x.html", "/blog/posts/x/"),
    ],
)
def test_the_nearest_address_is_named(tab, root, lost, address, near):
    open_lost(tab, root, lost, address)
    tab.wait_for_selector(".nearest a")
    links = tab.locator(".nearest a")
    assert links.first.get_attribute("href") == near
    assert tab.locator(".nearest").is_visible()


@pytest.mark.parametrize(
    "address",
    ["/blog/Posts/Opening-Hours/#why", "/blog/posts/OPENING-HOURS/index.html#why"],
)
def test_an_address_that_differs_by_capitals_alone_leads_on(tab, root, lost, address):
    open_lost(tab, root, lost, address)
    tab.wait_for_url("**/blog/posts/opening-hours/#why")
    assert tab.locator("h1").inner_text() == "Hours"


@pytest.mark.parametrize(
    "address",
    [
        "/blog/books/a/",
        "/blog/2/",
        "/blog/books/page/3/",
        "/blog/pagee/2",
        "/blog/dogs/",
        "/blog/%3Cimg%20src=x%20onerror=alert(1)%3E/",
        "/blog/%E0%A4%A/",
        "/blog/zzzzzzzzzz",
    ],
)
def test_what_is_like_no_address_names_none_and_does_nothing(tab, root, lost, address):
    open_lost(tab, root, lost, address)
    tab.wait_for_timeout(100)
    assert tab.locator(".nearest").is_hidden()
    assert tab.locator("main img").count() == 0


def test_without_a_program_recent_posts_topics_and_the_search_are_there(lost):
    page = lost.page("404.html")
    links = [a.get("href") for a in page.one("main").iter("a")]
    assert "/blog/posts/opening-hours/" in links
    assert "/blog/topics/reading/" in links
    assert "/blog/search/" in links
    assert page.one("div", class_="nearest").get("hidden") is not None


def test_of_many_topics_the_largest_are_named_and_the_way_to_all_is_there(build_site):
    files = {f"topics/t{n:02}.md": f"Title: Topic {n:02}\n\nScope {n}.\n" for n in range(40)}
    tags = [", ".join(f"Topic {n:02}" for n in range(*span)) for span in ((5, 20), (20, 38))]
    post = "Title: {0}\nDate: 2026-03-0{0}\nTags: {1}\n\nWords {0}.\n"
    files["posts/a.md"] = post.format(1, tags[0])
    files["posts/b.md"] = post.format(2, tags[1])
    files["posts/c.md"] = post.format(3, "Topic 36, Topic 37")
    page = build_site(files).page("404.html")
    links = [a.get("href") for a in page.one("main").iter("a")]
    named = [link for link in links if link.startswith("/topics/t")]
    assert named == [f"/topics/t{n:02}/" for n in (*range(5, 33), 36, 37)]
    assert "/topics/" in links
