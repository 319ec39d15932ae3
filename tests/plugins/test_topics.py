"""A tag is a topic with a record, whichever of its names is used; else the nearest is named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.records import Record
from plugins.topics import (
    check_tags,
    describe_unknown,
    fold_name,
    group_names,
    make_topic,
    select_topics,
    select_visible,
)


def topic(title, used_for=(), path=""):
    slug = title.lower().replace(" ", "-")
    values = {"Title": title, "Used-for": list(used_for)} if used_for else {"Title": title}
    lines = {"Title": 1, "Used-for": 2}
    return Record(path or f"topics/{slug}.md", "topic", slug, title, values, lines)


def post(*tags, category=()):
    values = {"Tags": list(tags), "Category": list(category)}
    return Record("posts/a.md", "post", values=values, lines={"Tags": 3, "Category": 4})


SERVICE = topic("Customer service", ["patron care", "reader services"])
READING, WEEDING = topic("Reading"), topic("Weeding")
OWNERS, _ = group_names([SERVICE, READING, WEEDING])


@pytest.mark.parametrize(
    "name",
    [
        "Customer service",
        "customer-service",
        "CUSTOMER_SERVICE",
        " Customer   Service ",
        "patron care",
        "Reader\u00a0services",
        "cust\u200bomer service",
        "Ｃustomer service",
    ],
)
def test_every_spelling_and_variant_is_one_topic(name):
    assert OWNERS[fold_name(name)] is SERVICE
    assert check_tags(post(name), OWNERS) == []
    assert select_topics(post(name), OWNERS) == [SERVICE]


def test_a_post_is_filed_once_under_each_topic_in_the_order_of_its_tags():
    record = post("weeding", "customer-service", "Patron care", category=["Reading"])
    assert select_topics(record, OWNERS) == [WEEDING, SERVICE, READING]


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
    (problem,) = check_tags(post(name), OWNERS)
    assert (problem.path, problem.line, problem.level) == ("posts/a.md", 3, "warning")
    assert words in problem.text


def test_a_category_is_judged_on_its_own_line():
    (problem,) = check_tags(post(category=["Robots"]), OWNERS)
    assert problem.line == 4


def test_two_records_cannot_have_one_name():
    other = topic("Patron care", path="topics/other.md")
    owners, problems = group_names([SERVICE, other])
    assert owners[fold_name("patron care")] is SERVICE
    assert {(p.path, p.line, p.level) for p in problems} == {("topics/other.md", 1, "error")}
    assert "is a name of the topic in topics/customer-service.md already" in problems[0].text


def test_a_record_may_repeat_its_own_names():
    assert group_names([topic("Reading", ["reading", "READING"])])[1] == []


def test_a_topic_that_only_hidden_posts_have_is_hidden():
    hidden, both, unused = topic("Hidden"), topic("Both"), topic("Unused")
    owners, _ = group_names([hidden, both, unused])
    shown, kept = select_visible(
        [both, hidden, unused], [post("Both")], [post("Hidden", "both")], owners
    )
    assert (shown, kept) == ([both, unused], [hidden])


def test_a_page_of_a_topic_shows_its_record():
    made = make_topic(SERVICE, "<p>Scope</p>")
    assert (made.name, made.url) == ("Customer service", "topics/customer-service/")
    assert made.feed == "topics/customer-service/feed.atom.xml"
    assert made.description == "Posts about Customer service."
    assert (made.posts, made.comments) == (0, 0)
    assert made.used_for == ["patron care", "reader services"]


@settings(deadline=None, database=None, max_examples=100)
@given(st.text(max_size=200))
def test_any_name_is_answered_in_one_short_line(name):
    text = describe_unknown(name, OWNERS)
    assert text.isprintable()
    assert len(text) <= 300
    assert fold_name(fold_name(name)) == fold_name(name)
