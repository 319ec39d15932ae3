"""Make a commit of the built site for a branch of its own, on top of what the remote has there.

No branch of this copy is touched, and no file but git's own objects: the tree is made from a list of files
of its own (an index), of what the build lists as its own and nothing that lies beside it.
"""

import stat
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from building.output_folder.place import read_list
from building.tree import make_digest
from catalogue.problems import format_count, format_name
from commands.publishing.changes import check_shrunk
from commands.publishing.git import Git, GitFault
from commands.publishing.repository import AGAIN, OURS, Remote, Repository, fetch
from commands.writing.post_files import CommandFault

SOURCES = frozenset((*OURS, "tasks.py"))  # no built site has these at its root
HIDDEN = (".nojekyll", ".well-known")  # the names with a dot that readers may ask for
DOMAIN = "CNAME"
OTHER = "Type another name after --branch, such as gh-pages. Nothing was published."


@dataclass(frozen=True)
class Pages:
    """The branch of the built site as the remote has it, and the tree that it is to get."""

    name: str
    tip: str  # the commit that it is at; empty if it is not there yet
    tree: str
    lines: list[str]  # what the author is shown of it

    @property
    def is_there(self) -> bool:
        """Return whether the branch has this tree already."""
        return not self.lines


def check_pages(repository: Repository, remote: Remote, name: str) -> None:
    """Raise CommandFault if a branch may not have the built site, or has something else."""
    git, shown = repository.git, format_name(name)
    try:
        git.run("check-ref-format", f"refs/heads/{name}")
        is_name = name != "HEAD" and not name.startswith("refs/")  # which name other things, too
    except GitFault:
        is_name = False
    if not is_name:
        raise CommandFault(f"{shown} cannot be the name of a branch. {OTHER}")
    checked_out = [
        line.removeprefix("branch refs/heads/")
        for line in git.ask("worktree", "list", "--porcelain").splitlines()
        if line.startswith("branch refs/heads/")
    ]
    if name.casefold() in {repository.target.casefold(), remote.default.casefold()}:
        raise CommandFault(
            f"{shown} is the branch of your texts, and the built site would take their place. {OTHER}"
        )
    if name.casefold() in {each.casefold() for each in (repository.branch, *checked_out)}:
        raise CommandFault(f"{shown} is checked out, and would not be what it shows. {OTHER}")
    if repository.target not in remote.tips:
        raise CommandFault(
            f"{repository.remote} has no branch yet, and its first one is to be that of your texts. "
            f"Type: python3 tasks.py publish, {AGAIN}.",
            1,
        )
    if tip := remote.tips.get(name, ""):
        fetch(repository, name, tip)
        check_site(repository, name, tip)


def check_site(repository: Repository, name: str, tip: str) -> None:
    """Raise CommandFault if a branch of the remote has something else than a built site."""
    present = set(repository.git.list_names("ls-tree", "-z", "--name-only", tip))
    if "index.html" not in present or present & SOURCES:
        raise CommandFault(
            f"{format_name(name)} at {repository.remote} has something else than a built site, which "
            f"this would replace. {OTHER}"
        )


def make_pages(
    repository: Repository, remote: Remote, name: str, output: Path, work: Path, allow_shrink: bool
) -> Pages:
    """Return the branch of the built site with the tree of the folder `output`.

    Raises CommandFault if that is not what was built, or if readers would lose too much.
    """
    tip = remote.tips.get(name, "")
    names = sorted(read_list(output))
    check_built(output, names)
    tree = write_tree(repository, output, names, work)
    before = repository.git.list_names("ls-tree", "-r", "-z", "--name-only", tip) if tip else []
    if DOMAIN in before and DOMAIN not in names:
        raise CommandFault(explain_lost_domain(repository, name, tip), 1)
    if not allow_shrink:
        check_shrunk(count_pages(before), count_pages(names), "page")
    lines = describe_files(repository.git, tip, tree, name, len(names))
    return Pages(name, tip, tree, lines)


def check_built(output: Path, names: list[str]) -> None:
    """Raise CommandFault if a file is not as the build lists it, or none that readers may have."""
    digests = read_list(output)
    for name in names:
        path = output / name
        parts = name.split("/")
        is_hidden = any(part.startswith(".") for part in parts) and parts[0] not in HIDDEN
        if is_hidden or not name.isprintable():
            raise CommandFault(
                f"{format_name(name)}: the site may have no file of such a name. Rename the file that "
                f"it is made of, {AGAIN}. Nothing was published.",
                1,
            )
        is_plain = path.exists() and stat.S_ISREG(path.lstat().st_mode)
        if not is_plain or make_digest(path) != digests[name]:
            raise CommandFault(
                f"{format_name(str(path))}: this file was changed after it was built. Type: python3 "
                f"tasks.py build --replace, {AGAIN}. Nothing was published.",
                1,
            )
    if "index.html" not in names:
        raise CommandFault(f"The site has no home page. Type: python3 tasks.py build, {AGAIN}.", 1)


def write_tree(repository: Repository, output: Path, names: list[str], work: Path) -> str:
    """Return the id of the tree with these files of a folder, byte by byte, and the mark `.nojekyll`."""
    git_folder = ("--git-dir", str(repository.folder))
    paths = "".join(f"./{name}\n" for name in names).encode()
    words = ("hash-object", "-w", "--no-filters", "--stdin-paths")
    ids = Git(output).ask(*git_folder, *words, data=paths).split()
    blobs = dict(zip(names, ids, strict=True))
    if HIDDEN[0] not in blobs:  # without it GitHub leaves out what begins with an underscore
        blobs[HIDDEN[0]] = repository.git.ask("hash-object", "-w", "--stdin")
    index = work / "pages.index"
    index.unlink(missing_ok=True)
    entries = "".join(f"100644 {blob}\t{name}\0" for name, blob in sorted(blobs.items()))
    git = repository.git.with_index(index)
    git.run("update-index", "-z", "--index-info", data=entries.encode())
    return git.ask("write-tree")


def explain_lost_domain(repository: Repository, name: str, tip: str) -> str:
    """Return what is said of a domain that the branch has, and the site would not have any more."""
    domain = format_name(repository.git.ask("show", f"{tip}:{DOMAIN}").strip())
    seen = f"{format_name(name)} at {repository.remote} has the domain {domain}, and the site would lose it"
    return (
        f"{seen}. Make the file content/extra/{DOMAIN} with this one line: {domain}, or, if the site is to "
        "leave it, take the domain out in Settings → Pages there first, which takes it off the branch. "
        "Nothing was published."
    )


def count_pages(names: list[str]) -> int:
    """Return the number of pages among files."""
    return sum(name.endswith(".html") for name in names)


def describe_files(git: Git, tip: str, tree: str, name: str, count: int) -> list[str]:
    """Return what is said of the files of a branch that change; nothing if none does."""
    shown = format_name(name)
    if not tip:
        return [f"The branch {shown} is new, with {format_count(count, 'file')}."]
    words = ("diff-tree", "-r", "-z", "--no-renames", "--name-status", tip, tree)
    kinds = Counter(git.list_names(*words)[::2])
    if not kinds:
        return []
    counts = (f"{kinds['A']:,} new", f"{kinds['M'] + kinds['T']:,} changed", f"{kinds['D']:,} gone")
    return [f"Files on {shown}: {', '.join(counts)}."]


def commit_pages(repository: Repository, pages: Pages, source: str) -> str:
    """Return a commit of the built site on top of the branch's last one; that one if nothing is new."""
    if pages.is_there:
        return pages.tip
    git = repository.git
    subject = git.ask("log", "-1", "--format=%s", source)
    message = f"Site of {source[:9]}: {subject}\n\nSource: {source}\n"
    parent = ("-p", pages.tip) if pages.tip else ()
    return git.ask("commit-tree", *parent, "-F", "-", pages.tree, data=message.encode())
