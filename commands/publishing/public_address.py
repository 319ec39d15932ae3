"""Find the live site at an address that was typed, and refuse what is none or leads elsewhere."""

from collections.abc import Callable
from contextlib import closing
from http import HTTPStatus

from building.settings import is_site_address
from catalogue.problems import shorten
from commands.link_care.ask import REDIRECTS
from commands.link_care.failures import BROKEN, UNSURE, Failure
from commands.publishing.public_files import GONE, PublicSite
from commands.writing.post_files import CommandFault

LONGEST = 200  # characters of an address that a host names
OpenPublic = Callable[[str], PublicSite]


def check_address(url: str) -> str:
    """Return the address of a site without its last slash. Raises CommandFault for what is none."""
    if not is_site_address(url) or "@" in url:
        raise CommandFault(
            f"{url} is not the address of a site. Write it in full, like: "
            "--verify https://example.github.io/blog"
        )
    return url.removesuffix("/index.html").rstrip("/")


def open_public(url: str, open_site: OpenPublic) -> PublicSite:
    """Return the live site at an address. Raises CommandFault for what is none."""
    try:
        return open_site(url)
    except Failure as failure:
        raise CommandFault(
            f"{url} is not the address of a site ({failure.status}). Write it in full, like: "
            "--verify https://example.github.io/blog"
        ) from None


def check_reached(live: PublicSite, url: str) -> None:
    """Raise CommandFault if there is no site at an address, or none that can be reached."""
    with closing(live.connect()) as connection:
        try:
            answer = live.ask(connection, "/", 0)
        except Failure as failure:
            raise CommandFault(explain_unreached(url, failure), 1) from None
    if answer.status in REDIRECTS:
        target = shorten(answer.headers.get("location", "").rstrip("/"), LONGEST)
        raise CommandFault(
            f"{url}/ leads to {target}, and no redirect is followed here. If that is the site, type: "
            f"python3 tasks.py publish --verify {target}",
            1,
        )
    if answer.status in GONE:
        raise CommandFault(
            f"{url}/ answers {answer.status}: there is no site. On GitHub, Settings → Pages says whether it "
            "is published, and at which address; a new one takes some minutes.",
            1,
        )
    if answer.status != HTTPStatus.OK:
        seen = f"{url}/ answers {answer.status}"
        raise CommandFault(f"{seen}. Type the same command again in some minutes.", 1)


def explain_unreached(url: str, failure: Failure) -> str:
    """Return why a site cannot be reached, and what to do."""
    if failure.kind in (BROKEN, UNSURE):
        return (
            f"{url}/ cannot be trusted: {failure.status}. On GitHub, Settings → Pages says whether "
            "HTTPS is ready; for a new domain that takes up to a day."
        )
    return (
        f"{url}/ cannot be reached: {failure.status}. Look whether this is its address, and whether "
        f"this computer is on the network, then type the same command again."
    )
