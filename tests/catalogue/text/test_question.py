"""A post that asks and answers is taken apart, and not a word of it is lost."""

import itertools
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.record_reader import read_record
from catalogue.text.markdown_reader import MarkdownReader
from catalogue.text.plain_text import strip_tags
from catalogue.text.question import Parts, split_question
from catalogue.text.typography import typeset
from tests.conftest import fold

HEADER = "Title: Wi-Fi\nDate: 2026-01-02\nTags: Reading\n"
LISTED = "## How\n\n- Query: Where?\n- Short answer: There.\n"
ASKED = "Query: Where is the *Wi-Fi*?\n\nShort answer: Everywhere.\n\nThe long answer.\n"


@pytest.fixture(scope="module")
def read():
    """Return a function that reads a post's body as the site does."""
    bodies = MarkdownReader()

    def read(body, header=HEADER, kind="post"):
        return read_record("posts/wifi.md", kind, f"{header}\n{body}".encode(), bodies)

    return read


@pytest.mark.parametrize(
    "body",
    [
        "Query: Why?\n\nShort answer: Because.",
        "Question: Why?\n\nShort answer: Because.",
        "QUERY: Why?\n\nSHORT ANSWER: Because.",
        "query : Why?\n\nshort  answer : Because.",
        "Query: Why?\n\nShort-answer: Because.",
        "**Query:** Why?\n\n**Short answer:** Because.",
        "**Query**: Why?\n\n*Short answer*: Because.",
        "**Query: Why?**\n\n***Short answer: Because.***",
        "__Question:__\nWhy?\n\n__Short answer:__\nBecause.",
        "Hello.\n\nQuery: Why?\n\nShort answer: Because.",
        "Hello.\n\nIt is late.\n\nQuery: Why?\n\nShort answer: Because.",
        '![A desk](../images/a.png "It was here")\n\nQuery: Why?\n\nShort answer: Because.',
        "Query: Why?\n\nI was asked this.\n\n- often\n\nShort answer: Because.\n\nMore.",
        "<!-- a note -->\n\nQuery: Why?\n\n## And so\n\nShort answer: Because.",
    ],
)
def test_a_post_that_asks_and_answers_is_a_question(read, body):
    record = read(body)
    assert (record.question, record.answer) == ("Why?", "Because.")
    assert (record.summary, record.description) == ("Because.", "Because.")
    assert record.problems == []


@pytest.mark.parametrize(
    "body",
    [
        "Query: Why?",
        "Query: Why?\n\nAnswer: Because.",
        "Short answer: Because.",
        "Short answer: Because.\n\nQuery: Why?",
        "Query:\n\nShort answer: Because.",
        "Query: Why?\n\nShort answer:\n\nBecause.",
        "Query Why?\n\nShort answer: Because.",
        "Query: Why?\n\nShort answer because.",
        "Queries: Why?\n\nShort answer: Because.",
        "My query: Why?\n\nShort answer: Because.",
        "> Query: Why?\n\nShort answer: Because.",
        "- Query: Why?\n\nShort answer: Because.",
        "## Query: Why?\n\nShort answer: Because.",
        "## Hello\n\nQuery: Why?\n\nShort answer: Because.",
        "One.\n\nTwo.\n\nThree.\n\nQuery: Why?\n\nShort answer: Because.",
        "Query: Why?\n\n> Short answer: Because.",
        "Query: Why?\n\n- One\n\n    Short answer: Because.",
        "Query: Why?\n\n<div>\n<p>Short answer: Because.</p>\n</div>",
        "    Query: Why?\n\nShort answer: Because.",
        "`Query: Why?`\n\nShort answer: Because.",
    ],
)
def test_a_post_that_does_not_is_none(read, body):
    record = read(body)
    assert (record.question, record.answer) == ("", "")
    assert split_question(record.html) is None


@pytest.mark.parametrize(
    "around", ["a href='/about/'", "h2", "li", "details", "figcaption", "blockquote", "section"]
)
def test_an_answer_within_something_else_is_no_answer(read, around):
    body = f"Query: Why?\n\n<{around}><p>Short answer: Because.</p></{around.split()[0]}>\n\nEnd."
    assert read(body).question == ""


def test_an_answer_after_a_list_or_a_quotation_is_found(read):
    body = "Query: Why?\n\n- One\n\n> Short answer: no.\n\n| A |\n|---|\n| b |\n\nShort answer: Because."
    assert read(body).answer == "Because."


def test_only_posts_ask(read):
    assert read(ASKED, "Title: Wi-Fi\n", kind="page").question == ""


def test_a_summary_of_the_author_s_own_stays_the_summary(read):
    record = read(ASKED, HEADER + "Summary: *Mine*.\n")
    assert (record.summary, record.answer) == ("<em>Mine</em>.", "Everywhere.")
    assert record.description == "Mine."


def test_the_answer_is_plain_text_wherever_it_is_the_summary(read):
    answer = '*Yes* &lt;b&gt;, [so](/about/)[^1] `<i>` & "no".'
    record = read(f'Query: "A" & <b>B</b>?\n\nShort answer: {answer}\n\n[^1]: Note.\n')
    assert record.question == "“A” & B?"
    assert record.answer == "Yes <b>, so <i> & “no”."
    assert fold(record.description) == fold(record.answer)
    assert fold(strip_tags(record.summary)) == fold(record.answer)
    assert "<b>" not in record.summary
    assert "<i>" not in record.summary


def test_an_answer_that_is_not_short_is_cut_in_lists_alone(read):
    words = [f"word{n}" for n in range(400)]
    record = read(f"Query: Why?\n\nShort answer: {' '.join(words)}")
    assert record.answer.split() == words
    assert 100 < len(record.summary.split()) < 200
    assert record.summary.endswith("…")


def test_an_answer_without_a_paragraph_of_its_own_is_told(read):
    (problem,) = read("Hello.\n\nQuery: Why?\n**Short answer:** Because.\n").problems
    assert (problem.line, problem.level) == (8, "warning")
    assert problem.text.endswith("Put a blank line before it.")


@pytest.mark.parametrize(
    ("body", "line", "label"),
    [
        ("Query:\n\nWhere?\n\nShort answer: There.\n", 5, "Query"),
        ("Query: Where?\n\nWords.\n\nShort answer:\n\nThere.\n", 9, "Short answer"),
        ("**Question:** Where?\n\n**Short answer:**\n- Here.\n- There.\n", 7, "Short answer"),
        ("Query: Where?\n\n*Short answer*:\n1. Here.\n", 7, "Short answer"),
    ],
)
def test_a_label_without_words_in_its_paragraph_is_told(read, body, line, label):
    (problem,) = read(body).problems
    assert (problem.line, problem.level) == (line, "warning")
    assert problem.text.startswith(
        f"“{label}:” stands alone, so this post is not read as a question"
    )


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("One.\n\nTwo.\n\nThree.\n\nQuery: Where?\n\nShort answer: There.\n", 11),
        ("## Asked\n\n**Query:** Where?\n\n**Short answer:** There.\n", 7),
    ],
)
def test_a_question_that_comes_too_late_is_told(read, body, line):
    (problem,) = read(body).problems
    assert (problem.line, problem.level) == (line, "warning")
    assert "so this post is not read as a question" in problem.text


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        (
            "Query: Where?\n\nThere.\n",
            5,
            "No paragraph behind “Query:” begins with “Short answer:”",
        ),
        ("Hello.\n\nQuery: Where?\n\nAnswer: There.\n", 7, "Write one, or another word."),
        ("Short answer: There.\n\nQuestion: Where?\n", 7, "No paragraph behind “Question:” begins"),
        ("## Query: Where?\n\nShort answer: There.\n", 5, "Write Query: without the ## before it."),
        ("> Question: Where?\n\n**Short answer:** There.\n", 5, "Write Question: without the >"),
    ],
)
def test_a_question_that_is_not_read_as_one_is_told(read, body, line, words):
    (problem,) = read(body).problems
    assert (problem.line, problem.level) == (line, "warning")
    assert words in problem.text


@pytest.mark.parametrize(
    "body",
    [
        "Question: Where?\n\nAnswer: There.\n",
        "The query: x\n",
        "## Query: tips\n\nWords.\n",
        "A query.\n",
    ],
)
def test_a_text_about_questions_is_none_and_nothing_is_told(read, body):
    assert read(body).problems == []


@pytest.mark.parametrize(
    "body",
    [ASKED, "Query:\nWhere?\n\nShort answer:\nThere.\n", "A short answer:\n\n- yes\n", LISTED],
)
def test_nothing_is_told_of_a_label_with_its_words(read, body):
    assert read(body).problems == []


def test_the_pieces_are_in_the_order_that_they_are_shown(read):
    body = "Hello.\n\n**Query: *Why*?**\n\nBetween.\n\n**Short answer:** So.\n\nAfter.\n\nEnd."
    assert split_question(read(body).html) == Parts(
        lead="<p>Hello.</p>",
        label="Query:",
        question="<strong><em>Why</em>?</strong>",
        reply="Short answer:",
        answer="So.",
        rest="<p>Between.</p>\n<p>After.</p>\n<p>End.</p>",
    )


PARAGRAPHS = [
    "<p>Hello *there*.</p>",
    "<p>Query: One?</p>",
    "<p><strong>Question</strong>: Two?</p>",
    "<p><strong>Query: Three?</strong></p>",
    "<p>Short answer: Four.</p>",
    "<p><em><strong>Short answer:</strong> Five.</em></p>",
    "<ul>\n<li>\n<p>Short answer: Six.</p>\n</li>\n</ul>",
    "<blockquote>\n<p>Query: Seven?</p>\n</blockquote>",
    "<pre><code>&lt;p&gt;Short answer: Eight.\n</code></pre>",
    "<h2>Nine</h2>",
]


@pytest.mark.parametrize("length", [2, 3])
def test_no_word_is_lost_or_doubled_in_any_order_of_paragraphs(length):
    found = 0
    for order in itertools.permutations(PARAGRAPHS, length):
        source = typeset("\n".join(order))
        parts = split_question(source)
        if parts:
            found += 1
            words = " ".join(strip_tags(f" {piece} ") for piece in vars(parts).values())
            assert Counter(words.split()) == Counter(strip_tags(source).split()), order
            for piece in (parts.question, parts.answer):
                assert piece.count("<") == 2 * piece.count("</"), order
    assert found


@settings(deadline=None, database=None, max_examples=300)
@given(st.lists(st.sampled_from([*PARAGRAPHS, "<p>", "</p>", "Query:", "<p>Query", "\n", "<"])))
def test_no_html_makes_it_stumble(pieces):
    split_question("".join(pieces))
