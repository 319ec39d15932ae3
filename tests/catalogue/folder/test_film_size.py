"""The size of a film is read from the few bytes of its file that say it, and no bytes raise."""

import struct
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.folder.film_size import read_film_size
from tests.catalogue.pictures.parts import box

UPRIGHT, TURNED, UPSIDE_DOWN = (1, 0, 0, 0, 1), (0, 1, 0, -1, 0), (-1, 0, 0, 0, -1)


def track(kind, width, height, matrix=UPRIGHT, version=0):
    """Write a track of MP4."""
    places = [value * 0x10000 for value in (*matrix[:2], 0, *matrix[3:], 0, 0, 0)]
    turn = struct.pack(">9i", *places[:2], 0, *places[3:5], 0, 0, 0, 0x40000000)
    times = bytes(32 if version else 20)
    sides = struct.pack(">II", width << 16, height << 16)
    head = box(b"tkhd", bytes([version, 0, 0, 3]), times, bytes(16), turn, sides)
    return box(b"trak", head, box(b"mdia", box(b"hdlr", bytes(8), kind, bytes(13))))


def mp4(*tracks, is_long=False, is_late=False):
    """Write a film as MP4, with what says its size in front of the film or behind it."""
    start, film = box(b"ftyp", b"isom", bytes(8)), box(b"mdat", bytes(999), is_long=is_long)
    moov = box(b"moov", box(b"mvhd", bytes(100)), *tracks)
    return start + (film + moov if is_late else moov + film)


def element(kind, *parts, size=None):
    """Write an element of WebM, each size in eight bytes."""
    body = b"".join(parts)
    number = len(body) if size is None else size
    return bytes.fromhex(kind) + (1 << 56 | number).to_bytes(8) + body


def webm(*video, size=None):
    """Write a film as WebM."""
    sound = element("AE", element("83", b"\2"), element("E1", element("9F", b"\2")))
    tracks = element("1654AE6B", sound, element("AE", element("83", b"\1"), element("E0", *video)))
    return element("1A45DFA3", element("4282", b"webm")) + element("18538067", tracks, size=size)


def number(kind, value):
    return element(kind, value.to_bytes(2))


def read(data, ending):
    return read_film_size(BytesIO(data), len(data), ending)


SOUND, PICTURE = track(b"soun", 0, 0), track(b"vide", 640, 360)


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (mp4(PICTURE), (640, 360)),
        (mp4(SOUND, PICTURE), (640, 360)),
        (mp4(track(b"sbtl", 900, 60), PICTURE), (640, 360)),
        (mp4(track(b"vide", 640, 360, version=1)), (640, 360)),
        (mp4(track(b"vide", 640, 360, TURNED)), (360, 640)),
        (mp4(track(b"vide", 640, 360, UPSIDE_DOWN)), (640, 360)),
        (mp4(PICTURE, is_late=True, is_long=True), (640, 360)),
        (mp4(SOUND), (0, 0)),
        (mp4(track(b"vide", 640, 0)), (0, 0)),
        (mp4(track(b"vide", 60_000, 2)), (0, 0)),
        (mp4(box(b"trak", box(b"tkhd"))), (0, 0)),
    ],
)
def test_the_size_of_an_mp4_is_that_of_its_picture_as_it_is_turned(data, size):
    assert read(data, ".mp4") == size


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (webm(number("B0", 640), number("BA", 360)), (640, 360)),
        (webm(number("B0", 640), number("BA", 360), size=(1 << 56) - 1), (640, 360)),
        (webm(number("B0", 720), number("BA", 576), number("54B0", 1024)), (1024, 576)),
        (webm(number("B0", 720), number("BA", 576), number("54B2", 3)), (0, 0)),
        (webm(number("B0", 720)), (0, 0)),
        (webm(), (0, 0)),
    ],
)
def test_the_size_of_a_webm_is_that_in_which_it_is_shown(data, size):
    assert read(data, ".webm") == size


@given(
    st.sampled_from([(mp4(SOUND, PICTURE), ".mp4"), (webm(number("B0", 9)), ".webm")]),
    st.integers(0, 400),
    st.integers(0, 40),
    st.binary(max_size=40),
)
def test_no_change_to_a_film_raises(film, at, length, new):
    data, ending = film
    changed = data[:at] + new + data[at + length :]
    assert all(0 <= side <= 16_384 for side in read(changed, ending))


def test_other_files_have_no_size():
    assert read(mp4(PICTURE), ".pdf") == (0, 0)
