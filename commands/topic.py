"""Make a topic: a record in the authority file."""

import os
from pathlib import Path

from building.inputs import has_content
from catalogue.addresses import is_reserved
from catalogue.authority import fold_topic_name
from catalogue.problems import format_root
from catalogue.project import CONTENT
from catalogue.slugs import check_slug, format_slug
from commands.check import judge_content
from commands.writing.post_files import (
    CommandFault,
    check_place,
    is_written,
    print_fault,
    write_new,
)
from commands.writing.write_files import lock_content


def topic(name: str, content: Path = CONTENT) -> int:
    """Make the record of the topic `name` and print where it is; return the exit code.

    Exit codes: 0 done, 1 there is one already or it cannot be written, 2 the name is no name.
    """
    name = " ".join(name.split())
    slug = format_slug(name)
    try:
        if not slug or check_slug(slug) or not name.isprintable():
            raise CommandFault(
                f"“{name}” cannot be a topic's name. Write letters of the alphabet, like: "
                'python3 tasks.py topic "Customer service"'
            )
        if is_reserved("topic", slug):
            raise CommandFault(f"“{slug}” is a name that the site itself uses. Add a word to it.")
        if not has_content(content):
            return 2
        path = content / "topics" / f"{slug}.md"
        check_place(content, path)
        with lock_content(content) as was_killed:
            begin_topic(name, path, content, was_killed)
    except CommandFault as fault:
        return print_fault(fault)
    return 0


def begin_topic(name: str, path: Path, content: Path, was_killed: bool) -> None:
    """Write a topic's record and print where it is; raise CommandFault if there is one, or cannot be.

    After a killed command, a record that is there just as it would be written is that command's.
    """
    root = format_root(content)
    data = f"Title: {name}\n\nPosts about {name}.\n".encode()
    owner = judge_content(content).topic_names.get(fold_topic_name(name))
    present = owner.path if owner else f"topics/{path.name}" if os.path.lexists(path) else ""
    if not present:
        write_new(content, path, data)
    elif not (was_killed and is_written(content / present, data)):
        raise CommandFault(f"“{name}” is a topic already: {root}/{present}", 1)
    print(f"{root}/topics/{path.name} is there. Write in it what belongs to the topic.")
