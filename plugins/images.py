"""Judge every picture by its bytes before a reader's browser has to.

Reads: one picture file at a time, never more than 10 MB of it, and decodes only small ones.
Adds: facts about a picture (width, height, type) or what is wrong with it.
Writes: nothing.

Formats: PNG (W3C PNG, third edition), JPEG (ITU-T T.81), GIF (GIF89a), WebP (RFC 9649) and AVIF
(boxes of ISO/IEC 14496-12). Whether a file is complete is read from its own row of chunks,
segments, blocks or boxes; Pillow reads the header and what the camera wrote beside it.
"""

import os
import re
import stat
import warnings
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from plugins.files import format_size
from plugins.problems import Problem

if TYPE_CHECKING:
    from PIL import Image

MAX_BYTES = 10 * 1024**2
MAX_PIXELS = 40_000_000
# A small picture is decoded to prove it sound. For larger ones the frame must do: decoding every
# photo of a blog would take longer than building it.
DECODED_PIXELS = 1_000_000
# Real progressive pictures have about ten; thousands keep a browser busy for minutes.
MAX_SCANS = 100
# A real file has some thousand segments or chunks at the most, and few idle bytes between them;
# millions only cost time.
MAX_PARTS = 20_000

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
SHOWS_PLACE = (
    "This photo tells every reader where it was taken (its GPS position). To take the place out: "
    "in Windows open Properties, Details, Remove Properties; on a Mac open it in Preview, then "
    "Tools, Show Inspector, GPS, Remove Location Info; or use a screenshot of it."
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

# A segment begins with 0xFF and its letter; 0xFF00 is a plain 0xFF in the data of a scan, 0xFFD0 to
# 0xFFD7 are its bookmarks (T.81, B.1.1).
JPEG_MARKER = re.compile(rb"\xff([\x02-\xcf\xd8-\xfe])")


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """Say how large a picture is shown, in pixels, and what it is by its content."""

    width: int
    height: int
    type: str  # a key of ENDINGS; in lower case behind "image/" it is the media type
    shows_place: bool = False  # it carries a GPS position


def check_image(path: Path, name: str) -> list[Problem]:
    """Check one picture; `name` is its path relative to the content folder.

    A symlink, a pipe or a device is refused unopened, a file over 10 MB unread.
    """
    return read_image(path, name)[1]


def read_image(path: Path, name: str = "") -> tuple[ImageFacts | None, list[Problem]]:
    """Read a picture's facts, and what is wrong with it; no facts when there is an error.

    Width and height are those on the screen: a photo that the camera marks as turned is turned.
    """
    data, text = read_bytes(path)
    if text:
        return None, [Problem(name, 0, "error", text)]
    kind = find_type(data)
    if text := check_type(data, kind, PurePosixPath(name or path.name)):
        return None, [Problem(name, 0, "error", text)]
    facts = read_facts(data, kind)
    if isinstance(facts, str):
        return None, [Problem(name, 0, "error", facts)]
    return facts, [Problem(name, 0, "warning", SHOWS_PLACE)] if facts.shows_place else []


def read_bytes(path: Path) -> tuple[bytes, str]:
    """Read a file of ordinary size whole, or say in one sentence why not."""
    try:
        status = os.lstat(path)
        if not stat.S_ISREG(status.st_mode):
            return b"", "This is no ordinary file. Put a copy of the picture itself here."
        if status.st_size > MAX_BYTES:
            return b"", (
                f"This picture has {format_size(status.st_size)}; 10 MB is the most. "
                "Save it again 2,000 pixels wide, as JPEG."
            )
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES)
    except FileNotFoundError:
        return b"", "This picture is not there. Put it back, or take it out of the post."
    except (OSError, ValueError):
        return b"", (
            "This picture cannot be read. Allow your account to read it (in the file's properties, "
            "under permissions), or copy it here again."
        )
    return data, "" if data else EMPTY


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
    if not COMPLETE[kind](data):
        return DAMAGED
    if kind == "GIF":
        width, height = read_gif_size(data)
        return ImageFacts(width, height, kind) if width and height else DAMAGED
    # Pillow is slow to load and not needed on a day without a new picture.
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(BytesIO(data), formats=(kind.upper(),)) as image:
                return read_opened(image, data, kind)
        except Image.DecompressionBombError:
            return TOO_MANY_PIXELS
        except Exception:  # noqa: BLE001 - Pillow answers odd bytes with errors of every kind
            return DAMAGED


def read_opened(image: "Image.Image", data: bytes, kind: str) -> ImageFacts | str:
    """Read the facts from a picture that Pillow has opened; decode it when it is small."""
    width, height = image.size
    if width * height > MAX_PIXELS:
        return TOO_MANY_PIXELS
    if kind != "AVIF" and width * height <= DECODED_PIXELS:
        image.load()
    exif = read_exif(image, data, kind)
    place = exif.get_ifd(0x8825)  # Exif 2.32: GPS; in it 2 is the latitude, 4 the longitude
    shows_place = 2 in place or 4 in place or b"exif:GPSLatitude" in data  # the last is XMP
    if exif.get(0x0112) in (5, 6, 7, 8):  # Exif 2.32: Orientation, turned by a quarter
        width, height = height, width
    return ImageFacts(width, height, kind, shows_place)


def read_exif(image: "Image.Image", data: bytes, kind: str) -> "Image.Exif":
    """Read what the camera wrote, without decoding the picture, which Pillow would do for PNG."""
    from PIL import Image

    if kind == "PNG":
        for name, start, end in walk_chunks(data):
            if name == b"eXIf":
                image.info["exif"] = data[start:end]
    try:
        return Image.Image.getexif(image)
    except Exception:  # noqa: BLE001 - unreadable notes do not make the picture a bad one
        return Image.Exif()


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


def walk_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Walk the PNG chunks that are whole: name, start and end of what is in them."""
    at = 8
    for _ in range(MAX_PARTS):
        end = at + 8 + int.from_bytes(data[at : at + 4])
        if end + 4 > len(data):
            return
        yield data[at + 4 : at + 8], at + 8, end
        at = end + 4


def is_complete_png(data: bytes) -> bool:
    """Walk the chunks up to the last: each with its right checksum, one at least with pixels."""
    view, pixels = memoryview(data), False
    for name, start, end in walk_chunks(data):
        if zlib.crc32(view[start - 4 : end]) != int.from_bytes(view[end : end + 4]):
            return False
        if name == b"IEND":
            return pixels
        pixels = pixels or name == b"IDAT"
    return False


def is_complete_jpeg(data: bytes) -> bool:
    """Walk the segments and scans up to the end mark; what cameras hang behind it is left alone."""
    at, scans, gaps = 2, 0, 0
    for _ in range(MAX_PARTS):
        marker = JPEG_MARKER.search(data, at)
        if not marker or scans > MAX_SCANS or gaps > MAX_PARTS:
            return False
        letter = data[marker.end() - 1]
        if letter == 0xD9:
            return scans > 0
        if not scans:
            gaps += marker.start() - at
        scans += letter == 0xDA
        at = marker.end() + int.from_bytes(data[marker.end() : marker.end() + 2])
    return False


def is_complete_gif(data: bytes) -> bool:
    """Walk the blocks: at least one frame, none cut off. Old programs leave out the end mark."""
    at, frames = 13 + size_of_colours(data[10:11]), 0
    while at < len(data):
        if data[at] == 0x21:
            at = end_of_blocks(data, at + 2)
        elif data[at] == 0x2C:
            at = end_of_blocks(data, at + 11 + size_of_colours(data[at + 9 : at + 10]))
            frames += 1
        else:
            break
    return frames > 0 and at <= len(data)


def size_of_colours(flags: bytes) -> int:
    """Count the bytes of a GIF colour table from the byte that announces it."""
    flag = int.from_bytes(flags)
    return 3 * 2 ** ((flag & 7) + 1) if flag & 0x80 else 0


def end_of_blocks(data: bytes, at: int) -> int:
    """Find the end of a row of GIF blocks; a place behind the data when they are cut off."""
    while at < len(data) and data[at]:
        at += 1 + data[at]
    return at + 1


def is_complete_webp(data: bytes) -> bool:
    """Compare the length with the one that the first chunk announces."""
    return len(data) >= 8 + int.from_bytes(data[4:8], "little")


def is_complete_avif(data: bytes) -> bool:
    """Walk the outermost boxes: they fill the file to its last byte."""
    at = 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4])
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16])
        if size == 0:  # the last box reaches to the end
            return True
        if size < 8:
            return False
        at += size
    return at == len(data)


COMPLETE: dict[str, Callable[[bytes], bool]] = {
    "PNG": is_complete_png,
    "JPEG": is_complete_jpeg,
    "GIF": is_complete_gif,
    "WebP": is_complete_webp,
    "AVIF": is_complete_avif,
}
