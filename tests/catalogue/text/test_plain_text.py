"""Plain text has the words of its HTML, and no more of them than are asked for."""

import pytest

from catalogue.text.plain_text import cut_description, cut_words, find_opening, strip_tags


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
        ('x<sup id="fnref-1"><a href="#fn-1">1</a></sup>.', "x."),
        ('<p>A note. <a class="footnote-backref" href="#fnref-1">↩</a></p>', "A note."),
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
            '<ul><li>a</li></ul>\n<div class="footnote"><hr>\n<ol><li id="fn-1"><p>b</p></li></ol></div>',
            "",
        ),
        ('<p>a<sup id="fnref-1"><a href="#fn-1">1</a></sup></p>', "a"),
    ],
)
def test_a_text_opens_with_its_first_paragraph_that_has_words(source, text):
    assert find_opening(source) == text


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Short.", "Short."),
        ("Two of them. " + "word " * 30, "Two of them. " + "word " * 28 + "word …"),
        (f"{'word ' * 20}end. {'more ' * 20}", f"{'word ' * 20}end."),
        (f"{'word ' * 20}of J. Dr. {'more ' * 20}", f"{'word ' * 20}of J. Dr. {'more ' * 9}more …"),
        (f"{'word ' * 20}so?” {'more ' * 20}", f"{'word ' * 20}so?”"),
        ("x" * 400, "x" * 158 + " …"),
    ],
)
def test_a_description_ends_with_a_sentence_or_a_word(text, cut):
    short = cut_description(text.strip())
    assert len(short) <= 160
    assert short == cut or (
        cut.endswith("…") and short.endswith(" …") and text.startswith(short[:-2])
    )


def test_the_words_of_code_stay_in_the_opening():
    assert find_opening("<p>Use <code>grep -r</code>, a tool.</p>") == "Use grep -r, a tool."
