"""Whichever of its names is used, it is one topic; relations hold both ways."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.authority import (
    group_relations,
    group_topic_names,
    list_variants,
    select_published_topics,
    select_topics,
    suggest_topic,
)
from catalogue.folding import fold_name
from catalogue.records import Record
from catalogue.spelling import Guesses
from tests.catalogue.topic_records import post, read_topics
from tests.conftest import fold


def topic(title, used_for=(), path=""):
    slug = title.lower().replace(" ", "-")
    values = {"Title": title, "Used-for": list(used_for)} if used_for else {"Title": title}
    lines = {"Title": 1, "Used-for": 2}
    return Record(path or f"topics/{slug}.md", "topic", slug, title, values, lines)


SERVICE = topic("Customer service", ["patron care", "reader services"])


READING, WEEDING = topic("Reading"), topic("Weeding")


OWNERS = group_topic_names([SERVICE, READING, WEEDING])


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
    assert select_topics(post(name), OWNERS) == [SERVICE]


def test_a_topic_s_slug_is_a_name_of_it_only_if_it_says_the_whole_name():
    plus = Record("topics/c.md", "topic", title="C++", values={"Title": "C++"})
    desk = Record("topics/desk.md", "topic", title="Service", values={"Title": "Service"})
    owners = group_topic_names([plus, desk])
    assert owners[fold_name("c++")] is plus
    assert owners[fold_name("Desk")] is desk
    assert fold_name("C") not in owners
    plain = Record("topics/c-2.md", "topic", title="C", values={"Title": "C"})
    assert group_topic_names([plus, plain])[fold_name("C")] is plain


def test_a_post_is_filed_once_under_each_topic_in_the_order_of_its_tags():
    record = post("weeding", "customer-service", "Patron care", category=["Reading"])
    assert select_topics(record, OWNERS) == [WEEDING, SERVICE, READING]


def test_a_topic_that_only_hidden_posts_have_is_hidden():
    hidden, both, unused = topic("Hidden"), topic("Both"), topic("Unused")
    owners = group_topic_names([hidden, both, unused])
    topics, unpublished = [both, hidden, unused], [post("Hidden", "both")]
    assert select_published_topics(topics, [post("Both")], unpublished, owners) == [both, unused]


@settings(deadline=None, database=None, max_examples=100)
@given(st.text(max_size=200))
def test_any_name_is_answered_in_one_short_line(name):
    text = suggest_topic(name, OWNERS, Guesses())
    assert text.isprintable()
    assert len(text) <= 300
    assert fold_name(fold_name(name)) == fold_name(name)


def test_a_variant_that_is_the_same_name_is_no_variant():
    (record,) = read_topics(
        weeding="Used-for: WEEDING, de-selection, De Selection, Patron’s books, patron's books"
    )
    assert [fold(name) for name in list_variants(record)] == ["de-selection", "Patron's books"]


def relate(**headers):
    """Return the relations of topics by the names of their files."""
    topics = read_topics(**headers)
    relations = group_relations(topics, group_topic_names(topics))

    def names(found):
        return sorted(record.slug for record in found.values())

    return {
        topic.slug: tuple(names(group) for group in vars(relations[topic.path]).values())
        for topic in topics
    }


def test_see_also_is_seen_from_both_sides_and_once():
    assert relate(a="See-also: B, C", b="See-also: a", c="") == {
        "a": (["b", "c"], [], []),
        "b": (["a"], [], []),
        "c": (["a"], [], []),
    }


def test_broader_is_narrower_from_the_other_side():
    assert relate(a="Broader: b, c", b="Broader: c", c="") == {
        "a": ([], ["b", "c"], []),
        "b": ([], ["c"], ["a"]),
        "c": ([], [], ["a", "b"]),
    }


def test_topics_that_are_not_shown_have_no_relations():
    topics = read_topics(a="See-also: b\nBroader: c", b="Broader: c", c="")
    relations = group_relations(topics[1:], group_topic_names(topics))
    assert topics[0].path not in relations
    assert "topics/a.md" not in str(relations)
