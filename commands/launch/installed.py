"""Check whether the packages of a lock file are here and can be loaded.

A script for the environment's own Python, started with `-I` and nothing of the project around it:
the lock file whose packages must be here, then the one whose packages are loaded. It prints the names
of what is missing and ends with MISSING; else it prints each module before it is loaded, so that the
last line names the one that failed, whatever became of the process.
"""

import importlib
import re
import sys
from collections.abc import Collection
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from pathlib import Path

MISSING = 3
PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==[^\s;]+ *(;?)", re.MULTILINE)
DEEPER = {"PIL": "PIL.Image"}  # loads its compiled part only then


def read_packages(text: str) -> list[str]:
    """Return the packages that a lock file asks for on every computer, normalised as PEP 503 has it."""
    return [normalise_package(name) for name, marker in PIN.findall(text) if not marker]


def normalise_package(name: str) -> str:
    """Return a package's name in its one normal spelling (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def find_missing(names: Collection[str]) -> list[str]:
    """Return those of the packages that this Python does not have."""
    missing = []
    for name in names:
        try:
            distribution(name)
        except PackageNotFoundError:
            missing.append(name)
    return missing


def select_modules(names: Collection[str]) -> list[str]:
    """Return the modules at the top of the packages, in order."""
    return sorted(
        module
        for module, owners in packages_distributions().items()
        if module.isidentifier()
        and not {normalise_package(owner) for owner in owners}.isdisjoint(names)
    )


def main(lock_file: str, base: str) -> int:
    """Check the packages of `lock_file`, load those of `base`; return the exit code."""
    present, loaded = (
        read_packages(Path(path).read_text(encoding="utf-8")) for path in (lock_file, base)
    )
    if missing := find_missing(present):
        print(", ".join(missing))
        return MISSING
    for module in select_modules(loaded):
        print(module, flush=True)
        importlib.import_module(DEEPER.get(module, module))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
