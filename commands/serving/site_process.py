"""The process that has the site of a preview in memory: it draws what is asked for, and follows changes.

This is a process of its own, so that new code, settings and words begin anew. What it is asked for
comes first; all is judged anew as soon as there is a moment for it.
"""

import gc
import sys
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

from building.check_settings import check_settings
from building.outcome import make_outcome, print_outcome
from building.settings import read_constants
from catalogue.problems import Refused, count_errors, format_name, write_report
from commands.serving.answers import FAULT, NONE, PAGE
from commands.serving.updates import Told, describe_fault, describe_problems

if TYPE_CHECKING:
    from building.jobs import Job
    from building.live_site import LiveSite

GRACE_SECONDS = 0.15  # for the pages on screen to be fetched, before all is judged anew
ROUNDS_TO_COLLECT = 8  # so many states are kept in memory, at most
LAST_GOOD = "The preview shows the last good state of it; it is looked at again when you save."


class SiteProcess:
    """The two connections of the process, and the site."""

    def __init__(self, drawing: Connection, telling: Connection, site: "LiveSite") -> None:
        """Begin with a site that has not been read."""
        self.drawing, self.telling, self.site = drawing, telling, site
        self.changed: list[str] = []  # files whose pages have not been told of
        self.rounds = 0  # how often all was judged
        self.due: float | None = None  # when all is to be judged anew

    def run(self) -> None:
        """Answer until nobody asks any more: then EOFError or OSError is raised."""
        self.update()
        while True:
            rest = None if self.due is None else max(0.0, self.due - time.monotonic())
            ready = wait([self.drawing, self.telling], rest)
            if self.drawing in ready:
                self.drawing.send(self.draw(self.drawing.recv()))
            if self.telling in ready:
                paths = self.telling.recv()
                if paths is None:
                    raise EOFError
                self.follow(paths)
            if not ready:
                self.update()

    def draw(self, file: str) -> tuple[bytes, bytes]:
        """Return a file of the site by its name, as SiteRenderer.render does."""
        if self.site.catalogue is None:
            return FAULT, b""
        job = self.site.pages.find(file)
        return draw(job) if job else (NONE, b"-")

    def follow(self, paths: Sequence[str]) -> None:
        """Show a text that was saved at once, if that can be, and have everything judged anew later."""
        self.changed += paths
        now = time.monotonic()
        left = [path for path in paths if not self.site.memory.is_nothing(path)]
        if len(left) == 1 and self.update_text(left[0]):
            self.tell()
            self.due = now + GRACE_SECONDS
        else:
            self.due = now

    def update_text(self, path: str) -> bool:
        """Read one text again, if there is such a short way."""
        try:
            return self.site.update_text(path)
        except Exception:  # noqa: BLE001 - the long way has the same fault, and tells it
            return False

    def update(self) -> None:
        """Judge everything anew, print what is to be said of it, and tell the pages."""
        from building.pelican_adapter.run import describe_fault as describe

        self.due = None
        fault = ""
        try:
            self.site.update()
        except Refused as refused:
            fault = str(refused.code or "")
        except Exception as error:  # noqa: BLE001 - whatever the theme does, the preview goes on
            fault = describe(error)
        self.print_report(fault)
        self.tell(fault)
        self.rounds += 1
        if self.rounds % ROUNDS_TO_COLLECT == 0 and not wait([self.drawing, self.telling], 0):
            gc.collect()

    def print_report(self, fault: str) -> None:
        """Print what a build would say."""
        problems, content = self.site.problems, self.site.memory.content
        if fault or count_errors(problems) or self.site.catalogue is None:
            write_report(problems, content)
            print("\n".join(filter(None, (fault, LAST_GOOD))), file=sys.stderr, flush=True)
            return
        outcome = make_outcome(self.site.catalogue, self.site.settings["SITEURL"])
        print_outcome(outcome, content, Path("the preview"))
        sys.stdout.flush()

    def tell(self, fault: str = "") -> None:
        """Send the pages a new state: that the site has changed, what was saved, and what is wrong."""
        shown = describe_problems(self.site.problems, self.site.memory.content)
        addresses = self.site.find_addresses(self.changed)
        self.changed = []
        self.telling.send(Told([*describe_fault(fault), *shown], addresses))


def run_site(drawing: Connection, telling: Connection, content: Path, address: str) -> None:
    """Read and hold the site of a content folder, and answer until nobody asks any more."""
    gc.disable()  # as in a build; what one state leaves behind is collected with the next
    try:
        site = open_site(content, address)
    except Refused as refused:
        print(refused.code, file=sys.stderr, flush=True)
        telling.send(Told(refusal=str(refused.code)))
        return
    try:
        SiteProcess(drawing, telling, site).run()
    except (EOFError, OSError, KeyboardInterrupt):
        return


def open_site(content: Path, address: str) -> "LiveSite":
    """Return the site, with nothing read yet. Raises Refused for settings or code that cannot be used."""
    from building.pelican_adapter.run import describe_fault as describe

    try:
        from building.live_site import LiveSite

        own = {"PATH": str(content), "SITEURL": address, "PREVIEW": True}
        settings: dict[str, Any] = {**read_constants(), **own}
        check_settings(settings)
        return LiveSite(settings)
    except Refused:
        raise
    except Exception as error:
        raise Refused(describe(error)) from error


def draw(job: "Job") -> tuple[bytes, bytes]:
    """Return PAGE and the bytes of a file, or FAULT and what went wrong, which is printed too."""
    from building.pelican_adapter.run import describe_fault as describe

    try:
        return PAGE, job.draw()
    except Refused:  # a file is not the one that was judged any more; what it is now is read next
        text = f"{format_name(job.file)}: this has just been changed. Look again in a moment."
    except Exception as error:  # noqa: BLE001 - whatever the theme does, the preview goes on
        text = describe(error)
    print(text, file=sys.stderr, flush=True)
    return FAULT, text.encode("utf-8", "replace")
