"""Make small blogs in git repositories of their own, with a bare one as their remote."""

import os
import subprocess
from pathlib import Path

from building.settings import read_constants
from commands.publishing.carry_out import carry_out
from commands.publishing.order import Order
from tests.conftest import OWN, write_files

POST = "Title: Weeding\nDate: 2026-01-01\nTags: Reading\n\nWe took out four hundred books.\n"
FILES = {
    "content/posts/weeding.md": POST,
    "content/topics/reading.md": "Title: Reading\n\nPosts about reading.\n",
    "content/pages/about.md": "Title: About\n\nAnn writes here.\n",
    ".gitignore": "/content/**/.writing*.tmp\n",
    "tasks.py": "# what runs the tasks\n",
}
NEW = {"content/posts/shelves.md": POST.replace("Weeding", "On shelves")}
PAGES = "gh-pages"
OWN_SETTINGS = {"AUTHOR": "Ann Reader", "FEED_AUTHORITY": "ann.example.org"}
SITE_URL = "https://ann.example.org/blog"


def git(folder, *words, code=0):
    """Run git in a folder and return what it prints; a test fails with what it says."""
    environ = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["git", "-c", "core.quotePath=false", *words],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == code, (words, done.stdout, done.stderr)
    return done.stdout.strip()


def read_own_settings(text=None):
    """Return the file of the settings of the tests with an author's own values."""
    text = text or (OWN / "pelicanconf.py").read_text(encoding="utf-8")
    for name, value in OWN_SETTINGS.items():
        (line,) = (line for line in text.splitlines() if line.startswith(f"{name} = "))
        text = text.replace(line, f'{name} = "{value}"')
    return text


class Blog:
    """A blog in a repository of its own, on the branch main, and the bare repository of its remote."""

    def __init__(self, folder, files=FILES):
        self.root, self.bare, self.output = folder / "blog", folder / "bare.git", folder / "output"
        git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(self.bare))
        git(folder, "init", "--quiet", "--initial-branch=main", str(self.root))
        self.set_identity(self.root)
        write_files(self.root, {**files, "pelicanconf.py": read_own_settings()})
        self.git("add", ".")
        self.git("commit", "--quiet", "-m", "Begin")
        self.git("remote", "add", "origin", str(self.bare))
        self.answers = []

    @staticmethod
    def set_identity(root):
        git(root, "config", "user.name", "Ann Reader")
        git(root, "config", "user.email", "ann@example.org")
        git(root, "config", "core.autocrlf", "false")
        git(root, "config", "commit.gpgSign", "false")

    def git(self, *words, code=0):
        return git(self.root, *words, code=code)

    @property
    def content(self):
        return self.root / "content"

    def write(self, files):
        write_files(self.root, files)

    def publish(self, confirm=None, settings=None, verify="", **how):
        """Publish with a yes, or with what `confirm` returns; return the exit code.

        With `verify` the live site at that address is compared instead.
        """
        cache = str(self.root.parent / "cache/readings.sqlite3")
        own = {**read_constants(), **OWN_SETTINGS, "READING_CACHE": cache, "SITEURL": SITE_URL}
        own |= {"SEARCH_INDEX": False, "CARDS": False} | (settings or {})  # neither is at stake
        places = {"root": self.root, "content": self.content, "output": self.output}
        order = Order(**places, settings=own, confirm=confirm or (lambda: True), **how)
        return carry_out(order, verify)

    def withdraw(self, *slugs):
        """Delete published posts, and say in the ledger of addresses that this is meant."""
        path = self.content / "addresses.txt"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        for slug in slugs:
            (self.content / f"posts/{slug}.md").unlink()
            own = f"/posts/{slug}/"
            (line,) = (line for line in lines if line.split()[0] == own)
            lines[lines.index(line)] = f"Gone: {own}\n"
        path.write_text("".join(lines), encoding="utf-8", newline="")

    def tip(self, branch="main"):
        """Return the commit of a branch at the remote; nothing if there is none."""
        line = git(self.root, "ls-remote", str(self.bare), f"refs/heads/{branch}")
        return line.partition("\t")[0]

    def push(self, *words):
        """Push without the tasks, as an author does who knows git."""
        self.git("push", "--quiet", "origin", *(words or ("main",)))

    def clone(self, name):
        """Return another copy of the remote, as of another computer."""
        other = Path(self.root.parent, name)
        git(self.root.parent, "clone", "--quiet", str(self.bare), str(other))
        self.set_identity(other)
        return other

    def publish_elsewhere(self, name="other"):
        """Let another computer publish a post."""
        other = self.clone(name)
        write_files(other, {f"content/posts/{name}.md": POST.replace("Weeding", name)})
        git(other, "add", ".")
        git(other, "commit", "--quiet", "-m", f"Add {name}")
        git(other, "push", "--quiet", "origin", "main")

    def show(self, name, branch="main"):
        """Return a file of the remote's as text."""
        return git(self.bare, "show", f"{branch}:{name}")

    def refuse(self, sentence, hook="pre-receive"):
        """Let the remote refuse every push, with a sentence."""
        path = self.bare / "hooks" / hook
        path.write_text(f"#!/bin/sh\necho '{sentence}' >&2\nexit 1\n", encoding="utf-8", newline="")
        path.chmod(0o755)

    def state(self):
        """Return all that a refused publishing must leave as it was."""
        tracked = self.git("rev-parse", "HEAD"), self.git("status", "--porcelain"), self.tip()
        return tracked, sorted(path.name for path in (self.root / ".git").iterdir())
