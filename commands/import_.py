"""Bring the posts of another blog into the content folder, one Markdown file each."""

from pathlib import Path
from zoneinfo import ZoneInfo

from building.settings import read_constants
from catalogue.dates import read_clock
from catalogue.problems import format_name, shorten
from catalogue.project import CONTENT
from commands.importers.dump_posts import import_dump, read_newest_date
from commands.importers.recognise import DUMP, FORMATS, is_archive, recognise
from commands.importers.run import Options, import_site
from commands.writing.post_files import CommandFault, check_content_folder, print_fault


def import_(
    source: Path,
    date: str = "",
    content: Path = CONTENT,
    form: str = "",
    topics_file: str = "",
    is_dry: bool = False,
    verifies: bool = True,
    fetches: bool = False,
) -> int:
    """Import those posts of a source that are not there yet; return the exit code.

    `date` is for posts of a plain dump, which gives none: the newest one's, `YYYY-MM-DD` or
    `YYYY-MM-DD HH:MM`, today when empty; each further post is one minute older. What is there is never
    touched. Exit codes: 0 done, 1 the source cannot be read or the posts not written, 2 no such source,
    folder or date. `form` is that of the source, if it is not to be recognised; `topics_file` maps tags;
    a dry run writes nothing; with `verifies` words are compared; with `fetches` pictures are fetched.
    """
    options = Options(form, is_dry, topics_file, verifies, fetches)
    try:
        now = read_clock().astimezone(ZoneInfo(read_constants()["TIMEZONE"])).replace(tzinfo=None)
        start = read_newest_date(date, now)
        check_source(source, options)
        check_content_folder(content)
        check_apart(source, content)
        is_dump = options.form == DUMP or (not options.form and recognise_file(source) == DUMP)
        if is_dump:
            import_dump(source, start, content)
        else:
            import_site(source, options, content, now.replace(second=0, microsecond=0))
    except CommandFault as fault:
        return print_fault(fault)
    return 0


def check_source(source: Path, options: Options) -> None:
    """Raise CommandFault for a path that is nothing to read, and for a format that nobody knows."""
    if options.form and options.form not in FORMATS:
        raise CommandFault(
            f"“{shorten(options.form)}” is no format that can be read. Write one of: {', '.join(FORMATS)}"
        )
    if source.is_dir() and options.form == DUMP:
        seen = f"{format_name(str(source))}: this is a folder"
        raise CommandFault(f"{seen}. Give the name of the text file with the posts.")
    if not source.exists():
        seen = f"{format_name(str(source))}: there is no such file"
        raise CommandFault(f"{seen}. Give the name of the file or folder with the posts.")


def check_apart(source: Path, content: Path) -> None:
    """Raise CommandFault for a source that is the folder that posts are brought into."""
    if source.resolve() == content.resolve():
        seen = f"{format_name(str(source))}: this is the folder that posts are brought into"
        raise CommandFault(f"{seen}. Give the name of the other blog's.")


def recognise_file(source: Path) -> str:
    """Return the format of a source; nothing for an archive, in which it is looked for."""
    if is_archive(source):
        return ""
    try:
        return recognise(source)
    except OSError:
        return DUMP  # its reader says why it cannot be read
