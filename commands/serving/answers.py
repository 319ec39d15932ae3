"""What is at a path of a preview, as GitHub Pages would answer, and how an answer is written."""

import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

# Renders a file of the site: PAGE and its bytes, NONE if the site has none, FAULT and what went wrong.
Render = Callable[[str], tuple[bytes, bytes]]
NONE, PAGE, FAULT = b"n", b"p", b"f"

TEXT_TYPE, HTML_TYPE = "text/plain; charset=utf-8", "text/html; charset=utf-8"
EVENT_TYPE = "text/event-stream; charset=utf-8"
# In every answer. No page elsewhere may use it, frame it or keep a hand on its window, no browser
# guesses at its type or keeps it: the next change makes it old.
HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Referrer-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
    ("Connection", "close"),
)
# Without the system's own tables, so that it is the same everywhere; some are newer than Python 3.11,
# and some Pythons have another one.
TYPES = mimetypes.MimeTypes().types_map[True] | {
    ".avif": "image/avif",
    ".bib": "text/plain",
    ".epub": "application/epub+zip",
    ".flac": "audio/flac",
    ".gz": "application/gzip",
    ".js": "text/javascript",
    ".jsonld": "application/ld+json",
    ".m4a": "audio/mp4",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".ogg": "audio/ogg",
    ".ogv": "video/ogg",
    ".otf": "font/otf",
    ".ris": "text/plain",
    ".rtf": "text/rtf",
    ".shtml": "text/html",
    ".srt": "text/plain",
    ".ttf": "font/ttf",
    ".vtt": "text/vtt",
    ".wav": "audio/wav",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True)
class Answer:
    """One answer: its status, its bytes and their type, and where else to look."""

    status: int
    data: bytes = b""
    kind: str = TEXT_TYPE
    location: str = ""


def answer_path(path: str, render: Render) -> Answer:
    """Return what is at a path: folders by their index, 404.html for what is not there."""
    name = unquote(path).lstrip("/")
    file = f"{name}index.html" if not name or name.endswith("/") else name
    kind, data = render(file)
    if kind == NONE and file == name and render(f"{name}/index.html")[0] == PAGE:
        # From the file's name, which has no slash at its start: two would name another host.
        return Answer(301, location=f"/{quote(name)}/")
    if kind == PAGE:
        return Answer(200, data, find_media_type(file))
    if kind == FAULT:
        return Answer(503, data)
    kind, data = render("404.html")
    return Answer(404, data, HTML_TYPE if kind == PAGE else TEXT_TYPE)


def find_media_type(file: str) -> str:
    """Return the media type of a file, with the character set if it is text."""
    kind = TYPES.get(PurePosixPath(file).suffix.lower(), "application/octet-stream")
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def format_head(answer: Answer, date: str, has_end: bool = True) -> bytes:
    """Return the first line and the headers of an answer (RFC 9112); the program is not named.

    One that has no end has no length.
    """
    fields: list[tuple[str, object]] = [("Date", date), ("Content-Type", answer.kind)]
    fields += [("Content-Length", len(answer.data))] if has_end else []
    fields += [("Location", answer.location)] if answer.location else []
    first = f"HTTP/1.0 {answer.status} {HTTPStatus(answer.status).phrase}"
    lines = [first, *(f"{name}: {value}" for name, value in (*fields, *HEADERS)), "", ""]
    return "\r\n".join(lines).encode("ascii")
