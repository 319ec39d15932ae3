"""HTML within lines is found to its end, and what resembles it is none."""

import pytest

from catalogue.text.inline_html import HtmlScanner

WHOLE = [
    *[
        "<a>",
        "<a1-b/>",
        "<a  />",
        "<a b c=d e='f' g=\"h>\" />",
        "<a\n_b:c.d-e\n=\n'>' >",
        "<a b=c/>",
    ],
    *["</a>", "</a1-b \n>", "<!---->", "<!-->", "<!--->", "<!-- a - -- > b\n-->", "<!----->"],
    *["<?a?>", "<? > ?>", "<!a>", "<!DOCTYPE html\n>", "<![CDATA[]]>", "<![CDATA[ > ]] ]]>"],
]
NONE = [
    *[
        "<",
        "<>",
        "< a>",
        "<1>",
        "<a",
        "<a b",
        "<a b=>",
        "<a b='>",
        '<a b="c"d>',
        "<a =b>",
        "<a *b>",
        "<é>",
    ],
    *[
        "</a b>",
        "</ a>",
        "</>",
        "<!-- a",
        "<!- a>",
        "<!>",
        "<!1>",
        "<![cdata[]]>",
        "<?>",
        "<? >",
        "<a/ >",
    ],
]


@pytest.mark.parametrize("source", WHOLE)
def test_html_is_found_to_its_end(source):
    assert HtmlScanner(f"x{source}> -->").find_end(1) == len(source) + 1


@pytest.mark.parametrize("source", NONE)
def test_what_resembles_html_is_none(source):
    assert HtmlScanner(source).find_end(0) == -1


def test_the_element_that_is_open_and_holds_no_links_is_known():
    text = '<a name="x"><b><A HREF="u"></b><code></a></code>'
    scanner = HtmlScanner(text)
    known = []
    for start in (place for place, sign in enumerate(text) if sign == "<"):
        scanner.find_end(start)
        known.append(scanner.verbatim)
    assert known == ["", "", "a", "a", "code", "code", ""]


def test_tags_that_do_not_end_are_not_read_without_end():
    scanner = HtmlScanner("<a b c <i>")
    assert (scanner.find_end(7), scanner.find_end(0)) == (10, -1)
    for _ in range(20):
        scanner.find_end(0)
    assert scanner.read_in_vain < 100
    assert scanner.find_end(7) == -1
