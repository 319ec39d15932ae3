"""Put something in the place of what is wrong, so that a preview can show all that is right.

A text that is wrong is shown as it last was; one that never was right, as far as it goes. The problems
are told beside it, and stop every build.
"""

import posixpath
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from catalogue.folder.media import Media
from catalogue.memory import Readings
from catalogue.problems import Problem
from catalogue.records import Record
from catalogue.rules.shared_addresses import check_places
from catalogue.selection import Catalogue

Judge = Callable[[Readings], Catalogue]


class StandIns:
    """What stands in for the files that are wrong: each as it was when it was last right."""

    def __init__(self) -> None:
        """Begin with nothing that was right."""
        self.records: dict[str, Record] = {}
        self.media: dict[str, Media] = {}

    def judge(
        self, readings: Readings, judge: Judge, now: datetime
    ) -> tuple[Catalogue, list[Problem]]:
        """Return a catalogue that can be shown, and all that is wrong with the files as they are.

        `judge` returns the catalogue of readings with its problems, `now` is the date of a post that
        has none.
        """
        catalogue = judge(readings)
        told = catalogue.problems
        broken = list_broken(told)
        for path, record in readings.records.items():
            if path not in broken:
                self.records[path] = record
        for path, media in readings.media.items():
            if path not in broken:
                self.media[path] = media
        self.forget_all_but(readings)
        if broken:
            catalogue = judge(self.replace(readings, broken, now))
            while (
                clashing := list_broken(check_places(catalogue.claims)) & catalogue.records.keys()
            ):
                # One that had the address before keeps it.
                losing = clashing - self.records.keys() or {max(clashing)}
                kept = {p: r for p, r in catalogue.records.items() if p not in losing}
                catalogue = judge(Readings(kept, dict(catalogue.media), []))
        return catalogue, told

    def replace(self, readings: Readings, broken: Iterable[str], now: datetime) -> Readings:
        """Return the readings with something in the place of each file that is wrong."""
        records, media = dict(readings.records), dict(readings.media)
        for path in broken:
            if path in records:
                records[path] = self.records.get(path) or settle_text(records[path], now)
            elif path in media:
                media[path] = self.media.get(path) or replace(media[path], problems=[])
        unread = [path for path, record in records.items() if is_unreadable(record)]
        for path in unread:
            del records[path]
        return Readings(records, media, [])

    def forget_all_but(self, readings: Readings) -> None:
        """Forget the files that are gone."""
        for kept, present in ((self.records, readings.records), (self.media, readings.media)):
            for path in kept.keys() - present.keys():
                del kept[path]


def list_broken(problems: Iterable[Problem]) -> set[str]:
    """Return the paths of the files that have an error."""
    return {problem.path for problem in problems if problem.level == "error"}


def settle_text(record: Record, now: datetime) -> Record:
    """Return a text that has an error with what its page cannot do without."""
    values = dict(record.values)
    title = record.title or posixpath.splitext(posixpath.basename(record.path))[0]
    if record.kind in ("post", "comment"):
        values.setdefault("Date", now.replace(microsecond=0, tzinfo=None).isoformat())
    return replace(record, title=title, values=values, problems=[])


def is_unreadable(record: Record) -> bool:
    """Return whether there is too little of a comment to be shown."""
    return record.kind == "comment" and "Author" not in record.values
