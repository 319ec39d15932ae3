"""Read a saved mail: who wrote it, when, and the words that are new in it.

The form is RFC 5322's with MIME, as mail programs save it in `.eml` files. What is cut are an old
mail that is quoted below the answer and a signature, and only where they are marked as such; what
is quoted between the lines of an answer stays.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from html.parser import HTMLParser
from itertools import groupby

import nh3

from catalogue.problems import format_count, shorten
from catalogue.text.mail_addresses import mask_mails
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
MOST_SIGNED = 8  # lines of a signature; RFC 3676 asks for four
BY_HAND = "Copy the words into a text file, and name that after --file."
OLD = re.compile(
    r"[-_ ]*(?:original message|forwarded message|begin forwarded message:)[-_ ]*", re.IGNORECASE
)
FIELD = re.compile(r"\*?(?:From|Sent|Date|To|Cc|Subject):\*? .*")
DEVICE = re.compile(r"(?:Sent from my|Sent from Outlook|Get Outlook for)\b.{0,60}")
BLOCK_ELEMENTS = frozenset(
    "address article blockquote div dl h1 h2 h3 h4 h5 h6 hr li ol p pre table tr ul".split()
)
UNSEEN = frozenset("head script style template title".split())
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


class PlainWords(HTMLParser):
    """The words of a mail that has only HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden = 0
        self.quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Add a line break where a block begins."""
        self.hidden += tag in UNSEEN
        self.quoted += tag == "blockquote"
        if tag in BLOCK_ELEMENTS or tag == "br":
            self.break_line(2 if tag in ("p", "blockquote") else 1)

    def handle_endtag(self, tag: str) -> None:
        """Add a line break where a block ends."""
        self.hidden -= tag in UNSEEN and self.hidden > 0
        self.quoted -= tag == "blockquote" and self.quoted > 0
        if tag in BLOCK_ELEMENTS:
            self.break_line(2 if tag in ("p", "blockquote") else 1)

    def break_line(self, number: int) -> None:
        """End the line; what is quoted gets its sign."""
        self.pieces.append("\n" * number + "> " * bool(self.quoted))

    def handle_data(self, data: str) -> None:
        """Add text that a reader sees."""
        if not self.hidden:
            self.pieces.append(re.sub(r"\s+", " ", data))

    def read(self, source: str) -> str:
        """Return the words of a piece of HTML.

        It is first written anew, because Python's reader takes long for what is left open.
        """
        tags = {*BLOCK_ELEMENTS, "br"}
        self.feed(
            nh3.clean(source, tags=tags, attributes={}, clean_content_tags={*UNSEEN} - {"head"})
        )
        self.close()
        lines = [line.strip() for line in "".join(self.pieces).split("\n")]
        text = "\n".join("" if line == ">" else line for line in lines)
        return re.sub(r"\n{3,}", "\n\n", text).strip()


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
    text, is_flowed = read_plain_text(message)
    if len(text) > LONGEST_MAIL_TEXT:
        seen = f"The mail has {len(text):,} characters of text, and at most {LONGEST_MAIL_TEXT:,} are read"
        raise Unreadable(f"{seen}. {BY_HAND}")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    words, cuts = cut_mail(join_flowed(text) if is_flowed else text)
    words, masked = mask_mails(words)
    if masked:
        cuts.append(format_count(masked, "e-mail address", "e-mail addresses"))
    if attached := count_attachments(message):
        cuts.append(format_count(attached, "attachment"))
    return Mail(read_sender(message), read_moment_sent(message), format_reply_body(words), cuts)


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
    try:
        addresses = message["From"].addresses
        name = addresses[0].display_name if addresses else ""
    except FAULTS:
        return ""
    return " ".join(name.split())


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


def read_plain_text(message: EmailMessage) -> tuple[str, bool]:
    """Return a mail's text, and whether its lines are only wrapped (RFC 3676)."""
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return "", False
    try:
        content = part.get_content()
    except FAULTS:  # a charset that nobody knows
        payload = part.get_payload(decode=True)
        content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    if part.get_content_subtype() == "html":
        if (tags := content.count("<")) > MOST_TAGS:
            seen = f"The mail is HTML with about {tags:,} tags, and at most {MOST_TAGS:,} are read"
            raise Unreadable(f"{seen}. {BY_HAND}")
        return PlainWords().read(content), False
    return content, str(part.get_param("format", "")).lower() == "flowed"


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


def cut_mail(text: str) -> tuple[str, list[str]]:
    """Return a text without the signature and the quoted mail at its end, and what was cut."""
    lines = text.strip("\n").split("\n")
    cuts: list[str] = []
    for find, what in ((find_old, "quoted mail"), (find_signature, "signature")) * 2:
        start = find(lines)
        gone = [line for line in lines[start:] if line.strip()]
        if gone:
            first = next((line for line in gone if line.strip("->_ ")), gone[0])
            count = format_count(len(gone), "line")
            cuts.append(f"{what}, {count}, from “{shorten(first.strip(), 50)}”")
        lines = lines[:start]
        while lines and not lines[-1].strip():
            lines.pop()
    return "\n".join(lines), cuts


def find_signature(lines: list[str]) -> int:
    """Return the line where a signature begins, by its two hyphens or a device's own; else the end."""
    for number in range(len(lines) - 1, max(len(lines) - MOST_SIGNED - 2, -1), -1):
        if lines[number].rstrip() == "--" and number:
            return number
    last = len(lines) - 1
    return last if last > 0 and DEVICE.fullmatch(lines[last].strip()) else len(lines)


def find_old(lines: list[str]) -> int:
    """Return the line where an old mail begins that goes on to the end; else the end."""
    for number, line in enumerate(lines):
        if OLD.fullmatch(line.strip()) and line.strip("-_ "):
            return number
        if is_head(lines[number : number + 6]):
            ruled = number and re.fullmatch("_{5,}|-{5,}", lines[number - 1].strip())
            return number - 1 if ruled else number
    return find_quoted(lines)


def is_head(lines: list[str]) -> bool:
    """Return whether the lines begin with the head of an old mail, as Outlook puts it above one."""
    names = [line.strip("* ").partition(":")[0] for line in lines if FIELD.fullmatch(line.strip())]
    is_start = bool(lines) and bool(FIELD.fullmatch(lines[0].strip()))
    return is_start and names[0] == "From" and len({"Sent", "Date", "To", "Subject"} & {*names}) > 1


def find_quoted(lines: list[str]) -> int:
    """Return the line that says who wrote what is quoted from there to the end; else the end."""
    start = len(lines)
    while start and (not lines[start - 1].strip() or lines[start - 1].startswith(">")):
        start -= 1
    if not any(line.startswith(">") for line in lines[start:]):
        return len(lines)
    first = start  # the line above the quotation may be wrapped into two or three
    while first and start - first < 3 and lines[first - 1].strip():
        first -= 1
        words = " ".join(line.strip() for line in lines[first:start])
        if is_attribution(words) and is_opening(lines, first):
            return first
    return len(lines)


def is_attribution(words: str) -> bool:
    """Return whether words can say who wrote what follows: `On 3 May Ann wrote:`."""
    is_framed = re.match(r"\w", words) is not None and words[-1] in ":："
    return (
        is_framed
        and re.search("[0-9@]", words) is not None
        and re.search(r"\w", words[1:-1]) is not None
    )


def is_opening(lines: list[str], number: int) -> bool:
    """Return whether a line can open the sentence above a quotation, as `On Monday Ann wrote:` does."""
    alone = not number or not lines[number - 1].strip()
    return alone or bool(re.match(r"(?:On|Am|Le|El|Il|Op|Em|Den)\s", lines[number]))
