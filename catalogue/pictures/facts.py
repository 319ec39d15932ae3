"""Read a picture's width, height and type, or what is wrong with it, before a reader's browser has to.

Formats: PNG, JPEG, GIF, WebP and AVIF. Never more than 10 MB of a file are read. Whether a file is
complete is read from its own row of chunks, segments, blocks or boxes while it is cleaned; what is judged
from then on, also by Pillow, are the bytes that are published.
"""

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from catalogue.folder.regular_files import NotRegular, TooLarge, read_whole
from catalogue.folder.sizes import MAX_PICTURE_BYTES, format_size
from catalogue.pictures.kinds import find_picture_type
from catalogue.pictures.pixels import InvalidPicture, judge_pixels
from catalogue.problems import Problem

ENDINGS = {
    "PNG": (".png",),
    "JPEG": (".jpg", ".jpeg"),
    "GIF": (".gif",),
    "WebP": (".webp",),
    "AVIF": (".avif",),
}
DRAWING = ".svg"

EMPTY_PICTURE = "This picture is empty. Save or copy it here again from the original."
PHOTO_SHOWS_PLACE = (
    "This photo tells where it was taken; the site leaves that out, but whoever can see the file "
    "itself, as in a public repository, can read it there, unless you take it out (in Windows: "
    "Properties, Details, Remove Properties; on a Mac: Preview, Tools, Show Inspector, GPS, Remove "
    "Location Info)."
)
DRAWING_SHOWS_PLACE = (
    "This drawing tells where a photo in it was taken; the site leaves that out, but whoever can see the "
    "file itself, as in a public repository, can read it there, unless you take the place out of the "
    "photo (in Windows: Properties, Details, Remove Properties) and put the photo into it again."
)
SVG = (
    "This is an SVG drawing. End its name in .svg, also in the posts that show it; if it is packed "
    "(.svgz), save it unpacked."
)
OTHER = "This is no picture that every browser can show. Open it and save it as JPEG or PNG."

# What people take for a picture for the web, by its first bytes.
OTHER_FORMATS = (
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
class PictureFacts:
    """The size of a picture as it is shown, in pixels, and its type by its content."""

    width: int  # on the screen: a photo that the camera marks as turned is turned
    height: int
    type: str  # a key of ENDINGS, or SVG; in lower case behind "image/" it is the media type
    shows_place: bool = False  # its file names a place; what is published does not


def read_picture_facts(data: bytes, name: str) -> tuple[PictureFacts | None, list[Problem]]:
    """Return a picture's facts, and what is wrong with it; no facts when there is an error.

    `name` is its path relative to the content folder; its ending must fit the content.
    """
    ending = PurePosixPath(name).suffix.lower()
    if ending == DRAWING and data and not find_picture_type(data):
        return read_drawing(data, name)
    text = explain_picture_ending(data, ending)
    return (None, [Problem(name, 0, "error", text)]) if text else read_content(data, name)


def read_drawing(data: bytes, name: str) -> tuple[PictureFacts | None, list[Problem]]:
    """Return the same of an SVG drawing."""
    from catalogue.pictures.clean_svg import UncleanDrawing, clean_svg
    from catalogue.pictures.svg import judge_svg

    (width, height), wrong, line = judge_svg(data)
    if wrong:
        return None, [Problem(name, line, "error", wrong)]
    try:
        shows_place = clean_svg(data).shows_place
    except UncleanDrawing as unclean:
        return None, [Problem(name, unclean.line, "error", str(unclean))]
    problems = [Problem(name, 0, "warning", DRAWING_SHOWS_PLACE)] if shows_place else []
    return PictureFacts(width, height, "SVG", shows_place), problems


def read_content(data: bytes, name: str) -> tuple[PictureFacts | None, list[Problem]]:
    """Return the same of a picture whatever its name ends in."""
    try:
        facts = read_kind_facts(data, find_picture_type(data))
    except InvalidPicture as wrong:
        return None, [Problem(name, 0, "error", str(wrong))]
    return facts, [Problem(name, 0, "warning", PHOTO_SHOWS_PLACE)] if facts.shows_place else []


def read_picture_bytes(path: Path) -> bytes:
    """Read a regular file whole. Raises InvalidPicture for a link, a device, and more than 10 MB."""
    try:
        return read_whole(path, MAX_PICTURE_BYTES)
    except NotRegular:
        text = "This is no ordinary file. Put a copy of the picture itself here."
    except TooLarge as error:
        text = format_too_large(error.size)
    except FileNotFoundError:
        text = "This picture is not there. Put it back, or take it out of the post."
    except (OSError, ValueError):
        text = (
            "This picture cannot be read. Allow your account to read it (in the file's properties, "
            "under permissions), or copy it here again."
        )
    raise InvalidPicture(text)


def format_too_large(size: int) -> str:
    """Return a sentence on a picture of too many bytes."""
    return (
        f"This picture has {format_size(size)}; 10 MB is the most. "
        "Save it again 2,000 pixels wide, as JPEG."
    )


def format_published(data: bytes, name: str) -> bytes:
    """Return the bytes of a file as the site has them: a picture's without its metadata.

    What is no picture by its bytes, nor a drawing by its name, stays as it is. Raises Damaged, Unclear or
    UncleanDrawing for what cannot be cleaned.
    """
    kind = find_picture_type(data)
    if not kind and name.lower().endswith(DRAWING):
        from catalogue.pictures.clean_svg import clean_svg

        return clean_svg(data).data
    if not kind:
        return data
    # Loaded, as Pillow below, on a day with a new picture.
    from catalogue.pictures.clean import clean_picture

    return clean_picture(data, kind).data


def explain_picture_ending(data: bytes, ending: str) -> str:
    """Return what to do when a picture's content and its name's ending differ; empty if they agree."""
    if not data:
        return EMPTY_PICTURE
    kind = find_picture_type(data)
    if not kind:
        return explain_other(data, ending)
    if ending in ENDINGS[kind]:
        return ""
    better = ENDINGS[kind][0]
    seen = f"its name ends in {ending}" if ending else "its name does not say so"
    return (
        f"This is a {kind} picture, but {seen}. "
        f"End its name in {better} instead, also in the posts that show it."
    )


def explain_other(data: bytes, ending: str) -> str:
    """Return what a file under a picture's name really is, and what to do about it."""
    if ending == ".svgz":
        return SVG
    start = data[:4096].removeprefix(b"\xef\xbb\xbf")
    return next((text for pattern, text in OTHER_FORMATS if re.match(pattern, start)), OTHER)


def read_kind_facts(data: bytes, kind: str) -> PictureFacts:
    """Return the facts of a picture by its content. Raises InvalidPicture."""
    clean, width, height = judge_pixels(data, kind)
    return PictureFacts(width, height, kind, clean.shows_place)
