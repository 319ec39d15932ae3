"""Say whether GitHub Pages shows what the workflow has built, and what its owner has to click if not."""

import os
import sys
from collections.abc import Callable, Mapping
from typing import TypeVar

from catalogue.project import CONTENT
from commands.github.api import NEEDED, NoAnswer, list_missing
from commands.github.repository import Verdict, judge_pages, list_sleeping
from commands.github.summary import announce, set_output, write_summary
from commands.writing.setup_guesses import guess_address

PLACE = ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY")
TITLE = "Whether it is published"
Answer = TypeVar("Answer")
ON = "It is published when the job “Publish the site” of this run is done."


def pages(address: bool = False, environ: Mapping[str, str] = os.environ) -> int:
    """Print what keeps the site from being published, on the page of the run too; return the exit code.

    Later steps get `on=true` if it can be published. With `address` nobody is asked: they get the address
    to build for, the one that GitHub gave (`SITE_URL`), or would give if Pages was on.

    Exit codes: 0 it can be published, or need not be, as in a fork; 1 something has to be clicked first; 2
    this is not GitHub.
    """
    needed = NEEDED if not address else () if environ.get("SITE_URL") else PLACE
    if missing := list_missing(environ, needed):
        print(f"This runs on GitHub, where {', '.join(missing)} is set.", file=sys.stderr)
        return 2
    if address:
        place = find_address(environ)
        set_output("address", place)
        print(f"It is built for {place or 'this machine'}.")
        return 0
    # The deployment finds out; that GitHub does not answer now need not keep a post from readers.
    verdict = ask(lambda: judge_pages(environ), Verdict(True), "whether Pages is on")
    sleeping: list[str] = ask(lambda: list_sleeping(environ), [], "whether a schedule is paused")
    set_output("on", "true" if verdict.is_on else "false")
    if verdict.fault:
        announce("error", verdict.fault)
    for hint in filter(None, [verdict.hint, *sleeping]):
        announce("notice", hint)
    lines = [ON if verdict.is_on else "", verdict.fault, verdict.hint, *sleeping]
    write_summary(TITLE, filter(None, lines))
    return 1 if verdict.fault else 0


def ask(question: Callable[[], Answer], otherwise: Answer, what: str) -> Answer:
    """Return the answer to a question to GitHub, or else what is taken for it, which is told."""
    try:
        return question()
    except NoAnswer as why:
        announce("warning", f"GitHub could not be asked {what}: {why}")
        return otherwise


def find_address(environ: Mapping[str, str]) -> str:
    """Return the address of the site: the one that GitHub gave, or what it makes of the repository's name.

    A template that others copy is nobody's site, and has none.
    """
    if environ.get("IS_TEMPLATE") == "true":
        return ""
    given = environ.get("SITE_URL", "")
    return given or guess_address("/".join(environ[name] for name in PLACE), CONTENT)
