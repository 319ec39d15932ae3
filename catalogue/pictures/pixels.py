"""Judge the pixels of a picture: whether they are all there, and no more than a browser can show.

Only small pictures are decoded; the bytes of a larger PNG's pixels are counted.
"""

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from catalogue.pictures.parts import Damaged, Unclear

if TYPE_CHECKING:
    from catalogue.pictures.clean import CleanPicture

MAX_PIXELS = 40_000_000
# A small picture is decoded to prove it sound. For larger ones the frame must do: decoding every
# photo of a blog would take longer than building it.
DECODED_PIXELS = 1_000_000

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


class InvalidPicture(ValueError):
    """A picture that cannot be shown; its text says why, in the author's words."""


def judge_pixels(data: bytes, kind: str) -> tuple["CleanPicture", int, int]:
    """Return a picture as it is published, and its width and height as it is shown.

    `kind` is a type that `find_picture_type` tells. Raises InvalidPicture.
    """
    pixels = count_announced_pixels(data, kind)
    if pixels > MAX_PIXELS:
        raise InvalidPicture(TOO_MANY_PIXELS)
    # Loaded, as Pillow below, on a day with a new picture.
    from catalogue.pictures.clean import clean_picture
    from catalogue.pictures.png import has_all_pixels

    try:
        clean = clean_picture(data, kind)
    except Damaged:
        raise InvalidPicture(DAMAGED) from None
    except Unclear:
        raise InvalidPicture(UNCLEAR) from None
    if kind == "PNG" and pixels > DECODED_PIXELS and not has_all_pixels(clean.data):
        raise InvalidPicture(DAMAGED)
    size = clean.size if kind == "GIF" else measure_picture(clean, kind)
    width, height = reversed(size) if clean.is_turned else size
    if not (width and height):
        raise InvalidPicture(DAMAGED)
    if width * height > MAX_PIXELS:
        raise InvalidPicture(TOO_MANY_PIXELS)
    return clean, width, height


def measure_picture(clean: "CleanPicture", kind: str) -> tuple[int, int]:
    """Return width and height of the stored pixels. Raises InvalidPicture.

    A small picture is decoded to see that it is sound.
    """
    # Pillow is slow to load and not needed on a day without a new picture.
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(BytesIO(clean.data), formats=(kind.upper(),)) as image:
                width, height = image.size
                if kind != "AVIF" and width * height <= DECODED_PIXELS:
                    image.load()
        except Image.DecompressionBombError:
            raise InvalidPicture(TOO_MANY_PIXELS) from None
        except Exception:  # noqa: BLE001 - Pillow answers odd bytes with errors of every kind
            raise InvalidPicture(DAMAGED) from None
    return width, height


def count_announced_pixels(data: bytes, kind: str) -> int:
    """Return how many pixels the header announces, before anything sets memory aside for them."""
    if kind == "PNG":
        return int.from_bytes(data[16:20]) * int.from_bytes(data[20:24])
    if kind == "GIF":
        return int.from_bytes(data[6:8], "little") * int.from_bytes(data[8:10], "little")
    if kind == "WebP" and data[12:16] == b"VP8X":
        width = int.from_bytes(data[24:27], "little") + 1
        return width * (int.from_bytes(data[27:30], "little") + 1)
    return 0
