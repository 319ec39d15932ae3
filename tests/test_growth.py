"""The work grows with the site and no faster: counts of calls, not seconds."""

import cProfile
import os
import pstats

from benchmarks.corpus import make_corpus, write_own
from commands.engine import run_pelican
from commands.settings import ROOT, read_settings
from plugins.press import write_all

SIZES = (60, 120, 240)


def count_calls(posts, folder):
    """Build a made-up site in this process; give the number of all calls, also of built-in functions."""
    write_own(make_corpus(posts, 20), folder / "content")
    (folder / "output").mkdir()
    settings = read_settings(
        ROOT / "publishconf.py", {"PATH": str(folder / "content"), "STORE": ""}
    )
    profile = cProfile.Profile()
    output = folder / "output"
    profile.runcall(run_pelican, settings, output, lambda jobs: write_all(jobs, output))
    assert sum(1 for _ in output.glob("posts/*/index.html")) == posts
    return pstats.Stats(profile).total_calls


def test_twice_as_many_posts_are_at_most_a_little_more_than_twice_the_work(
    tmp_path_factory, monkeypatch
):
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1893456000")
    count_calls(10, tmp_path_factory.mktemp("first"))  # fills the caches that serve every site
    small, middle, large = (count_calls(posts, tmp_path_factory.mktemp("site")) for posts in SIZES)
    assert middle - small > 60 * 100  # the calls were counted
    assert large - middle < 2.1 * (middle - small)
