"""The parts that a picture's file is made of: which are published and which are left out."""

import zlib
from dataclasses import dataclass, field

from catalogue.pictures.exif import read_orientation

# A real file has some thousand segments, chunks or boxes at the most, and few idle bytes between
# them; millions only cost time.
MAX_PARTS = 20_000
MAX_UNPACKED = 16 * 1024**2  # bytes of all packed texts in one picture


class Damaged(ValueError):
    """The picture is cut off, or its parts contradict each other."""


class Unclear(ValueError):
    """The picture has a part of which nobody can tell whether it is needed to show it."""


@dataclass(slots=True)
class PictureParts:
    """The published parts of a picture, and what is left out, while it is read."""

    kept: list[bytes] = field(default_factory=list)
    left: list[bytes] = field(default_factory=list)
    orientation: int = 0  # 1 to 8; 0 until Exif has been met
    size: tuple[int, int] = (0, 0)  # of a GIF
    room: int = MAX_UNPACKED  # bytes that packed texts may still come to

    def turn(self, exif: bytes) -> bool:
        """Remove Exif, but for how the picture is turned; return True if that is to be written."""
        self.left.append(exif)
        if self.orientation:
            return False
        self.orientation = read_orientation(exif)
        return self.orientation != 1

    def unpack(self, data: bytes) -> bytes:
        """Return what was packed (RFC 1950), as far as it can be read."""
        try:
            unpacked = zlib.decompressobj().decompress(data, self.room) if self.room else b""
        except zlib.error:
            return b""
        self.room -= len(unpacked)
        return unpacked
