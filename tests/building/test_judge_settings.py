"""What the settings say and no page shows is told once, at the line of the setting."""

import pytest

from building.judge_settings import judge_settings
from building.judge_site import judge_site
from building.settings import read_constants, relate_file
from catalogue.problems import Problem
from catalogue.project import ROOT
from tests.conftest import write_files

SETTINGS = {
    "AUTHOR": "Ann Reader",
    "DATE_FORM": "{day} {month} {year}",
    "SITENAME": "Stacks",
    "SITESUBTITLE": "",
    "SITEURL": "https://ann.example",
}
LINES = (ROOT / "pelicanconf.py").read_text("utf-8").splitlines()
PLACE = next(number for number, line in enumerate(LINES, 1) if line.startswith("AUTHOR ="))
BEFORE = [Problem("posts/a.md", 1, "error", "This is wrong.")]


@pytest.mark.parametrize(
    ("author", "written"),
    [
        ("Ann Reader, MLIS", "AUTHOR = 'Ann Reader'"),
        ("Ann Reader (she/her)", "AUTHOR = 'Ann Reader'"),
        ("{Le Guin}, Ursula, PhD", "AUTHOR = '{Le Guin}, Ursula'"),
        ("Brian O'Brien, PhD", 'AUTHOR = "Brian O\'Brien"'),
        ("Ann Reader", ""),
        ("The Librarian", ""),
    ],
)
def test_degrees_of_the_site_s_author_are_a_warning_at_its_line(tmp_path, author, written):
    found = judge_settings({**SETTINGS, "AUTHOR": author, "PATH": str(tmp_path)}, BEFORE, ())
    assert found[:1] == BEFORE
    place = relate_file("pelicanconf.py", tmp_path), PLACE, "warning"
    told = [
        ((each.path, each.line, each.level), each.text.partition("Write: ")[2])
        for each in found[1:]
    ]
    assert told == ([(place, written)] if written else [])


@pytest.mark.parametrize(
    ("changed", "files", "at", "lacking"),
    [
        ({}, (), "", ""),
        ({"SITENAME": "Łódź", "SITESUBTITLE": "Книги 📚", "AUTHOR": "Élan"}, (), "", ""),
        ({"SITENAME": "ספרייה"}, (), "SITENAME", "name"),
        ({"AUTHOR": "图书馆", "SITESUBTITLE": "图书馆"}, (), "SITESUBTITLE", "subtitle and author"),
        ({"DATE_FORM": "{year}年{month}"}, (), "DATE_FORM", "dates"),
        ({"SITENAME": "图", "AUTHOR": "图"}, ("extra/card.png",), "SITENAME", "name"),
        ({"AUTHOR": "图"}, ("extra/card.png",), "", ""),
        ({"SITENAME": "图", "CARDS": False}, (), "", ""),
    ],
)
def test_what_no_card_can_show_of_the_settings_is_one_warning(
    tmp_path, changed, files, at, lacking
):
    found = judge_settings({**SETTINGS, "PATH": str(tmp_path), **changed}, [], files)
    place = relate_file("pelicanconf.py", tmp_path)
    line = next((n for n, text in enumerate(LINES, 1) if at and text.startswith(f"{at} =")), 0)
    assert [(each.path, each.line, each.level) for each in found] == [
        (place, line, "warning")
    ] * bool(at)
    for each in found:
        seen, _, ways = each.text.partition(", for the letters are not on hand. ")
        assert seen == f"Other sites show cards of this site without its {lacking}"
        assert ("content/extra/card.png" in ways, "Image: its-name.jpg" in ways) == (
            not files,
            True,
        )


def test_what_is_judged_of_a_site_has_that_warning_once(tmp_path):
    write_files(tmp_path, {f"posts/{n}.md": f"Title: {n}\nDate: 2026-01-02\n\nX.\n" for n in "ab"})
    own = {**SETTINGS, "PATH": str(tmp_path), "READING_CACHE": "", "SITENAME": "ספרייה"}
    problems = judge_site({**read_constants(), **own}).problems
    assert len([each for each in problems if "without its name" in each.text]) == 1
