"""Push what was committed, all of it in one step or nothing, and say where to look."""

from collections.abc import Mapping

from catalogue.problems import format_count, format_name
from commands.publishing.git import Git, GitFault
from commands.publishing.remote_faults import explain_remote
from commands.publishing.repository import Repository
from commands.writing.post_files import CommandFault
from commands.writing.setup_guesses import REMOTE


def push(repository: Repository, commit: str, leased: Mapping[str, tuple[str, str]]) -> None:
    """Push a commit to the author's branch of the remote, and further ones to branches of their own.

    `leased` has, for each of these branches, the commit and the one that the remote has to be at; an
    empty one is no branch yet. Raises CommandFault if the remote refuses any; it is then as it was.
    """
    remote, target = repository.remote, repository.target
    leases = [f"--force-with-lease=refs/heads/{name}:{tip}" for name, (_, tip) in leased.items()]
    pairs = [f"{commit}:refs/heads/{target}"]
    pairs += [f"{new}:refs/heads/{name}" for name, (new, _) in leased.items()]
    words = ["push", "--porcelain", *(["--atomic"] if leased else []), *leases, remote, *pairs]
    try:
        repository.git.run(*words, asks=True)
    except GitFault as fault:
        seen = explain_remote(fault, remote, target)
        kept = "" if commit == repository.head else " What you wrote is kept here, in a commit."
        raise CommandFault(f"{seen} Nothing was published.{kept}", 1) from fault
    keep_upstream(repository)


def keep_upstream(repository: Repository) -> None:
    """Let git know where a branch was published that it knows no place of, so that `git pull` works."""
    git, branch = repository.git, repository.branch
    if not git.look("config", f"branch.{branch}.remote"):
        git.look("config", f"branch.{branch}.remote", repository.remote)
        git.look("config", f"branch.{branch}.merge", f"refs/heads/{repository.target}")


def list_ahead(repository: Repository, tip: str) -> list[str]:
    """Return what is said of the author's own commits that the remote does not have yet."""
    span = f"{tip}..{repository.head}" if tip else repository.head
    subjects = repository.git.ask("log", "--format=%s", span, "--").splitlines()
    if not tip or not subjects:
        return []
    count = format_count(len(subjects), "commit goes along", "commits go along")
    return [f"{count}, the last “{format_name(subjects[0])}”."]


def find_address(git: Git, remote: str) -> str:
    """Return the address of a remote."""
    return git.look("remote", "get-url", remote).partition("\n")[0]


def tell_where(address: str, site: str, pages: str) -> list[str]:
    """Return where the author can look, for the address of the remote and of the site.

    `pages` is the branch that has the built site; empty if a workflow builds it.
    """
    lines = []
    if match := REMOTE.fullmatch(address):
        github = f"https://github.com/{match['user']}/{match['name']}"
        if pages:
            lines.append(
                f"GitHub serves it in a minute or two: {github}/deployments (if it does not: Settings → "
                f"Pages → Deploy from a branch → {format_name(pages)}, / (root))"
            )
        else:
            lines.append(
                f"GitHub builds the site now, in some minutes: {github}/actions (if nothing runs there, as "
                "in a fork, press the button of that page)"
            )
    elif not pages:
        lines.append("The remote builds the site now, if it has a workflow for that.")
    if "//localhost" not in site:
        lines.append(f"The site: {site}/")
    return lines
