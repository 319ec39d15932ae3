"""Measure how fast a large made-up site is built, against another generator."""

import json
import sys
from pathlib import Path

from catalogue.problems import Refused

FEWEST = 10  # posts


def bench(posts: int, topics: int, peer: str, runs: int, file: str = "") -> int:
    """Build a made-up site in turn with this project and with `peer`; print a table of the figures.

    `file` is where all figures are written as JSON, or empty. Give 2 for a number or a name that
    cannot be meant.
    """
    from benchmarks.bench import format_report, measure
    from benchmarks.corpus import MOST_TOPICS

    if wrong := check_numbers(posts, topics, peer, runs, file, MOST_TOPICS):
        print(wrong, file=sys.stderr)
        return 2
    result = measure(posts, topics, peer, runs, lambda line: print(line, file=sys.stderr))
    print(format_report(result))
    if file:
        try:
            Path(file).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
        except OSError as error:
            raise Refused(f"{file} cannot be written: {error.strerror}.") from error
    return 0


def check_numbers(posts: int, topics: int, peer: str, runs: int, file: str, most: int) -> str:
    """Say what is wrong with what was asked for; nothing if it is fine."""
    from benchmarks.bench import PEERS

    if posts < FEWEST:
        return f"{posts} posts are too few to measure. Write --posts {FEWEST} or more."
    if not 1 <= topics <= most:
        return f"There can be 1 to {most} topics, and here are {topics}. Write --topics 20"
    if runs < 1:
        return "At least one run is needed. Write --runs 5"
    if peer not in PEERS:
        return f"There is no peer “{peer}”. Write --peer {' or --peer '.join(PEERS)}"
    if file and not Path(file).absolute().parent.is_dir():
        return f"There is no folder for {file}. Write --json with a file in a folder that is there."
    return ""
