"""Say what has come due since the site was published last; on GitHub, have it published again.

GitHub publishes when something is pushed, so a post that waits for its day would wait for the next push.
A workflow on a schedule runs this task, which starts the other workflow when it is time: when a post or a
comment has come due since that one was last started, and once a week, which keeps GitHub from pausing
the schedule of a repository that sleeps.
"""

import json
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from building.inputs import has_content
from catalogue.dates import read_clock, read_moment
from catalogue.problems import format_count
from catalogue.project import CONTENT
from catalogue.selection import Catalogue
from commands.check import judge_content

WEEK = timedelta(days=7)
SECONDS = 30  # for GitHub to answer
NEEDED = ("GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_REF_NAME", "GITHUB_TOKEN")
FIRST_DAY = datetime(1970, 1, 1, tzinfo=UTC)


class NoAnswer(Exception):
    """Raised when GitHub does not do what it is asked for; its text says why."""


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
    """Start a workflow if something has come due since it was last started, or if that was a week ago.

    Raises NoAnswer if GitHub cannot be asked.
    """
    missing = [name for name in NEEDED if not environ.get(name)]
    if missing:
        print(f"This runs on GitHub, where {', '.join(missing)} is set.", file=sys.stderr)
        return 2
    last = read_last_start(workflow, environ)
    names = list_due(judge_content(content), last, now)
    if names:
        why = f"{format_count(len(names), 'text has', 'texts have')} come due: {', '.join(names)}"
    elif now - last >= WEEK:
        why = "A week has passed since the last time"
    else:
        print(f"Nothing has come due since {last:%Y-%m-%d %H:%M} UTC.")
        return 0
    ask_github(
        f"workflows/{quote(workflow)}/dispatches", environ, {"ref": environ["GITHUB_REF_NAME"]}
    )
    print(f"{why}. The site is published again.")
    return 0


def read_last_start(workflow: str, environ: Mapping[str, str]) -> datetime:
    """Return when a workflow last began a run that went well on this branch; long ago if it never did."""
    branch = quote(environ["GITHUB_REF_NAME"], safe="")
    query = f"branch={branch}&status=success&per_page=1"
    answer = ask_github(f"workflows/{quote(workflow)}/runs?{query}", environ)
    runs = answer.get("workflow_runs") or [{}]
    try:
        return datetime.fromisoformat(str(runs[0]["created_at"]))
    except (KeyError, ValueError, TypeError):
        return FIRST_DAY


def ask_github(
    path: str, environ: Mapping[str, str], data: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return the answer of GitHub's REST API (version 2022-11-28) about this repository's actions."""
    address = f"{environ['GITHUB_API_URL']}/repos/{environ['GITHUB_REPOSITORY']}/actions/{path}"
    headers = {
        "Accept": "application/vnd.github+json",
        "Authorization": f"Bearer {environ['GITHUB_TOKEN']}",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    body = json.dumps(data).encode() if data is not None else None
    try:
        request = Request(address, body, headers)  # noqa: S310 - GitHub's own address, by its variable
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            found = json.loads(answer.read() or b"{}")
    except HTTPError as error:
        raise NoAnswer(
            f"it answers {error.code} ({error.reason}). {explain_code(error.code)}"
        ) from None
    except (URLError, OSError, HTTPException, ValueError) as error:
        raise NoAnswer(f"{error}. It is tried again at the next hour.") from None
    return found if isinstance(found, dict) else {}


def explain_code(code: int) -> str:
    """Return what to do about an answer."""
    if code in (403, 404):
        return (
            "Open Actions in the repository: if a yellow bar says that workflows are off or paused, "
            "press its button."
        )
    return "It is tried again at the next hour."
