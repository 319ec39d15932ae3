"""Plain text has the words of its HTML, and no more of them than are asked for."""

import pytest

from catalogue.text.plain_text import cut_words, find_opening, strip_tags


@pytest.mark.parametrize(
    ("text", "words"), [("a b, c", "a b …"), ("a b", "a b"), (" a\n b ", "a b"), ("", "")]
)
def test_a_text_is_cut_after_a_number_of_words(text, words):
    assert cut_words(text, 2) == words


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a <b>c</b>\nd &amp; e", "a c d & e"),
        ('<i title="a > b">x</i>', "x"),
        ('x<sup id="fnref:1"><a href="#fn:1">1</a></sup>.', "x."),
        ('<p>A note. <a class="footnote-backref" href="#fnref:1">↩</a></p>', "A note."),
    ],
)
def test_tags_and_the_signs_of_notes_are_left_out(source, text):
    assert strip_tags(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<h2>a</h2>\n<p>b <em>c</em></p>\n<p>d</p>", "b c"),
        ('<p><img alt="x" src="y"></p>\n<p>b</p>', "b"),
        (
            '<div class="admonition note">\n<p class="admonition-title">Note</p>\n<p>b</p></div>',
            "b",
        ),
        (
            '<ul><li>a</li></ul>\n<div class="footnote"><hr>\n<ol><li id="fn:1"><p>b</p></li></ol></div>',
            "",
        ),
        ('<p>a<sup id="fnref:1"><a href="#fn:1">1</a></sup></p>', "a"),
    ],
)
def test_a_text_opens_with_its_first_paragraph_that_has_words(source, text):
    assert find_opening(source) == text
