"""The author's editor is opened where somebody sits at a terminal, and nowhere else."""

import os
import signal
import sys

import pytest

from commands.writing.editor import choose_editor, open_in_editor


@pytest.mark.parametrize(
    ("environment", "is_terminal", "words"),
    [
        ({"EDITOR": "nano"}, True, ["nano"]),
        ({"VISUAL": "code --wait", "EDITOR": "nano"}, True, ["code", "--wait"]),
        ({"VISUAL": "", "EDITOR": "nano"}, True, ["nano"]),
        ({"EDITOR": "nano"}, False, []),
        ({"EDITOR": "nano", "CI": "true"}, True, []),
        ({"EDITOR": 'nano "'}, True, []),
        ({}, True, []),
    ],
)
def test_the_editor_is_what_the_environment_names(environment, is_terminal, words):
    assert choose_editor(environment, is_terminal) == words


@pytest.fixture
def terminal(monkeypatch):
    """Let all seem typed by somebody."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr("commands.writing.editor.is_at_terminal", lambda: True)


@pytest.mark.skipif(os.name == "nt", reason="signals and quotation marks differ there")
def test_the_editor_gets_the_file_and_ctrl_c_is_its_own(tmp_path, monkeypatch, terminal):
    """The program that stands for an editor interrupts whoever has started it, and goes on."""
    program = tmp_path / "an editor.py"
    program.write_text(
        "import os, signal, sys\n"
        "os.kill(os.getppid(), signal.SIGINT)\n"
        "assert signal.getsignal(signal.SIGINT) is signal.default_int_handler\n"
        "open(sys.argv[1], 'a').write('Mine.')\n".replace("\\\n", "\n")
    )
    post = tmp_path / "a post.md"
    post.write_text("Title: A\n")
    monkeypatch.setenv("EDITOR", f"'{sys.executable}' '{program}'")
    before = signal.getsignal(signal.SIGINT)
    open_in_editor(post)
    assert post.read_text().endswith("Mine.")
    assert signal.getsignal(signal.SIGINT) is before


def test_an_editor_that_is_not_there_gets_a_sentence(tmp_path, monkeypatch, capsys, terminal):
    monkeypatch.setenv("EDITOR", "no-such-editor")
    open_in_editor(tmp_path / "a.md")
    err = capsys.readouterr().err
    assert err.startswith("Your editor, no-such-editor, cannot be started (")
    assert err.count("\n") == 1


def test_without_a_terminal_nothing_is_started(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("EDITOR", "no-such-editor")
    open_in_editor(tmp_path / "a.md")
    assert capsys.readouterr().err == ""
