"""Related posts share topics, the rare ones before the common, in a time linear in the posts."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.related_posts import (
    MOST_POSTS,
    NEAREST,
    group_by_topic,
    relate_posts,
    select_candidates,
    weigh_topic,
)

quick = settings(deadline=None, database=None)
posts = st.lists(st.lists(st.sampled_from("abcdef"), unique=True, max_size=4), max_size=30)


def test_a_rare_topic_says_more_than_a_common_one():
    shelf = [["common"], ["common", "rare"], ["rare"], ["common"], ["common"]]
    assert relate_posts(shelf)[1][0] == 2


def test_two_topics_say_more_than_either():
    shelf = [["a"], ["a", "b"], ["b"], ["a", "b"]]
    assert relate_posts(shelf)[1][0] == 3


def test_of_equal_relations_the_nearest_in_time_comes_first_and_then_the_newer():
    assert relate_posts([["a"]] * 5)[2] == [1, 3, 0, 4]


def test_what_shares_no_topic_is_not_related():
    assert relate_posts([["a"], ["b"], []]) == [[], [], []]


@pytest.mark.parametrize(("size", "total"), [(1, 2), (5, 10), (10, 10), (10_000, 10_000)])
def test_every_topic_weighs_something_and_a_rarer_one_more(size, total):
    assert 0 < weigh_topic(size + 1, total + 1) <= weigh_topic(size, total + 1)


@quick
@given(posts)
def test_relations_are_few_and_each_shares_a_topic(shelf):
    for number, related in enumerate(relate_posts(shelf)):
        assert len(related) == len(set(related)) <= MOST_POSTS
        assert all(other != number and {*shelf[number]} & {*shelf[other]} for other in related)


@quick
@given(posts, st.randoms())
def test_the_order_of_a_posts_topics_changes_nothing(shelf, chance):
    mixed = [chance.sample(topics, len(topics)) for topics in shelf]
    assert relate_posts(mixed) == relate_posts(shelf)


@pytest.mark.parametrize("count", [100, 1000, 4000])
def test_the_pairs_that_are_weighed_grow_no_faster_than_the_posts(count):
    """One topic that all the posts have would make a pair of every two of them."""
    chance = random.Random(count)
    shelf = [["all", f"topic-{chance.randrange(50)}"] for _ in range(count)]
    pairs = sum(map(len, select_candidates(group_by_topic(shelf).values(), count)))
    assert pairs <= 2 * NEAREST * 2 * count


def test_a_post_with_many_topics_is_not_related_to_everything():
    broad = [f"topic-{n}" for n in range(30)]
    shelf = [["topic-1", "topic-2"], broad, ["topic-1", "topic-2"], ["other"], ["topic-1"]]
    assert relate_posts(shelf)[0] == [2, 4, 1]


def test_what_a_page_names_in_another_way_is_not_named_again():
    shelf = [["a"], ["a"], ["a"], ["a"]]
    assert relate_posts(shelf, {0: {1, 3}})[0] == [2]


def test_a_post_names_those_related_to_it(build_site):
    def post(day, tags):
        return f"Title: {day}\nDate: 2026-01-{day}\nTags: {tags}\n\nText.\n"

    site = build_site(
        {
            "topics/weeding.md": "Title: Weeding\n\nThrow away.\n",
            "posts/a.md": post("01", "Reading"),
            "posts/b.md": post("02", "Weeding"),
            "posts/c.md": post("03", "Reading, Weeding"),
            "posts/d.md": post("04", "Reading"),
            "posts/hidden.md": post("05", "Reading\nStatus: draft"),
            "posts/waiting.md": post("06", "Reading").replace("2026", "2036"),
            "posts/lonely.md": post("07", ""),
        }
    )
    links = [link.get("href") for link in site.page("posts/c/").under("Related")]
    assert links == ["/posts/a/"]  # those before and after it have a line of their own
    assert not site.page("posts/lonely/").under("Related")
