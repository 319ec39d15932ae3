"""Nothing is lost where there is little room: on a telephone, in large letters, and on paper."""

import re

import pytest

from tests.browser.conftest import overflow
from tests.conftest import draw_png

LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente"
HEAD = "Title: {title}\nDate: {year}-03-01\nTags: {tag}\n\n"
SECTIONS = "".join(f"## Part {n}\n\n{'Words and words. ' * 60}\n\n" for n in range(1, 5))
TABLES = f"""| Address | Kind | Cost | State |
|---|---|---|---|
| <https://example.org/catalogue/records/12345/copies> | [public](a.md) | 3 | open |
| {LONG} | [private](a.md) | 12 | shut |
"""
WIDE = (
    "| Shelf | A long column name for all to see | Another | And one more | Last | More | End |\n"
)
WIDE += (
    "|---" * 7
    + "|\n"
    + f"| A | some words | <https://example.org/long/{LONG}> "
    + "| yes " * 4
    + "|\n"
)
YEARS = f"""| Address | Year | What |
|---|---|---|
| <https://example.org/catalogue/records/12345/and/all/its/copies/in/our/branches> | 2024 | {LONG[:16]} |
| Some words | 1,024 | {"We took out four hundred books. " * 9} |

{"| January | February | September " * 4}|
{"|---" * 12}|
{"| 1,024 " * 12}|

| Words |
|---|
| {"Some words and some more. " * 9} |
"""
TOWER = "![A tower](../images/a.png)\n"
LINKED = """Words.

[![A shelf](../images/b.png)](https://e.com/)

![A shelf](../images/b.png) ![A shelf](../images/b.png)

> Words.
>
> ```
> code
> ```
>
> Words.

> [!TIP]
> Words.

1984. A year.

- An item with a picture

  ![A shelf](../images/b.png)

<img src="../images/b.png" alt="A shelf" align="left">Words beside it.
"""
# Whether an element lies under the cell or the guide card that stays in sight beside or above it.
IS_COVERED = """e => {
  const box = e.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return !e.contains(top);
}"""
LENGTHEN = "e => { e.firstChild.textContent = '20 September 2026'; }"
# The words on the last line of an element whose last child is text.
LAST_LINE = """e => {
  const text = e.lastChild, range = document.createRange();
  let start = text.length - 1;
  range.setStart(text, start);
  range.setEnd(text, text.length);
  const bottom = range.getBoundingClientRect().bottom;
  while (start > 0) {
    range.setStart(text, start - 1);
    range.setEnd(text, start);
    if (range.getBoundingClientRect().bottom < bottom) break;
    start--;
  }
  return text.data.slice(start);
}"""


@pytest.fixture(scope="module")
def site(serve, build_site):
    """Serve texts that need room: words, tables, headings, and many titles."""
    posts = {
        f"posts/p{n}.md": HEAD.format(title=f"Title {n}", year=2000 + n % 9, tag="Reading")
        + "Words.\n"
        for n in range(60)
    }
    posts["posts/a.md"] = HEAD.format(title="A", year=2026, tag=LONG) + SECTIONS
    posts["posts/tables.md"] = HEAD.format(title="Tables", year=2026, tag="Reading") + TABLES
    posts["posts/years.md"] = HEAD.format(title="Years", year=2026, tag="Reading") + YEARS
    posts["posts/wide.md"] = HEAD.format(title="Wide", year=2026, tag="Reading") + WIDE
    posts["posts/tower.md"] = HEAD.format(title="Tower", year=2026, tag="Reading") + TOWER
    posts["posts/linked.md"] = HEAD.format(title="Linked", year=2026, tag="Reading") + LINKED
    posts |= {"images/a.png": draw_png(300, 1200), "images/b.png": draw_png(900, 300)}
    topic = {f"topics/{LONG.lower()}.md": f"Title: {LONG}\n\nScope.\n"}
    name = "The Lower Slaughter Village Library Blog"
    return serve(build_site({**posts, **topic}, SITENAME=name).folder)


@pytest.mark.parametrize("name", ["", "search/", "archives/", "topics/", "posts/a/", "subscribe/"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_scrolls_sideways_in_letters_of_twice_the_size(tab, site, name, width):
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"{site}/{name}")
    assert overflow(tab) == 0
    tab.evaluate("document.documentElement.style.fontSize = '200%'")
    assert overflow(tab) == 0


def test_what_stands_in_a_link_a_quotation_or_a_list_has_its_room(tab, site):
    tab.set_viewport_size({"width": 390, "height": 800})
    tab.goto(f"{site}/posts/linked/")
    assert overflow(tab) == 0
    edge = tab.locator(".prose").bounding_box()["x"]
    assert [image.bounding_box()["x"] for image in tab.locator("img").all()] == [
        *[edge] * 3,
        tab.locator("ul p").first.bounding_box()["x"],
        edge,
    ]
    above, below = [tab.locator("img").nth(number).bounding_box() for number in (1, 2)]
    assert below["y"] - above["y"] - above["height"] > 4
    assert tab.locator("img").last.bounding_box()["width"] < 390 / 2
    words, code, more = [
        tab.locator(f"blockquote > :nth-child({number})").bounding_box() for number in (1, 2, 3)
    ]
    assert code["y"] - words["y"] - words["height"] > 8
    assert more["y"] - code["y"] - code["height"] > 8
    # The number is before the item: what is left of the window's edge cannot be read.
    assert tab.locator("ol[start] li").bounding_box()["x"] > 60


def test_the_menu_stands_beside_a_long_name_and_no_number_is_parted_from_its_noun(tab, site):
    for width in (320, 330, 340, 390):
        tab.set_viewport_size({"width": width, "height": 800})
        tab.goto(f"{site}/posts/tower/")
        name, menu = tab.locator(".wordmark"), tab.locator(".masthead p a:visible")
        assert abs(name.bounding_box()["y"] - menu.bounding_box()["y"]) < 10
        record = tab.locator("header .record")
        record.evaluate(LENGTHEN)
        assert record.evaluate(LAST_LINE).endswith("0\xa0comments"), width


@pytest.mark.parametrize("size", ["100%", "150%", "200%"])
@pytest.mark.parametrize("width", [390, 961, 1100, 1280, 1920])
def test_the_label_on_the_spine_keeps_clear_of_the_edge(tab, site, width, size):
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"{site}/posts/a/")
    tab.evaluate(f"document.documentElement.style.fontSize = '{size}'")
    assert tab.locator(".mark").first.bounding_box()["x"] >= 8
    assert overflow(tab) == 0


@pytest.mark.parametrize("width", [320, 390])
def test_the_first_column_of_a_table_leaves_room_for_the_others(tab, site, width):
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"{site}/posts/tables/")
    table = tab.locator("table")
    table.evaluate("e => e.scrollLeft = e.scrollWidth")
    for row in range(1, 3):
        cells = tab.locator("tr").nth(row).locator("td")
        first, last = cells.first.bounding_box(), cells.last.bounding_box()
        assert last["x"] >= first["x"] + first["width"] - 1
        assert first["width"] < width / 2
    tab.locator("a", has_text="private").focus()
    for text in ("private", "public"):
        assert not tab.locator("a", has_text=text).evaluate(IS_COVERED)
        tab.keyboard.press("Shift+Tab")


@pytest.mark.parametrize("width", [700, 1280])
def test_a_long_address_in_the_first_column_of_a_table_covers_no_other_column(tab, site, width):
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"{site}/posts/years/")
    tab.locator("table").first.evaluate("e => e.scrollLeft = e.scrollWidth")
    for cell in tab.locator("table").first.locator("td:not(:first-child)").all():
        assert not cell.evaluate(IS_COVERED)


def test_the_only_column_of_a_table_has_the_room_of_all(tab, site):
    tab.set_viewport_size({"width": 390, "height": 800})
    tab.goto(f"{site}/posts/years/")
    width = tab.locator(".prose").bounding_box()["width"]
    assert tab.locator("table").last.locator("td").bounding_box()["width"] > width * 0.9


@pytest.mark.parametrize("name", ["archives/", "search/"])
def test_what_is_reached_backwards_is_not_covered_by_a_guide_card(tab, site, name):
    tab.set_viewport_size({"width": 1280, "height": 700})
    tab.goto(f"{site}/{name}")
    links = tab.locator(".shelf a")
    links.last.focus()
    for number in reversed(range(links.count())):
        assert not links.nth(number).evaluate(IS_COVERED), number
        tab.keyboard.press("Shift+Tab")


def test_all_columns_of_a_table_are_on_paper(tab, site):
    tab.set_viewport_size({"width": 680, "height": 900})
    tab.emulate_media(media="print")
    tab.goto(f"{site}/posts/wide/")
    width = tab.locator(".prose").evaluate("e => e.getBoundingClientRect().right")
    assert tab.locator("td").last.evaluate("e => e.getBoundingClientRect().right") <= width + 1
    assert tab.locator("td").last.inner_text() == "yes"
    assert tab.locator("td").first.evaluate("e => getComputedStyle(e).position") == "static"


def test_on_paper_a_table_of_a_year_loses_no_month_and_breaks_no_number(tab, site):
    tab.set_viewport_size({"width": 680, "height": 900})
    tab.emulate_media(media="print")
    tab.goto(f"{site}/posts/years/")
    year = tab.locator("table").nth(1)
    assert year.locator("th").last.evaluate("e => e.getBoundingClientRect().right") <= 680
    lines = """e => { const range = document.createRange(); range.selectNodeContents(e);
      return range.getClientRects().length }"""
    for word in ("2024", "1,024", LONG[:16]):
        for cell in tab.locator("td", has_text=re.compile(f"^{word}$")).all():
            assert cell.evaluate(lines) == 1, word


def test_on_paper_no_picture_fills_a_sheet_and_what_is_told_of_a_topic_may_go_on_on_the_next(
    tab, site
):
    tab.emulate_media(media="print")
    tab.goto(f"{site}/posts/tower/")
    assert tab.locator("img").bounding_box()["height"] < 500  # A4 has 1,123
    tab.goto(f"{site}/posts/linked/")
    assert tab.eval_on_selector("li:has(img)", "e => getComputedStyle(e).breakInside") == "auto"
    name = ".admonition-title"
    assert tab.eval_on_selector(name, "e => getComputedStyle(e).breakAfter") == "avoid"
    tab.goto(f"{site}/topics/reading/")
    assert tab.eval_on_selector(".facts", "e => getComputedStyle(e).breakInside") == "auto"
    after = "all => all.map(e => getComputedStyle(e).breakAfter)"
    assert {*tab.eval_on_selector_all(".facts dt", after)} == {"auto"}


def test_the_way_through_a_list_is_not_printed(tab, site):
    tab.emulate_media(media="print")
    for name, mark in (("archives/", ".jumps"), ("search/", ".search"), ("search/", ".jumps")):
        tab.goto(f"{site}/{name}")
        assert tab.locator(mark).count() > 0
        assert not any(each.is_visible() for each in tab.locator(mark).all())


def test_the_contents_are_a_heading_and_a_list_beside_the_text_and_fold_where_there_is_no_room(
    tab, site
):
    tab.goto(f"{site}/posts/a/")
    assert tab.locator(".contents summary").is_hidden()
    assert tab.locator(".contents a").first.is_visible()
    tab.locator(".contents a").first.focus()
    tab.keyboard.press("Shift+Tab")
    assert not tab.locator(".contents").evaluate("e => e.contains(document.activeElement)")
    tab.evaluate("document.documentElement.style.fontSize = '200%'")
    assert tab.locator(".contents summary").is_visible()
    assert tab.locator(".contents a").first.is_hidden()
    tab.locator(".contents summary").click()
    assert tab.locator(".contents a").first.is_visible()


def test_a_browser_that_knows_no_open_details_can_open_the_contents(open_context, site):
    context = open_context(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    page = context.new_page()

    def answer(route):
        found = route.fetch()
        route.fulfill(response=found, body=found.text().replace("::details-content", "::unknown"))

    page.route("**/posts/a/", answer)
    page.goto(f"{site}/posts/a/")
    page.locator(".contents summary").click()
    assert page.locator(".contents a").first.is_visible()
