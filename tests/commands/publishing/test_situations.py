"""Situations in which other publishers lose a site, leak a file, or leave a trace; here none does.

What is refused before anything is read is in tests/commands/test_publish.py; branches that may not have
the site, and the history of the one that has it, in test_pages_branch.py; what is killed in
test_interrupted.py.
"""

import sys
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

import tasks
from building.output_folder.swap import remove_tree
from catalogue.problems import Refused
from catalogue.project import ROOT
from tests.conftest import draw_png
from tests.repositories import NEW, PAGES, git

ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="no such names there")


def read_refs(blog):
    return git(blog.bare, "for-each-ref"), blog.git("rev-parse", "HEAD")


class Closed(BaseHTTPRequestHandler):
    """A host that asks everybody for a password."""

    def do_GET(self):
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="git"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words):
        pass


@pytest.fixture
def closed():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Closed)
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/books.git"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_host_that_lets_nobody_in_is_told_and_changes_nothing(blog, closed, capsys, monkeypatch):
    for name in (
        "GIT_ASKPASS",
        "SSH_ASKPASS",
        "http_proxy",
        "HTTP_PROXY",
        "all_proxy",
        "ALL_PROXY",
    ):
        monkeypatch.delenv(name, raising=False)
    # Where a helper could stand that answers.
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, str(blog.root.parent / "none"))
    blog.git("remote", "set-url", "origin", closed)
    blog.write(NEW)
    head = blog.git("rev-parse", "HEAD")
    assert blog.publish() == 1
    err = capsys.readouterr().err
    assert "origin does not let you in" in err
    assert err.endswith("Nothing was published.\n")
    assert blog.git("rev-parse", "HEAD") == head


def test_nothing_is_ever_overwritten_by_force():
    (publish,) = [task for task in tasks.TASKS if task.name == "publish"]
    assert not [option for option in publish.options if "force" in str(option).lower()]
    code = [
        path.read_text(encoding="utf-8") for path in (ROOT / "commands/publishing").glob("*.py")
    ]
    words = "".join(code)
    assert words.count("--force-with-lease=") == 1
    assert "--force-with-lease=refs/heads/{name}:{tip}" in words
    assert '"--force"' not in words.replace('"checkout-index", "--quiet", "--force"', "")
    assert '"+refs' not in words
    assert '"+{' not in words


def test_on_the_branch_of_the_site_itself_nothing_is_published(live, capsys):
    live.git("fetch", "--quiet", "origin", PAGES)
    live.git("switch", "--quiet", "-c", PAGES, "FETCH_HEAD")
    before = read_refs(live)
    live.write({**NEW, "pelicanconf.py": ""})
    assert live.publish(pages=PAGES) == 1
    assert f"This is the branch {PAGES}, and the site is made of main." in capsys.readouterr().err
    assert read_refs(live) == before


def test_the_domain_of_the_site_stays_on_its_branch(blog):
    blog.write({"content/extra/CNAME": "books.example.org\n"})
    settings = {"SITEURL": "https://ann.github.io/books"}
    assert blog.publish(pages=PAGES, settings=settings) == 0
    assert blog.show("CNAME", PAGES) == "books.example.org"
    assert "https://books.example.org/posts/weeding/" in blog.show("sitemap.xml", PAGES)


@ON_POSIX
def test_what_a_link_leads_to_is_not_published(live):
    secret = live.root.parent / "id_rsa"
    secret.write_text("a very secret key\n", encoding="utf-8")
    before = read_refs(live)
    for path in (live.output / "robots.txt", live.content / "images/list.png"):
        path.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(secret)
        with suppress(Refused):
            if live.publish(pages=PAGES):
                assert read_refs(live) == before
        for branch in ("main", PAGES):  # in which nothing of it is found
            git(live.bare, "grep", "--quiet", "a very secret key", branch, code=1)


def test_what_stands_in_the_way_in_the_output_folder_is_told_with_what_can_be_typed(live):
    (live.output / "novel.txt").write_text("my novel", encoding="utf-8")
    live.write(NEW)
    before = read_refs(live)
    with pytest.raises(
        Refused, match=r"to let the rest go, type: python3 tasks\.py build --replace"
    ):
        live.publish(pages=PAGES)
    remove_tree(live.output)
    live.output.mkdir()
    (live.output / "letter.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(Refused, match=r"a build would replace them\. Move them away\.$"):
        live.publish(pages=PAGES)
    assert read_refs(live) == before
    assert (live.output / "letter.txt").read_text(encoding="utf-8") == "keep"


@ON_POSIX
def test_a_name_that_says_more_than_a_name_is_refused_and_printed_on_one_line(live, capsys):
    names = ["a\nb.png", '"a.png', "c\td.png", "\x1b[2J.png"]
    live.write({f"content/images/{name}": draw_png() for name in names})
    before = read_refs(live)
    assert live.publish(pages=PAGES) == 1
    err = capsys.readouterr().err
    for shown in (r"a\x0ab.png", '"a.png', r"c\x09d.png", r"\x1b[2J.png"):
        assert f"content/images/{shown}: " in err
    assert read_refs(live) == before
