"""Bytes become text, or an answer that names the line and how to save it right."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.text.encoding import FORBIDDEN_CHARACTERS, LONGEST_LINE, MOST_REPORTED, decode_text

quick = settings(deadline=None, database=None, max_examples=150)


@pytest.mark.parametrize(
    "data",
    [
        "Title: é\n\nText\n",
        "Title: é\r\n\r\nText\r\n",
        "Title: é\r\rText\r",
        "Title: é\r\n\rText\n",
        "\ufeffTitle: é\n\nText\n",
        "\ufeff\ufeffTitle: é\r\n\nText\r",
    ],
)
def test_a_byte_order_mark_and_any_line_ends_are_forgiven(data):
    assert decode_text(data.encode(), "a.md") == ("Title: é\n\nText\n", [])


@pytest.mark.parametrize(
    "text",
    [
        "tab\there",
        "שלום, עולם",
        "e\u0301",
        "👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "no\u00a0break",
        "\u200fmark",
        "\ufffd",
        "",
    ],
)
def test_what_people_write_in_any_script_passes(text):
    assert decode_text(text.encode(), "a.md") == (text, [])


ODD = {
    b"\xff\xfeT\x00i\x00": (1, "saved as UTF-16"),
    b"\xfe\xff\x00T\x00i": (1, "saved as UTF-16"),
    "Title: x\n\ntext".encode("utf-16-le"): (1, "saved as UTF-16"),
    "Title: x\n\ntext".encode("utf-32"): (1, "saved as UTF-16"),
    b"Title: x\n\ncaf\xe9": (3, "Character 4 is saved in an old encoding (perhaps “é”)"),
    b"Title: x\r\n\r\nd\xc3\xa9 \x93word\x94": (3, "Character 4 is saved in an old encoding"),
    b"Title: x\n\ncaf\xc3": (3, "Character 4 is saved in an old encoding"),
    b"Title: x\n\xed\xa0\x80": (2, "Character 1 is saved in an old encoding"),
    b"Title: x\n\xc0\xaf": (2, "Character 1 is saved in an old encoding"),
    b"Title: x\na\x00b": (2, "Character 2 of the line is invisible (U+0000)"),
    b"Title: x\ra\x08b": (2, "Character 2 of the line is invisible (U+0008)"),
    "Title: x\n\u0085".encode(): (2, "invisible (U+0085)"),
    "Title: x\n\uffff".encode(): (2, "invisible (U+FFFF)"),
    "Title: x\n\U0010fffe".encode(): (2, "invisible (U+10FFFE)"),
    "Title: x\n\ufdd0posts/a.md\ufdd1".encode(): (2, "invisible (U+FDD0)"),
    "Title: x\n\u202etxet".encode(): (2, "invisible (U+202E)"),
    "Title: x\n\u2066a".encode(): (2, "invisible (U+2066)"),
    b"PK\x03\x04" + bytes(range(256)): (1, "This is a Word or zip file"),
    b"\x89PNG\r\n\x1a\n": (1, "This is a picture"),
    b"%PDF-1.7": (1, "This is a PDF"),
    b"{\\rtf1\\ansi": (1, "This is a rich text file"),
    b"x\n" + b"y" * (LONGEST_LINE + 1): (2, "The line has 20,001 characters. Break it"),
}


@pytest.mark.parametrize(("data", "problem"), ODD.items(), ids=range(len(ODD)))
def test_what_cannot_be_read_is_named_with_its_line(data, problem):
    text, problems = decode_text(data, "posts/a.md")
    assert text == ""
    assert (problems[0].path, problems[0].line, problems[0].level) == (
        "posts/a.md",
        problem[0],
        "error",
    )
    assert problem[1] in problems[0].text


def test_each_line_in_an_old_encoding_is_named_up_to_five():
    _, problems = decode_text(b"ok\n" + b"caf\xe9\n" * 9, "a.md")
    assert [problem.line for problem in problems] == [2, 3, 4, 5, 6]
    assert len(problems) == MOST_REPORTED


pieces = st.sampled_from(
    [b"\xef\xbb\xbf", b"\r\n", b"\r", b"\n", b"\x00", b"\xff\xfe", b"a", "é\ufffe".encode()]
)


@quick
@given(st.binary(max_size=60) | st.lists(pieces, max_size=20).map(b"".join))
def test_any_bytes_give_clean_text_or_problems_on_lines_of_the_file(data):
    text, problems = decode_text(data, "a.md")
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    assert all(1 <= problem.line <= lines for problem in problems)
    assert not (text and problems)
    assert not FORBIDDEN_CHARACTERS.search(text)
    assert "\r" not in text


@quick
@given(st.text(), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_good_text_is_given_back_whole(text, end, mark):
    text = FORBIDDEN_CHARACTERS.sub("", text)
    data = (("\ufeff" if mark else "") + text.replace("\n", end)).encode()
    if not text.startswith("\ufeff"):
        assert decode_text(data, "a.md") == (text, [])
