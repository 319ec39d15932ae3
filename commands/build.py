"""Build the site: all of it, or nothing."""

import os
from pathlib import Path

from building.build import build_site
from building.disk_errors import refuse_os_error
from building.inputs import Run
from building.interrupts import interruptible
from building.public_site import read_public_settings
from catalogue.project import CONTENT, ROOT
from commands.github.summary import report_build
from commands.writing.ready import is_ready, mention_setup


def build(
    content: Path = CONTENT,
    output: Path = ROOT / "output",
    siteurl: str = "",
    allow_shrink: bool = False,
    replace: bool = False,
) -> int:
    """Build the texts in `content` into `output`, for the address `siteurl`; return the exit code.

    With `allow_shrink` the site may lose many of its pages; with `replace` the output folder may hold
    files that no build made, which are lost.
    """
    if not is_ready(content):
        return 2
    mention_setup()
    settings = read_public_settings(content, siteurl)
    try:
        with interruptible():
            outcome = build_site(Run(content, output, settings, allow_shrink, replace))
    except OSError as error:
        raise refuse_os_error(error) from error
    report_build(outcome, content, output)
    if os.environ.get("GITHUB_ACTIONS") == "true":  # whose author may have no other machine to ask
        from commands.publishing.ready import warn_as_it_came

        warn_as_it_came(settings, ROOT, content)
    return 0
