"""Pictures are fetched from the blog's own host, one after the other, and nothing else is."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from commands.import_ import import_
from commands.importers import fetch as fetching
from commands.importers.fetch import fetch_politely
from commands.importers.site import Site
from tests.commands.importers.exports import RSS
from tests.conftest import draw_png


class Old(BaseHTTPRequestHandler):
    """An old blog: one picture, one redirect to elsewhere, and nothing besides."""

    asked = []  # noqa: RUF012 - one list for all requests is meant

    def do_GET(self):
        self.asked.append((self.path, self.headers["User-Agent"]))
        if self.path == "/shelf.png":
            data = draw_png(9, 9)
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        elif self.path == "/away.png":
            self.send_response(302)
            self.send_header("Location", "http://localhost:9/x.png")
            self.end_headers()
        else:
            self.send_error(404)

    def log_message(self, *words):
        pass


@pytest.fixture
def host():
    Old.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Old)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_pictures_of_the_own_host_come_and_those_of_others_are_listed(
    host, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(fetching, "PAUSE_SECONDS", 0)
    (tmp_path / "content/posts").mkdir(parents=True)
    pictures = "".join(
        f'<img src="{address}" alt="P">'
        for address in (
            f"{host}/shelf.png",
            f"{host}/gone.png",
            f"{host}/away.png",
            "http://localhost:9/y.png",
        )
    )
    feed = RSS.replace("https://old.example", host).replace("books.", f"books. {pictures}")
    (tmp_path / "feed.xml").write_text(feed)
    assert import_(tmp_path / "feed.xml", "", tmp_path / "content", fetches=True) == 0
    assert [path.name for path in (tmp_path / "content/images").iterdir()] == ["shelf.png"]
    body = (tmp_path / "content/posts/weeding.md").read_text()
    assert "![P](../images/shelf.png)" in body
    assert f"[P]({host}/gone.png)" in body
    assert [path for path, _ in Old.asked] == ["/shelf.png", "/gone.png", "/away.png"]
    assert all("import" in agent for _, agent in Old.asked)


def test_a_host_that_only_fails_is_left_alone(host):
    site = Site()
    fetch = fetch_politely(site, pause=0)
    assert [fetch(f"{host}/{number}.png") for number in range(20)] == [None] * 20
    assert len(Old.asked) == fetching.MOST_FAILURES


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://e.example/a.png", "data:x"])
def test_nothing_but_the_web_is_opened(address):
    assert fetch_politely(Site(), pause=0)(address) is None
