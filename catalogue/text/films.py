"""Know the addresses of films on YouTube, Vimeo and PeerTube.

A film there becomes a link: no page asks another site for anything before its reader does.
"""

import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

YOUTUBE = frozenset(
    "youtube.com www.youtube.com m.youtube.com youtube-nocookie.com www.youtube-nocookie.com".split()
)
VIMEO = frozenset("vimeo.com www.vimeo.com player.vimeo.com".split())
YOUTUBE_NAME = re.compile(r"[\w-]{6,20}", re.ASCII)
PLAYLIST_NAME = re.compile(r"[\w-]{10,60}", re.ASCII)
PLAYLIST_PATHS = ("/playlist", "/embed/videoseries")
YOUTUBE_PATH = re.compile(r"/(?:embed|v|shorts|live)/([\w-]{6,20})/?", re.ASCII)
SHORT_PATH = re.compile(r"/([\w-]{6,20})/?", re.ASCII)
VIMEO_PATH = re.compile(
    r"/(?:video/|channels/[\w-]+/|groups/[\w-]+/videos/)?(\d{4,12})(?:/([0-9a-f]{6,20}))?/?",
    re.ASCII,
)
# A list of films, or one in it, which may be on no page of its own.
SHOWCASE_PATH = re.compile(
    r"(/(?:album|showcase)/\d{4,12}(?:/video/\d{4,12})?)(?:/embed2?)?/?", re.ASCII
)
# PeerTube's own short and long names, of a film or of a list of films; any host may run it.
PEERTUBE_PATH = re.compile(
    r"/(?:w|videos/(?:embed|watch)|(w/p|video-playlists/embed|videos/watch/playlist))"
    r"/([1-9A-HJ-NP-Za-km-z]{22}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/?"
)
MOMENT = re.compile(r"[0-9hms]{1,9}", re.ASCII)
# Where stills of films are; of PeerTube with the host, which has to be that of the film.
STILL = re.compile(
    r"(?:https?:)?//(?:img\.youtube\.com|i\d?\.ytimg\.com|[\w-]+\.vimeocdn\.com"
    r"|([^/?#\s]+)/(?:lazy-static|static)/(?:previews|thumbnails))/",
    re.IGNORECASE | re.ASCII,
)
# The path of a still at YouTube, which names its film.
YOUTUBE_STILL = re.compile(r"(?:youtube|ytimg)\.com/vi(?:_webp)?/([\w-]{6,20})/", re.ASCII)
SIGNS = re.compile(r"youtu|vimeo|/w/|/videos/|/video-playlists/", re.IGNORECASE)
WORDS = "Film on {}"


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
    if not SIGNS.search(address):  # to split each address takes long
        return None
    try:
        parts = urlsplit(f"https:{address}" if address.startswith("//") else address)
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or parts.username is not None:
        return None
    # Both have the moment at which a film begins behind a # too.
    query = parse_qs(parts.fragment) | parse_qs(parts.query)
    if host in YOUTUBE or host in ("youtu.be", "www.youtu.be"):
        return find_youtube(host, parts.path, query)
    if host in VIMEO:
        return find_vimeo(parts.path, query)
    if found := PEERTUBE_PATH.fullmatch(parts.path):
        (start, *_) = parse_qs(parts.query).get("start", [""])
        moment = f"?start={start}" if MOMENT.fullmatch(start) else ""
        place = f"p/{found[2]}" if found[1] else f"{found[2]}{moment}"
        return Film(f"https://{parts.netloc}/w/{place}", host)
    return None


def find_vimeo(path: str, query: dict[str, list[str]]) -> Film | None:
    """Return the film of an address of Vimeo, from the moment on that it names, or a list of films.

    The key that it may need stays in its address.
    """
    if listed := SHOWCASE_PATH.fullmatch(path):
        return Film(f"https://vimeo.com{listed[1]}", "Vimeo")
    found = VIMEO_PATH.fullmatch(path)
    key = found and (found[2] or query.get("h", [""])[0])
    key = f"/{key}" if key and key.isalnum() and key.isascii() else ""
    start = query.get("t", [""])[0]
    moment = f"#t={start}" if MOMENT.fullmatch(start) else ""
    return Film(f"https://vimeo.com/{found[1]}{key}{moment}", "Vimeo") if found else None


def is_still(address: str, film: Film) -> bool:
    """Return whether a whole address is that of a still which the site of a film has of it."""
    still = STILL.match(address)
    return still is not None and (not still[1] or still[1].lower() == film.site)


def find_film_of_still(address: str) -> Film | None:
    """Return the film that the whole address of a still tells, as it does at YouTube; None if it does not."""
    named = YOUTUBE_STILL.search(address) if STILL.match(address) else None
    return find_youtube("youtu.be", f"/{named[1]}", {}) if named else None


def find_youtube(host: str, path: str, query: dict[str, list[str]]) -> Film | None:
    """Return the film of an address of YouTube, from the moment on that it names, or a list of films."""
    if path in PLAYLIST_PATHS:
        name = query.get("list", [""])[0]
        address = f"https://www.youtube.com/playlist?list={name}"
        return Film(address, "YouTube") if PLAYLIST_NAME.fullmatch(name) else None
    if path == "/watch":
        name = query.get("v", [""])[0]
    else:
        found = (SHORT_PATH if "youtu.be" in host else YOUTUBE_PATH).fullmatch(path)
        name = found[1] if found else ""
    if not YOUTUBE_NAME.fullmatch(name):
        return None
    start = (query.get("start") or query.get("t") or [""])[0]
    moment = f"&t={start}" if MOMENT.fullmatch(start) else ""
    return Film(f"https://www.youtube.com/watch?v={name}{moment}", "YouTube")
