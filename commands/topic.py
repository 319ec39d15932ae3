"""Make a topic: a record in the authority file; or one for each tag that is no topic yet."""

import os
import sys
from pathlib import Path

from building.inputs import has_content
from catalogue.authority import explain_no_topic
from catalogue.problems import format_count, format_root
from catalogue.project import CONTENT
from commands.check import judge_content
from commands.topics.topic_files import (
    explain_taken,
    find_present,
    plan_topics,
    start_topic,
)
from commands.writing.post_files import (
    CommandFault,
    check_place,
    explained_writing,
    is_written,
    print_fault,
    write_new,
)
from commands.writing.write_files import File, lock_content, write_files


def topic(name: str, content: Path = CONTENT) -> int:
    """Make the record of the topic `name` and print where it is; return the exit code.

    Exit codes: 0 done, 1 there is one already or it cannot be written, 2 the name is no name.
    """
    name = " ".join(name.split()).lstrip("# ")  # as a tag is read
    try:
        if fault := explain_no_topic(name):
            raise CommandFault(fault)
        if not has_content(content):
            return 2
        check_place(content, content / "topics" / start_topic(name).file)
        with lock_content(content) as was_killed:
            begin_topic(name, content, was_killed)
    except CommandFault as fault:
        return print_fault(fault)
    return 0


def begin_topic(name: str, content: Path, was_killed: bool) -> None:
    """Write a topic's record and print where it is; raise CommandFault if there is one, or cannot be.

    After a killed command, a record that is there just as it would be written is that command's.
    """
    root, new = format_root(content), start_topic(name)
    path, data = content / "topics" / new.file, new.text.encode()
    present, owner = find_present(new, judge_content(content))
    if not present and os.path.lexists(path):  # it is there, and no record
        present, owner = f"topics/{new.file}", name
    if not present:
        write_new(content, path, data)
    elif not (was_killed and is_written(content / present, data)):
        text = f"“{name}” is a topic already: {root}/{present}"
        if owner != name:
            text = explain_taken(name, new.slug, owner, f"{root}/{present}")
        raise CommandFault(text, 1)
    print(f"{root}/topics/{new.file} is there. Write in it what belongs to the topic.")


def topic_all(name: str = "", content: Path = CONTENT) -> int:
    """Make a record for each tag that is no topic yet, all or none of them, and print where they are.

    Exit codes: 0 done, 1 some tag cannot be a topic or nothing can be written, 2 no such folder, or a
    `name` was typed as well. Of the tags that cannot be, the reasons are printed; the others are made.
    """
    try:
        if name:
            raise CommandFault("Write the name of one topic, or --all for all tags; not both.")
        if not has_content(content):
            return 2
        check_place(content, content / "topics")
        with lock_content(content):
            return begin_topics(content)
    except CommandFault as fault:
        return print_fault(fault)


def begin_topics(content: Path) -> int:
    """Write a record for each tag that is no topic yet; return the exit code, as `topic_all`."""
    root = format_root(content)
    topics, faults = plan_topics(judge_content(content), root)
    folder = content / "topics"
    with explained_writing(f"{root}/topics"):
        write_files([File(folder / new.file, new.text.encode()) for new in topics])
    for new in topics:
        print(f"{root}/topics/{new.file}: {', '.join([new.name, *new.variants])}")
    if topics:
        made = format_count(len(topics), "topic is", "topics are")
        print(f"{made} there. Write in each what belongs to it.")
    elif not faults:
        print("Every tag is a topic already.")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0
