"""Plain text has the words of its HTML, and no more of them than are asked for."""

import pytest

from catalogue.text.plain_text import cut_words, strip_tags


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
