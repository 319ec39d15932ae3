"""A new post has a name of its own, and what is written into it is read back as it was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.writing.post_files import choose_slugs, format_value


@pytest.mark.parametrize(
    ("title", "value"),
    [
        ("Query: what do we do? #1", "Query: what do we do? #1"),
        ('"Quiet, please"', '"\\"Quiet, please\\""'),
        ("'Quiet'", "\"'Quiet'\""),
        ('"Here" and "there"', '"Here" and "there"'),
        ("The 'who'", "The 'who'"),
    ],
)
def test_a_value_in_quotes_is_quoted_once_more(title, value):
    assert format_value(title) == value


@pytest.mark.parametrize(
    ("given_titles", "names"),
    [
        (["A", "B"], ["a", "b"]),
        (["A", "a!", "A"], ["a-3", "a-2", "a"]),
        (["A", "A", "A 2"], ["a-3", "a", "a-2"]),
        (["Con", "Con"], ["con-post-2", "con-post"]),
        (["Index"], ["index-2"]),
        (["\U00013000", "\U00013001"], ["untitled-2", "untitled"]),
    ],
)
def test_each_title_gets_a_name_of_its_own(given_titles, names):
    assert choose_slugs(given_titles) == names


@settings(deadline=None, database=None)
@given(st.lists(st.sampled_from(["A", "a", "A 2", "B", "…", "x" * 90])), st.sampled_from("AB"))
def test_a_new_post_on_top_of_a_dump_changes_no_name(old, newest):
    names = choose_slugs(old)
    assert len(set(names)) == len(names)
    assert choose_slugs([newest, *old])[1:] == names
