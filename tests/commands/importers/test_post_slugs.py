"""Each imported post has a name of its own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.importers.post_slugs import choose_slugs


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
