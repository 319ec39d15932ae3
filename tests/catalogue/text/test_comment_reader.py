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


def test_an_old_doi_is_whole_though_it_has_points_within():
    address = "https://doi.org/10.1/(X)5:1{}1::AID-X{}3.0;2-X"
    coded = address.format("%3C", "%3E")
    body = READER.read(
        f"See {address.format('<', '>')}, and [it](<{coded}>).", 1, "comments/a/b.md"
    )
    opening = f'<a href="{coded}" rel="ugc nofollow">'
    shown = address.format("&lt;", "&gt;")
    assert body.html == f"<p>See {opening}{shown}</a>, and {opening}it</a>.</p>"


def test_the_box_of_a_task_is_shown_as_it_was_typed():
    body = READER.read("- [x] done\n- [ ] *not* yet\n\nMore.", 1, "comments/a/b.md")
    assert body.problems == []
    assert body.html == (
        "<ul>\n<li>[x] done</li>\n<li>[ ] <em>not</em> yet</li>\n</ul>\n<p>More.</p>"
    )
