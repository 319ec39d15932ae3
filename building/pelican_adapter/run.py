"""Run Pelican up to the list of all files of the site, and no further: who asked decides about them."""

import logging
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from building.settings import find_place
from catalogue.problems import Refused, format_name
from catalogue.project import ROOT

if TYPE_CHECKING:
    from building.jobs import Job
    from catalogue.selection import Catalogue


def run_pelican(
    settings: dict[str, Any], output: Path, press: Callable[[Sequence["Job"]], None]
) -> "Catalogue":
    """Let Pelican read and judge everything, and hand the jobs of all files to `press`; give the catalogue.

    `output` is the empty folder that they are for. Every fault ends the run, also one that Pelican
    only logs.
    """
    from blinker import Signal
    from pelican import Pelican
    from pelican.log import console
    from pelican.plugins import signals

    settings["STORE"] = str(ROOT / settings["STORE"]) if settings["STORE"] else ""
    settings["OUTPUT_PATH"] = str(output)
    settings["KEEP_JOBS"] = True
    console.quiet = True
    with keep_log() as log:
        try:
            pelican = Pelican(settings)
            stop_on(log)
            pelican.run()
            check_jobs(settings["JOBS"], settings["CATALOGUE"], os.listdir(output))
            press(settings["JOBS"])
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
    return catalogue


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


def check_jobs(jobs: Sequence["Job"], catalogue: "Catalogue", there: Iterable[str]) -> None:
    """Compare what is to be written with what was planned, file by file.

    `there` are the names in the folder for it: what stands there now was written behind our backs.
    """
    from catalogue.addresses import address_file

    planned = Counter(address_file(place.address) for place in catalogue.planned)
    asked = Counter(job.file for job in jobs)
    behind = {name for name in there if not name.startswith(".")}
    lost, strange = sorted(planned - asked), sorted({*(asked - planned), *behind})
    if lost or strange:
        names = ", ".join(format_name(name) for name in (lost or strange)[:5])
        what = "would not be written" if lost else "would be written unasked"
        raise Refused(f"Files of the site {what}: {names}. The site is unchanged.")
