"""Know which requests come from this machine: from the person, or from a page of the preview itself."""

import re
from collections.abc import Collection
from email.message import Message
from urllib.parse import urlsplit

HOST, HOST_6 = "127.0.0.1", "::1"
NAMES = ("localhost", HOST, f"[{HOST_6}]")


def name_hosts(port: int) -> frozenset[str]:
    """Return what a browser of this machine writes after `Host:` for a port (RFC 9110, 7.2)."""
    return frozenset([*(f"{name}:{port}" for name in NAMES), *(NAMES if port == 80 else ())])


def split_target(target: str) -> tuple[str, str]:
    """Return the host that a request's target names, if it does, and its path (RFC 9112, 3.2).

    Raises ValueError for what names no page.
    """
    if target.startswith("/"):
        return "", re.split(r"[?#]", target, maxsplit=1)[0]
    parts = urlsplit(target)
    if parts.scheme != "http" or not parts.netloc:
        raise ValueError(target)
    return parts.netloc, parts.path or "/"


def is_for_this_machine(host: str, headers: Message, hosts: Collection[str]) -> bool:
    """Return whether a request names this machine: once in its headers, and in its target if at all."""
    named = [str(value).strip().lower() for value in headers.get_all("Host", [])]
    return len(named) == 1 and named[0] in hosts and (not host or host.lower() in hosts)


def is_foreign(headers: Message, hosts: Collection[str]) -> bool:
    """Return whether a page of another site sent the request, and not the person.

    As the browser tells in Origin (RFC 6454) and in Sec-Fetch-* (W3C, Fetch Metadata), which no page
    can alter. An address that was typed and a link that was followed, wherever from, are the person's.
    """
    if headers.get("Sec-Fetch-Mode") == "navigate" and headers.get("Sec-Fetch-Dest") == "document":
        return False
    origins = headers.get_all("Origin", [])
    own = {f"http://{host}" for host in hosts}
    site = headers.get("Sec-Fetch-Site", "none")
    return site not in ("none", "same-origin") or any(str(each) not in own for each in origins)
