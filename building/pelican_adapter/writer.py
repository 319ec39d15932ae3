"""Collect the jobs of one site's files in place of writing them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from building.jobs import Job, draw_bytes, draw_page
from catalogue.addresses import address_file


class JobWriter:
    """The writer that plugins add their files to."""

    def __init__(self, generator: Any) -> None:
        """Begin without jobs; the generator has the templates and the context of all pages."""
        self.generator = generator
        self.jobs: list[Job] = []

    def add(self, file: str, draw: Callable[[], str | bytes], shows: Any) -> None:
        """Add a job for a file that no template makes; `shows` as in `Job`."""
        self.jobs.append(Job(file, partial(draw_bytes, draw), shows))

    def add_page(self, address: str, template: str, **words: Any) -> None:
        """Add a job for the page at an address, drawn by a template with `words` of its own."""
        words["output_file"] = file = address_file(address)
        drawn_with, context = self.generator.get_template(template), self.generator.context
        draw = partial(draw_page, drawn_with, context, words)
        self.jobs.append(Job(file, draw, words, drawn_with, context))
