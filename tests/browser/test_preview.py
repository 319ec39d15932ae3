"""A page of the preview follows its source while it is open, and says what is wrong with it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError

import pytest

from commands.serving.live_page import add_script
from tests.browser.conftest import run_axe
from tests.forked import CODE, OWN, copy

RUN_TASK = str(Path(__file__).parents[1] / "run_task.py")
WORDS = "Words and words again. " * 30
POST = "Title: {title}\nDate: 2024-05-0{day}\nTags: Customer service\n\n{text}\n"
LONG = (
    f"First words.\n\n{WORDS}\n\n<details><summary>More</summary>\n\nFolded words.\n\n</details>\n\n"
    f"{WORDS}\n\n[About](../pages/about.md)\n\n{WORDS}\n\nLast words."
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


class Preview:
    """A preview of a project of its own, which tests change as the author does."""

    def __init__(self, project):
        self.project, self.content = project, project / "content"
        with socket.socket() as door:
            door.bind(("127.0.0.1", 0))
            self.port = door.getsockname()[1]
        self.url = f"http://localhost:{self.port}"

    def write(self, name, text):
        """Save a file as editors do that never leave half a file."""
        path = self.project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_name("aside.tmp").write_text(text)
        os.replace(path.with_name("aside.tmp"), path)

    def change(self, name, old, new):
        """Write a file with one text in the place of another; return what it was."""
        before = (self.project / name).read_text()
        assert old in before
        self.write(name, before.replace(old, new))
        return before

    def post(self, name, text, title="A post", day=1):
        full = f"{text}\n\nThis is {name}."
        self.write(f"content/posts/{name}.md", POST.format(title=title, day=day, text=full))

    def fetch(self, path):
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            return answer.read()


@contextmanager
def previewing(folder, *options):
    """Run the preview of a copy of the project."""
    copy([*CODE, OWN / "content"], folder)
    live = Preview(folder)
    for number in (1, 2):
        live.post(f"p{number}", LONG, f"Post {number}", number)
    words = ["preview", "--content", str(live.content), "--port", str(live.port), "--no-open"]
    with (folder / "log.txt").open("w") as log:
        command = [sys.executable, RUN_TASK, str(folder), *words, *options]
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + 30
            while "Built" not in (folder / "log.txt").read_text():
                assert time.monotonic() < deadline, (folder / "log.txt").read_text()
                time.sleep(0.05)
            yield live
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
    assert "Traceback" not in (folder / "log.txt").read_text()


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    with previewing(tmp_path_factory.mktemp("live")) as live:
        yield live


@pytest.fixture(autouse=True)
def good_posts(request):
    """Write two posts that are right, whatever the last test has left."""
    if "live" in request.fixturenames:
        live = request.getfixturevalue("live")
        for number in (1, 2):
            live.post(f"p{number}", LONG, f"Post {number}", number)


@pytest.fixture
def open_page(browser):
    """Return a function that opens a page in a window; what it complains of fails the test."""
    context = browser.open_context(viewport={"width": 1280, "height": 700})
    complaints = []

    def open_page(url, *, is_marked=True):
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(url)
        if is_marked:  # as one is that does not load itself anew at once
            page.evaluate("window.isTheSame = true")
        return page

    open_page.context = context
    open_page.complaints = complaints
    yield open_page
    browser.close(context)
    expected = ("Failed to load resource", "ERR_INTERNET_DISCONNECTED")
    assert [text for text in complaints if not any(words in text for words in expected)] == []


def find(page, text, selector="main"):
    """Find what has a text; between its words may be any blank."""
    return page.locator(selector, has_text=re.compile(text.replace(" ", r"\s+")))


def wait_for(page, text, selector="main"):
    find(page, text, selector).first.wait_for()


def read_panel(page):
    page.locator("preview-problems section").wait_for()
    return page.locator("preview-problems section").inner_text()


def wait_without_panel(page):
    page.locator("preview-problems").wait_for(state="detached")


def test_a_saved_text_is_on_screen_and_nothing_else_of_the_page_has_moved(live, open_page):
    page = open_page(f"{live.url}/posts/p1/")
    page.locator(".prose summary").click()
    link = page.locator(".prose a", has_text="About")
    link.focus()
    page.evaluate("scrollTo(0, 300)")
    live.post("p1", LONG.replace("Last words.", "New last words.\n\n> And more."), "Post 1")
    wait_for(page, "New last words")
    assert page.locator(".prose blockquote").inner_text().split() == ["And", "more."]
    assert page.evaluate("[scrollY, isTheSame, document.activeElement.textContent]") == [
        300,
        True,
        "About",
    ]
    assert page.locator(".prose details").evaluate("e => e.open")
    live.post("p1", LONG, "Another title")
    wait_for(page, "Another title", "h1")
    assert page.title().startswith("Another title · ")
    assert page.evaluate("isTheSame")


def test_what_another_page_shows_of_a_text_follows_too(live, open_page):
    home = open_page(f"{live.url}/")
    live.post("p2", LONG, "A title for the list", 2)
    wait_for(home, "A title for the list")
    live.post("p3", "Short words.", "A third post", 3)
    wait_for(home, "A third post")
    (live.content / "posts/p3.md").unlink()
    find(home, "A third post").wait_for(state="detached")
    assert home.evaluate("isTheSame")


def test_a_mistake_is_told_on_the_last_good_page_until_it_is_mended(live, open_page):
    live.post("p1", "Good words.", "Post 1")
    page = open_page(f"{live.url}/posts/p1/")
    wait_for(page, "Good words")
    live.change("content/posts/p1.md", "Date: 2024", "Dat: 2024")
    told = read_panel(page)
    assert "content/posts/p1.md:2" in told
    assert "Did you mean Date?" in told
    assert "Dat: 2024-05-01" in told
    assert re.match(r"\(\d+\) Post 1 · ", page.title())
    assert find(page, "Good words").count()
    assert b"Good" in live.fetch("/posts/p1/")
    other = open_page(f"{live.url}/")
    assert "content/posts/p1.md:2" in read_panel(other)
    for tab in (page, other):
        assert run_axe(tab) == []
    page.locator("preview-problems button").click()
    assert page.locator("preview-problems li").first.is_hidden()
    live.post("p1", "Mended words.", "Post 1")
    wait_for(page, "Mended words")
    for tab in (page, other):
        wait_without_panel(tab)
    assert page.title().startswith("Post 1 · ")
    assert page.evaluate("isTheSame")


def test_a_text_that_was_never_right_leaves_all_others_as_they_are(live, open_page):
    live.post("p4", "See [the new one](new.md).", "Post 4", 4)
    live.write("content/posts/new.md", "Title: New\nDate: yesterday\n\nNew words.\n")
    page = open_page(f"{live.url}/posts/new/")
    assert "content/posts/new.md:2" in read_panel(page)
    assert find(page, "New words").count()
    wait_for(open_page(f"{live.url}/posts/p4/"), "See the new one")
    for name in ("new", "p4"):
        (live.content / f"posts/{name}.md").unlink()
    wait_without_panel(page)


def test_a_post_that_is_deleted_gives_way_to_the_page_that_says_so(live, open_page):
    live.post("p5", "Words to go.", "Post 5", 5)
    page = open_page(f"{live.url}/posts/p5/")
    (live.content / "posts/p5.md").unlink()
    find(page, "Words to go").wait_for(state="detached")
    live.post("p5", "Words that are back.", "Post 5", 5)
    wait_for(page, "Words that are back")
    (live.content / "posts/p5.md").unlink()


def test_what_comes_while_a_page_with_a_program_is_loading_is_not_missed(live, open_page):
    """The page that says so has a program of its own, and is loaded anew as a whole."""

    def change_first(route):
        live.post("p6", "Words that came late.", "Post 6", 6)
        deadline = time.monotonic() + 20
        while b"that came late" not in fetch_any(f"{live.url}/posts/p6/"):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        route.continue_()

    open_page.context.route("**/preview.js", change_first, times=1)
    page = open_page(f"{live.url}/posts/p6/", is_marked=False)
    wait_for(page, "Words that came late")
    (live.content / "posts/p6.md").unlink()


def fetch_any(url):
    """Return what is at an address, be it a page that says that nothing is there."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.read()
    except HTTPError as answer:
        return answer.read()


def test_the_title_follows_a_state_though_the_next_one_is_on_its_way(live, open_page):
    page = open_page(f"{live.url}/posts/p1/")
    held = []
    page.route(f"{live.url}/posts/p1/", lambda route: held.append(route))  # noqa: PLW0108 - it is marked
    live.post("p1", LONG, "First title")
    wait_until(page, lambda: held)
    live.post("p1", LONG, "Second title")
    page.wait_for_timeout(1000)  # until the page knows of it
    held[0].continue_()
    wait_for(page, "Second title", "h1")
    assert page.title().startswith("Second title · ")
    wait_until(page, lambda: len(held) > 1)
    page.unroute_all()  # what is held goes on
    live.post("p1", LONG, "Post 1")
    wait_for(page, "Post 1", "h1")


def wait_until(page, is_so):
    """Wait until a function says yes, while the page goes on."""
    deadline = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < deadline
        page.wait_for_timeout(50)


def wait_for_face(page, is_there):
    """Wait until the text is set in a made-up face, or is not."""
    deadline = time.monotonic() + 20
    while page.evaluate("getComputedStyle(document.body).fontFamily.includes('Made')") != is_there:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_style_is_exchanged_without_a_new_page(live, open_page):
    page = open_page(f"{live.url}/posts/p2/")
    before = live.change("theme/static/style/base.css", "--serif: ", '--serif: "Made Up Face", ')
    wait_for_face(page, True)
    live.write("theme/static/style/base.css", before)
    wait_for_face(page, False)
    assert page.evaluate("isTheSame")


def test_a_template_and_its_mistake_are_seen(live, open_page):
    page = open_page(f"{live.url}/posts/p2/")
    name = "theme/templates/article.html"
    before = live.change(name, "{% block main %}", "{% block main %}<p>A new line</p>")
    wait_for(page, "A new line")
    live.write(name, before.replace("{% block main %}", "{% block main %}{% if %}"))
    told = read_panel(page)
    assert "theme/templates/article.html:" in told
    assert find(page, "A new line").count()
    live.write(name, before)
    wait_without_panel(page)
    find(page, "A new line").wait_for(state="detached")


def test_settings_words_and_plugins_are_followed_however_often_they_are_replaced(live, open_page):
    page = open_page(f"{live.url}/posts/p2/")
    before = live.change("pelicanconf.py", "Libraries Got Game", "First Name")
    wait_for(page, "First Name", ".wordmark")
    live.change("pelicanconf.py", "First Name", "Second Name")
    wait_for(page, "Second Name", ".wordmark")
    live.change("pelicanconf.py", 'TIMEZONE = "UTC"', 'TIMEZONE = "Mars/North"')
    told = read_panel(page)
    assert "pelicanconf.py:" in told
    assert 'TIMEZONE = "Mars/North"' in told
    live.post("p2", "Words under wrong settings.", "Post 2", 2)
    wait_for(page, "Words under wrong settings")
    live.write("pelicanconf.py", before)
    wait_for(page, "Libraries Got Game", ".wordmark")
    wait_without_panel(page)
    plugin = live.change("plugins/shelf_marks.py", "def ", "wrong wrong\ndef ")
    assert "plugins/shelf_marks.py:" in read_panel(page)
    live.write("plugins/shelf_marks.py", plugin)
    wait_without_panel(page)
    assert page.evaluate("isTheSame")


def test_a_page_that_was_away_is_as_new_when_it_is_back(live, open_page):
    live.post("p2", "Words before.", "Post 2", 2)
    page = open_page(f"{live.url}/posts/p2/")
    wait_for(page, "Words before")
    open_page.context.set_offline(True)  # as for a computer that sleeps
    live.post("p2", "Words meanwhile.", "Post 2", 2)
    open_page.context.set_offline(False)
    wait_for(page, "Words meanwhile")


def test_many_saves_at_once_end_in_the_last_one(live, open_page):
    page = open_page(f"{live.url}/posts/p2/")
    for number in range(30):
        live.post("p2", f"Save number {number}.", "Post 2", 2)
    wait_for(page, "Save number 29")
    assert "29" in live.fetch("/posts/p2/").decode()


def test_the_folder_may_go_and_come_back(live, open_page):
    page = open_page(f"{live.url}/posts/p2/")
    live.content.rename(live.project / "away")
    assert "is gone" in read_panel(page)
    (live.project / "away").rename(live.content)
    wait_without_panel(page)
    live.post("p2", "Words after that.", "Post 2", 2)
    wait_for(page, "Words after that")


def test_with_follow_the_page_goes_to_what_was_saved(tmp_path, open_page):
    with previewing(tmp_path, "--follow") as live:
        page = open_page(f"{live.url}/")
        live.post("p2", "Words to go to.", "Post 2", 2)
        wait_for(page, "Words to go to")
        assert page.url == f"{live.url}/posts/p2/"
        live.change("content/pages/about.md", "Title: ", "Title: All ")
        page.locator("h1", has_text="All ").wait_for()
        assert page.url == f"{live.url}/about/"
        # Within one look at all, or while the page is loaded.
        for pause in (0, 0.05, 0.1, 0.2, 0.4):
            live.post("p2", f"Words after {pause}.", "Post 2", 2)
            time.sleep(pause)
            live.change("content/pages/about.md", "Title: ", f"Title: After {pause} ")
            page.locator("h1", has_text=f"After {pause}").wait_for()
            assert page.url == f"{live.url}/about/"
        page.close()


def test_the_page_that_the_reader_went_back_to_stays(tmp_path, open_page):
    with previewing(tmp_path, "--follow") as live:
        page = open_page(f"{live.url}/")
        live.post("p2", "Words to go to.", "Post 2", 2)
        wait_for(page, "Words to go to")
        page.go_back()
        page.locator(":root[data-shown]").wait_for()
        time.sleep(1)  # longer than any state takes to arrive
        assert page.url == f"{live.url}/"
        page.close()


def test_what_is_shown_is_what_a_build_writes_but_for_the_script(live, tmp_path):
    command = [sys.executable, RUN_TASK, str(live.project), "build", "--siteurl", live.url]
    places = ["--content", str(live.content), "--output", str(tmp_path / "site")]
    live.post("p1", LONG, "Post 1")
    live.write("content/posts/d.md", "Title: D\nDate: 2024-05-01\nStatus: draft\n\nWords.\n")
    (live.content / "posts/d.md").unlink()
    subprocess.run([*command, *places], cwd=live.project, check=True, capture_output=True)
    files = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    compared = 0
    for path in files:
        name = path.relative_to(tmp_path / "site").as_posix()
        if name.startswith((".", "search/")) or name == "404.html":
            continue  # there is no index of the search while texts change
        shown = live.fetch("/" + name.removesuffix("index.html"))
        data = path.read_bytes()
        if name.endswith(".html"):
            version = re.search(rb'data-version="([^"]*)"', shown)[1].decode()
            data = add_script(data, version, False)
        assert shown == data, name
        compared += 1
    assert compared > 40
