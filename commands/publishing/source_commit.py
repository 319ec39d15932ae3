"""Commit what the author wrote, and nothing else, without a moment at which half of it is there.

The commit is made from a list of files of its own (an index), so that one who is stopped has at most
made objects that nothing leads to. Then the branch is moved, in one step, and git's own list is made to
say the same.
"""

import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from catalogue.folder.regular_files import is_link
from catalogue.problems import format_name
from catalogue.selection import Catalogue
from commands.publishing.git import GitFault
from commands.publishing.own_files import OwnFile, add_files, write_own_files
from commands.publishing.repository import AGAIN, OURS, Repository, quote_name
from commands.publishing.work_folder import HELD
from commands.writing.post_files import CommandFault
from commands.writing.write_files import lock_content

# What a command that writes keeps beside the author's files until it is done.
UNFINISHED = f":(exclude,glob){OURS[0]}/**/.writing*.tmp"
REPOSITORY_MODE = "160000"


def make_tree(repository: Repository, work: Path) -> str:
    """Return the id of the tree that has the last commit's files and the author's as they are now."""
    check_link(repository)
    index = work / "index"
    index.unlink(missing_ok=True)
    git = repository.git.with_index(index)
    git.run("read-tree", repository.head)
    tracked = git.list_names("ls-files", "-z", "--", *OURS)
    names = [
        name
        for name in OURS
        if os.path.lexists(git.folder / name)
        or any(each == name or each.startswith(f"{name}/") for each in tracked)
    ]
    try:
        git.run("add", "--all", "--", *names, UNFINISHED)
    except GitFault as fault:
        raise CommandFault(
            f"git cannot take up what you wrote ({fault.first_line}). {fault.remedy} Nothing was "
            "published.",
            1,
        ) from fault
    tree = git.ask("write-tree")
    check_inner_repositories(repository, tree)
    return tree


def check_link(repository: Repository) -> None:
    """Raise CommandFault if the author's folder is a link: git would take only where it leads."""
    if is_link(repository.git.folder / OURS[0]):
        raise CommandFault(
            f"{OURS[0]}: this is a link, and git would take only where it leads. Put the folder itself "
            f"in its place, {AGAIN}.",
            1,
        )


def check_inner_repositories(repository: Repository, tree: str) -> None:
    """Raise CommandFault for a folder that is a repository itself: git would take only its name."""
    for entry in repository.git.list_names("ls-tree", "-r", "-z", tree, "--", f"{OURS[0]}/"):
        facts, _, name = entry.partition("\t")
        if facts.startswith(REPOSITORY_MODE):
            raise CommandFault(
                f"{format_name(name)}: this folder is a repository of its own, and its files would "
                f"stay behind. Take the folder .git out of it, {AGAIN}.",
                1,
            )


def check_ignored(repository: Repository, catalogue: Catalogue) -> None:
    """Raise CommandFault for a file that the site has and git passes over."""
    words = ("ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--", OURS[0])
    used = {*catalogue.records, *catalogue.files}
    for name in repository.git.list_names(*words):
        if name.removeprefix(f"{OURS[0]}/") in used:
            raise CommandFault(
                f"{format_name(name)}: the site has this file, and git passes over it (.gitignore). "
                f"Type: git add -f {quote_name(name)}, {AGAIN}.",
                1,
            )


def commit_work(
    repository: Repository, base: str, files: Sequence[OwnFile], message: str, work: Path
) -> str:
    """Commit what the author wrote, if it is the tree `base` still, with our own files; return the commit.

    No command writes meanwhile. The site's own checks stand in for git's hooks before a commit, which
    see what is staged, and nothing is. Raises CommandFault if something was changed meanwhile, OSError
    if one of our files cannot be written.
    """
    root = repository.git.folder
    with lock_content(root / OURS[0]):
        if make_tree(repository, work) != base:
            raise CommandFault(
                "What you wrote was changed while it was checked. Type the same command again. "
                "Nothing was published.",
                1,
            )
        tree = add_files(repository, base, files, work)
        write_own_files(root, files)
        return commit_tree(repository, tree, message, work)


def commit_tree(repository: Repository, tree: str, message: str, work: Path) -> str:
    """Commit a tree on the author's branch and return the commit; the last one if nothing is new.

    Raises CommandFault if the branch has been moved meanwhile.
    """
    git, head = repository.git, repository.head
    commit = head
    if tree != git.ask("rev-parse", f"{head}^{{tree}}"):
        commit = git.ask("commit-tree", "-p", head, "-F", "-", tree, data=message.encode())
        reference = f"refs/heads/{repository.branch}"
        try:
            git.run("update-ref", "-m", "commit: publish", reference, commit, head)
        except GitFault as fault:
            seen = (
                f"The branch {format_name(repository.branch)} cannot be moved ({fault.first_line})"
            )
            raise CommandFault(f"{seen}. {find_remedy(fault)} Nothing was published.", 1) from fault
    refresh_index(repository, work)
    return commit


def find_remedy(fault: GitFault) -> str:
    """Return what to do where git could not move the branch."""
    if fault.advice:
        return fault.remedy
    # Of a git that was killed; `open_work` has removed ours.
    if ".lock': File exists" in fault.said:
        return (
            "Another git is at work here, or was stopped in the middle. If none is, delete this file, "
            "then type the same command again."
        )
    return "If no other git is at work here, type the same command again."


def refresh_index(repository: Repository, work: Path) -> None:
    """Have git's own list of files say of the author's files what the last commit says.

    A publishing that was killed before this leaves it to the next one. Our lock of the list is a second
    name of a file of ours, by which the next one knows it; where files have no second names, git does it.
    """
    folder, git = repository.folder, repository.git
    index, lock, copy = folder / "index", folder / "index.lock", work / "next"
    held = work / HELD
    held.touch()
    try:
        os.link(held, lock)
    except FileExistsError:
        return  # another git is at work, and the next publishing does it
    except OSError:
        reset_index(repository, git.folder)
        return
    try:
        if index.exists():
            shutil.copy2(index, copy)
        reset_index(repository, copy)
        os.replace(copy, index)
    finally:
        with suppress(FileNotFoundError):
            lock.unlink()


def reset_index(repository: Repository, index: Path) -> None:
    """Set the author's files in a list of files to the last commit; in git's own, for a folder."""
    git = repository.git if index.is_dir() else repository.git.with_index(index)
    with suppress(GitFault):  # the commit is made; only what `git status` says waits
        git.run("reset", "--quiet", "HEAD", "--", *OURS)
