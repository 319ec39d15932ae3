"""Call a function in a process of its own that is ended when it takes far longer than it should.

What a regular expression or a search within a text costs cannot be counted in steps: it happens inside
one call. So the work is given texts on which a linear way takes a fraction of a second and a quadratic
one minutes or hours; SECONDS of the processor lie far from both. A busy machine does not count, for it
is the process's own time that is bounded; where the system bounds none (Windows), it is the clock's.
"""

import json
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SECONDS = 10
CALL = """
import importlib, json, sys
seconds, module, name, arguments = json.load(sys.stdin)
try:
    import resource
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
except ImportError:
    pass
print(json.dumps(getattr(importlib.import_module(module), name)(*arguments)))
"""


def call_bounded(function, *arguments, seconds=SECONDS):
    """Return what a function of a module gives for some arguments, all of it data that JSON can hold.

    Raises AssertionError if it does not end in time, or ends in an error.
    """
    call = json.dumps([seconds, function.__module__, function.__name__, arguments])
    try:
        done = subprocess.run(
            [sys.executable, "-c", CALL],
            cwd=PROJECT,
            input=call,
            capture_output=True,
            encoding="utf-8",
            timeout=seconds * (6 if sys.platform == "win32" else 60),
        )
    except subprocess.TimeoutExpired:
        raise AssertionError(f"{function.__name__} has no end") from None
    if done.returncode < 0:
        raise AssertionError(f"{function.__name__} has no end within {seconds} s")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
