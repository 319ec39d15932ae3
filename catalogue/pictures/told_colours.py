"""Know pictures that tell by other means than an ICC profile that their colours are not those of sRGB.

Browsers obey these, and Pillow does not: what it drew anew would have other colours. Sources: PNG, third
edition (W3C), 11.3.2; coding-independent code points (ITU-T H.273), 8; HEIF (ISO/IEC 23008-12), 6.5.5.
"""

import struct

from catalogue.pictures.png import walk_chunks

# Code points of H.273: primaries, and how light depends on numbers. Browsers show all these as sRGB.
SRGB_PRIMARIES = frozenset((1, 2))
SRGB_TRANSFERS = frozenset((1, 2, 6, 13, 14, 15))
SRGB_GAMMA, GAMMA_ROOM = 45_455, 1_000  # of PNG, in steps of 1/100,000
# Where PNG has white, red, green and blue among all colours, in the same steps (CIE 1931, x and y).
SRGB_PLACES = (31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000)
PLACE_ROOM = 1_000


def tells_other_colours(data: bytes, kind: str) -> bool:
    """Return whether a sound picture of a kind has colours of its own that no ICC profile tells."""
    if kind == "PNG":
        return tells_in_png(data)
    return kind == "AVIF" and tells_in_avif(data)


def tells_in_png(data: bytes) -> bool:
    """Return it of a PNG. Of what it tells, code points come first, then a profile, sRGB, and a gamma."""
    told: dict[bytes, bytes] = {}
    for name, body, _ in walk_chunks(data):
        if name == b"IDAT":
            break
        told.setdefault(name, body)
    if points := told.get(b"cICP"):
        return points[0] not in SRGB_PRIMARIES or points[1] not in SRGB_TRANSFERS
    if b"iCCP" in told or b"sRGB" in told or b"gAMA" not in told:
        return False
    gamma = int.from_bytes(told[b"gAMA"])
    places = struct.unpack(">8I", told[b"cHRM"]) if b"cHRM" in told else SRGB_PLACES
    is_far = any(abs(a - b) > PLACE_ROOM for a, b in zip(places, SRGB_PLACES, strict=True))
    return is_far or abs(gamma - SRGB_GAMMA) > GAMMA_ROOM


def tells_in_avif(data: bytes) -> bool:
    """Return it of an AVIF, of which a profile comes before code points."""
    if b"colrprof" in data or b"colrrICC" in data:
        return False
    at = data.find(b"colrnclx")
    if at < 0 or at + 12 > len(data):
        return False
    primaries, transfer = struct.unpack_from(">HH", data, at + 8)
    return primaries not in SRGB_PRIMARIES or transfer not in SRGB_TRANSFERS
