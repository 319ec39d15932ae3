"""A tag that names no topic is told with what to write instead."""

import pytest

from catalogue.authority import group_topic_names
from catalogue.records import Record
from catalogue.rules.tags import check_post_tags

NAMES = {"Customer service": ["patron care"], "Reading": [], "Weeding": []}
OWNERS = group_topic_names(
    Record(f"topics/{number}.md", "topic", title=title, values={"Title": title, "Used-for": names})
    for number, (title, names) in enumerate(NAMES.items())
)


def post(*tags, category=()):
    values = {"Tags": list(tags), "Category": list(category)}
    return Record("posts/a.md", "post", values=values, lines={"Tags": 3, "Category": 4})


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
