"""The repository that is published from, and all that is to be right in it before anything is done."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from catalogue.folder.layout import ADDRESS_LEDGER
from catalogue.problems import format_count, format_name
from commands.publishing.git import Git, GitFault, NoGit
from commands.publishing.remote_faults import UNTRUSTED, explain_remote, format_pull
from commands.writing.post_files import CommandFault

OURS = ("content", "pelicanconf.py")  # what is committed of the author's work
LEDGER = f"{OURS[0]}/{ADDRESS_LEDGER}"
MOST_NAMED = 10
UNMERGED = frozenset("DD AU UD UA DU AA UU".split())
BEGUN = {  # what git keeps in its folder while something is to be ended first
    "MERGE_HEAD": ("a merge", "git commit", "git merge --abort"),
    "CHERRY_PICK_HEAD": ("a cherry-pick", "git cherry-pick --continue", "git cherry-pick --abort"),
    "REVERT_HEAD": ("a revert", "git revert --continue", "git revert --abort"),
    "rebase-merge": ("a rebase", "git rebase --continue", "git rebase --abort"),
    "rebase-apply": ("a rebase", "git rebase --continue", "git rebase --abort"),
}
# With a blank, which every shell reads in double quotes.
PLAIN = re.compile(r"[\w./-]*(?: [\w./ -]*)")
AGAIN = "then the same command again"


@dataclass(frozen=True)
class Repository:
    """The project's repository, on a branch, and the remote that it is published to."""

    git: Git
    folder: Path  # of git's own files
    branch: str
    head: str  # the commit that the branch is at
    remote: str
    target: str  # the branch of the remote that ours goes to

    def read_ledger(self, remote: "Remote") -> tuple[str, bytes]:
        """Return the commit that the remote has on our branch, and the ledger of addresses in it.

        Either is empty where there is none.
        """
        tip = remote.tips.get(self.target, "")
        entry = self.git.ask("ls-tree", tip, "--", LEDGER) if tip else ""
        return tip, self.git.run("cat-file", "blob", entry.split()[2]) if entry else b""


@dataclass(frozen=True)
class Remote:
    """What a remote has, as it said a moment ago."""

    default: str  # the name of its default branch; empty if it does not say
    tips: dict[str, str]  # the commit of each branch


def open_repository(root: Path) -> Repository:
    """Return the project's repository if all is right in it. Raises CommandFault with what is not."""
    git = Git(root)
    try:
        folder = Path(git.ask("rev-parse", "--absolute-git-dir"))
        if git.ask("rev-parse", "--is-inside-work-tree") != "true":
            raise GitFault("not a git repository")
        prefix = git.ask("rev-parse", "--show-prefix")
    except NoGit as error:
        raise CommandFault(explain_no_git("it is what publishes"), 1) from error
    except GitFault as fault:
        raise CommandFault(explain_no_repository(fault, root), 1) from fault
    if prefix:
        seen = f"this folder is a part of another repository ({format_name(prefix)})"
        raise CommandFault(f"{seen}. Publish from a repository of its own: git clone makes one.", 1)
    check_begun(folder)
    branch = find_branch(git)
    check_changes(git)
    check_identity(git)
    remote, target = find_remote(git, branch)
    return Repository(git, folder, branch, git.ask("rev-parse", "HEAD"), remote, target)


def explain_no_git(use: str) -> str:
    """Return what to do where git is not on the computer; `use` is what it is for."""
    return f"git is not on this computer, and {use}. Get it from https://git-scm.com/downloads, {AGAIN}."


def reopen_repository(repository: Repository) -> Repository:
    """Return a repository as it is now: another publishing, waited for, may have moved the branch.

    Raises CommandFault as `open_repository` does.
    """
    is_same = repository.git.look("rev-parse", "HEAD") == repository.head
    return repository if is_same else open_repository(repository.git.folder)


def explain_no_repository(fault: GitFault, root: Path) -> str:
    """Return why git does not know a folder, and what to type."""
    shown = format_name(str(root))
    if re.search(UNTRUSTED, fault.said):
        return (
            f"{shown}: this folder belongs to another user, and git does not trust it. If it is yours, "
            f'type: git config --global --add safe.directory "{shown}", {AGAIN}.'
        )
    if "not a git repository" in fault.said:
        return (
            f"{shown}: this folder is no repository of git, so there is nowhere to publish from. "
            "Make a copy from the template on GitHub, and get it by: git clone ADDRESS"
        )
    return f"{shown}: git cannot read this folder ({fault.first_line}). {fault.remedy}"


def check_begun(folder: Path) -> None:
    """Raise CommandFault if something has been begun in a repository that is to be ended first."""
    for name, (what, end, undo) in BEGUN.items():
        if (folder / name).exists():
            text = f"{what} has been begun here and not ended"
            raise CommandFault(
                f"{text[0].upper()}{text[1:]}. End it by: {end}, or undo it by: {undo}, {AGAIN}.", 1
            )


def find_branch(git: Git) -> str:
    """Return the branch that is checked out.

    Raises CommandFault if none is, or it has no commit yet; GitFault if its last one cannot be read.
    """
    branch = git.look("symbolic-ref", "--quiet", "--short", "HEAD")
    head = git.look("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    if not head:
        check_no_commit(git)
        raise CommandFault(
            'There is no commit here yet. Type: git add . && git commit -m "Begin the blog", '
            f"{AGAIN}.",
            1,
        )
    if not branch:
        seen = f"git is on no branch here (a detached head, at {head[:9]})"
        raise CommandFault(
            f"{seen[0].upper()}{seen[1:]}. Type: git switch main, or keep what you have committed by: "
            f"git switch -c NAME, {AGAIN}.",
            1,
        )
    return branch


def check_no_commit(git: Git) -> None:
    """Raise GitFault if there is a last commit, and git cannot read it."""
    try:
        git.run("log", "-1")
    except GitFault as fault:
        if "does not have any commits yet" not in fault.said:
            raise


def check_changes(git: Git) -> None:
    """Raise CommandFault for files with two versions, and for changes beside the author's work."""
    words = ("status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all")
    unmerged, strange = [], []
    found = sorted((entry[3:], entry[:2]) for entry in git.list_names(*words))
    for name, state in found:
        if state in UNMERGED:
            unmerged.append(name)
        elif not is_ours(name):
            strange.append((state, name))
    if unmerged:
        lines = [
            f"{format_name(name)}: git has two versions of this file. Make one of them, then type: "
            f"git add {quote_name(name)}"
            for name in unmerged[:MOST_NAMED]
        ]
        raise CommandFault("\n".join([*lines, *count_more(unmerged), "Nothing was published."]), 1)
    if strange:
        raise CommandFault("\n".join(describe_strange(strange)), 1)


def describe_strange(strange: list[tuple[str, str]]) -> Iterator[str]:
    """Yield what is said of changes that are no work of the author's, and what to type."""
    for state, name in strange[:MOST_NAMED]:
        kind = "new" if state in ("??", "A ") else "gone" if "D" in state else "changed"
        yield f"{format_name(name)}: this file is {kind}, and no commit has it so."
    yield from count_more(strange)
    names = " ".join(quote_name(name) for _, name in strange[:MOST_NAMED])
    yield (
        f"publish commits {' and '.join(OURS)}, and nothing else. Keep the rest by: git add {names} "
        f'&& git commit -m "What was changed", or put it away by: git stash -u -- {names}; {AGAIN}.'
    )


def is_ours(name: str) -> bool:
    """Return whether publishing commits a file."""
    return name in OURS or name.startswith(f"{OURS[0]}/")


def count_more(found: list[str] | list[tuple[str, str]]) -> list[str]:
    """Return a line that says how many more there are than are named, if there are."""
    more = len(found) - MOST_NAMED
    return [f"... and {format_count(more, 'file')} more."] if more > 0 else []


def quote_name(name: str) -> str:
    """Return a file's name as it is typed in a command, whatever a shell makes of the signs in it."""
    shown = format_name(name)
    return f'"{shown}"' if PLAIN.fullmatch(shown) else shlex.quote(shown)


def check_identity(git: Git) -> None:
    """Raise CommandFault if git does not know whose a commit is."""
    for name in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"):
        if not git.look("var", name):
            raise CommandFault(
                "git does not know who you are, and writes it into each commit. Type: "
                'git config user.name "Your Name" && git config user.email you@example.org, '
                f"{AGAIN}.",
                1,
            )


def find_remote(git: Git, branch: str) -> tuple[str, str]:
    """Return the remote that a branch is published to, and the name that the branch has there."""
    names = git.ask("remote").split()
    pulled = git.look("config", f"branch.{branch}.remote")
    asked = (
        git.look("config", f"branch.{branch}.pushRemote"),
        git.look("config", "remote.pushDefault"),
    )
    wanted = next((name for name in (*asked, pulled, "origin") if name in names), "")
    if not names:
        raise CommandFault(
            "This copy has no remote, so there is nowhere to publish to. Make an empty repository on "
            "GitHub, then type: git remote add origin https://github.com/USER/REPOSITORY.git, "
            f"{AGAIN}.",
            1,
        )
    if not wanted and len(names) > 1:
        raise CommandFault(
            f"There are several remotes ({', '.join(names)}), and none is the branch's own. Type: "
            f"git config branch.{branch}.remote NAME, {AGAIN}.",
            1,
        )
    remote = wanted or names[0]
    merge = git.look("config", f"branch.{branch}.merge") if remote == pulled else ""
    return remote, merge.removeprefix("refs/heads/") or branch


def read_remote(repository: Repository) -> Remote:
    """Return what the remote has now. Raises CommandFault if it cannot be asked."""
    words = ("ls-remote", "--symref", repository.remote, "HEAD", "refs/heads/*")
    try:
        answer = repository.git.run(*words, asks=True).decode("utf-8", "surrogateescape")
    except GitFault as fault:
        raise CommandFault(
            f"{explain_remote(fault, repository.remote, repository.target)} Nothing was published.",
            1,
        ) from fault
    default, tips = "", {}
    for line in answer.splitlines():
        value, _, name = line.partition("\t")
        if value.startswith("ref: ") and name == "HEAD":
            default = value.removeprefix("ref: refs/heads/")
        elif name.startswith("refs/heads/"):
            tips[name.removeprefix("refs/heads/")] = value
    return Remote(default if default in tips else "", tips)


def check_remote(repository: Repository, remote: Remote) -> None:
    """Raise CommandFault if our branch cannot go to the remote as it is, with nothing lost there."""
    shown, target = repository.remote, repository.target
    if remote.default and target != remote.default:
        raise CommandFault(
            f"This is the branch {format_name(repository.branch)}, and the site is made of "
            f"{format_name(remote.default)}. Type: git switch {quote_name(remote.default)} && "
            f"git merge {quote_name(repository.branch)}, {AGAIN}.",
            1,
        )
    tip = remote.tips.get(target, "")
    if not tip or tip == repository.head:
        return
    fetch(repository, target, tip)
    git = repository.git
    ours = git.look("merge-base", tip, repository.head)
    if ours == tip:
        return
    if not ours:
        raise CommandFault(
            f"{shown} has a history that has nothing in common with this copy. Look whether its "
            "address is right: git remote -v",
            1,
        )
    subjects = git.ask("log", "--format=%s", f"{repository.head}..{tip}").splitlines()
    count = format_count(len(subjects), "commit")
    raise CommandFault(
        f"{shown} has moved on: {count} there {'is' if len(subjects) == 1 else 'are'} not here, the "
        f"last “{format_name(subjects[0])}”. Type: {format_pull(shown, target)}, {AGAIN}.",
        1,
    )


def fetch(repository: Repository, branch: str, tip: str) -> None:
    """Have a commit of a branch of the remote here. Raises CommandFault if it cannot be had."""
    git = repository.git
    try:
        git.run("cat-file", "-e", f"{tip}^{{commit}}")
    except GitFault:
        words = ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", repository.remote)
        try:
            git.run(*words, f"refs/heads/{branch}", asks=True)
            git.run("cat-file", "-e", f"{tip}^{{commit}}")
        except GitFault as fault:
            raise CommandFault(
                f"{explain_remote(fault, repository.remote, repository.target)} Nothing was published.",
                1,
            ) from fault
