"""Find the address that a published site is built for."""

from urllib.parse import urlsplit

from building.settings import is_site_address
from commands.publishing.order import Order
from commands.writing.post_files import CommandFault
from commands.writing.setup_guesses import guess_address


def find_siteurl(order: Order, remote_address: str) -> str:
    """Return the address of the site: what is typed, the settings', or what GitHub makes of the remote.

    Raises CommandFault for what is no address, and for one of this machine where the site itself goes up.
    """
    if order.siteurl and not is_site_address(order.siteurl):
        raise CommandFault(
            f"{order.siteurl} is not the address of a site. Write it in full, like: "
            "--siteurl https://example.github.io/blog"
        )
    siteurl = order.siteurl or str(order.settings["SITEURL"])
    if is_of_machine(siteurl):
        siteurl = guess_address(remote_address, order.content) or siteurl
    if order.pages and is_of_machine(siteurl):
        raise CommandFault(
            "Where readers will find the site is not known: SITEURL is an address of this machine. "
            'Write it into pelicanconf.py, like: SITEURL = "https://example.github.io/blog", or type '
            "it after --siteurl. Nothing was published.",
            1,
        )
    return siteurl.rstrip("/")


def is_of_machine(siteurl: str) -> bool:
    """Return whether an address leads to this machine, whoever asks for it."""
    host = urlsplit(siteurl).hostname or ""
    return host in {"", "localhost", "::1"} or host.startswith("127.")
