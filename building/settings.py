"""Read the author's settings, and find what no site can be built with, each with its line.

pelicanconf.py has the author's settings only, publishconf.py what differs of them in public. What the
site needs of Pelican besides is fixed in building/pelican_adapter/fixed_settings.py.
"""

import ast
import re
import runpy
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from building.pelican_adapter import fixed_settings
from building.pelican_adapter.readers import leave_out_readers
from building.words import PLACEHOLDER, check_words, read_words
from catalogue.problems import Refused, shorten
from catalogue.project import ROOT
from catalogue.spelling import find_nearest

FILES = ("pelicanconf.py", "publishconf.py")  # of a setting in both, the second counts
# The settings of the author, each as it can be written.
EXAMPLES = {
    "AUTHOR": '"The Librarian"',
    "CONTACT_EMAIL": '"desk@example.org"',
    "DATE_FORM": '"{day} {month} {year}"',
    "DEFAULT_LANG": '"en"',
    "DEFAULT_PAGINATION": "10",
    "FEED_AUTHORITY": '"example.org"',
    "FEED_LENGTH": "50",
    "FOOTER_LINKS": '[("Mastodon", "https://glammr.us/@ann", "me"), ("Opening hours", "/hours/")]',
    "NAVIGATION": '["/", "/topics/", ("/about/", "Who writes here")]',
    "SITENAME": '"Libraries Got Game"',
    "SITESUBTITLE": '"A librarian on customer service"',
    "SITEURL": '"https://example.org"',
    "TIMEZONE": '"Europe/Berlin"',
    "TOPIC_FEED_LENGTH": "20",
}
FIXED = frozenset(name for name in vars(fixed_settings) if name.isupper())
# These say where things lie, and no page shows it.
PLACES = {"OUTPUT_PATH", "PATH", "STORE", "THEME"}
DATE_PARTS = frozenset(("day", "month", "month_number", "year"))
# A language with a script, a region and variants, or a private one (RFC 5646, section 2.1).
LANGUAGE = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*"
    r"(?:-x(?:-[a-z\d]{1,8})+)?",
    re.IGNORECASE,
)


def read_constants() -> dict[str, Any]:
    """Read the constants of the public settings; a mistake in them is told with its file and line."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    try:
        names = runpy.run_path(str(ROOT / "publishconf.py"))
    except Exception as error:
        raise Refused(
            f"{find_place(error, FILES)}: the settings cannot be read ({error}). The site is unchanged."
        ) from error
    return {name: value for name, value in names.items() if name.isupper()}


def read_settings(path: Path, override: dict[str, Any]) -> dict[str, Any]:
    """Read the site's settings as Pelican does, with its own for those that the site has not."""
    check_settings(read_constants())
    leave_out_readers()
    from pelican.settings import read_settings as read_pelican_settings

    return dict(read_pelican_settings(str(path), override))


def select_constants(settings: dict[str, Any]) -> dict[str, Any]:
    """Return the settings that a page may show, by name, and the words of the theme as `words`."""
    names = read_constants().keys() - PLACES
    return {"words": read_words(), **{name: settings[name] for name in sorted(names)}}


def check_settings(settings: Mapping[str, Any]) -> None:
    """Raise Refused with all that is wrong with the settings and the words of the site."""
    lines = {file: find_lines(ROOT / file) for file in FILES}
    faults = [
        *check_names(settings, lines),
        *check_values(settings, lambda name: locate(name, settings, lines)),
        *check_words(),
    ]
    if faults:
        raise Refused("\n".join([*faults, "The site is unchanged."]))


def find_lines(path: Path) -> dict[str, int]:
    """Return the names that a settings file assigns or imports, each with the line."""
    lines = {}
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            lines[node.id] = node.lineno
        elif isinstance(node, ast.alias) and node.name != "*":
            lines[node.asname or node.name] = node.lineno
    return lines


def locate(name: str, settings: Mapping[str, Any], lines: Mapping[str, Mapping[str, int]]) -> str:
    """Return the file and line that a setting has its value from."""
    first = vars(sys.modules.get(FILES[0].removesuffix(".py"), None) or object).get(name)
    is_second = name in lines[FILES[1]] and (name not in lines[FILES[0]] or first != settings[name])
    file = FILES[is_second]
    return f"{file}:{lines[file][name]}" if name in lines[file] else file


def check_names(settings: Mapping[str, Any], lines: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Find settings that are not the author's to make, that nobody reads, or that are missing."""
    faults = []
    given = [(file, line, name) for file in FILES for name, line in lines[file].items()]
    written = {name for _, _, name in given}
    given += [(FILES[0], 0, name) for name in settings.keys() - FIXED - written]
    missing = sorted(EXAMPLES.keys() - settings.keys())
    for file, line, name in sorted(given, key=lambda each: each[:2]):
        if name in EXAMPLES or not (name.isupper() or name.upper() in EXAMPLES):
            continue
        near = find_nearest(name.upper(), missing or EXAMPLES)
        place = f"{file}:{line}" if line else file
        faults.append(f"{place}: {explain_name(name, near)}")
    return faults + [
        f"{FILES[0]}: the setting {name} is missing. Add it: {name} = {EXAMPLES[name]}"
        for name in missing
    ]


def explain_name(name: str, near: str) -> str:
    """Return why a setting is none of the author's; `near` is one of hers that is called much the same."""
    if name not in FIXED:
        leave_out_readers()
        from pelican.settings import DEFAULT_CONFIG

        if name not in DEFAULT_CONFIG:
            remedy = f"Did you mean {near}?" if near else "Take it out."
            return f"nobody reads a setting called {name}. {remedy}"
    where = "building/pelican_adapter/fixed_settings.py"
    if name.endswith(("_URL", "_SAVE_AS")):
        where = "catalogue/addresses.py, which plans every address"
    return f"{name} belongs to the code of the site and is fixed in {where}. Take it out."


def check_values(settings: Mapping[str, Any], place: Callable[[str], str]) -> list[str]:
    """Find values of the wrong kind, and those that do not name what they should."""
    faults = []
    for name in sorted(EXAMPLES.keys() & settings.keys()):
        value, example = settings[name], f"{name} = {EXAMPLES[name]}"
        if wrong := check_kind(value, EXAMPLES[name]):
            faults.append(f"{place(name)}: {name} is {value!r}, and {wrong}, like: {example}")
        elif wrong := CHECKS[name](value) if name in CHECKS else "":
            faults.append(f"{place(name)}: {wrong}")
    return faults


def check_kind(value: Any, example: str) -> str:
    """Return what should stand in place of a value that is not of the kind of an example."""
    if example[0] == '"' and not isinstance(value, str):
        return "a text in quotation marks belongs there. Write one"
    if example.isdigit() and (type(value) is not int or value < 1):
        return "a whole number from 1 on belongs there. Write one"
    if example[0] == "[" and not isinstance(value, list):
        return "a list in square brackets belongs there. Write one"
    return ""


def check_zone(zone: str) -> str:
    """Return what is wrong with the time zone."""
    try:
        ZoneInfo(zone)
    except (OSError, ValueError, KeyError):  # KeyError: what zoneinfo raises for an unknown one
        seen = f"TIMEZONE is “{shorten(zone)}”, and there is no such time zone"
        return f"{seen}. Write one, like: TIMEZONE = {EXAMPLES['TIMEZONE']}"
    return ""


def check_language(language: str) -> str:
    """Return what is wrong with the language of the site, a tag of BCP 47."""
    if LANGUAGE.fullmatch(language):
        return ""
    seen = f"DEFAULT_LANG is “{shorten(language)}”, and that is no language tag"
    return f'{seen}. Write one, like: DEFAULT_LANG = "en", "de" or "pt-BR"'


def check_site_address(address: str) -> str:
    """Return what is wrong with the address of the site."""
    if is_site_address(address):
        return ""
    seen = f"SITEURL is “{shorten(address)}”, and that is no address"
    return f"{seen}. Write one, like: SITEURL = {EXAMPLES['SITEURL']}"


def is_site_address(address: str) -> bool:
    """Return whether a site can have this address."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(address)
        is_site = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # of a host in brackets, or a port, that is none
        return False
    return is_site and not parts.query and not parts.fragment


def check_name(name: str, value: str) -> str:
    """Return what is wrong with the name of the site or of its author."""
    from catalogue.rules.namesakes import check_names as check_mail

    if name == "SITENAME" and not value.strip():
        return f"SITENAME is empty, and every page needs it. Write one, like: SITENAME = {EXAMPLES[name]}"
    return explain(lambda: check_mail({name: value}))


def check_contact_address(email: str) -> str:
    """Return what is wrong with the address for readers' replies."""
    from plugins.comments import check_contact

    return explain(lambda: check_contact(email))


def explain(check: Callable[[], object]) -> str:
    """Return the sentence with which a check refuses, without the file and what follows from it."""
    try:
        check()
    except Refused as refused:
        return str(refused).removeprefix(f"{FILES[0]}: ").removesuffix(" The site is unchanged.")
    return ""


def check_feed_authority(authority: str) -> str:
    """Return what is wrong with the name that begins the ids of feeds."""
    from plugins.feeds import check_authority

    wrong = check_authority(authority)
    return f"{wrong}." if wrong else ""


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
    return f"{seen}. Write them in braces, like: DATE_FORM = {EXAMPLES['DATE_FORM']}"


def check_navigation(entries: Sequence[Any]) -> str:
    """Return what is wrong with the navigation: addresses, alone or each with a label."""
    for entry in entries:
        pair = (entry, "-") if isinstance(entry, str) else entry
        if not is_texts(pair, (2,)) or not pair[0].startswith("/"):
            return (
                f"NAVIGATION has {shorten(repr(entry))}, and the address of a page from the site's root "
                f"belongs there, alone or with a label. Write: NAVIGATION = {EXAMPLES['NAVIGATION']}"
            )
    return ""


def check_footer(entries: Sequence[Any]) -> str:
    """Return what is wrong with the links of the footer: labels with addresses, and "me" for a profile."""
    for entry in entries:
        is_right = is_texts(entry, (2, 3)) and entry[2:] in ((), ("me",))
        if not is_right or not (
            entry[1].startswith("/") or is_site_address(entry[1].split("#")[0])
        ):
            return (
                f"FOOTER_LINKS has {shorten(repr(entry))}, and a label with an address belongs there, "
                f'and "me" if it is a profile of yours. Write: FOOTER_LINKS = {EXAMPLES["FOOTER_LINKS"]}'
            )
    return ""


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
    "NAVIGATION": check_navigation,
    "SITENAME": lambda value: check_name("SITENAME", value),
    "SITEURL": check_site_address,
    "TIMEZONE": check_zone,
}


def find_place(error: BaseException, endings: tuple[str, ...]) -> str:
    """Return the file and line of this project that an error comes from."""
    name, number = getattr(error, "filename", None), getattr(error, "lineno", None)
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if name and number:
        frames.append((str(name), number))
    if type(error).__module__ == "jinja2.exceptions":  # of a template, also when a filter raises it
        endings = tuple(ending for ending in endings if ending == ".html") or endings
    for name, number in reversed(frames):
        inside = Path(name).is_relative_to(ROOT) and ".venv" not in Path(name).parts
        if name.endswith(endings) and inside:
            return f"{Path(name).relative_to(ROOT).as_posix()}:{number}"
    return "the build"
