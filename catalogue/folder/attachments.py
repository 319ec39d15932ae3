"""Check by its first and last bytes that a file to hand out is what its name ends in.

A reader's browser goes by the ending. So a web page that ends in .pdf shows nothing, and one that ends
in .txt is not what it says. Whether a file is whole is not judged, and nothing is taken out of it: who
wrote a document, with which program, may stand in it, and most want their name under what they hand
out. Only the place where a film was taken is looked for, because nobody expects it there.

What begins as a web page does: https://mimesniff.spec.whatwg.org/, section 7.1. The signatures: PDF (ISO
32000-2, 7.5.2), ZIP (APPNOTE 4.3), Office Open XML (ECMA-376-2), OpenDocument (part 2, 3.3), EPUB (OCF
4.3), MP3 (ISO/IEC 11172-3, ID3v2), MP4 (ISO/IEC 14496-12), Ogg (RFC 3533), WebM (RFC 8794), WAVE.
"""

import os
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from catalogue.folder.layout import ATTACHMENT_FORMATS, PLAIN_TEXT
from catalogue.pictures.facts import ENDINGS
from catalogue.pictures.kinds import find_picture_type
from catalogue.pictures.location import has_place_words
from catalogue.problems import Problem

FIRST_BYTES = 4096
LAST_BYTES = 64 * 1024  # a ZIP archive has the list of what is in it at its end
MAX_BOXES = 1000
MAX_NOTES = 8 * 1024**2  # bytes of one box with notes

FILMS = (".mp4", ".m4a")
FILM_NOTES = frozenset((b"moov", b"udta", b"meta", b"uuid"))

WEB_PAGE = re.compile(
    rb"\s*(?:<\?php\b|<!--|<\?xml\b.*<(?:!doctype|html|svg)\b|<!doctype\s+(?:html|svg)\b"
    rb"|<(?:html|head|body|script|iframe|style|title|meta|link|svg|h1|div|font|table|a|b|br|p)[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
NOTE_OF_GIT = b"version https://git-lfs"
BOM = re.compile(rb"\xef\xbb\xbf|\xff\xfe|\xfe\xff")

# What a file is by its first bytes, and the endings that fit.
SIGNATURES = (
    (
        re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)"),
        (".zip", ".docx", ".epub", ".odp", ".ods", ".odt", ".pptx", ".xlsx"),
    ),
    (re.compile(rb"\xd0\xcf\x11\xe0"), (".docx", ".pptx", ".xlsx")),  # with a password
    (re.compile(rb"(?s).{4}ftypM4[AB] "), (".m4a", ".mp4")),
    (
        re.compile(rb"(?s).{4}(?:ftyp(?!hei|hev|mif1|msf1)|moov|mdat|wide|free|skip)"),
        (".mp4", ".m4a"),
    ),
    (re.compile(rb"OggS"), (".ogg",)),
    (re.compile(rb"\x1a\x45\xdf\xa3"), (".webm",)),
    (re.compile(rb"(?s)(?:RIFF|RF64|BW64).{4}WAVE"), (".wav",)),
    (re.compile(rb"%PDF-"), (".pdf",)),
    (re.compile(rb"ID3[\x02-\x04]|\0*\xff[\xe2-\xe7\xf2-\xf7\xfa-\xfd]"), (".mp3",)),
)
# What readers of these kinds take besides: other programs' bytes before the first of its own.
LATE = {
    ".pdf": re.compile(rb"(?s).{0,1019}%PDF-"),
    ".mp3": re.compile(rb"(?s).*\xff[\xe2-\xe7\xf2-\xf7\xfa-\xfd]"),
}
# A ZIP archive of this ending has one of these in it.
ZIP_MEMBERS = {
    ".docx": b"word/",
    ".epub": b"META-INF/container.xml",
    ".odp": b"content.xml",
    ".ods": b"content.xml",
    ".odt": b"content.xml",
    ".pptx": b"ppt/",
    ".xlsx": b"xl/",
}
FILM_SHOWS_PLACE = (
    "This film tells every reader where it was taken, and a film is published as it is. Save it again "
    "without its place (on a telephone: Share, Options, Location off)."
)


def check_attachment(file: BinaryIO, name: str) -> list[Problem]:
    """Return what is wrong with one open file; `name` is its path relative to the content folder."""
    start = file.read(FIRST_BYTES)
    if not start:  # the listing has said so
        return []
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - LAST_BYTES))
    ending = PurePosixPath(name).suffix.lower()
    text = explain_wrong_ending(start, file.read(LAST_BYTES), ending)
    if text:
        return [Problem(name, 0, "error", text)]
    if ending in FILMS and any(map(has_place_words, read_film_notes(file, size))):
        return [Problem(name, 0, "warning", FILM_SHOWS_PLACE)]
    return []


def explain_wrong_ending(start: bytes, end: bytes, ending: str) -> str:
    """Return in one sentence what a file is if it is not what its ending says; empty if it is."""
    if start.startswith(NOTE_OF_GIT):
        return "This is only a note of where Git keeps the file. Type: git lfs pull"
    if WEB_PAGE.match(BOM.sub(b"", start, count=1).replace(b"\0", b"")):
        return (
            f"This is a web page, but its name ends in {ending}. Open the file itself in a browser, "
            "save it from there, and use that."
        )
    endings = find_endings(start)
    if ATTACHMENT_FORMATS[ending] == PLAIN_TEXT:
        return "" if is_text(start) else describe_other(PLAIN_TEXT, ending, endings)
    if ending in endings:
        part = ZIP_MEMBERS.get(ending, b"")
        is_zip = endings[0] == ".zip"
        return describe_other("", ending, endings) if is_zip and part not in start + end else ""
    if not endings and ending in LATE and LATE[ending].match(start):
        return ""
    return describe_other(ATTACHMENT_FORMATS[ending], ending, endings)


def find_endings(start: bytes) -> tuple[str, ...]:
    """Return the endings that a file may have by its first bytes, the best first; none if unknown."""
    if kind := find_picture_type(start):
        return ENDINGS[kind]
    return next((endings for pattern, endings in SIGNATURES if pattern.match(start)), ())


def is_text(start: bytes) -> bool:
    """Return True if a file begins as plain text does, in whatever encoding."""
    if BOM.match(start):
        return True
    is_signature = start.startswith(b"%PDF-") or not (
        chr(start[0]).isprintable() or start[0] in b"\t\r\n"
    )
    return b"\0" not in start and not (is_signature and find_endings(start))


def describe_other(noun: str, ending: str, endings: tuple[str, ...]) -> str:
    """Return what a file is, if its `endings` tell, or else that it is no such thing, and what to do."""
    if endings:
        seen = ATTACHMENT_FORMATS.get(endings[0], "picture")
        article = "an" if seen.startswith(("E", "MP", "O")) else "a"
        return (
            f"This is {article} {seen}, but its name ends in {ending}. "
            f"End its name in {endings[0]} instead, also in the posts that link to it."
        )
    return (
        f"This is no {noun}, but its name ends in {ending}. Copy it here again from the original, or "
        "end its name in what it is."
    )


def read_film_notes(file: BinaryIO, size: int) -> Iterator[bytes]:
    """Yield the outermost boxes of a film in which notes lie; `size` is that of the file in bytes."""
    at = 0
    for _ in range(MAX_BOXES):
        file.seek(at)
        header = file.read(16)
        length, name = int.from_bytes(header[:4]), header[4:8]
        if length == 1:
            length = int.from_bytes(header[8:])
        if name in FILM_NOTES:
            file.seek(at)
            yield file.read(min(length or size, MAX_NOTES))
        at += length
        if length < 8 or at >= size:
            return
