"""The benchmark of a push runs the steps of the workflow as written, on a new copy each time."""

import shutil

import pytest
from ruamel.yaml import YAML

from benchmarks import pushing
from benchmarks.pushing import format_push, list_kept, list_steps, measure_push
from catalogue.problems import Refused
from tests.conftest import PROJECT, write_files

HAS_TOOLS = shutil.which("bash") and shutil.which("git")
WORKFLOW = """
on: push
jobs:
  build:
    steps:
      - uses: actions/cache/restore@0123 # v1.0.0
        with:
          path: |
            .cache
            ~/.kept
          key: some
      - name: Look
        run: |
          test "$(git rev-parse HEAD~1)" = "$BEFORE"
          test ! -e output
          grep -q '^FEED_AUTHORITY = "blog@' pelicanconf.py
          mkdir -p .cache ~/.kept other
          touch .cache/a ~/.kept/b
        env:
          BEFORE: ${{ github.event.before }}
          PLAIN: words
      - name: Build
        run: |
          test "$PLAIN" = ""
          STEP
          for file in content/posts/push-*.md; do
            mkdir -p output/posts/$(basename $file .md)
            touch output/posts/$(basename $file .md)/index.html
          done
      - name: Clear up
        if: failure()
        run: exit 3
"""


def read_job():
    path = PROJECT / ".github" / "workflows" / "pages.yml"
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))["jobs"]["build"]


def test_the_steps_are_those_of_the_workflow_that_run_on_a_push():
    commands = [step.command for step in list_steps(read_job())]
    assert 'python3 tasks.py changed --since "$BEFORE"' in commands
    assert 'python3 tasks.py build --siteurl "$SITE_URL"' in commands
    assert set(commands) <= {step.get("run") for step in read_job()["steps"]}


def test_what_is_kept_is_what_the_workflow_keeps():
    assert {".cache", "~/.local/state/libraries-got-game"} <= {*list_kept(read_job())}


@pytest.mark.parametrize(
    ("condition", "runs"),
    [
        ("failure()", False),
        ("always() && cancelled()", False),
        ("github.event_name == 'pull_request'", False),
        ("github.event_name != 'pull_request'", True),
    ],
)
def test_a_step_for_another_occasion_is_left_out(condition, runs):
    steps = list_steps({"steps": [{"run": "a", "if": condition}]})
    assert [step.command for step in steps] == (["a"] if runs else [])


def test_a_step_has_the_variables_of_its_job_and_one_with_a_token_is_left_out():
    steps = list_steps(
        {
            "env": {"A": "1", "B": 2, "C": "${{ github.sha }}"},
            "steps": [
                {"run": "a", "env": {"A": "3"}},
                {"run": "b", "env": {"TOKEN": "${{ github.token }}"}},
                {"run": "c", "env": {"TOKEN": "${{ secrets.KEY }}"}},
            ],
        }
    )
    assert [(step.command, step.environ) for step in steps] == [("a", {"A": "3", "B": "2"})]


def measure(tmp_path, monkeypatch, step):
    root = tmp_path / "root"
    files = {
        ".github/workflows/pages.yml": WORKFLOW.replace("STEP", step),
        "content/posts/own.md": "of the author's, and never copied",
        "output/index.html": "built before",
        ".cache/old": "",
    }
    write_files(root, {"pelicanconf.py": 'FEED_AUTHORITY = "a.example"\n', **files})
    monkeypatch.setattr(pushing, "ROOT", root)
    return measure_push(10, 3, 2, tmp_path / "work", lambda _: None)


@pytest.mark.skipif(not HAS_TOOLS, reason="the steps are run by bash, on what git has")
@pytest.mark.parametrize(
    "step",
    [
        'if [ "$(git rev-list --count HEAD)" = 2 ]; then test -e .cache/first || touch .cache/first; '
        "else test -e .cache/first -a -e ~/.kept/b -a ! -e other/first; fi",
        "test ! -e content/posts/own.md -a ! -e .cache/old",
    ],
)
def test_each_push_has_a_new_copy_and_finds_what_is_kept(tmp_path, monkeypatch, step):
    found = measure(tmp_path, monkeypatch, step)
    assert found["steps"] == ["Look", "Build"]
    assert [len(push) for push in (found["cold"], *found["kept"])] == [2, 2, 2]


@pytest.mark.skipif(not HAS_TOOLS, reason="the steps are run by bash, on what git has")
def test_a_step_that_fails_ends_it_with_what_was_said(tmp_path, monkeypatch):
    with pytest.raises(Refused, match="“Build” ended with 1:\nNo room"):
        measure(tmp_path, monkeypatch, "echo No room; false")
    shutil.rmtree(tmp_path / "work")
    with pytest.raises(Refused, match="have not built the new post"):
        measure(tmp_path, monkeypatch, "exit 0")


def test_the_table_has_the_best_push_and_the_sums():
    found = {
        "posts": 1000,
        "runs": 2,
        "steps": ["Look", "Build"],
        "cold": [(20.0, 10.0), (5.5, 8.0)],
        "kept": [[(9.0, 1.0), (9.0, 1.0)], [(2.0, 3.0), (1.25, 2.0)]],
    }
    assert format_push(found).splitlines()[1:] == [
        "Look    20.00 (10.00)    2.00 (3.00)",
        "Build    5.50 (8.00)    1.25 (2.00)",
        "all     25.50 (18.00)    3.25 (5.00)",
    ]
