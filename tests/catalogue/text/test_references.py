"""A name leads to its own address, and to no other."""

import re

import pytest

from catalogue.text.comment_reader import CommentReader
from catalogue.text.markdown_reader import MarkdownReader

DEFINED = "\n\n[Smith]: https://a.org/smith\n[Jones]: https://a.org/jones\n"
READERS = [MarkdownReader(), CommentReader()]


def list_links(reader, text):
    body = reader.read(text + DEFINED, 1, "posts/a.md")
    assert body.problems == []
    return re.findall(r'<a href="https://a.org/(\w+)"[^>]*>([^<]*)</a>', body.html)


@pytest.mark.parametrize("reader", READERS, ids=["post", "comment"])
@pytest.mark.parametrize("between", [" ", "\n", "\t", "  \n", " and ", ", ", "\u00a0"])
def test_two_names_that_follow_each_other_are_two_links(reader, between):
    links = list_links(reader, f"See [Smith]{between}[Jones].")
    assert links == [("smith", "Smith"), ("jones", "Jones")]


@pytest.mark.parametrize("reader", READERS, ids=["post", "comment"])
def test_words_and_a_name_without_a_blank_are_one_link(reader):
    assert list_links(reader, "See [him][Jones], [Smith][].") == [
        ("jones", "him"),
        ("smith", "Smith"),
    ]


@pytest.mark.parametrize("between", [" ", "\n"])
def test_two_pictures_that_follow_each_other_are_two_pictures(between):
    text = f"![Smith]{between}[Jones] ![him][Jones]\n\n[Smith]: ../images/s.png\n[Jones]: https://a.org/jones\n"
    parser = READERS[0].parser
    parser.reset()
    source = parser.convert(text)
    assert re.findall('src="([^"]*)"', source) == ["../images/s.png", "https://a.org/jones"]
    assert '<a href="https://a.org/jones">Jones</a>' in source
