"""Guess the settings of a new site from git and from the system, where these can be asked."""

import os
import re
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from zoneinfo import available_timezones

from building.site_address import format_pages
from catalogue.folder.domain import read_domain
from catalogue.project import CONTENT, ROOT
from catalogue.text.languages import is_language_tag

SECONDS = 5.0
REMOTE = re.compile(
    r"(?:https?://(?:[^@/]*@)?|ssh://git@|git@)github\.com[:/](?P<user>[\w-]+)/(?P<name>[\w.-]+?)(?:\.git)?/?"
)
LOCALE = re.compile(r"(?P<language>[a-z]{2,3})(?:[_-](?P<region>[A-Z]{2}))?(?:[.@].*)?")
# In these languages a text for one region does not read as one for another.
REGIONAL = frozenset(("pt", "zh"))
UTC_NAMES = frozenset("Etc/UTC Etc/UCT Etc/Universal Etc/Zulu UCT Universal Zulu".split())
LOCALTIME = Path("/etc/localtime")
TIMEZONE_FILE = Path("/etc/timezone")


def guess_settings(content: Path = CONTENT) -> dict[str, str]:
    """Return what can be guessed, by the names of the settings."""
    guesses = {
        "AUTHOR": ask_git("config", "user.name"),
        "SITEURL": guess_address(ask_git("remote", "get-url", "origin"), content),
        "DEFAULT_LANG": guess_language(os.environ),
        "TIMEZONE": guess_zone(os.environ),
        "CONTACT_EMAIL": guess_contact(ask_git("config", "user.email")),
    }
    return {name: value for name, value in guesses.items() if value}


def ask_git(*words: str) -> str:
    """Return the first line that git answers with; empty if it has none, or is not there."""
    try:
        answer = subprocess.run(
            ["git", *words],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return answer.stdout.partition("\n")[0].strip() if answer.returncode == 0 else ""


def guess_address(remote: str, content: Path) -> str:
    """Return the address at which GitHub publishes a repository; a domain of its own comes first."""
    if own := read_domain(content):
        return f"https://{own}"
    return guess_pages(remote)


def guess_pages(remote: str) -> str:
    """Return the address that GitHub itself gives to the site of a repository; empty if it is not there."""
    match = REMOTE.fullmatch(remote)
    return format_pages(match["user"], match["name"]) if match else ""


def guess_language(environ: Mapping[str, str]) -> str:
    """Return the language of the system as a tag of BCP 47."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        match = LOCALE.fullmatch(environ.get(name, ""))
        if match:
            region = match["region"] if match["language"] in REGIONAL else None
            tag = f"{match['language']}-{region}" if region else match["language"]
            return tag if is_language_tag(tag) else ""
    return ""


def guess_zone(environ: Mapping[str, str]) -> str:
    """Return the time zone of the system by its name."""
    known = available_timezones()
    named = [environ.get("TZ", "").removeprefix(":")]
    with suppress(OSError, UnicodeDecodeError):
        named.append(TIMEZONE_FILE.read_text(encoding="utf-8").strip())
    with suppress(OSError):
        named.append(LOCALTIME.resolve().as_posix().partition("zoneinfo/")[2])
    found = next((name for name in named if name in known), "")
    return "UTC" if found in UTC_NAMES else found


def guess_contact(address: str) -> str:
    """Return an address that readers can write to; one of GitHub's that takes no mail is none."""
    return "" if address.endswith(".noreply.github.com") or "@" not in address else address
