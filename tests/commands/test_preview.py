"""`preview` serves drafts too, builds again on every change, and keeps the last good state."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def fetch(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def wait_for(port, path, wanted, seconds=60):
    """Fetch until the page has the words; a build takes its time on a busy machine."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            status, text = fetch(port, path)
        except OSError:
            status, text = 0, ""
        if wanted in text:
            return status, text
        time.sleep(0.2)
    raise AssertionError(f"{path} never showed {wanted!r}: {status} {text[:300]}")


@contextmanager
def previewing(content, tmp_path):
    port = free_port()
    log = tmp_path / "log.txt"
    command = [sys.executable, "-m", "invoke", "preview", "--content", content, "--port", str(port)]
    with log.open("w") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=out, stderr=out, env={**os.environ, "TMPDIR": str(tmp_path)}
        )
        try:
            yield process, port, log
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


def test_a_preview_follows_what_is_written(tmp_path):
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    (content / "posts/draft.md").write_text(
        "Title: My draft\nDate: 2024-05-01\nStatus: draft\n\nFirstly some words.\n"
    )
    with previewing(content, tmp_path) as (process, port, log):
        assert "Draft" in wait_for(port, "/posts/draft/", "Firstly some")[1]
        assert "My draft" in fetch(port, "/")[1]
        assert wait_for(port, "/nowhere/", "Not on the shelf")[0] == 404
        text = (content / "posts/draft.md").read_text()
        (content / "posts/draft.md").write_text(text.replace("Firstly", "Secondly"))
        wait_for(port, "/posts/draft/", "Secondly some")
        (content / "pages/about.md").write_text("Titel: About\n\nBroken.\n")
        deadline = time.monotonic() + 60
        while "last good state" not in log.read_text() and time.monotonic() < deadline:
            time.sleep(0.2)
        assert "pages/about.md:1: " in log.read_text()
        assert fetch(port, "/about/")[0] == 200
        (content / "pages/about.md").write_text("Title: About\n\nMended.\n")
        wait_for(port, "/about/", "Mended")
    assert process.returncode == 130
    assert "Traceback" not in log.read_text()
    assert list(tmp_path.glob("preview-*")) == []


def test_a_port_that_is_taken_is_told_with_another(tmp_path):
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        port = door.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "invoke", "preview", "--port", str(port)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert (done.returncode, "--port" in done.stderr) == (2, True)
