"""A post tells which other posts mention it."""

import pytest

from tests.conftest import number_posts


def write_post(day, text, extra=""):
    return f"Title: Post of {day}\nDate: 2026-02-{day}\n{extra}\n{text}\n"


def read_backlinks(site, name):
    """Return the addresses of the posts that are named below a post."""
    return [link.get("href") for link in site.page(name).under("Mentioned in")]


@pytest.mark.parametrize(
    "link",
    [
        "post-01.md",
        "post-01.md#a-place",
        "{filename}post-01.md",
        "/posts/post-01/",
        "/posts/post-01",
        "/posts/post-01/#a-place",
        "/old/name/",
    ],
)
def test_a_link_in_any_form_is_a_mention(build_site, link):
    first = number_posts(1)["posts/post-01.md"].replace("Tags", "Aliases: /old/name/\nTags")
    b = write_post("01", f"See [it]({link}).")
    site = build_site({**number_posts(2), "posts/post-01.md": first, "posts/b.md": b})
    assert read_backlinks(site, "posts/post-01/") == ["/posts/b/"]
    assert read_backlinks(site, "posts/b/") == []


def test_a_post_is_named_once_and_the_newest_first(build_site):
    site = build_site(
        {
            **number_posts(2),
            "posts/b.md": write_post("01", "[It](post-01.md), [again](/posts/post-01/)."),
            "posts/c.md": write_post("02", "[It](post-01.md)."),
        }
    )
    assert read_backlinks(site, "posts/post-01/") == ["/posts/c/", "/posts/b/"]


def test_neither_itself_nor_a_page_nor_a_hidden_post_nor_another_site_mentions_a_post(build_site):
    own = number_posts(1)["posts/post-01.md"] + "\n[Above](#a-place), [whole](/posts/post-01/).\n"
    site = build_site(
        {
            "posts/post-01.md": own,
            "pages/more.md": "Title: More\n\nSee [it](../posts/post-01.md).\n",
            "posts/draft.md": write_post("01", "[It](post-01.md).", "Status: draft\n"),
            "posts/waiting.md": write_post("02", "[It](post-01.md).").replace("2026", "2036"),
            "posts/away.md": write_post("03", "[It](https://example.com/posts/post-01/)."),
        }
    )
    assert read_backlinks(site, "posts/post-01/") == []
    assert "Mentioned in" not in site.page("posts/post-01/").words


def test_who_stands_beside_a_post_already_is_not_named_twice(build_site):
    series = "Series: Shelves\n"
    site = build_site(
        {
            **number_posts(2),
            "posts/b.md": write_post("01", "[It](post-01.md), [next](post-02.md).", series),
            "posts/c.md": write_post("02", "[It](post-01.md), [b](b.md)."),
            "posts/d.md": write_post("03", "[It](post-01.md), [b](b.md).", series),
            "posts/e.md": write_post("04", "[b](b.md)."),
        }
    )
    assert read_backlinks(site, "posts/post-01/") == ["/posts/d/", "/posts/c/", "/posts/b/"]
    assert read_backlinks(site, "posts/post-02/") == []  # b is the later one
    assert read_backlinks(site, "posts/b/") == ["/posts/e/"]  # c is the later one, d of the series
