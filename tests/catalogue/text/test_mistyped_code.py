"""A back-tick that makes no code, or code that nobody meant, is named with what to write."""

from time import process_time

import pytest

from catalogue.text.markdown_reader import MarkdownReader
from catalogue.text.mistyped_code import find_mistyped_code

WRONG = {
    "A `code without an end": (1, "For code write it before and after: `like this`"),
    "A\ncode` without a beginning": (2, "Readers see ` as it is typed. For code"),
    "`a` and `b": (1, "For code write it before and after"),
    "It`s here": (1, "it is no apostrophe. Write ' in its place"),
    "A\n\nIt`s Ann`s": (3, "The two ` of “t`s Ann`s” make code of what stands between them"),
    "He said ``so it is'' here": (1, 'Write: "so it is"'),
    "rock `n' roll": (1, "for a quotation mark write ' in its place"),
    "<p>a</p>\n```\nb": (2, "within HTML no Markdown is read. Leave an empty line before the code"),
    "<div>`a`</div>": (1, "Readers see `a` as it is typed: within HTML no Markdown is read"),
    "[[a|the `b`]]": (1, "in the words of [[…|…]] no Markdown is read"),
}
MEANT = [
    "`a` and ``b ` c``",
    "A \\` sign",
    "```\na `b\n```",
    "the ` sign",
    "pre`code`fix",
    "a '`' b",
]


@pytest.mark.parametrize(("text", "wanted"), WRONG.items())
def test_a_back_tick_that_does_not_do_what_was_meant_is_told(text, wanted):
    (problem,) = MarkdownReader().read(text, 1, "posts/a.md").problems
    assert (problem.line, problem.level) == (wanted[0], "warning")
    assert wanted[1] in problem.text


@pytest.mark.parametrize("text", MEANT)
def test_code_and_a_sign_alone_are_left_as_they_are(text):
    assert MarkdownReader().read(text, 1, "posts/a.md").problems == []


@pytest.mark.parametrize("unit", ["`a", "a`", "``a", "` ", "a`b"])
def test_a_long_text_is_looked_through_in_little_time(unit):
    text = unit * 20_000
    start = process_time()
    list(find_mistyped_code(text, text))
    assert process_time() - start < 1
