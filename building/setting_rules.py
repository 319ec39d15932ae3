"""What each of the author's settings has to be.

A check takes a value of the right kind and returns in a sentence what is wrong with it, with the right
form written out; nothing if it is fine.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from building.setting_examples import SETTING_EXAMPLES, check_kind
from building.settings import is_site_address
from building.words import LISTED_PAGES, PLACEHOLDER
from catalogue.addresses import SITE
from catalogue.problems import Refused, shorten
from catalogue.spelling import count_slips
from catalogue.text.languages import is_language_tag

MOST_SLIPS = 2  # letters of a time zone that may be mistyped
DATE_PARTS = frozenset(("day", "month", "month_number", "year"))


def check_setting(name: str, value: Any) -> str:
    """Return what is wrong with the value of one of the author's settings; empty if nothing is."""
    if wrong := check_kind(value, SETTING_EXAMPLES[name]):
        return f"{name} is {value!r}, and {wrong}, like: {name} = {SETTING_EXAMPLES[name]}"
    return CHECKS[name](value) if name in CHECKS else ""


def check_zone(zone: str) -> str:
    """Return what is wrong with the time zone."""
    try:
        ZoneInfo(zone)
    except (OSError, ValueError, KeyError):  # KeyError: what zoneinfo raises for an unknown one
        seen = f"TIMEZONE is “{shorten(zone)}”, and there is no such time zone"
        if near := find_near_zone(zone):
            return f'{seen}. Did you mean: TIMEZONE = "{near}"'
        return f"{seen}. Write one, like: TIMEZONE = {SETTING_EXAMPLES['TIMEZONE']}"
    return ""


def find_near_zone(zone: str) -> str:
    """Return the time zone whose name, or whose city, is nearest to a mistyped one; empty for none."""
    plain = zone.strip().replace(" ", "_").casefold()
    zones = sorted(name for name in available_timezones() if "/" in name or name == "UTC")
    near = min((count_slips(plain, name.casefold(), MOST_SLIPS), name) for name in zones)
    cities = {name.rpartition("/")[2].casefold(): name for name in zones}
    return near[1] if near[0] <= MOST_SLIPS else cities.get(plain, "")


def check_language(language: str) -> str:
    """Return what is wrong with the language of the site, a tag of BCP 47."""
    if is_language_tag(language):
        return ""
    seen = f"DEFAULT_LANG is “{shorten(language)}”, and that is no language tag"
    return f'{seen}. Write one, like: DEFAULT_LANG = "en", "de" or "pt-BR"'


def check_site_address(address: str) -> str:
    """Return what is wrong with the address of the site."""
    if is_site_address(address):
        return ""
    seen = f"SITEURL is “{shorten(address)}”, and that is no address"
    return f"{seen}. Write one, like: SITEURL = {SETTING_EXAMPLES['SITEURL']}"


def check_name(name: str, value: str) -> str:
    """Return what is wrong with the name of the site or of its author."""
    from catalogue.rules.namesakes import read_site_names

    if name == "SITENAME" and not value.strip():
        seen = "SITENAME is empty, and every page needs it"
        return f"{seen}. Write one, like: SITENAME = {SETTING_EXAMPLES[name]}"
    try:
        read_site_names({name: value})
    except Refused as refused:  # without the file, and what follows from it
        return str(refused).removeprefix("pelicanconf.py: ").removesuffix(" The site is unchanged.")
    return ""


def check_contact_address(email: str) -> str:
    """Return what is wrong with the address for readers' replies."""
    if not email or re.fullmatch(r"[^\s@<>\"(),:;\\]+@[^\s@<>\"(),:;\\]+", email):
        return ""
    return (
        f"CONTACT_EMAIL is “{email}”, which is no e-mail address. Write one, "
        'like: CONTACT_EMAIL = "desk@example.org", or nothing between the quotation marks.'
    )


def check_feed_authority(authority: str) -> str:
    """Return what is wrong with the name that begins the ids of feeds."""
    from plugins.tag_uri import check_authority

    return check_authority(authority)


def check_date_form(form: str) -> str:
    """Return what is wrong with the form of a date."""
    parts = {*PLACEHOLDER.findall(form)}
    if (
        "day" in parts
        and "year" in parts
        and parts & {"month", "month_number"}
        and parts <= DATE_PARTS
    ):
        return ""
    seen = (
        f"DATE_FORM is “{shorten(form)}”, and readers would not see the day, the month and the year"
    )
    return f"{seen}. Write them in braces, like: DATE_FORM = {SETTING_EXAMPLES['DATE_FORM']}"


def check_navigation_entries(entries: Sequence[Any]) -> str:
    """Return what is wrong with the navigation: pages, alone or each with a label."""
    for entry in entries:
        pair = (entry, "-") if isinstance(entry, str) else entry
        if not is_texts(pair, (2,)) or not is_page(pair[0]):
            return (
                f"NAVIGATION has {shorten(repr(entry))}, and a page belongs there: "
                f"{', '.join(LISTED_PAGES)}, or the address of a page of yours such as /about/. Alone, "
                f"or with a label. Write: NAVIGATION = {SETTING_EXAMPLES['NAVIGATION']}"
            )
    return ""


def check_footer(entries: Sequence[Any]) -> str:
    """Return what is wrong with the links of the footer: labels with addresses, and "me" for a profile."""
    for entry in entries:
        is_right = is_texts(entry, (2, 3)) and entry[2:] in ((), ("me",))
        if not is_right or not (
            is_page(entry[1]) or is_site_address(re.split("[?#]", entry[1])[0])
        ):
            return (
                f"FOOTER_LINKS has {shorten(repr(entry))}, and a label with an address belongs there, "
                'and "me" if it is a profile of yours. Write: '
                f"FOOTER_LINKS = {SETTING_EXAMPLES['FOOTER_LINKS']}"
            )
    return ""


def is_page(name: str) -> bool:
    """Return whether a text can name a page of the site; whether there is one is found when all is read."""
    return name in SITE or name.startswith("/")


def is_texts(entry: Any, lengths: Iterable[int]) -> bool:
    """Return whether an entry of a list is some texts in round brackets, none of them empty."""
    is_right = isinstance(entry, tuple) and len(entry) in lengths
    return is_right and all(isinstance(text, str) and text.strip() for text in entry)


CHECKS: dict[str, Callable[[Any], str]] = {
    "AUTHOR": lambda value: check_name("AUTHOR", value),
    "CONTACT_EMAIL": check_contact_address,
    "DATE_FORM": check_date_form,
    "DEFAULT_LANG": check_language,
    "FEED_AUTHORITY": check_feed_authority,
    "FOOTER_LINKS": check_footer,
    "NAVIGATION": check_navigation_entries,
    "SITENAME": lambda value: check_name("SITENAME", value),
    "SITEURL": check_site_address,
    "TIMEZONE": check_zone,
}
