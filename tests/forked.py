"""Build in real processes that start in a moment: forked from one that has loaded the packages.

Run as a script with no words, this is the process that loads them. It reads orders from its standard
input, a line of JSON each, and answers each with a line: `start` with the id of a new process, `end`
with the exit code of one. The project's own code is loaded in each new process, from the folder that
the order names, because that code is what the tests change. With an order for its
only word, the script does that one thing: for systems where processes cannot be forked.
"""

import compileall
import contextlib
import gc
import importlib
import json
import os
import py_compile
import shutil
import signal
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path[0] = str(PROJECT)  # in place of tests/, where a folder is called catalogue as well
from catalogue.project import CODE_FOLDERS  # noqa: E402

OWN = PROJECT / "tests/site"  # settings and content of the tests
CODE = [PROJECT / name for name in (*CODE_FOLDERS, "theme", "publishconf.py", "tasks.py")]
CODE.append(OWN / "pelicanconf.py")
CAN_FORK = sys.platform not in ("win32", "darwin")
PACKAGES = (
    "PIL.Image PIL.PngImagePlugin blinker ctypes html.parser jinja2 logging.handlers markdown"
    " markdown.extensions.tables markdown.extensions.toc multiprocessing nh3 pelican"
    " pelican.generators pelican.log pelican.plugins.signals pelican.settings rich.console"
    " smartypants sqlite3 typogrify.filters unidecode zoneinfo"
).split()
MOST_SECONDS = 120  # so long may one process take
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # Windows has but one way
CRASHED = 70  # EX_SOFTWARE of sysexits.h: what no command gives
# What the audit events (PEP 578) say of a change to the disk; an `open` is looked at more closely.
CHANGES = frozenset(
    "ctypes.dlsym os.chmod os.link os.mkdir os.remove os.rename os.rmdir os.symlink os.truncate"
    " os.utime sqlite3.connect/handle shutil.rmtree".split()
)


def copy_code(folder):
    """Copy the project without content, compiled so that an edit is never overlooked."""
    copy(CODE, folder)
    leave_out_extras(folder)
    compile_code(folder)


def compile_code(folder):
    """Compile a copy of the project; Python looks at each source, so that an edit is never overlooked."""
    by_hash = py_compile.PycInvalidationMode.CHECKED_HASH
    compileall.compile_dir(folder, quiet=1, invalidation_mode=by_hash)


def leave_out_extras(folder):
    """Have a copy of the project build without the index of the search and the cards: others try them."""
    path = folder / "building/pelican_adapter/fixed_settings.py"
    text = path.read_text(encoding="utf-8")
    switched_off = text.replace("SEARCH_INDEX = CARDS = True", "SEARCH_INDEX = CARDS = False")
    assert "SEARCH_INDEX = CARDS = False" in switched_off
    path.write_text(switched_off, encoding="utf-8")


def copy(paths, folder, forgotten="__pycache__"):
    """Copy files and whole folders into a folder, as a rule without what Python has compiled."""
    for path in paths:
        if path.is_dir():
            forget = shutil.ignore_patterns(forgotten)
            shutil.copytree(path, folder / path.name, ignore=forget)
        else:
            shutil.copy2(path, folder / path.name)


class Worker:
    """Start processes one after the other; use as a context, which ends the process behind it."""

    def __init__(self, seed=0, code=None):
        """`seed` decides the order of sets, which no built file may show.

        `code` is the folder of a project whose code nobody will change: it is loaded only once.
        """
        self.environ = {
            **{name: value for name, value in os.environ.items() if name not in UNWANTED},
            "PYTHONHASHSEED": str(seed),
        }
        self.server = (
            self.spawn(stdin=subprocess.PIPE, stdout=subprocess.PIPE) if CAN_FORK else None
        )
        if self.server and code:
            self.ask(word="load", folder=str(code))

    def spawn(self, *words, **pipes):
        """Start this file as a script."""
        command = [sys.executable, __file__, *words]
        return subprocess.Popen(command, env=self.environ, text=True, encoding="utf-8", **pipes)

    def ask(self, **order):
        """Return the server an order and wait for its answer."""
        print(json.dumps(order), file=self.server.stdin, flush=True)
        return json.loads(self.server.stdout.readline())

    def start(self, **order):
        """Start a process that does what is ordered; see `obey`. Give its id."""
        if self.server:
            return self.ask(word="start", order=order)
        self.process = self.spawn(json.dumps(order))
        return self.process.pid

    def end(self, process):
        """Wait until a process has ended, and give its exit code: a signal's number, but negative."""
        return self.ask(word="end", process=process) if self.server else self.process.wait()

    def run(self, seconds, **order):
        """Do what is ordered; kill it when it takes longer than so many seconds. Give the exit code."""
        process = self.start(**order)
        timer = threading.Timer(seconds, os.kill, (process, KILL))
        timer.start()
        try:
            return self.end(process)
        finally:
            timer.cancel()

    def __enter__(self):
        """Begin."""
        return self

    def __exit__(self, *_):
        """End the server, which ends by itself when nobody can give it orders."""
        if self.server:
            self.server.stdin.close()
            self.server.wait(timeout=MOST_SECONDS)
            self.server.stdout.close()


UNWANTED = {"GITHUB_ACTIONS", "SITE_URL", "SOURCE_DATE_EPOCH", "PYTHONPATH"}
UNWANTED |= {"GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"}


def serve():
    """Load the packages, then fork at each order to start."""
    for package in PACKAGES:
        with contextlib.suppress(ImportError):  # another version keeps it elsewhere: only slower
            importlib.import_module(package)
    keep_patterns()
    gc.freeze()
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        order = json.loads(line)
        if order["word"] == "load":
            answer = load_code(order["folder"])
        elif order["word"] == "end":
            _, status = os.waitpid(order["process"], 0)
            answer = os.waitstatus_to_exitcode(status)
        else:
            answer = os.fork()
            if not answer:
                signal.alarm(MOST_SECONDS)
                os._exit(obey(**order["order"]))
        print(json.dumps(answer), file=answers, flush=True)


def keep_patterns():
    """Load the project's code and forget it, all but the patterns in it, which `re` keeps by their text."""
    import_code(PROJECT)
    forget_code()


def load_code(folder):
    """Load the code of a copy of the project, for every process that is started for it; give its modules."""
    forget_code()
    sys.path[0] = folder
    import_code(Path(folder))
    gc.freeze()
    return len(sys.modules)


def import_code(folder):
    """Load all modules of the project in a folder."""
    for name in CODE_FOLDERS:
        for path in sorted((folder / name).rglob("[!_]*.py")):
            importlib.import_module(".".join(path.relative_to(folder).with_suffix("").parts))


def forget_code():
    """Forget the project's own code: the next import may be of another folder's."""
    for name in [name for name in sys.modules if name.split(".")[0] in CODE_FOLDERS]:
        del sys.modules[name]


def obey(folder, call, log, environ, cwd="", ahead_ns=0, coarse=None, kill_at=None):
    """Call a function of the project in `folder`, with `log` + .out and .err for what it prints.

    `cwd` is the current folder, if it is not the project's.
    `call` names the function, as in `commands.build:build`, and its arguments; Path makes a path.
    `ahead_ns` is how far the machine's clock is ahead of the true time. `coarse` has the length in
    nanoseconds and the beginning of the ticks in which the disk counts its times. The process kills
    itself at its `kill_at`th change to the disk; at -1 it lives, and counts them in `log` + .count.
    """
    try:
        os.chdir(cwd or folder)
        os.environ.update(environ)
        if sys.path[0] != str(folder) or "catalogue.project" not in sys.modules:
            sys.path[0] = str(folder)
            forget_code()
        with (
            open(f"{log}.out", "w", encoding="utf-8") as out,
            open(f"{log}.err", "w", encoding="utf-8") as err,
        ):
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
        with open(os.devnull, encoding="utf-8") as nothing:
            os.dup2(nothing.fileno(), 0)
        for number in (1, 2):
            stream = open(number, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
            setattr(sys, ("stdout", "stderr")[number - 1], stream)
        if ahead_ns:
            turn_clock(ahead_ns)
        if coarse:
            count_coarsely(*coarse)
        counted = count_changes(kill_at) if kill_at is not None else []
        name, words, options = call
        module, _, function = name.partition(":")
        code = end_as_python_does(
            getattr(importlib.import_module(module), function), words, options
        )
        if kill_at is not None:
            Path(f"{log}.count").write_text(str(len(counted)), encoding="utf-8")
    except BaseException:  # noqa: BLE001  # whatever it is, it is an answer
        traceback.print_exc()
        code = CRASHED
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def end_as_python_does(function, words, options):
    """Call a function, and give the exit code that the end of a script would have."""
    options = {
        name: Path(value) if name in ("content", "file", "output", "source") else value
        for name, value in options.items()
    }
    try:
        return function(*words, **options)
    except SystemExit as end:
        if isinstance(end.code, int):
            return end.code
        print(end.code, file=sys.stderr)
        return 1


def turn_clock(ahead_ns):
    """Let the machine's clock be ahead of the true time, or behind it."""
    seconds, nanoseconds = time.time, time.time_ns
    time.time = lambda: seconds() + ahead_ns / 10**9
    time.time_ns = lambda: nanoseconds() + ahead_ns


def count_changes(kill_at):
    """Count the changes to the disk from now on, in a list; before the `kill_at`th, die."""
    counted = []

    def count(event, words):
        if event == "open":
            _, mode, flags = words
            is_change = set(mode or "") & set("wxa+") or flags & (os.O_WRONLY | os.O_RDWR)
        else:
            is_change = event in CHANGES
        if is_change:
            counted.append(event)
            if len(counted) == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    return counted


def count_coarsely(tick_ns, start_ns):
    """Let the disk tell the times of files in whole ticks, as FAT does in two seconds."""
    stat, lstat, fstat, scandir = os.stat, os.lstat, os.fstat, os.scandir

    def blur(status):
        kind, (numbers, more) = status.__reduce__()
        numbers = list(numbers)
        for place, name in ((7, "st_atime"), (8, "st_mtime"), (9, "st_ctime")):
            full = more[f"{name}_ns"] - (more[f"{name}_ns"] - start_ns) % tick_ns
            more |= {name: full / 10**9, f"{name}_ns": full}
            numbers[place] = full // 10**9
        return kind(numbers, more)

    os.stat = lambda *words, **options: blur(stat(*words, **options))
    os.lstat = lambda *words, **options: blur(lstat(*words, **options))
    os.fstat = lambda *words, **options: blur(fstat(*words, **options))
    os.scandir = lambda path=".": Entries(scandir(path), blur)


class Entries:
    """Stand in for what os.scandir gives."""

    def __init__(self, found, blur):
        self.found, self.blur = found, blur

    def __iter__(self):
        return self

    def __next__(self):
        return Entry(next(self.found), self.blur)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.found.close()


class Entry:
    """Stand in for an os.DirEntry."""

    def __init__(self, entry, blur):
        self.entry, self.blur = entry, blur

    def __getattr__(self, name):
        return getattr(self.entry, name)

    def __fspath__(self):
        return self.entry.path

    def stat(self, *, follow_symlinks=True):
        return self.blur(self.entry.stat(follow_symlinks=follow_symlinks))


if __name__ == "__main__":
    if len(sys.argv) == 1:
        serve()
    else:
        sys.exit(obey(**json.loads(sys.argv[1])))
