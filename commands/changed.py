"""Say whether a push changed more than texts, so that a post need not wait for the tests of the code."""

import os
import re
import subprocess
import sys
from pathlib import Path

from catalogue.project import ROOT
from commands.github.summary import set_output

# What the author writes; the settings are judged by every build, but tests are made of code.
TEXTS = ("content/",)
COMMIT = re.compile(r"[0-9a-f]{40}")
NO_COMMIT = "0" * 40  # what GitHub says of a branch that is new


def changed(since: str = "", root: Path = ROOT) -> int:
    """Print whether anything but texts has changed since a commit, and tell GitHub's later steps; return 0.

    `since` is the commit that was pushed before. Where that is not known, all may have changed. In GitHub
    Actions `code=true` or `code=false` is written to the file that `GITHUB_OUTPUT` names.
    """
    names = list_changed(since, root)
    has_code = names is None or any(not name.startswith(TEXTS) for name in names)
    print("More than texts has changed." if has_code else "Only texts have changed.")
    try:
        set_output("code", "true" if has_code else "false")
    except OSError as error:
        print(f"GITHUB_OUTPUT cannot be written ({error.strerror}).", file=sys.stderr)
        return 1
    return 0


def list_changed(since: str, root: Path) -> list[str] | None:
    """Return the files that differ between a commit and what is checked out; None if that is not known."""
    if not COMMIT.fullmatch(since) or since == NO_COMMIT:
        return None
    command = ["git", "-C", str(root), "diff", "--name-only", "-z", "--no-renames", since, "HEAD"]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return None
    if done.returncode:
        return None
    return [os.fsdecode(name) for name in done.stdout.split(b"\0") if name]
