"""Fetch the packages of a lock file with pip, whatever pip is told to do otherwise on this computer."""

import ast
import os
import re
import shutil
import sys
from collections.abc import Mapping

from commands.launch.environment import (
    AGAIN,
    PIP_KEPT,
    REQUIREMENTS,
    clean_environ,
    locate_environment,
    locate_python,
)
from commands.launch.installed import MISSING
from commands.launch.setup_log import LOG, read_output, run_logged

# What `pip config list` prints of a setting, by its section; `pip install` follows these, and of two
# values the one of the later section.
SETTING = r"{}\.([a-z-]+)=(['\"].*['\"])"
PIP_SECTIONS = ("global", "install", ":env:")
OWN_CACHE = "libraries-got-game"


def read_settings(listing: str) -> dict[str, str]:
    """Return, as environment variables, the settings in what `pip config list` prints that are kept.

    Those of PIP_KEPT, in pip's own order: a variable counts before a file.
    """
    settings = {}
    for section in PIP_SECTIONS:
        for key, value in re.findall(f"^{SETTING.format(section)}$", listing, re.MULTILINE):
            name = f"PIP_{key.upper().replace('-', '_')}"
            if name in PIP_KEPT and (text := str(ast.literal_eval(value)).strip()):
                settings[name] = text
    if "PIP_FIND_LINKS" not in settings:
        settings.pop("PIP_NO_INDEX", None)  # there would be no place left to fetch anything from
    return settings


def make_environ(python: str, log: str, environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment variables for pip: where packages come from, and no other setting.

    pip's own files may say that too, on some computers nothing else does; whatever else they say
    could send the packages out of the project. They may hold passwords, so they are never logged.
    """
    plain = clean_environ(environ)
    aside = {"PIP_QUIET": "0", "PIP_VERBOSE": "0", "PIP_LOG": os.devnull}  # as those files may be
    done = read_output([python, "-I", "-m", "pip", "config", "list"], log, {**plain, **aside})
    if done.returncode:
        sys.exit(
            "pip cannot read its own settings: mend its file, which the last lines of "
            f"{log} name, {AGAIN}."
        )
    plain = {name: value for name, value in plain.items() if not name.upper().startswith("PIP_")}
    own = {"PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return {**plain, **read_settings(done.stdout), **own}


def locate_cache(environ: Mapping[str, str]) -> str:
    """Return a folder of our own in the one that PIP_CACHE_DIR names, for what pip fetches; else nothing.

    A workflow names one, to keep it from run to run. No other program's wheels are in it, and none that
    somebody has built: of those pip would look at no hash.
    """
    place = environ.get("PIP_CACHE_DIR", "").strip()
    return os.path.join(os.path.abspath(os.path.expanduser(place)), OWN_CACHE) if place else ""


def list_install_words(path: str, cache: str = "") -> list[str]:
    """Return the words for pip that install what a lock file names, each package checked against its hash.

    `cache` is a folder for what was fetched. Without one nothing is kept: pip's own lies outside the project.
    """
    words = ["install", "--no-input", *(["--cache-dir", cache] if cache else ["--no-cache-dir"])]
    words += ["--progress-bar", "off", "--no-warn-script-location"]
    words.append("--no-compile")  # Python compiles what it loads; the rest would take seconds
    return [*words, "--require-hashes", "--only-binary", ":all:", "--requirement", path]


def install(root: str, requirements: str) -> None:
    """Install what a lock file names, each package checked against its hash, and see that it is there."""
    environment = locate_environment(root)
    python, log = locate_python(environment), os.path.join(environment, LOG)
    path = os.path.join(os.path.realpath(root), requirements)
    cache = locate_cache(os.environ)
    if cache:
        shutil.rmtree(os.path.join(cache, "wheels"), ignore_errors=True)  # none is ever built here
    command = [python, "-I", "-m", "pip", *list_install_words(path, cache)]
    run_logged(command, log, make_environ(python, log, os.environ))
    check_installed(root, requirements)


def check_installed(root: str, requirements: str) -> None:
    """End the run with a sentence if a package of the lock file is not in .venv or cannot be loaded."""
    environment = locate_environment(root)
    log = os.path.join(environment, LOG)
    folder = os.path.realpath(root)
    script = os.path.join(folder, "commands", "launch", "installed.py")
    locks = [os.path.join(folder, name) for name in (requirements, REQUIREMENTS)]
    command = [locate_python(environment), "-I", "-W", "ignore", script, *locks]
    done = read_output(command, log, clean_environ(os.environ))
    if done.returncode:
        sys.exit(explain_installed(done.returncode, done.stdout, log))


def explain_installed(code: int, output: str, log: str) -> str:
    """Return why the environment is not fit for use, and what to do, from what installed.py printed."""
    seen = (output.splitlines() or ["Python itself"])[-1]
    if code == MISSING:
        return (
            f"pip says that all went well, and these packages are not in .venv: {seen}. Look for "
            "what keeps files out of there, such as a virus scanner or a full disk, "
            f"{AGAIN}."
        )
    return (
        f"The packages came, and {seen} cannot be loaded: install the Python that "
        f".github/workflows/pages.yml names, {AGAIN}; what was seen stands at the end of "
        f"{log}."
    )
