"""Publish in steps: each is done whole before the next, and only the last two change anything."""

from pathlib import Path

from commands.publishing.changes import (
    Changes,
    check_shrunk,
    compare,
    format_changes,
    format_waiting,
    list_changed_files,
    make_message,
    read_commit,
)
from commands.publishing.order import Order
from commands.publishing.own_files import add_files, clear_unfinished
from commands.publishing.pages_branch import Pages, check_pages, commit_pages, make_pages
from commands.publishing.prepare import Prepared, prepare
from commands.publishing.push import find_address, list_ahead, push, tell_where
from commands.publishing.repository import (
    Remote,
    Repository,
    check_remote,
    open_repository,
    read_remote,
    reopen_repository,
)
from commands.publishing.source_commit import check_ignored, commit_work, make_tree
from commands.publishing.work_folder import open_work


def publish_site(order: Order) -> None:
    """Check, build, show what will change, ask, commit and push. Raises CommandFault if it cannot be."""
    clear_unfinished(order.root, order.content)
    repository = open_repository(order.root)
    with open_work(repository.folder) as work:
        repository = reopen_repository(repository)
        remote = read_remote(repository)
        check_remote(repository, remote)
        if order.pages:
            check_pages(repository, remote, order.pages)
        base = make_tree(repository, work)
        address = find_address(repository.git, repository.remote)
        site = prepare(order, address, repository.read_ledger(remote))
        check_ignored(repository, site.catalogue)
        tree = add_files(repository, base, site.files, work)
        changes = find_changes(repository, remote, base, site, order, work)
        pages = find_pages(repository, remote, order, work)
        if is_there(repository, remote, tree) and (pages is None or pages.is_there):
            waiting = format_waiting(site.catalogue, order.pages)
            print("\n".join([f"Nothing is new: {repository.remote} has it all.", *waiting]))
            return
        shown = describe(repository, remote, changes, site, pages)
        print("\n".join(shown), flush=True)
        if order.dry_run:
            print("Nothing was published, for this was --dry-run.")
        elif not order.confirm():
            print("Nothing was published.")
        else:
            commit = commit_work(repository, base, site.files, make_message(changes), work)
            push(repository, commit, lease(repository, pages, commit))
            print("\n".join(report(repository, site, pages)))


def find_pages(repository: Repository, remote: Remote, order: Order, work: Path) -> Pages | None:
    """Return the branch that gets the built site; None where a workflow builds it."""
    if not order.pages:
        return None
    return make_pages(repository, remote, order.pages, order.output, work, order.allow_shrink)


def lease(repository: Repository, pages: Pages | None, commit: str) -> dict[str, tuple[str, str]]:
    """Return what is pushed beside the commit of the texts, for `push`."""
    if pages is None:
        return {}
    return {pages.name: (commit_pages(repository, pages, commit), pages.tip)}


def find_changes(
    repository: Repository, remote: Remote, tree: str, site: Prepared, order: Order, work: Path
) -> Changes:
    """Return what changes from what the remote has to a tree of the author's own work.

    Raises CommandFault if too much would be gone.
    """
    tip = remote.tips.get(repository.target, "")
    files = list_changed_files(repository, tip, tree)
    is_same = tip and not files
    before = site.catalogue if is_same else read_commit(repository, tip, order.settings, work)
    changes = compare(before, site.catalogue, files)
    if not order.allow_shrink:
        check_shrunk(changes.before, changes.after, "text")
    return changes


def describe(
    repository: Repository, remote: Remote, changes: Changes, site: Prepared, pages: Pages | None
) -> list[str]:
    """Return what the author is shown before the question."""
    return [
        f"What will change on {site.siteurl}/ (from {repository.branch} to {repository.remote}):",
        *format_changes(changes),
        *(file.shown for file in site.files if file.is_new),
        *(pages.lines if pages else ()),
        *format_waiting(site.catalogue, pages.name if pages else ""),
        *list_ahead(repository, remote.tips.get(repository.target, "")),
    ]


def is_there(repository: Repository, remote: Remote, tree: str) -> bool:
    """Return whether the remote has the last commit, and that all of the author's work."""
    has_head = remote.tips.get(repository.target) == repository.head
    return has_head and tree == repository.git.ask("rev-parse", f"{repository.head}^{{tree}}")


def report(repository: Repository, site: Prepared, pages: Pages | None) -> list[str]:
    """Return what the author is told when all is pushed."""
    address = find_address(repository.git, repository.remote)
    branches = f"{repository.target} and {pages.name} have" if pages else f"{repository.target} has"
    return [
        f"Published: {branches} it all, at {repository.remote}.",
        *tell_where(address, site.siteurl, pages.name if pages else ""),
    ]
