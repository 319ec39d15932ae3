"""Settings that no site can be built with are refused in words, by `check` as by `build`."""

import shutil
import sys

import pytest

from building import check_settings as reading
from building import settings
from building.check_settings import FIXED, check_settings, find_lines, locate_setting
from building.judge_site import judge_site
from building.pelican_adapter import fixed_settings
from building.setting_examples import SETTING_EXAMPLES
from building.settings import FILES, read_constants
from catalogue.problems import Refused
from commands import check as checking
from commands.check import check

ROOT = reading.ROOT
CONSTANTS = read_constants()


def explain(**changes):
    """Return what is said of the settings with some changes; a setting that is Ellipsis is not there."""
    changed = {name: value for name, value in {**CONSTANTS, **changes}.items() if value is not ...}
    with pytest.raises(Refused) as refused:
        check_settings(changed)
    *lines, last = str(refused.value).splitlines()
    assert last == "The site is unchanged."
    return lines


def place(name):
    """Return where a setting of the project stands; of two places, the one that counts."""
    lines = {file: find_lines(ROOT / file) for file in FILES}
    file = FILES[name in lines[FILES[1]]]
    return f"{file}:{lines[file][name]}"


FIRST = ["from building.pelican_adapter.fixed_settings import *", ""]
FIRST += [f"{name} = {example}" for name, example in SETTING_EXAMPLES.items()]
SECOND = [
    "from pelicanconf import *",
    "from pelicanconf import SITEURL as local",
    "SITEURL = local",
]


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Return a function that puts a line in place of a setting's, or behind a file, and tells the faults."""
    for module in (reading, settings):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))

    def write(name="", line="", public=()):
        first = [line if name and each.startswith(f"{name} =") else each for each in FIRST]
        (tmp_path / FILES[0]).write_text("\n".join(first), encoding="utf-8")
        (tmp_path / FILES[1]).write_text("\n".join([*SECOND, *public]), encoding="utf-8")
        monkeypatch.delitem(sys.modules, "pelicanconf", raising=False)
        shutil.rmtree(tmp_path / "__pycache__", ignore_errors=True)
        with pytest.raises(Refused) as refused:
            check_settings(read_constants())
        return str(refused.value).removesuffix("\nThe site is unchanged.")

    before = sys.modules.get("pelicanconf")
    yield write
    sys.modules.pop("pelicanconf", None)
    if before:
        sys.modules["pelicanconf"] = before


def find_example(name):
    """Return the line of a setting in the file that `written` begins with."""
    return next(n for n, line in enumerate(FIRST, 1) if line.startswith(f"{name} ="))


def test_the_settings_of_the_project_are_good_and_all_of_them_are_the_authors_or_fixed():
    check_settings(CONSTANTS)
    assert CONSTANTS.keys() == SETTING_EXAMPLES.keys() | FIXED


def test_no_setting_of_the_author_is_fixed():
    assert not SETTING_EXAMPLES.keys() & FIXED
    assert vars(fixed_settings).keys() >= FIXED


@pytest.mark.parametrize("name", sorted(SETTING_EXAMPLES))
def test_an_example_is_a_setting_that_is_fine(name):
    check_settings({**CONSTANTS, name: eval(SETTING_EXAMPLES[name])})


@pytest.mark.parametrize("name", sorted(SETTING_EXAMPLES))
def test_a_setting_that_is_missing_is_named_with_what_to_write(name):
    assert explain(**{name: ...}) == [
        f"pelicanconf.py: the setting {name} is missing. Add it: {name} = {SETTING_EXAMPLES[name]}"
    ]


def test_a_misspelt_setting_is_named_with_its_line_and_the_right_one(written):
    assert written("SITESUBTITLE", 'SITESUBTITEL = "x"').splitlines() == [
        f"pelicanconf.py:{find_example('SITESUBTITLE')}: nobody reads a setting called SITESUBTITEL. "
        "Did you mean SITESUBTITLE?",
        "pelicanconf.py: the setting SITESUBTITLE is missing. Add it: "
        f"SITESUBTITLE = {SETTING_EXAMPLES['SITESUBTITLE']}",
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('ARTICLE_URL = "blog/{slug}/"', "catalogue/addresses.py, which plans every address"),
        ('PAGE_SAVE_AS = "x"', "catalogue/addresses.py, which plans every address"),
        ("STATIC_PATHS = []", "building/pelican_adapter/fixed_settings.py"),
        ('THEME = "theme"', "building/pelican_adapter/fixed_settings.py"),
        ("PLUGINS += []", "building/pelican_adapter/fixed_settings.py"),
        ("for PLUGINS in ([],): pass", "building/pelican_adapter/fixed_settings.py"),
    ],
)
def test_a_setting_that_belongs_to_the_code_is_refused_with_its_line(written, line, said):
    name = next(word for word in line.split() if word.isupper())
    said = f"{name} belongs to the code of the site and is fixed in {said}. Take it out."
    at = find_example("TIMEZONE") + 1
    assert written("TIMEZONE", f'TIMEZONE = "UTC"\n{line}') == f"pelicanconf.py:{at}: {said}"
    assert written(public=["", line]) == f"publishconf.py:{len(SECOND) + 2}: {said}"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("AUTOR = 'x'", "nobody reads a setting called AUTOR. Did you mean AUTHOR?"),
        ("Sitename = 'x'", "nobody reads a setting called Sitename. Did you mean SITENAME?"),
        (
            "WHOLLY_STRANGE_ZZZ = 1",
            "nobody reads a setting called WHOLLY_STRANGE_ZZZ. Take it out.",
        ),
        ("from os import SEEK_SET", "nobody reads a setting called SEEK_SET. Take it out."),
    ],
)
def test_what_nobody_reads_is_refused_with_its_line(written, line, said):
    seen = written("TIMEZONE", f'TIMEZONE = "UTC"\n{line}')
    assert seen == f"pelicanconf.py:{find_example('TIMEZONE') + 1}: {said}"


def test_of_a_setting_in_both_files_the_one_that_counts_is_named(written):
    seen = written(public=["", 'SITEURL = "x"'])
    assert seen.startswith(f"publishconf.py:{len(SECOND) + 2}: SITEURL is “x”")
    seen = written("SITEURL", 'SITEURL = "x"')
    assert seen.startswith(f"pelicanconf.py:{find_example('SITEURL')}: SITEURL is “x”")


def test_all_faults_are_told_at_once(written):
    lines = 'DEFAULT_LANG = "english"\nAUTOR = 1\nDATE_FORM = 7\nFEED_LENGTH = 0'
    seen = written("TIMEZONE", lines).splitlines()
    twice = [line for line in seen if "as well. Take one" in line]
    assert [line.split(": ")[1].split()[0] for line in twice] == [
        "DEFAULT_LANG",
        "DATE_FORM",
        "FEED_LENGTH",
    ]
    seen = [line for line in seen if line not in twice]
    told = ["nobody", "the", "DATE_FORM", "DEFAULT_LANG", "FEED_LENGTH"]
    assert [line.split(": ")[1].split()[0] for line in seen] == told


@pytest.mark.parametrize("value", [None, 5, True, [], ["A", "B"], b"x"])
@pytest.mark.parametrize(
    "name", sorted(n for n in SETTING_EXAMPLES if SETTING_EXAMPLES[n][0] == '"')
)
def test_what_should_be_text_and_is_not_is_named_with_an_example(name, value):
    (line,) = explain(**{name: value})
    assert line == (
        f"{place(name)}: {name} is {value!r}, and a text in quotation marks belongs there. "
        f"Write one, like: {name} = {SETTING_EXAMPLES[name]}"
    )


@pytest.mark.parametrize("value", [None, 0, -1, "10", 2.5, False, True, []])
@pytest.mark.parametrize("name", ["DEFAULT_PAGINATION", "FEED_LENGTH", "TOPIC_FEED_LENGTH"])
def test_the_length_of_a_list_is_a_number(name, value):
    (line,) = explain(**{name: value})
    assert line.startswith(f"{place(name)}: {name} is {value!r}, and a whole number from 1")
    assert line.endswith(f"{name} = {SETTING_EXAMPLES[name]}")


@pytest.mark.parametrize(
    "zone",
    ["", "Europe/Nowhere", "../x", "/etc/localtime", "Europe/", "é"],
)
def test_a_time_zone_that_there_is_not_is_named(zone):
    (line,) = explain(TIMEZONE=zone)
    assert line.startswith(f"{place('TIMEZONE')}: TIMEZONE is “")
    assert line.endswith('there is no such time zone. Write one, like: TIMEZONE = "Europe/Berlin"')


@pytest.mark.parametrize(
    ("zone", "meant"),
    [
        ("europe/berlin ", "Europe/Berlin"),
        ("UTC ", "UTC"),
        ("America/New York", "America/New_York"),
        ("Sydney", "Australia/Sydney"),
        ("Europe/Londn", "Europe/London"),
    ],
)
def test_a_time_zone_that_is_nearly_one_is_named_with_the_one_that_is_meant(zone, meant):
    (line,) = explain(TIMEZONE=zone)
    assert line.endswith(f'there is no such time zone. Did you mean: TIMEZONE = "{meant}"')


@pytest.mark.parametrize(
    "tag", ["en", "de", "pt-BR", "zh-Hant", "sl-rozaj", "es-419", "gsw", "en-x-a"]
)
def test_a_language_tag_is_fine(tag):
    check_settings({**CONSTANTS, "DEFAULT_LANG": tag})


@pytest.mark.parametrize("tag", ["", "english", "e", "en_GB", "en GB", "en-", "de-DE-", "<", "1"])
def test_what_is_no_language_tag_is_named(tag):
    (line,) = explain(DEFAULT_LANG=tag)
    assert line.startswith(f"{place('DEFAULT_LANG')}: DEFAULT_LANG is “")
    assert '"pt-BR"' in line


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("CONTACT_EMAIL", "desk", "CONTACT_EMAIL is “desk”"),
        ("FEED_AUTHORITY", "", "FEED_AUTHORITY is “”"),
        ("SITEURL", "http://[", "SITEURL is “http://[”"),
        ("SITEURL", "example.org", "SITEURL is “example.org”"),
        ("SITENAME", " ", "SITENAME is empty"),
        ("SITENAME", "desk@example.org", "SITENAME holds an e-mail address"),
        ("AUTHOR", "desk@example.org", "AUTHOR holds an e-mail address"),
        ("DATE_FORM", "{day} {month}", "DATE_FORM is “{day} {month}”"),
        ("DATE_FORM", "{day} {mnth} {year}", "DATE_FORM is “{day} {mnth} {year}”"),
        ("DATE_FORM", "%d.%m.%Y", "DATE_FORM is “%d.%m.%Y”"),
    ],
)
def test_a_text_that_names_nothing_is_told_with_an_example(name, value, said):
    (line,) = explain(**{name: value})
    assert line.startswith(f"{place(name)}: {said}")
    assert f'{name} = "' in line


@pytest.mark.parametrize(
    "entry", ["about", "", 5, ("home",), ("home", ""), ("home", 5), ["home", "x"], ("a", "b", "c")]
)
def test_what_is_no_page_of_the_navigation_is_named(entry):
    (line,) = explain(NAVIGATION=["topics", entry])
    assert line.startswith(f"{place('NAVIGATION')}: NAVIGATION has {entry!r}, and a page belongs")
    assert line.endswith(f"NAVIGATION = {SETTING_EXAMPLES['NAVIGATION']}")


@pytest.mark.parametrize(
    "entry",
    [
        "/about/",
        ("x",),
        ("x", "y"),
        ("x", "mailto:a@example.org"),
        ("x", "/about/", "you"),
        ("", "/"),
    ],
)
def test_what_is_no_link_of_the_footer_is_named(entry):
    (line,) = explain(FOOTER_LINKS=[entry])
    assert line.startswith(f"{place('FOOTER_LINKS')}: FOOTER_LINKS has {entry!r}")
    assert line.endswith(f"FOOTER_LINKS = {SETTING_EXAMPLES['FOOTER_LINKS']}")


def test_a_setting_that_stands_in_no_file_is_found_in_none():
    assert locate_setting("NOWHERE", {}) == ("pelicanconf.py", 0)


@pytest.mark.parametrize(
    "changes", [{"TIMEZONE": "Mars"}, {"CONTACT_EMAIL": "desk"}, {"AUTHOR": None}, {"AUTOR": "x"}]
)
def test_check_says_of_the_settings_what_build_says(monkeypatch, changes):
    constants = {**CONSTANTS, **changes}
    monkeypatch.setattr(checking, "read_constants", lambda: constants)
    said = []
    for command in (lambda: check(ROOT / "content"), lambda: judge_site(constants)):
        with pytest.raises(Refused) as refused:
            command()
        said.append(str(refused.value))
    assert said[0] == said[1] != ""
