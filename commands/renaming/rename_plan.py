"""Plan the renaming of a post: where its file and its comments go, and what its header says then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from catalogue.address_ledger import load_address_ledger
from catalogue.addresses import FOLDERS, format_address, is_reserved
from catalogue.dates import is_scheduled
from catalogue.header.entries import Header
from catalogue.records import Record
from catalogue.slugs import LEADING_DATE, format_post_slug
from commands.writing.header_edit import add_alias, read_bytes, set_value
from commands.writing.plans import Move
from commands.writing.post_files import CommandFault


@dataclass(frozen=True)
class Renaming:
    """A post under its old and its new name; paths are below the content folder."""

    record: Record
    title: str
    slug: str
    path: str  # its new one
    moves: tuple[tuple[str, str], ...]  # of files and folders

    @property
    def is_moved(self) -> bool:
        """Return whether the post gets another address."""
        return self.slug != self.record.slug

    @property
    def old_address(self) -> str:
        """Return the address that the post has had."""
        return format_address(self.record)

    @property
    def address(self) -> str:
        """Return the address that the post will have."""
        return f"/{FOLDERS['post']}{self.slug}/"

    def follow(self, path: str) -> str:
        """Return the path that a file of the content folder will have."""
        for source, target in self.moves:
            if path == source or path.startswith(f"{source}/"):
                return target + path[len(source) :]
        return path

    def list_moves(self, content: Path) -> list[Move]:
        """Return what is to be moved."""
        return [Move(content / source, content / target) for source, target in self.moves]


def plan_renaming(record: Record, title: str, comments: Sequence[str]) -> Renaming:
    """Return how a post gets another title; `comments` are the folders of the comments on it."""
    slug = format_post_slug(title)
    path, folders = PurePosixPath(record.path), [(name, f"comments/{slug}") for name in comments]
    if slug == record.slug:
        return Renaming(record, title, slug, record.path, ())
    is_bundle = path.stem == "index" and len(path.parts) > 2
    old = path.parent if is_bundle else path
    date = LEADING_DATE.match(old.name)
    name = (date[0] if date else "") + slug + ("" if is_bundle else path.suffix)
    new = old.with_name(name)
    moves = [(str(old), str(new))] if new != old else []
    target = new / path.name if is_bundle else new
    return Renaming(record, title, slug, str(target), (*moves, *folders))


def check_free(renaming: Renaming, content: Path, place: str) -> None:
    """Raise CommandFault if something has a name already that the post or its comments would get."""
    if is_reserved("post", renaming.slug):
        raise CommandFault(
            f"“{renaming.slug}” is a name that the site itself uses. Add a word to the title."
        )
    for source, target in renaming.moves:
        if (content / target).exists() and not (content / target).samefile(content / source):
            seen = f"{place}: content/{target} is there already"
            raise CommandFault(f"{seen}. Give another title, or move that away.", 1)


def is_public(record: Record, now: datetime, zone: ZoneInfo, content: Path) -> bool:
    """Return whether readers have seen a post, now or before, so that its address must not be lost."""
    if not record.is_draft and not is_scheduled(record, now, zone):
        return True
    return format_address(record) in load_address_ledger(content).lines


def write_header(data: bytes, renaming: Renaming, place: str, has_alias: bool) -> bytes:
    """Return the bytes of the post under its new name; the old address leads to it, with `has_alias`.

    Raises CommandFault, with the line in the file `place`, if its header cannot be changed so.
    """
    path, header = renaming.record.path, read_bytes(data, "post", renaming.record.path)
    steps = [("Title", renaming.title)]
    if "Slug" in header.values and renaming.is_moved:
        steps.append(("Slug", renaming.slug))
    for key, text in steps:
        data = set_value(data, path, key, text)
        if not data:
            raise refuse(header, key, f"{key}: {text}", place)
    if has_alias:
        data = add_alias(data, path, renaming.old_address)
        if not data:
            raise refuse(header, "Aliases", f"Aliases: {renaming.old_address}", place)
    return data


def refuse(header: Header, key: str, line: str, place: str) -> CommandFault:
    """Return the fault of a header line that cannot be changed."""
    at = header.lines.get(key, 1)
    seen = f"{place}:{at}: the {key} cannot be changed here without a change to something else"
    return CommandFault(f"{seen}. Write: {line}. Nothing was changed.", 1)
