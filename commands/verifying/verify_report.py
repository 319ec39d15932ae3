"""Put into words how a live site compares with a commit, and what that probably means."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from catalogue.dates import format_moment
from catalogue.problems import format_count, shorten
from commands.verifying.committed_site import Source
from commands.verifying.public_files import (
    DIFFERS,
    LEADS,
    MISSING,
    SAME,
    UNASKED,
    UNREAD,
    PublicFile,
    format_path,
)
from commands.verifying.strange_addresses import HOME, find_base

MOST_SHOWN = 20
LONGEST = 200  # characters of what a host says
STRANGE = "should not be there"
ORDER = (MISSING, DIFFERS, LEADS, STRANGE, UNREAD, UNASKED)
COUNTS = {  # of one file, and of more
    MISSING: ("is missing", "are missing"),
    DIFFERS: ("differs", "differ"),
    LEADS: ("leads elsewhere", "lead elsewhere"),
    UNREAD: ("could not be read", "could not be read"),
    UNASKED: ("was not asked for", "were not asked for"),
    STRANGE: ("is there that should not be", "are there that should not be"),
}
AGAIN = "type the same command again"


@dataclass(frozen=True)
class SiteComparison:
    """How a live site compares with a built one."""

    url: str  # of the live site, without its last slash
    siteurl: str  # that the other one was built for
    found: Mapping[str, PublicFile]  # by the name of each built file
    strange: Sequence[str]  # files that are live, and not built
    nowhere: str  # what is wrong with the answer at an address that is none
    since: float | None = None  # when a waiting text came due that the live site does not have yet

    @property
    def is_same(self) -> bool:
        """Whether readers get what was built, and nothing else."""
        has_all = all(live.state == SAME for live in self.found.values())
        return has_all and not self.strange and not self.nowhere

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """What is not as it should be: in which way, the name of the file, and what was seen."""
        rows = [(live.state, name, live.seen) for name, live in self.found.items()]
        rows += [(STRANGE, name, "") for name in self.strange]
        return sorted(
            (row for row in rows if row[0] != SAME), key=lambda row: (ORDER.index(row[0]), row[1])
        )


def describe_comparison(
    compared: SiteComparison, source: Source, size: int, zone: str
) -> list[str]:
    """Return what the author is told; `size` is that of the site in bytes, `zone` her own by its name."""
    title, count = source.title, format_count(len(compared.found), "file")
    lines = []
    if compared.is_same:
        lines.append(
            f"{compared.url}/ is what {title} builds: {count}, {size:,} bytes, all the same."
        )
    else:
        counts = Counter(state for state, *_ in compared.rows)
        parts = [
            f"{counts[each]:,} {COUNTS[each][counts[each] > 1]}" for each in ORDER if counts[each]
        ]
        if parts:
            seen = ", ".join(parts)
            lines.append(f"{compared.url}/ is not what {title} builds. Of {count}: {seen}.")
        else:
            seen = "all the same, but it does not answer as it should where there is no page"
            lines.append(f"{compared.url}/ has what {title} builds: {count}, {seen}.")
        lines += list_rows(compared)
        lines += explain(compared, source, zone)
    if source.changed:
        left = format_count(len(source.changed), "file here is", "files here are")
        lines.append(f"{left} not as in that commit, and left out.")
    return lines


def list_rows(compared: SiteComparison) -> list[str]:
    """Return a line for each of the first addresses that are not as they should be, and a count."""
    lines = []
    for state, name, seen in compared.rows[:MOST_SHOWN]:
        more = f" ({shorten(seen, LONGEST)})" if seen else ""
        lines.append(f"  {state}: {compared.url}{format_path(name)}{more}")
    if len(compared.rows) > MOST_SHOWN:
        lines.append(f"  ... and {len(compared.rows) - MOST_SHOWN:,} more")
    if compared.nowhere:
        lines.append(f"  seen: {compared.nowhere}")
    return lines


def explain(compared: SiteComparison, source: Source, zone: str) -> list[str]:
    """Return what a difference probably means, and what to do about it."""
    home = compared.found.get(HOME, PublicFile(MISSING))
    base = find_base(home.body)
    states = {state for state, *_ in compared.rows}
    if base and base != compared.siteurl:
        return [
            f"It was built for {shorten(base, LONGEST)}/. If that is right, type: python3 tasks.py "
            f"publish --verify {compared.url} --siteurl {shorten(base, LONGEST)}"
        ]
    if compared.since is not None:
        day = format_moment(datetime.fromtimestamp(compared.since, ZoneInfo(zone)))
        return [
            f"It is what this commit built until {day}, when a text that waited came due. The workflow "
            "publishes it in the hour after; at once: on GitHub, Actions → Pages → Run workflow. A site "
            "on a branch of its own waits for: python3 tasks.py publish --branch NAME"
        ]
    if states and states <= {UNREAD, UNASKED}:
        return [f"All that could be read is the same. For the rest, {AGAIN} in some minutes."]
    if not states:
        return [
            "GitHub Pages shows 404.html where there is no page. Set it as the page for that there, too."
        ]
    return [explain_age(compared, source)]


def explain_age(compared: SiteComparison, source: Source) -> str:
    """Return what is probably live instead, by the commit and by when the host got what it has."""
    if not source.is_sent:
        return (
            "No remote has this commit, as far as this copy knows. Publish it first, by: python3 "
            f"tasks.py publish, and {AGAIN} some minutes later."
        )
    moments = [
        live.changed for live in compared.found.values() if live.state != SAME and live.changed
    ]
    wait = (
        "GitHub needs some minutes for a new one, and its network shows a page for up to ten minutes "
        f"more. Wait that long, then {AGAIN}; if it stays so, look on GitHub under Actions."
    )
    if not moments:
        return f"Probably it is the last build still. {wait}"
    latest = max(moments)
    day = f"{format_moment(datetime.fromtimestamp(latest, UTC))} UTC"
    if latest < source.committed:
        return f"It is older than this commit ({day}): the last build still. {wait}"
    return (
        f"It is younger than this commit ({day}), so probably of another one, or built with other "
        "packages. Type: git pull, and compare again; on GitHub, Actions → Pages names the commit of "
        "each build."
    )
