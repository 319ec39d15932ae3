"""What the settings say and no page shows is told once, at the line of the setting."""

import pytest

from building.judge_settings import judge_settings
from building.settings import relate_file
from catalogue.problems import Problem
from catalogue.project import ROOT

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
    settings = {"AUTHOR": author, "SITEURL": "https://ann.example", "PATH": str(tmp_path)}
    found = judge_settings(settings, BEFORE)
    assert found[:1] == BEFORE
    place = relate_file("pelicanconf.py", tmp_path), PLACE, "warning"
    told = [
        ((each.path, each.line, each.level), each.text.partition("Write: ")[2])
        for each in found[1:]
    ]
    assert told == ([(place, written)] if written else [])
