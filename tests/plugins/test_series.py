"""The posts of one series know their number, their fellows, and how many they are."""

from itertools import pairwise

import pytest

from plugins.series import MOST_PARTS, select_around
from tests.conftest import read_numbers


def write_part(day, series, title=""):
    return f"Title: {title or f'Day {day}'}\nDate: 2026-03-{day:02}\nSeries: {series}\n\nText.\n"


def read_series(site, name):
    """Return the numbers of a part and of all in a post's series, how its list begins, and its titles."""
    nav = site.page(name).one("nav", class_="series")
    texts = [site.page(name).text(item) for item in nav.iter("li")]
    start = next(nav.iter("ol")).get("start")
    line = site.page(name).text(next(nav.iter("p")))
    return read_numbers(line), int(start), texts


def test_a_part_lists_the_others_in_order_and_does_not_link_to_itself(build_site):
    names = {f"posts/{letter}.md": n for n, letter in enumerate("abc", 1)}
    site = build_site({path: write_part(n, "Moving house") for path, n in names.items()})
    assert read_series(site, "posts/b/") == (
        [2, 3],
        1,
        ["Day 1", "Day 2", "Day 3"],
    )
    nav = site.page("posts/b/").one("nav", class_="series")
    assert [link.get("href") for link in nav.iter("a")] == ["/posts/a/", "/posts/c/"]
    assert [item.get("aria-current") for item in nav.iter("li")] == [None, "page", None]


def test_a_series_is_one_in_any_spelling_and_shown_as_its_first_part_has_it(build_site):
    site = build_site(
        {
            "posts/a.md": write_part(1, "Moving house"),
            "posts/b.md": write_part(2, "moving-House"),
        }
    )
    assert read_series(site, "posts/b/")[0] == [2, 2]
    assert "Moving house" in site.page("posts/b/").words


def test_parts_of_one_moment_are_counted_as_people_count_and_lists_have_the_last_first(build_site):
    names = [f"part-{n}" for n in (1, 2, 9, 10, 11)]
    parts = {f"posts/{n}.md": write_part(1, "S\nTags: Reading", n) for n in sorted(names)}
    site = build_site({**parts, "posts/old.md": "Title: old\nDate: 2026-02-28\n\nText.\n"})
    assert read_series(site, "posts/part-2/") == ([2, 5], 1, names)
    lists = {"": "article", "archives/": "li", "topics/reading/": "article"}
    for address, tag in lists.items():
        page = site.page(address)
        titles = [
            page.text(link)
            for entry in page.all(tag, class_="h-entry")
            for link in entry.iter("a")
            if "u-url" in link.get("class").split()
        ]
        assert [title for title in titles if title != "old"] == names[::-1]
    for name in ("feeds/all.atom.xml", "feeds/all.rss.xml", "topics/reading/feed.atom.xml"):
        found = [entry.title for entry in site.feed(name).entries if entry.title != "old"]
        assert found == names[::-1]
    for before, after in pairwise(["old", *names]):
        links = site.page(f"posts/{before}/").all("a", rel="next")
        assert [link.get("href") for link in links] == [f"/posts/{after}/"]
        links = site.page(f"posts/{after}/").all("a", rel="prev")
        assert [link.get("href") for link in links] == [f"/posts/{before}/"]


def test_a_draft_and_a_waiting_post_are_not_counted(build_site):
    site = build_site(
        {
            "posts/a.md": write_part(1, "Moving"),
            "posts/b.md": write_part(2, "Moving\nStatus: draft"),
            "posts/c.md": write_part(3, "Moving").replace("2026", "2036"),
            "posts/d.md": write_part(4, "Moving"),
        }
    )
    assert read_series(site, "posts/d/") == ([2, 2], 1, ["Day 1", "Day 4"])


def test_a_long_series_shows_the_parts_around_and_numbers_them_rightly(build_site):
    files = {f"posts/p-{n:02}.md": write_part(n, "Long") for n in range(1, 21)}
    line, start, texts = read_series(build_site(files), "posts/p-10/")
    assert (line, start) == ([10, 20], 7)
    assert texts == [f"Day {n}" for n in range(7, 14)]


@pytest.mark.parametrize(
    ("number", "total", "shown"),
    [
        (1, 1, (1, 1)),
        (2, 3, (1, 3)),
        (1, 9, (1, 7)),
        (5, 9, (2, 8)),
        (9, 9, (3, 9)),
        (7, 7, (1, 7)),
    ],
)
def test_as_many_parts_are_shown_as_there_is_room_for(number, total, shown):
    assert select_around(number, total) == shown
    assert shown[1] - shown[0] < MOST_PARTS


def test_a_name_that_looks_like_markup_is_shown_as_typed(build_site):
    site = build_site({"posts/a.md": write_part(1, "<b>A</b> & <script>alert(1)</script>")})
    assert "<b>A</b> & <script>alert(1)</script>" in site.page("posts/a/").words
    assert not site.page("posts/a/").one("body").findall(".//script")


def test_a_post_without_a_series_says_nothing_of_one(build_site):
    site = build_site({"posts/a.md": "Title: A\nDate: 2026-03-01\n\nText.\n"})
    assert not site.page("posts/a/").all("nav", class_="series")
