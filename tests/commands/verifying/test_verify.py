"""`publish --verify` says of a live site whether it is what is committed."""

import os
import re
import shutil
import signal
import socket
import ssl
import time
from datetime import UTC, datetime
from functools import partial

import pytest

from commands.launch.command_line import read_command
from commands.link_care import request
from commands.publish import publish
from commands.publishing import carry_out
from commands.verifying import site_connection
from commands.verifying.public_files import (
    AT_ONCE,
    MOST_UNREAD,
    PAUSES,
    PublicSite,
    format_path,
    read_changed,
)
from commands.verifying.site_connection import AGENT
from commands.verifying.verify import verify_site
from tasks import TASKS
from tests.commands.link_care.server import HERE as CERTIFICATES
from tests.commands.link_care.server import answer, serving
from tests.commands.publishing.pages_host import (
    cut_short,
    hang_up,
    hosting,
    in_turn,
    replace,
    say_nothing,
    trickle,
)
from tests.repositories import FILES, POST, SITE_URL, Blog, git

POSTS = {
    f"content/posts/n{number}.md": POST.replace("Weeding", f"Number {number}")
    for number in range(8)
}
SAME = "all the same."
PAGE = "/posts/weeding/"


@pytest.fixture(scope="module")
def blog(tmp_path_factory):
    """Return a blog that is published, with its site in `output`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("building.build_cache.RACY_NS", 0)  # so that the built site is known at once
        blog = Blog(tmp_path_factory.mktemp("verify"), {**FILES, **POSTS})
        blog.push()
        assert blog.publish(pages="gh-pages") == 0
        yield blog


@pytest.fixture
def waits(monkeypatch):
    """List the seconds that would have been waited; an answer has a moment to come."""
    found = []
    quick = partial(PublicSite, seconds=0.3, sleep=found.append)
    monkeypatch.setattr(carry_out, "verify_site", partial(verify_site, open_site=quick))
    return found


@pytest.fixture
def host(blog, waits):
    """Serve what was built below /blog."""
    with hosting(blog.output, "/blog") as host:
        yield host


@pytest.fixture
def look(blog, host, capsys):
    """Return a function that compares the live site; it returns the exit code and what was said."""

    def verify(**how):
        how.setdefault("siteurl", SITE_URL)
        code = blog.publish(verify=how.pop("url", host.url), **how)
        return code, "".join(capsys.readouterr())

    return verify


@pytest.mark.parametrize(("below", "packs"), [("", False), ("/blog", True), ("/a/b", False)])
def test_a_live_site_that_is_what_is_committed_is_said_to_be(blog, waits, capsys, below, packs):
    with hosting(blog.output, below) as host:
        host.packs = packs  # a host that packs unasked
        assert blog.publish(verify=f"{host.url}/", siteurl=SITE_URL) == 0
    head, subject = blog.git("log", "-1", "--format=%H %s").split(" ", 1)
    assert f"{host.url}/ is what {head[:9]} “{subject}” builds: " in capsys.readouterr().out
    assert waits == []


def test_each_file_is_asked_for_once_over_few_connections_that_stay_open(look, blog, host):
    agents = set()
    host.ways["/about/"] = lambda answers: (
        agents.add(answers.headers["User-Agent"]),
        answers.send_file("/about/"),
    )
    assert look()[0] == 0
    built = {
        format_path(path.relative_to(blog.output).as_posix())
        for path in blog.output.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    asked = [path.removeprefix("/blog") for path in host.asked]
    assert built <= set(asked)
    assert len(asked) <= len(built) + 2  # the home page first, and an address that is none
    assert host.connections <= AT_ONCE + 3
    assert agents == {AGENT}


@pytest.mark.parametrize(
    ("path", "way", "said"),
    [
        (PAGE, replace(b"Other words."), "1 differs.\n  differs: {url}/posts/weeding/\n"),
        (PAGE, replace(b""), "1 differs.\n  differs: {url}/posts/weeding/\n"),
        (PAGE, replace(b"x" * 10_000_000), "1 differs.\n  differs: {url}/posts/weeding/\n"),
        (PAGE, replace(b"", 404), "1 is missing.\n  missing: {url}/posts/weeding/\n"),
        (PAGE, replace(b"", 410), "1 is missing.\n"),
        (
            PAGE,
            replace(b"", 302, Location="http://192.0.2.1/secret"),
            "1 leads elsewhere.\n  leads elsewhere: {url}/posts/weeding/ (http://192.0.2.1/secret)\n",
        ),
        (PAGE, replace(b"", 403), "1 could not be read.\n  could not be read: {url}/posts/weeding/ (403)"),
        ("/robots.txt", replace(b"x"), "1 differs.\n  differs: {url}/robots.txt\n"),
        (
            "/no-such-page-of-this-site/",
            replace(b"Welcome"),
            "no page.\n  seen: the answer 200 at an address that is none, where 404 is right\n",
        ),
        (
            "/no-such-page-of-this-site/",
            replace(b"Not here", 404),
            "  seen: another page than 404.html at an address that is none\n",
        ),
    ],
)  # fmt: skip
def test_what_is_not_as_it_was_built_is_named_with_its_address(look, host, path, way, said):
    host.ways[path] = way
    code, text = look()
    assert code == 1
    assert said.format(url=host.url) in text


def test_what_a_host_says_cannot_act_on_the_terminal(look, host):
    host.ways[PAGE] = replace(b"", 302, Location="http://a/\x1b[2Jx" + "y" * 500)
    code, text = look()
    assert code == 1
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) < 400


def test_the_404_page_may_be_shown_with_the_code_that_it_is_for(look, blog, host):
    host.ways["/404.html"] = replace((blog.output / "404.html").read_bytes(), 404)
    assert look()[0] == 0


def test_the_first_twenty_are_named_and_the_rest_is_counted(look, host):
    host.ways["*"] = lambda answers: answers.send(200, b"Nothing but this.")
    code, text = look()
    lines = text.splitlines()
    assert code == 1
    assert sum(line.startswith("  differs: ") for line in lines) == 20
    (more,) = [line for line in lines if line.startswith("  ... and ")]
    count = int(re.search(r" (\d+) differ", text)[1])
    assert more == f"  ... and {count - 20:,} more"


@pytest.mark.parametrize("hiccup", [cut_short, hang_up, say_nothing, replace(b"", 500)])
def test_a_hiccup_is_asked_for_again(look, host, waits, hiccup):
    host.ways[PAGE] = in_turn(hiccup, hiccup)
    code, text = look()
    assert (code, SAME in text) == (0, True)
    assert set(waits) <= {*PAUSES}


def test_a_host_that_asks_for_peace_gets_it(look, host, waits):
    host.ways[PAGE] = in_turn(replace(b"", 429, Retry_After="7"))
    assert look()[0] == 0
    assert waits == [7.0]


def test_a_host_that_asks_for_a_long_peace_is_not_waited_for(look, host, waits):
    host.ways[PAGE] = replace(b"", 503, Retry_After="3600")
    code, text = look()
    assert (code, waits) == (1, [])
    assert "could not be read: " + host.url + "/posts/weeding/ (503)" in text
    assert "All that could be read is the same. For the rest, type the same command again" in text


@pytest.mark.parametrize(
    ("fault", "seen"),
    [
        (cut_short, "an answer that broke off"),
        (say_nothing, "no answer in time"),
        (trickle, "no answer in time"),
        (hang_up, "no answer"),
    ],
)
def test_what_cannot_be_read_is_said_with_what_was_seen(look, host, fault, seen):
    host.ways[PAGE] = fault
    began = time.monotonic()
    code, text = look()
    assert code == 1
    assert f"could not be read: {host.url}/posts/weeding/ ({seen})" in text
    assert time.monotonic() - began < 6


def test_a_host_that_answers_nothing_any_more_is_left_alone(look, host, blog):
    host.ways["*"] = in_turn(lambda answers: answers.send_file("/"), *[replace(b"", 403)] * 500)
    code, text = look()
    assert code == 1
    assert "were not asked for" in text
    assert len(host.asked) < MOST_UNREAD + 2 * AT_ONCE + 3


def test_the_address_of_the_home_page_itself_will_do(look, host):
    assert look(url=f"{host.url}/index.html")[0] == 0


def test_an_address_that_leads_elsewhere_is_told_and_not_followed(look, host):
    host.ways["/"] = replace(b"", 301, Location="https://ann.example.org/")
    code, text = look()
    assert (code, host.asked) == (1, ["/blog/"])
    assert "no redirect is followed here" in text
    assert text.endswith("python3 tasks.py publish --verify https://ann.example.org\n")


@pytest.mark.parametrize(("status", "said"), [(404, "there is no site"), (503, "in some minutes")])
def test_an_address_without_a_site_is_told(look, host, status, said):
    host.ways["/"] = replace(b"", status)
    code, text = look()
    assert code == 1
    assert said in text


def test_a_host_that_cannot_be_reached_is_told(look):
    with socket.create_server(("127.0.0.1", 0)) as shut:
        port = shut.getsockname()[1]
    code, text = look(url=f"http://127.0.0.1:{port}")
    assert code == 1
    assert "/ cannot be reached: no connection. Look whether" in text


def test_over_an_encrypted_connection_it_is_the_same(blog, waits, capsys, monkeypatch):
    trust = ssl.create_default_context(cafile=CERTIFICATES / "secure.pem")
    monkeypatch.setattr(request, "load_trust", lambda: trust)
    monkeypatch.setattr(site_connection, "look_up", lambda name, port: ["127.0.0.1"])
    with hosting(blog.output) as host:
        own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        own.load_cert_chain(CERTIFICATES / "secure.pem")
        host.socket = own.wrap_socket(host.socket, server_side=True)
        for name, code in (("secure.test", 0), ("other.test", 1)):
            url = f"https://{name}:{host.server_port}"
            assert blog.publish(verify=url, siteurl=SITE_URL) == code
    out, err = capsys.readouterr()
    assert SAME in out
    assert "https://other.test:" in err
    assert "cannot be trusted: a certificate that browsers refuse" in err


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal to send")
def test_who_interrupts_it_need_not_wait_for_a_slow_host(blog, monkeypatch):
    slow = partial(PublicSite, seconds=30)
    monkeypatch.setattr(carry_out, "verify_site", partial(verify_site, open_site=slow))
    with hosting(blog.output) as host:
        host.ways[PAGE] = lambda answers: (
            os.kill(os.getpid(), signal.SIGINT),
            say_nothing(answers),
        )
        began = time.monotonic()
        with pytest.raises(SystemExit) as ended:
            blog.publish(verify=host.url, siteurl=SITE_URL)
    assert ended.value.code == 130
    assert time.monotonic() - began < 8
    assert not (blog.root / ".git/publishing").exists()


@pytest.mark.parametrize("name", ["expired.pem", "secure.pem"])
def test_a_certificate_that_is_not_to_be_trusted_is_told(look, name):
    with serving(CERTIFICATES / name) as server:
        server.ways["/"] = answer(200, body=b"Hello")
        code, text = look(url=server.url("", "localhost", "https"))
    assert code == 1
    assert "cannot be trusted: " in text
    assert server.requests == []


@pytest.mark.parametrize(
    "url", ["example.org", "ftp://example.org", "https://", "http://[", "https://a:b@example.org",
            "https://exa mple.org", "https://example.org/?a=1", "https://exa_(mple.org"]
)  # fmt: skip
def test_what_is_no_address_of_a_site_is_refused(look, host, url):
    code, text = look(url=url)
    assert code == 2
    assert "--verify https://example.github.io/blog" in text
    assert host.asked == []


@pytest.mark.parametrize("how", [{"branch": "gh-pages"}, {"dry_run": True}, {"yes": True}])
def test_it_goes_with_no_word_that_publishes(how, capsys):
    assert publish(verify="https://example.org", **how) == 2
    assert capsys.readouterr().err.startswith("--verify only looks at a site")


def test_an_empty_address_is_not_taken_for_none(capsys):
    with pytest.raises(SystemExit) as ended:
        read_command(TASKS, ["publish", "--yes", "--verify", ""])
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("--verify needs a value after it.")
    assert read_command(TASKS, ["publish"])[1]["verify"] is None


# What it probably means


def test_a_site_for_another_address_is_said_to_be(look, host):
    code, text = look(siteurl="https://elsewhere.example/b")
    assert code == 1
    assert f"It was built for {SITE_URL}/. If that is right, type: " in text
    assert text.rstrip().endswith(f"publish --verify {host.url} --siteurl {SITE_URL}")


def test_a_site_that_is_older_than_the_commit_is_the_last_build(look, host):
    host.ways[PAGE] = replace(b"Old.")
    host.changed = datetime(2026, 1, 2, 3, 4, tzinfo=UTC).timestamp()
    _, text = look()
    assert (
        "It is older than this commit (Friday 2 January 2026 at 03:04 UTC): the last build" in text
    )
    assert "Wait that long, then type the same command again" in text


def test_a_site_that_is_younger_than_the_commit_is_of_another_one(look, host):
    host.ways[PAGE] = replace(b"New.")
    host.changed = time.time() + 60
    assert "It is younger than this commit" in look()[1]


def test_a_commit_that_no_remote_has_is_to_be_published_first(tmp_path, waits, capsys):
    blog = Blog(tmp_path)
    blog.push()
    assert blog.publish() == 0
    live = tmp_path / "live"
    assert blog.publish(pages="gh-pages") == 0
    shutil.copytree(blog.output, live)
    blog.withdraw("weeding")
    blog.write({"content/posts/shelves.md": POST.replace("Weeding", "On shelves")})
    blog.git("add", ".")
    blog.git("commit", "--quiet", "-m", "Shelves")
    with hosting(live) as host:
        capsys.readouterr()
        assert blog.publish(verify=host.url, siteurl=SITE_URL) == 1
        text = capsys.readouterr().out
        assert "is not what " in text
        assert f"  missing: {host.url}/posts/shelves/\n" in text
        assert f"  differs: {host.url}/posts/weeding/\n" in text  # it says that it is gone
        assert (
            "No remote has this commit, as far as this copy knows. Publish it first, by: " in text
        )
        # What lies in the folder and is in no commit counts for nothing.
        git(blog.root, "reset", "--quiet", "--soft", "HEAD~1")
        assert blog.publish(verify=host.url, siteurl=SITE_URL) == 0
        text = capsys.readouterr().out
    assert text.endswith("3 files here are not as in that commit, and left out.\n")
    assert not (blog.root / ".git/publishing").exists()
    assert not [path for path in (tmp_path / "cache").iterdir() if path.is_dir()]


def test_a_waiting_post_that_came_due_is_explained(tmp_path, waits, capsys, monkeypatch):
    now = time.time()

    def set_clock(moment):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment)))

    def format_date(moment):
        return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M}+00:00"

    later = POST.replace("Weeding", "Later").replace("2026-01-01", format_date(now + 3600))
    set_clock(now)
    blog = Blog(tmp_path, {**FILES, "content/posts/later.md": later})
    blog.push()
    assert blog.publish(pages="gh-pages") == 0
    shutil.copytree(blog.output, tmp_path / "live")
    with hosting(tmp_path / "live") as host:
        assert blog.publish(verify=host.url, siteurl=SITE_URL) == 0
        capsys.readouterr()
        set_clock(now + 7200)
        assert blog.publish(verify=host.url, siteurl=SITE_URL) == 1
        text = capsys.readouterr().out
        assert f"  missing: {host.url}/posts/later/\n" in text
        assert "It is what this commit built until " in text
        assert os.environ["SOURCE_DATE_EPOCH"] == str(int(now + 7200))
        host.ways["/about/"] = replace(b"Something else.")
        assert blog.publish(verify=host.url, siteurl=SITE_URL) == 1
        assert "It is what this commit built until " not in capsys.readouterr().out


def test_without_a_commit_there_is_nothing_to_compare_with(tmp_path, waits, capsys):
    blog = Blog(tmp_path)
    shutil.rmtree(blog.root / ".git")
    assert blog.publish(verify="http://127.0.0.1:1") == 1
    assert "this folder is no repository of git" in capsys.readouterr().err
    git(blog.root, "init", "--quiet")
    assert blog.publish(verify="http://127.0.0.1:1") == 1
    assert capsys.readouterr().err.startswith("There is no commit here yet.")


@pytest.mark.parametrize(
    ("text", "moment"),
    [("Thu, 01 Jan 1970 00:01:00 GMT", 60.0), ("", 0.0), ("soon", 0.0), ("Thu, 99 Jan", 0.0)],
)
def test_when_a_file_was_changed_is_read_as_far_as_it_is_said(text, moment):
    assert read_changed(text) == moment


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("index.html", "/"),
        ("about/index.html", "/about/"),
        ("myindex.html", "/myindex.html"),
        ("images/ä b.png", "/images/%C3%A4%20b.png"),
    ],
)
def test_a_file_is_asked_for_at_the_address_that_readers_use(name, path):
    assert format_path(name) == path
