"""The id of a heading is made of its words, and is neither the page's own nor one of the author's."""

import pytest

from catalogue.text.heading_ids import format_id
from catalogue.text.markdown_reader import MarkdownReader

READER = MarkdownReader()


@pytest.mark.parametrize(
    ("words", "name"),
    [("Two Words", "two-words"), ("Él & Ça", "el-ca"), ("Main", "my-main"), ("漢字", "")],
)
def test_an_id_is_made_of_the_words(words, name):
    assert format_id(words, "-") == name


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("## A\n\n## A", ["a", "a_1"]),
        ('<a name="a"></a>\n\n## A\n\n## A', ["a", "a_1", "a_2"]),
        ('## A\n\n## A\n\n<b id="a_1">x</b>', ["a", "a_2", "a_1"]),
        ("`<a id='a'>`\n\n## A", ["a"]),
    ],
)
def test_an_id_of_the_author_s_stays_hers(text, ids):
    assert READER.read(text, 1, "posts/a.md").ids == ids
    assert READER.read("## A", 1, "posts/b.md").ids == ["a"]
