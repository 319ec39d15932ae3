"""Run Pelican up to the jobs of all files of the site, and no further."""

import locale
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from building.jobs import Job
from building.pelican_adapter.compile_beside import compile_beside
from building.pelican_adapter.template_faults import explain_template
from building.pelican_adapter.unused_modules import load_pelican
from building.settings import find_place
from catalogue.problems import Refused
from catalogue.project import ROOT
from catalogue.selection import Catalogue

# What a build asks of this package.
__all__ = ["collect_jobs", "compile_beside", "explained_faults"]


def collect_jobs(settings: Mapping[str, Any], catalogue: Catalogue, output: Path) -> list[Job]:
    """Return the jobs of all files of the site, of which none is drawn yet.

    `output` is the folder that Pelican and its plugins are told to write to, though none has to.
    Raises Refused for every fault of the theme, a plugin or the settings, also for one that Pelican
    only logs.
    """
    load_pelican()
    from blinker import Signal
    from pelican.plugins import signals

    from building.pelican_adapter.generator import SitePelican

    with keep_log() as log, explained_faults():
        try:
            pelican = SitePelican(complete_settings(settings, output), catalogue)
            raise_on(log)
            jobs = pelican.collect_jobs()
        finally:
            for signal in vars(signals).values():
                if isinstance(signal, Signal):  # else what one run connects fires in the next
                    signal._clear_state()
        raise_on(log)
    return jobs


def load_plugins(settings: Mapping[str, Any]) -> None:
    """Load Pelican and its plugins before they are needed; what is wrong with one is told when they are."""
    with suppress(Exception):
        load_pelican()
        for name in ("building.pelican_adapter.generator", *settings["PLUGINS"]):
            import_module(name)


def complete_settings(settings: Mapping[str, Any], output: Path) -> dict[str, Any]:
    """Return the settings with Pelican's own for those that the site does not have."""
    from pelican.settings import read_settings

    own = {
        "SITEURL": settings["SITEURL"].rstrip("/"),
        "THEME": str(ROOT / settings["THEME"]),
        "OUTPUT_PATH": str(output),
        # As it is: what the environment asks for may not be installed, as of who comes in from elsewhere,
        # and no page shows it.
        "LOCALE": [locale.setlocale(locale.LC_ALL)],
    }
    language = {"DEFAULT_LANG": settings["DEFAULT_LANG"]}  # Pelican makes it small: pt-br
    return {**read_settings(override={**settings, **own}), **language}


@contextmanager
def explained_faults() -> Iterator[None]:
    """Raise an error of the theme, a plugin or the settings as Refused, with its file and line."""
    from jinja2 import TemplateNotFound

    try:
        yield
    except (OSError, KeyboardInterrupt) as error:
        if isinstance(error, TemplateNotFound):  # it is an OSError too
            raise Refused(describe_fault(error)) from error
        raise
    except Exception as error:
        raise Refused(describe_fault(error)) from error


@contextmanager
def keep_log() -> Iterator[list[str]]:
    """Yield a list of what Pelican only logs: each warning is a fault that it would pass over."""
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


def raise_on(log: list[str]) -> None:
    """Raise Refused if anything was logged."""
    if log:
        raise Refused("\n".join([*dict.fromkeys(log), "The site is unchanged."]))


def describe_fault(error: Exception) -> str:
    """Return in one line where the theme, a plugin or the settings went wrong."""
    text = explain_template(error) or type(error).__name__
    return f"{find_place(error, ('.html', '.py'))}: {text}. The site is unchanged."
