"""Publish the site: check and build it, show what will change, commit what was written, and push it."""

import shlex
import sys
from functools import partial
from pathlib import Path

from building.settings import read_constants
from catalogue.project import CONTENT, ROOT
from commands.publishing.carry_out import carry_out
from commands.publishing.order import Order
from commands.writing.post_files import CommandFault
from commands.writing.ready import is_ready

QUESTION = "Publish this? y for yes, n for no: "
ALONE = (
    "--verify only looks at a site, and publishes nothing. Type it with the address alone, or with "
    "--siteurl: python3 tasks.py publish --verify https://example.github.io/blog"
)
NO_ANSWER = (
    "Nothing was published, for nobody is there to be asked. Look at it by: {0} --dry-run, and publish it "
    "by: {0} --yes"
)


def publish(
    branch: str = "",
    siteurl: str = "",
    allow_shrink: bool = False,
    dry_run: bool = False,
    yes: bool = False,
    verify: str | None = None,
    root: Path = ROOT,
    content: Path = CONTENT,
    output: Path = ROOT / "output",
) -> int:
    """Publish the texts in `content`, and with `branch` the built site on that branch; return the exit code.

    `siteurl` is the address of the site, if the settings do not say it. With `allow_shrink` the site may
    lose many of its pages; with `dry_run` nothing is published; with `yes` nothing is asked. With `verify`,
    the address of a live site, that is compared with what is committed, and nothing is published.

    Exit codes: 0 done, or nothing to do; 1 something is to be mended first, or the remote refused, and
    nothing was published; 2 the command cannot be carried out as it was typed.
    """
    if verify and (branch or allow_shrink or dry_run or yes):
        print(ALONE, file=sys.stderr)
        return 2
    if not is_ready(content):
        return 2
    settings = read_constants()
    order = Order(
        root=root,
        content=content,
        output=output,
        settings=settings,
        confirm=(lambda: True)
        if yes
        else partial(confirm, format_command(branch, siteurl, allow_shrink)),
        pages=branch,
        siteurl=siteurl,
        allow_shrink=allow_shrink,
        dry_run=dry_run,
    )
    return carry_out(order, verify)


def format_command(branch: str, siteurl: str, allow_shrink: bool) -> str:
    """Return what was typed, so that it can be typed again."""
    words = ["--branch", branch] if branch else []
    words += ["--siteurl", siteurl] if siteurl else []
    words += ["--allow-shrink"] if allow_shrink else []
    return shlex.join(["python3", "tasks.py", "publish", *words])


def confirm(command: str) -> bool:
    """Return whether the author at the terminal wants what is shown.

    Raises CommandFault without one, with what to type instead: `command` and more.
    """
    if not (sys.stdin and sys.stdin.isatty()):
        raise CommandFault(NO_ANSWER.format(command))
    try:
        return input(QUESTION).strip().lower()[:1] == "y"
    except EOFError:
        print()
        return False
