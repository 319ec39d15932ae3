"""The posts of one series know their number, their fellows, and how many they are."""

import pytest

from plugins.series import MOST_PARTS, select_around


def write_part(day, series, title=""):
    return f"Title: {title or f'Day {day}'}\nDate: 2026-03-{day:02}\nSeries: {series}\n\nText.\n"


def read_series(site, name):
    """Give the line of a post's series, the number that its list begins with, and its titles."""
    nav = site.page(name).one("nav", class_="series")
    texts = [site.page(name).text(item) for item in nav.iter("li")]
    start = next(nav.iter("ol")).get("start")
    return site.page(name).text(next(nav.iter("p"))), int(start), texts


def test_a_part_lists_the_others_in_order_and_does_not_link_to_itself(build_site):
    names = {f"posts/{letter}.md": n for n, letter in enumerate("abc", 1)}
    site = build_site({path: write_part(n, "Moving house") for path, n in names.items()})
    assert read_series(site, "posts/b/") == (
        "Part 2 of 3: Moving house",
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
    assert read_series(site, "posts/b/")[0] == "Part 2 of 2: Moving house"


def test_a_draft_and_a_waiting_post_are_not_counted(build_site):
    site = build_site(
        {
            "posts/a.md": write_part(1, "Moving"),
            "posts/b.md": write_part(2, "Moving\nStatus: draft"),
            "posts/c.md": write_part(3, "Moving").replace("2026", "2036"),
            "posts/d.md": write_part(4, "Moving"),
        }
    )
    assert read_series(site, "posts/d/") == ("Part 2 of 2: Moving", 1, ["Day 1", "Day 4"])


def test_a_long_series_shows_the_parts_around_and_numbers_them_rightly(build_site):
    files = {f"posts/p-{n:02}.md": write_part(n, "Long") for n in range(1, 21)}
    line, start, texts = read_series(build_site(files), "posts/p-10/")
    assert (line, start) == ("Part 10 of 20: Long", 7)
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
    assert read_series(site, "posts/a/")[0] == "Part 1 of 1: <b>A</b> & <script>alert(1)</script>"
    assert not site.page("posts/a/").one("body").findall(".//script")


def test_a_post_without_a_series_says_nothing_of_one(build_site):
    site = build_site({"posts/a.md": "Title: A\nDate: 2026-03-01\n\nText.\n"})
    assert not site.page("posts/a/").all("nav", class_="series")
