"""File a reply among the comments of its post, and count it there."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from catalogue.records import Record
from commands.comments.comment_count import check_stated, read_post, set_count
from commands.comments.post_comments import check_reply, check_same_mail, find_filed, read_comments
from commands.comments.reply import Reply, format_comment_file
from commands.writing.post_files import (
    CommandFault,
    choose_comment_name,
    explained_writing,
    format_place,
)
from commands.writing.write_files import File, lock_content, write_files


@dataclass(frozen=True)
class Filing:
    """What is done to file a reply."""

    record: Record  # the comment, as the site reads it
    text: str  # of its file
    number: int  # of the post's comments, with it
    files: Sequence[File]  # what is written, in this order


@dataclass(frozen=True)
class CommentedPost:
    """The post that a reply is filed under."""

    path: Path
    slug: str
    content: Path  # the folder of all that the author writes

    @property
    def shown(self) -> str:
        """Return its path for a message."""
        return format_place(self.content, self.path)


def file_reply(reply: Reply, post: CommentedPost, zone: ZoneInfo) -> Record:
    """Write a reply to its file, count it in its post, and print both; return what was filed.

    At every moment the post says the right number or none (`Comments: ~`), and each is a state that
    the check passes. So a command that was killed is just typed again: what it has filed is known
    by its words, and counted.
    """
    with lock_content(post.content) as was_killed:
        filing = plan_filing(reply, post, zone, was_killed)
        with explained_writing(post.shown, "Nothing was filed."):
            write_files([file for file in filing.files if file.data != file.before])
        print(f"{format_place(post.content, post.content / filing.record.path)}: filed.")
        print(f"{post.shown}: Comments: {filing.number:,}")
        print_omissions(reply)
        return filing.record


def show_reply(reply: Reply, post: CommentedPost, zone: ZoneInfo) -> Record:
    """Print what filing a reply would write, and return that; nothing is written."""
    filing = plan_filing(reply, post, zone)
    place = format_place(post.content, post.content / filing.record.path)
    print(f"{place}: this would be filed.\n\n{filing.text}")
    print(f"{post.shown}: Comments: {filing.number:,} would stand here.")
    print_omissions(reply)
    print("Nothing was written. To file it, leave out --dry-run.")
    return filing.record


def print_omissions(reply: Reply) -> None:
    """Print what of a reply is not filed."""
    for omission in reply.omissions:
        print(f"Left out: {omission}.")


def plan_filing(
    reply: Reply, post: CommentedPost, zone: ZoneInfo, was_killed: bool = False
) -> Filing:
    """Return what is to be done to file a reply; raise CommandFault if it cannot be.

    A command that was killed before may have filed the reply, and not counted it.
    """
    comments = read_comments(post.content, post.slug)
    data, header = read_post(post.path, post.content)
    is_open = "Comments" in header.lines and "Comments" not in header.values
    filed = find_filed(reply, comments, post.content) if was_killed or is_open else ""
    text = format_comment_file(reply)
    if filed:
        record = next(each for each in comments if each.path.endswith(f"/{filed}"))
    else:
        taken = {Path(comment.path).name.lower() for comment in comments}
        name = choose_comment_name(reply.date, reply.author, taken)
        place = f"comments/{post.slug}/{name}"
        record = check_reply(place, text.encode(), comments, post.content)
        if reply.is_mail:
            check_same_mail(record, reply.is_dated, comments, zone, post.content)
    where = f"{post.shown}:{header.lines.get('Comments', 1)}"
    check_stated(header, len(comments), where, post.slug)
    number = len(comments) + (not filed)
    opened, counted = set_count(data, header, None), set_count(data, header, number)
    if not opened or not counted:
        remedy = f"Write: Comments: {len(comments)}"
        raise CommandFault(f"{where}: the number cannot be changed here. {remedy}", 1)
    files = [
        File(post.path, opened, data),
        File(post.content / record.path, text.encode()),
        File(post.path, counted, opened),
    ]
    return Filing(record, text, number, [File(post.path, counted, data)] if filed else files)
