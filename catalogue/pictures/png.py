"""Clean a PNG (W3C PNG, third edition): keep the chunks that change what is shown."""

import re
import struct
import zlib
from collections.abc import Iterator

from catalogue.pictures.colour_profile import clean_profile
from catalogue.pictures.exif import format_orientation
from catalogue.pictures.parts import MAX_PARTS, Damaged, PictureParts, Unclear

# Every chunk that changes what is shown, with the least and the most bytes that it can have.
PNG_KEPT = {
    b"IHDR": (13, 13),
    b"PLTE": (3, 768),
    b"IDAT": (0, 2**31),
    b"IEND": (0, 0),
    b"tRNS": (1, 256),
    b"gAMA": (4, 4),
    b"cHRM": (32, 32),
    b"sRGB": (1, 1),
    b"sBIT": (1, 4),
    b"bKGD": (1, 6),
    b"pHYs": (9, 9),
    b"cICP": (4, 4),
    b"mDCV": (24, 24),
    b"cLLI": (8, 8),
    b"acTL": (8, 8),
    b"fcTL": (26, 26),
    b"fdAT": (4, 2**31),
}
CHANNELS = {2: 3, 4: 2, 6: 4}  # of colour types; of others one
# Which pixels come in which pass: from which column and row on, each how many columns and rows further.
WHOLE = ((0, 0, 1, 1),)
PASSES = (
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)
)  # fmt: skip
UNPACKED_AT_ONCE = 1024**2  # bytes
PNG_WORDS = {b"tEXt", b"zTXt", b"iTXt"}


def clean_png(data: bytes, parts: PictureParts) -> None:
    """Copy the chunks that change what is shown; each must have its right checksum."""
    seen: set[bytes] = set()
    parts.kept.append(data[:8])
    end, pixels = 8, 0  # the place of the first of these among what is kept
    for name, body, chunk in walk_chunks(data):
        if name == b"iCCP" and name not in seen:
            parts.kept.append(keep_png_profile(body, parts))
            seen.add(name)
        elif name == b"eXIf" and parts.turn(body):
            # Browsers obey it only before the pixels.
            turned = format_chunk(name, format_orientation(parts.orientation))
            parts.kept.insert(pixels or len(parts.kept), turned)
        elif is_shown(name, body, seen):
            if name == b"IDAT" and not pixels:
                pixels = len(parts.kept)
            parts.kept.append(chunk)
            seen.add(name)
        else:
            parts.left += unpack_words(name, body, parts)
        end += len(chunk)
    if not {b"IHDR", b"IDAT", b"IEND"} <= seen:
        raise Damaged
    parts.left.append(data[end:])


def walk_chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield the PNG chunks up to the last: name, body, and the whole chunk."""
    at = 8
    for _ in range(MAX_PARTS):
        end = at + 8 + int.from_bytes(data[at : at + 4])
        if end + 4 > len(data):
            raise Damaged
        chunk = data[at : end + 4]
        if zlib.crc32(memoryview(chunk)[4:-4]) != int.from_bytes(chunk[-4:]):
            raise Damaged
        yield chunk[4:8], chunk[8:-4], chunk
        at = end + 4
        if chunk[4:8] == b"IEND":
            return
    raise Damaged


def has_all_pixels(data: bytes) -> bool:
    """Return whether a sound row of chunks has as many packed bytes of pixels as its header announces.

    What stands behind the last row is not looked at, and nothing is kept of what is unpacked.
    """
    chunks = walk_chunks(data)
    _, header, _ = next(chunks)
    missing = count_pixel_bytes(*struct.unpack(">IIBBBBB", header))
    unpacker = zlib.decompressobj()
    try:
        for name, body, _ in chunks:
            waiting = body if name == b"IDAT" else b""
            while waiting and missing > 0 and not unpacker.eof:
                missing -= len(unpacker.decompress(waiting, UNPACKED_AT_ONCE))
                waiting = unpacker.unconsumed_tail
        return missing <= 0 or missing <= len(unpacker.flush())
    except zlib.error:
        return False


def count_pixel_bytes(
    width: int, height: int, depth: int, colour: int, _: int, __: int, passes: int
) -> int:
    """Return how many bytes the rows of a picture have, by what its header says, each with its filter."""
    bits = depth * CHANNELS.get(colour, 1)
    steps = PASSES if passes else WHOLE
    sizes = ((len(range(x, width, dx)), len(range(y, height, dy))) for x, y, dx, dy in steps)
    return sum((1 + (columns * bits + 7) // 8) * rows for columns, rows in sizes if columns)


def is_shown(name: bytes, body: bytes, seen: set[bytes]) -> bool:
    """Return True if a PNG chunk changes what is shown; `seen` are the names of those before it that do.

    Raises Unclear for one that a decoder must know and we do not, Damaged for one that is not as it
    must be.
    """
    must_know = not name[0] & 0x20  # its name begins with a capital
    if name not in PNG_KEPT:
        if must_know:
            raise Unclear
        return False
    least, most = PNG_KEPT[name]
    is_due = name not in seen
    if name in (b"fcTL", b"fdAT"):
        is_due = b"acTL" in seen
    elif name == b"acTL":
        is_due = name not in seen and b"IDAT" not in seen
    is_right = least <= len(body) <= most and (is_due or name == b"IDAT")
    if must_know and not is_right:
        raise Damaged
    return is_right


def keep_png_profile(body: bytes, parts: PictureParts) -> bytes:
    """Return the chunk of a colour profile with nothing but the profile; nothing if it is none.

    It is stored unpacked, because what packing makes of it differs from one system to another.
    """
    name, _, packed = body.partition(b"\0")
    parts.left.append(name)
    profile = clean_profile(parts.unpack(packed[1:]))
    return format_chunk(b"iCCP", b"ICC\0\0" + store(profile)) if profile else b""


def store(data: bytes) -> bytes:
    """Return bytes as a stream of blocks that are not packed (RFC 1950; RFC 1951, 3.2.4)."""
    starts = range(0, len(data), 0xFFFF)
    blocks = [
        struct.pack("<BHH", at == starts[-1], len(part), len(part) ^ 0xFFFF) + part
        for at in starts
        for part in (data[at : at + 0xFFFF],)
    ]
    return b"\x78\x01" + b"".join(blocks) + struct.pack(">I", zlib.adler32(data))


def unpack_words(name: bytes, body: bytes, parts: PictureParts) -> list[bytes]:
    """Return what a chunk that is left out says, unpacked; the notes of a camera from their digits."""
    if name not in PNG_WORDS:
        return [body]
    keyword, _, words = body.partition(b"\0")
    if name == b"zTXt":
        words = parts.unpack(words[1:])
    elif name == b"iTXt":
        is_packed, words = words[:1] == b"\1", words[2:].split(b"\0", 2)[-1]
        words = parts.unpack(words) if is_packed else words
    if not keyword.startswith(b"Raw profile type"):
        return [keyword, words]
    digits = re.sub(rb"[^0-9a-fA-F]", b"", words.strip().partition(b"\n")[2].partition(b"\n")[2])
    return [words, bytes.fromhex(digits[: len(digits) // 2 * 2].decode())]


def format_chunk(name: bytes, body: bytes) -> bytes:
    """Return one PNG chunk."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
