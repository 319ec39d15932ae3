"""A heading that is written as HTML has an id, as one of Markdown has, and no two are alike."""

import re
import time

import pytest

from catalogue.text.html_headings import make_names
from catalogue.text.markdown_reader import MarkdownReader

HEADING_ID = re.compile(r'<h[1-6][^>]*? id="([^"]*)"')


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("<h2>One</h2>\n\n<h2>One</h2>\n\n<h2>One</h2>", ["one", "one-1", "one-2"]),
        ("<h2>One</h2>\n\n## One", ["one-1", "one"]),
        ('<h2>One</h2>\n\n<p id="one">x</p>', ["one-1"]),
        ('<h2 class="x" title="a > b">R&amp;D <em>now</em></h2>', ["rd-now"]),
        ('<h2 id="own">One</h2>\n\n<H3>Two<br>lines', ["own", "two-lines"]),
        ("<div><h4>Größe</h4>\n<h2>Menu</h2></div>", ["größe", "my-menu"]),
        ("<h2>One[^1]</h2>\n\n[^1]: Note.", ["one1"]),
        ("<h2></h2>\n\nx\n\n<!-- <h2>One</h2> -->\n\n<h2>One</h2>", ["one"]),
        ("<h1>One</h1>\n\n<h2>Two</h2>", ["one", "two"]),
        ("`<h2>` <span title='<h2>Four</h2>'>x</span>\n\n<h2>Five</h2>", ["five"]),
    ],
)
def test_a_heading_in_html_has_the_id_that_its_words_make(typed, ids):
    body = MarkdownReader().read(typed, 1, "posts/a.md")
    assert HEADING_ID.findall(body.html) == ids, body.html
    assert [name for name in body.ids if name in ids] == sorted(ids, key=body.ids.index)
    assert len({*body.ids}) == len(body.ids)
    assert not [each for each in body.problems if each.level == "error"]


def test_many_headings_that_do_not_end_are_read_in_no_time():
    began = time.monotonic()
    make_names("<h2>x" * 50_000 + "</h2>", [])
    assert time.monotonic() - began < 2
