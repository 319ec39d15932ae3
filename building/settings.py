"""Read the settings of the site, and say in which line of what file a mistake is."""

import difflib
import runpy
import sys
import traceback
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from building.pelican_adapter.readers import leave_out_readers
from catalogue.problems import Refused, shorten
from catalogue.project import ROOT

# Settings that Pelican has no default for, or none that this site could do with.
OWN_SETTINGS = {
    "AUTHOR",
    "CONTACT_EMAIL",
    "DEFAULT_LANG",
    "DEFAULT_PAGINATION",
    "FEED_AUTHORITY",
    "PLUGINS",
    "PREVIEW",
    "SITENAME",
    "SITESUBTITLE",
    "SITEURL",
    "STORE",
    "THEME",
    "TIMEZONE",
}
# What this site sets of Pelican's own. Only for other names Pelican must be loaded and asked.
PELICAN_SETTINGS = frozenset(
    "AUTHOR_FEED_ATOM AUTHOR_FEED_RSS CACHE_CONTENT CATEGORY_FEED_ATOM FEED_ALL_ATOM"
    " JINJA_ENVIRONMENT LOAD_CONTENT_CACHE OUTPUT_PATH PATH PELICAN_CLASS TRANSLATION_FEED_ATOM".split()
)
# Settings that are text, each with an example.
TEXTS = {
    "AUTHOR": "The Librarian",
    "CONTACT_EMAIL": "desk@example.org",
    "DEFAULT_LANG": "en",
    "FEED_AUTHORITY": "example.org",
    "SITENAME": "Libraries Got Game",
    "SITESUBTITLE": "A librarian on customer service",
    "SITEURL": "https://example.org",
    "STORE": ".cache/readings.sqlite3",
    "THEME": "theme",
    "TIMEZONE": "Europe/Berlin",
}


def read_constants() -> dict[str, Any]:
    """Read the constants of the public settings; a mistake in them is told with its file and line."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    try:
        names = runpy.run_path(str(ROOT / "publishconf.py"))
    except Exception as error:
        place = find_place(error, ("pelicanconf.py", "publishconf.py"))
        raise Refused(
            f"{place}: the settings cannot be read ({error}). The site is unchanged."
        ) from error
    return {name: value for name, value in names.items() if name.isupper()}


def check_settings(settings: Mapping[str, Any]) -> None:
    """Refuse settings that no site can be built with; this is all that `check` knows of them."""
    faults = check_names(settings) or check_kinds(settings) or check_values(settings)
    if faults:
        raise Refused("\n".join([*faults, "The site is unchanged."]))


def check_names(settings: Iterable[str]) -> list[str]:
    """Find settings that nobody reads, or that should be there and are not: misspelt names."""
    given = set(settings)
    strange = given - OWN_SETTINGS - PELICAN_SETTINGS
    if strange:
        leave_out_readers()
        from pelican.settings import DEFAULT_CONFIG

        strange -= DEFAULT_CONFIG.keys()
    faults = []
    for name in sorted(strange):
        near = difflib.get_close_matches(name, OWN_SETTINGS | DEFAULT_CONFIG.keys(), n=1)
        remedy = f"Did you mean {near[0]}?" if near else "Take it out."
        faults.append(f"pelicanconf.py: nobody reads a setting called {name}. {remedy}")
    missing = sorted(OWN_SETTINGS - given)
    return faults + [f"pelicanconf.py: the setting {name} is missing. Add it." for name in missing]


def check_kinds(settings: Mapping[str, Any]) -> list[str]:
    """Find settings that are no text where they should be, or no number."""
    faults = [
        f"pelicanconf.py: {name} is {settings[name]!r}, and a text in quotation marks belongs there. "
        f'Write one, like: {name} = "{example}"'
        for name, example in TEXTS.items()
        if not isinstance(settings[name], str)
    ]
    length = settings["DEFAULT_PAGINATION"]
    if type(length) is not int or length < 1:
        seen = f"DEFAULT_PAGINATION is {length!r}, and no list can be cut into pages of that length"
        faults.append(f"pelicanconf.py: {seen}. Write a number, like: DEFAULT_PAGINATION = 10")
    return faults


def check_values(settings: Mapping[str, Any]) -> list[str]:
    """Find texts that are not what they should name: a time zone, an address, a folder."""
    from urllib.parse import urlsplit

    from plugins.comments import check_contact
    from plugins.feeds import check_authority

    faults = []
    zone, address, theme = (settings[name] for name in ("TIMEZONE", "SITEURL", "THEME"))
    try:
        ZoneInfo(zone)
    except (OSError, ValueError, KeyError):  # KeyError: what zoneinfo raises for an unknown one
        text = f"TIMEZONE is “{shorten(zone)}”, and there is no such time zone. Write one, like: "
        faults.append(f'pelicanconf.py: {text}TIMEZONE = "Europe/Berlin"')
    try:
        urlsplit(address)
    except ValueError:
        text = f"SITEURL is “{shorten(address)}”, and that is no address. Write one, like: "
        faults.append(f'pelicanconf.py: {text}SITEURL = "https://example.org"')
    if not (ROOT / theme / "templates").is_dir() or "\0" in theme:
        text = f"THEME is “{shorten(theme)}”, and there is no such theme"
        faults.append(f'pelicanconf.py: {text}. Write: THEME = "theme"')
    if wrong := check_authority(settings["FEED_AUTHORITY"]):
        faults.append(f"{wrong}.")
    try:
        check_contact(settings["CONTACT_EMAIL"])
    except Refused as refused:
        faults.append(str(refused).removesuffix(" The site is unchanged."))
    return faults


def find_place(error: BaseException, endings: tuple[str, ...]) -> str:
    """Find the file and line of this project that an error comes from."""
    name, number = getattr(error, "filename", None), getattr(error, "lineno", None)
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if name and number:
        frames.append((str(name), number))
    for name, number in reversed(frames):
        inside = Path(name).is_relative_to(ROOT) and ".venv" not in Path(name).parts
        if name.endswith(endings) and inside:
            return f"{Path(name).relative_to(ROOT).as_posix()}:{number}"
    return "the build"
