"""Say what keeps the site of a repository on GitHub from being published, and what to click."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from commands.github.api import NoAnswer, ask_github

RUN = "then Actions → Pages → Run workflow"
SOURCE = "Settings → Pages → Source: GitHub Actions"
PRIVATE = (
    "This repository is private, and Pages is not on in it, so the site is not published. On GitHub's "
    "free plan only public repositories have Pages: make it public (Settings → General → Danger Zone → "
    f"Change visibility) or choose a plan that has it. After that {SOURCE}, {RUN}."
)
FORK = (
    "This is a fork and Pages is not on in it, so the site was built as a trial and is not published. If "
    f"it is to be a site of your own: {SOURCE}, {RUN}."
)
OFF = f"Pages is not on in this repository, so the site is not published. Two clicks: {SOURCE}, {RUN}."
BRANCH = (
    "Pages shows the branch {branch} of this repository, so what was built here was a trial. That is right "
    "for a site that is published from your own machine with --branch. To have it published from here: "
    f"{SOURCE}, {RUN}."
)
PLAIN = (
    "The site's own domain can be had without HTTPS, where anybody on the way can change what is read. "
    "Settings → Pages → Enforce HTTPS."
)
PAUSED = (
    "GitHub has paused “{name}”, because nothing was pushed for 60 days. To have it run again: "
    "Actions → {name} → Enable workflow."
)
FORKED = "“{name}” does not run, because this is a fork. To have it run: Actions → {name} → Enable workflow."
STATES = {"disabled_inactivity": PAUSED, "disabled_fork": FORKED}


@dataclass(frozen=True)
class Verdict:
    """Whether the site is published from here, and what is said of that; `fault` is what has to be mended."""

    is_on: bool
    fault: str = ""
    hint: str = ""


def read_event(environ: Mapping[str, str]) -> dict[str, Any]:
    """Return what GitHub says of the repository to a run, from the file of its event; nothing if unknown."""
    try:
        data = json.loads(Path(environ.get("GITHUB_EVENT_PATH", "")).read_text(encoding="utf-8"))
        found = data["repository"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


def judge_pages(environ: Mapping[str, str]) -> Verdict:
    """Return whether the site of this repository is published by its workflow. Raises NoAnswer."""
    try:
        site = ask_github("pages", environ)
    except NoAnswer as why:
        if why.code != HTTPStatus.NOT_FOUND:
            raise
        return judge_off(read_event(environ))
    if not isinstance(site, dict):
        return Verdict(True)
    if site.get("build_type") == "legacy":
        source = site.get("source")
        branch = source.get("branch") if isinstance(source, dict) else ""
        return Verdict(
            False, hint=BRANCH.format(branch=f"“{branch}”" if branch else "of its settings")
        )
    is_plain = bool(site.get("cname")) and site.get("https_enforced") is False
    return Verdict(True, hint=PLAIN if is_plain else "")


def judge_off(repository: Mapping[str, Any]) -> Verdict:
    """Return what is said of a repository without Pages; a fork need not have it."""
    if repository.get("fork"):
        return Verdict(False, hint=FORK)
    return Verdict(False, fault=PRIVATE if repository.get("private") else OFF)


def list_sleeping(environ: Mapping[str, str]) -> list[str]:
    """Return a sentence for each workflow of this repository that GitHub does not run. Raises NoAnswer.

    One that its owner has switched off by hand is left out.
    """
    answer = ask_github("actions/workflows?per_page=100", environ)
    workflows = answer.get("workflows") if isinstance(answer, dict) else None
    return [
        STATES[str(each["state"])].format(name=each.get("name", ""))
        for each in (workflows if isinstance(workflows, list) else [])
        if isinstance(each, dict) and str(each.get("state")) in STATES
    ]
