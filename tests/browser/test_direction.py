"""A site and a text stand in the direction of their language."""

import pytest

from catalogue.text.directions import find_direction
from tests.browser.conftest import overflow


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        ("en", "ltr"),
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("pa", "ltr"),
        ("pa-Arab-PK", "rtl"),
        ("az-Latn", "ltr"),
        ("ar-Latn", "ltr"),
        ("ur", "rtl"),
        ("de-AT", "ltr"),
    ],
)
def test_a_language_has_its_direction(tag, direction):
    assert find_direction(tag) == direction


def test_a_text_of_another_language_stands_in_its_own_direction(tab, serve, build_site):
    post = "Title: {0}\nDate: 2026-03-0{1}\nTags: Reading\n{2}\nWords, words.\n"
    files = {
        "posts/a.md": post.format("\u05e9\u05dc\u05d5\u05dd, 3!", 1, "Lang: he\n"),
        "posts/b.md": post.format("Plain", 2, ""),
    }
    for language, page in (("en", "ltr"), ("ar", "rtl")):
        site = build_site(files, DEFAULT_LANG=language)
        for name, text in (("a", "rtl"), ("b", page)):
            tab.goto(f"{serve(site.folder)}/posts/{name}/")
            find = "e => getComputedStyle(e).direction"
            assert tab.locator("html").evaluate(find) == page
            assert tab.locator("article").first.evaluate(find) == text
            assert overflow(tab) == 0


HEBREW = """Title: \u05de\u05d4 \u05e7\u05e8\u05d0\u05ea\u05d9?
Date: 2026-03-0{0}
Tags: Reading
{1}
\u05d6\u05d4 \u05d8\u05e7\u05e1\u05d8.

## \u05d0\u05d7\u05ea

\u05d0 {0}.

## \u05e9\u05ea\u05d9\u05d9\u05dd

\u05d1.

| \u05d0 | \u05d1 |
|---|---|
| It is. | 2 |

## \u05e9\u05dc\u05d5\u05e9

\u05d2.
"""
ASKED = "\n\nQuery: מה?\n\nShort answer: כן.\n\n"
# How far the words of an element are from the end that a reader from right to left begins at, in pixels.
FROM_RIGHT = """e => { const range = document.createRange();
  range.selectNodeContents(e);
  return e.parentElement.getBoundingClientRect().right - range.getBoundingClientRect().right; }"""

# How far the last sign of a cell's words is to the right of the first, in pixels.
STOP_AFTER = """e => { const text = document.createTreeWalker(e, NodeFilter.SHOW_TEXT).nextNode();
  const place = n => { const range = document.createRange();
    range.setStart(text, n), range.setEnd(text, n + 1);
    return range.getBoundingClientRect().left };
  return place(text.length - 1) - place(0) }"""


@pytest.fixture(scope="module")
def hebrew(serve, build_site):
    """Serve two Hebrew posts of a site in English, one of which names its language."""
    files = {"posts/a.md": HEBREW.format(1, "Lang: he\n"), "posts/b.md": HEBREW.format(2, "")}
    return serve(build_site(files).folder) + "/"


@pytest.mark.parametrize("name", ["a", "b"])
def test_headings_and_tables_begin_where_their_text_begins(tab, hebrew, name):
    tab.goto(f"{hebrew}posts/{name}/")
    for heading in tab.locator("h1, .e-content h2").all():
        assert heading.evaluate(FROM_RIGHT) < 2
    for cell in ("th", "td"):
        assert tab.locator(cell).first.evaluate(FROM_RIGHT) < 2
    assert tab.locator("td").first.evaluate(STOP_AFTER) > 10
    tab.goto(hebrew)
    assert len(tab.locator(".entry h2").all()) == 2
    for part in tab.locator(".entry h2, .entry .prose p, .entry .prose:not(:has(p))").all():
        assert part.evaluate(FROM_RIGHT) < 2


def test_what_the_site_says_of_a_text_in_another_language_is_in_its_own(tab, hebrew):
    tab.goto(f"{hebrew}posts/a/")
    date = tab.locator(".title .record time")
    shown = date.evaluate("e => e.getBoundingClientRect().left")
    assert shown < tab.locator(".title .record span").evaluate(
        "e => e.getBoundingClientRect().right - e.getBoundingClientRect().width / 2"
    )
    spoken = "e => e.closest('[lang]').lang"
    for part in (".title time", "footer dt", ".comments", ".subjects"):
        assert tab.locator(part).first.evaluate(spoken) == "en", part
    assert tab.locator("h1").evaluate(spoken) == "he"
    assert tab.locator("footer .facts").evaluate("e => getComputedStyle(e).direction") == "ltr"


def test_the_contents_stand_at_the_end_of_the_line_and_the_mark_before_it(tab, hebrew):
    for name, is_left in (("a", True), ("b", False)):
        tab.goto(f"{hebrew}posts/{name}/")
        boxes = [tab.locator(each).bounding_box()["x"] for each in (".contents", ".mark", "h1")]
        contents, mark, title = boxes
        assert (contents < title < mark) if is_left else (mark < title < contents)


def test_code_labels_and_printed_addresses_run_from_the_left_in_a_text_from_the_right(
    tab, serve, build_site
):
    code = (
        HEBREW.format(1, "Lang: he\n").replace("\n\n", ASKED, 1)
        + "\n`a = b;`\n\n```\ntotal = 1;\n```\n\n[קישור](https://e.com/)\n"
    )
    tab.goto(serve(build_site({"posts/a.md": code}).folder) + "/posts/a/")
    for name in ("p code", "pre", "pre code"):
        assert tab.locator(name).evaluate("e => getComputedStyle(e).direction") == "ltr", name
    for label in tab.locator(".question dt").all():
        assert label.evaluate(STOP_AFTER) > 10
    pre, text = tab.locator("pre").bounding_box(), tab.locator("pre code").bounding_box()
    assert text["x"] - pre["x"] < 40
    tab.emulate_media(media="print")
    link = tab.locator("a[href='https://e.com/']")
    # The blank before it is of the text, so that it is between both; the mark is after the last stroke.
    after = link.evaluate("e => getComputedStyle(e, '::after').content")
    assert link.evaluate("e => getComputedStyle(e, '::after').unicodeBidi") == "normal"
    assert after == '" (https://e.com/\u200e)"'
