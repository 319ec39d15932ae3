"""Measure what the catalogue's plugins cost together: the processor's time in each one's handlers.

A build runs in this process with a clock around every handler that a plugin connects, around the
rules that judge all texts together, and around all that the plugins draw: their own files, and what
they put into the pages. The templates are not counted: a page costs what its template costs.
"""

import gc
import json
import os
import posixpath
import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import partial
from inspect import isfunction
from pathlib import Path
from time import process_time
from types import ModuleType
from typing import Any

from blinker import ANY, Signal

from building.jobs import Job
from building.pelican_adapter.run import collect_jobs
from building.read_site import read_site
from building.settings import read_constants
from building.tree import write_file
from catalogue.project import CONTENT

TRIALS = 10_000
RULES = "catalogue.rules"
# In the context of every page: two functions, and a dictionary of them.
DRAWN, BLOCKS = ("cite", "read_parts"), "linked_data"
# Every site needs these, with a catalogue or without.
NOT_COUNTED = {"building.pelican_adapter.templates"}


class Clock:
    """The seconds of the processor by plugin; what one asks of another counts for the first."""

    def __init__(self) -> None:
        """Begin at nothing, and find out what the clock itself adds to each time that it takes."""
        self.total: dict[str, float] = defaultdict(float)
        self.watched: set[str] = set()
        self.running = ""
        self.own = 0.0
        nothing = self.time(lambda: None)
        for _ in range(TRIALS):
            nothing()
        self.own = self.total.pop(__name__) / TRIALS

    def time(self, function: Callable[..., Any], module: str = "") -> Callable[..., Any]:
        """Return a function of a plugin with the clock around it."""
        name = module or find_module(function)
        self.watched.add(name)

        def timed(*words: Any, **options: Any) -> Any:
            if self.running:
                return function(*words, **options)
            self.running, start = name, process_time()
            try:
                return function(*words, **options)
            finally:
                self.total[name] += process_time() - start - self.own
                self.running = ""

        return timed

    def watch_signals(self, names: set[str]) -> None:
        """Measure whatever these plugins connect to a signal from now on."""
        connect = Signal.connect

        def connect_timed(
            signal: Signal, receiver: Any, sender: Any = ANY, weak: bool = True
        ) -> Any:
            if receiver.__module__ not in names:
                return connect(signal, receiver, sender, weak)
            return connect(signal, self.time(receiver), sender, weak=False)

        Signal.connect = connect_timed  # type: ignore[assignment,method-assign]

    def watch_module(self, module: ModuleType, names: set[str]) -> None:
        """Measure the functions of these modules that a module has imported."""
        for name, value in list(vars(module).items()):
            if isfunction(value) and value.__module__ in names:
                setattr(module, name, self.time(value))


def find_module(function: Any) -> str:
    """Return the module of a function, also of one with arguments given to it, or with a cache."""
    while inner := getattr(function, "func", None) or getattr(function, "__wrapped__", None):
        function = inner
    return str(function.__module__)


def measure_costs(output: str) -> dict[str, dict[str, float]]:
    """Build the project that this module lies in, in this process; return the seconds of each plugin.

    `handlers` are what it does when all has been read, `drawing` what it draws: its own files with
    their writing, and its parts of the pages. Raises LookupError if something that is to be measured
    has another name by now, so that no cost is left out in silence.
    """
    from catalogue import judging

    settings = {**read_constants(), "PATH": str(CONTENT)}
    check_present(NOT_COUNTED, settings["PLUGINS"], "plugin")
    names = {RULES, *settings["PLUGINS"]} - NOT_COUNTED
    clock, drawing = Clock(), Clock()
    clock.watch_signals(names)
    clock.watch_module(judging, names)

    os.makedirs(output)
    jobs = collect_jobs(settings, read_site(settings), Path(output))
    contexts = {id(job.context): job.context for job in jobs if job.template}
    for context in contexts.values():
        assert isinstance(context, dict)
        check_present((*DRAWN, BLOCKS), context, "name in the pages' context")
        for name in DRAWN:
            context[name] = drawing.time(context[name])
        blocks = context[BLOCKS].items()
        context[BLOCKS] = {name: drawing.time(block) for name, block in blocks}
    # As a build does it: what one of a folder's files needs, the others do.
    for job in sorted(jobs, key=lambda job: posixpath.dirname(job.file)):
        if job.template:
            write_file(f"{output}/{job.file}", job.draw())
        else:
            draw: Any = job.draw
            drawing.time(partial(draw_file, job, output), find_module(draw.args[0]))()
    check_present(names, clock.watched, "handler of the plugin")
    return {
        name.removeprefix("plugins."): {
            "handlers": clock.total[name],
            "drawing": drawing.total[name],
        }
        for name in sorted(names)
    }


def check_present(wanted: Iterable[str], present: Collection[str], what: str) -> None:
    """Raise LookupError for a name that is to be measured, or left out, and is not there."""
    if missing := [name for name in wanted if name not in present]:
        raise LookupError(f"there is no {what} {', '.join(missing)}: mend benchmarks/costs.py")


def draw_file(job: Job, output: str) -> None:
    """Draw a file that no template makes, and write it."""
    write_file(f"{output}/{job.file}", job.draw())


if __name__ == "__main__":
    gc.disable()  # as in a build
    print(json.dumps(measure_costs(sys.argv[1])))
