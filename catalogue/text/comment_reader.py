"""Turn what a reader wrote into HTML that suits a comment, whatever it was meant to be.

Markdown is read without its HTML: a tag that was typed is shown as it was typed. What comes out is
written anew from a short list of elements, with no attribute but a link's address, and without any
e-mail address: a page is read by those who collect them.
"""

import bisect
import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from catalogue.problems import Problem, count_errors
from catalogue.text.body import Body, convert_in_proportion
from catalogue.text.encoding import INVISIBLE
from catalogue.text.findings import MOST_FINDINGS, Finding, locate
from catalogue.text.html_allowlist import COMMENT_ELEMENTS, VOID_ELEMENTS
from catalogue.text.mail_addresses import MASK, find_mails, holds_mail, mask_places
from catalogue.text.markdown_parser import make_comment_parser
from catalogue.text.placed_parser import PlacedParser, find_line_after
from catalogue.text.web_addresses import OLD_DOI, write_outside

SEEN = (
    "An e-mail address stands in this comment, and the site does not show it. Take it out of the "
    "file too."
)
HEADING_TAGS = frozenset("h1 h2 h3 h4 h5 h6".split())
INLINE = frozenset("a br code em img strong".split())
LINK_OPEN = '<a href="{}" rel="ugc nofollow">'

TYPED_ADDRESS = re.compile(rf"{OLD_DOI}|https?://[^\s<>\"\[\]|\\^`{{}}]+")
LINKED_ADDRESS = re.compile(r"https?://[^\s/?#@]+(?:[/?#]\S*)?", re.IGNORECASE)


@dataclass
class Piece:
    """A tag, or a stretch of text with its place among all the text, and in the HTML."""

    text: str
    is_tag: bool = False
    is_free: bool = False  # text outside links and code, in which an address becomes a link
    start: int = 0
    place: int = 0


class CommentWriter(PlacedParser):
    """A walk through the HTML of a comment, which writes what suits one."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.pieces: list[Piece] = []
        self.findings: list[Finding] = []
        self.closers: list[str] = []  # what ends each element that is open
        self.length = 0

    def put_tag(self, text: str, *, breaks: bool = False) -> None:
        """Write a tag; one that is not in a line separates the words before and after it."""
        self.pieces.append(Piece(text, is_tag=True))
        self.length += breaks

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write an opening tag, or what stands for it."""
        values = {name: value or "" for name, value in attrs}
        opening, closing = self.choose(tag, values)
        self.put_tag(opening, breaks=tag not in INLINE)
        if tag == "img":
            self.handle_data(values.get("alt", "") or values.get("src", ""))
            self.put_tag(closing)
        elif tag == "input":  # the box of a task, as it was typed
            self.handle_data("[x]" if "checked" in values else "[ ]")
        elif tag not in VOID_ELEMENTS:
            self.closers.append(closing)

    def choose(self, tag: str, values: dict[str, str]) -> tuple[str, str]:
        """Return what is written where an element opens and where it ends."""
        if tag in COMMENT_ELEMENTS:
            return f"<{tag}>", f"</{tag}>"
        if tag in HEADING_TAGS:
            return "<p><strong>", "</strong></p>"
        if tag == "a":
            return self.choose_link(values.get("href", ""))
        if tag == "img" and not any(closer == "</a>" for closer in self.closers):
            return self.choose_link(values.get("src", ""))
        return "", ""

    def choose_link(self, address: str) -> tuple[str, str]:
        """Return a link's tags, or nothing for an address that a comment may not lead to."""
        if holds_mail(address):
            self.findings.append(Finding("warning", SEEN, self.read_place()))
            return "", ""
        if not LINKED_ADDRESS.fullmatch(address):
            text = (
                f"A comment links to other sites by their full address, so {address or 'this'} "
                "is shown without a link. Write an address that begins with https://"
            )
            self.findings.append(Finding("warning", text, self.read_place()))
            return "", ""
        return LINK_OPEN.format(html.escape(write_outside(address))), "</a>"

    def handle_endtag(self, tag: str) -> None:
        """Write a closing tag."""
        if self.closers and tag not in VOID_ELEMENTS:
            self.put_tag(self.closers.pop(), breaks=tag not in INLINE)

    def handle_data(self, data: str) -> None:
        """Write text, with its place."""
        is_free = "</a>" not in self.closers and "</code>" not in self.closers
        self.pieces.append(Piece(data, is_free=is_free, start=self.length, place=self.read_place()))
        self.length += len(data)

    def read_words(self) -> str:
        """Return all text, with a line end where a block begins or ends."""
        words, length = [], 0
        for piece in self.pieces:
            if not piece.is_tag:
                words += ["\n" * (piece.start - length), piece.text]
                length = piece.start + len(piece.text)
        return "".join(words)


def find_mail_places(writer: CommentWriter, spans: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Yield the place in the HTML, or before it in its line, of each address among the words."""
    texts = [piece for piece in writer.pieces if not piece.is_tag]
    starts = [piece.start for piece in texts]
    for start, _ in spans:
        piece = texts[bisect.bisect_right(starts, start) - 1]
        line_ends = piece.text.count("\n", 0, start - piece.start)
        yield find_line_after(writer.source, piece.place, line_ends)


def format_comment(source: str) -> tuple[str, str, list[Finding]]:
    """Return a comment's HTML written anew from what Markdown made of it, its plain words, and findings."""
    writer = CommentWriter(source)
    writer.read_all()
    words = writer.read_words()
    spans = find_mails(words)
    places = islice(find_mail_places(writer, spans), MOST_FINDINGS)
    findings = [Finding("warning", SEEN, place) for place in places]
    pieces = [piece.text if piece.is_tag else format_piece(piece, spans) for piece in writer.pieces]
    plain = "\n".join(" ".join(line.split()) for line in mask_places(words, spans).split("\n"))
    return "".join(pieces), re.sub("\n+", "\n", plain).strip(), findings + writer.findings


def format_piece(piece: Piece, spans: Sequence[tuple[int, int]]) -> str:
    """Return a stretch of text as HTML, without the parts of e-mail addresses, which may cross tags."""
    end = piece.start + len(piece.text)
    parts, done = [], piece.start
    first = bisect.bisect_right([span[1] for span in spans], piece.start) if spans else 0
    for start, stop in spans[first:]:
        if start >= end:
            break
        parts += [piece.text[done - piece.start : max(start - piece.start, 0)]]
        parts += [MASK] if start >= piece.start else []
        done = min(stop, end)
    text = "".join([*parts, piece.text[done - piece.start :]])
    return "".join(link_words(text)) if piece.is_free else html.escape(text, quote=False)


def link_words(text: str) -> Iterator[str]:
    """Yield plain text as HTML, with the web addresses in it as links."""
    done = 0
    for match in TYPED_ADDRESS.finditer(text):
        address = trim_address(match[0])
        end = match.start() + len(address)
        if (
            text.startswith(MASK, end)
            or not LINKED_ADDRESS.fullmatch(address)
            or holds_mail(address)
        ):
            continue
        yield html.escape(text[done : match.start()], quote=False)
        opening = LINK_OPEN.format(html.escape(write_outside(address)))
        yield f"{opening}{html.escape(address, quote=False)}</a>"
        done = end
    yield html.escape(text[done:], quote=False)


def trim_address(address: str) -> str:
    """Return an address without the signs at its end that are of the sentence around it."""
    end = len(address.rstrip(".,;:!?'*_"))
    surplus = address.count(")", 0, end) - address.count("(", 0, end)
    while surplus > 0 and address[end - 1] == ")":
        surplus -= 1
        end -= 1
        while address[end - 1] in ".,;:!?":
            end -= 1
    return address[:end]


class CommentReader:
    """A reader of the bodies of comments, with one Markdown parser that knows no HTML."""

    def __init__(self) -> None:
        self.parser = make_comment_parser()

    def read(
        self, text: str, first_line: int, path: str, language: str = "en", _title: str = ""
    ) -> Body:
        """Return the body of the file `path`; `first_line` is where it begins in its file.

        The opening is the whole comment as plain text. With an error among the problems the HTML is
        not to be shown.
        """
        body = Body()
        self.parser.language = language
        visible = text.translate(INVISIBLE)
        source, body.problems = convert_in_proportion(self.parser, visible, first_line, path)
        if count_errors(body.problems):
            return body
        body.html, body.opening, findings = format_comment(source)
        body.words = len(body.opening.split())
        if not body.words:
            remedy = "Write the comment below the header, with a blank line between them."
            body.problems.append(Problem(path, first_line, "error", f"There is no text. {remedy}"))
        body.problems += locate(
            findings, lambda place: first_line + self.parser.find_line(place), path
        )
        body.finish(text, first_line, path)
        return body
