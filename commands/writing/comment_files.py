"""File a reply among the comments of its post, and count it there."""

from pathlib import Path

from catalogue.problems import count_errors, format_problem, format_root
from catalogue.record_reader import read_record
from catalogue.records import Record
from catalogue.rules.comments import check_comment_names, check_threads
from catalogue.text.comment_reader import CommentReader
from commands.writing.comment_count import check_stated, read_post, set_count
from commands.writing.post_files import (
    CommandFault,
    check_place,
    choose_comment_name,
    drop_date,
    format_place,
)
from commands.writing.reply import Reply, format_comment_file
from commands.writing.write_files import File, lock_content, write_files


def file_reply(reply: Reply, path: Path, slug: str, content: Path) -> Record:
    """Write a reply to its file, count it in its post, and print both; return what was filed.

    At every moment the post says the right number or none (`Comments: ~`), and each is a state that
    the check passes. So a command that was killed is just typed again: what it has filed is known
    by its words, and counted.
    """
    with lock_content(content) as was_killed:
        folder = content / "comments" / slug
        comments = read_comments(content, slug)
        data, header = read_post(path, content)
        is_open = "Comments" in header.lines and "Comments" not in header.values
        filed = find_filed(reply, comments, content) if was_killed or is_open else ""
        taken = {Path(comment.path).name.lower() for comment in comments}
        name = filed or choose_comment_name(reply.date, reply.author, taken)
        words = format_comment_file(reply).encode()
        if filed:
            record = next(each for each in comments if each.path.endswith(f"/{filed}"))
        else:
            record = check_reply(f"comments/{slug}/{name}", words, comments, content)
        shown = format_place(content, path)
        where = f"{shown}:{header.lines.get('Comments', 1)}"
        check_stated(header, len(comments), where, slug)
        number = len(comments) + (not filed)
        opened, counted = set_count(data, header, None), set_count(data, header, number)
        if not opened or not counted:
            remedy = f"Write: Comments: {len(comments)}"
            raise CommandFault(f"{where}: the number cannot be changed here. {remedy}", 1)
        files = [File(path, opened, data), File(folder / name, words), File(path, counted, opened)]
        if filed:
            files = [File(path, counted, data)]
        try:
            write_files([file for file in files if file.data != file.before])
        except OSError as error:
            raise CommandFault(
                f"Writing failed ({error.strerror}). Nothing was filed.", 1
            ) from None
        print(f"{format_place(content, folder / name)}: filed.")
        print(f"{shown}: Comments: {number:,}")
        for omission in reply.omissions:
            print(f"Left out: {omission}.")
        return record


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
