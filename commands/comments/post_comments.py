"""Read the comments that a post has, and find a reply among them that is filed already."""

from pathlib import Path
from zoneinfo import ZoneInfo

from catalogue.dates import read_moment
from catalogue.problems import count_errors, format_problem, format_root
from catalogue.record_reader import read_record
from catalogue.records import Record
from catalogue.rules.comments import check_comment_names, check_threads
from catalogue.text.comment_reader import CommentReader
from commands.comments.reply import Reply, format_comment_file
from commands.writing.post_files import CommandFault, check_place, drop_date, format_place


def read_comments(content: Path, slug: str) -> list[Record]:
    """Return the comments that a post has."""
    folder = content / "comments" / slug
    check_place(content, folder)
    reader = CommentReader()
    found = folder.iterdir() if folder.is_dir() else ()
    paths = sorted(path for path in found if path.suffix in (".md", ".markdown"))
    return [
        read_record(f"comments/{slug}/{path.name}", "comment", path.read_bytes(), reader)
        for path in paths
    ]


def find_filed(reply: Reply, comments: list[Record], content: Path) -> str:
    """Return the name of the file that has a reply already; empty if none has it.

    A reply that was given no date has another one each time that the command is typed.
    """
    read = bytes if reply.is_dated else drop_date
    words = read(format_comment_file(reply).encode())
    found = (Path(record.path) for record in comments)
    return next((path.name for path in found if read((content / path).read_bytes()) == words), "")


def check_reply(path: str, data: bytes, comments: list[Record], content: Path) -> Record:
    """Return a comment as the site will read it; raise CommandFault for one that would stop a build."""
    record = read_record(path, "comment", data, CommentReader())
    problems = [*record.problems, *check_comment_names([record])]
    problems += [found for found in check_threads([[*comments, record]]) if found.path == path]
    if count_errors(problems):
        lines = [format_problem(found, format_root(content)) for found in sorted(problems)]
        raise CommandFault("\n".join([*lines, "Nothing was filed."]), 1)
    return record


def check_same_mail(
    record: Record, is_dated: bool, comments: list[Record], zone: ZoneInfo, content: Path
) -> None:
    """Raise CommandFault for a mail that is one of a post's comments already.

    Its file may have been edited since: so it is known by its moment, and by its writer or its words.
    A mail without a date is known by both of these.
    """
    for other in comments:
        same = [
            record.values.get("Author") == other.values.get("Author"),
            record.description == other.description,
        ]
        if is_dated and "Date" in other.values:
            moments = [read_moment(each.values["Date"], zone) for each in (record, other)]
            is_same = moments[0].timestamp() == moments[1].timestamp() and any(same)
        else:
            is_same = not is_dated and all(same)
        if is_same:
            where = format_place(content, content / other.path)
            raise CommandFault(
                f"{where}: this mail is filed there already. Nothing was filed. If it is another one, "
                "copy its words into a text file, and name that after --file.",
                1,
            )
