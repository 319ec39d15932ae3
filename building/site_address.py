"""Find the address that a site is built for, and what is wrong with it.

It is what is given for one build (by `--siteurl`, or as `SITE_URL` in the workflow), else the setting
SITEURL. A domain of the author's own, in `content/extra/CNAME`, is where readers are led from any address
of GitHub's, so it takes the place of such a one, and of that of this machine; against any other address
it is a contradiction, which only the author can end.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from building.settings import FILES, is_site_address, relate_file
from catalogue.folder.domain import DOMAIN_FILE, GITHUB, read_domain
from catalogue.problems import Problem
from catalogue.project import ROOT

# Names that no reader elsewhere can ask for (RFC 2606, RFC 6761, RFC 6762, RFC 8375, RFC 9476).
NOWHERE = frozenset("alt arpa internal invalid lan local localhost onion test".split())


def find_host(address: str) -> str:
    """Return the host of an address in small letters; empty if it has none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # of brackets that hold none
        return ""


def is_of_machine(address: str) -> bool:
    """Return whether an address leads to this machine, whoever asks for it."""
    host = find_host(address)
    return host in {"", "localhost", "::1"} or host.startswith("127.")


def is_public(address: str) -> bool:
    """Return whether readers anywhere may have an address: not of this machine, and not of one network."""
    host = find_host(address).removesuffix(".")
    with suppress(ValueError):
        return ip_address(host).is_global
    return "." in host and host.rpartition(".")[2] not in NOWHERE


def is_of_github(address: str) -> bool:
    """Return whether GitHub itself has given an address to a site."""
    return find_host(address).endswith(f".{GITHUB}")


def format_pages(user: str, name: str) -> str:
    """Return the address of a repository's site on GitHub Pages."""
    host = f"{user.lower()}.{GITHUB}"
    return f"https://{host}" if name.lower() == host else f"https://{host}/{name}"


def follow_domain(address: str, domain: str) -> str:
    """Return the address of a site without its last slash; `domain` is its own, empty for none."""
    if domain and (is_of_machine(address) or is_of_github(address)):
        return f"https://{domain}"
    return address.rstrip("/")


def is_against(address: str, domain: str) -> bool:
    """Return whether a site cannot have both an address and a domain, at whose root it would lie."""
    if not domain or not is_public(address) or is_of_github(address):
        return False  # of one network it may be tried out under any
    parts = urlsplit(address)
    return parts.hostname != domain or parts.path.strip("/") != ""


def explain_against(address: str, domain: str) -> str:
    """Return what is said of an address and a domain that contradict each other."""
    file, line = locate_address(address)
    where = (
        f"SITEURL in {file}:{line}" if line else "what the build was given (--siteurl or SITE_URL)"
    )
    return (
        f"This line says that the domain of the site is {domain}, and {where} that it is found at "
        f"{address}. If the domain is right, write https://{domain} there; if the address is, delete this "
        "file, or write the host of the address here"
    )


def judge_site_address(settings: Mapping[str, Any], problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems of a site with those of its address; the settings are good each for itself.

    That a domain is there is worth a warning only to who has not written it into the settings too.
    """
    address, content = str(settings["SITEURL"]), Path(settings["PATH"])
    found = [*problems]
    if domain := read_domain(content):
        if is_named(domain):
            found = [each for each in found if (each.path, each.level) != (DOMAIN_FILE, "warning")]
        if is_against(address, domain):
            found.append(Problem(DOMAIN_FILE, 1, "error", explain_against(address, domain)))
    if address.startswith("http://") and is_public(address):
        file, line = locate_address(address)
        found.append(
            Problem(relate_file(file, content), line, "warning", explain_open(address, line > 0))
        )
    return found


def explain_open(address: str, is_written: bool) -> str:
    """Return what is said of an address by which everybody on the way reads along."""
    seen = f"The site is built for {address}, and on the way everybody can read and change what is sent"
    if is_written:
        return f'{seen}. Write: SITEURL = "https{address[4:]}"'
    return (
        f"{seen}. On GitHub, tick Settings → Pages → Enforce HTTPS and run the workflow again; elsewhere "
        f"build it for https{address[4:]}"
    )


def locate_address(address: str) -> tuple[str, int]:
    """Return the file of the settings and the line that an address stands in; line 0 if it was given."""
    for file in FILES[::-1]:
        for line, text in list_texts(file):
            if text.rstrip("/") == address.rstrip("/"):
                return file, line
    return FILES[1], 0


def is_named(domain: str) -> bool:
    """Return whether the settings name a domain too, so that it is no surprise to who wrote them."""
    texts = [text for file in FILES for _, text in list_texts(file)]
    return any(
        text == domain or (is_site_address(text) and find_host(text) == domain) for text in texts
    )


def list_texts(file: str) -> Iterator[tuple[int, str]]:
    """Yield the texts in a file of the settings, each with its line."""
    for node in ast.walk(ast.parse((ROOT / file).read_bytes())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
