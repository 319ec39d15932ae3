"""Read the settings for a build that may go public, and refuse what must not stand there for ever."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from building.feed_authority import NAME, derive_authority, explain_example, is_example
from building.settings import is_site_address, read_constants
from building.site_address import follow_domain, format_pages, is_of_machine, is_public
from catalogue.folder.domain import read_domain
from catalogue.problems import Refused

REPOSITORY = "GITHUB_REPOSITORY"  # in a workflow: the owner and the name, with a slash between them


def read_public_settings(content: Path, siteurl: str = "") -> dict[str, Any]:
    """Return the settings of the site of a content folder, with the address that it is built for.

    `siteurl` is the address that is asked for, if any. Raises Refused for a public address with the ids
    of the example; ends the run with exit code 2 for what is no address.
    """
    settings = {**read_constants(), "PATH": str(content.absolute())}
    if siteurl:
        settings["SITEURL"] = check_siteurl(siteurl)
    address = settings.get("SITEURL")
    if not isinstance(address, str) or not is_site_address(address):
        return settings  # which is refused with all other faults
    if not (siteurl and is_of_machine(siteurl)):  # who asks for this machine gets it
        settings["SITEURL"] = follow_domain(address, read_domain(content))
    check_authority(settings, content)
    return settings


def read_site_settings(content: Path) -> dict[str, Any]:
    """Return the settings of the site of a content folder, with the address that readers have.

    Raises Refused for settings that no site can have.
    """
    from building.check_settings import check_settings  # slow to load, and no build needs it here
    from building.judge_readings import settle_settings

    settings = read_constants()
    check_settings(settings)
    return settle_settings(settings, content)


def check_siteurl(siteurl: str) -> str:
    """Return the site's address without its last slash; end the run for what is none."""
    if not is_site_address(siteurl):
        print(
            f"{siteurl} is not the address of a site. Write it in full, like: "
            "--siteurl https://example.github.io/blog",
            file=sys.stderr,
        )
        raise SystemExit(2)
    return siteurl.rstrip("/")


def check_authority(settings: Mapping[str, Any], content: Path) -> None:
    """Raise Refused if a site would go public with ids that begin as those of every other copy."""
    address = settings["SITEURL"]
    if not is_public(address) or not is_example(str(settings.get(NAME, ""))):
        return
    from building.check_settings import format_setting_place

    domain = read_domain(content)
    user, _, name = os.environ.get(REPOSITORY, "").partition("/")
    proposal = derive_authority(
        f"https://{domain}" if domain else "", address, format_pages(user, name) if name else ""
    )
    place = format_setting_place(NAME, settings)
    raise Refused(f"{explain_example(place, proposal)}\nThe site is unchanged.")
