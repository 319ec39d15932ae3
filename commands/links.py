"""Care for the links to other sites: ask which still lead somewhere, and look for copies of those pages."""

from pathlib import Path

from building.public_site import read_site_settings
from catalogue.link_ledger import check_ledger
from catalogue.problems import write_report
from catalogue.project import CONTENT
from commands.check import judge_content
from commands.link_care.care import Care
from commands.link_care.web import Web, open_web
from commands.writing.post_files import CommandFault, print_fault
from commands.writing.ready import is_ready


def links(
    save: bool = False,
    all: bool = False,
    content: Path = CONTENT,
    kept: str = "",
    web: Web | None = None,
) -> int:
    """Ask the outside links of all texts, and keep what they answer in the ledger; return the exit code.

    With `save`, the archive is asked to keep the pages that new posts link to; with `all`, links are
    asked too that were good some days ago. `kept` is a file with a copy of the ledger, from an earlier run
    on a machine that does not keep the repository as it leaves it: it is taken into account and brought
    up to date. `web` is how the world is reached.

    Exit codes: 0 all that readers find is well, 1 something is to be mended or could not be done, 2
    there is no such folder.
    """
    if not is_ready(content):
        return 2
    if problems := check_ledger(content):
        write_report(problems, content)
        return 1
    settings = read_site_settings(content)
    try:
        care = Care(content, settings, judge_content(content), Path(kept) if kept else None)
        return care.run(web or open_web(settings), save, all)
    except CommandFault as fault:
        return print_fault(fault)
