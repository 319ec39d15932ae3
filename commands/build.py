"""Build the site: all of it, or nothing."""

import sys
from pathlib import Path

from building.build import Outcome, build_site
from building.inputs import has_content
from building.settings import read_constants
from catalogue.problems import Problem, format_count, format_root, write_report
from catalogue.project import CONTENT, ROOT


def build(
    content: Path = CONTENT,
    output: Path = ROOT / "output",
    siteurl: str = "",
    allow_shrink: bool = False,
    replace: bool = False,
) -> int:
    """Build the texts in `content` into `output`, for the address `siteurl`; give the exit code.

    `output` is the last good site until the new one is whole, and stays it when anything is wrong.
    With `replace` it may hold files that no build made, which are lost.
    """
    if not has_content(content):
        return 2
    override = {"PATH": str(content.absolute())}
    constants = read_constants()
    if siteurl:
        override["SITEURL"] = constants["SITEURL"] = check_siteurl(siteurl)
    outcome = build_site(content, output, override, constants, allow_shrink, replace)
    report(outcome, content, output)
    return 0


def check_siteurl(siteurl: str) -> str:
    """Give the site's address without its last slash; refuse what is no address of a site."""
    if not is_address(siteurl):
        print(
            f"{siteurl} is not the address of a site. Write it in full, like: "
            "--siteurl https://example.github.io/blog",
            file=sys.stderr,
        )
        raise SystemExit(2)
    return siteurl.rstrip("/")


def is_address(siteurl: str) -> bool:
    """Return whether a site can have this address."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(siteurl)
        is_site = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # of a host in brackets, or a port, that is none
        return False
    return is_site and not parts.query and not parts.fragment


def report(outcome: Outcome, content: Path, output: Path) -> None:
    """Print the warnings, what is waiting, and what was built."""
    write_report([Problem(*problem) for problem in outcome.problems], content)
    for line in outcome.waiting:
        print(line)
    if outcome.drafts:
        print(f"{format_count(outcome.drafts, 'draft')} left out.")
    counts = (
        format_count(outcome.posts, "post"),
        format_count(outcome.pages, "page"),
        format_count(outcome.topics, "topic"),
    )
    print(f"Built {', '.join(counts)} in {format_root(output)} for {outcome.siteurl}")
