"""A real browser, the sites that it is shown, and what all tests of pages in it look at."""

import functools
import os
import shutil
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, sync_playwright

from tests.forked import KILL

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "msedge",
    "chrome",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
    r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
)


def find_browser():
    """Find an installed Chromium, Chrome or Edge; empty when there is none."""
    found = [shutil.which(name) for name in NAMES]
    found += [path for path in map(os.path.expandvars, PLACES) if Path(path).is_file()]
    return next(filter(None, found), "")


class Browser:
    """A browser that is started when a test needs it, and anew when it had to be killed."""

    seconds_to_close = 60

    def __init__(self, play, path):
        self.play, self.path, self.running = play, path, None

    def start(self):
        """Start the program, and keep the number of its process."""
        # One that runs as root, as in a container, starts only without its own sandbox.
        self.running = self.play.chromium.launch(executable_path=self.path, args=["--no-sandbox"])
        session = self.running.new_browser_cdp_session()
        processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
        (self.process,) = [each["id"] for each in processes if each["type"] == "browser"]

    def open_context(self, **options):
        """Return a new context, with nothing of any other."""
        if not (self.running and self.running.is_connected()):
            self.start()
        return self.running.new_context(**options)

    def close(self, opened):
        """Close a context, or the whole browser; kill it if it does not answer.

        Chromium at times never says that a context is closed, and Playwright waits for ever.
        """
        timer = threading.Timer(self.seconds_to_close, os.kill, (self.process, KILL))
        timer.start()
        try:
            opened.close()
        except Error:
            if self.running.is_connected():
                raise
        finally:
            timer.cancel()


@pytest.fixture(scope="session")
def browser():
    """Return the browser of all the tests."""
    path = find_browser()
    if not path:
        pytest.skip("no Chromium, Chrome or Edge is installed: Debian has it as `chromium`")
    with sync_playwright() as play:
        browser = Browser(play, path)
        yield browser
        if browser.running:
            browser.close(browser.running)


@pytest.fixture
def open_context(browser):
    """Return a function that opens a context of the browser, which is closed at the end of the test."""
    opened = []

    def open_context(**options):
        opened.append(browser.open_context(**options))
        return opened[-1]

    yield open_context
    for context in opened:
        browser.close(context)


class Quiet(SimpleHTTPRequestHandler):
    """Serve a folder and keep silent about it; have no icon, for which browsers ask by themselves."""

    def do_GET(self):
        """Send a file, or nothing for the icon."""
        if self.path != "/favicon.ico":
            super().do_GET()
            return
        self.send_response(204)
        self.end_headers()

    def log_message(self, *words):
        """Say nothing."""


@pytest.fixture(scope="session")
def serve():
    """Return a function that serves a folder on this computer and gives the address."""
    servers = []

    def start(folder):
        handler = functools.partial(Quiet, directory=str(folder))
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def below(serve, sample_below):
    """Serve the made-up site below /blog/, as GitHub does with a project's page."""
    return serve(sample_below.folder.parent) + "/blog/"


@pytest.fixture(scope="session")
def woven(serve, woven_below):
    """Serve the site whose texts refer to one another below /blog/."""
    return serve(woven_below.folder.parent) + "/blog/"


@pytest.fixture(scope="session")
def at_root(serve, sample):
    """Serve the made-up site at the root."""
    return serve(sample.folder) + "/"


@pytest.fixture
def tab(browser):
    """Open a page; whatever it complains of or asks other computers for fails the test."""
    context = browser.open_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.extend(check_failure(request)))
    page.on("request", lambda request: complaints.extend(check_request(request.url)))
    page.on("response", lambda response: complaints.extend(check_response(response)))
    yield page
    browser.close(context)
    assert complaints == []


def check_request(url):
    """Complain of what is asked of another computer."""
    return [] if url.startswith("http://127.0.0.1:") else [f"asked for {url}"]


def check_failure(request):
    """Complain of a request that failed, unless a program waited for it when its page was left."""
    is_left = request.failure == "net::ERR_ABORTED" and request.resource_type == "fetch"
    return [] if is_left else [f"failed: {request.url}"]


def check_response(response):
    """Complain of what is not there; what the browser has already (304) is."""
    return [] if response.ok or response.status == 304 else [f"{response.status}: {response.url}"]


def overflow(tab):
    """Return by how many pixels the page is wider than the window."""
    return tab.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def run_axe(tab, options=None):
    """Return what axe finds wrong: the rule and the first element."""
    found = Axe().run(tab, options=options).response
    assert found["passes"]
    return [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]]
