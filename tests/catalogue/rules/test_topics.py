"""A name belongs to one topic; relations lead in no cycle and are of one kind between two topics."""

from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.authority import Relations, group_topic_names
from catalogue.folding import fold_name
from catalogue.records import Record
from catalogue.rules.topics import (
    check_relations,
    check_topic_names,
    find_broader_cycles,
    sum_above,
)
from tests.catalogue.topic_records import read_topics


def judge(**headers):
    """Return what is wrong with the relations of topics: file, line and text of each problem."""
    topics = read_topics(**headers)
    assert [p for topic in topics for p in topic.problems] == []
    problems = list(check_relations(topics, group_topic_names(topics)))
    assert {problem.level for problem in problems} <= {"error"}
    return [(problem.path, problem.line, problem.text) for problem in problems]


@pytest.mark.parametrize("name", ["Weeding", "weeding", "WEEDING", "De-Selection", "de  selection"])
def test_a_relation_may_name_a_topic_by_any_of_its_names(name):
    headers = {"weeding": "Used-for: de-selection", "shelves": f"See-also: {name}"}
    assert judge(**headers) == []


@pytest.mark.parametrize("key", ["See-also", "Broader"])
def test_a_name_that_no_topic_has_is_told_with_the_nearest(key):
    (problem,) = judge(weeding="", a=f"Used-for: x\n{key}: weedign")
    path, line, text = problem
    assert (path, line) == ("topics/a.md", 3)
    assert text.startswith(f"{key} names “weedign”, which is no topic yet. Did you mean “Weeding”?")
    (far,) = judge(a=f"{key}: Zebra")
    assert 'python3 tasks.py topic "Zebra"' in far[2]


@pytest.mark.parametrize("key", ["See-also", "Broader"])
def test_a_topic_is_not_told_that_it_means_itself(key):
    (problem,) = judge(weeding=f"Used-for: x\n{key}: weedign")
    assert "Did you mean" not in problem[2]


@pytest.mark.parametrize("key", ["See-also", "Broader"])
def test_a_topic_cannot_stand_in_relation_to_itself(key):
    (problem,) = judge(a=f"Used-for: b\n{key}: B")
    assert problem[:2] == ("topics/a.md", 3)
    assert "this topic itself" in problem[2]


def test_a_cycle_of_broader_topics_is_told_in_each_file_of_it():
    problems = judge(a="Broader: b", b="Broader: c", c="Broader: a", d="Broader: a", e="")
    assert sorted(path for path, _, _ in problems) == ["topics/a.md", "topics/b.md", "topics/c.md"]
    for _, line, text in problems:
        assert line == 2
        assert all(f"topics/{name}.md" in text for name in "abc")
        assert "topics/d.md" not in text
    assert "topics/a.md, topics/b.md, topics/c.md, topics/a.md" in problems[0][2] * 2


def test_two_cycles_are_told_both():
    problems = judge(a="Broader: b", b="Broader: a", c="Broader: d", d="Broader: c")
    assert sorted(path for path, _, _ in problems) == [f"topics/{name}.md" for name in "abcd"]


names = st.sampled_from("abcdefg")


hierarchies = st.dictionaries(names, st.sets(names, max_size=3)).map(
    lambda graph: {name: graph.get(name, set()) for name in "abcdefg"}
)


def make_relations(graph):
    return {name: Relations(broader=dict.fromkeys(sorted(up))) for name, up in graph.items()}


def has_no_cycle(graph):
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        return False
    return True


@settings(deadline=None, database=None)
@given(hierarchies)
def test_without_the_cycles_that_are_told_there_is_none(graph):
    cycles = find_broader_cycles(make_relations(graph))
    told = [name for cycle in cycles for name in cycle[1:]]
    assert len(told) == len(set(told)), "each topic is in one of them"
    for cycle in cycles:
        assert len(cycle) > 2
        assert cycle[0] == cycle[-1]
        assert all(up in graph[name] for name, up in pairwise(cycle))
    assert has_no_cycle({n: up - {n, *told} for n, up in graph.items() if n not in told})


@settings(deadline=None, database=None)
@given(hierarchies)
def test_the_topics_above_are_all_that_can_be_reached(graph):
    told = {name for cycle in find_broader_cycles(make_relations(graph)) for name in cycle}
    graph = {name: up - told for name, up in graph.items() if name not in told}
    bits = {name: 1 << number for number, name in enumerate(graph)}
    above = sum_above(make_relations(graph), bits)
    for name in graph:
        reached, waiting = set(), [name]
        while waiting:
            new = graph[waiting.pop()] - {name} - reached
            reached |= new
            waiting += new
        assert {other for other, bit in bits.items() if above[name] & bit} == reached


def test_a_term_with_two_broader_ones_that_meet_again_is_no_cycle():
    assert judge(a="Broader: b, c", b="Broader: d", c="Broader: d", d="") == []


@pytest.mark.parametrize(
    ("headers", "path", "kind"),
    [
        ({"a": "See-also: b\nBroader: b", "b": "See-also: c", "c": ""}, "a", "a broader"),
        ({"a": "See-also: c\nBroader: b", "b": "Broader: c", "c": ""}, "a", "a broader"),
        ({"a": "See-also: b", "b": "Broader: a"}, "a", "a narrower"),
        ({"a": "See-also: c", "b": "Broader: a", "c": "Broader: b"}, "a", "a narrower"),
    ],
)
def test_see_also_is_not_for_a_topic_above_or_below(headers, path, kind):
    problems = judge(**headers)
    assert problems[0][0] == f"topics/{path}.md"
    assert len(problems) == 1
    other = next(name for name in "bc" if f"See-also: {name}" in headers["a"])
    assert f"topics/{other}.md is {kind} topic of this one" in problems[0][2]


def test_a_long_chain_of_broader_topics_is_no_burden():
    chain = {f"t{n:04}": f"Broader: t{n + 1:04}" for n in range(1500)}
    assert judge(**chain, t1500="") == []
    assert len(judge(**chain, t1500="Broader: t0000")) == 1501


# Names


def topic(title, used_for=(), slug=""):
    slug = slug or title.lower().replace(" ", "-")
    values = {"Title": title, "Used-for": list(used_for)}
    return Record(f"topics/{slug}.md", "topic", slug, title, values)


def judge_names(*topics):
    return list(check_topic_names(topics, group_topic_names(topics)))


def test_two_records_cannot_have_one_name():
    other = topic("Patron care", slug="other")
    service = topic("Customer service", ["patron care"])
    assert group_topic_names([service, other])[fold_name("patron care")] is service
    problems = judge_names(service, other)
    assert {(p.path, p.line, p.level) for p in problems} == {("topics/other.md", 1, "error")}
    assert "is a name of the topic in topics/customer-service.md already" in problems[0].text


def test_a_record_may_repeat_its_own_names():
    assert judge_names(topic("Reading", ["reading", "READING"])) == []
