"""File a reader's reply under its post, and set the post's number of comments with it."""

import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from building.settings import read_constants
from catalogue.dates import format_moment, read_clock, read_moment
from catalogue.problems import format_problem, format_root
from catalogue.project import CONTENT
from catalogue.records import Record
from catalogue.rules.namesakes import check_namesakes, read_site_names
from commands.comments.comment_files import CommentedPost, file_reply, show_reply
from commands.comments.reply import read_reply
from commands.writing.post_files import (
    CommandFault,
    check_content_folder,
    find_post_file,
    print_fault,
    read_file_header,
)


def comment(
    post: str,
    author: str = "",
    date: str = "",
    url: str = "",
    text: str = "",
    file: str = "",
    eml: str = "",
    reply_to: str = "",
    from_me: bool = False,
    dry_run: bool = False,
    content: Path = CONTENT,
) -> int:
    """File a reply to `post`, which is a slug, a file or an address; return the exit code.

    The words come from `text`, from a text file, or from a saved mail, which also has the name and
    the date. With `from_me` it is marked as the site's author's; no mail can be. With `dry_run` all is
    printed and nothing written. Exit codes: 0 done, 1 a file is not as it should be, 2 the command is
    not.
    """
    try:
        check_content_folder(content)
        if from_me and eml:
            raise CommandFault(
                "A mail can come from anybody, so --from-me is not for --eml. Leave it out."
            )
        settings = read_constants()
        zone, names = ZoneInfo(settings["TIMEZONE"]), read_site_names(settings)
        path, slug = find_post_file(post, content)
        author = author or (names[0] if from_me else "")
        reply = read_reply(author, date, url, (text, file, eml), reply_to, zone)
        reply.role = "author" if from_me else ""
        act = show_reply if dry_run else file_reply
        record = act(reply, CommentedPost(path, slug, content), zone)
    except CommandFault as fault:
        return print_fault(fault)
    print_notes(record, path, names, zone, content)
    return 0


def print_notes(
    record: Record, post: Path, names: tuple[str, ...], zone: ZoneInfo, content: Path
) -> None:
    """Print when a comment that was filed will appear, if not at once, and whose name it bears."""
    moment = read_moment(record.values["Date"], zone)
    if moment > read_clock():
        print(f"Its date has not come: it appears {format_moment(moment.astimezone(zone))}.")
    header = Record("", "post", values=read_file_header(post, "post").values)
    for found in check_namesakes([header], {header.path: [record]}, names):
        print(format_problem(found, format_root(content)), file=sys.stderr)
