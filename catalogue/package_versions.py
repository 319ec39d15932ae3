"""Read the versions of installed packages from the names of the folders that record them.

Source: PyPA, "Recording installed projects". To load `importlib.metadata`, which reads what is in these
folders, takes a tenth of the time in which one edit is built.
"""

import os
import re
import sys
from contextlib import suppress
from functools import cache

RECORDED = ".dist-info"  # how such a folder ends


@cache
def read_package_version(package: str) -> str:
    """Return the version of an installed package; empty if there is none."""
    return list_packages().get(normalise_name(package), "")


@cache
def list_packages() -> dict[str, str]:
    """Return the versions of all installed packages by their names, as the names of folders have both.

    Of two in different places the one counts that is imported.
    """
    versions: dict[str, str] = {}
    for folder in sys.path:
        with suppress(OSError):
            for name in os.listdir(folder or os.curdir):
                if name.endswith(RECORDED):
                    package, _, version = name.removesuffix(RECORDED).partition("-")
                    versions.setdefault(normalise_name(package), version)
    return versions


def normalise_name(package: str) -> str:
    """Return what all spellings of a package's name have in common (PyPA, "Names and normalization")."""
    return re.sub("[-_.]+", "-", package).lower()
