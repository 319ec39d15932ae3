"""`setup` asks six questions, proposes what can be known, and writes the answers and nothing else."""

import io
import re
import sys

import pytest

from building.settings import FILES
from building.site_address import format_pages
from catalogue.project import ROOT
from commands import setup as setting_up
from commands.settings.setup_guesses import (
    guess_address,
    guess_contact,
    guess_language,
    guess_zone,
)
from commands.settings.setup_questions import QUESTIONS, read_address, read_language, read_zone
from commands.setup import setup
from commands.writing import ready
from tests.conftest import OWN


def ship(path):
    """Return the settings of the tests with the authority that a copy of the project comes with."""
    text = path.read_text(encoding="utf-8")
    return re.sub(
        r"(?m)^FEED_AUTHORITY = .*$", 'FEED_AUTHORITY = "libraries-got-game.example"', text
    )


SHIPPED = ship(OWN / "pelicanconf.py")
PUBLIC = (ROOT / "publishconf.py").read_text(encoding="utf-8")
GUESSES = {
    "AUTHOR": "Ann Reader",
    "SITEURL": "https://ann.github.io/blog",
    "TIMEZONE": "Europe/Paris",
}
GUESSED = {**GUESSES, "FEED_AUTHORITY": "blog@ann.github.io"}  # and what follows from them


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Return a project with settings that nobody has touched, and no system to ask."""
    (tmp_path / "content").mkdir()
    (tmp_path / FILES[0]).write_text(SHIPPED, encoding="utf-8")
    (tmp_path / FILES[1]).write_text(PUBLIC, encoding="utf-8")
    monkeypatch.setattr(setting_up, "guess_settings", lambda content: GUESSES)
    return tmp_path


@pytest.fixture
def run(root, monkeypatch):
    """Return a function that runs the command with answers, a line each."""

    def run(*answers, given=None, yes=False):
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in answers)))
        return setup(**(given or {}), yes=yes, root=root, content=root / "content")

    return run


def change(**texts):
    """Return the shipped settings with other texts."""
    changed = SHIPPED
    for name, text in texts.items():
        (line,) = (line for line in changed.splitlines() if line.startswith(f"{name} = "))
        changed = changed.replace(line, f'{name} = "{text}"')
    return changed


def read(root):
    return tuple((root / file).read_text(encoding="utf-8") for file in FILES)


def test_six_questions_are_asked_and_each_answer_is_written_in_its_place(run, root, capsys):
    answers = ["Shelf life", "Bea", "bea.github.io/books", "de", "Europe/Berlin", "b@example.org"]
    assert run(*answers) == 0
    wanted = change(
        SITENAME="Shelf life",
        AUTHOR="Bea",
        SITEURL="https://bea.github.io/books",
        DEFAULT_LANG="de",
        TIMEZONE="Europe/Berlin",
        CONTACT_EMAIL="b@example.org",
        FEED_AUTHORITY="books@bea.github.io",
    )
    assert read(root) == (wanted, PUBLIC)
    out = capsys.readouterr().out
    assert all(question.text in out for question in QUESTIONS)
    assert len(QUESTIONS) == 6
    assert "pelicanconf.py:12: FEED_AUTHORITY is “books@bea.github.io” now." in out


def test_enter_takes_what_is_proposed(run, root, capsys):
    assert run(*[""] * 6) == 0
    assert read(root)[0] == change(**GUESSED)
    assert "[Ann Reader]" in capsys.readouterr().out


def test_run_again_it_shows_the_present_answers_and_changes_nothing(run, root, capsys):
    assert run("Shelf life", "Bea", "", "", "UTC", "") == 0
    before = read(root)
    capsys.readouterr()
    assert run(*[""] * 6) == 0
    out = capsys.readouterr().out
    assert "[Shelf life]" in out
    assert "[Bea]" in out
    assert "[UTC]" in out  # and not what would be guessed
    assert "All is as it was." in out
    assert read(root) == before


def test_an_answer_that_cannot_be_used_is_asked_for_again(run, root, capsys):
    assert run("", "", "", "", "Mars", "Europe/Rome", "no mail", "-") == 0
    assert read(root)[0] == change(**{**GUESSED, "TIMEZONE": "Europe/Rome"})
    err = capsys.readouterr().err
    assert "TIMEZONE is “Mars”" in err
    assert "CONTACT_EMAIL is “no mail”" in err


def test_an_answer_in_another_encoding_is_asked_for_again(run, root, capsys):
    assert run("B\udcf6b", "Bob", *[""] * 5) == 0
    assert 'SITENAME = "Bob"' in read(root)[0]
    assert (
        "SITENAME holds a letter that this terminal did not send as UTF-8"
        in capsys.readouterr().err
    )


@pytest.mark.parametrize(
    "answers", [[], ["Shelf life"], ["Shelf life", "Bea", "x.org", "de", "UTC"]]
)
def test_when_the_answers_end_nothing_is_changed(run, root, capsys, answers):
    assert run(*answers) == 2
    assert read(root) == (SHIPPED, PUBLIC)
    assert "setup --yes" in capsys.readouterr().err


def test_what_is_given_is_not_asked_for_and_the_rest_stays(run, root):
    assert run(given={"name": "Shelf life", "zone": "europe/rome"}) == 0
    assert read(root)[0] == change(SITENAME="Shelf life", TIMEZONE="Europe/Rome")


def test_yes_takes_all_that_is_proposed(run, root):
    assert run(given={"name": "Shelf life"}, yes=True) == 0
    assert read(root)[0] == change(SITENAME="Shelf life", **GUESSED)


def test_the_authority_follows_the_first_address_and_no_other_after_it(run, root):
    assert run(given={"address": "bea/books"}) == 0
    assert run(given={"address": "https://bea.example.org"}) == 0
    wanted = change(SITEURL="https://bea.example.org", FEED_AUTHORITY="books@bea.github.io")
    assert read(root) == (wanted, PUBLIC)


def test_a_domain_that_the_content_names_gives_the_authority_first(run, root):
    (root / "content/extra").mkdir()
    (root / "content/extra/CNAME").write_bytes(b"bea.example.org\n")
    assert run(given={"address": "bea/books"}) == 0
    assert 'FEED_AUTHORITY = "bea.example.org"' in read(root)[0]


def test_where_none_can_be_derived_the_line_to_write_is_told(run, root, capsys):
    assert run(given={"address": "https://uni.example.org/~bea"}) == 0
    assert read(root)[0] == change(SITEURL="https://uni.example.org/~bea")
    out = capsys.readouterr().out
    assert out.endswith(
        "pelicanconf.py:12: FEED_AUTHORITY is the example's still, and stands in the ids of your posts for "
        'ever. Write: FEED_AUTHORITY = "you@example.org", with an address of yours or your own domain\n'
    )


def test_an_authority_that_is_worked_out_is_left_to_the_author(run, root):
    worked_out = SHIPPED.replace('FEED_AUTHORITY = "', 'FEED_AUTHORITY = "a" + "')
    (root / FILES[0]).write_text(worked_out)
    assert run(given={"address": "bea/books"}) == 0
    assert 'FEED_AUTHORITY = "a" + "' in read(root)[0]


def test_a_wrong_option_changes_nothing(run, root, capsys):
    assert run(given={"name": "Shelf life", "language": "klingonese"}) == 2
    assert read(root) == (SHIPPED, PUBLIC)
    assert capsys.readouterr().err.startswith("--language: DEFAULT_LANG is “klingonese”")


def test_a_setting_is_written_where_it_counts(run, root):
    public = 'from pelicanconf import *\n\nSITEURL = "https://old.example.org"  # for ever\n'
    (root / FILES[1]).write_text(public)
    assert run(given={"address": "https://new.example.org/"}) == 0
    wanted = change(FEED_AUTHORITY="new.example.org")
    assert read(root) == (wanted, public.replace("old", "new"))


def test_a_setting_that_is_worked_out_is_left_to_the_author(run, root, capsys):
    (root / FILES[0]).write_text(SHIPPED.replace('AUTHOR = "', 'AUTHOR = "Dr. " + "'))
    before = read(root)
    assert run(given={"author": "Bea"}) == 1
    assert read(root) == before
    assert 'Write: AUTHOR = "Bea".' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://example.org/blog/", "https://example.org/blog"),
        ("example.org", "https://example.org"),
        ("ann.github.io/blog", "https://ann.github.io/blog"),
        ("Ann/blog", "https://ann.github.io/blog"),
        ("ann/ann.github.io", "https://ann.github.io"),
        ("https://github.com/Ann/blog.git", "https://ann.github.io/blog"),
    ],
)
def test_an_address_may_be_typed_in_short(typed, address):
    assert read_address(typed) == address


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("git@github.com:Ann/blog.git", "https://ann.github.io/blog"),
        ("https://github.com/ann/blog", "https://ann.github.io/blog"),
        ("https://token@github.com/ann/blog.git", "https://ann.github.io/blog"),
        ("ssh://git@github.com/ann/Ann.github.io.git", "https://ann.github.io"),
        ("https://gitlab.com/ann/blog", ""),
        ("../blog", ""),
        ("", ""),
    ],
)
def test_the_address_is_guessed_from_the_repository(tmp_path, remote, address):
    assert guess_address(remote, tmp_path) == address


def test_a_domain_of_its_own_comes_before_the_repository(tmp_path):
    (tmp_path / "extra").mkdir()
    (tmp_path / "extra/CNAME").write_text("books.example.org\n")
    assert guess_address("git@github.com:a/b.git", tmp_path) == "https://books.example.org"
    assert format_pages("A", "b") == "https://a.github.io/b"


@pytest.mark.parametrize(
    ("environ", "tag"),
    [
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "pt_BR.UTF-8"}, "pt-BR"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "fr_FR"}, "fr"),
        ({"LANG": "C.UTF-8"}, ""),
        ({"LANG": "POSIX"}, ""),
        ({}, ""),
    ],
)
def test_the_language_is_guessed_from_the_system(environ, tag):
    assert guess_language(environ) == tag


def test_the_zone_is_guessed_from_the_system_if_there_is_such_a_one(monkeypatch, tmp_path):
    monkeypatch.setattr("commands.settings.setup_guesses.LOCALTIME", tmp_path / "none")
    monkeypatch.setattr("commands.settings.setup_guesses.TIMEZONE_FILE", tmp_path / "zone")
    assert guess_zone({"TZ": "Australia/Sydney"}) == "Australia/Sydney"
    assert guess_zone({"TZ": "Mars"}) == ""
    (tmp_path / "zone").write_text("Europe/Berlin\n")
    assert guess_zone({}) == "Europe/Berlin"
    (tmp_path / "zone").write_text("Etc/UTC\n")
    assert guess_zone({}) == "UTC"


def test_an_address_that_takes_no_mail_is_not_proposed():
    assert guess_contact("1+ann@users.noreply.github.com") == ""
    assert guess_contact("ann@example.org") == "ann@example.org"


@pytest.mark.parametrize(("typed", "tag"), [("en_GB", "en-GB"), ("German", "de"), ("nl", "nl")])
def test_a_language_may_be_typed_by_its_name(typed, tag):
    assert read_language(typed) == tag


def test_a_zone_may_be_typed_with_other_capitals():
    assert read_zone("america/new york") == "America/New_York"
    assert read_zone("Mars") == "Mars"


def test_a_fresh_copy_mentions_the_setup_once_and_no_other_does(monkeypatch, tmp_path, capsys):
    shipped = {question.setting: question.shipped for question in QUESTIONS}
    monkeypatch.setattr(ready, "ROOT", tmp_path)
    for is_new, constants in ((True, shipped), (False, {**shipped, "AUTHOR": "Bea"})):
        monkeypatch.setattr(ready, "read_constants", lambda constants=constants: constants)
        ready.mention_setup()
        out = capsys.readouterr().out
        assert out.count("\n") == is_new
        assert ("python3 tasks.py setup" in out) == is_new
    (tmp_path / ".cache").mkdir()  # the first build has been
    monkeypatch.setattr(ready, "read_constants", lambda: shipped)
    ready.mention_setup()
    assert capsys.readouterr().out == ""
