"""The questions of `setup`: which settings they are for, and how an answer is read."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import available_timezones

from building.setting_rules import check_setting
from building.site_address import format_pages

NONE = "-"
GITHUB = re.compile(r"(?:https?://)?(?:www\.)?github\.com/([\w-]+)/([\w.-]+?)(?:\.git)?/?")
SURROGATE = re.compile("[\ud800-\udfff]")  # a byte of another encoding
REPOSITORY = re.compile(r"([\w-]+)/([\w.-]+)")
LANGUAGE_NAMES = {
    "english": "en",
    "german": "de",
    "deutsch": "de",
    "french": "fr",
    "français": "fr",
    "spanish": "es",
    "español": "es",
    "italian": "it",
    "italiano": "it",
    "dutch": "nl",
    "nederlands": "nl",
    "portuguese": "pt",
    "português": "pt",
}


def read_plain(answer: str) -> str:
    """Return an answer as it is typed, with one blank between words."""
    return " ".join(answer.split())


def read_address(answer: str) -> str:
    """Return the address of a site from one without https://, or from the name of a repository."""
    if (match := GITHUB.fullmatch(answer) or REPOSITORY.fullmatch(answer)) and "." not in match[1]:
        return format_pages(match[1], match[2])
    address = answer if "://" in answer or not answer else f"https://{answer}"
    return address.rstrip("/")


def read_language(answer: str) -> str:
    """Return the tag of a language, of which the name may be typed too."""
    return LANGUAGE_NAMES.get(answer.casefold(), answer.replace("_", "-"))


def read_zone(answer: str) -> str:
    """Return the name of a time zone, typed with whatever capitals and blanks."""
    plain = answer.replace(" ", "_").casefold()
    return next((zone for zone in available_timezones() if zone.casefold() == plain), answer)


def read_contact(answer: str) -> str:
    """Return an e-mail address, or nothing for a dash."""
    return "" if answer == NONE else answer


@dataclass(frozen=True)
class Question:
    """A question, the option that answers it as well, and the setting that it is for."""

    setting: str
    option: str
    text: str
    shipped: str  # what stands there in a copy that nobody has set up
    read: Callable[[str], str] = read_plain

    def explain_wrong(self, value: str) -> str:
        """Return what is wrong with a value; empty if it is fine."""
        if not value.isascii() and SURROGATE.search(value):
            seen = f"{self.setting} holds a letter that this terminal did not send as UTF-8"
            return f"{seen}. Type it otherwise."
        return check_setting(self.setting, value)


QUESTIONS = (
    Question("SITENAME", "name", "What is the site called?", "Libraries Got Game"),
    Question("AUTHOR", "author", "Who writes it?", "The Librarian"),
    Question(
        "SITEURL",
        "address",
        "Where will readers find it? An address, or <user>.github.io/<repo>",
        "http://localhost:8000",
        read_address,
    ),
    Question(
        "DEFAULT_LANG",
        "language",
        "In which language is it? A tag such as en, de or pt-BR",
        "en",
        read_language,
    ),
    Question(
        "TIMEZONE",
        "zone",
        "In which time zone are its dates? As in Europe/Berlin",
        "UTC",
        read_zone,
    ),
    Question(
        "CONTACT_EMAIL",
        "contact",
        f"Where do replies go? A public e-mail address, or {NONE} for none",
        "",
        read_contact,
    ),
)


def is_as_shipped(settings: Mapping[str, Any]) -> bool:
    """Return whether nobody has set a site up; its address may be the environment's."""
    return all(
        settings.get(question.setting) == question.shipped
        for question in QUESTIONS
        if question.setting != "SITEURL"
    )
