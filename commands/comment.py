"""File a reader's reply under its post, and set the post's number of comments with it."""

import difflib
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from building.settings import read_constants
from catalogue.dates import format_moment, read_clock, read_moment
from catalogue.header.dates import read_date_value
from catalogue.header.entries import BLOCK, Header, HeaderEntry, InvalidValue
from catalogue.header.front_matter import read_header
from catalogue.header.values import read_url_value
from catalogue.problems import (
    count_errors,
    format_count,
    format_name,
    format_problem,
    format_root,
    shorten,
)
from catalogue.project import CONTENT
from catalogue.records import Record, read_record
from catalogue.rules.comments import check_comment_names, check_threads
from catalogue.rules.namesakes import check_namesakes, read_site_names
from catalogue.slugs import format_numbered_slug, format_slug, slug_of
from catalogue.text.comment_reader import CommentReader
from catalogue.text.encoding import read_text
from catalogue.text.mail_addresses import mask_mails
from commands.import_ import (
    check_folder,
    check_place,
    drop_date,
    format_place,
    format_value,
    print_error,
    read_posts,
)
from commands.import_ import read_record as read_file_header
from commands.importers.mail import Mail, read_mail
from commands.writing.write_files import File, hold_content, write_files

MOST_AHEAD = timedelta(days=1)  # so far may the clock of a mail be wrong
SOURCES = "--text, --file or --eml"
COUNT = re.compile(rb"(?P<before>[^:]*:[ \t]*[\"']?)(?P<number>[0-9,]+|~|)")


class Stopped(Exception):
    """Carry what is wrong to the author, and the exit code: 1 for a file, 2 for the command."""

    def __init__(self, text: str, code: int = 2) -> None:
        super().__init__(text)
        self.code = code


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
    told: list[str] = field(default_factory=list)  # what was left out of it


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
    content: Path = CONTENT,
) -> int:
    """File a reply to `post`, which is a slug, a file or an address; return the exit code.

    The words come from `text`, from a text file, or from a saved mail, which also has the name and
    the date. With `from_me` it is marked as the site's author's; no mail can be. Exit codes: 0 done,
    1 a file is not as it should be, 2 the command is not.
    """
    try:
        if fault := check_folder(content):
            raise Stopped(fault, 1 if content.is_dir() else 2)
        if from_me and eml:
            raise Stopped(
                "A mail can come from anybody, so --from-me is not for --eml. Leave it out."
            )
        settings = read_constants()
        zone, names = ZoneInfo(settings["TIMEZONE"]), read_site_names(settings)
        with hold_content(content) as was_killed:
            path, slug = find_post(post, content)
            author = author or (names[0] if from_me else "")
            reply = read_reply(author, date, url, (text, file, eml), reply_to, zone)
            reply.role = "author" if from_me else ""
            record = file_reply(reply, path, slug, content, was_killed)
            tell_more(record, path, names, zone, content)
    except Stopped as stopped:
        print_error(str(stopped))
        return stopped.code
    return 0


def file_reply(reply: Reply, path: Path, slug: str, content: Path, was_killed: bool) -> Record:
    """File a reply, count it in its post, and say so; return what was filed.

    At every moment the post says the right number or none (`Comments: ~`), and each is a state that
    the check passes. So a command that was killed is just typed again: what it has filed is known
    by its words, and counted.
    """
    folder = content / "comments" / slug
    kept = read_kept(content, slug)
    data, header = read_post(path, content)
    is_open = "Comments" in header.lines and "Comments" not in header.values
    filed = find_filed(reply, kept, content) if was_killed or is_open else ""
    name, words = filed or choose_name(reply, kept), format_reply(reply).encode()
    if filed:
        record = next(each for each in kept if each.path.endswith(f"/{filed}"))
    else:
        record = check_reply(f"comments/{slug}/{name}", words, kept, content)
    shown = format_place(content, path)
    where = f"{shown}:{header.lines.get('Comments', 1)}"
    check_count(header, len(kept), where, slug)
    number = len(kept) + (not filed)
    opened, counted = set_count(data, header, None), set_count(data, header, number)
    if not opened or not counted:
        remedy = f"Write: Comments: {len(kept)}"
        raise Stopped(f"{where}: the number cannot be changed here. {remedy}", 1)
    files = [File(path, opened, data), File(folder / name, words), File(path, counted, opened)]
    if filed:
        files = [File(path, counted, data)]
    try:
        write_files([file for file in files if file.data != file.before])
    except OSError as error:
        raise Stopped(f"Writing failed ({error.strerror}). Nothing was filed.", 1) from None
    print(f"{format_place(content, folder / name)}: filed.")
    print(f"{shown}: Comments: {number:,}")
    for told in reply.told:
        print(f"Left out: {told}.")
    return record


def tell_more(
    record: Record, post: Path, names: tuple[str, ...], zone: ZoneInfo, content: Path
) -> None:
    """Say when a comment that was filed will appear, if not at once, and whose name it bears."""
    moment = read_moment(record.values["Date"], zone)
    if moment > read_clock():
        print(f"Its date has not come: it appears {format_moment(moment.astimezone(zone))}.")
    header = Record("", "post", values=read_file_header(post, "post").values)
    for found in check_namesakes([header], {header.path: [record]}, names):
        print_error(format_problem(found, format_root(content)))


def find_post(word: str, content: Path) -> tuple[Path, str]:
    """Find a post's file and slug by its slug, its file's name or path, or its address."""
    posts = read_posts(content / "posts")
    place = unquote(urlsplit(word).path if "://" in word else word).replace("\\", "/").strip("/")
    last = place.removesuffix("/index.html").rpartition("/")[2]
    slug = last if last in posts else slug_of(last)
    if slug not in posts:
        near = [known for known in posts if slug and slug in known]
        near = near or difflib.get_close_matches(slug, posts, n=1)
        remedy = f"Did you mean {near[0]}?" if near else "Give the last part of its address."
        raise Stopped(f"There is no post “{shorten(word)}” in {format_root(content)}. {remedy}")
    path = posts[slug]
    return path, read_file_header(path, "post").values.get("Slug") or slug_of(path.name)


def read_reply(
    author: str,
    date: str,
    url: str,
    sources: tuple[str, str, str],
    reply_to: str,
    zone: ZoneInfo,
) -> Reply:
    """Read what is to be filed from the command's words and the one source that they name."""
    if sum(map(bool, sources)) != 1:
        raise Stopped(f"Give the words of the comment by one of {SOURCES}, and by one alone.")
    text, file, eml = sources
    told: list[str] = []
    if file:
        text = read_words(file)
    elif eml:
        mail = read_saved(eml)
        text, told = mail.body, mail.cuts
        author, date = author or mail.author, date or check_sent(mail.date, zone)
    text, masked = mask_mails(text.strip("\n"))
    if masked:
        told = [*told, format_count(masked, "e-mail address", "e-mail addresses")]
    if not text.strip():
        raise Stopped("No words of the comment are there. Write them after --text.", 1)
    author = check_author(author, eml)
    date = check_value("--date", date)
    now = f"{read_clock().astimezone(zone):%Y-%m-%d %H:%M}"
    reply_to = Path(reply_to).name.removesuffix(".md")
    url = check_value("--url", url)
    return Reply(author, date or now, url, reply_to, text, bool(date), told=told)


def check_sent(date: str, zone: ZoneInfo) -> str:
    """Return the date of a mail; refuse one that is later than any clock that is a little wrong."""
    if date and datetime.fromisoformat(date) > read_clock() + MOST_AHEAD:
        moment = datetime.fromisoformat(date).astimezone(zone)
        seen = f"The mail is dated {format_moment(moment)}, and that day has not come"
        raise Stopped(f"{seen}. Give the day on which it was written: --date 2026-11-23", 1)
    return date


def check_author(author: str, eml: str) -> str:
    """Give the name of who wrote; refuse none, and one that is an e-mail address."""
    author = " ".join(author.split())
    if not author:
        seen = "The mail names nobody" if eml else "A comment needs the name of who wrote it"
        raise Stopped(f'{seen}. Add: --author "Ann Reader"')
    if not author.isprintable() or mask_mails(author)[1]:
        seen = "is an e-mail address" if "@" in author else "holds what cannot be shown"
        raise Stopped(f'The name {shorten(author)} {seen}. Write another: --author "Ann Reader"')
    return author


def check_value(option: str, value: str) -> str:
    """Give an option's value; refuse one that would be wrong in a header."""
    try:
        (read_date_value if option == "--date" else read_url_value)(HeaderEntry(option, 0, value))
    except InvalidValue as wrong:
        raise Stopped(str(wrong).replace(f"{option}:", option)) from None
    return value.strip()


def read_words(name: str) -> str:
    """Read a text file."""
    text, problems = read_text(read_bytes(name), name)
    if problems:
        raise Stopped("\n".join(format_problem(problem, "") for problem in problems), 1)
    return text


def read_saved(name: str) -> Mail:
    """Read a saved mail."""
    try:
        return read_mail(read_bytes(name))
    except ValueError as wrong:
        raise Stopped(f"{format_name(name)}: {wrong}", 1) from None


def read_bytes(name: str) -> bytes:
    """Read a file that the command names."""
    try:
        return Path(name).read_bytes()
    except OSError as error:
        seen = f"{format_name(name)}: this file cannot be read ({error.strerror})"
        raise Stopped(f"{seen}. Give the name of the file with the comment.") from None


def read_kept(content: Path, slug: str) -> list[Record]:
    """Read the comments that a post has."""
    folder = content / "comments" / slug
    if fault := check_place(content, folder):
        raise Stopped(fault, 1)
    reader = CommentReader()
    paths = sorted(folder.glob("*.md")) if folder.is_dir() else []
    return [
        read_record(f"comments/{slug}/{path.name}", "comment", path.read_bytes(), reader)
        for path in paths
    ]


def find_filed(reply: Reply, kept: list[Record], content: Path) -> str:
    """Return the name of the file that has a reply already; empty if none has it.

    A reply that was given no date has another one each time that the command is typed.
    """
    read = bytes if reply.is_dated else drop_date
    words = read(format_reply(reply).encode())
    found = (Path(record.path) for record in kept)
    return next((path.name for path in found if read((content / path).read_bytes()) == words), "")


def choose_name(reply: Reply, kept: list[Record]) -> str:
    """Name a comment's file after its day and its writer, with a number if that name is taken."""
    taken = {record.path.rpartition("/")[2].lower() for record in kept}
    stem = f"{reply.date[:10]}-{format_slug(reply.author)[:40].strip('-') or 'reader'}"
    name, number = f"{stem}.md", 1
    while name in taken:
        number += 1
        name = f"{format_numbered_slug(stem, number)}.md"
    return name


def format_reply(reply: Reply) -> str:
    """Write a comment's file."""
    header = [f"Author: {format_author(reply.author)}", f"Date: {reply.date}"]
    header += [f"Url: {reply.url}"] if reply.url else []
    header += [f"Reply-to: {reply.reply_to}"] if reply.reply_to else []
    header += [f"Role: {reply.role}"] if reply.role else []
    return "\n".join([*header, "", reply.body.rstrip(), ""])


def format_author(name: str) -> str:
    """Write a name as it is read back, also when it is a sign that opens a block of YAML."""
    return f'"{name}"' if BLOCK.fullmatch(name) else format_value(name)


def check_reply(path: str, data: bytes, kept: list[Record], content: Path) -> Record:
    """Return a comment as the site will read it; refuse, before it is there, what would stop a build."""
    record = read_record(path, "comment", data, CommentReader())
    problems = [*record.problems, *check_comment_names([record])]
    problems += [found for found in check_threads([[*kept, record]]) if found.path == path]
    if count_errors(problems):
        lines = [format_problem(found, format_root(content)) for found in sorted(problems)]
        raise Stopped("\n".join([*lines, "Nothing was filed."]), 1)
    return record


def read_post(path: Path, content: Path) -> tuple[bytes, Header]:
    """Return a post's bytes and its header; refuse a link, and a header with a mistake."""
    if fault := check_place(content, path):
        raise Stopped(fault, 1)
    data = path.read_bytes()
    text, problems = read_text(data, format_place(content, path))
    header = read_header(text, "post")
    if problems or count_errors(header.problems):
        where = f"{format_place(content, path)}:{header.lines.get('Comments', 1)}"
        raise Stopped(f"{where}: the post's header has a mistake. Type: python3 tasks.py check", 1)
    return data, header


def check_count(header: Header, kept: int, where: str, slug: str) -> None:
    """Refuse a post that states another number of comments than it has."""
    stated = header.values.get("Comments")
    if stated is not None and stated != kept:
        has = format_count(kept, "file") if kept else "no file yet"
        raise Stopped(
            f"{where}: Comments: {stated:,} stands here, and comments/{slug} has {has}. Both must "
            f"agree before one more is filed. Write: Comments: {kept}",
            1,
        )


def set_count(data: bytes, header: Header, number: int | None) -> bytes:
    """Return a post's bytes with another number of comments, or with none; empty if it cannot be set."""
    values = {**header.values, "Comments": number}
    if number is None:
        del values["Comments"]
    for word in (number,) if number is not None else ("~", ""):  # in quotes, YAML's ~ is a word
        changed = change_count(data, header, word)
        again = read_header(read_text(changed, "")[0], "post")
        if (
            not count_errors(again.problems)
            and values == again.values
            and header.body == again.body
        ):
            return changed
    return b""


def change_count(data: bytes, header: Header, number: int | str) -> bytes:
    """Return a post's bytes with a number, or a word for none, in the `Comments` line.

    Such a line is added where there is none; all other bytes stay.
    """
    lines = re.findall(rb"[^\r\n]*(?:\r\n|\r|\n|$)", data)
    at = header.lines.get("Comments", 0)
    if not at:
        last = max(header.lines.values())
        while last < header.body_line - 1 and is_continued(lines[last]):
            last += 1
        end = re.search(rb"[\r\n]*$", lines[last - 1])[0] or b"\n"  # type: ignore[index]
        lines.insert(last, f"Comments: {number}".encode() + end)
        return b"".join(lines)
    if match := COUNT.match(lines[at - 1]):
        with_comma = isinstance(number, int) and b"," in match["number"]
        before, rest = match["before"], lines[at - 1][match.end("number") :]
        if rest[:1] == b"#" and before[-1:] in b" \t":  # the last blank is the remark's
            before, rest = before[:-1], before[-1:] + rest
        blank = b"" if match["number"] or before[-1:] in b" \t\"'" else b" "
        word = f"{number:,}" if with_comma else str(number)
        lines[at - 1] = before + blank + word.encode() + rest
    return b"".join(lines)


def is_continued(line: bytes) -> bool:
    """Tell whether a line of a header goes on with the entry above it."""
    return bool(re.match(rb"[ \t]+\S|-(?:[ \t]|[\r\n]*$)", line))
