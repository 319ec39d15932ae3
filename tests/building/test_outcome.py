"""What is to be told of a whole tree is told by each build, also by one that has nothing to do."""

import pytest

from building import build_cache, tree_sizes
from building.build import build_site
from building.inputs import Run
from building.outcome import make_outcome, print_outcome, write_warnings
from building.settings import read_constants
from tests.conftest import LEAST, write_files
from tests.published import judge

POST = "Title: Weeding\nDate: 2026-01-02\nTags: Reading\n\nWe took out four hundred books.\n"
HALF = "extra/list.txt"


def test_a_large_file_is_a_warning_of_each_build_and_stops_none(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(tree_sizes, "MOST_FILE_BYTES", 1_000_000)
    content, output = tmp_path / "content", tmp_path / "output"
    write_files(content, {**LEAST, "posts/weeding.md": POST, HALF: b"x" * 600_000})
    monkeypatch.setattr(build_cache, "RACY_NS", -60_000_000_000)  # so soon nothing is believed
    cache = str(tmp_path / "cache/readings.sqlite3")
    own = {"PATH": str(content), "READING_CACHE": cache, "SEARCH_INDEX": False, "CARDS": False}
    run = Run(content, output, {**read_constants(), **own})
    first = build_site(run)
    print_outcome(first, content, output)
    assert "warning: list.txt has 0 MB, and GitHub takes no file" in capsys.readouterr().err
    again = build_site(run)
    assert again.began_ns == first.began_ns  # it had nothing to do
    assert again.warnings == first.warnings != []


@pytest.mark.parametrize(("preview", "drafts"), [(False, 1), (True, 0)])
def test_drafts_that_a_preview_shows_are_not_left_out(preview, drafts):
    draft = POST.replace("Tags", "Status: draft\nTags")
    catalogue, _ = judge({"posts/weeding.md": POST, "posts/draft.md": draft}, preview=preview)
    assert make_outcome(catalogue, "").drafts == drafts


@pytest.mark.parametrize("is_on_github", [True, False])
def test_on_github_it_stands_in_the_summary_of_the_run_too(monkeypatch, capsys, is_on_github):
    monkeypatch.setenv("GITHUB_ACTIONS", str(is_on_github).lower())
    write_warnings(["a 50%.pdf has 60 MB."])
    lines = capsys.readouterr().err.splitlines()
    assert (
        lines
        == ["warning: a 50%.pdf has 60 MB.", "::warning::a 50%25.pdf has 60 MB."][
            : 1 + is_on_github
        ]
    )
