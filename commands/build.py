"""Build the site: all of it, or nothing."""

import difflib
import gc
import logging
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.check import ROOT, has_content, read_constants
from commands.replace import MARKER, explain_os_error, interruptible, replace_tree
from plugins.problems import Refused, format_count, format_name, format_root, write_report

if TYPE_CHECKING:
    from plugins.catalogue import Catalogue


# Settings that Pelican has no default for.
OWN_SETTINGS = {
    "ARCHIVES_SAVE_AS",
    "ARCHIVES_URL",
    "AUTHOR",
    "CONTACT_EMAIL",
    "FEED_AUTHORITY",
    "INDEX_URL",
    "PREVIEW",
    "SITESUBTITLE",
    "STORE",
    "TIMEZONE",
}
PROTECTED = ("content", "theme", "plugins", "commands", "tests", "benchmarks", ".git", ".venv")


def build(
    content: Path = ROOT / "content",
    output: Path = ROOT / "output",
    siteurl: str = "",
    allow_shrink: bool = False,
) -> int:
    """Build the texts in `content` into `output`, for the address `siteurl`; give the exit code.

    `output` is the last good site until the new one is whole, and stays it when anything is wrong.
    """
    if not has_content(content):
        return 2
    override = {"PATH": str(content.absolute())}
    if siteurl:
        override["SITEURL"] = check_siteurl(siteurl)
    protected = [*(ROOT / name for name in PROTECTED), content]
    try:
        with interruptible(), replace_tree(output, protected) as staging, show_progress() as tell:
            settings = read_settings(ROOT / "publishconf.py", override)
            catalogue = write_tree(settings, staging, tell)
            check_shrink(output, staging, catalogue, allow_shrink)
    except OSError as error:
        raise Refused(f"{explain_os_error(error)} The site is unchanged.") from error
    report(catalogue, content, settings["SITEURL"], output)
    return 0


def check_siteurl(siteurl: str) -> str:
    """Give the site's address without its last slash; refuse what is no address of a site."""
    from urllib.parse import urlsplit

    parts = urlsplit(siteurl)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        print(
            f"{siteurl} is not the address of a site. Write it in full, like: "
            "--siteurl https://example.github.io/blog",
            file=sys.stderr,
        )
        raise SystemExit(2)
    return siteurl.rstrip("/")


def read_settings(path: Path, override: dict[str, Any]) -> dict[str, Any]:
    """Read the site's settings; a mistake in them is told with its file and line."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    from pelican.settings import read_settings as read_pelican_settings

    try:
        settings = dict(read_pelican_settings(str(path), override))
    except OSError:
        raise
    except Exception as error:
        place = find_place(error, ("pelicanconf.py", "publishconf.py"))
        raise Refused(
            f"{place}: the settings cannot be read ({error}). The site is unchanged."
        ) from error
    check_settings(name for name in read_constants() if name.isupper())
    return settings


def check_settings(names: Iterable[str]) -> None:
    """Refuse a setting that nobody reads, or that should be there and is not: a misspelt name."""
    from pelican.settings import DEFAULT_CONFIG

    settings, known = set(names), OWN_SETTINGS | set(DEFAULT_CONFIG)
    faults = []
    for name in sorted(settings - known):
        near = difflib.get_close_matches(name, known, n=1)
        remedy = f"Did you mean {near[0]}?" if near else "Take it out."
        faults.append(f"pelicanconf.py: nobody reads a setting called {name}. {remedy}")
    missing = sorted(OWN_SETTINGS - settings)
    faults += [f"pelicanconf.py: the setting {name} is missing. Add it." for name in missing]
    if faults:
        raise Refused("\n".join([*faults, "The site is unchanged."]))


def write_tree(settings: dict[str, Any], output: Path, tell: Callable[[str], None]) -> "Catalogue":
    """Let Pelican write the whole site into an empty folder; every fault ends the run."""
    from blinker import Signal
    from pelican import Pelican
    from pelican.log import console
    from pelican.plugins import signals

    settings["OUTPUT_PATH"] = str(output)
    settings["STORE"] = str(ROOT / settings["STORE"]) if settings["STORE"] else ""
    settings["TELL"] = tell
    console.quiet = True
    with keep_log() as log, no_collection():
        try:
            pelican = Pelican(settings)
            stop_on(log)
            pelican.run()
        except (OSError, KeyboardInterrupt):
            raise
        except Exception as error:
            raise Refused(describe_fault(error)) from error
        finally:
            for signal in vars(signals).values():
                if isinstance(signal, Signal):  # else what one run connects fires in the next
                    signal._clear_state()
        stop_on(log)
    catalogue: Catalogue = settings["CATALOGUE"]
    check_tree(output, catalogue)
    return catalogue


@contextmanager
def no_collection() -> Iterator[None]:
    """Let no rings of objects be looked for: a build keeps nearly all it makes until its end."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def keep_log() -> Iterator[list[str]]:
    """Collect what Pelican only logs: each warning is a fault that it would pass over."""
    log: list[str] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            log.append(record.getMessage())

    logger, keeper = logging.getLogger("pelican"), Keeper(logging.WARNING)
    before, logger.propagate = logger.propagate, False
    logger.addHandler(keeper)
    try:
        yield log
    finally:
        logger.removeHandler(keeper)
        logger.propagate = before


def stop_on(log: list[str]) -> None:
    """End the run if anything was logged."""
    if log:
        raise Refused("\n".join([*dict.fromkeys(log), "The site is unchanged."]))


def describe_fault(error: Exception) -> str:
    """Say in one line where the theme, a plugin or the settings went wrong."""
    text = " ".join(str(error).split()) or type(error).__name__
    return f"{find_place(error, ('.html', '.py'))}: {text}. The site is unchanged."


def find_place(error: BaseException, endings: tuple[str, ...]) -> str:
    """Find the file and line of this project that an error comes from."""
    name, number = getattr(error, "filename", None), getattr(error, "lineno", None)
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if name and number:
        frames.append((str(name), number))
    for name, number in reversed(frames):
        inside = Path(name).is_relative_to(ROOT) and ".venv" not in Path(name).parts
        if name.endswith(endings) and inside:
            return f"{Path(name).relative_to(ROOT).as_posix()}:{number}"
    return "the build"


def check_tree(output: Path, catalogue: "Catalogue") -> None:
    """Compare what was written with what was planned, file by file."""
    from plugins.addresses import address_file

    wanted = {address_file(place.address) for place in catalogue.places}
    written = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    written.discard(MARKER)
    lost, strange = sorted(wanted - written), sorted(written - wanted)
    if lost or strange:
        names = ", ".join(format_name(name) for name in (lost or strange)[:5])
        what = "were not written" if lost else "were written unasked"
        raise Refused(f"Files of the site {what}: {names}. The site is unchanged.")


def check_shrink(output: Path, staging: Path, catalogue: "Catalogue", allow_shrink: bool) -> None:
    """Refuse a site without posts, or with less than half the pages of the last one."""
    if allow_shrink:
        return
    remedy = "If that is meant, add --allow-shrink. The site is unchanged."
    if not catalogue.posts:
        raise Refused(f"The site would have no posts. {remedy}")
    before, now = (sum(1 for _ in tree.rglob("*.html")) for tree in (output, staging))
    if now * 2 < before:
        raise Refused(
            f"The site would have {format_count(now, 'page')} where it had {before:,}. {remedy}"
        )


@contextmanager
def show_progress() -> Iterator[Callable[[str], None]]:
    """Hand over a function that tells what is being done: in place on a terminal, else not at all."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("Reading") as status:
        yield status.update


def report(catalogue: "Catalogue", content: Path, siteurl: str, output: Path) -> None:
    """Print the warnings, what is waiting, and what was built."""
    from plugins.schedule import format_waiting

    write_report(catalogue.problems, content)
    if catalogue.notice:
        print(catalogue.notice, file=sys.stderr)
    for line in format_waiting(catalogue.waiting, catalogue.zone):
        print(line)
    if catalogue.drafts:
        print(f"{format_count(len(catalogue.drafts), 'draft')} left out.")
    counts = (
        format_count(len(catalogue.posts), "post"),
        format_count(len(catalogue.pages), "page"),
        format_count(len(catalogue.topics), "topic"),
    )
    print(f"Built {', '.join(counts)} in {format_root(output)} for {siteurl}")
