"""A few words of a text are enough to know it again, whatever is changed around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import telling_words
from catalogue.records import Record
from catalogue.telling_words import MOST_WORDS, find_nearest_text, list_words

HTML = (
    "<p>We took four hundred <em>books</em> from the shelves &amp; wrote down why: deselection.</p>"
    "<h2>Shelves</h2><p>Empty shelves, 2026.</p>"
)


def choose_words(record):
    (words,) = telling_words.choose_words(record)
    return words


def text(body, title="On weeding"):
    return Record("posts/a.md", "post", "a", title, body=body)


def test_the_words_are_the_frequent_and_long_ones_in_the_order_of_the_alphabet():
    words = "books deselection down empty hundred shelves weeding wrote"
    assert choose_words(text(HTML)) == words
    assert len(choose_words(text(HTML * 3)).split()) <= MOST_WORDS


def test_words_stay_as_long_as_the_text_has_the_most_of_them():
    known = ["books shelves gone", "books gone lost", "", "x"]
    fresh = choose_words(text(HTML))
    assert telling_words.choose_words(text(HTML), known) == [known[0], fresh, fresh, fresh]


@given(st.text(max_size=300), st.text(max_size=60))
def test_whatever_a_text_says_its_words_fit_in_a_line_of_the_ledger(body, title):
    words = choose_words(text(body, title))
    assert words.isprintable()
    assert not set(words) & set("()\n")


def test_another_text_changes_nothing_and_neither_does_a_sentence():
    before = choose_words(text(HTML))
    assert choose_words(text(HTML + "<p>One more word.</p>")) == before


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("The 2026 list, of Überschuss", ["list", "überschuss"]),
        ("図書館の本", ["図書", "書館", "館の", "の本"]),
        ("a bc def", []),
        ("x" * 31, []),
    ],
)
def test_words_are_of_some_length_or_pairs_of_signs(source, words):
    assert list_words(source) == words


TEXTS = {
    "new": frozenset("books shelves deselection empty hundred which about".split()),
    "other": frozenset("opening hours which about library".split()),
}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("books shelves deselection weeding", "new"),
        ("which about opening door", "other"),
        ("which about gardens flowers", ""),
        ("", ""),
        ("nothing shared", ""),
    ],
)
def test_the_nearest_text_has_half_of_the_weight_of_all_words(words, found):
    assert find_nearest_text(words.split(), TEXTS, 0.5) == found


def test_among_no_texts_none_is_near():
    assert find_nearest_text(["books"], {}, 0.5) == ""
