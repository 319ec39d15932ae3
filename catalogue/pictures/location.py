"""Find a place on Earth in the metadata of a picture or a film, whoever wrote it and however.

The parts of a file that are no pixels are searched: Exif, XMP, IPTC, and whole files in a file.
"""

import re

from catalogue.pictures.exif import has_position

TIFF = re.compile(rb"II\*\0|MM\0\*")
MAX_TIFFS = 1000
# The names in XMP (ISO 16684-2, and IPTC Photo Metadata), whatever their prefix.
XMP = re.compile(
    rb"GPS(?:Dest)?L(?:atitude|ongitude)\b|GPSAreaInformation\b"
    rb"|\b(?:City|Sublocation|Location)(?:\s*=\s*[\"'][^\"']|\s*>\s*[^<\s])"
)
# City and part of it, each with some length (IIM 4.2, datasets 2:90 and 2:92).
IPTC = re.compile(rb"\x1c\x02[\x5a\x5c]\x00[\x01-\xff]")
IPTC_BYTES = 1024**2  # in longer parts, such as a film, these few bytes can stand by chance
# In films: Apple's and Android's notes, 3GPP's (TS 26.244, 8.2), and tracks of a position.
FILM = re.compile(
    rb"\xa9xyz\0|com\.apple\.quicktime\.location|loci\0{4}|GPSCoordinates|(?:gpmd|camm)\0{6}"
)


def has_place(note: bytes) -> bool:
    """Return True if one part of a picture names a place or a position."""
    if has_place_words(note):
        return True
    if len(note) < IPTC_BYTES and IPTC.search(note):
        return True
    found = zip(range(MAX_TIFFS), TIFF.finditer(note), strict=False)
    view = memoryview(note)
    return any(has_position(view[match.start() :]) for _, match in found)


def has_place_words(notes: bytes) -> bool:
    """Return True if notes name a place as films and XMP do."""
    # Without the zeros, UTF-16 and UTF-32 read like UTF-8.
    return bool(FILM.search(notes) or XMP.search(notes.replace(b"\0", b"")))
