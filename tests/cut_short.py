"""Cut a command short at each of its changes to a content folder, in a process of its own each time.

Run as a script with an order for its only word (JSON, see `cut_all`), it prints a line of JSON for
each process: the folder that was left, how it was cut, its exit code and what it said.
"""

import contextlib
import errno
import gc
import importlib
import io
import itertools
import json
import os
import resource
import shutil
import signal
import sys
from pathlib import Path

from building.settings import read_constants
from commands import check
from tests.forked import CHANGES, end_as_python_does

# Where a disk that is full may say so; to remove something needs no room.
TAKES_ROOM = {"open", "os.link", "os.mkdir", "os.rename", "os.fsync"}
CALLS = "chmod link mkdir open remove rename replace rmdir unlink".split()
MOST_SECONDS = 60
MOST_LIMITS = 10


def cut_all(call, content, place, ways):
    """Cut a call short in each way at its first change, at its second, and so on, to the last.

    `call` names the function and its arguments, as in tests.forked; `content` is the folder that
    each process gets a copy of, with what is beside it, below `place`.

    A way is the name of a signal, which comes before a change, or, with ` after` behind it, right
    after one, before it has been taken note of; `ENOSPC`, which the change is answered with; or
    `EFBIG`, with which each step lets a file have some bytes more.
    """
    name, words, options = call
    module, _, function = name.partition(":")
    function = getattr(importlib.import_module(module), function)
    # What is kept of readings is not the content.
    constants = {**read_constants(), "READING_CACHE": ""}
    for each in (check, sys.modules[module]):
        if hasattr(each, "read_constants"):
            each.read_constants = lambda: constants
    os.fsync = lambda _: None  # a kill, other than a power cut, loses nothing that was written
    first = Path(place, "whole", "content")
    shutil.copytree(Path(content).parent, first.parent)
    os.chdir(first.parent)
    with contextlib.redirect_stdout(io.StringIO()):  # loads what the others then need not load
        end_as_python_does(function, words, {**options, "content": first})
    gc.freeze()
    for way in ways:
        for at in itertools.count(1):
            own = Path(place, way.replace(" ", "-"), str(at), "content")
            shutil.copytree(Path(content).parent, own.parent)
            was_cut, code, said = run(way, at, own, function, words, options)
            if not was_cut:
                break
            print(json.dumps([str(own), way, at, code, said]), flush=True)


def run(way, at, content, function, words, options):
    """Run a function in a new process; give whether it was cut short, its exit code, and its words."""
    said, saying = os.pipe()
    cut, cutting = os.pipe()
    child = os.fork()
    if not child:
        signal.alarm(MOST_SECONDS)
        os.dup2(saying, 1)
        os.dup2(saying, 2)
        for number in (1, 2):
            stream = open(number, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
            setattr(sys, ("stdout", "stderr")[number - 1], stream)
        os.chdir(content.parent)
        CUTS.get(way, cut_by_signal)(way, at, content, lambda: os.write(cutting, b"x"))
        code = 70
        try:
            code = end_as_python_does(function, words, {**options, "content": content})
        except BaseException as error:  # noqa: BLE001  # whatever it is, it is an answer
            print("Traceback:", repr(error))
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    os.close(saying)
    os.close(cutting)
    _, status = os.waitpid(child, 0)
    answers = []
    for end in (cut, said):
        with open(end, "rb") as stream:
            answers.append(stream.read())
    return bool(answers[0]), os.waitstatus_to_exitcode(status), answers[1].decode()


def count_before(at, content, events, act):
    """Call `act` before the `at`th of some changes to the content folder."""
    count = itertools.count(1)

    def step(event, words):
        paths = [os.fsdecode(word) for word in words if isinstance(word, str | bytes | Path)]
        if event == "open":
            _, mode, flags = words
            is_change = set(mode or "") & set("wxa+") or flags & (os.O_WRONLY | os.O_RDWR)
        else:
            is_change = event in events
        inside = event == "os.fsync" or any(path.startswith(str(content)) for path in paths)
        if is_change and inside and next(count) == at:
            act()

    os.fsync = lambda _: step("os.fsync", ())  # of which no audit hook hears
    sys.addaudithook(step)


def cut_by_signal(way, at, content, tell):
    """Let a signal come in before a change, or right after it."""
    name, _, after = way.partition(" ")
    number = getattr(signal, name)
    if name != "SIGKILL":
        signal.signal(number, signal.SIG_DFL)  # a shell may have it ignored

    def act():
        tell()
        os.kill(os.getpid(), number)

    if after:
        count_after(at, content, act)
    else:
        count_before(at, content, CHANGES | {"os.fsync"}, act)


def count_after(at, content, act):
    """Call `act` after the `at`th call for something in the content folder, before it is known."""
    count = itertools.count(1)

    def wrap(real):
        def call(*words, **options):
            result = real(*words, **options)
            if str(words[0]).startswith(str(content)) and next(count) == at:
                act()
            return result

        return call

    for name in CALLS:
        setattr(os, name, wrap(getattr(os, name)))
    io.open = wrap(io.open)


def cut_by_full_disk(_, at, content, tell):
    """Have no room for a change."""

    def act():
        tell()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    count_before(at, content, TAKES_ROOM, act)


def cut_by_limit(_, at, __, tell):
    """Have no room in any file for more than some bytes: half a line to several lines."""
    if at <= MOST_LIMITS:
        tell()
        most = (at - 1) * 16
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


CUTS = {"ENOSPC": cut_by_full_disk, "EFBIG": cut_by_limit}

if __name__ == "__main__":
    cut_all(**json.loads(sys.argv[1]))
