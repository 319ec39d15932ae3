"""The words of a command become the arguments of a task, or one sentence says why they cannot."""

import pytest

from commands.launch.command_line import read_command
from tasks import TASKS


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_help_says_what_a_task_does_and_names_every_argument(task, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    with pytest.raises(SystemExit) as ended:
        read_command(TASKS, [task.name, "--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    assert text.startswith(f"usage: python3 tasks.py {task.name} ")
    assert task.text in " ".join(text.split())
    for name, how in task.arguments:
        assert f"\n  {name}" in text
        assert how["help"] in " ".join(text.split())
    assert all(len(line) <= 100 for line in text.splitlines())


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (["build", "--siteurl=https://x.org/a=b"], {"siteurl": "https://x.org/a=b"}),
        (["build", "--allow-shrink", "--content", "c"], {"allow_shrink": True, "content": "c"}),
        (["build"], {"allow_shrink": False, "replace": False, "siteurl": ""}),
        (["build", "--replace"], {"replace": True}),
        (["build", "--siteurl", ""], {"siteurl": ""}),
        (["preview", "--port", "8001"], {"port": 8001}),
        (["new", "Who asks?"], {"title": "Who asks?", "topic": [], "no_open": False}),
        (["new", "A", "--topic", "B", "--topic=C, D"], {"topic": ["B", "C, D"]}),
        (["new", "A", "--question", "--no-open"], {"question": True, "no_open": True}),
        (["comment", "a", "--eml", "x.eml", "--dry-run"], {"eml": "x.eml", "dry_run": True}),
        (["new", "- a dash at the start"], {"title": "- a dash at the start"}),
        (["new", "--", "--verbose"], {"title": "--verbose"}),
        (
            ["import", "--from", "ghost", "--dry-run", "f.json"],
            {
                "source": "f.json",
                "from": "ghost",
                "topics": "",
                "date": "",
                "dry_run": True,
                "no_verify": False,
                "fetch": False,
            },
        ),
        (["comment", "a", "--text", "- one\n- two"], {"text": "- one\n- two"}),
        (["test"], {"words": []}),
        (
            ["test", "--", "-k", "topics and not a", "-h"],
            {"words": ["-k", "topics and not a", "-h"]},
        ),
    ],
)
def test_words_become_arguments(words, values):
    task, found = read_command(TASKS, words)
    assert task.name == words[0]
    assert {name: found[name] for name in values} == values


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["new"], "`new` needs a title."),
        (["new", ""], "`new` needs a title."),
        (["new", "How", "do", "I"], "'do' is one word more: put it in quotation marks"),
        (["check", "content"], "`check` takes no further word, and 'content' is one word more."),
        (["build", "--contnet", "x"], "`build` has no option --contnet. Did you mean --content?"),
        (["build", "-c", "x"], "`build` has no option -c."),
        (["build", "--cont", "x"], "`build` has no option --cont. Did you mean --content?"),
        (["test", "-k", "topics"], "`test` has no option -k."),
        (["comment", "--text", "Hi"], "`comment` needs a post."),
        (["import", ""], "`import` needs a source."),
        (["build", "--output"], "--output needs a value after it."),
        (["build", "--siteurl"], "--siteurl needs a value after it."),
        (["build", "--output", ""], "--output needs a value after it."),
        (["build", "--output", "--siteurl", "x"], "--output needs a value after it."),
        (["build", "--allow-shrink=no"], "--allow-shrink takes no value, and here is 'no'."),
        (["preview", "--port", "http"], "--port takes a number, and 'http' is none."),
    ],
)
def test_wrong_words_are_refused_in_one_sentence(capsys, words, sentence):
    with pytest.raises(SystemExit) as ended:
        read_command(TASKS, words)
    assert ended.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert sentence in line
    assert line.endswith(f"Type `python3 tasks.py {words[0]} --help` for more.")
