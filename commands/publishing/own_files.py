"""Files that a publishing writes itself: shown beforehand, committed with the rest, written after the yes.

Until then they are objects of git's alone, in a tree on top of what the author wrote. They are written
before the branch is moved, so that a publishing which is stopped in between leaves files that the next
one finds as the author's own, and commits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from commands.publishing.repository import Repository
from commands.writing.write_files import File, lock_content, write_files

PLAIN_MODE = "100644"
UNFINISHED = ".writing-*.tmp"


@dataclass(frozen=True)
class OwnFile:
    """One file that a publishing writes: what is in it now, and what will be."""

    name: str  # in the project, with forward slashes; one that publishing commits (OURS)
    data: bytes
    before: bytes | None  # None where nothing is
    shown: str  # what the author reads of it before the question, in a line

    @property
    def is_new(self) -> bool:
        """Whether there is anything to write."""
        return self.data != self.before


def add_files(repository: Repository, tree: str, files: Iterable[OwnFile], work: Path) -> str:
    """Return the id of a tree with these files in it, as git would take them up from the folder."""
    new = [file for file in files if file.is_new]
    if not new:
        return tree
    index = work / "own.index"
    index.unlink(missing_ok=True)
    git = repository.git.with_index(index)
    git.run("read-tree", tree)
    for file in new:
        facts = git.ask("ls-tree", tree, "--", file.name)
        mode = facts.partition(" ")[0] or PLAIN_MODE
        # With the name, line ends and filters are those of the file (gitattributes).
        blob = git.ask("hash-object", "-w", "--stdin", f"--path={file.name}", data=file.data)
        git.run("update-index", "--add", "--cacheinfo", f"{mode},{blob},{file.name}")
    return git.ask("write-tree")


def write_own_files(root: Path, files: Sequence[OwnFile]) -> None:
    """Write the files of a publishing into the author's folder, all or none; needs the lock.

    Raises OSError if one cannot be written, or has been changed meanwhile.
    """
    new = [file for file in files if file.is_new]
    write_files([File(root / file.name, file.data, file.before) for file in new])


def clear_unfinished(root: Path, content: Path) -> None:
    """Remove what a killed publishing has left beside the files at the top of the project.

    Below the content folder whoever has the lock does it.
    """
    if any(root.glob(UNFINISHED)):
        with lock_content(content):
            for path in root.glob(UNFINISHED):
                path.unlink(missing_ok=True)
