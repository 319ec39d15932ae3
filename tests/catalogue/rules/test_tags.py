"""A tag that names no topic is told with what to write instead."""

import pytest

from catalogue.authority import group_topic_names
from catalogue.records import Record
from catalogue.rules.tags import check_post_tags
from tests.catalogue.topic_records import post

NAMES = {"Customer service": ["patron care"], "Reading": [], "Weeding": []}
OWNERS = group_topic_names(
    Record(f"topics/{number}.md", "topic", title=title, values={"Title": title, "Used-for": names})
    for number, (title, names) in enumerate(NAMES.items())
)


@pytest.mark.parametrize("name", ["customer-service", "patron care", "Reading"])
def test_a_tag_that_names_a_topic_is_no_problem(name):
    assert list(check_post_tags([post(name)], OWNERS)) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Readng", "Did you mean “Reading”? If it is a new topic, run: python3 tasks.py topic"),
        ("Robots", 'make it a topic: run: python3 tasks.py topic "Robots"'),
        ("reading weeding", "Put commas between topics: Reading, Weeding"),
        ("♪", "Choose another."),
        ("C#", 'run: python3 tasks.py topic "C#"'),
        ("Lending", "is no topic yet, so the post is not filed under it. Choose another, or make"),
        ('a "$(x)`y`\\', 'run: python3 tasks.py topic "a (x)y"'),
        ("x" * 200, "Choose another."),
    ],
)
def test_a_tag_that_is_no_topic_is_answered(name, words):
    (problem,) = check_post_tags([post(name)], OWNERS)
    assert (problem.path, problem.line, problem.level) == ("posts/a.md", 3, "warning")
    assert words in problem.text


def test_a_category_is_judged_on_its_own_line():
    (problem,) = check_post_tags([post(category=["Robots"])], OWNERS)
    assert problem.line == 4


def judge(*posts):
    return [(p.path, p.line, p.text) for p in check_post_tags(posts, OWNERS)]


def named(path, **lines):
    values = {key.title(): names for key, names in lines.items()}
    return Record(f"posts/{path}", "post", values=values, lines={"Tags": 4, "Category": 3})


def test_a_tag_of_many_posts_is_one_line_with_their_number():
    posts = [named(f"{n}.md", tags=["Teens" if n % 2 else "teens", "Reading"]) for n in range(1235)]
    ((path, line, text),) = judge(*posts)
    assert (path, line) == ("posts/0.md", 4)
    assert text.startswith("“teens” is no topic yet, so 1,235 posts are not filed under it.")


def test_a_tag_counts_once_for_a_post_that_has_it_twice():
    ((path, line, text),) = judge(named("a.md", tags=["Teens"], category=["teens"]))
    assert (path, line) == ("posts/a.md", 3)
    assert "so the post is not filed under it" in text


def test_where_several_tags_are_no_topics_the_command_for_all_is_told_once():
    told = judge(named("a.md", tags=["Teens", "C++"]), named("b.md", tags=["♪"]))
    assert [(path, line) for path, line, _ in told] == [
        ("posts/a.md", 4),
        ("posts/a.md", 4),
        ("posts/b.md", 4),
        ("topics", 0),
    ]
    assert told[-1][2] == (
        "2 tags are no topics yet. To make a topic of each, run: python3 tasks.py topic --all"
    )


@pytest.mark.parametrize(
    "name", ["Reading", "reading ", "Readers\u2019 advisory", "AI / ML", "e\u2013books"]
)
def test_no_message_shows_one_name_twice(name):
    titles = ["Reading", "Readers' advisory", "AI/ML", "e-books"]
    topics = [Record(f"topics/{n}.md", "topic", title=t) for n, t in enumerate(titles)]
    assert list(check_post_tags([post(name)], group_topic_names(topics))) == []


def test_a_wild_guess_is_not_offered():
    topics = [
        Record(f"topics/{n}.md", "topic", title=t, values={"Title": t})
        for n, t in enumerate(["Children", "Lesen & Schreiben", "Lesen"])
    ]
    (problem,) = check_post_tags([post("Teens")], group_topic_names(topics))
    assert "Did you mean" not in problem.text
