"""An interrupted block ends with the signal's own exit code, wherever the signal comes in."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = """
import os, signal, sys, time
from building.interrupts import interruptible

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored

class Dropped:
    def __del__(self):
        signal.raise_signal(number)

def fork():
    os.register_at_fork(after_in_parent=lambda: signal.raise_signal(number))
    child = os.fork()
    if not child:
        os._exit(0)
    os.waitpid(child, 0)

number = getattr(signal, sys.argv[1])
with interruptible():
    try:
        {"a line": lambda: signal.raise_signal(number), "a fork": fork, "a __del__": Dropped}[sys.argv[2]]()
        time.sleep(float(sys.argv[3]))
    finally:
        print("closed")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("seconds", [0, 20])
@pytest.mark.parametrize("place", ["a line", "a fork", "a __del__"])
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_a_signal_ends_the_block_also_where_python_drops_what_is_raised(name, code, place, seconds):
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", BLOCK, name, place, str(seconds)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=15,
    )
    assert (done.returncode, done.stdout, done.stderr) == (code, "closed\n", "")
