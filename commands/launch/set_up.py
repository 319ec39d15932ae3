"""Make the environment in `.venv` and install what a lock file names, one run at a time."""

import os
import shutil
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec

from building.file_lock import RETRY_SECONDS, try_lock
from commands.launch.environment import (
    AGAIN,
    BENCH_REQUIREMENTS,
    RECORD,
    REQUIREMENTS,
    TEST_REQUIREMENTS,
    clean_environ,
    is_ready,
    is_whole,
    locate_environment,
    read_install_record,
    write_facts,
)
from commands.launch.packages import install
from commands.launch.setup_log import LOG, explain_log, run_logged

SETUP_LOCK = "setup.lock"
WHAT = {
    REQUIREMENTS: "the packages this needs",
    TEST_REQUIREMENTS: "the tools for the tests",
    BENCH_REQUIREMENTS: "what the benchmark measures against",
}


def install_missing(root: str, requirements: str) -> None:
    """Install what is missing; end the run with one sentence if that cannot be."""
    if is_ready(root, requirements):
        return
    try:
        set_up(root, requirements)
    except OSError as error:
        sys.exit(explain_log(str(error)) or f"Setting up did not work: mend this, {AGAIN}: {error}")


def set_up(root: str, requirements: str) -> None:
    """Install what a lock file names, from whatever state the environment is in."""
    environment = locate_environment(root)
    if os.path.islink(environment) or os.path.isfile(environment):
        sys.exit(f"{environment} is not a folder: delete it, {AGAIN}.")
    os.makedirs(environment, exist_ok=True)
    with open(os.path.join(environment, SETUP_LOCK), "ab") as lock_file:
        os.set_inheritable(lock_file.fileno(), True)
        acquire_lock(lock_file.fileno())
        if is_ready(root, requirements):  # the run that was waited for did it
            return
        record = read_install_record(environment)
        whole = is_whole(environment, record)
        seen = f"Setting up, once: fetching {WHAT[requirements]} into .venv, about a minute ..."
        print(seen, file=sys.stderr, flush=True)
        if whole:
            os.remove(os.path.join(environment, RECORD))  # cut short from here on, it is made again
        else:
            make_environment(environment)
        install(root, requirements)
        write_facts(root, requirements, record if whole else ())


def make_environment(environment: str) -> None:
    """Make an empty environment with pip in it, in place of whatever was there."""
    if sentence := check_tools(find_spec):
        sys.exit(sentence)
    empty_environment(environment)
    base: str = getattr(sys, "_base_executable", "") or sys.executable
    command = [base, "-I", "-m", "venv", environment]
    run_logged(command, os.path.join(environment, LOG), clean_environ(os.environ))


def check_tools(has: Callable[[str], object]) -> str:
    """Return what to install when this Python cannot make environments; `has` looks a module up."""
    if has("venv") and has("ensurepip"):
        return ""
    return (
        "This Python comes without its venv module: type `sudo apt install python3-venv` on Debian "
        "or Ubuntu, or install Python from https://www.python.org/downloads/ elsewhere, "
        f"{AGAIN}."
    )


def empty_environment(environment: str) -> None:
    """Empty the environment's folder, but for the file by which it is locked."""
    for entry in os.scandir(environment):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        elif entry.name != SETUP_LOCK:
            os.remove(entry.path)


def acquire_lock(descriptor: int) -> None:
    """Wait until this run alone sets up, and print that it waits; the lock ends with its holders."""
    try:
        if try_lock(descriptor):
            return
        seen = "Another run is setting up this project: waiting for it (Ctrl-C stops waiting)."
        print(seen, file=sys.stderr, flush=True)
        while not try_lock(descriptor):
            time.sleep(RETRY_SECONDS)
    except OSError:
        return  # a network disk that knows no locks: go on without
