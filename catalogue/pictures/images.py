"""Judge every picture by its bytes before a reader's browser has to.

Reads: one picture file at a time, never more than 10 MB of it, and decodes only small ones.
Adds: facts about a picture (width, height, type) or what is wrong with it.
Writes: nothing.

Formats: PNG, JPEG, GIF, WebP and AVIF. Whether a file is complete is read from its own row of chunks,
segments, blocks or boxes while it is cleaned; what is judged from then on, also by Pillow, are the
bytes that are published.
"""

import re
import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from catalogue.folder.regular_files import NotOrdinary, TooLarge, read_whole
from catalogue.folder.walk import format_size
from catalogue.pictures.parts import Damaged, Unclear
from catalogue.problems import Problem

if TYPE_CHECKING:
    from catalogue.pictures.metadata import CleanPicture

MAX_BYTES = 10 * 1024**2
MAX_PIXELS = 40_000_000
# A small picture is decoded to prove it sound. For larger ones the frame must do: decoding every
# photo of a blog would take longer than building it.
DECODED_PIXELS = 1_000_000

ENDINGS = {
    "PNG": (".png",),
    "JPEG": (".jpg", ".jpeg"),
    "GIF": (".gif",),
    "WebP": (".webp",),
    "AVIF": (".avif",),
}

EMPTY = "This picture is empty. Save or copy it here again from the original."
DAMAGED = (
    "This picture is damaged or was cut off. Save or copy it here again from the original, "
    "and look at it in a browser."
)
TOO_MANY_PIXELS = (
    "This picture has more than 40 million pixels, too many for a reader's browser. "
    "Save it again 2,000 pixels wide."
)
UNCLEAR = (
    "This picture has a part that is not known here, and what it may tell of you cannot be taken out "
    "surely. Open it, save it again as JPEG or PNG, and use that."
)
SHOWS_PLACE = (
    "This photo tells where it was taken; the site leaves that out, but whoever can see the file "
    "itself, as in a public repository, can read it there, unless you take it out (in Windows: "
    "Properties, Details, Remove Properties; on a Mac: Preview, Tools, Show Inspector, GPS, Remove "
    "Location Info)."
)
SVG = (
    "This is an SVG drawing, which can carry a program into the reader's browser. Open it in a "
    "browser or a drawing program, save it as PNG, and use that."
)
OTHER = "This is no picture that every browser can show. Open it and save it as JPEG or PNG."

# What people take for a picture for the web, by its first bytes.
STRANGERS = (
    (
        rb"(?i)\s*(?:<!doctype html|<html|<head|<body)",
        "This is a web page saved under a picture's name. Open the picture itself in a browser, "
        "save it with the right mouse button (Save image as), and use that.",
    ),
    (rb"(?is).*<svg", SVG),
    (rb"%PDF-", "This is a PDF document. End its name in .pdf, or show a screenshot of it."),
    (
        rb"PK\x03\x04",
        "This is an office document or a ZIP archive. Give its name the right ending, such as "
        ".docx or .zip, or show a screenshot of it.",
    ),
    (
        rb"(?s)....ftyp(?:hei|hev|mif1|msf1)",
        "This is a HEIC picture, as telephones save it, and many browsers cannot show it. Open it "
        "and save it as JPEG.",
    ),
    (
        rb"version https://git-lfs",
        "This is only a note of where Git keeps the picture. Type: git lfs pull",
    ),
)


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """How large a picture is shown, in pixels, and what it is by its content."""

    width: int
    height: int
    type: str  # a key of ENDINGS; in lower case behind "image/" it is the media type
    shows_place: bool = False  # its file names a place; what is published does not


def read_image(path: Path, name: str = "") -> tuple[ImageFacts | None, list[Problem]]:
    """Return a picture's facts, and what is wrong with it; no facts when there is an error.

    `name` is its path relative to the content folder. Width and height are those on the screen: a photo
    that the camera marks as turned is turned. A symlink, a pipe or a device is refused unopened, a file
    over 10 MB unread.
    """
    data, text = read_bytes(path)
    if text:
        return None, [Problem(name, 0, "error", text)]
    return judge_image(data, name or path.name)


def judge_image(data: bytes, name: str) -> tuple[ImageFacts | None, list[Problem]]:
    """Return the same of a picture that has been read."""
    text = check_type(data, find_type(data), PurePosixPath(name)) if data else EMPTY
    return (None, [Problem(name, 0, "error", text)]) if text else judge_content(data, name)


def judge_content(data: bytes, name: str) -> tuple[ImageFacts | None, list[Problem]]:
    """Return the same of a picture whatever its name ends in."""
    facts = read_facts(data, find_type(data))
    if isinstance(facts, str):
        return None, [Problem(name, 0, "error", facts)]
    return facts, [Problem(name, 0, "warning", SHOWS_PLACE)] if facts.shows_place else []


def read_bytes(path: Path) -> tuple[bytes, str]:
    """Read a file of ordinary size whole, or say in one sentence why not."""
    try:
        return read_whole(path, MAX_BYTES), ""
    except NotOrdinary:
        return b"", "This is no ordinary file. Put a copy of the picture itself here."
    except TooLarge as error:
        return b"", format_too_large(error.size)
    except FileNotFoundError:
        return b"", "This picture is not there. Put it back, or take it out of the post."
    except (OSError, ValueError):
        return b"", (
            "This picture cannot be read. Allow your account to read it (in the file's properties, "
            "under permissions), or copy it here again."
        )


def format_too_large(size: int) -> str:
    """Say that a picture has too many bytes."""
    return (
        f"This picture has {format_size(size)}; 10 MB is the most. "
        "Save it again 2,000 pixels wide, as JPEG."
    )


def format_published(data: bytes) -> bytes:
    """Return the bytes of a file as the site has them: those of a picture without what it tells.

    What is no picture stays as it is. Raises Damaged or Unclear for a picture that cannot be cleaned.
    """
    kind = find_type(data)
    if not kind:
        return data
    # Loaded, as Pillow below, on a day with a new picture.
    from catalogue.pictures.metadata import clean_picture

    return clean_picture(data, kind).data


def find_type(data: bytes) -> str:
    """Tell a picture's type by its first bytes; an empty text when it is none of ours."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WebP"
    brands = data[8 : min(int.from_bytes(data[:4]), 256)]
    if data[4:8] == b"ftyp" and (b"avif" in brands or b"avis" in brands):
        return "AVIF"
    return ""


def check_type(data: bytes, kind: str, name: PurePosixPath) -> str:
    """Hold a picture's content against the ending of its name; an empty text when they agree."""
    ending = name.suffix.lower()
    if not kind:
        return format_stranger(data, ending)
    if ending in ENDINGS[kind]:
        return ""
    better = ENDINGS[kind][0]
    seen = f"its name ends in {ending}" if ending else "its name does not say so"
    return (
        f"This is a {kind} picture, but {seen}. "
        f"End its name in {better} instead, also in the posts that show it."
    )


def format_stranger(data: bytes, ending: str) -> str:
    """Say what a file under a picture's name really is, and what to do about it."""
    if ending in (".svg", ".svgz"):
        return SVG
    start = data[:4096].removeprefix(b"\xef\xbb\xbf")
    return next((text for pattern, text in STRANGERS if re.match(pattern, start)), OTHER)


def read_facts(data: bytes, kind: str) -> ImageFacts | str:
    """Read the facts from a picture's content, or say in one sentence what is wrong with it."""
    if count_announced_pixels(data, kind) > MAX_PIXELS:
        return TOO_MANY_PIXELS
    from catalogue.pictures.metadata import clean_picture

    try:
        clean = clean_picture(data, kind)
    except Damaged:
        return DAMAGED
    except Unclear:
        return UNCLEAR
    size = read_gif_size(data) if kind == "GIF" else measure_picture(clean, kind)
    if isinstance(size, str):
        return size
    width, height = reversed(size) if clean.is_turned else size
    return ImageFacts(width, height, kind, clean.tells_place) if width and height else DAMAGED


def measure_picture(clean: "CleanPicture", kind: str) -> tuple[int, int] | str:
    """Return width and height of the stored pixels; a small picture is decoded to see that it is sound.

    Returns a sentence if anything is wrong with it.
    """
    # Pillow is slow to load and not needed on a day without a new picture.
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(BytesIO(clean.data), formats=(kind.upper(),)) as image:
                width, height = image.size
                if width * height > MAX_PIXELS:
                    return TOO_MANY_PIXELS
                if kind != "AVIF" and width * height <= DECODED_PIXELS:
                    image.load()
        except Image.DecompressionBombError:
            return TOO_MANY_PIXELS
        except Exception:  # noqa: BLE001 - Pillow answers odd bytes with errors of every kind
            return DAMAGED
    return width, height


def count_announced_pixels(data: bytes, kind: str) -> int:
    """Count the pixels that the header announces, before anything sets memory aside for them."""
    if kind == "PNG":
        return int.from_bytes(data[16:20]) * int.from_bytes(data[20:24])
    if kind == "GIF":
        width, height = read_gif_size(data)
        return width * height
    if kind == "WebP" and data[12:16] == b"VP8X":
        width = int.from_bytes(data[24:27], "little") + 1
        return width * (int.from_bytes(data[27:30], "little") + 1)
    return 0


def read_gif_size(data: bytes) -> tuple[int, int]:
    """Read width and height from a GIF header."""
    return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
