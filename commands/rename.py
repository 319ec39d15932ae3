"""Rename a post: another title, and with it another address; all that leads to it goes along, or nothing."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from building.settings import read_constants
from catalogue.problems import Problem, count_errors, format_count, write_report
from catalogue.project import CONTENT
from catalogue.slugs import format_post_slug, slug_of
from commands.renaming.rename_post import Rename, prepare_rename
from commands.writing.draft import check_title
from commands.writing.post_files import (
    CommandFault,
    check_content_folder,
    explained_writing,
    find_post_file,
    format_place,
    print_fault,
)
from commands.writing.trial import Trial, list_new
from commands.writing.write_files import lock_content, write_files


def rename(file: str, title: str, content: Path = CONTENT) -> int:
    """Rename the post `file`, which is a file, a slug or an address; return the exit code.

    Exit codes: 0 done, 1 something stands in the way and nothing was changed, 2 there is no such post, or
    the title cannot be used.
    """
    title = " ".join(title.split())
    try:
        if fault := check_title(title):
            raise CommandFault(fault.replace('new "', 'rename FILE "'))
        check_content_folder(content)
        settings = read_constants()
        with lock_content(content) as was_killed:
            trial = Trial(content, settings)
            try:
                path = find_post_file(file, content)[0]
            except CommandFault:
                found = find_renamed(file, title, trial, was_killed)
                if not found:
                    raise
                print(f"{format_place(content, content / found)}: renamed already.")
                return 0
            return rename_post(path, title, trial, content)
    except CommandFault as fault:
        return print_fault(fault)


def rename_post(path: Path, title: str, trial: Trial, content: Path) -> int:
    """Rename a post and print what was changed; return the exit code."""
    before = trial.judge()
    planned = prepare_rename(path, title, trial, before, content)
    if planned is None:
        print(f"{format_place(content, path)}: it is called so already.")
        return 0
    after = trial.judge(planned.changed, planned.renaming.follow)
    known = [follow(problem, planned) for problem in before.problems]
    found = [p for p in list_new(known, after.problems) if not is_expected(p, planned)]
    if count_errors(found):
        write_report(found, content)
        raise CommandFault("Nothing was changed.", 1)
    with explained_writing(format_place(content, path)):
        write_files(planned.files, planned.renaming.list_moves(content), content)
    print_done(path, planned, trial.settings, content)
    write_report(found, content)
    return 0


def follow(problem: Problem, planned: Rename) -> Problem:
    """Return a problem at the path that its file will have."""
    return replace(problem, path=planned.renaming.follow(problem.path))


def is_expected(problem: Problem, planned: Rename) -> bool:
    """Return whether a problem of a text that is renamed is one that it has, with the old name in it."""
    return problem.level != "error" and problem.path in planned.changed


def print_done(path: Path, planned: Rename, settings: Mapping[str, Any], content: Path) -> None:
    """Print where the post is now, and what else was changed."""
    renaming, site = planned.renaming, settings["SITEURL"].rstrip("/")
    new = content / renaming.path
    moved = f" is {format_place(content, new)} now" if new != path else ": its title is another now"
    print(f"{format_place(content, path)}{moved}.")
    if renaming.is_moved:
        print(f"Its address: {site}{renaming.address}")
    if planned.has_alias:
        print(f"The old one, {renaming.old_address}, leads there.")
    elif renaming.is_moved:
        print("It has not been public, so the old address is free again.")
    for source, target in renaming.moves:
        if source.startswith("comments/"):
            print(f"{format_place(content, content / target)}: its comments.")
    others = [file.path for file in planned.files if file.path != new]
    for other in others:
        print(f"{format_place(content, other)}: leads to it by its new name.")
    if others:
        print(f"{format_count(len(others), 'other file was', 'other files were')} changed.")


def find_renamed(word: str, title: str, trial: Trial, was_killed: bool) -> str:
    """Return the path of the post that was called `word` and has a title now; empty for none.

    After a killed command that is the post of this title, whatever it was called.
    """
    slug, old = format_post_slug(title), f"/posts/{slug_of(word.strip('/'))}/"
    for path, record in trial.readings.records.items():
        is_it = record.kind == "post" and record.slug == slug
        if is_it and record.values.get("Title") == title:
            return path if was_killed or old in record.values.get("Aliases", ()) else ""
    return ""
