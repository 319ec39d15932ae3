"""A site and a text stand in the direction of their language."""

import pytest

from catalogue.text.languages import find_direction
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
