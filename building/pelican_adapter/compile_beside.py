"""Compile the theme's templates while the texts are read, on a machine that has none kept.

A build leaves cores free while it loads modules and while it judges what was read. In that time a
process of its own makes what the drawing would wait for.
"""

import os
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import partial
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from building.pelican_adapter.fixed_settings import THEME
from building.pelican_adapter.templates import prepare_environment
from building.words import read_words
from catalogue.project import ROOT
from catalogue.workers import count_processes, work_beside

TEMPLATES = "templates"
FIRST = "base.html"  # which each page is made of: where it is kept, so are the others


def compile_beside(settings: Mapping[str, Any]) -> AbstractContextManager[None]:
    """Return a context during which the templates are compiled and kept, if none is kept by now.

    Nothing is done where there is one core, or where nothing may be kept: then it would be done twice.
    """
    folder = ROOT / THEME / TEMPLATES  # the settings have not been checked yet
    is_kept = os.path.exists(cache_from_source(str(folder / FIRST)))
    if is_kept or sys.dont_write_bytecode or count_processes() < 2:
        return nullcontext()
    return work_beside(partial(compile_theme, folder, settings), is_much=True)


def compile_theme(folder: Path, settings: Mapping[str, Any]) -> None:
    """Compile the templates in a folder, and keep them.

    What is wrong with one of them, or with the settings, is told by the build, which compiles whatever is
    not kept.
    """
    with suppress(Exception):
        loader = FileSystemLoader(str(folder))
        environment = Environment(loader=loader, **settings["JINJA_ENVIRONMENT"])  # noqa: S701 - it escapes
        prepare_environment(environment, settings, read_words(), str)
        for name in environment.list_templates(["html"]):
            with suppress(Exception):
                environment.get_template(name)
