"""Walk the author's folder once and find what each file in it is, or why it cannot stay as it is.

Reads names, kinds and sizes of everything in the content folder; opens no file, follows no link. Names
must be such that Windows, macOS and Linux can all check them out.
"""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from catalogue.folder.layout import (
    HABITS,
    LITTER,
    OWN_FILES,
    explain_place,
    explain_refused_folder,
    explain_refused_name,
    select_kind,
)
from catalogue.folder.names import SAFE_NAME, UNPRINTABLE, check_file_names, group_file_names
from catalogue.folder.regular_files import is_link
from catalogue.folder.sizes import check_file_size
from catalogue.folding import compose
from catalogue.problems import Problem, count_errors, format_root

IS_A_LINK = (
    "This is a link to another place on the computer (a symlink), and only what lies in the "
    "content folder itself is published. Put a copy of the file or folder here instead, or delete "
    "the link."
)
NO_ACCESS = (
    "cannot be read by your account. Allow it in the properties, under permissions, or move it out "
    "of the content folder."
)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the author's that may be read: what it is, and its state."""

    path: str  # relative to the content folder, with forward slashes, in Unicode's form NFC
    kind: str  # "post", "page", "topic", "comment", "image", "attachment" or "extra"
    stamp: str = ""  # tells one state of the file from another: size, times, inode
    changed_ns: int = 0  # the latest of its times


Listing = tuple[list[SourceFile], list[Problem]]


def list_files(content: Path) -> Listing:
    """Return every file of the content folder, in order of path, and what is wrong with any of them.

    A file that must not be opened or cannot be used is a problem and not in the list; one that only
    has a bad name is in both, if the name is text. Raises nothing: what the disk refuses is a
    problem too.
    """
    files: list[SourceFile] = []
    fault = explain_no_folder(content) or explain_no_posts(content)
    problems = [Problem("", 0, "error", fault)] if fault else []
    folders = [] if problems else [("", "")]  # each path, and how the disk stores it
    while folders:
        folder, stored = folders.pop()
        try:
            entries = list_folder(content, stored)
        except OSError:
            problems.append(Problem(folder, 0, "error", f"This folder {NO_ACCESS}"))
            continue
        names = group_file_names(entry.name for entry in entries)
        problems += check_file_names(folder, [entry.name for entry in entries], names)
        for entry in entries:
            # The same path on every computer: macOS may store an accent as a sign of its own.
            path = compose(f"{folder}/{entry.name}" if folder else entry.name)
            found, below, more = read_dir_entry(entry, path, names)
            files += found
            folders += [(inside, f"{stored}/{entry.name}".lstrip("/")) for inside in below]
            problems += more
    return sorted(files, key=attrgetter("path")), sorted(problems)


def explain_no_folder(content: Path) -> str:
    """Return that there is no content folder to read, and what to do; empty if there is one."""
    if os.path.isdir(content):
        return ""
    seen = "is a file" if os.path.exists(content) else "is not there"
    root = format_root(content)
    return f"The folder {root} {seen}. Write the folder of your texts after --content."


def explain_no_posts(content: Path) -> str:
    """Return what to do when there is no folder for posts; empty if there is one."""
    if os.path.lexists(content / "posts"):
        return ""
    try:
        names = sorted(entry.name for entry in os.scandir(content) if entry.is_dir())
    except OSError:
        return f"This folder {NO_ACCESS}"
    other = next((name for name in names if HABITS.get(name.lower(), name.lower()) == "posts"), "")
    remedy = f'Rename the folder "{other}" to "posts".' if other else 'Make a folder named "posts".'
    return f"Posts lie in a folder named posts, and none is here. {remedy}"


def list_folder(content: Path, folder: str) -> list[os.DirEntry[str]]:
    """Return what lies in a folder, without the litter of systems and editors, in order of name."""
    with os.scandir(content / folder) as entries:
        kept = [
            entry
            for entry in entries
            if SAFE_NAME.fullmatch(entry.name) or not LITTER.fullmatch(entry.name)
        ]
    return sorted(kept, key=attrgetter("name"))


def read_dir_entry(
    entry: os.DirEntry[str], path: str, names: Mapping[str, str]
) -> tuple[list[SourceFile], list[str], list[Problem]]:
    """Return what one name in a folder stands for: files to read, folders to walk, problems.

    `names` are all names in its folder, as group_file_names makes them.
    """
    if UNPRINTABLE.search(entry.name):  # check_file_names has said so
        return [], [], []
    try:
        if SAFE_NAME.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
            return make_source_file(entry, path, names)
        text = explain_refused(entry, path)
        if text:
            return [], [], [Problem(path, 0, "error", text)]
        if entry.is_dir(follow_symlinks=False):
            text = explain_refused_folder(path)
            if not text:
                return [], [path], []
            is_empty = "/" not in path and not list_folder(Path(entry.path), "")
            return [], [], [] if is_empty else [Problem(path, 0, "error", text)]
        return make_source_file(entry, path, names)
    except FileNotFoundError:  # deleted since its folder was read
        return [], [], []
    except OSError:
        return [], [], [Problem(path, 0, "error", f"This {NO_ACCESS}")]


def make_source_file(
    entry: os.DirEntry[str], path: str, names: Mapping[str, str]
) -> tuple[list[SourceFile], list[str], list[Problem]]:
    """Return what one regular file is, by its path and its size, in the same form."""
    kind = select_kind(path)
    if not kind:
        if path in OWN_FILES or path.lower() in ("readme.md", "readme.markdown"):
            return [], [], []
        return [], [], [Problem(path, 0, "error", explain_place(path, names))]
    status = entry.stat(follow_symlinks=False)
    # What everybody may read need not be asked for; on Windows the bits say nothing.
    if status.st_mode & 0o444 != 0o444 and not is_readable(entry.path):
        return [], [], [Problem(path, 0, "error", f"This file {NO_ACCESS}")]
    problems = check_file_size(path, kind, status.st_size)
    if count_errors(problems):
        return [], [], problems
    times = (status.st_mtime_ns, status.st_ctime_ns)
    stamp = f"{status.st_size} {times[0]} {times[1]} {status.st_ino}"
    return [SourceFile(path, kind, stamp, max(times))], [], problems


def is_readable(path: str) -> bool:
    """Return True if this run may read a file; of its two accounts, the one in force is asked for."""
    effective = os.access in os.supports_effective_ids
    return os.access(path, os.R_OK, effective_ids=effective)


def explain_refused(entry: os.DirEntry[str], path: str) -> str:
    """Return why nothing of this name may be opened; empty for regular files and folders."""
    if text := explain_refused_name(entry.name, path):
        return text
    if is_link(entry.path):
        return IS_A_LINK
    if entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False):
        return ""
    status = entry.stat(follow_symlinks=False)
    seen = "a pipe between programs" if stat.S_ISFIFO(status.st_mode) else "a device or a socket"
    return f"This is {seen}, not a file. Delete it."
