"""The list of contents stands beside the text where there is room, and opens below the title elsewhere."""

import pytest

from tests.browser.conftest import overflow, run_axe

POST = (
    "Title: A long post\nDate: 2026-03-01\nTags: Reading\n\nWords.\n\n"
    + "".join(f"## Part {n}\n\n{'Words and words. ' * 60}\n\n" for n in range(1, 7))
    + "```python\n"
    + "def f(x):  # "
    + "a comment that is long " * 9
    + '\n\treturn sum(1, len("a"))  # f\n\nclass A: pass\n```\n'
)


@pytest.fixture(scope="module")
def long_post(serve, build_site):
    return serve(build_site({"posts/a.md": POST}).folder) + "/posts/a/"


def test_it_stays_beside_the_text_at_1280_and_its_links_work(tab, long_post):
    tab.goto(long_post)
    text, listed = tab.locator(".prose").bounding_box(), tab.locator(".contents ol").bounding_box()
    assert listed["x"] >= text["x"] + text["width"]
    assert listed["x"] + listed["width"] <= 1280
    tab.locator(".contents a", has_text="Part 5").click()
    assert tab.url.endswith("#part-5")
    assert tab.locator(".contents a", has_text="Part 1").is_visible()
    assert 0 <= tab.locator(".contents ol").bounding_box()["y"] < 300
    assert overflow(tab) == 0


def test_it_is_closed_below_the_title_on_a_telephone_and_opens_by_keyboard(tab, long_post):
    tab.set_viewport_size({"width": 390, "height": 800})
    tab.goto(long_post)
    assert tab.locator(".contents a").first.is_hidden()
    tab.locator(".contents summary").focus()
    tab.keyboard.press("Enter")
    assert tab.locator(".contents a").first.is_visible()
    assert overflow(tab) == 0


def test_code_scrolls_in_its_frame_and_can_be_read_in_both_schemes(tab, long_post):
    tab.set_viewport_size({"width": 320, "height": 800})
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        tab.goto(long_post)
        assert overflow(tab) == 0
        pre = tab.locator("pre")
        assert pre.evaluate("e => e.scrollWidth > e.clientWidth + 100")
        assert run_axe(tab, {"rules": {"color-contrast-enhanced": {"enabled": True}}}) == []
        assert pre.locator("span").count() >= 6


def test_the_first_column_of_a_wide_table_stays_in_sight(tab, serve, build_site):
    row = "| " + " | ".join(["a long cell of words"] * 8) + " |\n"
    table = row.replace("a long", "First", 1) + "|" + "---:|" * 8 + "\n" + row * 3
    site = build_site({"posts/a.md": f"Title: A\nDate: 2026-03-01\nTags: Reading\n\n{table}"})
    tab.set_viewport_size({"width": 390, "height": 700})
    tab.goto(f"{serve(site.folder)}/posts/a/")
    assert overflow(tab) == 0
    before = tab.locator("td").first.bounding_box()["x"]
    tab.locator("table").evaluate("e => e.scrollLeft = 300")
    assert tab.locator("td").nth(1).bounding_box()["x"] < before
    assert tab.locator("td").first.bounding_box()["x"] == pytest.approx(before, abs=1)
    assert tab.locator("td").first.evaluate("e => getComputedStyle(e).textAlign") == "end"
