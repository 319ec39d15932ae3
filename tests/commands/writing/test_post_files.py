"""What is written into a post is read back as it was."""

import pytest

from commands.writing.post_files import format_value


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
