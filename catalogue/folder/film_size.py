"""Read how wide and high a film is shown, so that a page keeps its place before it is loaded.

MP4 is boxes (ISO/IEC 14496-12: 8.3.2 the header of a track, 8.4.3 its kind), WebM is elements (RFC 8794;
Matroska, RFC 9559, 5.1.4.1.28: the picture of a track). Of a film whose file is odd, or has its size
further on than WebM should, nothing is said.
"""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from catalogue.folder.attachments import read_film_notes

FIRST_BYTES = 64 * 1024  # of WebM, where the tracks are listed
MOST_PIXELS = 16_384  # a side
# Where the matrix begins that turns a track, and where the width stands, by the version of the header.
TRACK_HEADERS = ((40, 76), (52, 88))
VIDEO = (0x18538067, 0x1654AE6B, 0xAE, 0xE0)  # of WebM: segment, tracks, one of them, its picture
STORED, SHOWN, UNIT = (0xB0, 0xBA), (0x54B0, 0x54BA), 0x54B2
Part = tuple[int, int, int]  # the number of its kind, where what is in it begins, and where it ends


def read_film_size(file: BinaryIO, size: int, ending: str) -> tuple[int, int]:
    """Return width and height of an open film in pixels, 0 if they are not known; `size` is in bytes."""
    found = [(0, 0)]
    if ending == ".mp4":
        found += [pair for notes in read_film_notes(file, size) for pair in find_mp4_sizes(notes)]
    elif ending == ".webm":
        file.seek(0)
        found += find_webm_sizes(file.read(FIRST_BYTES))
    return next((pair for pair in found if all(0 < side <= MOST_PIXELS for side in pair)), (0, 0))


def find_mp4_sizes(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the size of each track with a picture in an outermost box of MP4."""
    for start, end in find_boxes(data, 0, len(data), (b"moov", b"trak")):
        kinds = find_boxes(data, start, end, (b"mdia", b"hdlr"))
        if b"vide" not in [data[at + 8 : at + 12] for at, _ in kinds]:
            continue
        for at, _ in find_boxes(data, start, end, (b"tkhd",)):
            matrix, place = TRACK_HEADERS[1 if data[at : at + 1] == b"\1" else 0]
            width, height = (int.from_bytes(data[at + n : at + n + 2]) for n in (place, place + 4))
            along, across = data[at + matrix :][:4], data[at + matrix + 4 :][:4]
            is_turned = any(across) and not any(along)  # by a quarter
            yield (height, width) if is_turned else (width, height)


def find_boxes(data: bytes, at: int, end: int, way: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """Yield where what is in each box begins and ends that has these names on the way to it."""
    while at + 8 <= end:
        size, name, body = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8], at + 8
        if size == 1:  # it stands behind the name, for there it has more room
            size, body = int.from_bytes(data[at + 8 : at + 16]), at + 16
        last = at + size if size else end
        if not body <= last <= end:
            return
        if name == way[0] and len(way) == 1:
            yield body, last
        elif name == way[0]:
            yield from find_boxes(data, body, last, way[1:])
        at = last


def find_webm_sizes(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the size of each track with a picture that the first bytes of WebM list."""
    for start, end in find_elements(data, 0, len(data), VIDEO):
        parts = {kind: int.from_bytes(data[a:b]) for kind, a, b in walk_elements(data, start, end)}
        if not parts.get(UNIT):  # else they are no pixels
            names = zip(SHOWN, STORED, strict=True)
            width, height = (parts.get(shown) or parts.get(stored, 0) for shown, stored in names)
            yield width, height


def find_elements(data: bytes, at: int, end: int, way: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield where what is in each element begins and ends that has these numbers on the way to it."""
    for kind, body, last in walk_elements(data, at, end):
        if kind == way[0] and len(way) == 1:
            yield body, last
        elif kind == way[0]:
            yield from find_elements(data, body, last, way[1:])


def walk_elements(data: bytes, at: int, end: int) -> Iterator[Part]:
    """Yield the elements that begin in these bytes; one of no known size goes on to the end."""
    while at < end and data[at]:
        length = 9 - data[at].bit_length()
        kind, at = int.from_bytes(data[at : at + length]), at + length
        if at >= end or not data[at]:
            return
        length = 9 - data[at].bit_length()
        most = (1 << (7 * length)) - 1
        size, at = int.from_bytes(data[at : at + length]) & most, at + length
        last = end if size == most else min(at + size, end)
        yield kind, at, last
        at = last
