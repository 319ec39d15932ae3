"""The id of a heading is made of its words, and is neither the page's own nor one of the author's."""

import pytest

from catalogue.text.heading_ids import make_id
from catalogue.text.markdown_reader import MarkdownReader

READER = MarkdownReader()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Two Words", "two-words"),
        ("Él & Ça", "él--ça"),
        ("What's new?", "whats-new"),
        ("A -- b_c", "a----b_c"),
        ("Main", "my-main"),
        ("fn 1", "my-fn-1"),
        ("fn 1a", "fn-1a"),
        ("日本語", "日本語"),
        ("Cafe\u0301", "café"),
        ("हिन्दी", "हिन्दी"),
        ("🎉 !", "u1f389-u21"),
        ("", "section"),
    ],
)
def test_an_id_is_made_of_the_words(words, name):
    assert make_id(words) == name


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("## A\n\n## A", ["a", "a-1"]),
        ('<a name="a"></a>\n\n## A\n\n## A', ["a", "a-1", "a-2"]),
        ('## A\n\n## A\n\n<b id="a-1">x</b>', ["a", "a-2", "a-1"]),
        ("`<a id='a'>`\n\n## A", ["a"]),
    ],
)
def test_an_id_of_the_author_s_stays_hers(text, ids):
    assert READER.read(text, 1, "posts/a.md").ids == ids
    assert READER.read("## A", 1, "posts/b.md").ids == ["a"]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("## Comment\n\n## Comment\n\n## Comment 1", ["comment", "my-comment-1", "my-comment-1-1"]),
        ("## Fn\n\n## Fn[^a]\n\n[^a]: b", ["fn", "my-fn-1", "fnref-1", "fn-1"]),
    ],
)
def test_headings_alike_have_no_id_of_a_comment_or_a_note(text, ids):
    body = READER.read(text, 1, "posts/a.md")
    assert body.ids == ids
    assert not body.problems


def test_an_id_does_not_change_when_another_heading_is_put_before():
    ids = READER.read("## 日本語\n\n## !", 1, "posts/a.md").ids
    assert READER.read("## ?\n\n## 日本語\n\n## !", 1, "posts/a.md").ids[1:] == ids


def test_an_id_has_the_words_alone():
    text = "## A `<b>` *c*[^1] [d](https://e.org) <i>e</i>\n\n[^1]: x"
    assert READER.read(text, 1, "posts/a.md").ids[0] == "a-b-c-d-e"


def test_an_id_of_the_heading_s_own_is_taken_by_no_other():
    assert READER.read("## A\n\n## B {#a}", 1, "posts/a.md").ids == ["a-1", "a"]
