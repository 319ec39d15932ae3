"""An unknown key is a slip of the pen where it is near a known one, and else another program's."""

import pytest

from catalogue.header.front_matter import read_header
from catalogue.header.unknown_keys import list_near_keys

START = "---\ntitle: A walk\ndate: 2014-03-01\n"


def read_lines(text, kind="post", path=""):
    return read_header(f"{START}{text}\n---\nText.\n", kind, path)


@pytest.mark.parametrize("key", "started stage author_bio related rating locations foo-bar".split())
def test_a_key_that_nobody_knows_is_not_used_where_it_resembles_none(key):
    header = read_lines(f"{key}: x")
    assert (header.problems, header.unused) == ([], {key: 4})
    plain = read_header(f"Title: A\nDate: 2014-03-01\n{key}: x\n\nText.\n", "post")
    assert ["Did you mean" in problem.text for problem in plain.problems] == [False]


@pytest.mark.parametrize(
    ("key", "meant"),
    [("Statsu", "Status"), ("tittle", "Title"), ("titel", "Title"), ("Catagory", "Category"),
     ("sumary", "Summary"), ("commments", "Comments"), ("autor", "Author"), ("aliasses", "Aliases")],
)  # fmt: skip
def test_a_slip_of_the_pen_is_asked_about(key, meant):
    header = read_lines(f"{key}: x")
    (problem,) = [problem for problem in header.problems if problem.line == 4]
    assert f"Did you mean {meant}?" in problem.text
    assert problem.level == "error"


def test_a_sentence_that_got_into_a_plain_header_is_no_line_of_another_program():
    for line in ("Location: here", "My note: this", "Warning: this"):
        header = read_header(f"Title: A\nDate: 2014-03-01\n{line}\n\nText.\n", "post")
        assert [(problem.line, problem.level) for problem in header.problems] == [(3, "error")]
    header = read_header("Title: A\nDate: 2014-03-01\nlayout: post\nruns on\n\nText.\n", "post")
    assert [problem.line for problem in header.problems] == [4]


@pytest.mark.parametrize(
    ("key", "kind", "near"),
    [
        ("titel", "post", ["Title"]),
        ("dat", "post", ["Date"]),
        ("lag", "post", ["Lang", "Tags"]),  # either may be meant
        ("zebra", "post", []),
        ("x" * 31, "post", []),
    ],
)
def test_all_keys_that_are_equally_near_are_listed(key, kind, near):
    assert sorted(list_near_keys(key, kind)) == near


def test_a_comment_keeps_the_page_of_a_reader_and_not_her_address():
    start = "Author: Ann\nDate: 2026-01-01\n"
    header = read_header(f"{start}Website: https://ann.example\n\nText.\n", "comment")
    assert header.values["Url"] == "https://ann.example"
    assert [(each.line, each.level) for each in header.problems] == [(3, "warning")]
    header = read_header(f"{start}E-mail: ann@lib.example\n\nText.\n", "comment")
    (problem,) = header.problems
    assert (problem.line, problem.level) == (3, "error")
    assert "Delete the line, before it is published" in problem.text
