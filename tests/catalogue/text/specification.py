"""Read the examples of CommonMark's specification, which the project must not hold: its text is not ours.

The sources of markdown-it-py have them, and Pelican needs that package, so requirements.txt names those
sources with their hash already. pip fetches them once, as it fetched the package; the examples are kept
in the environment.
"""

import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from catalogue.project import ROOT
from commands.launch.environment import REQUIREMENTS
from commands.launch.packages import make_environ

VERSION = "0.31.2"  # the specification's
PACKAGE = "markdown-it-py"
INSIDE = "tests/test_cmark_spec"  # where the package's sources have it
# As the packages are installed, but no wheel; what opens the sources is installed, with its hash.
DOWNLOAD = (
    *(sys.executable, "-I", "-m", "pip", "download", "--no-input", "--no-cache-dir", "--quiet"),
    *("--no-deps", "--no-binary", ":all:", "--no-build-isolation", "--require-hashes"),
)


@dataclass(frozen=True)
class Example:
    """One example of the specification: what is typed, and the HTML that it becomes."""

    number: int
    section: str
    markdown: str
    html: str


def read_examples():
    """Return all examples, in order; the test is skipped where pip cannot fetch them."""
    kept = Path(sys.prefix) / f"commonmark-{VERSION}.json"
    if not kept.exists():
        with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
            part = Path(folder) / kept.name
            part.write_bytes(fetch_examples(Path(folder)))
            os.replace(part, kept)
    rows = json.loads(kept.read_text(encoding="utf-8"))
    return [Example(row["example"], row["section"], row["markdown"], row["html"]) for row in rows]


def fetch_examples(folder):
    """Return the file of examples in the sources of the package, fetched into a folder."""
    lock = (ROOT / REQUIREMENTS).read_text(encoding="utf-8")
    wanted = folder / "wanted.txt"
    wanted.write_text(re.search(rf"^{PACKAGE}==(?:.*\\\n)*.*", lock, re.MULTILINE)[0], "utf-8")
    environ = make_environ(sys.executable, os.devnull, os.environ)
    command = [*DOWNLOAD, "--dest", str(folder), "--requirement", str(wanted)]
    done = subprocess.run(command, env=environ, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"pip cannot fetch the examples: {done.stderr.strip().rpartition(chr(10))[2]}")
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as sources:
        inside = f"{sources.getnames()[0].partition('/')[0]}/{INSIDE}"
        head = sources.extractfile(f"{inside}/spec.md").read(1_000).decode()
        assert f"version: '{VERSION}'" in head
        return sources.extractfile(f"{inside}/commonmark.json").read()
