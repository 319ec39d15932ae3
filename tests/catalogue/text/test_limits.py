"""What comes out of a text is in proportion to what went in, or the text is refused with a sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.text.comment_reader import CommentReader
from catalogue.text.limits import (
    FREE,
    MOST_GROWN,
    check_growth,
    measure_room,
)
from catalogue.text.markdown_reader import MarkdownReader
from tests.conftest import shorten

READER = MarkdownReader()
COMMENTS = CommentReader()
LONG = "x" * 2_000
WORDS = "word " * 400


def refuse(text, reader=READER):
    """Return what is said of a text that becomes too long, after holding that it would."""
    (problem,) = reader.read(text, 1, "posts/a.md").problems
    assert problem.level == "error"
    return problem.line, problem.text


@pytest.mark.parametrize(
    ("text", "line", "name"),
    [
        (f"[a]: https://e.example/{LONG}\n\n" + "[a]" * 1_000, 1, "[a]"),
        (f"x\n\n[a]:\n  {LONG}\n\n" + "[b][A] " * 1_000, 3, "[a]"),
        (f"[a]: b '{WORDS}'\n\n" + "[a][]\n" * 1_000, 1, "[a]"),
        (f"[a]: b\n({WORDS})\n\n" + "![][a]\n" * 1_000, 1, "[a]"),
        (f"> - [a b]: {LONG}\n\n" + "[a\nb] " * 1_000, 1, "[a b]"),
        (f"[a]: b\n[c]: {LONG}\n[d]: e\n\n" + "[a] [c] [d] " * 800, 2, "[c]"),
        (f"*[A]: {WORDS}\n\n" + "A " * 1_000, 1, "*[A]"),
        (f"> - *[A]: {WORDS}\n\n" + "A " * 1_000, 1, "*[A]"),
        (f"[a\\]]: {LONG}\n\n" + "[a\\]] " * 1_000, 1, "[a\\]]"),
        (f"> [a\n> b]: {LONG}\n\n" + "[a b] " * 1_000, 1, "[a b]"),
        ('[a]: b "' + "c\n" * 1_000 + '"\n\n' + "[a] " * 1_000, 1, "[a]"),
        (f"*[x\n\n*[A]: {WORDS}\n\n" + "A " * 1_000, 3, "*[A]"),
    ],
)
def test_a_long_definition_that_is_used_often_is_refused_in_its_line(text, line, name):
    found = refuse(text)
    assert found[0] == line
    assert found[1].startswith(f"{name} stands for ")
    assert "too much for one page. Shorten what it stands for." in found[1]


def test_the_length_and_the_number_of_uses_are_told():
    text = f"[a]: {LONG}\n\n" + "[a]" * 1_000
    assert refuse(text)[1].startswith(
        "[a] stands for 2,000 characters and is used more than 100 times, too much"
    )


def test_a_comment_is_refused_likewise():
    line, text = refuse(f"[a]: https://e.example/{LONG}\n\n" + "[a]" * 1_000, COMMENTS)
    assert (line, text.startswith("[a] stands for 2,018 characters")) == (1, True)


@pytest.mark.parametrize(
    "text",
    [
        f"[a]: https://e.example/{'x' * 200}\n\n" + "See [this][a]. " * 400,
        "*[HTML]: HyperText Markup Language\n\n" + "HTML is a language. " * 2_000,
        f"*[A]: {WORDS}\n\nWhat A is.",
        f'[^1]: "{WORDS}" {WORDS}\n\n' + "See[^1]. " * 300,
        "\n".join(f"[{n}]: https://e.example/{n}" for n in range(900)) + "\n\n" + "[5] " * 900,
        f"[a]: /{LONG}\n[b]: c\n\n" + "a " * 5_000 + "[b]",
        f"[a]: b\n[a]: /{LONG}\n\n" + "[a]\n" * 1_000,
        f"[a]: /{LONG}\n[b]: c\n\n" + "`[a]` \\[a] " * 1_000 + "[b]",
    ],
    ids=shorten,
)
def test_what_people_define_is_not_too_much(text):
    assert READER.read(text, 1, "posts/a.md").problems == []


@pytest.mark.parametrize("rows", [1_000, 4_000])
def test_a_wide_table_of_short_rows_is_refused(rows):
    table = "|a" * 98 + "|\n" + "|-" * 98 + "|\n" + "|b\n" * rows
    assert refuse(table) == (
        2 + 207,
        "The tables up to here lack more than 20,000 cells, too many for one page. "
        "Take columns away that stay empty.",
    )


def test_the_rows_below_a_table_are_no_rows_of_it():
    table = "|a" * 100 + "|\n" + "|-" * 100 + "|\n" + "|b\n" * 90 + "\n"
    assert READER.read(table + "a line\n" * 5_000, 1, "posts/a.md").problems == []


def test_html_out_of_proportion_is_refused_whatever_swelled_it():
    text, room = "word " * 100, measure_room(500)
    assert room == MOST_GROWN * 500 + FREE
    assert check_growth(text, "x" * room, 7, "a.md") == []
    (problem,) = check_growth(text, "x" * (room + 1), 7, "a.md")
    assert (problem.line, problem.level) == (7, "error")
    assert problem.text.startswith(
        "The 500 characters of this text become 110,001 on the page. Take"
    )


pieces = st.sampled_from(
    [
        *(
            "[a]",
            "[A][a]",
            "![][a]",
            "[a][]",
            "A ",
            "x[^a] ",
            "|",
            "|-",
            "|\n",
            "\n",
            "\n\n",
            "> ",
            "- ",
        ),
        *(f"[a]: {LONG}\n", f"\n\n[a]: b '{WORDS}'\n", f"\n\n*[A]: {WORDS}\n", "\n\n[^a]: b\n\n"),
        *("<a@b.c> ", "&", '"', "<b>", "</b>", "# a\n", "`", "*", "\\", "A\n: b\n", "    "),
    ]
)


@settings(deadline=None, database=None, max_examples=150)
@given(st.lists(st.tuples(pieces, st.sampled_from([1, 1, 2, 20, 500])), max_size=8))
def test_no_text_that_passes_becomes_much_longer(parts):
    text = "".join(piece * count for piece, count in parts)
    body = READER.read(text, 1, "posts/a.md")
    if not any(problem.level == "error" for problem in body.problems):
        assert len(body.html) <= measure_room(len(text))
