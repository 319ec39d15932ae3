"""A comment shows what its writer typed, and leads where its addresses lead."""

import pytest

from catalogue.text.comment_reader import CommentReader, trim_address

READER = CommentReader()


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://e.org/a).", "https://e.org/a"),
        ("https://e.org/a_(b))", "https://e.org/a_(b)"),
        ("https://e.org/a_(b)", "https://e.org/a_(b)"),
        ("https://e.org/a).)!", "https://e.org/a"),
        ("https://e.org/(a", "https://e.org/(a"),
        ("https://)))", "https://"),
    ],
)
def test_an_address_ends_before_the_signs_of_the_sentence_around_it(typed, address):
    assert trim_address(typed) == address


def test_the_box_of_a_task_is_shown_as_it_was_typed():
    body = READER.read("- [x] done\n- [ ] *not* yet\n\nMore.", 1, "comments/a/b.md")
    assert body.problems == []
    assert body.html == (
        "<ul>\n<li>[x] done</li>\n<li>[ ] <em>not</em> yet</li>\n</ul>\n<p>More.</p>"
    )
