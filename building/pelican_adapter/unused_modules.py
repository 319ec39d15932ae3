"""Load Pelican without the modules that this site has no use for.

The catalogue reads the texts, `tasks.py` watches and serves them, and what Pelican logs is raised. To load
all that (docutils, rich, a web server, a watcher of files) takes longer than Pelican itself.
"""

import importlib
import sys
from types import ModuleType
from typing import Any, ClassVar

from catalogue.known_versions import are_known

# What Pelican takes from each of them as it is loaded.
UNUSED_NAMES = {
    "pelican.readers": ("Readers",),
    "pelican.log": ("DEFAULT_LOG_HANDLER", "LimitFilter", "console", "init"),
    "pelican.server": ("ComplexHTTPRequestHandler", "RootedHTTPServer"),
    "pelican.writers": ("FileOverwriteFailedError", "Writer"),
    "dateutil": ("parser",),
    "dateutil.parser": ("parse",),
    "watchfiles": ("Change", "DefaultFilter", "watch"),
    "importlib.metadata": ("PackageNotFoundError", "version"),
    "multiprocessing": ("Process", "Queue"),
}


class Unused(Exception):
    """What stands for a name of a module that is left out; it can be made, and does nothing."""

    _ignore: ClassVar[set[Any]] = set()  # of the filter of the log


def load_pelican() -> None:
    """Load Pelican without what is not used, if its version is known and it is not loaded yet."""
    if "pelican" in sys.modules or not are_known("pelican"):
        return
    left_out = [name for name in UNUSED_NAMES if name not in sys.modules]
    for name in left_out:
        sys.modules[name] = stand_in = make_stand_in(name)
        if holder := find_holder(name):
            setattr(*holder, stand_in)
    try:
        importlib.import_module("pelican")
    finally:
        for name in left_out:
            if not name.startswith("pelican."):  # others of this process may want the real one
                if holder := find_holder(name):
                    delattr(*holder)
                del sys.modules[name]


def find_holder(name: str) -> tuple[ModuleType, str] | None:
    """Return the loaded package that has a module as an attribute, and the attribute's name."""
    package, _, own_name = name.rpartition(".")
    return (sys.modules[package], own_name) if package in sys.modules else None


def make_stand_in(name: str) -> ModuleType:
    """Return a module in the place of one that is not used."""
    module = ModuleType(name, __doc__)
    vars(module).update(dict.fromkeys(UNUSED_NAMES[name], Unused))
    return module
