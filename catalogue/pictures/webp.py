"""Clean a WebP (RFC 9649): keep its pixels and their profile.

What turns them is only noted: browsers do not obey it in a WebP.
"""

import struct
from collections.abc import Iterator

from catalogue.pictures.colour_profile import clean_profile
from catalogue.pictures.parts import MAX_PARTS, Damaged, PictureParts

WEBP_STILL = {b"ALPH", b"VP8 ", b"VP8L"}
# What must not come a second time in a picture or a frame.
WEBP_ONCE = {
    b"ANIM": {b"ANIM"},
    b"ALPH": {b"ALPH"},
    b"VP8 ": {b"VP8 ", b"VP8L"},
    b"VP8L": {b"VP8 ", b"VP8L"},
}


def clean_webp(data: bytes, parts: PictureParts) -> None:
    """Copy the chunks with pixels and their profile, and say so in the first chunk."""
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise Damaged
    parts.left.append(data[end:])
    chunks = walk_riff(data[:end], 12)
    name, first = next(chunks, (b"", b""))
    if name in (b"VP8 ", b"VP8L"):
        parts.left += [body for _, body in chunks]
        body = format_riff_chunk(name, first)
    elif name == b"VP8X" and len(first) >= 10:
        body = keep_extended(first, chunks, parts)
    else:
        raise Damaged
    parts.kept += [b"RIFF", struct.pack("<I", len(body) + 4), b"WEBP", body]


def keep_extended(
    header: bytes, chunks: Iterator[tuple[bytes, bytes]], parts: PictureParts
) -> bytes:
    """Return what is needed of an extended WebP (RFC 9649, 2.7), with a header that fits."""
    flags = header[0] & 0b0001_0010  # it has alpha; it moves
    shown = {b"ANIM", b"ANMF"} if flags & 2 else WEBP_STILL
    kept: list[bytes] = []
    seen: set[bytes] = set()
    for name, body in chunks:
        if name == b"ICCP" and not flags & 0b0010_0000 and (profile := clean_profile(body)):
            kept.insert(0, format_riff_chunk(name, profile))
            flags |= 0b0010_0000
        elif name == b"EXIF":
            parts.turn(body.removeprefix(b"Exif\0\0"))
        elif name in shown and name not in seen:
            kept.append(keep_frame(name, body, parts))
            seen |= WEBP_ONCE.get(name, set())
        else:
            parts.left.append(body)
    return format_riff_chunk(b"VP8X", bytes((flags, 0, 0, 0)) + header[4:10]) + b"".join(kept)


def keep_frame(name: bytes, body: bytes, parts: PictureParts) -> bytes:
    """Return a chunk that is shown; of a frame, only the chunks with its pixels."""
    if name == b"ANIM":
        body = body[:6]
    elif name == b"ANMF":
        kept, seen = body[:16], set[bytes]()
        for inner, pixels in walk_riff(body, 16):
            if inner in WEBP_STILL and inner not in seen:
                kept += format_riff_chunk(inner, pixels)
                seen |= WEBP_ONCE[inner]
            else:
                parts.left.append(pixels)
        body = kept
    return format_riff_chunk(name, body)


def walk_riff(data: bytes, at: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a RIFF file: name and body. The last may lack the byte that fills it up."""
    for _ in range(MAX_PARTS):
        if at >= len(data):
            return
        end = at + 8 + int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 > len(data) or end > len(data):
            raise Damaged
        yield data[at : at + 4], data[at + 8 : end]
        at = end + end % 2
    raise Damaged


def format_riff_chunk(name: bytes, body: bytes) -> bytes:
    """Return one RIFF chunk."""
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)
