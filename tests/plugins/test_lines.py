"""The line that is named is the line to mend."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.lines import Lines

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
    assert Lines(TEXT, 11).find(*needles, nth=nth) == line


def test_what_a_browser_reads_is_found_where_it_was_typed_otherwise():
    text = "x\n\n<a href='JAVA&#x53;cript:alert(1)'>y</a>\n"
    assert Lines(text, 1).find("javascript:alert(1)") == 3


def test_a_tag_without_its_partner_is_found():
    assert Lines(TEXT, 11).find_unpaired("i", 0, 0) == 21


@given(st.text("ab/.- \n", max_size=60), st.text("ab/.-", min_size=1, max_size=3), st.booleans())
def test_one_word_is_found_where_the_same_word_is_found_twice(text, word, whole):
    lines = Lines(text, 1)
    assert lines.find_all(text, (word,), whole=whole) == lines.find_all(
        text, (word, word), whole=whole
    )
