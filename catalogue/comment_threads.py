"""Name, order and count the comments that lie in `content/comments/<post-slug>/`, a file each."""

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from catalogue.dates import is_scheduled, order_by_time
from catalogue.folding import fold_path
from catalogue.problems import count_errors
from catalogue.records import Record
from catalogue.slugs import check_slug

COMMENTS_ID = "comments"  # of the list below a post; html_reader refuses it in a text


def name_comment(comment: Record) -> str:
    """Return the name that other comments know a comment by: its file's, with the date in it."""
    return posixpath.splitext(posixpath.basename(comment.path))[0]


def format_anchor(name: str) -> str:
    """Return a comment's id on the page; no id in the author's text can begin so."""
    return f"comment-{name}"


def list_anchors(comments: Iterable[Record]) -> list[str]:
    """Return the ids that a post's page has for its comments."""
    return [COMMENTS_ID, *(format_anchor(name_comment(comment)) for comment in comments)]


def group_folders(comments: Iterable[Record]) -> dict[str, list[Record]]:
    """Return the comments in each folder, by the slug that is its name, in whatever form of its signs."""
    folders: dict[str, list[Record]] = {}
    for comment in comments:
        folders.setdefault(fold_path(comment.path.split("/")[1]), []).append(comment)
    return folders


def group_comments(comments: Iterable[Record], posts: Iterable[Record]) -> dict[str, list[Record]]:
    """Return the comments on each post, by its path; of two posts with one slug, on the first."""
    owners: dict[str, Record] = {}
    for post in posts:
        owners.setdefault(post.slug, post)
    folders = group_folders(comments)
    return {owners[slug].path: folders[slug] for slug in folders if slug in owners}


def select_valid(comments: Iterable[Record]) -> list[Record]:
    """Return the comments without errors; a draft may have others, which its preview leaves out."""
    return [
        comment
        for comment in comments
        if not count_errors(comment.problems) and not check_slug(name_comment(comment))
    ]


def select_due(
    comments: Mapping[str, Sequence[Record]], now: datetime, zone: ZoneInfo
) -> dict[str, list[Record]]:
    """Return the comments on each post that are not scheduled for later; on some none is left."""
    return {
        path: [comment for comment in group if not is_scheduled(comment, now, zone)]
        for path, group in comments.items()
    }


def order_thread(comments: Iterable[Record], zone: ZoneInfo) -> list[tuple[Record, Record | None]]:
    """Return the comments on a post, each followed by what answers it, with the one that it answers.

    Answers stand in order of time, and those of one moment by name. What answers nothing that is there,
    itself, or in a cycle its first comment, stands as an answer to the post.
    """
    by_time = sorted(comments, key=lambda comment: order_by_time(comment, zone))
    parents = {name_comment(comment): comment.values.get("Reply-to", "") for comment in by_time}
    loose = {cycle[0] for cycle in find_cycles(parents)}
    below: dict[str, list[Record]] = {}
    for comment in by_time:
        name = name_comment(comment)
        is_reply = parents[name] in parents and parents[name] != name and name not in loose
        below.setdefault(parents[name] if is_reply else "", []).append(comment)
    ordered: list[tuple[Record, Record | None]] = []
    to_do: list[tuple[Record, Record | None]] = [(top, None) for top in below.get("", [])[::-1]]
    while to_do:
        ordered.append(to_do.pop())
        comment = ordered[-1][0]
        to_do += [(answer, comment) for answer in below.get(name_comment(comment), [])[::-1]]
    return ordered


def count_comments(post: Record, comments: Sequence[Record] | None) -> int:
    """Return the number of a post's published comments; if it has no files, what its header says."""
    return int(post.values.get("Comments", 0)) if comments is None else len(comments)


def find_cycles(parents: Mapping[str, str]) -> list[list[str]]:
    """Return the cycles of two or more comments that answer one another, each from its first name."""
    cycles = []
    seen: dict[str, str] = {}  # each comment, and the one from which the walk came to it
    for start in parents:
        name = start
        while name in parents and name not in seen:
            seen[name] = start
            name = parents[name]
        if seen.get(name) != start or parents[name] == name:  # an end, or an earlier walk
            continue
        cycle = [name]
        while (after := parents[cycle[-1]]) != name:
            cycle.append(after)
        first = cycle.index(min(cycle))
        cycles.append(cycle[first:] + cycle[:first])
    return cycles
