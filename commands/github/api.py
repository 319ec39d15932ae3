"""Ask GitHub's REST API (version 2022-11-28) about the repository that a workflow runs in."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from http.client import HTTPException, HTTPMessage
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

NEEDED = ("GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_TOKEN")
SECONDS = 30  # for GitHub to answer
MOST_BYTES = 20_000_000  # of an answer
LATER = "It is tried again by the next run."


class NoAnswer(Exception):
    """Raised when GitHub does not do what it is asked for; its text says why, and what to do."""

    def __init__(self, text: str, code: int = 0) -> None:
        super().__init__(text)
        self.code = code  # of the answer (RFC 9110); 0 if there was none


class SameHost(HTTPRedirectHandler):
    """Follows GitHub to where a renamed repository is, and never takes the token to another host."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Return the request for the new address; None, which makes it an error, for another host."""
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def list_missing(environ: Mapping[str, str], needed: tuple[str, ...] = NEEDED) -> list[str]:
    """Return the variables of a workflow's run that are not set."""
    return [name for name in needed if not environ.get(name)]


def ask_github(
    path: str,
    environ: Mapping[str, str],
    data: Mapping[str, Any] | None = None,
    method: str = "",
) -> Any:
    """Return what GitHub answers about `path` of the repository, as data.

    With `data` it is sent by POST, or by `method`. Raises NoAnswer.
    """
    address = f"{environ['GITHUB_API_URL']}/repos/{environ['GITHUB_REPOSITORY']}/{path}"
    headers = {
        "Accept": "application/vnd.github+json",
        "Authorization": f"Bearer {environ['GITHUB_TOKEN']}",
        "User-Agent": "Libraries-Got-Game",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    body = json.dumps(data).encode() if data is not None else None
    verb = method or ("GET" if body is None else "POST")
    try:
        request = Request(address, body, headers, method=verb)  # noqa: S310 - GitHub's own address, by its variable
        with build_opener(SameHost).open(request, timeout=SECONDS) as answer:
            return json.loads(answer.read(MOST_BYTES) or b"{}")
    except HTTPError as error:
        with error:
            what_to_do = explain_code(error.code)
        raise NoAnswer(
            f"it answers {error.code} ({error.reason}). {what_to_do}", error.code
        ) from None
    except (URLError, OSError, HTTPException, ValueError) as error:
        raise NoAnswer(f"{error}. {LATER}") from None


def explain_code(code: int) -> str:
    """Return what to do about an answer."""
    if code in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND):
        return (
            "Open Actions in the repository: if a yellow bar says that workflows are off or paused, "
            "press its button."
        )
    return LATER
