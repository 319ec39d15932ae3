"""Begin a post: a file with its header, and a place to write."""

import os
from datetime import datetime
from pathlib import Path

from catalogue.addresses import is_reserved
from catalogue.header.values import LONGEST_TEXT
from catalogue.problems import shorten
from catalogue.project import CONTENT
from catalogue.slugs import format_post_slug
from catalogue.text.leftovers import PLACEHOLDER
from commands.writing.post_files import (
    CommandFault,
    check_content_folder,
    format_place,
    format_value,
    is_written,
    print_fault,
    read_posts,
    write_new,
)
from commands.writing.topic_guess import guess_topics, read_topic_names
from commands.writing.write_files import lock_content


def check_title(title: str) -> str:
    """Return why a title cannot name a post; empty when it can."""
    if not title.strip():
        return 'A post needs a title. Type: python3 tasks.py new "What I read this week"'
    if not " ".join(title.split()).isprintable():
        return f"“{shorten(title)}” holds a character that cannot be shown. Type the title again."
    if len(title) > LONGEST_TEXT:
        return f"The title has {len(title):,} characters. Give one of at most {LONGEST_TEXT}."
    slug = format_post_slug(title)
    if not slug or not any(character.isalnum() for character in title):
        return (
            f"“{shorten(title)}” has no letter and no digit to make an address from. "
            "Add a word to the title."
        )
    if is_reserved("post", slug):
        return f"“{slug}” is a name that the site itself uses. Add a word to the title."
    return ""


def format_draft(title: str, date: str, tags: list[str]) -> str:
    """Return the text of a new draft's file; Tags may not be empty, so without any there is no such line."""
    header = [f"Title: {format_value(' '.join(title.split()))}", f"Date: {date}", "Status: draft"]
    if tags:
        header.append(f"Tags: {', '.join(tags)}")
    return "\n".join([*header, "Comments: 0", "", PLACEHOLDER, ""])


def new(title: str, content: Path = CONTENT) -> int:
    """Begin a draft named after its title and print where it is; return the exit code.

    Exit codes: 0 done, 1 such a post is there or cannot be written, 2 the title cannot be used.
    """
    try:
        if fault := check_title(title):
            raise CommandFault(fault)
        check_content_folder(content)
        with lock_content(content) as was_killed:
            begin_draft(title, content, was_killed)
    except CommandFault as found:
        return print_fault(found)
    return 0


def begin_draft(title: str, content: Path, was_killed: bool) -> None:
    """Write a draft and print where it is; raise CommandFault if it is there already, or cannot be.

    After a killed command, a draft that is there just as it would be written is that command's.
    """
    folder = content / "posts"
    target = folder / f"{format_post_slug(title)}.md"
    date = f"{datetime.now():%Y-%m-%d %H:%M}"  # noqa: DTZ005 - the author's own clock is meant
    variants = read_topic_names(content)
    tags = guess_topics(title, variants)
    data = format_draft(title, date, tags).encode()
    present = target if os.path.lexists(target) else read_posts(folder).get(target.stem)
    if present is None:
        write_new(content, target, data)
    elif not (was_killed and is_written(present, data)):
        raise CommandFault(
            f"{format_place(content, present)}: this post is there already. Open that file to go "
            'on with it, or give another title: python3 tasks.py new "Another title"',
            1,
        )
    print(format_place(content, target))
    print("It is a draft. To publish it, take out its line “Status: draft”.")
    if not tags and variants:
        example = min(variants.values())
        print(f"To file it under a topic, add a line to its header, like “Tags: {example}”.")
