"""The files of a site in memory, each drawn when it is asked for: what a preview shows."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from building.jobs import Job
from building.pelican_adapter.compiled_templates import CompiledTemplates
from building.pelican_adapter.live import renew
from building.pelican_adapter.run import collect_jobs
from building.proof import prove_jobs
from catalogue.addresses import address_file
from catalogue.records import Record
from catalogue.selection import Catalogue

SUBJECTS = {"post": "article", "page": "page"}  # what templates call a text, by its kind


class LivePages:
    """The files of one state of the content, with the templates of all its states."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        """Begin with no file. `settings` are those of the site."""
        templates = {**settings["JINJA_ENVIRONMENT"], "bytecode_cache": CompiledTemplates()}
        self.settings = {**settings, "JINJA_ENVIRONMENT": templates}
        self.jobs: dict[str, Job] = {}

    def replace(self, catalogue: Catalogue) -> None:
        """Prepare the files of a new state. Raises Refused, and keeps the last ones, if that cannot be."""
        with tempfile.TemporaryDirectory(prefix="preview-") as folder:
            jobs = collect_jobs(self.settings, catalogue, Path(folder))
            prove_jobs(jobs, catalogue.places, os.listdir(folder))
        self.jobs = {job.file: job for job in jobs}

    def renew(self, record: Record, address: str) -> bool:
        """Show another record of a text on its page alone; return False for a text that has none."""
        job, name = self.jobs.get(address_file(address)), SUBJECTS.get(record.kind)
        if job is None or name is None or name not in job.shows:
            return False
        job.shows[name] = renew(job.shows[name], record)
        return True

    def find(self, file: str) -> Job | None:
        """Return the job of a file by its name."""
        return self.jobs.get(file)
