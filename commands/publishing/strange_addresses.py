"""Find what a live site has at addresses that the built one does not have.

Nobody can ask a site for all that it has. It names its own addresses in its sitemap and its feeds, and at
an address that is none it has to say so.
"""

import re
from collections.abc import Mapping
from contextlib import closing
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote

from catalogue.addresses import SITE, address_file
from commands.link_care.failures import Failure
from commands.publishing.public_files import (
    MISSING,
    NOT_FOUND,
    SAME,
    PublicFile,
    PublicSite,
    format_path,
)

MOST_ASKED = 200  # addresses
LISTS = re.compile(r"sitemap(-\d+)?\.xml|feeds/.+|(.+/)?feed\.(atom|rss)\.xml|topics\.jsonld")
CANONICAL = re.compile(rb"""<link rel="canonical" href="([^"]+)">""")
HOME = address_file(SITE["home"])
NOWHERE = "no-such-page-of-this-site/"


def is_wanted(name: str) -> bool:
    """Return whether a file of a site tells something about others: a list of addresses, the home page."""
    return name == HOME or bool(LISTS.fullmatch(name))


def find_base(home: bytes) -> str:
    """Return the address that a site was built for, by its home page, without its last slash."""
    match = CANONICAL.search(home)
    return match[1].decode("utf-8", "replace").rstrip("/") if match else ""


def list_named(found: Mapping[str, PublicFile], siteurl: str) -> list[str]:
    """Return the files of the addresses below a site's that its own lists name, where these differ."""
    pattern = re.compile(re.escape(siteurl) + r"""(/[^\s"'<>&?#]*)""")
    names = set()
    for live in found.values():
        for match in pattern.finditer(live.body.decode("utf-8", "replace")):
            names.add(address_file(unquote(match[1], errors="replace")))
    return sorted(names)


def find_strange(site: PublicSite, found: Mapping[str, PublicFile], siteurl: str) -> list[str]:
    """Return the files, by name, that a live site names itself and has, and that are none of the built ones.

    `found` has an entry for each of those; `siteurl` is the address that they were built for.
    """
    strange = []
    names = [name for name in list_named(found, siteurl) if name not in found]
    with closing(site.connect()) as connection:
        for name in names[:MOST_ASKED]:
            if not site.may_go_on():
                break
            try:
                answer = site.ask(connection, format_path(name), 0)
            except Failure:
                continue
            if answer.status == HTTPStatus.OK:
                strange.append(name)
    return strange


def check_nowhere(
    site: PublicSite, found: Mapping[str, PublicFile], files: Mapping[str, Path]
) -> str:
    """Return what is wrong with the answer at an address that is none; nothing if all is right.

    Where 404.html itself is another one than here, `found` has that already.
    """
    is_known = NOT_FOUND in found and found[NOT_FOUND].state == SAME
    data = files[NOT_FOUND].read_bytes() if is_known else b""
    with closing(site.connect()) as connection:
        try:
            answer = site.ask(connection, f"/{NOWHERE}", len(data))
        except Failure as failure:
            return f"{failure.status}, at an address that is none"
    if answer.status != HTTPStatus.NOT_FOUND:
        return f"the answer {answer.status} at an address that is none, where 404 is right"
    is_own = not is_known or (answer.is_whole and answer.body == data)
    return "" if is_own else "another page than 404.html at an address that is none"


def is_lost(live: PublicFile | None) -> bool:
    """Return whether a live site has nothing at an address."""
    return live is None or live.state == MISSING
