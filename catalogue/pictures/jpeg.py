"""Clean a JPEG (ITU-T T.81, T.871 and T.872): keep what a decoder needs of its segments."""

import re
import struct
from collections.abc import Iterator

from catalogue.pictures.colour_profile import clean_profile
from catalogue.pictures.exif import format_orientation
from catalogue.pictures.parts import MAX_PARTS, Damaged, PictureParts, Unclear

# Real progressive pictures have about ten; thousands keep a browser busy for minutes.
MAX_SCANS = 100
# A segment begins with 0xFF, or several, and its letter; 0xFF00 is a plain 0xFF in the data of a
# scan, 0xFFD0 to 0xFFD7 are its restart markers (T.81, B.1.1).
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


def clean_jpeg(data: bytes, parts: PictureParts) -> None:
    """Copy the segments that a decoder needs and the scans, up to the end mark."""
    profile: list[bytes] = []
    split: dict[bytes, list[bytes]] = {start: [] for start, _ in SPLIT}
    parts.kept.append(b"\xff\xd8")
    place, scans = 0, 0
    for letter, body, scan in walk_segments(data):
        if letter == 0xD9:
            parts.kept.append(b"\xff\xd9")
            parts.left += [scan, *(b"".join(notes) for notes in split.values() if len(notes) > 1)]
        elif letter in JPEG_KEPT:
            parts.kept += [format_segment(letter, body), scan]
            scans += letter == 0xDA
        elif letter not in JPEG_NOTES:
            raise Unclear
        elif letter == 0xE2 and body.startswith(PROFILE) and not scans:
            place = place or len(parts.kept)
            profile.append(body[len(PROFILE) :])
        else:
            parts.kept.append(keep_notes(letter, body, parts, is_late=scans > 0))
            for start, length in SPLIT:
                if body.startswith(start):
                    split[start].append(body[length:])
    if profile:
        parts.kept[place:place] = format_profile(profile)


def walk_segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield the segments: letter, body, and the data of the scan behind it, or all behind the end mark.

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


def keep_notes(letter: int, body: bytes, parts: PictureParts, is_late: bool) -> bytes:
    """Return what an application segment must say to a decoder: nothing if it comes behind a scan."""
    parts.left.append(body)
    if is_late:
        return b""
    if letter == 0xE0 and body.startswith(b"JFIF\0") and len(body) >= 14:
        return format_segment(letter, body[:12] + b"\0\0")  # the zeros: it has no thumbnail
    if letter == 0xEE and body.startswith(b"Adobe") and len(body) >= 12:
        return format_segment(letter, body[:12])  # the last byte says what the colours are
    if letter == 0xE1 and body.startswith(b"Exif\0") and parts.turn(body[6:]):
        return format_segment(letter, b"Exif\0\0" + format_orientation(parts.orientation))
    return b""


def format_profile(parts: list[bytes]) -> list[bytes]:
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
        format_segment(0xE2, PROFILE + bytes((number, len(cut))) + part)
        for number, part in enumerate(cut, 1)
    ]


def format_segment(letter: int, body: bytes) -> bytes:
    """Return one JPEG segment."""
    return struct.pack(">BBH", 0xFF, letter, len(body) + 2) + body
