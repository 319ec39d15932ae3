"""`preview` serves drafts too, builds again on every change, and keeps the last good state."""

import errno
import http.client
import os
import re
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
from commands.preview import explain_port, open_servers, preview
from commands.serving.answers import FAULT
from commands.serving.renderer import SiteRenderer
from commands.serving.site_process import draw
from tests.conftest import OWN

RUN_TASK = str(Path(__file__).parents[1] / "run_task.py")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


def preview_of(clone):
    """Return the command of the preview of a copy of the project."""
    return [sys.executable, RUN_TASK, str(clone), "preview"]


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
def previewing(clone, content, tmp_path, port=0):
    port = port or free_port()
    log = tmp_path / "log.txt"
    command = [*preview_of(clone), "--content", content, "--port", str(port), "--no-open"]
    with log.open("w") as out:
        process = subprocess.Popen(
            command, cwd=clone, stdout=out, stderr=out, env={**os.environ, "TMPDIR": str(tmp_path)}
        )
        try:
            yield process, port, log
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


def test_a_preview_follows_what_is_written(clone, tmp_path):
    content = tmp_path / "content"
    shutil.copytree(OWN / "content", content)
    (content / "posts/draft.md").write_text(
        "Title: My draft\nDate: 2024-05-01\nStatus: draft\n\nFirstly some words.\n"
    )
    with previewing(clone, content, tmp_path) as (process, port, log):
        assert "Draft" in wait_for(port, "/posts/draft/", "Firstly some")[1]
        assert "My draft" in fetch(port, "/")[1]
        assert wait_for(port, "/nowhere/", "nearest")[0] == 404
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
        answer = draw(Job(name, lambda name=name: draw_copy(tmp_path, name, "0" * 64), None))
        said = f"{name}: this has just been changed. Look again in a moment."
        assert answer == (FAULT, said.encode())
        assert capfd.readouterr().err == f"{said}\n"


def wait_for_line(log, wanted, seconds=60):
    """Wait until the terminal shows some words."""
    deadline = time.monotonic() + seconds
    while wanted not in log.read_text():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)


def test_a_content_folder_that_goes_and_comes_back_is_told_once_and_followed_again(clone, tmp_path):
    content = tmp_path / "content"
    text = "Title: My post\nDate: 2024-05-01\n\n{} some words.\n"
    (content / "posts").mkdir(parents=True)
    (content / "posts/a.md").write_text(text.format("Firstly"))
    with previewing(clone, content, tmp_path) as (_, port, log):
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


def test_a_draft_is_shown_under_the_names_of_this_machine_alone(clone, tmp_path):
    content = tmp_path / "content"
    (content / "posts").mkdir(parents=True)
    (content / "posts/d.md").write_text(
        "Title: My draft\nDate: 2024-05-01\nStatus: draft\n\nSome words.\n"
    )
    with previewing(clone, content, tmp_path) as (_, port, _):
        wait_for(port, "/posts/d/", "My draft")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/posts/d/", headers={"Host": f"evil.example:{port}"})
        answer = connection.getresponse()
        assert (answer.status, b"draft" in answer.read().lower()) == (403, False)


@pytest.mark.parametrize("port", [0, -1, 65536, 80000, 10**30])
def test_a_port_that_does_not_exist_is_told_with_one_that_does(port, capsys):
    assert preview(OWN / "content", port) == 2
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


def test_a_port_that_is_taken_gives_way_to_the_next_free_one(clone, tmp_path):
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "content/posts/a.md").write_text("Title: A\nDate: 2024-05-01\n\nSome words.\n")
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        taken = door.getsockname()[1]
        with previewing(clone, tmp_path / "content", tmp_path, taken) as (_, _, log):
            wait_for_line(log, f"Port {taken} is in use. The preview is at http://localhost:")
            port = int(re.search(r"localhost:(\d+)/", log.read_text())[1])
            assert taken < port < taken + 20
            wait_for(port, "/posts/a/", "Some words")


def test_a_port_that_only_the_other_form_of_the_address_has_taken_gives_way_too(tmp_path):
    renderer = SiteRenderer(tmp_path)
    with socket.socket(socket.AF_INET6) as door:
        try:
            door.bind(("::1", 0))
        except OSError:
            pytest.skip("this machine has no IPv6")
        door.listen()
        taken = door.getsockname()[1]
        servers = open_servers(taken, renderer, False)
    assert [server.port for server in servers] == [servers[0].port] * 2
    assert servers[0].port > taken
    for server in servers:
        server.server_close()
