"""Know the addresses of films on YouTube, Vimeo and PeerTube, and what these sites hand out to embed one.

A film there becomes a link: no page asks another site for anything before its reader does.
"""

import html
import re
import xml.etree.ElementTree as etree
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

YOUTUBE = frozenset(
    "youtube.com www.youtube.com m.youtube.com youtube-nocookie.com www.youtube-nocookie.com".split()
)
VIMEO = frozenset("vimeo.com www.vimeo.com player.vimeo.com".split())
YOUTUBE_NAME = re.compile(r"[\w-]{6,20}", re.ASCII)
YOUTUBE_PATH = re.compile(r"/(?:embed|v|shorts|live)/([\w-]{6,20})/?", re.ASCII)
SHORT_PATH = re.compile(r"/([\w-]{6,20})/?", re.ASCII)
VIMEO_PATH = re.compile(r"/(?:video/|channels/\w+/)?(\d{4,12})(?:/([0-9a-f]{6,20}))?/?", re.ASCII)
# PeerTube's own short and long names; any host may run it.
PEERTUBE_PATH = re.compile(
    r"/(?:w|videos/(?:embed|watch))/([1-9A-HJ-NP-Za-km-z]{22}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/?"
)
FRAME = re.compile(r"<iframe\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>[^<]*</iframe\s*>", re.IGNORECASE)
ATTRIBUTE = re.compile(
    r"""\s(src|title)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
# What editors put around a frame, and nothing else beside it.
LONE_FRAME = re.compile(
    r"\s*(?:<(?:p|div|center)\b[^<>]*>\s*)*<iframe\b[^<>]*>[^<]*</iframe\s*>\s*"
    r"(?:</(?:p|div|center)>\s*)*",
    re.IGNORECASE,
)
OPENING, CLOSING = (
    re.compile(r"(<iframe\b[^>]*)>", re.IGNORECASE),
    re.compile(r"</iframe\s*>", re.IGNORECASE),
)
WORDS = "Film on {}"
NO_TITLES = ("", "YouTube video player", "vimeo-player")


class Film(NamedTuple):
    """A film on another site: where it is watched, and what the site is called."""

    address: str
    site: str

    @property
    def words(self) -> str:
        """Return what stands for the film's title where nobody has written it."""
        return WORDS.format(self.site)


def find_film(address: str) -> Film | None:
    """Return the film that a whole address leads to; None if it is none of these sites'."""
    try:
        parts = urlsplit(f"https:{address}" if address.startswith("//") else address)
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or parts.username is not None:
        return None
    if host in YOUTUBE or host in ("youtu.be", "www.youtu.be"):
        return find_youtube(host, parts.path, parse_qs(parts.query))
    if host in VIMEO:
        found = VIMEO_PATH.fullmatch(parts.path)
        key = found and (found[2] or parse_qs(parts.query).get("h", [""])[0])
        key = f"/{key}" if key and key.isalnum() and key.isascii() else ""
        return Film(f"https://vimeo.com/{found[1]}{key}", "Vimeo") if found else None
    found = PEERTUBE_PATH.fullmatch(parts.path)
    return Film(f"https://{parts.netloc}/w/{found[1]}", host) if found else None


def find_youtube(host: str, path: str, query: dict[str, list[str]]) -> Film | None:
    """Return the film of an address of YouTube, from the moment on that it names."""
    if path == "/watch":
        name = query.get("v", [""])[0]
    else:
        found = (SHORT_PATH if "youtu.be" in host else YOUTUBE_PATH).fullmatch(path)
        name = found[1] if found else ""
    if not YOUTUBE_NAME.fullmatch(name) or name == "videoseries":
        return None
    start = (query.get("start") or query.get("t") or [""])[0]
    moment = f"&t={start}" if re.fullmatch(r"[0-9hms]{1,9}", start, re.ASCII) else ""
    return Film(f"https://www.youtube.com/watch?v={name}{moment}", "YouTube")


def replace_frames(source: str) -> str:
    """Return HTML with a link in place of each frame with a film; one that stands alone is a figure.

    All other frames stay, and are refused. No line is lost.
    """
    replaced = FRAME.sub(replace_frame, source)
    if replaced == source or not LONE_FRAME.fullmatch(source):
        return replaced
    link = replaced[replaced.index("<a ") : replaced.index("</a>") + len("</a>")]
    return f"<figure>{link}</figure>" + "\n" * source.count("\n")


def replace_frame(frame: re.Match[str]) -> str:
    """Return the link to the film in a frame, or the frame."""
    found = {
        name.lower(): html.unescape("".join(rest)) for name, *rest in ATTRIBUTE.findall(frame[1])
    }
    film = find_film(found.get("src", "").strip())
    if film is None:
        return frame[0]
    words = " ".join(found.get("title", "").split())
    words = film.words if words in NO_TITLES else words
    link = f'<a href="{html.escape(film.address)}">{html.escape(words, quote=False)}</a>'
    return link + "\n" * frame[0].count("\n")


def replace_parts(parts: Sequence[etree.Element]) -> None:
    """Put a link in place of each frame with a film among pieces of HTML, of which a line has one a tag."""
    is_open = False
    for part in parts:
        text = part.text or ""
        if is_open and CLOSING.fullmatch(text):
            part.text, is_open = "", False
        elif OPENING.fullmatch(text):
            replaced = FRAME.sub(replace_frame, f"{text}</iframe>")
            is_open = replaced != f"{text}</iframe>"
            part.text = replaced if is_open else text
        elif "<iframe" in text.lower():
            part.text = replace_frames(text)
