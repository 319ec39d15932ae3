"""Say of a live site whether it is what the commit that is checked out builds."""

from dataclasses import replace

from building.outcome import show_progress
from commands.publishing.came_due import find_moment
from commands.publishing.committed_site import open_committed, read_source
from commands.publishing.order import Order
from commands.publishing.public_address import OpenPublic, check_address, check_reached, open_public
from commands.publishing.public_files import PublicSite
from commands.publishing.strange_addresses import check_nowhere, find_strange, is_wanted
from commands.publishing.verify_report import SiteComparison, describe_comparison
from commands.publishing.work_folder import open_work


def verify_site(order: Order, url: str, open_site: OpenPublic = PublicSite) -> int:
    """Compare the site at an address with the committed one, print what was found; return the exit code.

    The site is built for `order.siteurl`, or for the address itself. Exit codes: 0 they are the same, 1 they
    are not. Raises CommandFault for what is no address, for a site that cannot be reached, and without a
    commit; Refused for texts that cannot be built.
    """
    url, siteurl = (check_address(each) for each in (url, order.siteurl or url))
    source = read_source(order.root)
    live = open_public(url, open_site)
    check_reached(live, url)
    print(f"Building {source.title} for {siteurl}/", flush=True)
    with (
        open_work(source.folder) as work,
        open_committed(order, source, siteurl, work) as site,
        show_progress() as progress,
    ):
        progress("Building")
        built = site.build()
        count = len(built.digests)
        size = sum(path.stat().st_size for path in built.files.values())
        found = live.compare(
            built.files, is_wanted, lambda done: progress(f"Asking {url}/: {done:,} of {count:,}")
        )
        nowhere = check_nowhere(live, found, built.files)
        compared = SiteComparison(url, siteurl, found, find_strange(live, found, siteurl), nowhere)
        if not compared.is_same:
            compared = replace(compared, since=find_moment(site, source, live, built, compared))
    print("\n".join(describe_comparison(compared, source, size, order.settings["TIMEZONE"])))
    return 0 if compared.is_same else 1
