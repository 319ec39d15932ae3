"""The benchmark: its made-up site is a fair one, and its figures are what was measured."""

import io
import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from functools import partial
from statistics import median
from zoneinfo import ZoneInfo

import pytest
from ruamel.yaml import YAML

from benchmarks import bench as runner
from benchmarks.bench import Runs, compare_runs, measure, run_timed, watch_memory
from benchmarks.corpus import (
    MOST_TOPICS,
    YEARS,
    make_corpus,
    write_hugo,
    write_own,
    write_pelican,
)
from benchmarks.costs import check_present
from benchmarks.pictures import measure_pictures
from benchmarks.report import SCENARIOS, format_figures
from benchmarks.tools import Tool
from catalogue.catalogue import read_catalogue
from catalogue.judging import View
from catalogue.problems import Refused
from commands.bench import bench, copy_project
from tests.conftest import PROJECT

DIGEST = """
from hashlib import sha256
from benchmarks.corpus import make_corpus
print(sha256(repr(make_corpus(40, 6)).encode()).hexdigest())
"""


@pytest.fixture(scope="module")
def corpus():
    return make_corpus(400, 20)


@pytest.fixture(scope="module")
def texts(corpus, tmp_path_factory):
    """Return the folders that hold the corpus in each dialect."""
    folder = tmp_path_factory.mktemp("dialects")
    for name, write in (("own", write_own), ("hugo", write_hugo), ("pelican", write_pelican)):
        write(corpus, folder / name)
    return folder


def test_the_same_numbers_make_the_same_site_in_every_process():
    runs = [
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            cwd=PROJECT,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout
    assert len(runs[0].stdout.strip()) == 64


def test_other_numbers_make_another_site():
    first, more = make_corpus(20, 5), make_corpus(21, 5)
    assert (len(first.posts), len(more.posts), len(first.topics)) == (20, 21, 5)
    assert first.posts[0].body != more.posts[0].body


def test_the_posts_have_the_lengths_of_a_blog(corpus):
    lengths = [len(post.body.split()) for post in corpus.posts]
    assert 400 <= median(lengths) <= 500
    assert max(lengths) > 3 * median(lengths)
    assert min(lengths) < median(lengths) / 3


def test_the_posts_have_the_facts_of_a_blog(corpus):
    posts = corpus.posts
    names = {topic.name for topic in corpus.topics}
    assert {len(post.topics) for post in posts} == {1, 2, 3}
    assert {name for post in posts for name in post.topics} == names
    assert len({post.slug for post in posts}) == len({post.title for post in posts}) == len(posts)
    assert [post.date for post in posts] == sorted(post.date for post in posts)
    assert len({post.date.year for post in posts}) == YEARS
    assert min(post.comments for post in posts) == 0
    assert max(post.comments for post in posts) > 10


@pytest.mark.parametrize(
    "sign",
    [
        r"^## \w",
        r"^\* \w",
        r"^1\. \w",
        r"^> \w",
        r"\w'\w",
        r"\*\*\w",
        r'"\w',
        " -- ",
        r"\]\(http",
        "&",
    ],
)
def test_many_posts_have_every_kind_of_markup(corpus, sign):
    assert sum(bool(re.search(sign, post.body, re.MULTILINE)) for post in corpus.posts) > 20


def test_most_posts_are_linked_to_and_only_by_later_ones(texts, corpus):
    places = {post.slug: number for number, post in enumerate(corpus.posts)}
    linked = set()
    for number, post in enumerate(corpus.posts):
        body = (texts / "own" / "posts" / f"{post.slug}.md").read_text("utf-8")
        targets = {places[slug] for slug in re.findall(r"\]\(([a-z0-9-]+)\.md\)", body)}
        assert all(target < number for target in targets)
        linked |= targets
    assert len(linked) > len(corpus.posts) / 2


@pytest.mark.parametrize("topics", [1, 20, MOST_TOPICS])
def test_the_check_has_nothing_to_say_of_it(tmp_path, topics):
    write_own(make_corpus(120, topics), tmp_path)
    now = datetime(2026, 11, 23, tzinfo=UTC)
    catalogue = read_catalogue(tmp_path, View(ZoneInfo("UTC"), now, 10))
    assert catalogue.problems == []
    assert (len(catalogue.posts), len(catalogue.topic_names) > topics) == (120, True)


def test_each_dialect_says_the_same_of_a_post(texts, corpus):
    links = {
        "own": r"\(([a-z0-9-]+)\.md\)",
        "pelican": r"\(\{filename\}([a-z0-9-]+)\.md\)",
        "hugo": r'\(\{\{< relref "([a-z0-9-]+)\.md" >\}\}\)',
    }
    for post in corpus.posts[::20]:
        bodies, marked = {}, {}
        for name, link in links.items():
            text = (texts / name / "posts" / f"{post.slug}.md").read_text("utf-8")
            header, body = text.split("\n---\n\n" if name == "hugo" else "\n\n", 1)
            bodies[name], marked[name] = re.sub(link, r"(\1)", body), header
        assert bodies["own"] == bodies["pelican"] == bodies["hugo"]
        front = YAML(typ="safe").load(io.StringIO(marked["hugo"].removeprefix("---\n")))
        assert (front["title"], front["topics"]) == (post.title, post.topics)
        assert (front["comments"], front.get("description", "")) == (post.comments, post.summary)
        assert marked["own"] == marked["pelican"]
        assert f"Tags: {', '.join(post.topics)}" in marked["own"]


def test_a_ratio_is_the_median_of_those_of_the_pairs():
    own = Runs([1.0, 8.0, 3.0], [2.0, 2.0, 2.0], 50)
    peer = Runs([2.0, 2.0, 3.0], [4.0, 1.0, 8.0], 200)
    found = compare_runs(own, peer)
    assert found["ratios"] == [0.5, 4.0, 1.0]
    assert (found["ratio"], found["cpu_ratio"], found["memory_ratio"]) == (1.0, 0.5, 0.25)
    assert (found["own"]["median"], found["peer"]["median"]) == (3.0, 2.0)
    assert (found["own"]["seconds"], found["peer"]["peak"]) == ([1.0, 8.0, 3.0], 200)


def test_what_was_not_measured_is_no_figure():
    found = compare_runs(Runs([1.0], [0.0]), Runs([2.0], [0.0]))
    assert (found["ratio"], found["cpu_ratio"], found["memory_ratio"]) == (0.5, None, None)


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    """Return the figures of a small site, against the peer that is always there, and where it was made."""
    folder, said = tmp_path_factory.mktemp("memory"), []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runner, "measure_pictures", partial(measure_pictures, count=2))
        patch.setattr(runner, "MEMORY", folder)
        return measure(20, 4, "pelican", 1, said.append, os.environ, copy_project), folder, said


def test_the_figures_hold_every_scenario_and_can_be_written_as_json(result):
    found = json.loads(json.dumps(result[0]))
    assert found == result[0]
    assert (found["posts"], found["topics"], found["runs"]) == (20, 4, 1)
    assert found["peer"].startswith("pelican 4.12.")
    assert list(found["scenarios"]) == ["cold", "unchanged", "edit"]
    for scenario in found["scenarios"].values():
        (mine,), (other,) = scenario["own"]["seconds"], scenario["peer"]["seconds"]
        assert scenario["ratios"] == [scenario["ratio"]] == [mine / other]
        assert min(mine, other) > 0
    assert found["sites"]["own"]["files"] > found["sites"]["peer"]["files"] > 20


def test_the_plugins_are_all_measured_and_nothing_else(result):
    plugins = result[0]["plugins"]
    assert {"topics", "comments", "questions", "citations", "feeds", "related_posts"} <= set(
        plugins
    )
    assert not {"templates"} & set(plugins)
    assert plugins["citations"]["drawing"] > 0
    assert all(cost["handlers"] >= 0 for cost in plugins.values())


def test_what_has_another_name_by_now_is_not_left_out_of_the_measure_in_silence():
    check_present(["cite"], {"cite": 1}, "name")
    with pytest.raises(LookupError, match="no name in the context cite: mend "):
        check_present(["cite", "feeds"], {"feeds": 1}, "name in the context")


def test_the_report_is_a_table_with_a_line_for_each_scenario(result):
    lines = format_figures(result[0]).splitlines()
    assert lines[0].startswith("20 posts in 4 topics, 1 runs in turn, ")
    for name, title in SCENARIOS.items():
        (line,) = [line for line in lines if line.startswith(title)]
        assert f"  {result[0]['scenarios'][name]['ratio']:.2f}  " in line
    assert lines[-1].startswith("The catalogue's plugins: ")
    assert lines[-2].startswith("Pictures: 2 photographs of 12 megapixels in ")
    assert re.match(
        r"Besides, search: the index of \d+ texts in [\d.]+ s; cards: 20 in ", lines[-3]
    )


def test_pictures_cost_nothing_when_they_are_there(result):
    pictures = result[0]["pictures"]
    assert 0 < pictures["unchanged"] < pictures["cold"] / 10


def test_nothing_is_left_behind(result):
    _, folder, said = result
    assert list(folder.iterdir()) == []
    assert len(said) == 8


@pytest.mark.parametrize("run", [run_timed, watch_memory])
def test_a_tool_that_fails_is_named_with_its_last_words(tmp_path, run):
    words = [sys.executable, "-c", "import sys; sys.exit('no such theme')"]
    with pytest.raises(Refused, match="peer ended with 1:\nno such theme"):
        run(Tool("peer", tmp_path, words))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what processes share")
def test_the_memory_of_all_processes_counts(tmp_path):
    child = "import time; held = b'x' * 60_000_000; time.sleep(0.5)"
    words = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    peak = watch_memory(Tool("two", tmp_path, [sys.executable, "-c", words]))
    assert 60_000_000 < peak < 120_000_000


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((9, 20, "hugo", 5), "9 posts are too few to measure. Write --posts 10 or more."),
        ((100, 0, "hugo", 5), "There can be 1 to 500 topics, and here are 0. Write --topics 20"),
        ((100, 501, "hugo", 5), "There can be 1 to 500 topics, and here are 501."),
        ((100, 20, "hugo", 0), "At least one run is needed. Write --runs 5"),
        ((100, 20, "jekyll", 5), "There is no peer “jekyll”. Write --peer hugo or --peer pelican"),
        ((100, 20, "hugo", 5, "/no/such/folder/a.json"), "There is no folder for /no/such/folder/"),
    ],
)
def test_what_cannot_be_measured_is_refused_in_one_sentence(capsys, words, sentence):
    assert bench(*words) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith(sentence)
    assert output.err.count("\n") == 1
