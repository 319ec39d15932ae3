"""The known versions of libraries whose inner parts this code replaces or leans on, to run faster.

With any other version the library's own plain way is taken: the results are the same, only slower.
To add a version, run the tests that compare both ways with it installed; those that hold the sources
of the library against the ones that were read say which parts have changed.
"""

import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache

KNOWN_VERSIONS: Mapping[str, frozenset[str]] = {
    "Jinja2": frozenset(["3.1.6"]),
    "pelican": frozenset(["4.12.0"]),
}
RECORDED = ".dist-info"  # how the folder ends that records an installed package


@cache
def read_package_version(package: str) -> str:
    """Return the version of an installed package; empty if there is none."""
    return list_packages().get(normalise_name(package), "")


@cache
def list_packages() -> dict[str, str]:
    """Return the versions of all installed packages by their names, as the names of folders have both.

    Source: PyPA, "Recording installed projects". To load `importlib.metadata`, which reads what is in
    these folders, takes a tenth of the time in which one edit is built.
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


def are_known(*packages: str) -> bool:
    """Return whether each of some packages is of a version that this code was compared with."""
    return all(read_package_version(package) in KNOWN_VERSIONS[package] for package in packages)


def describe_unknown_versions() -> str:
    """Return a line for the author about packages of other versions; nothing if there are none."""
    unknown = [
        f"{package} {read_package_version(package)}"
        for package in KNOWN_VERSIONS
        if not are_known(package)
    ]
    if not unknown:
        return ""
    return (
        f"This site does not know {' and '.join(unknown)} yet, so it works in a plain way that takes "
        "longer. The pages are the same."
    )
