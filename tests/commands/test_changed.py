"""A push of texts is told from one of code, and whatever is not known counts as code."""

import subprocess

import pytest

from commands.changed import changed


@pytest.fixture
def commit(tmp_path, monkeypatch):
    """Return a function that writes files into a repository and commits them; give the commit's number."""
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "output"))
    folder = tmp_path / "repository"
    folder.mkdir()

    def git(*words):
        who = ("-c", "user.name=A", "-c", "user.email=a@a.example", "-c", "commit.gpgsign=false")
        done = subprocess.run(
            ["git", "-C", folder, *who, *words], check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def commit(**files):
        for name, text in files.items():
            path = folder / name.replace("__", "/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        git("add", "--all")
        git("commit", "--quiet", "--allow-empty", "--message=x")
        return git("rev-parse", "HEAD")

    git("init", "--quiet")
    commit.folder = folder
    commit.output = tmp_path / "output"
    return commit


def ask(commit, since):
    commit.output.unlink(missing_ok=True)
    assert changed(since, commit.folder) == 0
    return commit.output.read_text()


def test_texts_alone_are_no_code_and_anything_besides_is(commit):
    first = commit(content__a="1", tasks="1")
    second = commit(content__a="2", content__b="1")
    assert ask(commit, first) == "code=false\n"
    commit(tasks="2")
    assert ask(commit, second) == ask(commit, first) == "code=true\n"


@pytest.mark.parametrize("since", ["", "0" * 40, "f" * 40, "HEAD", "--output=x", "main; rm"])
def test_what_is_not_known_counts_as_code(commit, since):
    commit(content__a="1")
    assert ask(commit, since) == "code=true\n"


def test_a_folder_without_git_counts_as_code(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("GITHUB_OUTPUT", raising=False)
    assert changed("a" * 40, tmp_path) == 0
    assert capsys.readouterr().out == "More than texts has changed.\n"
