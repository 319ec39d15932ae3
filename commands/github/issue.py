"""Keep one issue about dead links: open while there are any, and never a second one.

It is known by a mark at the beginning of its text, and by who opened it: anybody can write the mark into
an issue of their own.
"""

from collections.abc import Mapping
from typing import Any

from commands.github.api import ask_github
from commands.github.link_report import LinkReport, read_marks

BOT = "github-actions[bot]"  # who opens an issue by the token of a workflow
PER_PAGE = 100
MOST_PAGES = 10  # ours was changed a week ago, so it stands near the top


def keep_issue(report: LinkReport, environ: Mapping[str, str]) -> str:
    """Open, change or close the issue as the report asks for; return what was done. Raises NoAnswer."""
    issues = find_issues(environ)
    for other in filter(is_open, issues[1:]):  # two runs at once may have opened one each
        close(other, environ, "not_planned")
    if not report.dead and not any(map(is_open, issues)):
        return "No link is dead, so no issue is open."
    data = {"title": report.title, "body": report.body}
    if not issues:
        opened = ask_github("issues", environ, data)
        return f"Issue {number_of(opened)} was opened: {report.title}."
    first = issues[0]
    if not report.dead:
        if read_issue(first) & report.shaky:  # it was dead, and since when is not known any more
            return f"Issue {number_of(first)} stays open, for a link that it is about still fails."
        close(first, environ, "completed", data)
        return f"Issue {number_of(first)} was closed, for no link is dead any more."
    return change(first, report, environ)


def find_issues(environ: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the issues about dead links: the open ones before the closed ones, the first opened first.

    Raises NoAnswer.
    """
    found = []
    for page in range(1, MOST_PAGES + 1):
        query = f"state=all&sort=updated&direction=desc&per_page={PER_PAGE}&page={page}"
        answer = ask_github(f"issues?{query}", environ)
        issues = answer if isinstance(answer, list) else []
        found += [each for each in issues if is_ours(each)]
        if len(issues) < PER_PAGE:
            break
    return sorted(found, key=lambda issue: (not is_open(issue), issue["number"]))


def is_ours(issue: Any) -> bool:
    """Return whether an issue is the one about dead links; pull requests are listed as issues too."""
    if not isinstance(issue, dict) or "pull_request" in issue:
        return False
    user, number = issue.get("user"), issue.get("number")
    is_bots = isinstance(user, dict) and user.get("login") == BOT and isinstance(number, int)
    return is_bots and read_marks(str(issue.get("body") or "")) is not None


def read_issue(issue: Mapping[str, Any]) -> frozenset[str]:
    """Return the marks of the links that an issue of ours is about."""
    return read_marks(str(issue.get("body") or "")) or frozenset()


def is_open(issue: Mapping[str, Any]) -> bool:
    """Return whether an issue is open."""
    return issue.get("state") == "open"


def number_of(issue: Any) -> str:
    """Return the number of an issue as people write it."""
    return f"#{issue.get('number', '?')}" if isinstance(issue, Mapping) else "#?"


def close(
    issue: Mapping[str, Any],
    environ: Mapping[str, str],
    reason: str,
    data: Mapping[str, str] | None = None,
) -> None:
    """Close an issue, for one of the reasons that GitHub knows. Raises NoAnswer."""
    changes = {**(data or {}), "state": "closed", "state_reason": reason}
    ask_github(f"issues/{issue['number']}", environ, changes, "PATCH")


def change(issue: Mapping[str, Any], report: LinkReport, environ: Mapping[str, str]) -> str:
    """Write a report into the issue that is there; return what was done. Raises NoAnswer.

    One that was closed is opened again only for a dead link that it was not about.
    """
    number = number_of(issue)
    data = {"title": report.title, "body": report.body}
    if is_open(issue):
        if (issue.get("title"), issue.get("body")) == (report.title, report.body):
            return f"Issue {number} says it already: {report.title}."
        ask_github(f"issues/{issue['number']}", environ, data, "PATCH")
        return f"Issue {number} was brought up to date: {report.title}."
    if not report.dead - read_issue(issue):
        return f"Issue {number} was closed by somebody, and no other link is dead: it stays closed."
    ask_github(f"issues/{issue['number']}", environ, {**data, "state": "open"}, "PATCH")
    return f"Issue {number} was opened again: {report.title}."
