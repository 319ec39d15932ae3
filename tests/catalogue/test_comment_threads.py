"""Comments come in the order of their thread, and no cycle of answers keeps any of them back."""

from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.comment_threads import (
    count_comments,
    find_cycles,
    group_comments,
    list_anchors,
    name_comment,
    order_thread,
)
from catalogue.records import Record

UTC = ZoneInfo("UTC")


def comment(name, date="2026-01-01", reply_to="", slug="weeding"):
    values = {"Date": date, **({"Reply-to": reply_to} if reply_to else {})}
    return Record(f"comments/{slug}/{name}.md", "comment", values=values)


def order(*comments):
    """Return the names of comments in the order of their thread, each with the one it answers."""
    thread = order_thread(comments, UTC)
    return [(name_comment(one), above and name_comment(above)) for one, above in thread]


def test_each_comment_is_followed_by_its_answers_in_order_of_time():
    late, early = comment("b", "2026-01-02"), comment("c", "2026-01-01 08:00")
    answers = [comment("e", "2026-01-04", "c"), comment("d", "2026-01-03", "c")]
    assert order(late, *answers, early) == [("c", None), ("d", "c"), ("e", "c"), ("b", None)]
    assert order(comment("b"), comment("a")) == [("a", None), ("b", None)]


names = st.sampled_from("abcdef")


@settings(deadline=None, database=None)
@given(st.dictionaries(names, st.sampled_from(["", *"abcdefx"])))
def test_no_comment_is_lost_or_doubled_whatever_answers_what(parents):
    thread = order(*(comment(name, reply_to=parent) for name, parent in parents.items()))
    assert sorted(name for name, _ in thread) == sorted(parents)
    seen = {None}
    for name, above in thread:
        assert above in seen
        assert above in (None, parents[name])
        seen.add(name)


def test_a_long_chain_and_a_long_cycle_are_judged_in_no_time():
    parents = {str(n): str(n + 1) for n in range(100_000)}
    assert find_cycles({**parents, "100000": ""}) == []
    (cycle,) = find_cycles({**parents, "100000": "0"})
    assert len(cycle) == 100_001
    assert cycle[0] == "0"


def test_comments_are_grouped_by_the_post_that_their_folder_names():
    post = Record("posts/weeding.md", "post", slug="weeding")
    again = Record("posts/old/weeding.md", "post", slug="weeding")
    mine, stray = comment("a"), comment("b", slug="gone")
    assert group_comments([mine, stray], [post, again]) == {"posts/weeding.md": [mine]}


def test_the_number_is_that_of_the_files_or_else_the_one_that_is_stated():
    post = Record("posts/weeding.md", "post", values={"Comments": 3})
    assert count_comments(post, None) == 3
    assert count_comments(post, []) == 0
    assert count_comments(post, [comment("a")]) == 1


def test_a_page_has_a_place_for_its_comments_and_for_each():
    assert list_anchors([comment("2026-01-02-ann")]) == ["comments", "comment-2026-01-02-ann"]
