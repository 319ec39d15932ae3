"""Call a function in a process of its own that is ended when it takes far longer than it should.

What a regular expression or a search within a text costs cannot be counted in steps: it happens inside
one call. So the work is given texts on which a linear way takes a fraction of a second and a quadratic
one minutes or hours; SECONDS of the processor lie far from both. A busy machine does not count, for it
is the process's own time that is bounded; where the system bounds none (Windows), it is the clock's.

The process is forked from one that has loaded the function's module, where processes can be forked.
Run as a script with no words, this is that one: it reads calls from its standard input, a line of JSON
each, and answers each with the exit code. With a call for its only word it does that one thing.
"""

import atexit
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SECONDS = 10
CLOCK = 60  # times as long it may take by the clock
CAN_FORK = sys.platform != "win32"


def call_bounded(function, *arguments, seconds=SECONDS):
    """Return what a function of a module gives for some arguments, all of it data that JSON can hold.

    Raises AssertionError if it does not end in time, or ends in an error.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "answer")
        call = [seconds, function.__module__, function.__name__, arguments, str(place)]
        code = ask_server(call) if CAN_FORK else run_alone(call, seconds)
        answer = place.read_text(encoding="utf-8") if place.exists() else ""
    if code < 0:
        raise AssertionError(f"{function.__name__} has no end within {seconds} s")
    assert code == 0, answer
    return json.loads(answer)


def ask_server(call):
    """Have a call carried out by the server; return the exit code, for a signal its number, but negative."""
    server = start_server()
    print(json.dumps(call), file=server.stdin, flush=True)
    return int(server.stdout.readline())


@cache
def start_server():
    """Start the server, which ends when nobody can call any more."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.bounded"], cwd=PROJECT, text=True, encoding="utf-8", **pipes
    )

    def stop():
        server.stdin.close()
        server.wait()
        server.stdout.close()

    atexit.register(stop)
    return server


def run_alone(call, seconds):
    """Carry out a call in a new process; return its exit code, or -1 if it had no end."""
    command = [sys.executable, "-m", "tests.bounded", json.dumps(call)]
    try:
        return subprocess.run(command, cwd=PROJECT, timeout=seconds * 6).returncode
    except subprocess.TimeoutExpired:
        return -1


def serve():
    """Carry out each call that is read, in a process of its own."""
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        call = json.loads(line)
        importlib.import_module(call[1])
        child = os.fork()
        if not child:
            limit(call[0])
            os._exit(carry_out(*call))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), file=answers, flush=True)


def limit(seconds):
    """Let this process take so many seconds of the processor, and not for ever by the clock."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    signal.alarm(seconds * CLOCK)


def carry_out(seconds, module, name, arguments, place):
    """Call a function, and write what it gives, or its error, into a file; return the exit code."""
    del seconds
    try:
        answer, code = json.dumps(getattr(importlib.import_module(module), name)(*arguments)), 0
    except BaseException:  # noqa: BLE001 - it is told where the call was made
        answer, code = traceback.format_exc(), 1
    Path(place).write_text(answer, encoding="utf-8")
    return code


if __name__ == "__main__":
    if len(sys.argv) == 1:
        serve()
    else:
        sys.exit(carry_out(*json.loads(sys.argv[1])))
