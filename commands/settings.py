"""Read the settings of the site, and say in which line of what file a mistake is."""

import difflib
import runpy
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from commands.readers import leave_out_readers
from plugins.problems import Refused

ROOT = Path(__file__).resolve().parent.parent

# Settings that Pelican has no default for.
OWN_SETTINGS = {
    "ARCHIVES_SAVE_AS",
    "ARCHIVES_URL",
    "AUTHOR",
    "CONTACT_EMAIL",
    "FEED_AUTHORITY",
    "INDEX_URL",
    "PREVIEW",
    "SITESUBTITLE",
    "STORE",
    "TIMEZONE",
}
# These say where things lie, and no page shows it.
PLACES = {"OUTPUT_PATH", "PATH", "STORE", "THEME"}


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


def read_settings(path: Path, override: dict[str, Any]) -> dict[str, Any]:
    """Read the site's settings as Pelican does, with its own for those that the site has not."""
    leave_out_readers()
    check_settings(read_constants())
    from pelican.settings import read_settings as read_pelican_settings

    return dict(read_pelican_settings(str(path), override))


def select_constants(settings: dict[str, Any]) -> dict[str, Any]:
    """Give the settings that a page may show, by name."""
    names = read_constants().keys() - PLACES
    return {name: settings[name] for name in sorted(names)}


def check_settings(names: Iterable[str]) -> None:
    """Refuse a setting that nobody reads, or that should be there and is not: a misspelt name."""
    from pelican.settings import DEFAULT_CONFIG

    settings, known = set(names), OWN_SETTINGS | set(DEFAULT_CONFIG)
    faults = []
    for name in sorted(settings - known):
        near = difflib.get_close_matches(name, known, n=1)
        remedy = f"Did you mean {near[0]}?" if near else "Take it out."
        faults.append(f"pelicanconf.py: nobody reads a setting called {name}. {remedy}")
    missing = sorted(OWN_SETTINGS - settings)
    faults += [f"pelicanconf.py: the setting {name} is missing. Add it." for name in missing]
    if faults:
        raise Refused("\n".join([*faults, "The site is unchanged."]))


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
