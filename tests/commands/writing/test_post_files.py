"""What is written into a post is read back as it was."""

import pytest

from commands.writing.post_files import CommandFault, find_post_file, format_value
from tests.conftest import write_files


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


def test_a_topic_that_is_taken_for_a_post_is_told_how_it_gets_another_name(tmp_path):
    write_files(tmp_path, {"topics/weeding.md": "Title: Weeding\n\nScope.\n"})
    with pytest.raises(CommandFault, match=r"a topic: write its new name as the Title in topics/w"):
        find_post_file("weeding", tmp_path)
