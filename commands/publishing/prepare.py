"""Check, build and prove what is to be published, all on this machine."""

from dataclasses import dataclass

from building.build import build_site
from building.inputs import Run
from building.judge_site import judge_site
from catalogue.problems import count_errors, format_count, write_report
from catalogue.selection import Catalogue
from commands.publishing.order import Order
from commands.publishing.ready import check_ready
from commands.publishing.site_address import find_siteurl
from commands.writing.post_files import CommandFault


@dataclass(frozen=True)
class Prepared:
    """A site that is built and proved: its catalogue, and the address that it was built for."""

    catalogue: Catalogue
    siteurl: str


def prepare(order: Order, remote_address: str) -> Prepared:
    """Return the site, built and proved, of which nothing is as it came with the copy.

    `remote_address` is where the repository is published to. Raises CommandFault or Refused with what is
    wrong.
    """
    siteurl = find_siteurl(order, remote_address)
    check_ready(order.settings, order.root, order.content, siteurl)
    settings = {**order.settings, "PATH": str(order.content), "SITEURL": siteurl}
    catalogue = judge_site(settings)
    write_report(catalogue.problems, order.content)
    if errors := count_errors(catalogue.problems):
        count = format_count(errors, "error is", "errors are")
        raise CommandFault(
            f"{count} to be mended first: each line above says how. Nothing was published.", 1
        )
    build_site(Run(order.content, order.output, settings, order.allow_shrink))
    return Prepared(catalogue, siteurl)
