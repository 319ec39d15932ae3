"""Say what has come due since the site was published last; on GitHub, have it published again.

GitHub publishes when something is pushed, so a post that waits for its day would wait for the next push.
A workflow on a schedule runs this task, which starts the other workflow when it is time: when a post or a
comment has come due since that one was last started, and before a week is over in any case, for GitHub
throws away what a run has kept for the next when nothing has used it for seven days. (GitHub pauses
the schedule itself after 60 days without a push, which no run can keep it from: `explain_schedule` in
catalogue/dates.py says what the author then does.)
"""

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from building.inputs import has_content
from catalogue.dates import read_clock, read_moment
from catalogue.problems import format_count
from catalogue.project import CONTENT
from catalogue.selection import Catalogue
from commands.check import judge_content
from commands.github import api
from commands.github.api import NoAnswer, ask_github
from commands.github.repository import judge_pages

WEEK = timedelta(days=7)
OFTEN = timedelta(days=6)  # within which the site is published in any case
AGAIN = timedelta(days=1)  # after which what failed is tried again
STUCK = timedelta(hours=2)  # in which each run has come to its end
NEEDED = (*api.NEEDED, "GITHUB_REF_NAME")
FIRST_DAY = datetime(1970, 1, 1, tzinfo=UTC)


def due(workflow: str = "", since: str = "", content: Path = CONTENT) -> int:
    """Print what has come due since a moment; with `workflow`, start it on GitHub if that is not nothing.

    `since` is a day such as 2026-11-23; with a workflow it is when that was last started. Exit codes: 0
    done, 1 GitHub did not answer, 2 the command cannot be carried out.
    """
    if not has_content(content):
        return 2
    now = read_clock()
    try:
        if workflow:
            return start_if_due(workflow, content, now, os.environ)
        moment = datetime.fromisoformat(since).replace(tzinfo=UTC) if since else now - WEEK
    except ValueError:
        print(f"“{since}” is no day. Write: --since 2026-11-23", file=sys.stderr)
        return 2
    except NoAnswer as why:
        print(f"GitHub could not be asked: {why}", file=sys.stderr)
        return 1
    names = list_due(judge_content(content), moment, now)
    print("\n".join(names or ["Nothing has come due."]))
    return 0


def list_due(catalogue: Catalogue, since: datetime, now: datetime) -> list[str]:
    """Return the posts by their titles, and the comments, whose time came between two moments."""
    published = {post.path: post for post in catalogue.posts}
    found = [(post, post.title) for post in catalogue.posts]
    found += [
        (comment, f"{comment.values.get('Author', '')} on {published[path].title}")
        for path, group in catalogue.comments.items()
        if path in published
        for comment in group
    ]
    moments = [
        (read_moment(record.values["Date"], catalogue.zone), name)
        for record, name in found
        if "Date" in record.values
    ]
    start, end = since.timestamp(), now.timestamp()
    return [name for moment, name in sorted(moments) if start < moment.timestamp() <= end]


def start_if_due(workflow: str, content: Path, now: datetime, environ: Mapping[str, str]) -> int:
    """Start a workflow if something has come due since it was last started, or if that was days ago.

    It is left alone where Pages is not on, while it runs, and for a day after it failed if nothing was
    pushed since: GitHub writes a mail about each failure. Raises NoAnswer if GitHub cannot be asked.
    """
    if missing := api.list_missing(environ, NEEDED):
        print(f"This runs on GitHub, where {', '.join(missing)} is set.", file=sys.stderr)
        return 2
    verdict = judge_pages(environ)
    if not verdict.is_on:
        print(verdict.fault or verdict.hint)
        return 0
    runs = read_runs(workflow, environ)
    if why := find_obstacle(runs, now, environ.get("GITHUB_SHA", "")):
        print(why)
        return 0
    last = max((run.began for run in runs if run.went_well), default=FIRST_DAY)
    names = list_due(judge_content(content), last, now)
    if names:
        why = f"{format_count(len(names), 'text has', 'texts have')} come due: {', '.join(names)}"
    elif now - last >= OFTEN:
        why = "The last time was six days ago or more"
    else:
        print(f"Nothing has come due since {last:%Y-%m-%d %H:%M} UTC.")
        return 0
    data = {"ref": environ["GITHUB_REF_NAME"]}
    ask_github(f"actions/workflows/{quote(workflow)}/dispatches", environ, data)
    print(f"{why}. The site is published again.")
    return 0


@dataclass(frozen=True)
class WorkflowRun:
    """One run of a workflow: when it began, of which commit, and how it went."""

    began: datetime
    commit: str
    is_over: bool
    went_well: bool


def read_runs(workflow: str, environ: Mapping[str, str]) -> list[WorkflowRun]:
    """Return the last runs of a workflow on this branch that publish, the newest first. Raises NoAnswer.

    The branch of a pull request may be called as this one is.
    """
    branch = quote(environ["GITHUB_REF_NAME"], safe="")
    query = f"branch={branch}&per_page=100"
    answer = ask_github(f"actions/workflows/{quote(workflow)}/runs?{query}", environ)
    found = answer.get("workflow_runs") if isinstance(answer, dict) else None
    runs = []
    for each in found if isinstance(found, list) else []:
        # It is none that can be told from others.
        with suppress(AttributeError, KeyError, TypeError, ValueError):
            if each.get("event") == "pull_request":
                continue
            began = datetime.fromisoformat(str(each["created_at"]))
            state, end = each.get("status"), each.get("conclusion")
            commit = str(each.get("head_sha", ""))
            runs.append(WorkflowRun(began, commit, state == "completed", end == "success"))
    return sorted(runs, key=lambda run: run.began, reverse=True)


def find_obstacle(runs: Sequence[WorkflowRun], now: datetime, commit: str) -> str:
    """Return why the workflow is not started now, whatever is due; empty if it can be."""
    if not runs:
        return ""
    newest = runs[0]
    if not newest.is_over and now - newest.began < STUCK:
        return "It is being published at this moment."
    if (
        newest.is_over
        and not newest.went_well
        and newest.commit == commit
        and now - newest.began < AGAIN
    ):
        return (
            "The last time failed, and nothing was pushed since: it is tried again a day after that. "
            "Actions → Pages says what to mend."
        )
    return ""
