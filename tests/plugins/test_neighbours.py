"""Each post leads to the one before and the one after it in time."""

from plugins.neighbours import pair_neighbours
from tests.conftest import number_posts


def read_neighbours(site, name):
    """Return the addresses before and after a post, by their relation."""
    page = site.page(name)
    links = page.under("Earlier") + page.under("Later")
    return {link.get("rel"): site.find(name, link.get("href"))[0] for link in links}


def test_the_first_and_the_last_have_one_neighbour_and_all_others_two():
    assert pair_neighbours(["c", "b", "a"]) == [(None, "b"), ("c", "a"), ("b", None)]


def test_a_post_alone_and_no_post_have_no_neighbours():
    assert pair_neighbours(["a"]) == [(None, None)]
    assert pair_neighbours([]) == []


def test_the_order_is_that_of_time(build_site):
    site = build_site(number_posts(3))
    page = "posts/post-{:02}/index.html".format
    assert read_neighbours(site, page(1)) == {"next": page(2)}
    assert read_neighbours(site, page(2)) == {"prev": page(1), "next": page(3)}
    assert read_neighbours(site, page(3)) == {"prev": page(2)}


def test_a_draft_and_a_waiting_post_are_nobodys_neighbours(build_site):
    hidden = {
        "posts/draft.md": "Title: Draft\nDate: 2026-01-02\nStatus: draft\n\nText.\n",
        "posts/waiting.md": "Title: Waiting\nDate: 2035-01-02\n\nText.\n",
    }
    site = build_site({**number_posts(2), **hidden})
    assert read_neighbours(site, "posts/post-02/index.html") == {"prev": "posts/post-01/index.html"}


def test_a_site_of_one_post_says_nothing_of_neighbours(build_site):
    site = build_site(number_posts(1))
    assert "neighbours" not in site.page("posts/post-01/").source.partition("<body>")[2]
