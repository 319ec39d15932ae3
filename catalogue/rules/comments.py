"""Judge comments: their folders and names, their number, and what answers what."""

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from catalogue.comment_threads import find_cycles, group_folders, name_comment
from catalogue.post_names import find_post, group_former_posts, group_post_names
from catalogue.problems import Problem, format_count
from catalogue.records import Record
from catalogue.rules.namesakes import check_namesakes
from catalogue.slugs import check_slug, slug_of
from catalogue.spelling import Guesses


def check_comments(
    comments: Sequence[Record],
    posts: Sequence[Record],
    filed: Mapping[str, Sequence[Record]],
    site_names: tuple[str, ...],
) -> Iterator[Problem]:
    """Yield all that is wrong with comments; `filed` are those on each post, by its path.

    `site_names` are those of the site's author and of the site.
    """
    yield from check_comment_folders(comments, posts)
    yield from check_comment_names(comments)
    yield from check_stated_counts(posts, filed)
    yield from check_threads(filed.get(post.path, []) for post in posts)
    yield from check_namesakes(posts, filed, site_names)


def check_comment_folders(comments: Iterable[Record], posts: Iterable[Record]) -> Iterator[Problem]:
    """Yield an error for a folder that is named after no post, with the nearest slug."""
    posts = list(posts)
    slugs = dict.fromkeys(post.slug for post in posts)
    folders = group_folders(comments)
    strange = sorted(folders.keys() - slugs.keys())
    names = group_post_names(posts) if strange else {}
    former = group_former_posts(posts) if strange else {}
    guesses = Guesses()
    for folder in strange:
        post = find_post(folder, names) or former.get(folder)
        near = post.slug if post else guesses.find(folder.lower(), slugs)
        remedy = (
            f"Did you mean {near}? Rename the folder to it."
            if near
            else "Rename the folder to the last part of the post's address."
        )
        text = f"There is no post at posts/{folder}/, so these are comments on nothing. {remedy}"
        yield Problem(posixpath.dirname(folders[folder][0].path), 0, "error", text)


def check_comment_names(comments: Iterable[Record]) -> Iterator[Problem]:
    """Yield an error for a file's name that is no slug."""
    for comment in comments:
        if wrong := check_slug(name_comment(comment)):
            seen, _, better = wrong.rpartition(" Write: ")
            text = f"{seen} Rename the file, for example to {better or 'a-reader'}.md"
            yield Problem(comment.path, 0, "error", text)


def check_stated_counts(
    posts: Iterable[Record], comments: Mapping[str, Collection[Record]]
) -> Iterator[Problem]:
    """Yield an error for a number in a post's header that is not that of its files, if it has any."""
    for post in posts:
        stated, number = post.values.get("Comments"), len(comments.get(post.path, ()))
        if not number or stated is None or stated == number:
            continue
        text = (
            f"Comments: {stated:,} stands here, and comments/{post.slug} has "
            f"{format_count(number, 'file')}. Write: Comments: {number}"
        )
        if stated > number:
            text += ", or put the missing files back"
        yield Problem(post.path, post.line("Comments"), "error", f"{text}.")


def check_threads(threads: Iterable[Sequence[Record]]) -> Iterator[Problem]:
    """Yield an error for replies to themselves, to nothing, and in a cycle, in all comments on each post."""
    guesses = Guesses()
    for comments in threads:
        named = {name_comment(comment): comment for comment in comments}
        parents = {name: comment.values.get("Reply-to", "") for name, comment in named.items()}
        yield from check_parents(named, parents, guesses)
        for cycle in find_cycles(parents):
            comment = named[cycle[0]]
            names = " and ".join(f"{name}.md" for name in cycle[1:4])
            more = " and others" if len(cycle) > 4 else ""
            text = f"This comment and {names}{more} answer one another in a ring. Delete this line."
            yield Problem(comment.path, comment.line("Reply-to"), "error", text)


def check_parents(
    named: Mapping[str, Record], parents: Mapping[str, str], guesses: Guesses
) -> Iterator[Problem]:
    """Yield an error for comments that answer themselves, or one that is not there."""
    slugs: dict[str, list[str]] = {}
    for name, parent in parents.items():
        comment = named[name]
        if parent == name:
            text = "This comment answers itself. Write the name of another, or delete the line."
        elif parent and parent not in named:
            slugs = slugs or group_slugs(named)
            near = next((other for other in slugs.get(parent, ()) if other != name), "")
            others = (other for other in named if other != name)
            text = describe_no_parent(parent, near or guesses.find(parent, others, comment.path))
        else:
            continue
        yield Problem(comment.path, comment.line("Reply-to"), "error", text)


def group_slugs(names: Iterable[str]) -> dict[str, list[str]]:
    """Return the names of comments by what they are called without their dates."""
    slugs: dict[str, list[str]] = {}
    for name in names:
        slugs.setdefault(slug_of(name), []).append(name)
    return slugs


def describe_no_parent(parent: str, near: str) -> str:
    """Return what is said of a reply to nothing, with the nearest name that is there, if any."""
    remedy = (
        f"Write: Reply-to: {near}"
        if near
        else "Write the name of a file in this folder, without its .md, or delete the line."
    )
    return f"There is no comment {parent}.md in this folder. {remedy}"
