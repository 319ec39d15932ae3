"""Publish the site: check and build it, show what will change, commit what was written, and push it."""

import sys
from pathlib import Path

from building.disk_errors import explain_os_error
from building.interrupts import interruptible
from building.settings import read_constants
from catalogue.project import CONTENT, ROOT
from commands.publishing.git import GitFault
from commands.publishing.order import Order
from commands.publishing.publish_site import publish_site
from commands.writing.post_files import CommandFault, print_fault
from commands.writing.ready import is_ready

QUESTION = "Publish this? y for yes, n for no: "
NO_ANSWER = (
    "Nothing was published, for nobody is there to be asked. Look at it by: python3 tasks.py publish "
    "--dry-run, and publish it by: python3 tasks.py publish --yes"
)


def publish(
    branch: str = "",
    siteurl: str = "",
    allow_shrink: bool = False,
    dry_run: bool = False,
    yes: bool = False,
    root: Path = ROOT,
    content: Path = CONTENT,
    output: Path = ROOT / "output",
) -> int:
    """Publish the texts in `content`, and with `branch` the built site on that branch; return the exit code.

    `siteurl` is the address of the site, if the settings do not say it. With `allow_shrink` the site may
    lose many of its pages; with `dry_run` nothing is published; with `yes` nothing is asked.

    Exit codes: 0 done, or nothing to do; 1 something is to be mended first, or the remote refused, and
    nothing was published; 2 the command cannot be carried out as it was typed.
    """
    if not is_ready(content):
        return 2
    settings = read_constants()
    order = Order(
        root=root,
        content=content,
        output=output,
        settings=settings,
        confirm=(lambda: True) if yes else confirm,
        pages=branch,
        siteurl=siteurl,
        allow_shrink=allow_shrink,
        dry_run=dry_run,
    )
    return run(order)


def run(order: Order) -> int:
    """Carry out an order and print what became of it; return the exit code."""
    try:
        with interruptible():
            publish_site(order)
    except CommandFault as fault:
        return print_fault(fault)
    except GitFault as fault:
        sentence = f"git cannot go on ({fault.first_line}). {fault.remedy}"
        print(f"{sentence} Nothing was published.", file=sys.stderr)
        return 1
    except OSError as error:
        again = explain_os_error(error, again="type the same command again")
        print(f"{again} Nothing was published.", file=sys.stderr)
        return 1
    return 0


def confirm() -> bool:
    """Return whether the author at the terminal wants what is shown. Raises CommandFault without one."""
    if not (sys.stdin and sys.stdin.isatty()):
        raise CommandFault(NO_ANSWER)
    try:
        return input(QUESTION).strip().lower()[:1] == "y"
    except EOFError:
        print()
        return False
