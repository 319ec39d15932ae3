"""A block that runs the other way than its text says so, and no other block does."""

import re

import pytest

from catalogue.text.directions import find_first_direction, find_text_direction
from catalogue.text.markdown_parser import make_comment_parser, make_text_parser
from catalogue.text.question import read_question

HEBREW, ARABIC = "\u05d6\u05d4 \u05d8\u05e7\u05e1\u05d8.", "\u0647\u0630\u0627 \u0646\u0635."
TITLE = "\u05e9\u05dc\u05d5\u05dd"


def convert(text, title="Plain", language="en"):
    parser = make_text_parser()
    parser.title, parser.language = title, language
    return parser.convert(text)


def list_directions(html):
    return re.findall(r'<(\w+) dir="(\w+)"', html)


@pytest.mark.parametrize(
    ("text", "title", "language", "expected"),
    [
        (f"Words.\n\n{HEBREW}", "Plain", "en", [("p", "rtl")]),
        (f"Words.\n\n{ARABIC}", "Plain", "en", [("p", "rtl")]),
        (f"{HEBREW}\n\nWords, too.", TITLE, "en", [("p", "ltr")]),
        (f"{HEBREW}\n\nWords, too.", "Plain", "he", [("p", "ltr")]),
        ("Words, too.", TITLE, "en", [("p", "ltr")]),
        ("Words, too.", "Plain", "ar", [("p", "ltr")]),
        ("Words, too.", "Plain", "en", []),
        (HEBREW, TITLE, "en", []),
        # Letters of both: it may only begin with a foreign name.
        (f"Pelican {HEBREW}", TITLE, "en", []),
        (f"Of {HEBREW}", "Plain", "en", []),
        (f"{HEBREW}\n\n`code` {HEBREW}", TITLE, "en", []),
        # No letters at all.
        (f"{HEBREW}\n\n2026!", TITLE, "en", []),
        (f"{HEBREW}\n\n![Words](a.png)", TITLE, "en", []),
        # The outermost block says it for all in it.
        (f"{HEBREW}\n\n> Words.\n>\n> More.", TITLE, "en", [("blockquote", "ltr")]),
        (f"{HEBREW}\n\n> Words.\n>\n> {HEBREW}", TITLE, "en", [("p", "ltr")]),
        (f"{HEBREW}\n\n- a\n- b\n    - c", TITLE, "en", [("ul", "ltr")]),
        (f"{HEBREW}\n\n1. a\n2. b", TITLE, "en", [("ol", "ltr")]),
        (f"Words.\n\n| {HEBREW} |\n|---|\n| {HEBREW} |", "Plain", "en", [("table", "rtl")]),
        (f"Words.\n\n!!! note\n    {HEBREW}\n", "Plain", "en", [("p", "rtl")]),
        # What stands in line with others of the text stays there, and code runs as code does.
        (f"{HEBREW}\n\n- a\n- {HEBREW}", TITLE, "en", []),
        (f"{HEBREW}\n\n## Words", TITLE, "en", []),
        (f"{HEBREW}\n\n!!! note\n    {HEBREW}\n", TITLE, "en", []),
        (f"{HEBREW}\n\n> [!NOTE]\n> {HEBREW}\n", TITLE, "en", []),
        (f"{HEBREW}\n\n| a | {HEBREW} |\n|---|---|\n| b | c |", TITLE, "en", []),
        (f"{HEBREW}\n\n```\ncode\n```", TITLE, "en", []),
        (f"Words.\n\n<p>{HEBREW}</p>", "Plain", "en", []),
    ],
)
def test_a_block_that_runs_the_other_way_says_so(text, title, language, expected):
    assert list_directions(convert(text, title, language)) == expected


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        (f"{HEBREW}\n\n## Who *was* it?", TITLE, ["Who <em>was</em> it?"]),
        (f"Words.\n\n## {HEBREW}", "Plain", [HEBREW]),
        (f"{HEBREW}\n\n| C++ | {HEBREW} |\n|---|---|\n| b | 2 c |", TITLE, ["C++", "2 c"]),
        (f"{HEBREW}\n\n- a.\n- {HEBREW}\n- b", TITLE, ["a."]),
        (f"{HEBREW}\n\n- a.\n    - b.\n- {HEBREW}", TITLE, ["a."]),
        (f"{HEBREW}\n\n- [ ] a *b*.\n- {HEBREW}", TITLE, ["a <em>b</em>."]),
        (f"{HEBREW}\n\na!\n: {HEBREW}\n: b!", TITLE, ["a!", "b!"]),
        (f'{HEBREW}\n\n![x](a.png "It is.")', TITLE, ["It is."]),
        (f'{HEBREW}\n\n!!! note "So!"\n    {HEBREW}\n', TITLE, ["So!"]),
        (f"{HEBREW}\n\n- a.\n  https://youtu.be/dQw4w9WgXcQ\n- {HEBREW}", TITLE, ["a."]),
        # What begins and ends with a letter runs so anyway.
        (f"{HEBREW}\n\n## Who is who", TITLE, []),
        (f"{HEBREW}\n\n## Who: {HEBREW}", TITLE, []),
        ("## Who?\n\n- a.", TITLE, ["Who?"]),
        ("## Who?\n\n- a.", "Plain", []),
    ],
)
def test_what_stays_in_line_with_others_has_its_words_run_their_own_way(text, title, expected):
    html = convert(text, title)
    assert re.findall("<bdi>(.*?)</bdi>", html) == expected
    assert html.count("<bdi") == len(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{HEBREW}\n\nWords.", [("p", "ltr")]),
        (f"Words.\n\n{HEBREW}", [("p", "rtl")]),
        (f"12 {HEBREW}\n\n{HEBREW}", []),
        (f"{HEBREW}\n\n- a.\n- {HEBREW}", []),
        ("12", []),
    ],
)
def test_a_comment_runs_as_its_first_letter_says(text, expected):
    parser = make_comment_parser()
    html = parser.convert(text)
    assert list_directions(html) == expected
    assert "<bdi" not in html


def test_the_direction_of_one_text_is_not_that_of_the_next():
    parser = make_text_parser()
    parser.title = TITLE
    parser.convert("Words.")
    parser.title = "Plain"
    assert list_directions(parser.convert("Words.")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", ""), ("12 !", ""), ("3 abc", "ltr"), (f"3 {HEBREW}", "rtl"), (ARABIC, "rtl")],
)
def test_the_first_letter_says_how_a_text_runs(text, expected):
    assert find_first_direction(text) == expected


def test_a_title_from_the_right_says_more_than_the_language():
    assert find_text_direction(TITLE, "en") == "rtl"
    assert find_text_direction("Plain", "he") == "rtl"
    assert find_text_direction("Plain", "en") == "ltr"


def test_a_question_in_letters_of_the_other_direction_is_read():
    html = convert("Query: Who was it?\n\nShort answer: I was.\n\nWords.", TITLE)
    assert read_question(html) == ("Who was it?", "I was.")
