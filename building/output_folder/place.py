"""Judge which folder a build may replace, and mark the new one with a list of its files.

A folder is ours if it carries the marker or is empty; no other is ever replaced or removed.
A link to a folder stays, and the folder that it leads to is replaced. A folder that is a disk of
its own (a mount point) is refused: nothing that is made beside it can take its place.
"""

import os
import stat
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from catalogue.problems import Refused, format_name, format_root

# Hidden, so that the upload to GitHub Pages leaves it behind; the same bytes in every build.
MARKER = ".built-by-libraries-got-game"
MARKER_TEXT = "Every build makes this folder anew: keep nothing of your own in it.\n"
ELSEWHERE = ", or type another folder after --output"


def resolve_target(target: Path, protected: Sequence[Path], has_output: bool = True) -> Path:
    """Return the folder that is to be replaced, links followed.

    `protected` are folders that it may not be, hold, or lie in. `has_output` says whether the command
    that was typed takes --output. Raises Refused for these folders, and for every other place where no
    site may be.
    """
    real = Path(os.path.realpath(target))
    elsewhere = ELSEWHERE if has_output else ""
    other = "Remove the link that leads there."
    inside = "Take it from there, then type the same command again."
    if has_output:
        other = "Type a folder of its own after --output, such as output."
        named = format_name(os.path.join(target, "site"))
        inside = f"Type a folder inside it after --output, such as {named}."
    shut = [
        each for each in dict.fromkeys(protected) if is_within(real, each) or is_within(each, real)
    ]
    reasons = (
        (
            os.path.lexists(target) and not os.path.exists(target),
            f"this is a link that leads nowhere. Remove it{elsewhere}.",
        ),
        (
            os.path.lexists(real) and not os.path.isdir(real),
            f"this is a file, and the site needs a folder. Move it away{elsewhere}.",
        ),
        (
            any(os.path.lexists(path) and not os.path.isdir(path) for path in real.parents),
            f"a part of this path is a file, not a folder. Move that file away{elsewhere}.",
        ),
        (real == real.parent, f"this is the whole disk. {other}"),
        (
            is_within(Path(os.path.expanduser("~")), real),
            f"this is your home folder, or holds it. {other}",
        ),
        (
            bool(shut),
            f"this folder is, holds or lies in {', '.join(format_name(str(f)) for f in shut)}, "
            f"which a build must not replace. {other}",
        ),
        (
            os.path.ismount(real),
            f"this is a disk of its own, and a new site cannot take its place in one step. {inside}",
        ),
    )
    for wrong, sentence in reasons:
        if wrong:
            raise Refused(f"{format_name(str(target))}: {sentence}")
    return real


def check_ours(target: Path, has_output: bool = True) -> None:
    """Raise Refused for a folder that holds what no build made, or that cannot be written in.

    `has_output` says whether the command that was typed takes --output.
    """
    if not os.path.lexists(target):
        return
    shown, elsewhere = format_name(format_root(target)), ELSEWHERE if has_output else ""
    if not os.access(target, os.R_OK | os.W_OK | os.X_OK):
        raise Refused(
            f"{shown}: you may not write in this folder. Give yourself the right to write in it{elsewhere}."
        )
    if not is_ours(target):
        raise Refused(
            f"{shown}: this folder holds files that no build made, and a build would replace them. "
            f"Move them away{elsewhere}."
        )
    if os.path.lexists(target / ".git"):
        raise Refused(
            f"{shown}: this folder holds a Git repository (.git), and a build would remove it. "
            f"Move .git out of it{elsewhere}."
        )


def is_within(inner: Path, outer: Path) -> bool:
    """Return whether a folder is another one or lies in it, however the two are spelt."""
    inner, outer = Path(os.path.realpath(inner)), Path(os.path.realpath(outer))
    return any(is_same(folder, outer) for folder in (inner, *inner.parents))


def is_same(one: Path, other: Path) -> bool:
    """Return whether two paths lead to one folder; by name where one of them does not exist."""
    try:
        return os.path.samefile(one, other)  # a disk that ignores case has two names for one folder
    except OSError:
        return one == other


def is_ours(folder: Path) -> bool:
    """Return whether a build made this folder: it carries the marker, or has nothing to lose."""
    try:
        if not stat.S_ISDIR(folder.lstat().st_mode):
            return False
        names = os.listdir(folder)
        return not names or (MARKER in names and stat.S_ISREG((folder / MARKER).lstat().st_mode))
    except OSError:
        return False


def mark_tree(folder: Path) -> None:
    """Write the marker into a folder that has none."""
    path = folder / MARKER
    # Never over one that is there: it may be a link to the old tree's.
    with suppress(FileExistsError), path.open("x", encoding="utf-8", newline="") as file:
        file.write(MARKER_TEXT)


def write_list(tree: Path, digests: Mapping[str, str]) -> None:
    """Write the list of a tree's files into its marker, as `b2sum` does: hash, name."""
    lines = [f"{digest}  {name}\n" for name, digest in sorted(digests.items())]
    text = "".join([MARKER_TEXT, *lines])
    (tree / MARKER).write_text(text, encoding="utf-8", newline="")


def read_list(tree: Path) -> dict[str, str]:
    """Return the hashes of the files that a tree lists as its own; none from a tree without a list."""
    try:
        if not stat.S_ISREG((tree / MARKER).lstat().st_mode):
            return {}
        lines = (tree / MARKER).read_text(encoding="utf-8").split("\n")[1:]
    except (OSError, UnicodeError):
        return {}
    pairs = (line.split("  ", 1) for line in lines if "  " in line)
    return {name: digest for digest, name in pairs}
