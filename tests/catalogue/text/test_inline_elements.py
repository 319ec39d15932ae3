"""The pieces of a text become the elements that they stand for, each word in its place."""

import xml.etree.ElementTree as etree

from catalogue.text.delimiters import match_runs, read_run
from catalogue.text.inline_elements import (
    CLOSING,
    Note,
    Opening,
    build_elements,
    make_address,
    make_raw,
)


def build(*pieces):
    parent = etree.Element("p")
    build_elements(parent, list(pieces))
    return etree.tostring(parent, encoding="unicode")


def make_runs(text, *places):
    runs = [read_run(text, start, end) for start, end in places]
    match_runs(runs)
    return runs


def test_words_stand_before_in_and_behind_elements():
    built = build("a", "b", etree.Element("br"), "c", make_raw("<i>"), make_address("u", "v"), "d")
    assert built == '<p>ab<br />c<raw>&lt;i&gt;</raw><a href="u">v</a>d</p>'


def test_a_run_closes_before_it_opens():
    first, second, third = make_runs("**a***b*", (0, 2), (3, 6), (7, 8))
    assert build(first, "a", second, "b", third) == "<p><strong>a</strong><em>b</em></p>"
    first, last = make_runs("***a***", (0, 3), (4, 7))
    assert build(first, "a", last) == "<p><em><strong>a</strong></em></p>"
    first, last = make_runs("~a~", (0, 1), (2, 3))
    assert build(first, "a", last) == "<p><del>a</del></p>"


def test_a_link_holds_no_link():
    note = etree.Element("sup")
    built = build(Opening("a", "u", "t"), make_address("v", "w"), Note(note), "x", CLOSING, "y")
    assert built == '<p><a href="u" title="t">wx</a><sup />y</p>'


def test_what_a_picture_shows_is_told_in_plain_words():
    code = etree.Element("code")
    code.text = "c"
    image, inner = Opening("img", "u", None), Opening("a", "v", None)
    pieces = [
        image,
        "a",
        inner,
        make_raw("<b>"),
        "b",
        CLOSING,
        code,
        make_raw("&#39;"),
        "\nd",
        CLOSING,
    ]
    assert build("x", *pieces, "y") == '<p>x<img src="u" alt="abc\' d" />y</p>'
