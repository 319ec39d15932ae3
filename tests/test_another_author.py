"""In the hands of another author, with another wording of the theme, no test of the project fails.

Of all tests those run here, on a copy of the project that is hers, that once knew the settings, the
texts or the wording by heart and need few sites: what holds for every page and every feed, the two
posts that the tests have as files, the check of all that is right, and the places that the proof of
warm builds edits. `make_hers` says how to run any other there.
"""

import re
import subprocess
import sys
from pathlib import Path

from building.check_settings import check_settings
from building.settings import read_constants
from building.words import read_words
from catalogue.project import CODE_FOLDERS
from tests.conftest import OWN, PROJECT, read_author_settings, write_files
from tests.forked import copy
from tests.test_warm import assign

PARTS = (
    *CODE_FOLDERS,
    *"benchmarks tests theme pelicanconf.py publishconf.py tasks.py README.md pyproject.toml".split(),
)
SETTINGS = {
    "AUTHOR": "Ada Köhler",
    "CONTACT_EMAIL": "ada@lesesaal.example.org",
    "DATE_FORM": "{day}. {month} {year}",
    "DEFAULT_LANG": "de",
    "DEFAULT_PAGINATION": 7,
    "FEED_AUTHORITY": "lesesaal.example.org",
    "FEED_LENGTH": 9,
    "FOOTER_LINKS": [("Mastodon", "https://glammr.us/@ada", "me")],
    "NAVIGATION": ["topics", ("archives", "Alles"), "questions", "home"],
    "SITENAME": "Lesesaal & Magazin",
    "SITESUBTITLE": "Notizen.",
    "SITEURL": "http://localhost:8123",
    "TIMEZONE": "Pacific/Auckland",
    "TOPIC_FEED_LENGTH": 8,
}
CONTENT = {
    "posts/anfang.md": "Title: Ein Anfang\nDate: 2026-02-03 10:00\nTags: Lesen\n\nNur *ein* Satz.\n",
    "topics/lesen.md": "Title: Lesen\n\nAlles.\n",
}
SELECTION = "every or a_seed or masthead or nothing or right"
FILES = [
    f"tests/{name}.py" for name in ("test_site", "test_feeds", "commands/test_check", "test_warm")
]


def make_hers(folder):
    """Copy the project, and let all be different that an author may change.

    By hand: `PYTHONPATH=tests/site:. python -m tests.test_another_author /tmp/hers`, and there any tests.
    """
    folder.mkdir(exist_ok=True)
    copy([*map(PROJECT.joinpath, PARTS), *PROJECT.glob("*.txt")], folder)
    write_files(folder / "content", CONTENT)
    conf = folder / "pelicanconf.py"
    for name, value in SETTINGS.items():
        conf.write_bytes(assign(conf.read_bytes(), name, repr(value)))
    path = folder / "theme/words.py"
    for name, value in read_words().items():
        path.write_bytes(assign(path.read_bytes(), name, repr(reword(name, value))))


def reword(name, value):
    """Return a word of the theme, or a pair of them, with more at its end, or another sign in thousands."""
    if isinstance(value, tuple):
        return tuple(reword(name, text) for text in value)
    return "." if name == "thousands" else f"{value} zzz"


def test_the_author_s_settings_are_such_that_a_site_can_be_built_with_them():
    check_settings({**read_constants(), **read_author_settings()})


def test_the_tests_have_a_value_of_their_own_for_each_setting_of_the_author():
    """Else it would be hers that decides in a test."""
    own = (OWN / "pelicanconf.py").read_text(encoding="utf-8")
    missing = [
        name for name in read_author_settings() if not re.search(f"^{name} = ", own, re.MULTILINE)
    ]
    assert not missing, f"Set them in tests/site/pelicanconf.py as well: {', '.join(missing)}."


def test_with_her_settings_her_texts_and_another_wording_tests_pass(tmp_path, tmp_path_factory):
    make_hers(tmp_path)
    command = [sys.executable, "-m", "pytest", "-q", "--tb=short", "-p", "no:cacheprovider"]
    command += [f"--basetemp={tmp_path_factory.mktemp('built')}", "-k", SELECTION, *FILES]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) > 60


if __name__ == "__main__":
    make_hers(Path(sys.argv[1]))
