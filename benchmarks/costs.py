"""Measure what the catalogue's plugins cost together: the processor's time in each one's handlers.

A build runs in this process with a clock around every handler that a plugin connects, and around
what the judgement of all files asks of the same plugins. What a handler spends on rendering its pages
is counted apart: a page costs what its template costs.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from inspect import isfunction
from pathlib import Path
from time import process_time
from types import ModuleType
from typing import Any

from blinker import ANY, Signal

from commands.build import read_settings, write_tree

ROOT = Path(__file__).resolve().parent.parent
NOT_COUNTED = {
    "plugins.door",
    "plugins.theme",
}  # every site needs these, with a catalogue or without


class Clock:
    """Add up seconds of the processor by plugin; what one asks of another counts for the first."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.total: dict[str, float] = defaultdict(float)
        self.pages: dict[str, float] = defaultdict(float)
        self.running = ""

    def time_handler(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Put the clock around a function of a plugin."""
        name = function.__module__

        @wraps(function)
        def timed(*words: Any, **options: Any) -> Any:
            if self.running:
                return function(*words, **options)
            self.running, start = name, process_time()
            try:
                return function(*words, **options)
            finally:
                self.total[name] += process_time() - start
                self.running = ""

        return timed

    def time_page(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Put the clock around what renders and writes a page, for the plugin that asks for it."""

        @wraps(function)
        def timed(*words: Any, **options: Any) -> Any:
            start = process_time()
            try:
                return function(*words, **options)
            finally:
                self.pages[self.running] += process_time() - start

        return timed

    def watch_signals(self, names: set[str]) -> None:
        """Time whatever these plugins connect to a signal from now on."""
        connect = Signal.connect

        def connect_timed(
            signal: Signal, receiver: Any, sender: Any = ANY, weak: bool = True
        ) -> Any:
            if receiver.__module__ not in names:
                return connect(signal, receiver, sender, weak)
            return connect(signal, self.time_handler(receiver), sender, weak=False)

        Signal.connect = connect_timed  # type: ignore[assignment,method-assign]

    def watch_module(self, module: ModuleType, names: set[str]) -> None:
        """Time the functions of these plugins that a module has imported."""
        for name, value in list(vars(module).items()):
            if isfunction(value) and value.__module__ in names:
                setattr(module, name, self.time_handler(value))


def measure(output: Path) -> dict[str, dict[str, float]]:
    """Build the project that this module lies in; give the seconds in and without pages by plugin."""
    from pelican.writers import Writer

    from plugins import catalogue

    settings = read_settings(ROOT / "publishconf.py", {"PATH": str(ROOT / "content")})
    names = set(settings["PLUGINS"]) - NOT_COUNTED
    clock = Clock()
    clock.watch_signals(names)
    clock.watch_module(catalogue, names)
    Writer.write_file = clock.time_page(Writer.write_file)
    output.mkdir(parents=True)
    write_tree(settings, output, tell=lambda _: None)
    return {
        name.removeprefix("plugins."): {
            "handlers": clock.total[name] - clock.pages[name],
            "pages": clock.pages[name],
        }
        for name in sorted(names)
    }


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
