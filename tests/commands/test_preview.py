"""`preview` serves drafts too, builds again on every change, and keeps the last good state."""

import errno
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

from building.jobs import Job, draw_copy
from commands.preview import explain_port, preview
from commands.serving.renderer import PageRenderer, render
from commands.serving.server import FAULT

ROOT = Path(__file__).parents[2]
PREVIEW = [sys.executable, str(ROOT / "tests/run_task.py"), str(ROOT), "preview"]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def fetch(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": f"localhost:{port}"})
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
    command = [*PREVIEW, "--content", content, "--port", str(port)]
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


def test_a_picture_that_changed_since_it_was_judged_does_not_end_the_drawing(tmp_path, capfd):
    (tmp_path / "images").mkdir()
    (tmp_path / "images/a.png").write_bytes(b"another picture")
    for name in ("images/a.png", "images/gone.png"):
        answer = render(Job(name, lambda name=name: draw_copy(tmp_path, name, "0" * 64), None))
        said = f"{name}: this has just been changed. Look again in a moment."
        assert answer == FAULT + said.encode()
        assert capfd.readouterr().err == f"{said}\n"


def wait_for_line(log, wanted, seconds=60):
    """Wait until the terminal shows some words."""
    deadline = time.monotonic() + seconds
    while wanted not in log.read_text():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)


def test_a_content_folder_that_goes_and_comes_back_is_told_once_and_followed_again(tmp_path):
    content = tmp_path / "content"
    text = "Title: My post\nDate: 2024-05-01\n\n{} some words.\n"
    (content / "posts").mkdir(parents=True)
    (content / "posts/a.md").write_text(text.format("Firstly"))
    with previewing(content, tmp_path) as (_, port, log):
        wait_for(port, "/posts/a/", "Firstly some")
        shutil.rmtree(content)
        wait_for_line(log, "is gone")
        assert "Firstly some" in fetch(port, "/posts/a/")[1]
        (content / "posts").mkdir(parents=True)
        (content / "posts/a.md").write_text(text.format("Secondly"))
        wait_for(port, "/posts/a/", "Secondly some")
        (content / "posts/a.md").write_text(text.format("Thirdly"))
        wait_for(port, "/posts/a/", "Thirdly some")
    told = log.read_text()
    sentence = (
        f"The folder {content} is gone: the preview shows the last good state, and looks again when "
        "the folder is back.\n"
    )
    assert told.count(sentence) == told.count("is gone") == 1
    assert "Traceback" not in told
    assert "path containing the content" not in told


def test_a_folder_that_goes_while_it_is_read_is_a_sentence_and_no_trace(tmp_path, capfd):
    assert not PageRenderer().renew(tmp_path / "content", "http://localhost:8000")
    told = capfd.readouterr().err.splitlines()
    assert "is not there" in told[0]
    assert told[1:] == ["1 error, 0 warnings."]


def test_a_draft_is_shown_under_the_names_of_this_machine_alone(tmp_path):
    content = tmp_path / "content"
    (content / "posts").mkdir(parents=True)
    (content / "posts/d.md").write_text(
        "Title: My draft\nDate: 2024-05-01\nStatus: draft\n\nSome words.\n"
    )
    with previewing(content, tmp_path) as (_, port, _):
        wait_for(port, "/posts/d/", "My draft")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/posts/d/", headers={"Host": f"evil.example:{port}"})
        answer = connection.getresponse()
        assert (answer.status, b"draft" in answer.read().lower()) == (403, False)


@pytest.mark.parametrize("port", [0, -1, 65536, 80000, 10**30])
def test_a_port_that_does_not_exist_is_told_with_one_that_does(port, capsys):
    assert preview(ROOT / "content", port) == 2
    assert capsys.readouterr() == (
        "",
        f"There is no port {port}: their numbers go from 1 to 65535. "
        "Write: python3 tasks.py preview --port 8000\n",
    )


@pytest.mark.parametrize(
    ("port", "error", "sentence"),
    [
        (8000, errno.EADDRINUSE, "is in use. Close the other preview, or write: * --port 8001"),
        (65535, errno.EADDRINUSE, "is in use. Close the other preview, or write: * --port 8001"),
        (80, errno.EADDRINUSE, "is in use. Close the other preview, or write: * --port 8001"),
        (
            80,
            errno.EACCES,
            "is kept for the system, and your account may not use it. Write: * 8001",
        ),
        (
            8000,
            errno.EPERM,
            "is kept for the system, and your account may not use it. Write: * 8001",
        ),
        (8000, errno.EADDRNOTAVAIL, "cannot be used ("),
    ],
)
def test_a_port_that_cannot_be_used_is_told_with_another(port, error, sentence):
    text = explain_port(port, OSError(error, os.strerror(error)))
    start, _, end = sentence.partition(" * ")
    assert text.startswith(f"Port {port} {start}")
    assert text.endswith(end)
    assert "python3 tasks.py preview --port " in text


def test_a_port_that_is_taken_is_told_with_another(tmp_path):
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        port = door.getsockname()[1]
        done = subprocess.run(
            [*PREVIEW, "--port", str(port)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert (done.returncode, "--port" in done.stderr) == (2, True)
