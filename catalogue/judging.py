"""Judge what was read of a content folder: what of it is published, and all that is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from catalogue.address_ledger import NO_LEDGER, AddressLedger
from catalogue.dates import AFTER_ALL
from catalogue.folder.media import Media
from catalogue.kept_addresses import keep_addresses
from catalogue.problems import Problem
from catalogue.records import Record
from catalogue.rules import judge, leave_out_repeated
from catalogue.rules.shared_addresses import check_places
from catalogue.selection import Catalogue, select


@dataclass(frozen=True)
class View:
    """Of when and for whom a site is selected."""

    zone: ZoneInfo
    now: datetime
    per_page: int  # posts that a page of a list has
    preview: bool = False  # drafts and scheduled posts are shown too
    names: tuple[str, ...] = ()  # how the site's author and the site are called
    ledger: AddressLedger = NO_LEDGER  # of the addresses that were published
    authority: str = ""  # begins the ids of new posts in feeds

    def select(self, records: dict[str, Record], media: Mapping[str, Media]) -> Catalogue:
        """Return the catalogue of what was read, by path, without its problems."""
        found = select(records, media, self.zone, self.now, self.per_page, self.preview)
        return keep_addresses(found, self.ledger, self.authority)


def judge_records(
    records: dict[str, Record],
    media: Mapping[str, Media],
    problems: Sequence[Problem],
    view: View,
) -> Catalogue:
    """Return the catalogue of what was read, by path, with `problems` and all that is found besides."""
    catalogue = later = view.select(records, media)
    if catalogue.scheduled and not view.preview:  # what waits is judged as of its own day
        later = replace(view, now=AFTER_ALL).select(records, media)
    faulty = {problem.path for problem in problems if problem.level == "error"}
    found = [*problems, *judge(catalogue, later, view.names, faulty)]
    found += check_places(later.claims)  # of drafts too: the preview writes their files
    return replace(catalogue, problems=leave_out_repeated(found))
