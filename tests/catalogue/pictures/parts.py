"""Write the parts of pictures and films by hand, so that they may say what no program would write."""

import struct
import zlib


def chunk(name, data=b""):
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def box(name, *parts, is_long=False):
    """Return a box of MP4 or AVIF (ISO/IEC 14496-12)."""
    body = b"".join(parts)
    if is_long:
        return struct.pack(">I4sQ", 1, name, len(body) + 16) + body
    return struct.pack(">I4s", len(body) + 8, name) + body
