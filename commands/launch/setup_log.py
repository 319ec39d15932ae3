"""Run the programs that set up the environment, and explain in plain words why one failed.

What they print goes to a log file in `.venv`.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

from building.disk_errors import FULL_SIGNS
from commands.launch.environment import AGAIN

LOG = "setup.log"
# What a failed set-up leaves in its log, and what it means; the first that is found counts.
CAUSES = (
    (
        FULL_SIGNS,
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


def explain_log(log: str) -> str:
    """Return why a set-up failed and what to do now, from what the tools wrote; nothing if unknown."""
    seen = log.lower()
    for signs, sentence in CAUSES:
        if any(sign in seen for sign in signs):
            return sentence
    return ""


def run_logged(command: Sequence[str], log: str, environ: Mapping[str, str]) -> None:
    """Run a program with its output in the log file; end the run with a sentence when it fails."""
    with open(log, "ab") as file:
        start = file.tell()
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            env=environ,
            cwd=os.path.dirname(log),
            close_fds=False,  # it keeps the lock, should this process be killed before it
            check=False,
        )
    if done.returncode:
        with open(log, "rb") as written:
            written.seek(start)
            cause = explain_log(written.read().decode("utf-8", "replace"))
        sys.exit(cause or f"Setting up did not work: read the last lines of {log}, {AGAIN}.")


def read_output(
    command: Sequence[str], log: str, environ: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a program and return how it ended, with what it printed; its complaints go to the log file."""
    with open(log, "ab") as file:
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=file,
            text=True,
            errors="replace",
            env=environ,
            cwd=os.path.dirname(log),
            close_fds=False,  # see run_logged
            check=False,
        )
