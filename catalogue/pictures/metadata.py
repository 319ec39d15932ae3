"""Take out of a picture all that is not needed to show it, without touching a pixel.

Reads: the bytes of a picture.
Adds: the bytes to publish, how the picture is turned, and whether what was left out tells a place.
Writes: nothing.

What is known to be needed stays, and all else goes: what cameras, telephones and programs write
beside the pixels (Exif, GPS, XMP, IPTC, thumbnails, comments, serial numbers), and all behind the
end. How browsers are to turn the pixels is written anew, into notes that say nothing else. Words on
it in XMP or in a PNG's text go, because browsers do not obey them.

Formats: PNG (W3C PNG, third edition), JPEG (ITU-T T.81, T.871 and T.872), GIF (GIF89a), WebP (RFC
9649); AVIF has a file of its own. A stream of pixels (a scan, IDAT, a GIF's blocks, VP8) is copied as
it is, with whatever its program put into it.
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from catalogue.pictures.avif import clean_avif
from catalogue.pictures.colour_profile import clean_profile
from catalogue.pictures.exif import read_orientation, write_orientation
from catalogue.pictures.parts import MAX_PARTS, Damaged, Unclear
from catalogue.pictures.places import tells_place

# Real progressive pictures have about ten; thousands keep a browser busy for minutes.
MAX_SCANS = 100
MAX_UNPACKED = 16 * 1024**2  # of all packed texts in one picture

# A segment begins with 0xFF, or several, and its letter; 0xFF00 is a plain 0xFF in the data of a
# scan, 0xFFD0 to 0xFFD7 are its bookmarks (T.81, B.1.1).
JPEG_MARKER = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")
JPEG_KEPT = frozenset(
    b"\xc0\xc1\xc2\xc3\xc5\xc6\xc7\xc9\xca\xcb\xcd\xce\xcf"  # frames
    b"\xc4\xcc\xda\xdb\xdc\xdd"  # tables, scans, lines, intervals
)
JPEG_NOTES = frozenset([*range(0xE0, 0xF0), 0xFE])  # application segments, comments
PROFILE = b"ICC_PROFILE\0"
PROFILE_PART = 65_519  # bytes that a segment has room for, behind its name and two numbers
# Notes that go on in the next segment: what they begin with, and how much of that is no note.
SPLIT = (
    (b"Exif\0\0", 6),
    (b"Photoshop 3.0\0", 14),
    (b"http://ns.adobe.com/xmp/extension/\0", 75),
)

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
PNG_WORDS = {b"tEXt", b"zTXt", b"iTXt"}

GIF_LOOPS = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0")

WEBP_STILL = {b"ALPH", b"VP8 ", b"VP8L"}
# What must not come a second time in a picture or a frame.
WEBP_ONCE = {
    b"ANIM": {b"ANIM"},
    b"ALPH": {b"ALPH"},
    b"VP8 ": {b"VP8 ", b"VP8L"},
    b"VP8L": {b"VP8 ", b"VP8L"},
}


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture as it is published, and what its file says besides."""

    data: bytes
    is_turned: bool  # by a quarter, so that width and height change places
    tells_place: bool  # what was left out names a place on Earth


@dataclass(slots=True)
class Sieve:
    """What stays of a picture while it is read, and what goes."""

    kept: list[bytes] = field(default_factory=list)
    notes: list[bytes] = field(default_factory=list)
    orientation: int = 0  # 0 until notes have been met
    room: int = MAX_UNPACKED  # bytes that packed texts may still come to

    def turn(self, exif: bytes) -> bool:
        """Note how the picture is turned; return whether that is to be written anew."""
        self.notes.append(exif)
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


def clean_picture(data: bytes, kind: str) -> CleanPicture:
    """Return a picture without what is not needed to show it; the same bytes give the same bytes.

    `kind` is PNG, JPEG, GIF, WebP or AVIF. Raises Damaged if the picture is cut off or broken, Unclear
    if it has a part of which nobody can tell whether it is needed.
    """
    if kind == "AVIF":
        clean, is_turned, notes = clean_avif(data)
        return CleanPicture(clean, is_turned, tells_place(notes))
    sieve = Sieve()
    CLEANERS[kind](data, sieve)
    return CleanPicture(b"".join(sieve.kept), sieve.orientation > 4, tells_place(sieve.notes))


def clean_jpeg(data: bytes, sieve: Sieve) -> None:
    """Keep the segments that a decoder needs and the scans, up to the end mark."""
    profile: list[bytes] = []
    split: dict[bytes, list[bytes]] = {start: [] for start, _ in SPLIT}
    sieve.kept.append(b"\xff\xd8")
    place, scans = 0, 0
    for letter, body, scan in walk_segments(data):
        if letter == 0xD9:
            sieve.kept.append(b"\xff\xd9")
            sieve.notes += [scan, *join_notes(split)]
        elif letter in JPEG_KEPT:
            sieve.kept += [write_segment(letter, body), scan]
            scans += letter == 0xDA
        elif letter not in JPEG_NOTES:
            raise Unclear
        elif letter == 0xE2 and body.startswith(PROFILE) and not scans:
            place = place or len(sieve.kept)
            profile.append(body[len(PROFILE) :])
        else:
            sieve.kept.append(keep_notes(letter, body, sieve, is_late=scans > 0))
            for start, length in SPLIT:
                if body.startswith(start):
                    split[start].append(body[length:])
    if profile:
        sieve.kept[place:place] = write_profile(profile)


def walk_segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Walk the segments: letter, body, and the data of the scan behind it, or all behind the end mark.

    Bytes between segments are passed over, as by decoders, up to some thousand. Raises Damaged if the
    end mark is missing, or if there is no scan before it, or more than any picture needs.
    """
    at, gaps, scans = 2, 0, 0
    for _ in range(MAX_PARTS):
        marker = JPEG_MARKER.search(data, at)
        if not marker:
            raise Damaged
        letter, start = marker[1][0], marker.end()
        gaps += marker.start() - at
        if letter == 0xD9 and scans:
            yield letter, b"", data[start:]
            return
        end = start + int.from_bytes(data[start : start + 2])
        if letter in (0x01, 0xD8, 0xD9):  # no length follows, and nobody writes it here
            raise Damaged if letter == 0xD9 else Unclear
        scans += letter == 0xDA
        if scans > MAX_SCANS or gaps > MAX_PARTS or not start + 2 <= end <= len(data):
            raise Damaged
        at = end
        if letter == 0xDA and (marker := JPEG_MARKER.search(data, end)):
            at = marker.start()
        yield letter, data[start + 2 : end], data[end:at]
    raise Damaged


def keep_notes(letter: int, body: bytes, sieve: Sieve, is_late: bool) -> bytes:
    """Return what an application segment must say to a decoder: nothing if it comes behind a scan."""
    sieve.notes.append(body)
    if is_late:
        return b""
    if letter == 0xE0 and body.startswith(b"JFIF\0") and len(body) >= 14:
        return write_segment(letter, body[:12] + b"\0\0")  # the zeros: it has no thumbnail
    if letter == 0xEE and body.startswith(b"Adobe") and len(body) >= 12:
        return write_segment(letter, body[:12])  # the last byte says what the colours are
    if letter == 0xE1 and body.startswith(b"Exif\0") and sieve.turn(body[6:]):
        return write_segment(letter, b"Exif\0\0" + write_orientation(sieve.orientation))
    return b""


def join_notes(split: dict[bytes, list[bytes]]) -> list[bytes]:
    """Join notes that are spread over segments."""
    return [b"".join(parts) for parts in split.values() if len(parts) > 1]


def write_profile(parts: list[bytes]) -> list[bytes]:
    """Return the segments of a profile from the parts that were met (ICC.1:2022, B.4).

    There are none if a part is missing, or if it is no profile: decoders do without it too.
    """
    count = len(parts)
    if sorted((*part[:2],) for part in parts) != [
        (number, count) for number in range(1, count + 1)
    ]:
        return []
    profile = clean_profile(b"".join(part[2:] for part in sorted(parts)))
    cut = [profile[at : at + PROFILE_PART] for at in range(0, len(profile), PROFILE_PART)]
    return [
        write_segment(0xE2, PROFILE + bytes((number, len(cut))) + part)
        for number, part in enumerate(cut, 1)
    ]


def write_segment(letter: int, body: bytes) -> bytes:
    """Return one JPEG segment."""
    return struct.pack(">BBH", 0xFF, letter, len(body) + 2) + body


def clean_png(data: bytes, sieve: Sieve) -> None:
    """Keep the chunks that change what is shown; each must have its right checksum."""
    seen: set[bytes] = set()
    sieve.kept.append(data[:8])
    end = 8
    for name, body, chunk in walk_chunks(data):
        if name == b"iCCP" and name not in seen:
            sieve.kept.append(keep_png_profile(body, sieve))
            seen.add(name)
        elif name == b"eXIf" and sieve.turn(body):
            sieve.kept.append(write_chunk(name, write_orientation(sieve.orientation)))
        elif is_shown(name, body, seen):
            sieve.kept.append(chunk)
            seen.add(name)
        else:
            sieve.notes += read_words(name, body, sieve)
        end += len(chunk)
    if not {b"IHDR", b"IDAT", b"IEND"} <= seen:
        raise Damaged
    sieve.notes.append(data[end:])


def walk_chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Walk the PNG chunks up to the last: name, body, and the whole chunk."""
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


def is_shown(name: bytes, body: bytes, seen: set[bytes]) -> bool:
    """Return whether a PNG chunk changes what is shown; `seen` are the names of those before it that do.

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


def keep_png_profile(body: bytes, sieve: Sieve) -> bytes:
    """Return the chunk of a colour profile with nothing but the profile; nothing if it is none.

    It is stored unpacked, because what packing makes of it differs from one system to another.
    """
    name, _, packed = body.partition(b"\0")
    sieve.notes.append(name)
    profile = clean_profile(sieve.unpack(packed[1:]))
    return write_chunk(b"iCCP", b"ICC\0\0" + store(profile)) if profile else b""


def store(data: bytes) -> bytes:
    """Return bytes as a stream of blocks that are not packed (RFC 1950; RFC 1951, 3.2.4)."""
    starts = range(0, len(data), 0xFFFF)
    blocks = [
        struct.pack("<BHH", at == starts[-1], len(part), len(part) ^ 0xFFFF) + part
        for at in starts
        for part in (data[at : at + 0xFFFF],)
    ]
    return b"\x78\x01" + b"".join(blocks) + struct.pack(">I", zlib.adler32(data))


def read_words(name: bytes, body: bytes, sieve: Sieve) -> list[bytes]:
    """Return what a chunk that is left out says, unpacked; the notes of a camera from their digits."""
    if name not in PNG_WORDS:
        return [body]
    keyword, _, words = body.partition(b"\0")
    if name == b"zTXt":
        words = sieve.unpack(words[1:])
    elif name == b"iTXt":
        is_packed, words = words[:1] == b"\1", words[2:].split(b"\0", 2)[-1]
        words = sieve.unpack(words) if is_packed else words
    if not keyword.startswith(b"Raw profile type"):
        return [keyword, words]
    digits = re.sub(rb"[^0-9a-fA-F]", b"", words.strip().partition(b"\n")[2].partition(b"\n")[2])
    return [words, bytes.fromhex(digits[: len(digits) // 2 * 2].decode())]


def write_chunk(name: bytes, body: bytes) -> bytes:
    """Return one PNG chunk."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def clean_gif(data: bytes, sieve: Sieve) -> None:
    """Keep the frames, the words on how long each is shown, and how often all are, up to the end mark.

    Plain text, which a program might draw over a frame, goes: no browser draws it. Old programs leave
    out the end mark.
    """
    at = 13 + measure_colours(data[10:11])
    sieve.kept.append(data[:at])
    frames = 0
    for _ in range(MAX_PARTS):
        mark = data[at : at + 1]
        if mark == b"\x2c":
            end = end_of_blocks(data, at + 11 + measure_colours(data[at + 9 : at + 10]))
            sieve.kept.append(data[at:end])
            frames += 1
        elif mark == b"\x21":
            end = end_of_blocks(data, at + 2)
            if end <= len(data):
                sieve.kept.append(keep_extension(data[at + 1 : end], sieve))
        else:
            break
        at = end
    else:
        raise Damaged
    if not frames or at > len(data):
        raise Damaged
    rest = data[at:].lstrip(b"\0")
    if rest and not rest.startswith(b";"):
        raise Unclear
    sieve.notes.append(rest)
    sieve.kept.append(b";")


def keep_extension(block: bytes, sieve: Sieve) -> bytes:
    """Return what an extension block says to a decoder, from its letter on."""
    if block[0] == 0xF9:
        if len(block) != 7:
            raise Unclear
        return b"\x21" + block
    loop = block[13:18]
    if block[0] == 0xFF and block[1:13] in GIF_LOOPS and loop[:2] == b"\x03\x01":
        return b"\x21" + block[:13] + loop[:4] + b"\0"
    sieve.notes.append(block)
    return b""


def measure_colours(flags: bytes) -> int:
    """Count the bytes of a GIF colour table from the byte that announces it."""
    flag = int.from_bytes(flags)
    return 3 * 2 ** ((flag & 7) + 1) if flag & 0x80 else 0


def end_of_blocks(data: bytes, at: int) -> int:
    """Find the end of a row of GIF blocks; a place behind the data when they are cut off."""
    while at < len(data) and data[at]:
        at += 1 + data[at]
    return at + 1


def clean_webp(data: bytes, sieve: Sieve) -> None:
    """Keep the chunks with pixels, their profile and what turns them, and say so in the first chunk."""
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise Damaged
    sieve.notes.append(data[end:])
    chunks = walk_riff(data[:end], 12)
    name, first = next(chunks, (b"", b""))
    if name in (b"VP8 ", b"VP8L"):
        sieve.notes += [body for _, body in chunks]
        body = write_riff(name, first)
    elif name == b"VP8X" and len(first) >= 10:
        body = keep_extended(first, chunks, sieve)
    else:
        raise Damaged
    sieve.kept += [b"RIFF", struct.pack("<I", len(body) + 4), b"WEBP", body]


def keep_extended(header: bytes, chunks: Iterator[tuple[bytes, bytes]], sieve: Sieve) -> bytes:
    """Return what is needed of an extended WebP (RFC 9649, 2.7), with a header that fits."""
    flags = header[0] & 0b0001_0010  # it has alpha; it moves
    shown = {b"ANIM", b"ANMF"} if flags & 2 else WEBP_STILL
    kept: list[bytes] = []
    seen: set[bytes] = set()
    for name, body in chunks:
        if name == b"ICCP" and not flags & 0b0010_0000 and (profile := clean_profile(body)):
            kept.insert(0, write_riff(name, profile))
            flags |= 0b0010_0000
        elif name == b"EXIF":
            sieve.turn(body.removeprefix(b"Exif\0\0"))
        elif name in shown and name not in seen:
            kept.append(keep_frame(name, body, sieve))
            seen |= WEBP_ONCE.get(name, set())
        else:
            sieve.notes.append(body)
    if sieve.orientation > 1:
        kept.append(write_riff(b"EXIF", write_orientation(sieve.orientation)))
        flags |= 0b0000_1000
    return write_riff(b"VP8X", bytes((flags, 0, 0, 0)) + header[4:10]) + b"".join(kept)


def keep_frame(name: bytes, body: bytes, sieve: Sieve) -> bytes:
    """Return a chunk that is shown; of a frame, only the chunks with its pixels."""
    if name == b"ANIM":
        body = body[:6]
    elif name == b"ANMF":
        kept, seen = body[:16], set[bytes]()
        for inner, pixels in walk_riff(body, 16):
            if inner in WEBP_STILL and inner not in seen:
                kept += write_riff(inner, pixels)
                seen |= WEBP_ONCE[inner]
            else:
                sieve.notes.append(pixels)
        body = kept
    return write_riff(name, body)


def walk_riff(data: bytes, at: int) -> Iterator[tuple[bytes, bytes]]:
    """Walk the chunks of a RIFF file: name and body. The last may lack the byte that fills it up."""
    for _ in range(MAX_PARTS):
        if at >= len(data):
            return
        end = at + 8 + int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 > len(data) or end > len(data):
            raise Damaged
        yield data[at : at + 4], data[at + 8 : end]
        at = end + end % 2
    raise Damaged


def write_riff(name: bytes, body: bytes) -> bytes:
    """Return one RIFF chunk."""
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


CLEANERS: dict[str, Callable[[bytes, Sieve], None]] = {
    "PNG": clean_png,
    "JPEG": clean_jpeg,
    "GIF": clean_gif,
    "WebP": clean_webp,
}
