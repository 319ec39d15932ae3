"""Words that Markdown lost, or read as something else than was meant, are named with their line."""

import pytest

from plugins.bodies import BodyReader
from plugins.comment_bodies import CommentReader
from plugins.problems import count_errors

READER, COMMENTS = BodyReader(), CommentReader()


def read(text, first_line=1):
    return READER.read(text, first_line, "posts/a.md")


@pytest.mark.parametrize(
    "left", ["klzzwxh:0000\x03", "\x02klzzwxh:0000", "\x02", "\x03", "wzxhzdk:1\x03"]
)
@pytest.mark.parametrize("make", [BodyReader, CommentReader])
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
