"""Headings, lists and code that are typed wrongly are named with what to write; other lines are not."""

from time import process_time

import pytest

from catalogue.text.markdown_reader import MarkdownReader
from catalogue.text.mistyped_blocks import find_mistyped_blocks

READER = MarkdownReader()
# What is typed, what is said of it, and what it becomes when that is done.
WRONG = [
    ("##One two", "Write: ## One two", "## One two"),
    ("###*One*", "### begins no heading without a blank behind it", "### *One*"),
    ("####### One", "A heading has at most six #", "###### One"),
    ("##\N{NO-BREAK SPACE}One", "The blank behind ## is one that keeps words together", "## One"),
    ("-\N{NO-BREAK SPACE}one", "so - begins nothing. Delete it", "- one"),
    ("1.\N{NARROW NO-BREAK SPACE}one", "so 1. begins nothing. Delete it", "1. one"),
    (
        "-one\n-two",
        "- begins no list: what follows runs on in one paragraph. Write a",
        "- one\n- two",
    ),
    ("1.one\n2.two", "Write a blank behind it: 1. one", "1. one\n2. two"),
    ("a) one\nb) two", "Write 1. in its place, 2. on the next line", "1. one\n2. two"),
    ("– one\n– two", "– begins no list", "- one\n- two"),
    ("— one\n—\N{NO-BREAK SPACE}two", "— begins no list", "- one\n- two"),
    ("´´´\none\n´´´", "´´´ begins and ends no code. Write ```", "```\none\n```"),
    ("'''python\none\n'''", "''' begins and ends no code. Write ```", "```python\none\n```"),
    ("“““\none\n“““", "“““ begins and ends no code. Write ```", "```\none\n```"),
]


@pytest.mark.parametrize(("typed", "message", "right"), WRONG)
@pytest.mark.parametrize("before", ["", "Words.\n\n", "Words\n"])
def test_what_is_said_of_it_makes_it_what_was_meant(typed, message, right, before):
    problems = READER.read(before + typed, 1, "posts/a.md").problems
    assert message in problems[0].text
    assert (problems[0].line, problems[0].level) == (before.count("\n") + 1, "warning")
    body = READER.read(before + right, 1, "posts/a.md")
    assert body.problems == []
    assert any(tag in body.html for tag in ("<h2", "<h3", "<h6", "<li>", "<pre"))


def test_in_lists_and_quotations_it_is_named_too():
    lines = [
        each.line for each in READER.read("> ##One\n\n- a\n\n  -b\n  -c", 1, "posts/a.md").problems
    ]
    assert lines == [1, 5]


@pytest.mark.parametrize(
    "text",
    [
        "#hashtag #another",
        "-5 degrees\n-6 degrees",
        "--- one\n--- two",
        "-one",
        "A. Smith\nB. Jones",
        "1.5 metres\n2.5 metres",
        "— Bonjour.\n\n— Salut.",
        "\\##One",
        "`##One`",
        "```\n##One\n-one\n-two\n```",
        "“““quoted”””",
        "C# and ##x",
        "->one\n->two",
    ],
)
def test_what_may_be_meant_as_it_stands_is_not_named(text):
    assert READER.read(text, 1, "posts/a.md").problems == []


@pytest.mark.parametrize(
    "sign", ["\n-a", "\n– a", "\n##", "\n1.a", "\na) b", "\n'''", "\n-\N{NO-BREAK SPACE}"]
)
def test_a_long_text_of_such_lines_is_looked_through_once(sign):
    text = sign * (200_000 // len(sign))
    start = process_time()
    for _ in find_mistyped_blocks(text, ""):
        pass
    assert process_time() - start < 10
