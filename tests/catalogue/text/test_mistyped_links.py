"""A link that is typed wrongly is named with the sign that is missing or wrong."""

import pytest

from catalogue.text.mistyped_links import find_mistyped_links

WRONG = {
    "See [this(weeding.md)": "A ] is missing before (weeding.md). Write: [this](weeding.md)",
    "See [this(https://e.org/a) now": "A ] is missing",
    "See [this](weeding.md": "A link to weeding.md has no end. Write ) after its address.",
    "See [this](weeding.md and more": "A link to weeding.md has no end",
    "See this](weeding.md) now": "A [ is missing before the words of this link. Write: [its words](",
    "See this](https://e.org/a)": "A [ is missing",
    "[x](https://e.org “Title”)": "The curly sign “",
    "[x](“https://e.org”": "The curly sign “",
    "[x] (https://e.org)": "A blank parts ] from (https://e.org)",
    "[x] (weeding.md)": "A blank parts ]",
    "(x)[https://e.org]": "the wrong way round. Write: [x](https://e.org)",
    "![x](my photo.jpg)": "There is a blank in the address. Write: <my photo.jpg>",
    "[x][y]": "The link [y] has no address. Add a line at the end: [y]: https://…",
    "[x][]": "The link [x] has no address",
}


@pytest.mark.parametrize(("typed", "message"), WRONG.items())
def test_the_sign_that_is_wrong_is_named(typed, message):
    ((place, found),) = find_mistyped_links(f"One. {typed}", f"One. {typed}")
    assert message in found
    assert f"One. {typed}"[place] in "[]("


@pytest.mark.parametrize(("typed", "message"), WRONG.items())
def test_what_stands_behind_a_backslash_was_not_meant_as_a_link(typed, message):
    text = typed.replace("[", "\\[").replace("]", "\\]").replace(")[", ")\\[")
    assert list(find_mistyped_links(typed, text)) == []


@pytest.mark.parametrize(
    "typed",
    [
        "[source](https://e.org)",
        "a [1] and (https://e.org)",
        "[sic] (a remark)",
        "a list[0](x)",
        "(a)[b]",
        "[a(b)]",
        "[x]( )",
        "half open: (0, 1](x)",
        "[ ] to do",
        '[x](a "b")',
    ],
)
def test_what_may_be_meant_as_it_stands_is_not_named(typed):
    assert list(find_mistyped_links(typed, typed)) == []


def test_one_that_is_meant_is_found_beside_one_that_is_not():
    prose, text = "[a](b and [c](d", "\\[a\\](b and [c](d"
    assert [found for _, found in find_mistyped_links(prose, text)] == [
        "A link to d has no end. Write ) after its address."
    ]
