"""Say which addresses readers have and what of them the site would lose; keep them in a ledger."""

import sys
from pathlib import Path

from building.settings import is_site_address
from catalogue.problems import count_errors, format_root, write_report
from catalogue.project import CONTENT
from commands.check import judge_content
from commands.ledger.compare import compare_with_live
from commands.ledger.keep import write_ledger
from commands.ledger.report import describe_ledger
from commands.writing.post_files import CommandFault, print_fault
from commands.writing.ready import is_ready


def addresses(content: Path = CONTENT, write: bool = False, live: str = "") -> int:
    """Print what the ledger has, what is new since, and what would be lost; return the exit code.

    With `write`, what the site shows is added to the ledger `addresses.txt` of the folder `content`. With
    `live`, the address of a site, that site's own list is compared as well; one that cannot be asked is
    told and loses nothing, for a site that is down must not keep a better one from being published.

    Exit codes: 0 nothing would be lost, 1 something would, or the texts have errors, or the ledger cannot
    be written, 2 the command cannot be carried out as it was typed.
    """
    if live and not is_site_address(live):
        seen = f"{live} is not the address of a site"
        print(f"{seen}. Write it in full, like: --live https://example.org/blog", file=sys.stderr)
        return 2
    if not is_ready(content):
        return 2
    catalogue = judge_content(content)
    problems = list(catalogue.problems)
    if live:
        problems += compare_with_live(live, catalogue, content)
    if count_errors(problems):
        write_report((each for each in problems if each.level == "error"), content)
        return 1
    print("\n".join(describe_ledger(content, catalogue)))
    if write:
        try:
            is_changed = write_ledger(content, catalogue)
        except CommandFault as fault:
            return print_fault(fault)
        print(f"{'Written' if is_changed else 'Nothing to write'} in {format_root(content)}.")
    return 0
