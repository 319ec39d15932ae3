"""The known versions of libraries whose inner parts this code replaces or leans on, to run faster.

With any other version the library's own plain way is taken: the results are the same, only slower.
To add a version, run the tests that compare both ways with it installed; those that hold the sources
of the library against the ones that were read say which parts have changed.
"""

from collections.abc import Mapping

from catalogue.package_versions import read_package_version

KNOWN_VERSIONS: Mapping[str, frozenset[str]] = {
    "Jinja2": frozenset(["3.1.6"]),
    "pelican": frozenset(["4.12.0"]),
}


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
