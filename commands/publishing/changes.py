"""What a publishing changes for readers: texts and addresses that are new, changed or gone."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from building.judge_site import judge_site
from catalogue.addresses import format_address
from catalogue.dates import format_scheduled
from catalogue.problems import Refused, format_count, format_name
from catalogue.records import Record
from catalogue.selection import Catalogue
from commands.publishing.git import join_names
from commands.publishing.repository import OURS, Repository
from commands.writing.post_files import CommandFault

MOST_SHOWN = 20
LEAST_LOST = 3  # fewer texts are taken out on purpose, as a rule


@dataclass(frozen=True)
class Text:
    """A text of the site: where it is, what it is called, and a digest of it and its comments."""

    address: str
    kind: str
    title: str
    digest: str


@dataclass(frozen=True)
class Changes:
    """What is new, changed and gone between two states of a site."""

    new: list[Text]
    changed: list[Text]
    gone: list[Text]
    moved: list[Text]  # gone, and their address leads to another text
    added: list[str]  # addresses, of whatever lies there
    lost: list[str]
    files: list[str]  # of the author's that are no texts of the site, and are not as they were
    before: int  # the number of texts
    after: int


def list_texts(catalogue: Catalogue) -> dict[str, Text]:
    """Return the texts of a site by their address."""
    texts = {}
    for record in catalogue.shown:
        comments = catalogue.comments.get(record.path, ())
        digest = " ".join([record.digest, *sorted(comment.digest for comment in comments)])
        address = format_address(record)
        texts[address] = Text(address, record.kind, record.title, digest)
    return texts


def compare(before: Catalogue | None, after: Catalogue, files: Iterable[str]) -> Changes:
    """Return what changes from one state of a site to another; None is a site that is not there yet.

    `files` are the author's files, by their path in the project, that differ.
    """
    old, new = list_texts(before) if before else {}, list_texts(after)
    planned = before.planned if before else frozenset()
    withdrawn = {
        address for address in old if address not in after.planned or address in after.gone
    }
    told = {f"{OURS[0]}/{path}" for path in after.records}
    told |= {f"{OURS[0]}/{path}" for path in (before.records if before else ())}
    return Changes(
        new=[new[address] for address in new if address not in old],
        changed=[
            new[address]
            for address in new
            if address in old and old[address].digest != new[address].digest
        ],
        gone=[old[address] for address in old if address in withdrawn],
        moved=[old[address] for address in old if address not in {*new, *withdrawn}],
        added=sorted(after.planned - planned),
        lost=sorted(planned - after.planned),
        files=sorted(name for name in files if name not in told),
        before=len(old),
        after=len(new),
    )


def read_commit(
    repository: Repository, commit: str, settings: Mapping[str, Any], work: Path
) -> Catalogue | None:
    """Return the site of the author's files in a commit, judged today; None if it has none, or is none."""
    if not commit:
        return None
    folder, index = work / "before", work / "before.index"
    index.unlink(missing_ok=True)
    git = repository.git.with_index(index)
    git.run("read-tree", commit)
    names = git.list_names("ls-files", "-z", "--", OURS[0])
    if not names:
        return None
    words = ("checkout-index", "--quiet", "--force", f"--prefix={folder}/", "-z", "--stdin")
    git.run(*words, data=join_names(names))
    try:
        # The folder is the same one each time, so what was read of it before is known by its bytes.
        return judge_site({**settings, "PATH": str(folder / OURS[0])})
    except Refused:  # of an old state, which is compared and not published
        return None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def list_changed_files(repository: Repository, before: str, tree: str) -> list[str]:
    """Return the author's files that differ between two commits or trees; no commit is an empty one."""
    if not before:
        return repository.git.list_names("ls-tree", "-r", "-z", "--name-only", tree, "--", *OURS)
    words = ("diff-tree", "-r", "-z", "--no-renames", "--name-only", before, tree, "--", *OURS)
    return repository.git.list_names(*words)


def check_shrunk(before: int, after: int, what: str) -> None:
    """Raise CommandFault if a site would lose more than a fifth of its pages, and at least three."""
    if before - after >= LEAST_LOST and after * 5 < before * 4:
        raise CommandFault(
            f"The site would have {format_count(after, what)} where it has {before:,}. If that is "
            "meant, add --allow-shrink. Nothing was published.",
            1,
        )


def format_changes(changes: Changes) -> list[str]:
    """Return what is shown of changes, line by line."""
    lines: list[str] = []
    kinds = {
        "new": changes.new,
        "changed": changes.changed,
        "moved, and leads on": changes.moved,
        "gone": changes.gone,
    }
    for word, texts in kinds.items():
        lines += shorten_list([describe(word, text) for text in texts])
    lines += shorten_list([f"  also changed: {format_name(name)}" for name in changes.files])
    if changes.added or changes.lost:
        lines.append(f"Addresses: {len(changes.added):,} new, {len(changes.lost):,} gone.")
    whole = tuple(text.address for text in changes.gone)  # with a text goes what lies beside it
    alone = [address for address in changes.lost if not address.startswith(whole)]
    lines += shorten_list([f"  gone: {format_name(address)}" for address in alone])
    return lines or ["  no text is new, changed or gone"]


def describe(word: str, text: Text) -> str:
    """Return the line of one text: what becomes of it, its title and its address."""
    return f"  {word}: {text.kind} “{format_name(text.title)}”, {text.address}"


def shorten_list(lines: Sequence[str]) -> list[str]:
    """Return lines, the first of many with a line that counts the rest."""
    more = len(lines) - MOST_SHOWN
    return [*lines[:MOST_SHOWN], *([f"  ... and {more:,} more"] if more > 0 else [])]


def format_waiting(catalogue: Catalogue, pages: str = "") -> list[str]:
    """Return what is said of posts and comments that wait for their day, and of drafts.

    `pages` is the branch that the built site is put on; empty where a workflow publishes it.
    """
    comments = catalogue.scheduled_comments
    command = f"python3 tasks.py publish --branch {pages}" if pages else ""
    lines = format_scheduled(catalogue.scheduled, comments, catalogue.zone, command)
    hidden: list[Record] = [*catalogue.drafts, *catalogue.scheduled]
    if hidden:
        count = format_count(len(hidden), "text is", "texts are")
        lines.append(
            f"{count} not on the site yet; who may read the repository can read them there."
        )
    return lines


def make_message(changes: Changes) -> str:
    """Return the message of the commit of some changes, in plain words."""
    if len(told := [(verb, text) for verb, texts in name_kinds(changes) for text in texts]) == 1:
        verb, text = told[0]
        return f"{verb} “{text.title}”\n"
    counts = {"new": changes.new, "changed": changes.changed, "gone": changes.gone}
    parts = [f"{len(texts):,} {word}" for word, texts in counts.items() if texts]
    if parts:
        return f"Publish texts: {', '.join(parts)}\n"
    return f"Publish settings and {'files' if changes.files else 'addresses'}\n"


def name_kinds(changes: Changes) -> tuple[tuple[str, list[Text]], ...]:
    """Return what is done to texts, as a commit says it, with the texts."""
    return ("Publish", changes.new), ("Change", changes.changed), ("Withdraw", changes.gone)
