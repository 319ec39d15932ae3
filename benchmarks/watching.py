"""Measure how soon a save is on screen: in the preview, and in a peer's server, in one browser.

The browser notes the moment at which it has drawn the words that were saved, by the clock of this
machine; the page may exchange them or load itself anew. Saves come far enough apart that each is alone.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.corpus import make_corpus, write_hugo, write_own
from benchmarks.tools import HERE, OWN, locate_hugo
from catalogue.problems import Refused

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
START_SECONDS = 300
SAVE_SECONDS = 30
PAUSE_SECONDS = 1.2  # between two saves
# Notes when each stamp was first drawn; what is stored outlives a page that loads itself anew.
NOTE = r"""(() => {
  const look = () => {
    for (const stamp of document.body?.textContent.match(/Stamp\d+x/g) ?? [])
      localStorage[stamp] ??= performance.timeOrigin + performance.now();
    requestAnimationFrame(look);
  };
  look();
})()"""


def measure_watching(posts: int, topics: int, runs: int, folder: Path) -> dict[str, Any]:
    """Return the milliseconds from a save to the screen for this project and for Hugo, and the start-up.

    Raises Refused without a browser.
    """
    corpus = make_corpus(posts, topics)
    slug = corpus.posts[posts // 2].slug
    write_own(corpus, folder / "own")
    shutil.copytree(HERE / "hugo", folder / "hugo")
    write_hugo(corpus, folder / "hugo" / "content")
    style = folder / "hugo" / "layouts" / "_partials" / "style.html"
    style.write_text("<style></style>", encoding="utf-8")
    found: dict[str, Any] = {"posts": posts, "runs": runs}
    # Before it is timed, what was read is in the cache.
    with serving(OWN, folder, folder):
        pass
    for tool in (OWN, "hugo"):
        content = folder / "own" if tool == OWN else folder / "hugo" / "content"
        with serving(tool, folder, folder) as (port, seconds):
            times = watch_saves(port, content / "posts" / f"{slug}.md", slug, runs)
        found[tool] = {"start": seconds, "saves": times, "median": median(times)}
    found["ratio"] = found[OWN]["median"] / found["hugo"]["median"]
    return found


@contextmanager
def serving(tool: str, folder: Path, log_folder: Path) -> Iterator[tuple[int, float]]:
    """Run the preview or the peer's server; yield its port, and how long it took to show a page."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
    if tool == OWN:
        command = [sys.executable, "tasks.py", "preview", "--content", str(folder / "own")]
        command += ["--port", str(port), "--no-open"]
        place = Path(__file__).resolve().parents[1]
    else:
        command = [str(locate_hugo()), "server", "--port", str(port), "--bind", "127.0.0.1"]
        command += ["--baseURL", f"http://localhost:{port}/", "--appendPort=false"]
        place = folder / "hugo"
    began = time.monotonic()
    with (log_folder / f"{tool}.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=place, stdout=log, stderr=log)
        try:
            wait_for_page(f"http://localhost:{port}/", process)
            yield port, time.monotonic() - began
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(START_SECONDS)


def wait_for_page(address: str, process: "subprocess.Popen[bytes]") -> None:
    """Wait until a page is there. Raises Refused if the server ends before."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(address, timeout=10) as answer:  # noqa: S310 - it is this machine
                answer.read()
            return
        except (URLError, OSError):
            time.sleep(0.02)
    raise Refused("A server that was to be measured did not start.")


def watch_saves(port: int, file: Path, slug: str, runs: int) -> list[float]:
    """Return the milliseconds from each save of a post to its words on screen."""
    from playwright.sync_api import sync_playwright

    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise Refused("A browser is needed for this: install Chromium.")
    text, times = file.read_text(encoding="utf-8"), []
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = chromium.new_page()
        page.add_init_script(NOTE)
        page.goto(f"http://localhost:{port}/posts/{slug}/")
        for number in range(runs + 1):
            page.wait_for_timeout(PAUSE_SECONDS * 1000)
            times.append(save_and_wait(page, file, f"{text}\nStamp{number}x\n", f"Stamp{number}x"))
        chromium.close()
    file.write_text(text, encoding="utf-8")
    return times[1:]  # the first finds everything cold


def save_and_wait(page: Any, file: Path, text: str, stamp: str) -> float:
    """Save a text as editors do; return the milliseconds until its stamp was drawn."""
    aside = file.with_name(".aside.tmp")
    aside.write_text(text, encoding="utf-8")
    saved = time.time() * 1000
    os.replace(aside, file)
    deadline = time.monotonic() + SAVE_SECONDS
    while time.monotonic() < deadline:
        page.wait_for_timeout(20)
        try:
            drawn = page.evaluate(f"localStorage.getItem('{stamp}')")
        except Exception as error:
            if not re.search("navigation|context", str(error)):
                raise
            continue
        if drawn:
            return float(drawn) - saved
    raise Refused(f"A save was not on screen after {SAVE_SECONDS} seconds.")


def format_watching(found: Mapping[str, Any]) -> str:
    """Return the figures in a line."""
    own, peer = found[OWN], found["hugo"]
    return (
        f"{found['posts']:,} posts, {found['runs']} saves: from save to screen {own['median']:.0f} ms, "
        f"hugo {peer['median']:.0f} ms, ratio {found['ratio']:.2f}; "
        f"until the first page {own['start']:.2f} s, hugo {peer['start']:.2f} s"
    )
