"""Judge what is not wrong with the settings each for itself, and yet is not as it should be."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from building.check_settings import locate_setting
from building.settings import relate_file
from building.site_address import judge_site_address
from building.words import format_date, read_words
from catalogue.addresses import CARD
from catalogue.card_letters import select_letters
from catalogue.header.value_checks import warn_of_additions
from catalogue.problems import Problem

# What the card of the site says besides its name, and that of a post its date, by the setting.
OF_SITE = {"SITENAME": "name", "SITESUBTITLE": "subtitle", "AUTHOR": "author"}
OF_POSTS = {"SITENAME": "name", "DATE_FORM": "dates"}


def judge_settings(
    settings: Mapping[str, Any], problems: Iterable[Problem], files: Collection[str]
) -> list[Problem]:
    """Return the problems of a site with those of its address, its author and its cards.

    `files` are the paths of the author's files that are no texts.
    """
    found = judge_site_address(settings, problems)
    if text := warn_of_additions("AUTHOR", settings["AUTHOR"], "AUTHOR = {!r}"):
        found.append(warn("AUTHOR", text, settings))
    if settings.get("CARDS", True):
        found += judge_cards(settings, files)
    return found


def judge_cards(settings: Mapping[str, Any], files: Collection[str]) -> list[Problem]:
    """Return one warning if cards lack what the settings say, at the first of these settings."""
    has_own = f"extra/{CARD}" in files
    shown = OF_POSTS if has_own else {**OF_SITE, **OF_POSTS}
    lacking = [name for name in shown if not can_be_set(name, settings)]
    if not lacking:
        return []
    names = " and ".join(shown[name] for name in lacking)
    seen = (
        f"Other sites show cards of this site without its {names}, for the letters are not on hand"
    )
    remedy = (
        "A picture of your own can take the place of each: Image: its-name.jpg of that of a post"
    )
    remedy += "" if has_own else f", content/extra/{CARD} of that of the site"
    return [warn(lacking[0], f"{seen}. {remedy}", settings)]


def can_be_set(name: str, settings: Mapping[str, Any]) -> bool:
    """Return whether a card can set what a setting says; of the form of dates, all months."""
    texts = [settings[name]]
    if name == "DATE_FORM":
        months = read_words()["months"]
        texts = [format_date(date(2026, n, 1), settings[name], months) for n in range(1, 13)]
    return all(select_letters(text) for text in texts if text)


def warn(name: str, text: str, settings: Mapping[str, Any]) -> Problem:
    """Return a warning at the line of a setting."""
    file, line = locate_setting(name, settings)
    return Problem(relate_file(file, Path(settings["PATH"])), line, "warning", text)
