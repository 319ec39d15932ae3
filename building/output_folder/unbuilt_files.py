"""Refuse to destroy what no build can make again: files of others in the output folder, and edits of ours.

Every tree lists its own files, each with a hash of its bytes, in its hidden marker, so that a build
knows them that has nothing else to go by: after an update, or in a copied folder.
"""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from building.output_folder.place import MARKER, read_list
from building.tree import Entry, make_digest, read_stamp
from catalogue.folder.layout import SYSTEM_LITTER
from catalogue.problems import Refused, format_count, format_name, format_root

MOST_NAMED = 10
SYSTEM_FILES = re.compile(SYSTEM_LITTER, re.VERBOSE | re.IGNORECASE | re.DOTALL)
Entries = Mapping[str, Entry]


def check_unbuilt_files(tree: Path, last: Entries, new: Entries, has_output: bool = True) -> None:
    """Raise Refused if words would be lost with the tree that is to be replaced.

    `last` is what is known of the tree, `new` of the one that is to take its place. `has_output` says
    whether the command that was typed is one that can choose the folder and what is replaced there.
    """
    suspects = select_suspects(tree, last, new)
    if not suspects:
        return
    listed = read_list(tree)
    known = [{name: entry.digest for name, entry in each.items()} for each in (last, new)]
    sources = [
        {normalise_name(name): digest for name, digest in each.items()} for each in (listed, *known)
    ]
    lost = []
    for name in suspects:
        digests = {each[normalise_name(name)] for each in sources if normalise_name(name) in each}
        # A tree of an older version has no list: then a name that this build writes is ours.
        is_known = bool(listed or last)
        if not digests or (is_known and make_digest(tree / name) not in digests):
            lost.append((name, any(normalise_name(name) in each for each in sources[:2])))
    if lost:
        raise Refused(describe_losses(lost, format_root(tree), has_output))


def select_suspects(tree: Path, last: Entries, new: Entries) -> list[str]:
    """Return the files that are not in the state in which a build left them, and no system's litter."""
    suspects = []
    for name in list_names(tree) if os.path.lexists(tree) else ():
        entry = last.get(name)
        if entry and new.get(name) is entry:  # carried over a moment ago, so looked at then
            continue
        if entry and read_state(tree / name) == entry.stamp:
            continue
        if name != MARKER and not any(map(SYSTEM_FILES.fullmatch, name.split("/"))):
            suspects.append(name)
    return suspects


def list_names(tree: str | Path) -> Iterator[str]:
    """Yield all files in a folder; of a folder that cannot be looked into, its name with a slash."""
    folders = [""]
    while folders:
        inside = folders.pop()
        try:
            with os.scandir(f"{tree}/{inside}") as found:
                entries = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in found]
        except OSError:
            yield inside
            continue
        for name, is_folder in entries:
            if is_folder:
                folders.append(f"{inside}{name}/")
            else:
                yield inside + name


def read_state(path: Path) -> str:
    """Return the stamp of a file; nothing for one that is gone by now."""
    try:
        return read_stamp(path.lstat())
    except OSError:
        return ""


def normalise_name(name: str) -> str:
    """Return the one form of a name that some disks keep in another (HFS+: decomposed)."""
    return unicodedata.normalize("NFC", name)


def describe_losses(lost: Iterable[tuple[str, bool]], root: str, has_output: bool = True) -> str:
    """Return for each file what would become of it, and what to do."""
    lines = []
    for name, was_ours in sorted(lost):
        reason = "no build made this file, and this build would delete it."
        if was_ours:
            reason = "this file was changed after it was built, and this build would undo that."
        if name.endswith("/"):
            reason = "this folder cannot be looked into, and this build would delete it."
        lines.append(f"{format_name(os.path.join(root, name))}: {reason}")
    more = len(lines) - MOST_NAMED
    rest = [f"... and {format_count(more, 'file')} more."] if more > 0 else []
    way = "add --replace" if has_output else "type: python3 tasks.py build --replace"
    remedy = (
        f"Move what you want to keep out of {format_name(root)}; to let the rest go, {way}. "
        "The site is unchanged."
    )
    return "\n".join([*lines[:MOST_NAMED], *rest, remedy])
