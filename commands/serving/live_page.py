"""Let a page of the preview follow its source: a script, which no build writes, and what it is told.

The script is not in the theme. It is put into a page on its way to the browser, and its address into
the page's policy (Content Security Policy, level 3), which admits no other.
"""

import hashlib
import html
import re
from dataclasses import replace
from functools import cache
from http import HTTPStatus
from pathlib import Path

from catalogue.problems import format_name
from commands.serving.answers import HTML_TYPE, Answer

FOLDER = "/.preview/"  # no file of a site has such a name
EVENTS = f"{FOLDER}events/"  # a version follows, and what was saved since is told
SCRIPT = f"{FOLDER}preview.js"
POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
SCRIPTS = b"script-src "
END = b"</body>"


@cache
def read_script() -> bytes:
    """Return the script."""
    return Path(__file__).with_name("preview.js").read_bytes()


def add_script(page: bytes, version: str, follows: bool) -> bytes:
    """Return a page with the script before the end of its body.

    The script is told the version of the site, and a digest of the page, which says whether it has changed.
    """
    follow = " data-follow" if follows else ""
    source = hashlib.sha256(page).hexdigest()[:16]
    facts = f'data-version="{version}" data-source="{source}"{follow}'
    tag = f'<script type="module" src="{SCRIPT}" {facts}></script>'
    before, end, after = page.rpartition(END)
    if not end:
        before, after = page, b""
    return POLICY.sub(admit, before, count=1) + tag.encode() + end + after


def admit(policy: re.Match[bytes]) -> bytes:
    """Return the policy of a page that admits scripts of the preview's own address too."""
    text, own = policy[1], b"'self' "
    if SCRIPTS in text:
        admitted = text.replace(SCRIPTS, SCRIPTS + own, 1)
    else:
        admitted = text + b"; " + SCRIPTS + own.strip()
    return policy[0].replace(text, admitted)


def format_fault_page(text: str) -> bytes:
    """Return a page in place of one that cannot be drawn."""
    return (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>Preview</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>\n'
        f'<body><main id="main"><p>{html.escape(format_name(text))}</p></main></body>\n</html>\n'
    ).encode("utf-8", "replace")


def format_event(state: str) -> bytes:
    """Return a state as an event (HTML, 9.2, server-sent events); it is JSON, and so on one line."""
    return f"data: {state}\n\n".encode()


def show_live(answer: Answer, version: str, follows: bool) -> Answer:
    """Return the answer for a page with the script that lets it follow its source."""
    if answer.kind == HTML_TYPE:
        return replace(answer, data=add_script(answer.data, version, follows))
    if answer.status == HTTPStatus.SERVICE_UNAVAILABLE:
        page = format_fault_page(answer.data.decode("utf-8", "replace"))
        return replace(answer, data=add_script(page, version, follows), kind=HTML_TYPE)
    return answer
