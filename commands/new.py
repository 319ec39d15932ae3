"""Begin a post: a file with its header, and a place to write."""

import os
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from building.settings import read_constants
from catalogue.dates import read_clock
from catalogue.project import CONTENT
from catalogue.slugs import format_post_slug
from commands.topics.topic_choice import choose_topics
from commands.writing.draft import check_title, format_draft, format_tags
from commands.writing.editor import open_in_editor
from commands.writing.post_files import (
    CommandFault,
    check_content_folder,
    format_place,
    is_written,
    print_fault,
    read_posts,
    write_new,
)
from commands.writing.write_files import lock_content


def new(
    title: str,
    content: Path = CONTENT,
    topics: Sequence[str] = (),
    question: bool = False,
    opens: bool = False,
) -> int:
    """Begin a draft named after its title and print where it is; return the exit code.

    It is dated in the site's zone. `topics` are names of topics; without any, those are taken that the
    title names. With `question` it is a reference question; with `opens` the author's editor is opened.
    Exit codes: 0 done, 1 such a post is there or cannot be written, 2 the command cannot be used.
    """
    try:
        if fault := check_title(title):
            raise CommandFault(fault)
        check_content_folder(content)
        choice = choose_topics(topics, title, content)
        text = format_draft(title, format_now(), choice.names, question)
        target = content / "posts" / f"{format_post_slug(title)}.md"
        with lock_content(content) as was_killed:
            begin_draft(target, text.encode(), content, was_killed)
    except CommandFault as found:
        return print_fault(found)
    print("It is a draft. To publish it, write your text and take out the line “Status: draft”.")
    if choice.example:
        example = f"Tags: {format_tags([choice.example])}"
        print(f"To file it under a topic, add a line to its header, like “{example}”.")
    if opens:
        open_in_editor(target)
    return 0


def format_now() -> str:
    """Return the present moment as the clocks of the site show it."""
    zone = ZoneInfo(read_constants()["TIMEZONE"])
    return f"{read_clock().astimezone(zone):%Y-%m-%d %H:%M}"


def begin_draft(target: Path, data: bytes, content: Path, was_killed: bool) -> None:
    """Write a draft and print where it is; raise CommandFault if it is there already, or cannot be.

    After a killed command, a draft that is there just as it would be written is that command's.
    """
    present = target if os.path.lexists(target) else read_posts(target.parent).get(target.stem)
    if present is None:
        write_new(content, target, data)
    elif not (was_killed and is_written(present, data)):
        raise CommandFault(
            f"{format_place(content, present)}: this post is there already. Open that file to go "
            'on with it, or give another title: python3 tasks.py new "Another title"',
            1,
        )
    print(format_place(content, target))
