"""Read the two things that matter here from Exif: how the picture is turned, and a position.

The notes are a TIFF structure (Exif 2.32, 4.5 and 4.6; TIFF 6.0, section 2).
"""

import struct
from collections.abc import Iterator
from typing import Literal

ORIENTATION = 0x0112
GPS = 0x8825
TYPE_SHORT = 3
# Latitude, longitude, those of the destination, and the name of the area (Exif 2.32, 4.6.6).
POSITION_TAGS = frozenset((0x02, 0x04, 0x14, 0x16, 0x1C))
ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
MAX_TAGS = 500  # in one directory; cameras write less than a hundred

Notes = bytes | memoryview


def read_orientation(notes: Notes) -> int:
    """Return how the pixels are to be turned, 1 to 8; 1, as they are, if the notes do not say so.

    What browsers ignore, such as a number of another type, is ignored here too.
    """
    for tag, kind, count, value in walk_tags(notes):
        if tag == ORIENTATION:
            number = int.from_bytes(value[:2], read_order(notes))
            return number if (kind, count) == (TYPE_SHORT, 1) and 1 <= number <= 8 else 1
    return 1


def format_orientation(orientation: int) -> bytes:
    """Return notes that hold nothing but how the pixels are to be turned."""
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, TYPE_SHORT, 1, orientation, 0, 0)


def has_position(notes: Notes) -> bool:
    """Return True if notes say where the picture was taken or what it shows."""
    values = (value for tag, _, _, value in walk_tags(notes) if tag == GPS)
    at = int.from_bytes(next(values, b""), read_order(notes))
    return at > 0 and any(tag in POSITION_TAGS for tag, *_ in walk_tags(notes, at))


def read_order(notes: Notes) -> Literal["little", "big"]:
    """Return the order of the bytes in a number."""
    return "little" if notes[:1] == b"I" else "big"


def walk_tags(notes: Notes, at: int = 0) -> Iterator[tuple[int, int, int, bytes]]:
    """Yield the tags of the directory at a place, or of the first: tag, type, count, value's 4 bytes."""
    order = ORDERS.get(bytes(notes[:4]))
    if order is None or len(notes) < 8:
        return
    (first,) = struct.unpack_from(f"{order}I", notes, 4)
    at = at or first
    if at + 2 > len(notes):
        return
    (count,) = struct.unpack_from(f"{order}H", notes, at)
    count = min(count, MAX_TAGS, (len(notes) - at - 2) // 12)
    for place in range(at + 2, at + 2 + 12 * count, 12):
        yield struct.unpack_from(f"{order}HHI4s", notes, place)
