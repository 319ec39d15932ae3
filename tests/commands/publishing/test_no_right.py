"""Where an author has not the right to write, publish says where, and what to do about just that."""

import os
import subprocess
import sys

import pytest

from catalogue.project import ROOT
from tests.repositories import POST, Blog
from tests.unprivileged import BOUND, IS_BOUND

pytestmark = pytest.mark.skipif(not IS_BOUND, reason="permissions do not bind this account")

PUBLISH = """
import sys
from pathlib import Path
from tests.repositories import Blog

blog = Blog.__new__(Blog)
blog.root, blog.output = Path(sys.argv[1]), Path(sys.argv[1]).parent / "output"
sys.exit(blog.publish())
"""
AGAIN = "then type the same command again."
# What may not be written, with all that is in it, and what the author reads.
SHUT = {
    "git's folder": (
        "blog/.git",
        "blog/.git: you are not allowed to write here. Give yourself the right to write, "
        f"{AGAIN} Nothing was published.\n",
    ),
    "what git keeps": (
        "blog/.git/objects",
        "insufficient permission for adding an object to repository database .git/objects). Give "
        f"yourself the right to read and write there, {AGAIN} Nothing was published.\n",
    ),
    "the branches": (
        "blog/.git/refs",
        "blog/.git/refs/heads/main.lock': Permission denied). Give yourself the right to "
        f"read and write there, {AGAIN} Nothing was published.\n",
    ),
    "what the branches were": (
        "blog/.git/logs",
        "unable to append to '.git/logs/refs/heads/main': Permission denied). Give yourself "
        f"the right to read and write there, {AGAIN} Nothing was published.\n",
    ),
    "the remote's branches": (
        "bare.git/refs",
        f"Give yourself the right to write there, {AGAIN} Nothing was published. What you wrote is "
        "kept here, in a commit.\n",
    ),
}


def shut(path):
    """Take the right to write from a folder and all that is in it; return what gives it back."""
    modes = {each: each.stat().st_mode for each in [path, *path.rglob("*")]}
    for each, mode in modes.items():
        each.chmod(mode & ~0o222)
    return lambda: [each.chmod(mode) for each, mode in modes.items()]


def publish(blog):
    """Publish as an account that permissions bind; return the exit code and what it says."""
    command = [*BOUND, sys.executable, "-c", PUBLISH, str(blog.root)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    return done.returncode, done.stderr


@pytest.mark.parametrize("name", SHUT)
def test_what_may_not_be_written_is_named_with_what_to_do(tmp_path, name):
    folder, sentence = SHUT[name]
    blog = Blog(tmp_path)
    blog.push()
    blog.write({"content/posts/shelves.md": POST.replace("Weeding", "On shelves")})
    tip = blog.tip()
    open_again = shut(tmp_path / folder)
    try:
        code, err = publish(blog)
    finally:
        open_again()
    assert code == 1
    assert sentence in err
    assert not [word for word in ("--output", "gh auth", "no room", "other git") if word in err]
    assert blog.tip() == tip
    assert publish(blog) == (0, "")


@pytest.mark.skipif(not BOUND, reason="only root may give files away")
@pytest.mark.parametrize("name", ["publishing", "publishing.lock"])
def test_what_a_killed_publishing_of_another_user_has_left_is_named(tmp_path, name):
    blog = Blog(tmp_path)
    blog.push()
    left = blog.root / ".git" / name
    if name == "publishing":
        left.mkdir()
        (left / "held").touch()
        left.chmod(0o500)
    else:
        left.touch(0o400)
        os.chown(left, 65534, 65534)
    code, err = publish(blog)
    assert code == 1
    sentence = (
        f"{left}: you are not allowed to write here. Give yourself the right to write, {AGAIN}"
    )
    assert err == f"{sentence} Nothing was published.\n"
    found = {path.name for path in (blog.root / ".git").iterdir()}
    assert found & {"publishing", "publishing.lock"} == {name}


def test_a_text_that_may_not_be_read_is_named_with_what_to_do(tmp_path):
    blog = Blog(tmp_path)
    blog.write({"content/extra/list.txt": "x"})
    (blog.content / "extra/list.txt").chmod(0)
    code, err = publish(blog)
    assert code == 1
    assert "content/extra/list.txt" in err
    assert f"Give yourself the right to read and write there, {AGAIN}" in err
