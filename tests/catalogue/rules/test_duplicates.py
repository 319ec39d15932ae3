"""A text that two files have is told in the one that looks like the copy."""

from itertools import permutations

import pytest

from building.judge_site import judge_site
from building.settings import read_constants
from catalogue.record_reader import read_record
from catalogue.rules.duplicates import SAME_TEXT, check_duplicates
from catalogue.text.markdown_reader import MarkdownReader

BODIES = MarkdownReader()
LONG = "Words that are said in one post only, " * 5


def read(path, body=LONG, title="A", date="2024-05-01", **header):
    lines = [f"Title: {title}", f"Date: {date}", *(f"{k}: {v}" for k, v in header.items())]
    text = "\n".join([*lines, "", body, ""])
    return read_record(path, "page" if path.startswith("pages") else "post", text.encode(), BODIES)


def judge(*records):
    return [(p.path, p.level) for p in check_duplicates(records)]


@pytest.mark.parametrize(
    ("copy", "original"),
    [
        ("posts/a - Copy.md", "posts/a.md"),
        ("posts/a - Copy (2).md", "posts/a.md"),
        ("posts/a copy.md", "posts/a.md"),
        ("posts/Copy of a.md", "posts/a.md"),
        ("posts/a (1).md", "posts/a.md"),
        ("posts/a (Ann's conflicted copy 2024-05-01).md", "posts/a.md"),
        ("posts/b.md", "posts/a.md"),
        ("posts/2025/a.md", "pages/a.md"),
    ],
)
def test_two_files_with_one_text_are_both_named(copy, original):
    for pair in permutations([read(copy), read(original, title="B", date="2025-01-01")]):
        (problem,) = check_duplicates(pair)
        assert (problem.path, problem.line, problem.level) == (copy, 0, "error")
        assert f"same as that of {original}." in problem.text
        assert "Delete one of the two" in problem.text


def test_blank_lines_around_it_make_no_other_text():
    one, other = read("posts/a.md"), read("posts/b.md", f"\n{LONG}\n\n")
    assert judge(one, other) == [("posts/b.md", "error")]


def test_each_further_copy_is_told():
    records = [read(f"posts/{name}.md") for name in "abcd"]
    assert [path for path, _ in judge(*records)] == ["posts/b.md", "posts/c.md", "posts/d.md"]


def test_a_copy_that_is_a_draft_is_a_warning():
    draft = read("posts/a - Copy.md", Status="draft")
    assert judge(read("posts/a.md"), draft) == [(draft.path, "warning")]
    draft = read("posts/a.md", Status="draft")
    assert judge(draft, read("posts/b.md")) == [("posts/b.md", "warning")]


@pytest.mark.parametrize(
    "other",
    [read("posts/b.md", "Said."), read("posts/b.md", LONG + "more"), read("posts/b.md", "")],
)
def test_another_text_is_no_problem(other):
    assert judge(read("posts/a.md"), other) == []


def test_a_few_words_may_be_said_again_under_another_title_or_on_another_day():
    said = "Tell us in the comments."
    first = read("posts/a.md", said)
    assert judge(first, read("posts/b.md", said)) == [("posts/b.md", "error")]
    assert judge(first, read("posts/b.md", said, title="B")) == []
    assert judge(first, read("posts/b.md", said, date="2024-06-01")) == []


def test_files_without_a_text_are_no_copies():
    assert judge(read("posts/a.md", ""), read("posts/b.md", " ")) == []


def test_each_slip_is_told_once(tmp_path):
    names = ("a.md", "a - Copy.md", "a (Ann's conflicted copy 2024-05-01).md", "b.md", "b copy.md")
    for number, name in enumerate(names):
        path = tmp_path / "posts" / name
        path.parent.mkdir(exist_ok=True)
        header = f"Title: {name}\nDate: 2024-05-01\nTags: Reading\n"
        said = LONG if name.startswith("a") else f"{LONG} {number}"
        path.write_text(f"{header}\n{said}\n", encoding="utf-8")
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics/reading.md").write_text("Title: Reading\n\nBooks.\n", encoding="utf-8")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/about.md").write_text("Title: About\n\nWho.\n", encoding="utf-8")
    twice = "Title: C\nDate: 2024-05-02\nTags: Reading\n\n[One](no.md) and [two](no.md).\n"
    (tmp_path / "posts/c.md").write_text(twice, encoding="utf-8")
    told = judge_site({**read_constants(), "PATH": str(tmp_path), "READING_CACHE": ""}).problems
    assert [(p.path, p.level, p.text.partition(". ")[0]) for p in told] == [
        ("posts/b copy.md", "warning", 'This looks like a copy of "b.md"'),
        (f"posts/{names[2]}", "error", f"{SAME_TEXT} posts/a.md"),
        ("posts/a - Copy.md", "error", f"{SAME_TEXT} posts/a.md"),
        ("posts/c.md", "error", "There is no page or file no.md"),
    ]
