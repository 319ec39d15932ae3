"""Notes are numbered as the text refers to them, and lead there and back."""

import re

import pytest

from catalogue.text.markdown_parser import make_text_parser

PARSER = make_text_parser()


def test_notes_are_numbered_in_the_order_of_their_references():
    source = PARSER.convert("x[^b] y[^a]\n\n[^a]: A\n[^b]: B")
    assert 'href="#fn-1">1</a></sup> y<sup' in source
    assert [text[0] for text in source.split("<p>")[2:]] == ["B", "A"]


def test_a_note_leads_back_to_each_of_its_references():
    source = PARSER.convert("x[^a] y[^a]\n\n[^a]: A")
    assert ">↩</a> <a" in source
    for name in ("fnref-1", "fnref2-1"):
        assert f'<sup id="{name}">' in source
        assert f'href="#{name}"' in source
    assert source.count('href="#fn-1">1</a>') == 2


def test_a_note_may_refer_to_another_and_to_itself():
    source = PARSER.convert("x[^a]\n\n[^a]: A[^b] [^a]\n[^b]: B")
    assert [text[0] for text in source.split("<p>")[2:]] == ["A", "B"]
    assert PARSER.notices == []


def test_the_numbers_of_notes_side_by_side_are_parted():
    source = PARSER.convert("a[^1][^2] b[^1] [^2]\n\n[^1]: x\n[^2]: y")
    assert re.sub("<(?!/?sup)[^>]*>", "", source.partition("</p>")[0]) == (
        '<sup id="fnref-1">1</sup><sup id="fnref-2">,2</sup> b<sup id="fnref2-1">1</sup> '
        '<sup id="fnref2-2">2</sup>'.join(["a", ""])
    )


def test_a_note_holds_blocks_and_its_way_back_stands_in_the_last_paragraph():
    source = PARSER.convert("x[^a]\n\n[^a]: A\n\n    - b\n\n    c\n\nd")
    assert "<p>d</p>" in source.partition('class="footnote"')[0]
    assert "<li>b</li>" in source
    assert "<p>c&nbsp;<a" in source
    source = PARSER.convert("x[^a]\n\n[^a]:\n    - b")
    assert '</ul>\n<p><a class="footnote-backref"' in source


@pytest.mark.parametrize(
    ("text", "notices"),
    [
        ("a[^1]\n\n[^1]: b", []),
        ("a\n\n[^1]: b", [(2, "Nothing refers to the note [^1]")]),
        ("a\nb[^2]", [(1, "There is no note for [^2]")]),
        (
            "a[^2]\nb[^2] c[^3]\n\n- d\n  e[^2]",
            [
                (0, "There is no note for [^2]"),
                (1, "There is no note for [^2]"),
                (1, "There is no note for [^3]"),
                (4, "There is no note for [^2]"),
            ],
        ),
        (
            "| a[^2] |\n|---|\n| b[^3] |",
            [(0, "There is no note for [^2]"), (2, "There is no note for [^3]")],
        ),
        ("## a\n\n> b\n> c[^2]", [(3, "There is no note for [^2]")]),
        (
            "a[^b c]",
            [
                (
                    0,
                    "There is no note for [^b c], which readers see as it is typed. A note's name "
                    "has no blanks. Write [^b-c], and at the end: [^b-c]: your note",
                )
            ],
        ),
        ("`[^2]` \\[^2]", []),
        ("```\n[^2]\n[^2]: b\n```\n\n    [^2]", []),
        ("![^2](x)", []),
        ("a[^1]\n\n[^1]:\n\nb", [(2, "The note [^1] is empty.")]),
        (
            "a\n\n[^1]: b[^2]\n[^2]: c",
            [(2, "Nothing refers to the note [^1]"), (3, "Nothing refers to the note [^2]")],
        ),
        ("a[^1]\n\n[^1]: b[^2]\n", [(2, "There is no note for [^2]")]),
        ("a[^É]\n\n[^é]: b", []),
        ("a[^1]\n\n[^1] b", [(2, "[^1] begins a line here, but has no colon")]),
        ("[^1] b", [(0, "[^1] begins a line here, but has no colon")]),
        ("a[^1] [^1]\n[^1] b", [(1, "[^1] begins a line here, but has no colon")]),
        ("a[^1]\n[^1]", [(0, "There is no note for [^1]"), (1, "There is no note for [^1]")]),
        ("> a[^1]\n>\n> [^1]: b\n\n[^1]: c", [(4, "The note [^1] stands here once more")]),
        ("a[^1]\n\n[^1]: b\n[^1]: c", [(3, "The note [^1] stands here once more")]),
    ],
)
def test_what_leads_nowhere_is_named_in_its_line(text, notices):
    PARSER.convert(text)
    found = [(notice.line, notice.text) for notice in PARSER.notices]
    assert [line for line, _ in found] == [line for line, _ in notices]
    assert all(text.startswith(seen) for (_, text), (_, seen) in zip(found, notices, strict=True))


def test_the_notes_of_one_text_are_not_those_of_the_next():
    PARSER.convert("a\n\n[^1]: b")
    assert PARSER.convert("") == ""
    assert PARSER.notices == []
    assert PARSER.convert("a[^1]") == "<p>a[^1]</p>"
