"""Build the site of what is committed, and of nothing else that lies in the folder of the project.

The texts are taken out of the commit. Where the settings or the code differ from it, those of the commit
build the site, in a process of their own. Where nothing differs and the last build was for the same
address, that is the site.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from building.build import build_site
from building.build_cache import BuildCache, find_unchanged
from building.inputs import Run, read_inputs
from building.output_folder.place import read_list
from catalogue.problems import format_name
from commands.publishing.git import Git, GitFault, NoGit, join_names
from commands.publishing.order import Order
from commands.publishing.repository import (
    AGAIN,
    OURS,
    explain_no_git,
    explain_no_repository,
    is_ours,
)
from commands.writing.post_files import CommandFault

CLOCK = "SOURCE_DATE_EPOCH"
BUILT = "verified"  # the folder of the site, beside the caches, while it is looked at
# Starts a task of another copy of the project with the packages that are here.
RUN_TASK = """
import sys
sys.path[0] = sys.argv[1]
import tasks
from commands.launch.command_line import read_command
from commands.launch.run_task import run_task
task, values = read_command(tasks.TASKS, sys.argv[2:])
sys.exit(run_task(task.function, values))
"""


@dataclass(frozen=True)
class Source:
    """The commit that is checked out, and how the folder of the project differs from it."""

    git: Git
    folder: Path  # of git's own files
    commit: str
    subject: str
    committed: float  # when, in seconds since 1970
    is_sent: bool  # whether a remote has it, as far as this copy knows
    changed: list[str]  # files that differ

    @property
    def title(self) -> str:
        """The commit as people name it: the beginning of its number, and its subject."""
        return f"{self.commit[:9]} “{format_name(self.subject)}”"

    @property
    def has_other_code(self) -> bool:
        """Whether the settings or the code differ, and not only texts."""
        return any(not is_ours(name) or name == OURS[1] for name in self.changed)


@dataclass(frozen=True)
class Built:
    """A built site: its folder, a hash of each file by its name, and the newest moment that counts in it."""

    folder: Path
    digests: dict[str, str]
    newest: float = (
        0.0  # of the dates in texts that had come, in seconds since 1970; 0 if not known
    )

    @property
    def files(self) -> dict[str, Path]:
        """The files of the site, by their names."""
        return {name: self.folder / name for name in sorted(self.digests)}


def read_source(root: Path) -> Source:
    """Return the commit that is checked out in a folder. Raises CommandFault if there is none."""
    git = Git(root)
    try:
        folder = Path(git.ask("rev-parse", "--absolute-git-dir"))
        commit = git.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    except NoGit as error:
        raise CommandFault(explain_no_git("it knows what is committed"), 1) from error
    except GitFault as fault:
        raise CommandFault(explain_no_commit(git, fault), 1) from fault
    committed, _, subject = git.ask("log", "-1", "--format=%ct %s", commit).partition(" ")
    words = ("status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all")
    changed = [entry[3:] for entry in git.list_names(*words)]
    ignored = ("ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--", OURS[0])
    return Source(
        git=git,
        folder=folder,
        commit=commit,
        subject=subject,
        committed=float(committed),
        is_sent=bool(git.look("for-each-ref", "--contains", commit, "refs/remotes")),
        changed=[*changed, *git.list_names(*ignored)],
    )


def explain_no_commit(git: Git, fault: GitFault) -> str:
    """Return why a folder has no commit to compare with, and what to do."""
    if git.look("rev-parse", "--git-dir"):
        return f"There is no commit here yet. Type: python3 tasks.py publish, {AGAIN}."
    return explain_no_repository(fault, git.folder)


class CommittedSite:
    """The site of one commit, for one address: built as often as another moment is asked for."""

    def __init__(
        self, order: Order, source: Source, siteurl: str, work: Path, output: Path
    ) -> None:
        """Begin with nothing built. `work` is a folder for the texts, `output` one for the site."""
        self.source, self.work, self.output = source, work, output
        self.settings = {**order.settings, "SITEURL": siteurl}
        self.last = Run(order.content, order.output, {**self.settings, "PATH": str(order.content)})
        self.siteurl = siteurl

    def build(self, moment: float | None = None) -> Built:
        """Return the site as it is now, or as it was at a moment. Raises CommandFault, Refused, OSError."""
        with clock_at(moment):
            if moment is None and (built := self.find_last()):
                return built
            if self.source.has_other_code:
                return self.build_elsewhere()
            return self.build_here()

    def find_last(self) -> Built | None:
        """Return the author's last build if it is this site."""
        if self.source.changed or not self.last.output.is_dir():
            return None
        with closing(BuildCache(self.last.cache_file, self.last.output)) as cache:
            outcome = find_unchanged(self.last, cache, read_inputs(self.last))
        folder = self.last.output
        return Built(folder, read_list(folder), outcome.newest) if outcome else None

    def build_here(self) -> Built:
        """Return the site of the commit's texts, built by the code that is here."""
        content = self.check_out("before", OURS[0]) / OURS[0]
        settings = {**self.settings, "PATH": str(content)}
        outcome = build_site(Run(content, self.output, settings, allow_shrink=True, replace=True))
        return Built(self.output, read_list(self.output), outcome.newest)

    def build_elsewhere(self) -> Built:
        """Return the site of the commit's texts, built by the commit's settings and code."""
        folder = self.check_out("whole")
        words = ["build", "--siteurl", self.siteurl, "--output", str(self.output)]
        done = subprocess.run(
            [sys.executable, "-c", RUN_TASK, str(folder), *words, "--allow-shrink", "--replace"],
            cwd=folder,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode:
            raise CommandFault(f"{done.stderr.strip()}\n{self.source.title} cannot be built.", 1)
        return Built(self.output, read_list(self.output))

    def check_out(self, name: str, *paths: str) -> Path:
        """Return a folder with the files of the commit, or those below some paths."""
        folder, index = self.work / name, self.work / f"{name}.index"
        # A folder of this name is also where publishing has the texts of a commit, so that what was read
        # of them is known by their bytes.
        shutil.rmtree(folder, ignore_errors=True)
        git = self.source.git.with_index(index)
        git.run("read-tree", self.source.commit)
        names = git.list_names("ls-files", "-z", "--", *paths)
        words = ("checkout-index", "--quiet", "--force", f"--prefix={folder}/", "-z", "--stdin")
        git.run(*words, data=join_names(names))
        if not (folder / OURS[0]).is_dir():
            raise CommandFault(f"{self.source.title} has no folder {OURS[0]}.", 1)
        return folder


@contextmanager
def open_committed(
    order: Order, source: Source, siteurl: str, work: Path
) -> Iterator[CommittedSite]:
    """Yield the site of a commit; what is built of it is gone after the block."""
    with tempfile.TemporaryDirectory(prefix="verify-", ignore_cleanup_errors=True) as spare:
        site = CommittedSite(order, source, siteurl, work, Path(spare) / BUILT)
        if cache := site.last.cache_file:
            # One place, so that the cache does not grow with each site that was looked at.
            site.output = cache.parent / BUILT
        try:
            yield site
        finally:
            shutil.rmtree(site.output, ignore_errors=True)


@contextmanager
def clock_at(moment: float | None) -> Iterator[None]:
    """Have the clock of the builds in the block stand at a moment; None is now."""
    if moment is None:
        yield
        return
    before = os.environ.get(CLOCK)
    os.environ[CLOCK] = str(int(moment))
    try:
        yield
    finally:
        os.environ.pop(CLOCK)
        if before is not None:
            os.environ[CLOCK] = before
