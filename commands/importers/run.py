"""Import a blog: read it, plan its files, judge them as the site will, and write them all or none."""

import os
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from building.outcome import show_progress
from catalogue.problems import format_name
from commands.importers.assemble import Assembled, Terms, assemble
from commands.importers.fetch import fetch_politely
from commands.importers.recognise import opened, read_source
from commands.importers.report import format_report, summarise
from commands.importers.site import Site, Unreadable
from commands.writing.post_files import CommandFault, explained_writing, format_place
from commands.writing.write_files import File, lock_content, write_files

REPORT = "import-report.md"  # beside the content folder


@dataclass(frozen=True)
class Options:
    """What the author chose."""

    form: str = ""  # of the source, if it is not to be recognised
    is_dry: bool = False
    topics_file: str = ""
    verifies: bool = True
    fetches: bool = False


def import_site(source: Path, options: Options, content: Path, now: datetime) -> None:
    """Import what is new of a source, and print what was done. Raises CommandFault if that cannot be."""
    try:
        with opened(source) as inside, show_progress() as progress:
            progress("Reading")
            site = read_source(inside, options.form)
            with lock_content(content):
                fetch = fetch_politely(site) if options.fetches and not options.is_dry else None
                made = assemble(
                    site,
                    Terms(content, now, options.topics_file, fetch, options.verifies),
                    progress,
                )
                write(made, options, content)
    except Unreadable as wrong:
        raise CommandFault(
            f"{format_name(str(source))}: {wrong}. Nothing was imported.", 1
        ) from None
    print_report(source, site, made, options, content)


def write(made: Assembled, options: Options, content: Path) -> None:
    """Write the files, all or none; nothing of a dry run. Raises CommandFault."""
    if options.is_dry:
        return
    files = [File(content / path, data) for path, data in made.files.items()]
    # What a killed run has written of the same is as it would be written.
    files = [file for file in files if not is_there(file)]
    with explained_writing(format_place(content, content / "posts"), "Nothing was imported."):
        write_files(files)


def is_there(file: File) -> bool:
    """Return whether a file is there as it would be written."""
    return file.path.is_file() and file.path.read_bytes() == file.data


def print_report(
    source: Path, site: Site, made: Assembled, options: Options, content: Path
) -> None:
    """Print the summary, and write the report beside the content folder."""
    print("\n".join(summarise(made.counts, site.notes)))
    if options.is_dry:
        print("\n".join(f"  {path}" for path in made.files))
        print("Nothing was written: this was a dry run.")
        return
    path = content.parent / REPORT
    text = format_report(source.name, made.counts, site.notes, list(made.files))
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        print(f"The report could not be written ({error.strerror}).", file=sys.stderr)
        return
    print(f"The whole report: {format_name(os.path.relpath(path))}")
