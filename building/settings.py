"""Read the settings of the site: the author's, and those that are fixed.

pelicanconf.py has the author's settings only, publishconf.py what differs of them in public. What the
site needs of Pelican besides is fixed in building/pelican_adapter/fixed_settings.py.
"""

import runpy
import sys
import traceback
from pathlib import Path
from typing import Any

from catalogue.problems import Refused
from catalogue.project import ROOT

FILES = ("pelicanconf.py", "publishconf.py")  # of a setting in both, the second counts


def read_constants() -> dict[str, Any]:
    """Return the constants of the public settings. Raises Refused for a mistake in them, with its line."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    try:
        names = runpy.run_path(str(ROOT / "publishconf.py"))
    except Exception as error:
        raise Refused(
            f"{find_place(error, FILES)}: the settings cannot be read ({error}). The site is unchanged."
        ) from error
    return {name: value for name, value in names.items() if name.isupper()}


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


def is_site_address(address: str) -> bool:
    """Return whether a site can have this address."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(address)
        is_site = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # of a host in brackets, or a port, that is none
        return False
    return is_site and not parts.query and not parts.fragment
