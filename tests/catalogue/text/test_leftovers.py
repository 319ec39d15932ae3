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


@pytest.mark.parametrize(
    "left", ["klzzwxh:0000\x03", "\x02klzzwxh:0000", "\x02", "\x03", "wzxhzdk:1\x03"]
)
@pytest.mark.parametrize("make", [MarkdownReader, CommentReader])
def test_what_stood_for_lost_words_is_never_published(make, left, monkeypatch):
    reader = make()
    convert = reader.parser.convert
    monkeypatch.setattr(reader.parser, "convert", lambda text: convert(text).replace("LOST", left))
    body = reader.read("Some words.\n\nMore of *them* LOST here.\n", 5, "a.md")
    assert body.html == ""
    assert [(problem.line, problem.level) for problem in body.problems] == [(7, "error")]
    assert "Put a backslash" in body.problems[0].text


@pytest.mark.parametrize("reader", [READER, COMMENTS])
def test_the_signs_of_the_library_may_be_typed(reader):
    body = reader.read("The word klzzwxh:0000 is `wzxhzdk:1`.", 1, "a.md")
    assert not count_errors(body.problems)
    assert "klzzwxh:0000" in body.html


STRAY = {
    "of a numbered list": ("1. Write:\n\n   ```html\n   <p>Hello</p>\n   ```\n", [3]),
    "of a list": ("- a\n\n  ```html\n  <p>Hello</p>\n  ```\n", [3]),
    "of a list, set in by four": ("- a\n\n    ~~~\n    <p>Hello</p>\n    ~~~\n", [3]),
    "at the beginning of an item": ("- a\n- ```\n  <p>Hello</p>\n  ```\n", [2]),
    "set in by a blank": ("x\n\n ```html\n <p>Hello</p>\n ```\n", [3]),
    "with a title": ('x\n\n```js title="a.js"\n<b>x</b>\n```\n', [3]),
    "closed by more signs": ("```\n<b>x</b>\n````\n", [1]),
    "never closed": ("x\n\n```\n<b>x</b>\n", [3]),
    "never closed after one that is": ("```\nx\n```\n\n~~~\n<b>x</b>\n", [5]),
    "in a quotation": ("> x\n>\n> ```\n> <b>x</b>\n> ```\n", [3]),
    "of a note": ("x[^1]\n\n[^1]: ```\n    <b>x</b>\n    ```\n", [3]),
    "of a meaning": ("x\n:   ```\n    <b>x</b>\n    ```\n", [2]),
    "two of them": (" ```\n a\n ```\n\nx `y`\n\n ~~~\n b\n ~~~\n\n ``` c\n d\n ```\n", [1, 7, 11]),
    "shown first": ("~~~\n```html\nx\n```\n~~~\n\n ```html\n x\n ```\n", [7]),
    "shown first, set in": ("    ```html\n    x\n    ```\n\n ```html\n x\n ```\n", [5]),
}


@pytest.mark.parametrize("first_line", [1, 6])
@pytest.mark.parametrize(("text", "lines"), STRAY.values(), ids=STRAY)
def test_signs_of_code_that_begin_none_are_an_error(text, lines, first_line):
    body = read(text, first_line)
    assert body.html == ""
    found = [problem for problem in body.problems if "begins no code" in problem.text]
    assert [problem.line - first_line + 1 for problem in found] == lines
    assert {problem.level for problem in found} == {"error"}


@pytest.mark.parametrize(
    "text",
    [
        "```html\n<p>Hello</p>\n```\n",
        "~~~~ python\nx\n~~~~\n",
        '```{.python hl_lines="1"}\nx\n```\n',
        "x\n``` `` ` `` ```\n",
        "```x``` begins a line, and ``` y ``` stands in it\n",
        "- ```x``` begins an item\n",
        "````\n```html\nx\n```\n````\n",
        "~~~\n```\n~~~\n",
        "    ```html\n    x\n    ```\n",
        "- a\n\n        ```html\n        x\n        ```\n",
        "> x\n>\n>     ```html\n>     x\n>     ```\n",
        "<pre>\n ```html\n x &amp; y\n ```\n</pre>\n",
        "x <!--\n ```\n y\n-->\n",
        "x\n\n~~~ The end ~~~\n",
        "a ```` b ``` c\n",
        "~~gone~~ with the wind\n",
    ],
)
def test_code_and_what_shows_how_to_write_it_are_no_error(text):
    assert [p for p in read(f"x\n\n{text}").problems if "begins no code" in p.text] == []


def test_what_the_error_says_is_what_works():
    text = "1. Write:\n\n        <p>Hello</p>\n\n        <p>more</p>\n\n2. Go on.\n\n```html\n<p>x</p>\n```\n"
    body = read(text)
    assert body.problems == []
    assert body.html.count("&lt;p&gt;") == 3
    assert body.html.count("<pre>") == 2
    assert body.html.count("<li>") == 2


NOTES = {
    "twice": ("a[^1]\n\n[^1]: first note\n\n[^1]: second", [5]),
    "side by side": ("a[^1]\n\n[^1]: first note\n[^1]: second", [4]),
    "three times": ("a[^b c]\n\n[^b c]: one\n\nx\n\n[^b c]: two\n\n[^b c]: three", [7, 9]),
    "another": ("a[^1] b[^2] c[^1]\n\n[^1]: one\n[^2]: two", []),
    "in code": ("a[^1]\n\n[^1]: one\n\n```\n[^1]: two\n```\n\n`[^1]: two`", []),
    "without a use": ("a\n\n[^1]: one\n\n[^1]: two", [5]),
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
    "borders that the head has not": ("a | b\n--|--\n| 1 | lost |", [3]),
    "the second of two alike": ("| a | b |\n|---|---|\n| 3 | 4 |\n\n| a |\n|---|\n| 3 | 4 |", [7]),
    "one column": ("| a |\n|---|\n| 1 | lost |", [3]),
    "in a list": ("- x\n\n    | a | b |\n    |---|---|\n    | 3 | 4 | lost |", [5]),
    "in a quotation": ("> | a | b |\n> |---|---|\n> | 3 | 4 | lost |", [3]),
    "code in the head": ("`a` | `b|`\n--|--\n1 | `2` | lost", [3]),
    "code in the row": ("a | b\n--|--\n`1` | `2` | lost", [3]),
    "only borders": ("| a | b |\n|---|---|\n| 3 | 4 | |\n| 3 |", []),
    "in code": ("| a | b |\n|---|---|\n| `3 | 4` | 5 |\n| 3 \\| 4 | 5 |", []),
    "no table": ("x\n| a | b |\n|---|---|\n| 3 | 4 | kept |", []),
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
