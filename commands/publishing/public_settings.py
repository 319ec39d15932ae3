"""Settle the settings that a site is published with: its address, the ids of its feeds, its author."""

from dataclasses import dataclass
from typing import Any

from building.feed_authority import NAME
from commands.publishing.authority import plan_authority, propose_authority
from commands.publishing.order import Order
from commands.publishing.own_files import OwnFile
from commands.publishing.ready import check_ready
from commands.publishing.site_address import find_siteurl


@dataclass(frozen=True)
class Settled:
    """The settings of a public site, and the files that publishing writes so that they stay."""

    settings: dict[str, Any]
    files: list[OwnFile]

    @property
    def siteurl(self) -> str:
        """The address of the site, without a slash at its end."""
        return str(self.settings["SITEURL"])


def settle_settings(order: Order, remote_address: str) -> Settled:
    """Return the settings of the site of an order; `remote_address` is where the repository goes to.

    Raises CommandFault with all that is as it came with the copy and has to be the author's own.
    """
    siteurl = find_siteurl(order, remote_address)
    settings = {**order.settings, "PATH": str(order.content), "SITEURL": siteurl}
    proposal = propose_authority(order, siteurl, remote_address)
    file = plan_authority(order, proposal)
    if file:
        settings[NAME] = proposal
    check_ready(settings, order.root, order.content, proposal)
    return Settled(settings, [file] if file else [])
