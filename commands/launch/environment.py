"""Make the project's own environment in `.venv`, once, and start again inside it.

Standard library only, and little of that: this runs before every task, so whatever takes time to
load is loaded where it is needed. `.venv/installed.txt` remembers what is in place, one fact on a
line: the Python, the folder, the SHA-256 of each installed lock file, the folder of the packages
and the names in it.
"""

import os
import sys
from collections.abc import Mapping, Sequence

REQUIREMENTS = "requirements.txt"
TEST_REQUIREMENTS = "requirements-test.txt"  # has all of REQUIREMENTS, as the next one
BENCH_REQUIREMENTS = "requirements-bench.txt"
ALL = (REQUIREMENTS, TEST_REQUIREMENTS, BENCH_REQUIREMENTS)
RECORD = "installed.txt"
# Set for the Python that is started, gone for what that starts.
ENTERED = "LIBRARIES_GOT_GAME_ENTERED"
AGAIN = "then type the same command again"

# Settings of pip that say where packages come from and how to reach that place; pip's files may hold
# them too (commands/launch/packages.py). All others, such as PIP_TARGET or PIP_USER, could send the packages
# out of the project and are left out.
PIP_KEPT = frozenset(
    """
    PIP_CERT PIP_CLIENT_CERT PIP_CONFIG_FILE PIP_DEFAULT_TIMEOUT PIP_EXTRA_INDEX_URL
    PIP_FIND_LINKS PIP_INDEX_URL PIP_KEYRING_PROVIDER PIP_NO_INDEX PIP_PROXY PIP_RETRIES
    PIP_TIMEOUT PIP_TRUSTED_HOST PIP_USE_DEPRECATED PIP_USE_FEATURE
    """.split()
)
# Settings of Python that would make it load another library than the environment's own.
DROPPED = frozenset(
    """
    PYTHONHOME PYTHONINSPECT PYTHONOPTIMIZE PYTHONPATH PYTHONPLATLIBDIR PYTHONSAFEPATH
    VIRTUAL_ENV __PYVENV_LAUNCHER__
    """.split()
)


def locate_environment(root: str) -> str:
    """Return the environment's folder for the project's folder, links resolved."""
    return os.path.join(os.path.realpath(root), ".venv")


def locate_python(environment: str) -> str:
    """Return the path of the environment's Python."""
    where = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(environment, *where)


def is_inside(root: str) -> bool:
    """Return whether this Python already is the one of the project's environment."""
    try:
        return os.path.samefile(sys.prefix, locate_environment(root))
    except OSError:
        return False


def format_pins_fact(root: str, requirements: str) -> str:
    """Return the line that says which state of a lock file was installed."""
    from hashlib import sha256

    try:
        with open(os.path.join(root, requirements), "rb") as file:
            return f"{requirements} {sha256(file.read()).hexdigest()}"
    except FileNotFoundError:
        sys.exit(f"The file {requirements} is missing: get a whole copy of the project, {AGAIN}.")


def format_home_facts(environment: str) -> set[str]:
    """Return the lines that say for which Python and in which folder the environment was made."""
    return {f"python {sys.implementation.cache_tag} {sys.platform}", f"folder {environment!a}"}


def read_install_record(environment: str) -> list[str]:
    """Return the lines of the record; none when there is no record."""
    try:
        with open(os.path.join(environment, RECORD), encoding="ascii") as file:
            return file.read().splitlines()
    except (OSError, UnicodeDecodeError):
        return []


def select_facts(record: Sequence[str], kind: str) -> list[str]:
    """Return what the record says of one kind: "packages" (their folder) or "has" (a name in it)."""
    return [line.partition(" ")[2] for line in record if line.startswith(f"{kind} ")]


def is_whole(environment: str, record: Sequence[str]) -> bool:
    """Return whether the environment is still here, for this Python, with all that was installed."""
    if not format_home_facts(environment).issubset(record):
        return False
    if not os.path.exists(os.path.join(environment, "pyvenv.cfg")):
        return False
    try:
        (packages,) = select_facts(record, "packages")
        present = os.listdir(os.path.join(environment, packages))
    except (OSError, ValueError):
        return False
    missing = set(select_facts(record, "has")).difference(present)
    return not missing and os.path.exists(locate_python(environment))


def is_ready(root: str, requirements: str) -> bool:
    """Return whether everything that a lock file names is in place."""
    environment = locate_environment(root)
    record = read_install_record(environment)
    return format_pins_fact(root, requirements) in record and is_whole(environment, record)


def clean_environ(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment variables without those that lead Python or pip out of the project."""
    return {
        name: value
        for name, value in environ.items()
        if name not in DROPPED and (not name.upper().startswith("PIP_") or name.upper() in PIP_KEPT)
    }


def write_facts(root: str, requirements: str, before: Sequence[str] = ()) -> None:
    """Write down what is in place now; each lock file holds all of REQUIREMENTS.

    `before` is the record so far. What it says of other lock files stays true if REQUIREMENTS is still
    the same.
    """
    import sysconfig

    environment = locate_environment(root)
    places = {"base": environment, "platbase": environment, "installed_base": environment}
    scheme = "nt" if os.name == "nt" else "posix_prefix"
    packages = sysconfig.get_path("purelib", scheme, places)
    base = format_pins_fact(root, REQUIREMENTS)
    locks = {base, format_pins_fact(root, requirements)}
    if base in before:
        others = tuple(f"{other} " for other in ALL if other != requirements)
        locks.update(line for line in before if line.startswith(others))
    lines = [*sorted(format_home_facts(environment)), *sorted(locks)]
    lines += [f"packages {os.path.relpath(packages, environment)}"]
    lines += [f"has {name}" for name in sorted(os.listdir(packages)) if name != "__pycache__"]
    part = os.path.join(environment, f"{RECORD}.part")
    with open(part, "w", encoding="ascii") as file:
        file.write("\n".join(lines) + "\n")
    os.replace(part, os.path.join(environment, RECORD))


def reexec(root: str, words: Sequence[str]) -> int:
    """Start tasks.py again in the environment; return only on Windows, its exit code."""
    command = [locate_python(locate_environment(root)), os.path.join(root, "tasks.py"), *words]
    sys.stdout.flush()
    sys.stderr.flush()
    environ = {**clean_environ(os.environ), ENTERED: "yes"}
    if os.name != "nt":
        try:
            os.execve(command[0], command, environ)  # noqa: S606  # no shell is wanted
        except OSError:
            forget_environment(root)

    import subprocess

    with subprocess.Popen(command, env=environ) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # the other one was told as well, and says so
                continue


def reexec_if_ready(root: str, words: Sequence[str]) -> None:
    """Start again in the environment at once if all is in place; otherwise return."""
    entered = os.environ.pop(ENTERED, "")
    if not words or is_inside(root):
        return
    if entered:
        forget_environment(root)
    if is_ready(root, choose_requirements(words)):
        sys.exit(reexec(root, words))


def forget_environment(root: str) -> None:
    """Remove the record of an environment that looks whole but is not: the next run makes it anew."""
    os.remove(os.path.join(locate_environment(root), RECORD))
    sys.exit(f"The folder .venv was damaged and will be made anew: {AGAIN.removeprefix('then ')}.")


def choose_requirements(words: Sequence[str]) -> str:
    """Return the lock file that the task in these words needs."""
    return {"test": TEST_REQUIREMENTS, "bench": BENCH_REQUIREMENTS}.get(words[0], REQUIREMENTS)
