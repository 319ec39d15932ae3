"""Derive, once, the authority that begins the ids of a site's feeds and posts (RFC 4151).

An authority is a domain or an e-mail address that belongs to whoever makes the ids (RFC 4151, section
2.1). So it is the site's own domain where it has one. Where GitHub gives the site its host, a user's own
site, `ann.github.io`, has that host to itself; all her other sites lie below it, at `/books/` and so on,
and two of them with the host for their authority would give one id to two feeds, and to two posts of one
day and slug. Of these the address form is taken, `books@ann.github.io`: it may have every sign that a
repository's name may, which a part of a domain may not, so that two repositories never share one. Nobody
else can ever be given an address at a host that is hers; that it takes no mail is nothing to an id.

Below any other host lies what others may have as well: nothing is derived there, and the author is asked.
"""

from urllib.parse import unquote, urlsplit

from building.site_address import find_host, is_of_github, is_public
from catalogue.folder.domain import format_label

NAME = "FEED_AUTHORITY"
NOBODYS = (".example", ".invalid", ".localhost", ".test")  # domains of no one's (RFC 2606)
PROPOSAL = "you@example.org"


def is_example(authority: str) -> bool:
    """Return whether an authority is nobody's, as the one is that a copy of the project comes with."""
    return authority.endswith(NOBODYS)


def derive_authority(*addresses: str) -> str:
    """Return the authority that the first of some addresses of a site gives; empty if none gives any."""
    return next(filter(None, map(derive_from, addresses)), "")


def derive_from(address: str) -> str:
    """Return the authority that one address of a site gives; empty if it gives none."""
    from plugins.tag_uri import check_authority  # which a build with nothing to do never needs

    host = ".".join(map(format_label, find_host(address).removesuffix(".").split(".")))
    is_name = not host.rpartition(".")[2].isdigit()  # which the numbers of a network are not
    if not is_public(address) or is_example(host) or not is_name:
        return ""
    parts = [part for part in unquote(urlsplit(address).path).lower().split("/") if part]
    if parts and not (is_of_github(address) and len(parts) == 1):
        return ""
    authority = f"{parts[0]}@{host}" if parts else host
    return "" if check_authority(authority) else authority


def explain_example(place: str, proposal: str) -> str:
    """Return what is said of the example's authority; `place` is where it stands, with the line."""
    hint = "" if proposal else ", with an address of yours or your own domain"
    return (
        f"{place}: {NAME} is the example's still, and stands in the ids of your posts for ever. "
        f'Write: {NAME} = "{proposal or PROPOSAL}"{hint}'
    )
