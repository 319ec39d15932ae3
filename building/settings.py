"""Read the settings of the site: the author's, and those that are fixed.

pelicanconf.py has the author's settings only, publishconf.py what differs of them in public. What the
site needs of Pelican besides is fixed in building/pelican_adapter/fixed_settings.py.
"""

import os
import runpy
import sys
import warnings
from contextlib import suppress
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import Any

from building.pelican_adapter import fixed_settings
from building.setting_examples import SETTING_EXAMPLES
from building.settings_source import check_source, find_missing, list_assigned
from catalogue.problems import Refused
from catalogue.project import ROOT

FILES = ("pelicanconf.py", "publishconf.py")  # of a setting in both, the second counts
MODULE = "pelicanconf"
FIXED_MODULE = "building.pelican_adapter.fixed_settings"
FIXED_NAMES = frozenset(name for name in vars(fixed_settings) if name.isupper())


def read_constants() -> dict[str, Any]:
    """Return the constants of the public settings. Raises Refused for a mistake in them, with its line."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    check_files()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of signs that are only odd: what is wrong was told
            load_first()
            names = runpy.run_path(str(ROOT / FILES[1]))
    except (Exception, SystemExit) as error:
        raise Refused(f"{explain_run(error)} The site is unchanged.") from error
    return {name: value for name, value in names.items() if name.isupper()}


def load_first() -> None:
    """Load pelicanconf.py from its text, for the other file to import, unless it is loaded already.

    Of what Python keeps of modules it takes two texts for the same that have one length, and were written
    in one second.
    """
    spec = None if MODULE in sys.modules else find_spec(MODULE)
    if spec and spec.origin:
        names = runpy.run_path(spec.origin)
        module = module_from_spec(spec)
        vars(module).update((name, names[name]) for name in names if not name.startswith("__"))
        sys.modules[MODULE] = module


def check_files() -> None:
    """Raise Refused with all that keeps the files of the settings from being read, each with its line."""
    spec = find_spec(MODULE)
    first = Path(spec.origin) if spec and spec.origin else ROOT / FILES[0]
    faults = check_source(FILES[0], first, FIXED_NAMES, FIXED_MODULE)
    if not faults:
        known = {*FIXED_NAMES, *list_assigned(first)}
        second = ROOT / FILES[1]
        faults = check_source(FILES[1], second, known, MODULE) or [
            f"{FILES[0]}: the setting {name} is missing. {explain_missing(name)}"
            for name in find_missing(second, MODULE, known)
        ]
    if faults:
        raise Refused("\n".join([*faults, "The site is unchanged."]))


def explain_missing(name: str) -> str:
    """Return what to write for a setting that stands nowhere."""
    example = SETTING_EXAMPLES.get(name)
    return f"Add it: {name} = {example}" if example else f"Take it out of {FILES[1]}."


def explain_run(error: BaseException) -> str:
    """Return what is said of settings that can be read, and not be worked out."""
    place = find_place(error, FILES)
    if isinstance(error, ImportError):
        name = error.name or "that"
        return f"{place}: there is nothing called {name} to fetch from. Take the line out."
    return f"{place}: this cannot be worked out. Write plain values, as in the lines beside it."


def find_place(error: BaseException, endings: tuple[str, ...]) -> str:
    """Return the file and line of this project that an error comes from."""
    import traceback  # few runs have one

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


def relate_file(file: str, content: Path) -> str:
    """Return the path of a file of the project from a content folder, as problems have it."""
    path = str(ROOT / file)
    with suppress(ValueError):  # on Windows, of two disks
        path = os.path.relpath(path, content.resolve())
    return Path(path).as_posix()


def is_site_address(address: str) -> bool:
    """Return whether a site can have this address."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(address)
        is_site = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # of a host in brackets, or a port, that is none
        return False
    is_whole = is_site and not (parts.query or parts.fragment or parts.username is not None)
    return is_whole and not any(sign.isspace() for sign in address)
