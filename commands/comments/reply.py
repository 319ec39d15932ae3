"""Read a reader's reply from the words of the command, a text file or a saved mail."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from catalogue.dates import format_moment, read_clock
from catalogue.header.dates import read_date_value
from catalogue.header.entries import BLOCK, HeaderEntry, InvalidValue
from catalogue.header.values import read_url_value
from catalogue.problems import format_count, format_name, format_problem, shorten
from catalogue.text.encoding import decode_text
from catalogue.text.mail_addresses import mask_mails
from commands.comments.mail import Mail, read_mail
from commands.writing.post_files import CommandFault, format_value

MOST_AHEAD = timedelta(days=1)  # so far may the clock of a mail be wrong
SOURCES = "--text, --file or --eml"


@dataclass
class Reply:
    """A reply as it will be filed."""

    author: str
    date: str
    url: str
    reply_to: str
    body: str
    is_dated: bool  # by its writer or by the command, and not by the clock
    role: str = ""
    is_mail: bool = False
    omissions: list[str] = field(default_factory=list)  # what was left out of it


def read_reply(
    author: str,
    date: str,
    url: str,
    sources: tuple[str, str, str],
    reply_to: str,
    zone: ZoneInfo,
) -> Reply:
    """Return what is to be filed, from the command's words and the one source that they name."""
    if sum(map(bool, sources)) != 1:
        raise CommandFault(f"Give the words of the comment by one of {SOURCES}, and by one alone.")
    text, file, eml = sources
    omissions: list[str] = []
    if file:
        text = read_text_file(file)
    elif eml:
        mail = read_mail_file(eml)
        text, omissions = mail.body, mail.cuts
        author, date = author or mail.author, date or read_sent(mail.date, zone)
    text, masked = mask_mails(text.strip("\n"))
    if masked:
        omissions = [*omissions, format_count(masked, "e-mail address", "e-mail addresses")]
    if not text.strip():
        raise CommandFault("No words of the comment are there. Write them after --text.", 1)
    author = read_author_name(author, eml)
    date = read_option("--date", date)
    now = f"{read_clock().astimezone(zone):%Y-%m-%d %H:%M}"
    reply_to = Path(reply_to).name.removesuffix(".md")
    url = read_option("--url", url)
    return Reply(
        author,
        date or now,
        url,
        reply_to,
        text,
        bool(date),
        is_mail=bool(eml),
        omissions=omissions,
    )


def read_sent(date: str, zone: ZoneInfo) -> str:
    """Return the date of a mail; raise CommandFault for one later than a clock may be wrong."""
    if date and datetime.fromisoformat(date) > read_clock() + MOST_AHEAD:
        moment = datetime.fromisoformat(date).astimezone(zone)
        seen = f"The mail is dated {format_moment(moment)}, and that day has not come"
        raise CommandFault(f"{seen}. Give the day on which it was written: --date 2026-11-23", 1)
    return date


def read_author_name(author: str, eml: str) -> str:
    """Return the name of who wrote; raise CommandFault for none, and for one that is an e-mail address."""
    author = " ".join(author.split())
    if not author:
        seen = "The mail names nobody" if eml else "A comment needs the name of who wrote it"
        raise CommandFault(f'{seen}. Add: --author "Ann Reader"')
    if not author.isprintable() or mask_mails(author)[1]:
        seen = "is an e-mail address" if "@" in author else "holds what cannot be shown"
        raise CommandFault(
            f'The name {shorten(author)} {seen}. Write another: --author "Ann Reader"'
        )
    return author


def read_option(option: str, value: str) -> str:
    """Return an option's value; raise CommandFault for one that would be wrong in a header."""
    try:
        (read_date_value if option == "--date" else read_url_value)(HeaderEntry(option, 0, value))
    except InvalidValue as wrong:
        raise CommandFault(str(wrong).replace(f"{option}:", option)) from None
    return value.strip()


def read_text_file(name: str) -> str:
    """Return the text of a file."""
    text, problems = decode_text(read_named_file(name), name)
    if problems:
        raise CommandFault("\n".join(format_problem(problem, "") for problem in problems), 1)
    return text


def read_mail_file(name: str) -> Mail:
    """Return what a saved mail says."""
    try:
        return read_mail(read_named_file(name))
    except ValueError as wrong:
        raise CommandFault(f"{format_name(name)}: {wrong}", 1) from None


def read_named_file(name: str) -> bytes:
    """Return the bytes of a file that the command names."""
    try:
        return Path(name).read_bytes()
    except OSError as error:
        seen = f"{format_name(name)}: this file cannot be read ({error.strerror})"
        raise CommandFault(f"{seen}. Give the name of the file with the comment.") from None


def format_comment_file(reply: Reply) -> str:
    """Return the text of a comment's file."""
    # A name that is a sign which opens a block of YAML is quoted.
    name = reply.author
    author = f'"{name}"' if BLOCK.fullmatch(name) else format_value(name)
    header = [f"Author: {author}", f"Date: {reply.date}"]
    header += [f"Url: {reply.url}"] if reply.url else []
    header += [f"Reply-to: {reply.reply_to}"] if reply.reply_to else []
    header += [f"Role: {reply.role}"] if reply.role else []
    return "\n".join([*header, "", reply.body.rstrip(), ""])
