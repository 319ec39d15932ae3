"""Draw a picture anew in the widths that screens need, as WebP, without anything but its pixels.

Colours become sRGB, whatever profile, depth or ink the picture has; a photo that its camera marks as
turned is turned. The same bytes give the same bytes with the same Pillow.
"""

import warnings
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from catalogue.pictures.exif import ORIENTATION
from catalogue.pictures.pixels import DAMAGED, InvalidPicture
from catalogue.pictures.told_colours import tells_other_colours
from catalogue.pictures.turns import TURNED, turn

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

WIDTHS = (480, 800, 1200)  # pixels; a telephone, a fine telephone, a fine screen
KINDS = ("JPEG", "PNG", "WebP", "GIF", "AVIF")  # of those that may be drawn anew
QUALITY = 60  # of WebP, out of 100: at two pixels a dot nobody sees more
# A telephone, which asks for 800 pixels at most, gets no more bytes of a dense photo: its quality goes down
# in steps, but never so far that it is ugly.
TELEPHONE, TELEPHONE_BYTES = 800, 60_000
LEAST_QUALITY, STEP = 30, 5
METHOD = 4  # how hard WebP tries, out of 6
FEW_COLOURS = 4096  # a drawing or a screenshot has no more, and is sharper without loss
# So has a grey photo, but without loss it takes more bits a dot, and several times those with loss.
MOST_BITS, MOST_TIMES = 1, 2
HIGHEST = 16_383  # pixels; WebP holds no more


class Variant(NamedTuple):
    """A picture in another width."""

    width: int  # pixels
    height: int
    data: bytes


def select_widths(width: int) -> list[int]:
    """Return the widths in which a picture of this width, in pixels, may be of use: smaller ones only."""
    return [each for each in WIDTHS if each < width]


def has_odd_ground(data: bytes, kind: str) -> bool:
    """Return whether a PNG without alpha has a colour that is none, in another depth than 8 bits.

    Pillow looks for that colour among pixels that it has made 8 bits deep, and finds none.
    """
    depth, colours = data[24:25], data[25:26]
    is_odd = kind == "PNG" and depth != b"\x08" and colours in (b"\x00", b"\x02")
    return is_odd and b"tRNS" in data[: data.find(b"IDAT")]


def draw_variants(data: bytes, kind: str, most: int) -> list[Variant]:
    """Return the variants of a picture that are smaller, in bytes too, than the `most` that it has itself.

    There are none of what moves or is tiny, nor of what would not come out as browsers show it. Raises
    InvalidPicture for one that cannot be decoded.
    """
    from PIL import Image

    if has_odd_ground(data, kind):
        return []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            if tells_other_colours(data, kind):
                return []
            with Image.open(BytesIO(data), formats=(kind.upper(),)) as image:
                if getattr(image, "n_frames", 1) > 1:
                    return []
                return draw_still(image, most)
        except Exception:  # noqa: BLE001 - Pillow answers odd bytes with errors of every kind
            raise InvalidPicture(DAMAGED) from None


def draw_still(source: "ImageFile", most: int) -> list[Variant]:
    """Return the variants of an open picture that does not move."""
    from PIL import Image

    orientation = source.getexif().get(ORIENTATION, 1)
    is_turned = orientation in TURNED
    width, height = reversed(source.size) if is_turned else source.size
    variants: list[Variant] = []
    image: Image.Image | None = None
    has_loss = False
    for wanted in reversed(select_widths(width)):
        size = wanted, max(1, round(height * wanted / width))
        if size[1] > HIGHEST:
            continue
        if image is None:
            stored = size[::-1] if is_turned else size
            source.draft(None, stored)  # JPEG is decoded at a half, a quarter or an eighth at once
            small = convert_pixels(source).resize(stored, Image.Resampling.LANCZOS, reducing_gap=3)
            is_grey = source.mode in ("L", "LA", "La")
            image = turn(convert_colours(small, read_profile(source), is_grey), orientation)
            has_loss = is_photo(image)
        else:
            image = image.resize(size, Image.Resampling.LANCZOS)
        encoded = encode(image, has_loss)
        if len(encoded) < most:
            variants.append(Variant(*size, encoded))
            most = len(encoded)
    return variants[::-1]


def convert_pixels(image: "Image") -> "Image":
    """Return a picture with pixels that can be made fewer: no palette, 8 bits a channel."""
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.mode in ("P", "PA", "LA", "La", "RGBa"):
        has_ground = "transparency" not in image.info and image.mode == "P"
        return image.convert("RGB" if has_ground else "RGBA")
    if image.mode == "1":
        return image.convert("L")
    if "transparency" in image.info and image.mode in ("L", "RGB"):  # one colour of PNG
        return image.convert("RGBA")
    return image


def read_profile(source: "ImageFile") -> bytes | None:
    """Return the ICC profile of an open picture, if it has one."""
    profile = source.info.get("icc_profile")
    return profile if isinstance(profile, bytes) else None


def convert_colours(image: "Image", profile: bytes | None, is_grey: bool = False) -> "Image":
    """Return a picture in sRGB, by its ICC profile if it has one that can be read.

    `is_grey` is whether it was stored in grey: its profile is then one for grey, though its pixels are
    those of colours by now where some are transparent.
    """
    from PIL import ImageCms

    if profile and is_grey and image.mode == "RGBA":
        opaque = convert_colours(image.getchannel("R"), profile)
        opaque.putalpha(image.getchannel("A"))
        return opaque
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, own, srgb, outputMode=mode)
            if converted is not None:
                return converted
        except (ImageCms.PyCMSError, OSError):  # a profile for something else, or broken
            pass
    return image if image.mode in ("RGB", "RGBA") else image.convert("RGB")


def is_photo(image: "Image") -> bool:
    """Return whether a picture is no drawing, but has so much in it that only loss makes it light."""
    if image.getcolors(FEW_COLOURS) is None:
        return True
    size = len(save(image, 0, lossless=True))
    is_heavy = 8 * size > MOST_BITS * image.width * image.height
    return is_heavy and size > MOST_TIMES * len(save(image))


def encode(image: "Image", has_loss: bool) -> bytes:
    """Return a picture as WebP; of one with loss, if a telephone may ask for it, not more than it gets."""
    if not has_loss:
        return save(image, lossless=True)
    encoded = save(image)
    for quality in range(QUALITY - STEP, LEAST_QUALITY - 1, -STEP):
        if image.width > TELEPHONE or len(encoded) <= TELEPHONE_BYTES:
            break
        encoded = save(image, quality)
    return encoded


def save(image: "Image", quality: int = QUALITY, lossless: bool = False) -> bytes:
    """Return a picture as WebP with nothing beside its pixels; without loss, quality is only patience."""
    stream = BytesIO()
    image.info = {}
    image.save(stream, "WEBP", lossless=lossless, quality=quality, method=METHOD, exact=False)
    return stream.getvalue()
