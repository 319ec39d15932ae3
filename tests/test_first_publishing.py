"""From a new copy to a published site, by what the README and the messages say, and nothing else."""

import re
import shutil
import subprocess
import sys

import pytest

from tests.conftest import MARKER, PROJECT, Site, write_files
from tests.forked import CODE, OWN, copy
from tests.repositories import Blog, git

ADDRESS = "https://ann.github.io/books"
EXAMPLE = "libraries-got-game.example"  # what the settings come with


def run(folder, *words):
    """Run a task in a copy of the project, with nobody at the terminal; return its code and words."""
    done = subprocess.run(
        [sys.executable, str(PROJECT / "tests/run_task.py"), str(folder), *words],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def publish_first(place):
    """Set up a new copy in a folder and publish it on a branch; return it, with its remote beside it."""
    template, bare, copied = place / "template", place / "books.git", place / "books"
    template.mkdir()
    copy([*CODE, OWN / "content", PROJECT / ".gitignore", PROJECT / ".gitattributes"], template)
    settings = template / "pelicanconf.py"
    text = settings.read_text(encoding="utf-8")
    text = re.sub("(?m)^FEED_AUTHORITY = .*$", f'FEED_AUTHORITY = "{EXAMPLE}"', text)
    settings.write_text(text, encoding="utf-8", newline="\n")
    git(template, "init", "--quiet", "--initial-branch=main")
    Blog.set_identity(template)
    git(template, "add", ".")
    git(template, "commit", "--quiet", "-m", "Begin")
    git(place, "clone", "--quiet", "--bare", str(template), str(bare))
    git(place, "clone", "--quiet", str(bare), str(copied))
    Blog.set_identity(copied)
    words = ("--name", "Books", "--author", "Ann Reader", "--address", ADDRESS, "--contact", "-")
    code, out, err = run(copied, "setup", *words)
    assert (code, err) == (0, "")
    assert "FEED_AUTHORITY is “books@ann.github.io” now." in out
    code, _, err = run(copied, "publish", "--branch", "gh-pages", "--yes")
    assert code == 1
    assert "pages/about.md:4: this page is as it came" in err
    about = copied / "content/pages/about.md"
    about.write_text("Title: About\n\nAnn reads.\n", encoding="utf-8", newline="\n")
    code, out, err = run(copied, "publish", "--branch", "gh-pages", "--yes")
    assert (code, err) == (0, "")
    assert f"The site: {ADDRESS}/" in out
    return copied


def clone_site(copied, name):
    """Return the folder, of a name beside a copy, with what is on its remote's branch of the site."""
    place = copied.parent
    bare, live = place / "books.git", place / name
    git(place, "clone", "--quiet", "--branch", "gh-pages", str(bare), str(live))
    return live


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Return the folder of a copy that is published on a branch, and the branch's files."""
    copied = publish_first(tmp_path_factory.mktemp("first"))
    return copied, Site(clone_site(copied, "live"), ADDRESS)


def test_the_first_publishing_commits_the_settings_and_the_texts(published):
    copied, _ = published
    assert git(copied, "status", "--porcelain") == ""
    assert git(copied, "rev-parse", "HEAD") == git(copied, "rev-parse", "origin/main")
    assert git(copied, "log", "--format=%s", "-1") == "Change “About”"
    assert git(copied, "show", "--format=", "--name-only", "HEAD").split() == [
        "content/addresses.txt",
        "content/pages/about.md",
        "pelicanconf.py",
    ]


def test_every_link_of_the_published_tree_leads_to_a_file_of_it(published):
    _, site = published
    names = set(site.files)
    for name, page in site.html.items():
        for _, link in page.links:
            found = site.find(name, link)
            if found and not link.startswith("data:") and " " not in link:
                assert found[0] in names, (name, link)


def test_the_published_tree_is_what_was_built(published):
    copied, site = published
    for path in (copied / "output").rglob("*"):
        name = path.relative_to(copied / "output").as_posix()
        if path.is_file() and name != MARKER:
            assert site.bytes(name) == path.read_bytes()


def test_the_next_publishing_has_nothing_to_do(published):
    copied, _ = published
    code, out, err = run(copied, "publish", "--branch", "gh-pages", "--yes")
    assert (code, err) == (0, "")
    assert out.startswith("Nothing is new: origin has it all.")


def test_without_a_yes_and_with_nobody_to_ask_nothing_is_published(published):
    copied, _ = published
    (copied / "content/posts/next.md").write_text(
        "Title: Next\nDate: 2026-01-01\n\nWords.\n", encoding="utf-8", newline="\n"
    )
    code, _, err = run(copied, "publish")
    assert code == 2
    assert "python3 tasks.py publish --yes" in err
    (copied / "content/posts/next.md").unlink()


def test_what_editors_and_systems_leave_behind_is_not_taken_up(tmp_path):
    git(tmp_path, "init", "--quiet")
    shutil.copy(PROJECT / ".gitignore", tmp_path)
    names = [
        "a.md",
        ".a.md.swp",
        ".a.md.swo",
        "a.md~",
        "#a.md#",
        ".#a.md",
        ".DS_Store",
        "Thumbs.db",
    ]
    write_files(tmp_path, {f"content/posts/{name}": "Words.\n" for name in names})
    git(tmp_path, "add", "--all")
    assert git(tmp_path, "ls-files").split() == [".gitignore", "content/posts/a.md"]
