"""Find the address that a published site is built for."""

from building.settings import is_site_address
from building.site_address import follow_domain, is_of_machine
from catalogue.folder.domain import read_domain
from commands.publishing.order import Order
from commands.writing.post_files import CommandFault
from commands.writing.setup_guesses import guess_pages


def find_siteurl(order: Order, remote_address: str) -> str:
    """Return the address of the site: what is typed, the settings', or what GitHub makes of the remote.

    A domain of the author's own takes the place of one of GitHub's. Raises CommandFault for what is no
    address, and for one of this machine where the site itself goes up.
    """
    if order.siteurl and not is_site_address(order.siteurl):
        raise CommandFault(
            f"{order.siteurl} is not the address of a site. Write it in full, like: "
            "--siteurl https://example.github.io/blog"
        )
    siteurl = order.siteurl or str(order.settings["SITEURL"])
    if is_of_machine(siteurl):
        siteurl = guess_pages(remote_address) or siteurl
    siteurl = follow_domain(siteurl, read_domain(order.content))
    if order.pages and is_of_machine(siteurl):
        raise CommandFault(
            "Where readers will find the site is not known: SITEURL is an address of this machine. "
            'Write it into pelicanconf.py, like: SITEURL = "https://example.github.io/blog", or type '
            "it after --siteurl. Nothing was published.",
            1,
        )
    return siteurl
