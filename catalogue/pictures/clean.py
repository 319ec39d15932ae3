"""Remove the metadata of a picture, and all else that is not needed to show it, but touch no pixel.

Only what is known to be needed stays. What goes: all that cameras, telephones and programs write
beside the pixels (Exif, GPS, XMP, IPTC, thumbnails, comments, serial numbers), and all behind the
end. How browsers are to turn the pixels is written anew, into Exif that says nothing else; what XMP or a
PNG's text say of it goes, because browsers do not obey them. Nor do they obey the Exif of a WebP: its pixels
alone are turned themselves.

A stream of pixels (a scan, IDAT, a GIF's blocks, VP8) is copied as it is, with whatever its program put
into it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from catalogue.pictures.avif import clean_avif
from catalogue.pictures.gif import clean_gif
from catalogue.pictures.jpeg import clean_jpeg
from catalogue.pictures.location import has_place
from catalogue.pictures.parts import PictureParts
from catalogue.pictures.png import clean_png
from catalogue.pictures.turns import TURNED, turn_webp
from catalogue.pictures.webp import clean_webp

CLEANERS: dict[str, Callable[[bytes, PictureParts], None]] = {
    "PNG": clean_png,
    "JPEG": clean_jpeg,
    "GIF": clean_gif,
    "WebP": clean_webp,
}


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture as it is published, and what its file says besides."""

    data: bytes
    is_turned: bool  # by a quarter, so that width and height change places
    shows_place: bool  # what was left out names a place on Earth
    size: tuple[int, int] = (0, 0)  # width and height of a GIF as browsers show it


def clean_picture(data: bytes, kind: str) -> CleanPicture:
    """Return a picture without what is not needed to show it; the same bytes give the same bytes.

    `kind` is PNG, JPEG, GIF, WebP or AVIF. Raises Damaged if the picture is cut off or broken, Unclear
    if it has a part of which nobody can tell whether it is needed.
    """
    if kind == "AVIF":
        clean, is_turned, notes = clean_avif(data)
        return CleanPicture(clean, is_turned, any(map(has_place, notes)))
    parts = PictureParts()
    CLEANERS[kind](data, parts)
    clean, is_turned = b"".join(parts.kept), parts.orientation in TURNED
    if kind == "WebP" and parts.orientation > 1:
        clean, is_turned = turn_webp(clean, parts.orientation), False
    return CleanPicture(clean, is_turned, any(map(has_place, parts.left)), parts.size)
