"""The nearest name is the one that difflib finds, and it is looked for ten times only."""

import difflib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.spelling import LONGEST_WORD, MOST_GUESSED, Guesses, find_nearest
from tests.bounded import call_bounded

words = st.text("abcde-", max_size=9)


@settings(deadline=None, database=None, max_examples=300)
@given(words, st.lists(words, max_size=12))
def test_the_nearest_name_is_that_of_difflib(word, names):
    near = difflib.get_close_matches(word, names, n=1)
    assert find_nearest(word, names) == (near[0] if near else "")


def test_ten_words_are_looked_for_and_each_as_often_as_it_is_met():
    guesses = Guesses()
    words = [f"weedin{number}" for number in range(MOST_GUESSED + 1)]
    found = [guesses.find(word, ["weeding"]) for word in [*words, *words]]
    assert found == [*["weeding"] * MOST_GUESSED, ""] * 2


def test_one_word_among_other_names_is_another_question():
    guesses = Guesses()
    assert guesses.find("weedin", ["weeding"], "a.md") == "weeding"
    assert guesses.find("weedin", ["weedy"], "b.md") == "weedy"


def test_names_are_read_only_if_a_word_is_looked_for():
    guesses = Guesses({("", str(number)): "" for number in range(MOST_GUESSED)})
    assert guesses.find("weedin", iter(lambda: pytest.fail("read"), None)) == ""


def compare_alike(length, count):
    """Look for a word among many of about its letters in other orders, the slowest to compare."""
    names = (f"{number * 3**130 % 2**length:0{length}b}" for number in range(1, count + 1))
    return find_nearest("01" * (length // 2), names)


def test_no_word_takes_long_to_compare_with_however_many_names():
    assert call_bounded(compare_alike, LONGEST_WORD - 2, 20_000).strip("01") == ""
    assert call_bounded(compare_alike, LONGEST_WORD + 2, 10) == ""
