"""Write the posts of a plain text dump, one Markdown file each.

A post's file is named by its slug alone, `my-title.md`. A date in the name would sort a large
folder, but it would be a second date beside the `Date:` line: here it would be made up, in a draft
it is yesterday's, and after the first correction the two say different things.
"""

import os
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from catalogue.header.dates import LATEST_YEAR
from catalogue.problems import Problem, format_count, format_problem, shorten
from commands.importers.dump import read_dump_file
from commands.importers.post import ImportedPost
from commands.importers.post_slugs import choose_slugs
from commands.topics.topic_guess import guess_topics, read_topic_names
from commands.writing.post_files import (
    CommandFault,
    explained_writing,
    format_place,
    format_value,
    read_file_header,
    read_posts,
)
from commands.writing.write_files import File, lock_content, write_files

DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T]([0-9]{2}:[0-9]{2}))?", re.ASCII)


def import_dump(file: Path, start: datetime, content: Path) -> None:
    """Import those posts of a plain dump that are not there yet. Raises CommandFault."""
    posts, problems = read_file(file)
    if problems:
        lines = [format_problem(problem, "") for problem in problems]
        raise CommandFault("\n".join([*lines, "Nothing was imported."]), 1)
    with lock_content(content):
        import_posts(posts, start, content)


def read_file(file: Path) -> tuple[list[ImportedPost], list[Problem]]:
    """Return the posts of a dump, the newest first, and its problems; with problems no posts."""
    try:
        data = file.read_bytes()
    except OSError as error:
        seen = f"The file cannot be read ({error.strerror})"
        return [], [Problem(str(file), 0, "error", f"{seen}. Check that you may open it.")]
    return read_dump_file(data, str(file))


def import_posts(posts: Sequence[ImportedPost], start: datetime, content: Path) -> None:
    """Write those posts that are not there yet, and print what was done with each."""
    folder = content / "posts"
    taken = read_posts(folder)
    variants = read_topic_names(content)
    files: list[File] = []
    dates: list[str] = []
    for number, (post, slug) in enumerate(
        zip(posts, choose_slugs([post.title for post in posts]), strict=True)
    ):
        target = folder / f"{slug}.md"
        present = target if os.path.lexists(target) else taken.get(slug)
        if present is None:
            date = f"{post.date or start - timedelta(minutes=number):%Y-%m-%d %H:%M}"
            if not post.date:
                dates.append(date)
            tags = guess_topics(f"{post.title}\n\n{post.body}", variants)
            files.append(File(target, format_imported_post(post, date, tags).encode()))
        elif read_file_header(present, "post").body.split() != post.body.split():
            print(
                f"{format_place(content, present)}: left as it is. Its words are not those of the "
                "import file: it was edited, or is another post."
            )
    with explained_writing(format_place(content, folder), "Nothing was imported."):
        # The oldest first: what a killed run leaves out is newer, and so are the dates of a later run.
        write_files(files[::-1])
    for file in files:
        print(f"{format_place(content, file.path)}: imported.")
    print("\n".join(format_summary(len(posts), len(files), dates)))


def format_imported_post(post: ImportedPost, date: str, tags: Sequence[str]) -> str:
    """Return the text of a post's file: the header, a blank line, the body."""
    header = [f"Title: {format_value(post.title)}", f"Date: {date}", f"Comments: {post.comments}"]
    if tags:
        header.append(f"Tags: {', '.join(tags)}")
    return "\n".join([*header, "", post.body]).rstrip("\n") + "\n"


def read_newest_date(date: str, now: datetime) -> datetime:
    """Return the date of the newest post, from `YYYY-MM-DD`, `YYYY-MM-DD HH:MM` or nothing.

    A day alone, and no date at all, which is today, stand for its noon; today's not before it is.
    Raises CommandFault for anything else.
    """
    match = DAY.fullmatch(date.strip() or f"{now:%Y-%m-%d}")
    try:
        start = datetime.fromisoformat(f"{match[1]} {match[2] or '12:00'}") if match else None
    except ValueError:
        start = None
    if match is None or start is None or not 1900 <= start.year <= LATEST_YEAR:
        seen = f"“{shorten(date)}” is not a date"
        raise CommandFault(f'{seen}. Write: --date 2026-11-23 or: --date "2026-11-23 09:30"')
    is_today = start.date() == now.date() and not match[2]
    return min(start, now.replace(second=0, microsecond=0)) if is_today else start


def format_summary(total: int, imported: int, dates: Sequence[str]) -> list[str]:
    """Return how many posts came in, and which dates were given to those that had none."""
    if not imported:
        here = f"All {total:,} posts are" if total > 1 else "The post is"
        return [f"Nothing changed. {here} there already."]
    old = total - imported
    there = f", {old:,} of {total:,} were there already" if old else ""
    lines = [f"{format_count(imported, 'post')} imported{there}."]
    if not dates:
        return lines
    seen = "The file gives no dates"
    if len(dates) < imported:
        seen = f"The file gives no dates for {len(dates):,} of them"
    given = "the post got" if len(dates) == 1 else "the posts got"
    span = dates[0]
    if len(dates) > 1:
        span = f"{dates[0]} to {dates[-1]}, newest first, one minute apart"
    return [
        *lines,
        f"{seen}; {given} {span}. Change a Date line where you know better.",
    ]
