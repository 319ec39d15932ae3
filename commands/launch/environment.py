"""Make the project's own environment in `.venv`, once, and go on inside it.

Standard library only, and little of that: this runs before every task, so whatever takes time to
load is loaded where it is needed. `.venv/installed.txt` remembers what is in place, one fact on a
line: the Python, the folder, the SHA-256 of each installed lock file, the folder of the packages
and the names in it.
"""

import os
import sys
from collections.abc import Callable, Mapping, Sequence

LOCK = "requirements.txt"
TEST_LOCK = "requirements-test.txt"  # this one and the next hold all of LOCK as well
BENCH_LOCK = "requirements-bench.txt"
RECORD = "installed.txt"
LOG = "setup.log"
BUSY = "setup.lock"
WHAT = {
    LOCK: "the packages this needs",
    TEST_LOCK: "the tools for the tests",
    BENCH_LOCK: "what the benchmark measures against",
}
ENTERED = (
    "LIBRARIES_GOT_GAME_ENTERED"  # set for the Python that is started, gone for what that starts
)
AGAIN = "then type the same command again"

# Settings of pip that say where packages come from and how to reach that place; pip's files may hold
# them too (commands/launch/packages.py). All others, such as PIP_TARGET or PIP_USER, could send the packages
# out of the project and are left out.
PIP_KEPT = {
    "PIP_CERT",
    "PIP_CLIENT_CERT",
    "PIP_CONFIG_FILE",
    "PIP_DEFAULT_TIMEOUT",
    "PIP_EXTRA_INDEX_URL",
    "PIP_FIND_LINKS",
    "PIP_INDEX_URL",
    "PIP_KEYRING_PROVIDER",
    "PIP_NO_INDEX",
    "PIP_PROXY",
    "PIP_RETRIES",
    "PIP_TIMEOUT",
    "PIP_TRUSTED_HOST",
    "PIP_USE_DEPRECATED",
    "PIP_USE_FEATURE",
}
# Settings of Python that would make it load another library than the environment's own.
DROPPED = {
    "PYTHONHOME",
    "PYTHONINSPECT",
    "PYTHONOPTIMIZE",
    "PYTHONPATH",
    "PYTHONPLATLIBDIR",
    "PYTHONSAFEPATH",
    "VIRTUAL_ENV",
    "__PYVENV_LAUNCHER__",
}
# What a failed set-up leaves in its log, and what it means; the first that is found counts.
CAUSES = (
    (
        ("no space left", "errno 28", "quota exceeded", "not enough space"),
        f"The disk is full: make about 500 MB of room, {AGAIN}.",
    ),
    (
        ("certificate_verify_failed", "certificate verify failed"),
        "The packages' server shows a certificate that this computer does not know: ask whoever "
        f"runs your network for its certificate file, set PIP_CERT to that file, {AGAIN}.",
    ),
    (
        (
            "failed to establish a new connection",
            "connection refused",
            "connection reset",
            "connection broken",
            "connection aborted",
            "temporary failure in name resolution",
            "name or service not known",
            "getaddrinfo failed",
            "network is unreachable",
            "max retries exceeded",
            "timed out",
            "proxyerror",
            "cannot connect to proxy",
        ),
        f"The packages could not be fetched: connect to the internet, {AGAIN}.",
    ),
    (
        ("do not match the hashes",),
        "A package that came is not the one that the lock file names, so it was not installed: "
        f"wait an hour, {AGAIN}; if it stays so, somebody has to look into it.",
    ),
    (
        ("no matching distribution", "could not find a version"),
        "Not every package comes ready-made for this Python on this computer: install the Python "
        f"that .github/workflows/pages.yml names, {AGAIN}.",
    ),
    (
        ("permission denied", "errno 13", "access is denied", "read-only file system"),
        f"The folder .venv cannot be written: make the project's folder your own, {AGAIN}.",
    ),
)


def locate_environment(root: str) -> str:
    """Name the environment's folder for the project's folder, links resolved."""
    return os.path.join(os.path.realpath(root), ".venv")


def locate_python(environment: str) -> str:
    """Name the environment's Python."""
    where = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(environment, *where)


def is_inside(root: str) -> bool:
    """Tell whether this Python already is the one of the project's environment."""
    try:
        return os.path.samefile(sys.prefix, locate_environment(root))
    except OSError:
        return False


def format_lock_fact(root: str, lock: str) -> str:
    """Write the line that says which state of a lock file was installed."""
    from hashlib import sha256

    try:
        with open(os.path.join(root, lock), "rb") as file:
            return f"{lock} {sha256(file.read()).hexdigest()}"
    except FileNotFoundError:
        sys.exit(f"The file {lock} is missing: get a whole copy of the project, {AGAIN}.")


def format_home_facts(environment: str) -> set[str]:
    """Write the lines that say for which Python and in which folder the environment was made."""
    return {f"python {sys.implementation.cache_tag} {sys.platform}", f"folder {environment!a}"}


def read_record(environment: str) -> list[str]:
    """Read the lines of the record; none when there is no record."""
    try:
        with open(os.path.join(environment, RECORD), encoding="ascii") as file:
            return file.read().splitlines()
    except (OSError, UnicodeDecodeError):
        return []


def select_facts(record: Sequence[str], kind: str) -> list[str]:
    """Pick what the record says of one kind: "packages" (their folder) or "has" (a name in it)."""
    return [line.partition(" ")[2] for line in record if line.startswith(f"{kind} ")]


def is_whole(environment: str, record: Sequence[str]) -> bool:
    """Tell whether the environment is still here, for this Python, with all that was installed."""
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


def is_ready(root: str, lock: str) -> bool:
    """Tell whether everything that a lock file names is in place."""
    environment = locate_environment(root)
    record = read_record(environment)
    return format_lock_fact(root, lock) in record and is_whole(environment, record)


def clean_environ(environ: Mapping[str, str]) -> dict[str, str]:
    """Copy the environment variables without those that lead Python or pip out of the project."""
    return {
        name: value
        for name, value in environ.items()
        if name not in DROPPED and (not name.upper().startswith("PIP_") or name.upper() in PIP_KEPT)
    }


def explain(log: str) -> str:
    """Say why a set-up failed and what to do now, from what the tools wrote; nothing if unknown."""
    seen = log.lower()
    for signs, sentence in CAUSES:
        if any(sign in seen for sign in signs):
            return sentence
    return ""


def check_tools(has: Callable[[str], object]) -> str:
    """Say what to install when this Python cannot make environments; `has` looks a module up."""
    if has("venv") and has("ensurepip"):
        return ""
    return (
        "This Python comes without its venv module: type `sudo apt install python3-venv` on Debian "
        "or Ubuntu, or install Python from https://www.python.org/downloads/ elsewhere, "
        f"{AGAIN}."
    )


def run_logged(command: Sequence[str], log: str, environ: Mapping[str, str]) -> None:
    """Run a program with its output in the log file; end the run with a sentence when it fails."""
    import subprocess

    with open(log, "ab") as file:
        start = file.tell()
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            env=environ,
            cwd=os.path.dirname(log),
            close_fds=False,  # it keeps the turn, should this process be killed before it
            check=False,
        )
    if done.returncode:
        with open(log, "rb") as written:
            written.seek(start)
            cause = explain(written.read().decode("utf-8", "replace"))
        sys.exit(cause or f"Setting up did not work: read the last lines of {log}, {AGAIN}.")


def clear(environment: str) -> None:
    """Empty the environment's folder, but for the file that keeps other runs waiting."""
    import shutil

    for entry in os.scandir(environment):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        elif entry.name != BUSY:
            os.remove(entry.path)


def make_environment(environment: str) -> None:
    """Make an empty environment with pip in it, in place of whatever was there."""
    from importlib.util import find_spec

    if sentence := check_tools(find_spec):
        sys.exit(sentence)
    clear(environment)
    base: str = getattr(sys, "_base_executable", "") or sys.executable
    command = [base, "-I", "-m", "venv", environment]
    run_logged(command, os.path.join(environment, LOG), clean_environ(os.environ))


def write_record(root: str, lock: str, before: Sequence[str] = ()) -> None:
    """Remember what is in place now; each lock holds all of LOCK.

    `before` is the record so far. What it says of other locks stays true if LOCK is still the same.
    """
    import sysconfig

    environment = locate_environment(root)
    places = {"base": environment, "platbase": environment, "installed_base": environment}
    scheme = "nt" if os.name == "nt" else "posix_prefix"
    packages = sysconfig.get_path("purelib", scheme, places)
    base = format_lock_fact(root, LOCK)
    locks = {base, format_lock_fact(root, lock)}
    if base in before:
        others = tuple(f"{other} " for other in WHAT if other != lock)
        locks.update(line for line in before if line.startswith(others))
    lines = [*sorted(format_home_facts(environment)), *sorted(locks)]
    lines += [f"packages {os.path.relpath(packages, environment)}"]
    lines += [f"has {name}" for name in sorted(os.listdir(packages)) if name != "__pycache__"]
    part = os.path.join(environment, f"{RECORD}.part")
    with open(part, "w", encoding="ascii") as file:
        file.write("\n".join(lines) + "\n")
    os.replace(part, os.path.join(environment, RECORD))


def take_turn(descriptor: int, wait: bool) -> bool:
    """Ask the system for the one turn to set up, which ends with its holders; tell if it came."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
    else:
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        except OSError:
            return True  # a network disk that knows no locks: go on without
    return True


def wait_for_turn(descriptor: int) -> None:
    """Let one run at a time set up; the others wait for it and say so."""
    if not take_turn(descriptor, wait=False):
        tell("Another run is setting up this project: waiting for it (Ctrl-C stops waiting).")
        while not take_turn(descriptor, wait=True):
            pass


def set_up(root: str, lock: str) -> None:
    """Put in place what a lock file names, from whatever state the environment is in."""
    from commands.launch.packages import install

    environment = locate_environment(root)
    if os.path.islink(environment) or os.path.isfile(environment):
        sys.exit(f"{environment} is not a folder: delete it, {AGAIN}.")
    os.makedirs(environment, exist_ok=True)
    with open(os.path.join(environment, BUSY), "ab") as turn:
        os.set_inheritable(turn.fileno(), True)
        wait_for_turn(turn.fileno())
        if is_ready(root, lock):  # the run that was waited for did it
            return
        record = read_record(environment)
        whole = is_whole(environment, record)
        tell(f"Setting up, once: fetching {WHAT[lock]} into .venv, about a minute ...")
        if whole:
            os.remove(os.path.join(environment, RECORD))  # cut short from here on, it is made again
        else:
            make_environment(environment)
        install(root, lock)
        write_record(root, lock, record if whole else ())


def prepare(root: str, lock: str) -> None:
    """Put everything in place if it is not; end the run with one sentence if that cannot be."""
    if is_ready(root, lock):
        return
    try:
        set_up(root, lock)
    except OSError as error:
        sys.exit(explain(str(error)) or f"Setting up did not work: mend this, {AGAIN}: {error}")


def go_on(root: str, words: Sequence[str]) -> int:
    """Start tasks.py again in the environment; come back only on Windows, with its exit code."""
    command = [locate_python(locate_environment(root)), os.path.join(root, "tasks.py"), *words]
    sys.stdout.flush()
    sys.stderr.flush()
    environ = {**clean_environ(os.environ), ENTERED: "yes"}
    if os.name != "nt":
        try:
            os.execve(command[0], command, environ)  # noqa: S606  # no shell is wanted
        except OSError:
            give_up(root)

    import subprocess

    with subprocess.Popen(command, env=environ) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # the other one was told as well, and says so
                continue


def hurry_on(root: str, words: Sequence[str]) -> None:
    """Go on in the environment at once if all is in place; otherwise come back."""
    entered = os.environ.pop(ENTERED, "")
    if not words or is_inside(root):
        return
    if entered:
        give_up(root)
    if is_ready(root, choose_lock(words)):
        sys.exit(go_on(root, words))


def give_up(root: str) -> None:
    """Forget an environment that looks whole but is not, so that the next run makes it anew."""
    os.remove(os.path.join(locate_environment(root), RECORD))
    sys.exit(f"The folder .venv was damaged and will be made anew: {AGAIN.removeprefix('then ')}.")


def choose_lock(words: Sequence[str]) -> str:
    """Name the lock file that the task in these words needs."""
    return {"test": TEST_LOCK, "bench": BENCH_LOCK}.get(words[0], LOCK)


def tell(line: str) -> None:
    """Print one line of progress at once."""
    print(line, file=sys.stderr, flush=True)
