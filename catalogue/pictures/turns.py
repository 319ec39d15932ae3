"""Turn the pixels of a picture as its Exif says (Exif 2.32, 4.6.4, Orientation)."""

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from catalogue.pictures.parts import Damaged

if TYPE_CHECKING:
    from PIL.Image import Image

TURNED = (5, 6, 7, 8)  # orientations that change width and height
# What undoes each orientation: how Pillow numbers its ways to transpose (PIL.Image.Transpose).
TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
QUALITY = 90  # of WebP, out of 100: of what is compressed a second time nobody sees more


def turn(image: "Image", orientation: int) -> "Image":
    """Return a picture as it is to be seen, by its orientation, 1 to 8."""
    from PIL import Image

    return image.transpose(Image.Transpose(TURNS[orientation])) if orientation in TURNS else image


def turn_webp(data: bytes, orientation: int) -> bytes:
    """Return a WebP with its pixels turned; one that moves stays as it is, as browsers show it.

    Raises Damaged for one that cannot be decoded.
    """
    from PIL import Image

    stream = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(BytesIO(data), formats=("WEBP",)) as image:
                if getattr(image, "n_frames", 1) > 1:
                    return data
                options = {"lossless": b"VP8L" in data, "quality": QUALITY, "exact": True}
                profile = image.info.get("icc_profile")
                turned = turn(image, orientation)
                turned.info = {}
                turned.save(stream, "WEBP", icc_profile=profile, **options)
        except Exception:  # noqa: BLE001 - Pillow answers odd bytes with errors of every kind
            raise Damaged from None
    return stream.getvalue()
