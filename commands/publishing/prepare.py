"""Check, build and prove what is to be published, all on this machine."""

from dataclasses import dataclass

from building.build import build_site
from building.inputs import Run
from building.outcome import write_warnings
from catalogue.selection import Catalogue
from commands.publishing.address_ledger import plan_ledger
from commands.publishing.judge_texts import judge_texts
from commands.publishing.order import Order
from commands.publishing.own_files import OwnFile
from commands.publishing.public_settings import settle_settings


@dataclass(frozen=True)
class Prepared:
    """A site that is built and proved, the address that it was built for, and what is written with it."""

    catalogue: Catalogue
    siteurl: str
    files: list[OwnFile]


def prepare(order: Order, remote_address: str, ledger: tuple[str, bytes]) -> Prepared:
    """Return the site, built and proved, of which nothing is as it came with the copy.

    `remote_address` is where the repository is published to, `ledger` the commit that was published last,
    with the ledger of addresses in it. Raises CommandFault or Refused with what is wrong.
    """
    settled = settle_settings(order, remote_address)
    catalogue = judge_texts(settled.settings)
    files = [*settled.files, plan_ledger(order, catalogue, ledger)]
    run = Run(order.content, order.output, settled.settings, order.allow_shrink, has_output=False)
    outcome = build_site(run)
    write_warnings(outcome.warnings)
    return Prepared(catalogue, settled.siteurl, files)
