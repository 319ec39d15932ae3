"""The nearest name is one that is really near, and it is looked for ten times only."""

import difflib
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.spelling import (
    LONGEST_WORD,
    MOST_GUESSED,
    Candidates,
    Guesses,
    count_slips,
    find_nearest,
    is_near,
)
from tests.bounded import call_bounded

words = st.text("abcde-", max_size=9)


@settings(deadline=None, database=None, max_examples=300)
@given(words, st.lists(words, max_size=12))
def test_the_nearest_name_is_that_of_difflib_among_those_that_are_near(word, names):
    near = difflib.get_close_matches(word, [n for n in names if is_near(word, n)], n=1)
    assert find_nearest(word, names) == (near[0] if near else "")


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("readng", "reading"),
        ("weedign", "weeding"),
        ("tgas", "tags"),
        ("ttile", "title"),
        ("ALA confrence", "ala conference"),
        ("bne", "ben"),
        ("children", "Childrens"),
        ("weeding", "weeding-books"),
        ("custommer-servise", "customer-service"),
        ("modfied", "modified"),
    ],
)
def test_a_slip_is_near(word, name):
    assert find_nearest(word, ["zebra", name]) == name
    assert find_nearest(name, ["zebra", word]) == word


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("started", "status"),
        ("teens", "lesen & schreiben"),
        ("teens", "lesen schreiben"),
        ("teens", "lesen"),
        ("teens", "children"),
        ("c#", "c"),
        ("c", "c++"),
        ("c#", "c++"),
        ("cat", "car"),
        ("ill", "all"),
        ("music", "museums"),
        ("date", "draft"),
        ("image", "imprint"),
        ("books", "books for the blind"),
        ("e-books", "facebook"),
        ("", "a"),
    ],
)
def test_a_wild_guess_is_not_made(word, name):
    assert find_nearest(word, [name]) == ""
    assert find_nearest(name, [word]) == ""


@settings(deadline=None, database=None, max_examples=300)
@given(words, words, st.integers(0, 4))
def test_slips_are_counted_as_by_the_definition(word, name, most):
    """The recurrence of the optimal string alignment, written as it is defined."""

    @cache
    def count(i, j):
        if not i or not j:
            return i + j
        found = [count(i - 1, j) + 1, count(i, j - 1) + 1]
        found.append(count(i - 1, j - 1) + (word[i - 1] != name[j - 1]))
        if i > 1 < j and word[i - 1] == name[j - 2] and word[i - 2] == name[j - 1]:
            found.append(count(i - 2, j - 2) + 1)
        return min(found)

    expected = count(len(word), len(name))
    assert min(count_slips(word, name, most), most + 1) == min(expected, most + 1)


def test_ten_words_are_looked_for_and_each_as_often_as_it_is_met():
    guesses = Guesses()
    words = [f"weedin{number}" for number in range(MOST_GUESSED + 1)]
    found = [guesses.find(word, ["weeding"]) for word in [*words, *words]]
    assert found == [*["weeding"] * MOST_GUESSED, ""] * 2


def test_one_word_among_other_names_is_another_question():
    guesses = Guesses()
    assert guesses.find("weedin", ["weeding"], "a.md") == "weeding"
    assert guesses.find("weedin", ["weeding2"], "b.md") == "weeding2"


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


def test_the_nearest_of_namesakes_is_that_with_most_folders_alike():
    names = Candidates([f"images/{number}/s.jpg" for number in range(50)])
    assert names.find_stem("s", "posts/images/7/s.jpg") == "images/7/s.jpg"
    assert names.find_folded("S", "posts/7/S.jpg") == "images/7/s.jpg"
    assert names.find_stem("t", "images/7/t.jpg") == names.find_folded("t") == ""
