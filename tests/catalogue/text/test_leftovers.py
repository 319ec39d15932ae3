"""Words that Markdown lost, or read as something else than was meant, are named with their line."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.htmlparser import HTMLExtractor

from catalogue.problems import count_errors
from catalogue.text.comment_reader import CommentReader
from catalogue.text.markdown_reader import MarkdownReader

READER, COMMENTS = MarkdownReader(), CommentReader()


def read(text, first_line=1):
    return READER.read(text, first_line, "posts/a.md")


@pytest.mark.parametrize("reader", [READER, COMMENTS])
def test_the_signs_of_the_library_may_be_typed(reader):
    body = reader.read("The word klzzwxh:0000 is `wzxhzdk:1`.", 1, "a.md")
    assert not count_errors(body.problems)
    assert "klzzwxh:0000" in body.html


CODE = {
    "of a numbered list": ("1. Write:\n\n   ```html\n   <p>Hello</p>\n   ```\n", 1),
    "of a list": ("- a\n\n  ```html\n  <p>Hello</p>\n  ```\n", 1),
    "of a list, set in by four": ("- a\n\n    ~~~\n    <p>Hello</p>\n    ~~~\n", 1),
    "at the beginning of an item": ("- a\n- ```\n  <p>Hello</p>\n  ```\n", 1),
    "set in by a blank": ("x\n\n ```html\n <p>Hello</p>\n ```\n", 1),
    "with a title": ('x\n\n```js title="a.js"\n<b>x</b>\n```\n', 1),
    "closed by more signs": ("```\n<b>x</b>\n````\n", 1),
    "in a quotation": ("> x\n>\n> ```\n> <b>x</b>\n> ```\n", 1),
    "of a note": ("x[^1]\n\n[^1]: ```\n    <b>x</b>\n    ```\n", 1),
    "of a meaning": ("x\n:   ```\n    <b>x</b>\n    ```\n", 1),
    "two of them": (" ```\n a\n ```\n\nx `y`\n\n ~~~\n b\n ~~~\n\n ``` c\n d\n ```\n", 3),
    "shown first": ("~~~\n```html\nx\n```\n~~~\n\n ```html\n x\n ```\n", 2),
    "shown first, set in": ("    ```html\n    x\n    ```\n\n ```html\n x\n ```\n", 2),
}


@pytest.mark.parametrize(("text", "count"), CODE.values(), ids=CODE)
def test_code_is_code_wherever_it_stands(text, count):
    body = read(text)
    assert body.problems == []
    assert body.html.count("<pre>") == count


@pytest.mark.parametrize(
    ("text", "line"), [("x\n\n```\n<b>x</b>\n", 3), ("```\nx\n```\n\n~~~\n<b>x</b>\n", 5)]
)
def test_code_that_nothing_ends_is_code_and_is_told(text, line):
    body = read(text)
    assert [problem.line for problem in body.problems] == [line]
    assert "<pre>" in body.html.partition("&lt;b&gt;x")[0]


NOTES = {
    "twice": ("a[^1]\n\n[^1]: first note\n\n[^1]: second", [5]),
    "side by side": ("a[^1]\n\n[^1]: first note\n[^1]: second", [4]),
    "three times": ("a[^b c]\n\n[^b c]: one\n\nx\n\n[^b c]: two\n\n[^b c]: three", [7, 9]),
    "another": ("a[^1] b[^2] c[^1]\n\n[^1]: one\n[^2]: two", []),
    "in code": ("a[^1]\n\n[^1]: one\n\n```\n[^1]: two\n```\n\n`[^1]: two`", []),
    "without a use": ("a\n\n[^1]: one\n\n[^1]: two", [3, 5]),
    "a use without a note": ("a\nb[^1]", [2]),
}


@pytest.mark.parametrize(("text", "lines"), NOTES.values(), ids=NOTES)
def test_a_note_that_takes_the_place_of_another_is_named(text, lines):
    body = read(text)
    assert [(problem.line, problem.level) for problem in body.problems] == [
        (line, "warning") for line in lines
    ]
    assert body.html


ROWS = {
    "more": ("| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 | lost |", [4]),
    "more, without borders": ("a | b\n--|--\n1 | 2 | lost", [3]),
    "borders that the head has not": ("a | b\n--|--\n| 1 | 2 | lost |", [3]),
    "the second of two alike": ("| a | b |\n|---|---|\n| 3 | 4 |\n\n| a |\n|---|\n| 3 | 4 |", [7]),
    "one column": ("| a |\n|---|\n| 1 | lost |", [3]),
    "in a list": ("- x\n\n    | a | b |\n    |---|---|\n    | 3 | 4 | lost |", [5]),
    "in a quotation": ("> | a | b |\n> |---|---|\n> | 3 | 4 | lost |", [3]),
    "code in the head": ("`a` | `b\\|`\n--|--\n1 | `2` | lost", [3]),
    "code in the row": ("a | b\n--|--\n`1` | `2` | lost", [3]),
    "only borders": ("| a | b |\n|---|---|\n| 3 | 4 | |\n| 3 |", []),
    "in code": ("| a | b |\n|---|---|\n| `3 \\| 4` | 5 |\n| 3 \\| 4 | 5 |", []),
    "below a line of text": ("x\n| a | b |\n|---|---|\n| 3 | 4 | lost |", [4]),
    "shown": ("```\n| a | b |\n|---|---|\n| 3 | 4 | kept |\n```", []),
    "text below": ("| a | b |\n|---|---|\n| 3 | 4 |\n\nx | y | z", []),
}


@pytest.mark.parametrize(("text", "lines"), ROWS.values(), ids=ROWS)
def test_a_row_that_loses_words_is_named(text, lines):
    body = read(text)
    assert [(problem.line, problem.level) for problem in body.problems] == [
        (line, "warning") for line in lines
    ]
    assert "lost" not in body.html
    assert ("kept" in body.html) is ("kept" in text)


SIGNS = ["```", "~~~", "````", "\n", "\n", "\n\n", "    ", "> ", "- ", "| ", "|--|--|\n", "`", "\\"]
words = st.sampled_from(
    [*SIGNS, "a", "html", "[^1]: ", "[^1]", "<b>", "</b>", "<pre>", "</pre>", "<!--", "-->"]
)


@settings(deadline=None, database=None, max_examples=150)
@given(st.lists(words, max_size=30).map("".join))
def test_whatever_is_left_over_has_a_line_of_the_text_that_shows_it(text):
    lines = text.split("\n")
    for problem in read(text, 3).problems:
        line = lines[problem.line - 3]
        if "begins no code" in problem.text:
            assert problem.text.split()[1] in line
        elif "is lost" in problem.text:
            assert "[^1]:" in line or "|" in line


def take_for_a_section(parser, start):
    """Read a CDATA section as the parser of Python 3.11 does."""
    end = parser.rawdata.find("]]>", start)
    parser.unknown_decl(parser.rawdata[start + 3 : end])
    return end + 3


def take_for_a_comment(parser, start):
    """Read a CDATA section as browsers do, and as other versions of Python may."""
    end = parser.rawdata.find(">", start)
    parser.handle_comment(parser.rawdata[start + 2 : end])
    return end + 1


@pytest.mark.parametrize("take", [take_for_a_section, take_for_a_comment])
@pytest.mark.parametrize("parser", [HTMLParser, *HTMLExtractor.__bases__])
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Before <![CDATA[ these words ]]> after.", 1),
        ("x\n\n<![CDATA[ these words ]]>\n\ny", 3),
        ("x\n\n<div>\n<![CDATA[ these words ]]></div>\n\ny", 4),
        ("`<![CDATA[`\n\nx <b>y</b> <![CDATA[ these words ]]> z", 3),
    ],
)
def test_a_section_that_browsers_hide_is_an_error_however_python_reads_it(
    text, line, parser, take, monkeypatch
):
    real = parser.parse_html_declaration
    monkeypatch.setattr(
        parser,
        "parse_html_declaration",
        lambda self, start: (
            take(self, start) if self.rawdata.startswith("<![CDATA[", start) else real(self, start)
        ),
    )
    body = read(text)
    assert body.html == ""
    assert [(problem.line, problem.text) for problem in body.problems] == [
        (
            line,
            "“<![CDATA[ these words ]]>” would be hidden from readers. "
            "Delete it, or write &lt; for its < to show it as text.",
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        "`<![CDATA[ x ]]>`",
        "&lt;![CDATA[ x ]]>",
        "\\<![CDATA[ x ]]>",
        "a\n\n    <![CDATA[ x ]]>",
        "a <!-- <![CDATA[ x ]]> --> b",
    ],
)
def test_a_section_that_is_shown_or_in_a_hidden_comment_is_none(text):
    assert read(text).problems == []
