"""Judge a content folder as it would be after a change, before anything is written."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from building.check_settings import check_settings
from building.judge_readings import judge_readings, make_view, settle_settings
from catalogue.folder.layout import select_kind
from catalogue.memory import FolderMemory, Readings
from catalogue.problems import Problem
from catalogue.project import ROOT
from catalogue.record_reader import read_record
from catalogue.records import Record
from catalogue.selection import Catalogue


class Trial:
    """What was read of a content folder, to be judged with one change or another."""

    def __init__(self, content: Path, settings: Mapping[str, Any]) -> None:
        """Read the whole folder. Raises Refused for settings that no site can have."""
        check_settings(settings)
        self.settings = settle_settings(settings, content)
        self.language: str = settings["DEFAULT_LANG"]
        cache = ROOT / settings["READING_CACHE"] if settings["READING_CACHE"] else None
        self.memory = FolderMemory(content, cache, self.language)
        self.readings = self.memory.read()

    def read(self, path: str, data: bytes) -> Record:
        """Return the record that a text at this path would have, below the content folder."""
        kind = select_kind(path)
        reader = self.memory.reader.find_reader(kind)
        return read_record(path, kind, data, reader, self.language)

    def make_reader(self, path: str) -> Callable[[bytes], Record]:
        """Return a function that reads the bytes of the text at this path."""
        return lambda data: self.read(path, data)

    def judge(
        self,
        changed: Mapping[str, bytes] | None = None,
        rename: Callable[[str], str] = lambda path: path,
    ) -> Catalogue:
        """Return the catalogue with other texts in some files, by their new paths.

        `rename` returns the new path of a file, which is the same for most.
        """
        records = {rename(path): record for path, record in self.readings.records.items()}
        media = {rename(path): each for path, each in self.readings.media.items()}
        for path, data in (changed or {}).items():
            records[path] = self.read(path, data)
        ordered = {path: records[path] for path in sorted(records)}
        readings = Readings(ordered, media, self.readings.problems)
        return judge_readings(self.settings, readings, make_view(self.settings))


def list_own(before: Catalogue, after: Catalogue, path: str) -> list[Problem]:
    """Return what is wrong with a post and its comments, and what a change of it brings to others."""
    own = {path, *(comment.path for comment in after.filed.get(path, ()))}
    mine = [problem for problem in after.problems if problem.path in own]
    return sorted({*mine, *list_new(before.problems, after.problems)})


def list_new(before: Iterable[Problem], after: Iterable[Problem]) -> list[Problem]:
    """Return the problems that a change brings: a line may be another one for the same problem."""
    known = {(problem.path, problem.level, problem.text) for problem in before}
    return sorted({found for found in after if (found.path, found.level, found.text) not in known})


def restore_lines(
    problems: Iterable[Problem], path: str, before: bytes, after: bytes
) -> list[Problem]:
    """Return problems that were found in a changed file at the lines that it has without the change."""
    steps = SequenceMatcher(None, before.splitlines(), after.splitlines(), False).get_opcodes()
    places = {
        number + 1: min(start + number - first, max(end - 1, start)) + 1
        for _, start, end, first, last in steps
        for number in range(first, last)
    }
    return [
        replace(found, line=places.get(found.line, found.line)) if found.path == path else found
        for found in problems
    ]
