"""Build the site: all of it, or nothing."""

import sys
from pathlib import Path

from building.build import build_site
from building.disk_errors import explain_os_error
from building.inputs import Run
from building.interrupts import interruptible
from building.settings import is_site_address, read_constants
from catalogue.problems import Refused
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
    settings = {**read_constants(), "PATH": str(content.absolute())}
    if siteurl:
        settings["SITEURL"] = check_siteurl(siteurl)
    try:
        with interruptible():
            outcome = build_site(Run(content, output, settings, allow_shrink, replace))
    except OSError as error:
        raise Refused(f"{explain_os_error(error)} The site is unchanged.") from error
    report_build(outcome, content, output)
    return 0


def check_siteurl(siteurl: str) -> str:
    """Return the site's address without its last slash; end the run for what is none."""
    if not is_site_address(siteurl):
        print(
            f"{siteurl} is not the address of a site. Write it in full, like: "
            "--siteurl https://example.github.io/blog",
            file=sys.stderr,
        )
        raise SystemExit(2)
    return siteurl.rstrip("/")
