"""Settings that no site can be built with are refused in words, by `check` as by `build`."""

import pytest

from building import settings as reading
from building.settings import OWN_SETTINGS, PELICAN_SETTINGS, check_settings, read_constants
from catalogue.problems import Refused
from commands import build as building
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


def test_the_settings_of_the_project_are_good_and_known_without_pelican():
    check_settings(CONSTANTS)
    assert CONSTANTS.keys() <= OWN_SETTINGS | PELICAN_SETTINGS


def test_what_is_known_of_pelican_is_so():
    from pelican.settings import DEFAULT_CONFIG

    assert DEFAULT_CONFIG.keys() >= PELICAN_SETTINGS
    assert not OWN_SETTINGS & PELICAN_SETTINGS


def test_a_setting_that_pelican_has_and_this_site_does_not_set_is_known():
    check_settings({**CONSTANTS, "ARTICLE_PATHS": ["posts"]})


@pytest.mark.parametrize("name", sorted(OWN_SETTINGS))
def test_a_setting_that_is_missing_is_named(name):
    assert explain(**{name: ...}) == [f"pelicanconf.py: the setting {name} is missing. Add it."]


def test_a_misspelt_setting_is_named_with_the_right_one():
    assert explain(SITESUBTITEL="x", SITESUBTITLE=...) == [
        "pelicanconf.py: nobody reads a setting called SITESUBTITEL. Did you mean SITESUBTITLE?",
        "pelicanconf.py: the setting SITESUBTITLE is missing. Add it.",
    ]


@pytest.mark.parametrize("value", [None, 5, True, [], ["A", "B"], b"x"])
@pytest.mark.parametrize("name", sorted(reading.TEXTS))
def test_what_should_be_text_and_is_not_is_named_with_an_example(name, value):
    (line,) = explain(**{name: value})
    assert line.startswith(f"pelicanconf.py: {name} is {value!r}, and a text")
    assert line.endswith(f'{name} = "{reading.TEXTS[name]}"')


@pytest.mark.parametrize("value", [None, 0, -1, "10", 2.5, False, True, []])
def test_the_length_of_a_list_is_a_number(value):
    (line,) = explain(DEFAULT_PAGINATION=value)
    assert line.startswith(f"pelicanconf.py: DEFAULT_PAGINATION is {value!r}, and no list")


@pytest.mark.parametrize(
    "zone",
    ["", "Europe/Nowhere", "europe/berlin ", "../x", "/etc/localtime", "Europe/", "UTC ", "é"],
)
def test_a_time_zone_that_there_is_not_is_named(zone):
    (line,) = explain(TIMEZONE=zone)
    assert line.startswith("pelicanconf.py: TIMEZONE is “")
    assert line.endswith('there is no such time zone. Write one, like: TIMEZONE = "Europe/Berlin"')


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("CONTACT_EMAIL", "desk", "pelicanconf.py: CONTACT_EMAIL is “desk”"),
        ("FEED_AUTHORITY", "", "FEED_AUTHORITY is “”"),
        ("SITEURL", "http://[", "pelicanconf.py: SITEURL is “http://[”"),
        ("THEME", "tehme", "pelicanconf.py: THEME is “tehme”"),
        ("THEME", "\0", "pelicanconf.py: THEME is “ ”"),
    ],
)
def test_a_text_that_names_nothing_is_told_with_an_example(name, value, said):
    (line,) = explain(**{name: value})
    assert line.startswith(said)
    assert f'{name} = "' in line


@pytest.mark.parametrize(
    "changes",
    [
        {"TIMEZONE": "Mars"},
        {"CONTACT_EMAIL": "desk"},
        {"AUTHOR": None},
        {"AUTOR": "x"},
        {"STORE": 5},
    ],
)
def test_check_says_of_the_settings_what_build_says(monkeypatch, tmp_path, changes):
    constants = {**CONSTANTS, **changes}
    monkeypatch.setattr(checking, "read_constants", lambda: constants)
    monkeypatch.setattr(building, "read_constants", lambda: constants)
    said = []
    for command in (
        lambda: check(ROOT / "content"),
        lambda: building.build(ROOT / "content", tmp_path / "output"),
    ):
        with pytest.raises(Refused) as refused:
            command()
        said.append(str(refused.value))
    assert said[0] == said[1] != ""
