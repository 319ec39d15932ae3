"""Make a topic: a record in the authority file."""

import os
import sys
from pathlib import Path

from building.inputs import has_content
from catalogue.authority import fold_topic_name
from catalogue.problems import format_root
from catalogue.project import CONTENT
from catalogue.slugs import check_slug, format_slug
from commands.check import read_site
from commands.import_ import check_place, is_written, print_error
from commands.writing.write_files import File, hold_content, write_files


def topic(name: str, content: Path = CONTENT) -> int:
    """Make the record of the topic `name` and print where it is; return the exit code.

    Exit codes: 0 done, 1 there is one already or it cannot be written, 2 the name is no name.
    """
    name = " ".join(name.split())
    slug = format_slug(name)
    if not slug or check_slug(slug) or not name.isprintable():
        print(
            f"“{name}” cannot be a topic's name. Write letters of the alphabet, like: "
            'python3 tasks.py topic "Customer service"',
            file=sys.stderr,
        )
        return 2
    if not has_content(content):
        return 2
    path = content / "topics" / f"{slug}.md"
    if fault := check_place(content, path):
        print_error(fault)
        return 1
    with hold_content(content) as was_killed:
        return begin_topic(name, path, content, was_killed)


def begin_topic(name: str, path: Path, content: Path, was_killed: bool) -> int:
    """Write a topic's record and print where it is; return 1 if there is one, or it cannot be written.

    After a killed command, a record that is there just as it would be written is that command's.
    """
    root = format_root(content)
    data = f"Title: {name}\n\nPosts about {name}.\n".encode()
    owner = read_site(content).topic_names.get(fold_topic_name(name))
    there = owner.path if owner else f"topics/{path.name}" if os.path.lexists(path) else ""
    if there and not (was_killed and is_written(content / there, data)):
        print(f"“{name}” is a topic already: {root}/{there}", file=sys.stderr)
        return 1
    try:
        write_files([] if there else [File(path, data)])
    except OSError as error:
        print_error(f"{root}/topics: writing failed ({error.strerror}). Nothing was changed.")
        return 1
    print(f"{root}/topics/{path.name} is there. Write in it what belongs to the topic.")
    return 0
