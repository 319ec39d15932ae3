"""The preview answers this machine's own browser, and neither stops nor prints a trace for anybody else."""

import email
import http.client
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from commands.serving import server as preview_server
from commands.serving.answers import FAULT, HEADERS, HTML_TYPE, NONE, PAGE
from commands.serving.server import MOST_OPEN, Server

ROOT = Path(__file__).resolve().parents[3]
SECRET = b"<!doctype html><p>A draft"
FILES = {
    "index.html": SECRET,
    "about/index.html": SECRET,
    "a b/index.html": SECRET,
    "old.php/index.html": SECRET,
    "404.html": b"Not on the shelf",
    "images/x.webp": b"RIFF",
}


def draw(file):
    if file == "odd.html":
        raise KeyError("line\n\x1b[31mend")
    if file == "broken.html":
        return FAULT, b"theme/templates/base.html:3: no such word"
    return (PAGE, FILES[file]) if file in FILES else (NONE, b"")


@pytest.fixture
def start():
    """Start servers, and stop them at the end."""
    started = []

    def start(draw):
        server = Server(0, draw)
        started.append(server)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        return server

    yield start
    for server in started:
        server.shutdown()
        server.server_close()


@pytest.fixture
def server(start):
    return start(draw)


def connect(server):
    return socket.create_connection(("127.0.0.1", server.port), timeout=30)


def read_all(door):
    """Read until the other side closes; what was read before it broke off is all there is."""
    data = bytearray()
    with suppress(ConnectionError):
        while piece := door.recv(1 << 20):
            data += piece
    return bytes(data)


def ask(server, *lines):
    """Send a request of these lines, its port written as PORT; give status, headers and body."""
    text = "\r\n".join([*lines, "", ""]).replace("PORT", str(server.port))
    with connect(server) as door:
        door.sendall(text.encode("latin-1"))
        head, _, body = read_all(door).partition(b"\r\n\r\n")
    first, _, rest = head.decode("ascii").partition("\r\n")
    return int(first.split()[1]), email.message_from_string(rest), body


def wait_until_idle(server):
    """Wait until every connection has ended, with all that its thread had to say."""
    with server.changed:
        assert server.changed.wait_for(lambda: not server.open, 30)


@pytest.mark.parametrize(
    "host", ["localhost:PORT", "127.0.0.1:PORT", "[::1]:PORT", "LocalHost:PORT"]
)
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_this_machine_is_answered_under_each_of_its_names(server, host, version):
    status, headers, body = ask(server, f"GET /about/ HTTP/{version}", f"Host: {host}")
    assert (status, headers["Content-Type"], body) == (200, HTML_TYPE, SECRET)


@pytest.mark.parametrize(
    "lines",
    [
        ["GET / HTTP/1.1", "Host: evil.example:PORT"],
        ["GET / HTTP/1.1", "Host: evil.example"],
        ["GET / HTTP/1.1", "Host: localhost"],
        ["GET / HTTP/1.1", "Host: localhost:1"],
        ["GET / HTTP/1.1", "Host: localhost.:PORT"],
        ["GET / HTTP/1.1", "Host: localhost.evil.example:PORT"],
        ["GET / HTTP/1.1", "Host: evil.example@localhost:PORT"],
        ["GET / HTTP/1.1", "Host: http://localhost:PORT"],
        ["GET / HTTP/1.1", "Host: localhost:PORT, evil.example"],
        ["GET / HTTP/1.1", "Host: localhost:PORT", " evil.example"],
        ["GET / HTTP/1.1", "Host: 127.1:PORT"],
        ["GET / HTTP/1.1", "Host: 0.0.0.0:PORT"],
        ["GET / HTTP/1.1", "Host: ::1:PORT"],
        ["GET / HTTP/1.1", "Host:"],
        ["GET / HTTP/1.1", "Host : localhost:PORT"],
        ["GET / HTTP/1.1", "X-Forwarded-Host: localhost:PORT"],
        ["GET / HTTP/1.1", "Host: localhost:PORT", "Host: localhost:PORT"],
        ["GET / HTTP/1.1", "Host: localhost:PORT", "host: evil.example"],
        ["GET / HTTP/1.1"],
        ["GET / HTTP/1.0"],
        ["GET /"],
        ["HEAD / HTTP/1.1", "Host: evil.example"],
        ["GET http://evil.example/ HTTP/1.1", "Host: localhost:PORT"],
        ["GET http://localhost:PORT/ HTTP/1.1", "Host: evil.example"],
        ["GET http://localhost:PORT@evil.example/ HTTP/1.1", "Host: localhost:PORT"],
        ["GET http://localhost/ HTTP/1.1", "Host: localhost:PORT"],
        ["GET http://localhost:PORT/ HTTP/1.1"],
    ],
)
def test_a_request_under_another_name_gets_a_sentence_and_no_content(server, lines):
    status, _, body = ask(server, *lines)
    assert status == 403
    assert body in (preview_server.FOREIGN, b"")


@pytest.mark.parametrize(
    "target", ["http://localhost:PORT", "HTTP://127.0.0.1:PORT/?x#y", "/?http://e/"]
)
def test_a_target_may_name_this_machine_too(server, target):
    assert ask(server, f"GET {target} HTTP/1.1", "Host: localhost:PORT")[::2] == (200, SECRET)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ([], 200),
        (["Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"], 200),
        (
            ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"],
            200,
        ),
        (
            ["Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"],
            200,
        ),
        (["Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"], 200),
        (
            ["Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"],
            200,
        ),
        (["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"], 403),
        (["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: object"], 403),
        (["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"], 403),
        (["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: script"], 403),
        (["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: document"], 403),
        (["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty"], 403),
        (["Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty"], 403),
        (["Sec-Fetch-Site: cross-site"], 403),
        (["Sec-Fetch-Site: odd"], 403),
        (["Origin: http://localhost:PORT"], 200),
        (["Origin: http://127.0.0.1:PORT"], 200),
        (["Origin: https://localhost:PORT"], 403),
        (["Origin: http://localhost:1"], 403),
        (["Origin: http://evil.example"], 403),
        (["Origin: null"], 403),
        (["Origin: http://localhost:PORT", "Origin: http://evil.example"], 403),
    ],
)
def test_what_a_page_elsewhere_sends_is_refused_and_where_the_person_goes_is_shown(
    server, fields, status
):
    assert ask(server, "GET / HTTP/1.1", "Host: localhost:PORT", *fields)[0] == status


@pytest.mark.parametrize(
    ("first", "status"),
    [
        ("GET / HTTP/1.1", 200),
        ("HEAD / HTTP/1.1", 200),
        ("GET /images/x.webp HTTP/1.1", 200),
        ("GET /about HTTP/1.1", 301),
        ("HEAD /about HTTP/1.1", 301),
        ("GET http://[ HTTP/1.1", 400),
        ("GET http://[::1/ HTTP/1.1", 400),
        ("GET https://localhost:PORT/ HTTP/1.1", 400),
        ("GET ftp://localhost/ HTTP/1.1", 400),
        ("GET * HTTP/1.1", 400),
        ("GET localhost:PORT HTTP/1.1", 400),
        ("GET about HTTP/1.1", 400),
        ("GET  HTTP/1.1 x y", 400),
        ("GET / HTTP/x", 400),
        ("GET / FTP/1.1", 400),
        ("GET", 400),
        ("\x16\x03\x01\x02", 400),
        ("GET /nowhere/ HTTP/1.1", 404),
        ("GET /\xff%ff%00/../.. HTTP/1.1", 404),
        (f"GET /{'x' * 70_000} HTTP/1.1", 414),
        ("GET / HTTP/1.1\r\n" + "\r\n".join(f"X-{n}: y" for n in range(200)), 431),
        (f"GET / HTTP/1.1\r\nX: {'x' * 70_000}", 431),
        ("GET /odd.html HTTP/1.1", 500),
        ("GET / HTTP/2.0", 505),
        ("GET /broken.html HTTP/1.1", 503),
        *(
            (f"{verb} / HTTP/1.1", 501)
            for verb in "POST PUT DELETE OPTIONS TRACE CONNECT X".split()
        ),
        ("get / HTTP/1.1", 501),
    ],
)
def test_every_answer_keeps_other_sites_out_and_prints_no_trace(server, first, status, capsys):
    seen, headers, body = ask(server, first, "Host: localhost:PORT")
    assert seen == status
    assert [(name, headers[name]) for name, _ in HEADERS] == list(HEADERS)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert not headers.defects
    assert {name.lower() for name in headers} <= {
        *(name.lower() for name, _ in HEADERS),
        *("date", "content-type", "content-length", "location"),
    }
    assert (SECRET in body) == (status == 200 and first.startswith("GET / "))
    wait_until_idle(server)
    assert "Traceback" not in (told := capsys.readouterr().err)
    assert len(told.splitlines()) == (status == 500)


def test_something_unexpected_is_a_sentence_for_the_browser_and_a_line_for_the_author(
    server, capsys
):
    status, _, body = ask(server, "GET /odd.html HTTP/1.1", "Host: localhost:PORT")
    assert (status, body) == (500, preview_server.FAILED)
    wait_until_idle(server)
    (line,) = capsys.readouterr().err.splitlines()
    assert "test_server.py:" in line
    assert "could not be answered (KeyError:" in line
    assert line.isprintable()


def test_what_fails_outside_an_answer_is_one_line_too_and_a_client_that_left_is_none(
    server, capsys
):
    for error in (
        ValueError("line\nend\x1b"),
        ConnectionResetError(),
        BrokenPipeError(),
        TimeoutError(),
    ):
        try:
            raise error
        except (ValueError, OSError):
            server.handle_error(None, None)
    (line,) = capsys.readouterr().err.splitlines()
    assert "(ValueError: line end\\x1b)" in line


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"G",
        b"GET / HTTP/1.1\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost:PORT\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n",
        b"GET /nowhere HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n",
        b"\r\n\r\n",
    ],
)
@pytest.mark.parametrize("roughly", [True, False])
def test_a_browser_that_leaves_is_nothing_to_speak_of(start, sent, roughly, capsys):
    has_left, is_asked = threading.Event(), threading.Event()

    def draw_late(file):
        is_asked.set()
        assert has_left.wait(30)
        return PAGE, SECRET + bytes(10_000_000)  # more than the buffers on the way take

    server = start(draw_late)
    with connect(server) as door:
        if roughly:  # with a reset, and no goodbye
            door.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        door.sendall(sent.replace(b"PORT", str(server.port).encode()))
        if sent.startswith(b"GET") and sent.endswith(b"\r\n\r\n"):
            assert is_asked.wait(30)
    has_left.set()
    status, _, body = ask(server, "GET / HTTP/1.1", "Host: localhost:PORT")
    assert (status, body[: len(SECRET)]) == (200, SECRET)
    wait_until_idle(server)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("path", ["/about", "//about", "///about", "/%2Fabout", "/%2f%2fabout"])
def test_a_folder_without_its_slash_leads_to_itself_and_not_to_a_host_of_its_name(server, path):
    status, headers, _ = ask(server, f"GET {path} HTTP/1.1", "Host: localhost:PORT")
    assert (status, headers["Location"]) == (301, "/about/")


def test_clients_that_hang_take_no_place_from_one_that_asks(server):
    idle = [connect(server) for _ in range(2 * MOST_OPEN)]
    assert ask(server, "GET / HTTP/1.1", "Host: localhost:PORT")[::2] == (200, SECRET)
    assert len(server.open) <= MOST_OPEN
    assert read_all(idle[0]) == b""  # the oldest had to go
    for door in idle:
        door.close()
    wait_until_idle(server)


def test_a_request_that_does_not_end_is_given_up_however_busily_it_is_sent(server, monkeypatch):
    monkeypatch.setattr(preview_server, "READ_SECONDS", 0.1)
    with connect(server) as silent, connect(server) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\nX: ")
        with suppress(ConnectionError):
            while True:
                slow.sendall(b"x")
        assert read_all(silent) == b""
    assert ask(server, "GET / HTTP/1.1", "Host: localhost:PORT")[0] == 200


def test_when_all_places_are_truly_taken_one_more_is_closed_and_the_others_are_answered(
    start, monkeypatch
):
    monkeypatch.setattr(preview_server, "PATIENCE_SECONDS", 0.01)
    asked, go = threading.Semaphore(0), threading.Event()

    def draw_late(file):
        asked.release()
        assert go.wait(30)
        return PAGE, SECRET

    server = start(draw_late)
    request = f"GET / HTTP/1.0\r\nHost: localhost:{server.port}\r\n\r\n".encode()
    doors = [connect(server) for _ in range(MOST_OPEN)]
    for door in doors:
        door.sendall(request)
    assert all(asked.acquire(timeout=30) for _ in doors)
    with connect(server) as late:
        assert read_all(late) == b""
    go.set()
    assert all(read_all(door).endswith(SECRET) for door in doors)
    for door in doors:
        door.close()


CRAMPED = """
import os, resource, sys, threading
from commands.serving.answers import PAGE
from commands.serving.server import Server
tries = []
class Counting(Server):
    def get_request(self):
        tries.append(1)
        return super().get_request()
server = Counting(0, lambda file: (PAGE, b"shown"))
resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.port, flush=True)
sys.stdin.read()
print(len(tries), flush=True)
os._exit(0)  # what Python does at its end needs open files
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_when_the_system_gives_no_more_connections_idle_ones_go_and_nothing_spins():
    command = [sys.executable, "-c", CRAMPED]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    ) as run:
        port = int(run.stdout.readline())
        idle = [socket.create_connection(("127.0.0.1", port), timeout=30) for _ in range(40)]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
        assert connection.getresponse().read() == b"shown"
        tries, told = run.communicate()
    for door in idle:
        door.close()
    assert told == ""
    assert int(tries) < 200
