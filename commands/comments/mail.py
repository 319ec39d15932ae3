"""Read a saved mail: who wrote it, when, and the words that are new in it.

The form is RFC 5322's with MIME, as mail programs save it in `.eml` files. What is cut are an old
mail that is quoted below the answer and a signature, and only where they are marked as such; what
is quoted between the lines of an answer stays.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.utils import parseaddr
from itertools import groupby

from catalogue.problems import format_count
from catalogue.text.mail_addresses import mask_mails
from commands.comments.mail_cuts import Rows, cut_mail, cut_rows
from commands.comments.mail_html import read_html_lines
from commands.comments.mail_lines import format_lines, mask_lines
from commands.writing.markdown_escape import escape_markdown

# What a reply is within by far, and what the package for mails is quick with.
LARGEST_MB = 40
LONGEST_HEADER = 1_000  # characters; RFC 5322, 2.1.1, has 998 in a line
LONGEST_HEADERS = 30_000  # of all parts together
MOST_MAIL_PARTS = 100
MOST_TAGS = 10_000
LONGEST_MAIL_TEXT = 500_000  # characters
READ_HEADERS = ("from", "date", "content-type", "content-disposition", "content-transfer-encoding")
PART = re.compile(rb"^--[^\r\n]", re.MULTILINE)
NESTED = re.compile(rb"^content-type[ \t]*:", re.IGNORECASE | re.MULTILINE)
BY_HAND = "Copy the words into a text file, and name that after --file."
# What programs write into plain text for what HTML has as links, pictures and lists.
ONLY_PLAIN = re.compile(
    r"<(?:https?|mailto|tel):[^<>]*>|\[(?:image|cid|bild|inline)\b[^\[\]]*\]|https?://\S+"
    r"|^[ \t>]*(?:\d{1,3}[.)]|[a-z][.)]|[-*+•◦▪·o§])[ \t]+",
    re.IGNORECASE | re.MULTILINE,
)
WORD = re.compile(r"[^\W_]+")
# Of the package, on broken headers.
FAULTS = (ValueError, LookupError, AttributeError, TypeError, OverflowError, RecursionError)


class Unreadable(ValueError):
    """Raised for a mail that cannot be read, with the reason for the author."""


@dataclass
class Mail:
    """The parts of a mail; what could not be found in it is empty."""

    author: str = ""
    date: str = ""  # as a header of the site's has it
    body: str = ""  # Markdown
    cuts: list[str] = field(default_factory=list)  # what was left out, in the author's words


@dataclass
class Words:
    """The new words of a mail in one of its forms."""

    body: str  # Markdown
    cuts: list[str]
    compared: list[str]  # each word, without signs, as both forms have it


def read_mail(data: bytes) -> Mail:
    """Return what a mail says. Raises Unreadable for what is no mail, and for too much."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("This is a mail in Outlook's own form. Save it as .eml, or as plain text.")
    check_mail_size(data)
    try:
        return read_message(message_from_bytes(data, policy=policy.default))
    except Unreadable:
        raise
    except RecursionError:
        seen = "Something in the mail is nested deeper than can be read"
    except FAULTS:
        seen = "Something in the mail is not written as mails are"
    raise Unreadable(f"{seen}. {BY_HAND}")


def check_mail_size(data: bytes) -> None:
    """Raise Unreadable for a mail that is larger, or of more parts, than any reply is."""
    seen = ""
    parts = len(PART.findall(data)) if b"multipart/" in data.lower() else 0
    if len(data) > LARGEST_MB * 1_000_000:
        seen = f"The mail is larger than {LARGEST_MB} MB"
    elif (parts := max(parts, len(NESTED.findall(data)))) > MOST_MAIL_PARTS:
        seen = f"The mail has about {parts:,} parts, and at most {MOST_MAIL_PARTS} are read"
    if seen:
        raise Unreadable(f"{seen}. {BY_HAND}")


def check_headers(message: EmailMessage) -> None:
    """Raise Unreadable for headers that are longer than any mail program writes."""
    total = 0
    for part in message.walk():
        for name, value in part.raw_items():
            if name.lower() not in READ_HEADERS:
                continue
            total += len(value)
            if len(value) > LONGEST_HEADER:
                seen = f"The line {name} of the mail has {len(value):,} characters"
                raise Unreadable(f"{seen}, and at most {LONGEST_HEADER:,} are read. {BY_HAND}")
    if total > LONGEST_HEADERS:
        seen = f"The headers of the mail have {total:,} characters"
        raise Unreadable(f"{seen}, and at most {LONGEST_HEADERS:,} are read. {BY_HAND}")


def read_message(message: Message) -> Mail:
    """Return what a mail says, as `read_mail` does."""
    if not isinstance(message, EmailMessage) or not {"from", "date", "subject"} & {
        key.lower()
        for key in message.keys()  # noqa: SIM118 - a message is no dictionary
    }:
        raise Unreadable(
            "This is no saved mail: it has no From and no Date. Save the mail as .eml."
        )
    check_headers(message)
    words = read_words(message)
    if attached := count_attachments(message):
        words.cuts.append(format_count(attached, "attachment"))
    return Mail(read_sender(message), read_moment_sent(message), words.body, words.cuts)


def read_words(message: EmailMessage) -> Words:
    """Return the new words of a mail: as HTML has them, with links and lists, if both forms say the same.

    A mail in both forms may hide in one what the other shows; then its plain text counts.
    """
    html, plain = (message.get_body(preferencelist=(kind,)) for kind in ("html", "plain"))
    source = read_content(html)
    text = read_content(plain).replace("\r\n", "\n").replace("\r", "\n")
    is_flowed = plain is not None and str(plain.get_param("format", "")).lower() == "flowed"
    read = read_plain_words(join_flowed(text) if is_flowed else text)
    if not source.strip() or (text.strip() and source.count("<") > MOST_TAGS):
        return read
    if (tags := source.count("<")) > MOST_TAGS:
        seen = f"The mail is HTML with about {tags:,} tags, and at most {MOST_TAGS:,} are read"
        raise Unreadable(f"{seen}. {BY_HAND}")
    shown = read_html_words(source)
    says_same = shown.compared and read.compared[: len(shown.compared)] == shown.compared
    return shown if says_same or not text.strip() else read


def read_plain_words(text: str) -> Words:
    """Return the new words of plain text."""
    kept, cuts = cut_mail(text)
    words, masked = mask_mails(kept)
    return Words(format_reply_body(words), [*cuts, *describe_masked(masked)], list_words(kept))


def read_html_words(source: str) -> Words:
    """Return the new words of a piece of HTML."""
    lines = read_html_lines(source)
    rows: list[tuple[str, str, int]] = []
    for number, line in enumerate(lines):
        if line.opens and rows:
            rows.append(("", line.role, number))
        rows.append((line.plain, line.role, number))
    start, end, cuts = cut_rows(Rows([row[0] for row in rows], [row[1] for row in rows]))
    numbers = [number for _, _, number in rows[start:end]]
    kept = lines[numbers[0] : numbers[-1] + 1] if numbers else []
    masked, number = mask_lines(kept)
    words = list_words("\n".join(line.text for line in kept))
    return Words(format_lines(masked), [*cuts, *describe_masked(number)], words)


def describe_masked(number: int) -> list[str]:
    """Return what is said of e-mail addresses that are left out."""
    return [format_count(number, "e-mail address", "e-mail addresses")] if number else []


def list_words(text: str) -> list[str]:
    """Return the words of a text without what only one form of a mail has: addresses, signs of lists."""
    return WORD.findall(ONLY_PLAIN.sub(" ", unicodedata.normalize("NFKC", text)))


def format_reply_body(text: str) -> str:
    """Return a mail's words as Markdown that shows just them, and what is quoted as a quotation."""
    parts = []
    for is_quote, group in groupby(text.split("\n"), key=lambda line: line.startswith(">")):
        lines = [line[1:] if is_quote else line for line in group]
        words = escape_markdown("\n".join(lines))
        parts.append(re.sub("^", "> ", words, flags=re.MULTILINE) if is_quote else words)
    return "\n\n".join(part for part in parts if part.strip("> \n"))


def read_sender(message: EmailMessage) -> str:
    """Return the name of who sent a mail, without the address; empty when only that is there."""
    raw = next((value for name, value in message.raw_items() if name.lower() == "from"), "")
    source = read_letters("".join(str(raw).splitlines()))
    try:
        addresses = policy.default.header_factory("From", source).addresses
        name = addresses[0].display_name if addresses else ""
        if addresses and not name:  # ann@example.org (Ann Reader)
            name = str(make_header(decode_header(parseaddr(source)[0])))
    except FAULTS:
        return ""
    return " ".join(name.split())


def read_letters(value: str) -> str:
    """Return a header that may hold letters as they are, in UTF-8 (RFC 6532) or as Windows has them."""
    if value.isascii():
        return value
    data = value.encode("utf-8", "surrogateescape")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def read_moment_sent(message: EmailMessage) -> str:
    """Return the moment a mail was sent, as a header has it, in its own zone; empty if there is none."""
    try:
        moment = message["Date"].datetime
    except FAULTS:
        return ""
    if not moment:
        return ""
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)  # RFC 5322's -0000: unknown
    return f"{moment:%Y-%m-%d %H:%M} {moment.isoformat()[-6:]}"


def read_content(part: Message | None) -> str:
    """Return the text of a part of a mail; empty for none, and for one of more text than any reply has."""
    if part is None:
        return ""
    try:
        content = part.get_content() if isinstance(part, EmailMessage) else ""
    except FAULTS:  # a charset that nobody knows
        payload = part.get_payload(decode=True)
        content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    if len(content) > LONGEST_MAIL_TEXT:
        seen = f"The mail has {len(content):,} characters of text, and at most {LONGEST_MAIL_TEXT:,} are read"
        raise Unreadable(f"{seen}. {BY_HAND}")
    return str(content)


def join_flowed(text: str) -> str:
    """Join the lines that a mail program wrapped: those that end in a blank go on below."""
    pieces: list[str] = []
    last = ""  # the piece before, as it was typed
    for line in text.split("\n"):
        is_quote = line.startswith(">")
        piece = line if is_quote else line.removeprefix(" ")
        goes_on = last.endswith(" ") and last != "-- " and not last.startswith(">")
        is_joined = goes_on and line.strip() and not is_quote
        pieces += [piece] if is_joined or not pieces else ["\n", piece]
        last = f"\0{piece}" if is_joined else piece
    return "".join(pieces)


def count_attachments(message: EmailMessage) -> int:
    """Return how many files are attached to a mail."""
    try:
        return sum(1 for _ in message.iter_attachments())
    except FAULTS:
        return 0
