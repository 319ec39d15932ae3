"""Report the links that lead nowhere: in the issue about them, and on the page of the run."""

from collections.abc import Mapping, Sequence
from functools import partial
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from catalogue.link_ledger import LinkFacts
from catalogue.outside_uses import find_line
from commands.github import api
from commands.github.api import NoAnswer
from commands.github.issue import keep_issue
from commands.github.link_report import make_report
from commands.github.summary import announce, write_summary
from commands.link_care.uses import Use

NEEDED = (*api.NEEDED, "GITHUB_SERVER_URL", "GITHUB_REF_NAME")
NO_ISSUES = (
    "This repository has no issues, so none was opened: what is to be said stands on this page. To have "
    "them: Settings → General → Features → Issues."
)


def tell_links(
    uses: Mapping[str, Sequence[Use]],
    ledger: Mapping[str, LinkFacts],
    content: Path,
    environ: Mapping[str, str],
) -> int:
    """Report the links of all texts; return 0, or 1 if GitHub did not do as it was asked."""
    branch = quote(environ["GITHUB_REF_NAME"])
    place = "/".join((environ["GITHUB_SERVER_URL"], environ["GITHUB_REPOSITORY"], "blob", branch))
    report = make_report(uses, ledger, partial(find_line, content), f"{place}/content")
    code = 0
    try:
        done = keep_issue(report, environ)
    except NoAnswer as why:
        if why.code == HTTPStatus.GONE:
            done = NO_ISSUES
        else:
            done, code = f"The issue could not be kept up to date: {why}", 1
    if code:
        announce("error", done)
    else:
        print(done)
    write_summary("The links to other sites", [*report.summary, done])
    return code
