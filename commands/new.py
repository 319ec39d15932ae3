"""Begin a post: a file with its header, and a place to write."""

import os
from datetime import datetime
from pathlib import Path

from catalogue.header.values import LONGEST_TEXT
from catalogue.problems import shorten
from catalogue.project import CONTENT
from catalogue.slugs import format_post_slug
from commands.import_ import (
    check_folder,
    format_place,
    format_value,
    is_written,
    print_error,
    read_posts,
    read_variants,
    select_tags,
)
from commands.writing.write_files import File, hold_content, write_files


def check_title(title: str) -> str:
    """Say why a title cannot name a post; empty when it can."""
    if not title.strip():
        return 'A post needs a title. Type: python3 tasks.py new "What I read this week"'
    if not " ".join(title.split()).isprintable():
        return f"“{shorten(title)}” holds a character that cannot be shown. Type the title again."
    if len(title) > LONGEST_TEXT:
        return f"The title has {len(title):,} characters. Give one of at most {LONGEST_TEXT}."
    if not format_post_slug(title) or not any(character.isalnum() for character in title):
        return (
            f"“{shorten(title)}” has no letter and no digit to make an address from. "
            "Add a word to the title."
        )
    return ""


def format_draft(title: str, date: str, tags: list[str]) -> str:
    """Write a new draft's file; Tags may not be empty, so with no topic the line is left out."""
    header = [f"Title: {format_value(' '.join(title.split()))}", f"Date: {date}", "Status: draft"]
    if tags:
        header.append(f"Tags: {', '.join(tags)}")
    return "\n".join([*header, "Comments: 0", "", "Write your post here.", ""])


def new(title: str, content: Path = CONTENT) -> int:
    """Begin a draft named after its title and print where it is; give the exit code.

    Exit codes: 0 done, 1 such a post is there or cannot be written, 2 the title cannot be used.
    """
    if fault := check_title(title):
        print_error(fault)
        return 2
    if fault := check_folder(content):
        print_error(fault)
        return 1 if content.is_dir() else 2
    with hold_content(content) as was_killed:
        return begin_draft(title, content, was_killed)


def begin_draft(title: str, content: Path, was_killed: bool) -> int:
    """Write a draft and print where it is; return the exit code: 1 if it is there already, or cannot be.

    After a killed command, a draft that is there just as it would be written is that command's.
    """
    folder = content / "posts"
    target = folder / f"{format_post_slug(title)}.md"
    date = f"{datetime.now():%Y-%m-%d %H:%M}"  # noqa: DTZ005 - the author's own clock is meant
    variants = read_variants(content)
    tags = select_tags(title, variants)
    data = format_draft(title, date, tags).encode()
    present = target if os.path.lexists(target) else read_posts(folder).get(target.stem)
    if present and not (was_killed and is_written(present, data)):
        print_error(
            f"{format_place(content, present)}: this post is there already. Open that file to go "
            'on with it, or give another title: python3 tasks.py new "Another title"'
        )
        return 1
    try:
        write_files([] if present else [File(target, data)])
    except OSError as error:
        seen = f"{format_place(content, folder)}: writing failed ({error.strerror})"
        print_error(f"{seen}. Nothing was changed.")
        return 1
    print(format_place(content, target))
    print("It is a draft. To publish it, take out its line “Status: draft”.")
    if not tags and variants:
        example = min(variants.values())
        print(f"To file it under a topic, add a line to its header, like “Tags: {example}”.")
    return 0
