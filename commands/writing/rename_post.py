"""Prepare all files that change when a post is renamed, and write none."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from catalogue.problems import count_errors, write_report
from catalogue.records import Record
from catalogue.selection import Catalogue
from commands.writing.link_edit import LinkStays
from commands.writing.post_files import CommandFault, check_place, format_place
from commands.writing.relink import relink, relink_full
from commands.writing.rename_plan import (
    Renaming,
    check_free,
    is_public,
    plan_renaming,
    write_header,
)
from commands.writing.trial import Trial
from commands.writing.write_files import File


@dataclass(frozen=True)
class Rename:
    """All that a renaming changes."""

    renaming: Renaming
    files: list[File]  # to be written, once all has been moved
    changed: dict[str, bytes]  # the texts that differ or lie elsewhere then, by their new paths
    has_alias: bool  # the old address leads to the new one


def prepare_rename(
    path: Path, title: str, trial: Trial, catalogue: Catalogue, content: Path
) -> Rename | None:
    """Return what changes when the post in the file `path` gets a title; None if it has that already.

    `catalogue` is the judged one. Raises CommandFault if the post cannot be renamed.
    """
    check_place(content, path)
    place = format_place(content, path)
    record = catalogue.records.get(path.relative_to(content).as_posix())
    if record is None or not record.title:
        raise CommandFault(f"{place}: this file cannot be read. Type: python3 tasks.py check", 1)
    if count_errors(record.problems):
        write_report(record.problems, content)
        raise CommandFault("Mend that first. Nothing was changed.", 1)
    renaming = plan_renaming(record, title, list_comment_folders(record, catalogue, content))
    if title == record.values["Title"] and not renaming.is_moved:
        return None
    check_free(renaming, content, place)
    has_alias = renaming.is_moved and is_public(record, catalogue.now, catalogue.zone, content)
    own = write_header(path.read_bytes(), renaming, place, has_alias)
    changed: dict[str, bytes] = {}
    files: list[File] = []
    for before, after, text in change_texts(renaming, own, trial, catalogue, content):
        new = renaming.follow(text.path)
        changed[new] = after
        if after != before:
            files.append(File(content / new, after, before))
    return Rename(renaming, files, changed, has_alias)


def list_comment_folders(record: Record, catalogue: Catalogue, content: Path) -> list[str]:
    """Return the folders of the comments on a post, below the content folder."""
    filed = {each.path.rpartition("/")[0] for each in catalogue.filed.get(record.path, ())}
    own = f"comments/{record.slug}"
    return sorted(filed | ({own} if (content / own).is_dir() else set()))


def change_texts(
    renaming: Renaming, own: bytes, trial: Trial, catalogue: Catalogue, content: Path
) -> Iterator[tuple[bytes, bytes, Record]]:
    """Yield the bytes before and after of each text that differs or lies elsewhere then.

    `own` are those of the post with its new header. Raises CommandFault for a link that cannot be changed.
    """
    for record in catalogue.records.values():
        path = content / record.path
        if path.is_symlink() or not path.is_file():
            continue
        before = path.read_bytes()
        after = own if record is renaming.record else before
        read = trial.make_reader(renaming.follow(record.path))
        try:
            shifted = record if after is before else shift_links(record, read(after))
            after = relink(after, shifted, renaming, read)
        except LinkStays as link:
            seen = f"{format_place(content, path)}:{link.line}: this link cannot be changed"
            remedy = "Write its address plainly, or take it out, and rename again"
            raise CommandFault(f"{seen}. {remedy}. Nothing was changed.", 1) from None
        after = relink_full(after, renaming, trial.settings)
        if after != before or renaming.follow(record.path) != record.path:
            yield before, after, record


def shift_links(record: Record, changed: Record) -> Record:
    """Return a record whose links stand where those of its changed text do."""
    pairs = zip(record.links, changed.links, strict=True)
    return replace(record, links=[replace(old, line=new.line) for old, new in pairs])
