"""The line that is named is the line to mend."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.text.markdown_reader import MarkdownReader
from catalogue.text.source_lines import (
    MOST_SEARCHED,
    SourceLines,
    fold_source,
)

TEXT = """One [link](a.md) and `[link](b.md)`.

Two [link](b.md), again
[link](a.md).

```
[link](c.md)
```
<!-- [link](d.md) -->
A longer-a.md name.
<b>bold <i>both</b>
"""


@pytest.mark.parametrize(
    ("needles", "nth", "line"),
    [
        (("a.md",), 0, 11),
        (("a.md",), 1, 14),
        (("a.md",), 9, 14),  # there is no tenth: the last
        (("b.md",), 0, 13),  # not the one in code
        (("again", "b.md"), 0, 13),
        (("nowhere",), 0, 11),
        ((), 0, 11),
    ],
)
def test_the_nth_place_outside_code_and_comments_is_found(needles, nth, line):
    assert SourceLines(TEXT, 11).find(*needles, nth=nth) == line


def test_what_a_browser_reads_is_found_where_it_was_typed_otherwise():
    text = "x\n\n<a href='JAVA&#x53;cript:alert(1)'>y</a>\n"
    assert SourceLines(text, 1).find("javascript:alert(1)") == 3


def test_a_tag_without_its_partner_is_found():
    assert SourceLines(TEXT, 11).find_unpaired("i", 0, 0) == 21


@given(st.text("ab/.- \n", max_size=60), st.text("ab/.-", min_size=1, max_size=3), st.booleans())
def test_one_word_is_found_where_the_same_word_is_found_twice(text, word, whole):
    lines = SourceLines(text, 1)
    assert lines.find_all(text, (word,), whole=whole) == lines.find_all(
        text, (word, word), whole=whole
    )


signs = st.sampled_from([*"aAb/.- &\n\\`", "&amp;", "&#97;", "\u200b", "\u00e9", "<!--", "-->"])
texts = st.lists(signs, max_size=40).map("".join)


@given(texts, st.lists(st.text("ab/.&\u00e9", min_size=1, max_size=3), min_size=1, max_size=3))
def test_what_a_browser_reads_is_found_in_each_line_that_has_it(text, words):
    lines = SourceLines(text, 1)
    folded = [fold_source(line) for line in lines.masked.split("\n")]
    wanted = [n for n, line in enumerate(folded) if all(fold_source(w) in line for w in words)]
    assert lines.find_folded(words) == wanted


ADDRESSES = ("a.md", "A.md", "../b.md#c", "b_(c).md", "/d/", "#d", "e?f&g", "h_i.md")
FORMS = ("[x](%s)", "![x](%s 'y')", "[x]: %s", "[x]: <%s>", "<a href='%s'>", '<img src="%s">')


@given(st.permutations(ADDRESSES), st.lists(st.sampled_from(FORMS), min_size=8, max_size=8))
def test_an_address_is_found_in_the_same_line_when_too_much_has_been_searched(addresses, forms):
    typed = {form % address: address for form, address in zip(forms, addresses, strict=True)}
    text = "\n\n".join(typed).replace("&", "&amp;").replace("h_i", "h\\_i")
    found = []
    for left in (MOST_SEARCHED, 0):
        lines = SourceLines(text, 7)
        lines.left = left
        found.append([lines.find(address) for address in typed.values()])
    assert found == [[7 + 2 * number for number in range(8)]] * 2


def test_what_is_found_nowhere_stands_in_the_first_line_that_is_not_blank():
    lines = SourceLines("\n\nx\n", 5)
    lines.left = 0
    assert (lines.find("y"), lines.find(), lines.find("x"), lines.find("x", "y")) == (7,) * 4


NAMED = {
    "mended by a backslash": ("vector\\<int> x\n\nList<int> y", 3),
    "not by one that is shown": ("vector\\\\<int> x\n\nList<em> y</em>", 1),
    "shown in code that is set in": ("    code <int>\n\ntext <int>", 3),
    "the same by a tab": ("x\n\n\tcode <int>\n\n\tmore\n\ntext <int>", 7),
    "in code below code": ("    a\n    <int>\n\n    <int>\n\ntext <int>", 6),
    "below a fence": ("```\na\n```\n    <int>\n\ntext <int>", 6),
    "set in, but of a list": ("- a\n\n    b <int>\n\ntext\n", 3),
    "set in, but of a numbered list": ("1. a\n\nb\n\n2. a\n\n    b <int>\n\ntext\n", 7),
    "set in, but of a note": ("x[^1]\n\n[^1]: a\n\n    b <int>\n", 5),
    "set in, but of a meaning": ("a\n:   b\n\n    c <int>\n", 4),
    "set in, but of the line above": ("a\n    b <int>\n", 2),
    "set in, but of HTML": ("<div>\n\n    <int>\n\n</div>\n", 3),
    "below code within the line": ("`a`\n    <int>\n\ntext\n", 2),
    "behind code that begins a line": ("`a`  <int>\n\n`<int>`\n", 1),
}


@pytest.mark.parametrize(("text", "line"), NAMED.values(), ids=NAMED)
def test_the_line_of_a_tag_is_not_one_that_only_shows_it(text, line):
    problems = MarkdownReader().read(text, 1, "posts/a.md").problems
    assert line in [problem.line for problem in problems if "<int>" in problem.text]
    assert problems[0].line == line


def test_an_unpaired_tag_that_is_found_nowhere_stands_in_the_first_line_that_is_not_blank():
    assert SourceLines("\n\nx\n", 5).find_unpaired("b", 0, 0) == 7


@pytest.mark.parametrize(
    "text", ["a <!--> kept --> c", "a <!---> kept --> c", "a <!-- x --!> kept c -->"]
)
def test_words_behind_a_whole_comment_are_kept_or_named(text):
    body = MarkdownReader().read(text, 1, "posts/a.md")
    assert "kept" in body.html or [problem.line for problem in body.problems] == [1]
