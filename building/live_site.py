"""The site of a content folder in memory, brought up to date as its files change: what a preview shows.

A text that was saved is read and its page drawn at once, on what was known of all others; then all is
judged anew, and every page is again what a build would write.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from building.judge_readings import judge_readings, make_view
from building.live_pages import LivePages
from building.stand_ins import StandIns
from building.variants import add_variants
from catalogue.memory import FolderMemory
from catalogue.problems import Problem, Refused, count_errors
from catalogue.project import ROOT
from catalogue.records import Record
from catalogue.selection import Catalogue

# While these stay the same, so does everybody's address.
PLACING = ("Date", "Status", "Slug", "Aliases")


class LiveSite:
    """The site of one content folder with one state of the settings, of the code and of the words."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        """Begin with nothing read. `settings` are those of the site, checked."""
        self.settings = settings
        cache = ROOT / settings["READING_CACHE"] if settings["READING_CACHE"] else None
        self.memory = FolderMemory(Path(settings["PATH"]), cache, settings["DEFAULT_LANG"])
        self.stand_ins = StandIns()
        self.pages = LivePages(settings)
        self.catalogue: Catalogue | None = None
        self.problems: list[Problem] = []

    def update(self) -> None:
        """Read what has changed, judge everything, and prepare all files.

        Raises Refused with what is wrong, or without a word if `problems` say it, if the site cannot be
        shown as it is now.
        """
        readings, view = self.memory.read(), make_view(self.settings)
        catalogue, self.problems = self.stand_ins.judge(
            readings, lambda found: judge_readings(self.settings, found, view), view.now
        )
        if not catalogue.records:
            raise Refused("")
        catalogue = add_variants(self.settings, catalogue, lambda _: None)
        self.pages.replace(catalogue)
        self.catalogue = catalogue

    def update_text(self, path: str) -> bool:
        """Read one text again and prepare its page; return False if there is no such short way.

        The page is drawn with what was known of the others, so `update` has to follow.
        """
        if self.catalogue is None or path not in self.catalogue.addresses:
            return False
        known = self.catalogue.records.get(path)
        if known is None:
            return False
        record = self.memory.read_text(path, known.kind)
        if not count_errors(record.problems):
            is_shown = self.is_placed_alike(known, record) and self.pages.renew(
                record, self.catalogue.addresses[path]
            )
            if not is_shown:
                return False
        self.problems = [*(each for each in self.problems if each.path != path), *record.problems]
        return True

    def is_placed_alike(self, known: Record, record: Record) -> bool:
        """Return whether a text stands where it stood, and all its links lead to what is known."""
        assert self.catalogue
        targets, planned = self.catalogue.targets, self.catalogue.planned
        return (
            known.slug == record.slug
            and all(known.values.get(key) == record.values.get(key) for key in PLACING)
            and all(
                not link.target or link.target in targets or link.target in planned
                for link in record.links
            )
        )

    def find_addresses(self, paths: Iterable[str]) -> list[str]:
        """Return the addresses of the pages that show texts: a comment is on the page of its post."""
        if self.catalogue is None:
            return []
        posts = {each.path: post for post, group in self.catalogue.filed.items() for each in group}
        found = (self.catalogue.addresses.get(posts.get(path, path)) for path in paths)
        return [address for address in found if address]
