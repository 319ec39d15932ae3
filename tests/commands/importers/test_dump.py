"""A dump is read as it was made, or each mistake is named with its line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.importers.dump import read_dump
from commands.importers.post import ImportedPost

quick = settings(deadline=None, database=None)


def read(text):
    posts, problems = read_dump(text, "dump.txt")
    assert problems == []
    return posts


def refuse(text):
    posts, problems = read_dump(text, "dump.txt")
    assert posts == []
    return [(problem.line, problem.text) for problem in problems]


@pytest.mark.parametrize("word", ["COM", "com", "Comment", "COMMENTS", "  COM ", "\u00a0COM\t"])
def test_each_spelling_of_com_begins_a_post(word):
    posts = read(f"A title\n\n12\n{word}\nWords.\n\nNext\n\n 0 \n{word}\nMore.")
    assert posts == [ImportedPost("A title", 12, "Words."), ImportedPost("Next", 0, "More.")]


@pytest.mark.parametrize(("seen", "count"), [("0", 0), ("007", 7), ("1,024", 1024), (" 5 ", 5)])
def test_a_count_is_a_whole_number(seen, count):
    assert read(f"T\n\n{seen}\nCOM\nW")[0].comments == count


@pytest.mark.parametrize(
    "body",
    [
        "I counted\n\n12\n\nof them.",
        "The word\n\nCOM\n\nis short.",
        "12\n\nCOM",
        "Lines\nof a poem\n5 or so\nCOM\nend",
        "COM",
        "One line\nafter another\n\nand a third.",
        "12 comments\n\nCOMMENTARY",
        "7",
        "",
    ],
)
def test_numbers_and_the_word_com_may_stand_in_a_text(body):
    posts = read(f"First\n\n1\nCOM\n{body}\n\nSecond\n\n2\nCOM\nEnd")
    assert posts == [ImportedPost("First", 1, body), ImportedPost("Second", 2, "End")]


def test_blank_lines_may_be_many_or_hold_blanks():
    text = "\n\n First  post \n\u00a0\n \n3\nCOM\n\n\nWords.\n\n\n\nSecond\n\n\n4\nCOM\nEnd\n\n"
    assert read(text) == [ImportedPost("First post", 3, "Words."), ImportedPost("Second", 4, "End")]


def test_a_title_may_follow_the_text_without_a_blank_line():
    assert read("A\n\n1\nCOM\nWords\nB\n\n2\nCOM\nEnd")[1].title == "B"


def test_a_title_may_be_the_word_comments_or_a_number():
    assert [p.title for p in read("Comments\n\n1\nCOM\nW\n\n1984\n\n2\nCOM\nE")] == [
        "Comments",
        "1984",
    ]


@pytest.mark.parametrize(
    ("text", "line", "seen"),
    [
        ("", 1, "empty"),
        ("\n \n", 1, "empty"),
        ("Only words\n\nand more", 1, "“Only words” was seen, and no post"),
        ("T\n\n0\n\nCOM\nW", 1, "no post"),
        ("T\n\nmany\nCOM\nW", 3, "“many” stands where the number"),
        ("T\n\n-3\nCOM\nW", 3, "“-3”"),
        ("T\n\n1.5\nCOM\nW", 3, "“1.5”"),
        ("T\n\n1 024\nCOM\nW", 3, "“1 024”"),
        ("T\n\n10,24\nCOM\nW", 3, "“10,24”"),
        ("T\n\n٣\nCOM\nW", 3, "“٣”"),
        ("T\n\n123456\nCOM\nW", 3, "99,999"),
        (f"T\n\n{'9' * 5000}\nCOM\nW", 3, "whole number"),
        (f"T\n\n1{',000' * 2000}\nCOM\nW", 3, "whole number"),
        ("T\n0\nCOM\nW", 2, "blank line"),
        ("0\nCOM\nW", 1, "without a title"),
        ("A\n\n0\nCOM\n\n5\nCOM\nW", 6, "without a title"),
        ("Preface\n\nT\n\n0\nCOM\nW", 1, "“Preface” stands before the first title, “T” in line 3"),
        ("x" * 201 + "\n\n0\nCOM\nW", 1, "201 characters"),
        ("♥ ♥\n\n0\nCOM\nW", 1, "no letter and no digit"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text, line, seen):
    assert [(found, seen in words) for found, words in refuse(text)] == [(line, True)]


def test_all_mistakes_are_told_at_once():
    text = "A\n\nmany\nCOM\nW\n\nB\n\n0\nCOM\nW\n\nC\n\n-1\nCOM\nW"
    assert [line for line, _ in refuse(text)] == [3, 15]


@quick
@given(st.text(st.sampled_from("aC O M0,1\n-\u00a0.")) | st.text())
def test_any_text_is_posts_or_problems_and_never_both(text):
    posts, problems = read_dump(text, "dump.txt")
    assert bool(posts) != bool(problems)
    assert all(1 <= problem.line <= text.count("\n") + 1 for problem in problems)


lines = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1).filter(
    lambda line: line.strip() and not line.upper().startswith("COM")
)


titles = lines.filter(lambda line: any(c.isalnum() for c in line) and len(line) <= 200)


@quick
@given(
    st.lists(
        st.builds(ImportedPost, titles, st.integers(0, 99_999), st.lists(lines).map("\n\n".join)),
        min_size=1,
    )
)
def test_a_dump_is_read_as_it_was_made(posts):
    text = "\n\n".join(f"{post.title}\n\n{post.comments}\nCOM\n{post.body}" for post in posts)
    assert read(text) == posts
