"""Find out whether a live site is what a commit built before a text that waited came due."""

from collections.abc import Mapping

from commands.publishing.committed_site import Built, CommittedSite, Source
from commands.publishing.public_files import SAME, PublicFile, PublicSite
from commands.publishing.strange_addresses import is_lost
from commands.publishing.verify_report import SiteComparison

MOST_MOMENTS = 4  # at which texts came due since the commit, and which are tried one by one


def find_moment(
    site: CommittedSite, source: Source, live: PublicSite, built: Built, compared: SiteComparison
) -> float | None:
    """Return the moment until which the live site was what the commit builds; None if it never was.

    A post that waited when it was committed, and has come due, is on the site with the next build only.
    """
    newest = built.newest
    for _ in range(MOST_MOMENTS):
        if not source.committed < newest or compared.strange or compared.nowhere:
            return None
        earlier = site.build(newest - 1)
        if is_live(earlier, live, built, compared.found):
            return newest
        newest = earlier.newest
    return None


def is_live(earlier: Built, live: PublicSite, now: Built, found: Mapping[str, PublicFile]) -> bool:
    """Return whether an earlier build is what a live site has, of which the present one is known."""
    if not all(is_lost(found[name]) for name in found if name not in earlier.digests):
        return False
    asked = {
        name: path
        for name, path in earlier.files.items()
        if found.get(name, PublicFile("")).state != SAME
        or earlier.digests[name] != now.digests[name]
    }
    return all(each.state == SAME for each in live.compare(asked).values())
