"""What is wrong with a picture is said; nothing in its bytes stops or delays the check."""

import os
import struct
import time
import zlib
from functools import cache
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from catalogue.folder.sizes import MAX_PICTURE_BYTES
from catalogue.pictures.facts import (
    PictureFacts,
    read_picture_bytes,
    read_picture_facts,
)
from catalogue.pictures.pixels import InvalidPicture
from catalogue.problems import Problem
from tests.catalogue.pictures.parts import chunk

ENDINGS = {"PNG": ".png", "JPEG": ".jpg", "GIF": ".gif", "WebP": ".webp", "AVIF": ".avif"}
SIGNATURES = {
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff",
    ".gif": b"GIF89a",
    ".webp": b"RIFF\xff\xff\0\0WEBPVP8X",
    ".avif": b"\0\0\0\x14ftypavif\0\0\0\0avif",
    ".svg": b"<svg",
}


def draw(kind, size=(24, 16), mode="RGB", **options):
    """Draw a picture that does not shrink to nothing when it is packed."""
    picture = Image.effect_noise(size, 90).convert(mode)
    if kind == "AVIF":
        options["speed"] = 10
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


draw_once = cache(draw)


def png(width, height, *chunks):
    """Write a PNG whose header may promise more than there is."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return SIGNATURES[".png"] + header + b"".join(chunks) + chunk(b"IEND")


def riff(body):
    """Write a WebP around chunks."""
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def gps():
    """Make the notes of a camera that knows where it is."""
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 0.0), 3: "E", 4: (13.0, 24.0, 0.0)}
    return exif


def read_image(path, name):
    """Read and judge a file under a name."""
    try:
        return read_picture_facts(read_picture_bytes(path), name)
    except InvalidPicture as wrong:
        return None, [Problem(name, 0, "error", str(wrong))]


@pytest.fixture
def check(tmp_path):
    def check(name, data):
        path = tmp_path / "picture"
        path.write_bytes(data)
        return read_image(path, name)

    return check


def texts(problems):
    return [(problem.level, problem.text) for problem in problems]


@pytest.mark.parametrize("kind", ENDINGS)
def test_a_sound_picture_has_its_facts_and_no_problem(check, kind):
    facts, problems = check("images/a" + ENDINGS[kind], draw(kind))
    assert (facts, problems) == (PictureFacts(24, 16, kind), [])


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WebP", "AVIF"])
def test_an_animation_is_a_picture(check, kind):
    frames = [Image.effect_noise((24, 16), 90).convert("RGB") for _ in range(3)]
    file = BytesIO()
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], duration=100)
    assert check("a" + ENDINGS[kind], file.getvalue()) == (PictureFacts(24, 16, kind), [])


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {"mode": "CMYK"}),
        ("JPEG", {"mode": "L", "progressive": True}),
        ("JPEG", {"size": (1500, 1000)}),
        ("PNG", {"mode": "RGBA", "size": (1500, 1000)}),
        ("PNG", {"mode": "P"}),
        ("WebP", {"mode": "RGBA", "lossless": True}),
        ("GIF", {"mode": "L", "interlace": 1}),
    ],
)
def test_every_colour_and_size_that_programs_save_is_fine(check, kind, options):
    facts, problems = check("a" + ENDINGS[kind], draw(kind, **options))
    assert facts.type == kind
    assert (facts.width, facts.height) == options.get("size", (24, 16))
    assert problems == []


@pytest.mark.parametrize("name", ["images/IMG_1.JPG", "images/a.jpeg", "images/My photo.Jpg"])
def test_an_ending_may_be_written_in_any_case(check, name):
    assert check(name, draw("JPEG"))[1] == []


def test_bytes_behind_the_end_of_a_photo_are_left_alone(check):
    """Telephones hang a short film behind the picture."""
    assert check("a.jpg", draw("JPEG") + b"\0\0\0\x18ftypmp42" * 99)[1] == []


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WebP"])
@pytest.mark.parametrize("size", [(30, 20), (1500, 1000)])
def test_a_photo_that_its_camera_held_upright_is_measured_upright(check, kind, size):
    exif = Image.Exif()
    exif[0x0112] = 6
    facts, _ = check("a" + ENDINGS[kind], draw(kind, size, exif=exif))
    assert (facts.width, facts.height) == (size[1], size[0])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WebP", "AVIF"])
@pytest.mark.parametrize("size", [(24, 16), (1500, 1000)])
def test_a_photo_that_shows_its_place_is_published_with_a_warning(check, kind, size):
    facts, problems = check("images/a" + ENDINGS[kind], draw(kind, size, exif=gps()))
    assert facts.shows_place
    ((level, text),) = texts(problems)
    assert level == "warning"
    assert "where it was taken" in text
    assert "Remove" in text


def test_a_place_behind_the_pixels_of_a_large_png_is_found(check):
    data = draw("PNG", (1500, 1000))
    notes = chunk(b"eXIf", gps().tobytes().removeprefix(b"Exif\0\0"))
    assert check("a.png", data[:-12] + notes + data[-12:])[0].shows_place


def test_a_place_in_the_plain_text_of_a_photo_is_found(check):
    notes = b'<x:xmpmeta><rdf:Description exif:GPSLatitude="52,31N"/></x:xmpmeta>'
    assert check("a.jpg", draw("JPEG", xmp=notes))[0].shows_place


def test_a_camera_without_a_place_is_no_warning(check):
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif[0x8825] = {0: b"\x02\x03\x00\x00"}
    assert check("a.jpg", draw("JPEG", exif=exif))[1] == []


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WebP"])
def test_unreadable_notes_do_not_make_the_picture_a_bad_one(check, kind):
    facts, problems = check("a" + ENDINGS[kind], draw(kind, exif=b"Exif\0\0nonsense"))
    assert (facts, problems) == (PictureFacts(24, 16, kind), [])


@pytest.mark.parametrize("kind", ENDINGS)
@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("size", [(64, 64), (1500, 1000)])
def test_a_picture_that_was_cut_off_is_an_error(check, kind, part, size):
    data = draw_once(kind, size)
    facts, problems = check("images/half" + ENDINGS[kind], data[: int(len(data) * part)])
    assert facts is None
    assert [problem.level for problem in problems] == ["error"]
    assert "cut off" in problems[0].text


def test_a_picture_with_a_wrong_byte_is_damaged(check):
    data = bytearray(draw("PNG", (1500, 1000)))
    data[len(data) // 2] ^= 0xFF
    assert "damaged" in check("a.png", bytes(data))[1][0].text


def test_a_small_picture_without_all_its_pixels_is_damaged(check):
    """Every part is whole and the sums are right; only decoding shows it."""
    data = png(64, 64, chunk(b"IDAT", zlib.compress(bytes(99))))
    assert "damaged" in check("a.png", data)[1][0].text


@pytest.mark.parametrize(
    "pixels",
    [
        zlib.compress(bytes(99)),
        zlib.compress(bytes(2000 * 6001 - 1)),
        zlib.compress(bytes(2000 * 6001))[:-9],
        b"no such thing",
        b"",
    ],
)
def test_a_large_png_without_all_its_pixels_is_damaged(check, pixels):
    """Every part is whole and the sums are right; only unpacking shows it."""
    parts = [chunk(b"IDAT", pixels[:50]), chunk(b"IDAT", pixels[50:])]
    assert "damaged" in check("a.png", png(2000, 2000, *parts))[1][0].text


def test_a_large_png_with_all_its_pixels_is_sound(check):
    for tail in (b"", bytes(40)):  # what stands behind the last row is not looked at
        pixels = zlib.compress(bytes(2000 * 6001) + tail)
        assert check("a.png", png(2000, 2000, chunk(b"IDAT", pixels)))[1] == []


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "LA", "RGBA", "I;16"])
@pytest.mark.parametrize("size", [(1001, 1003), (1, 1_000_001), (1_000_003, 1)])
def test_the_pixels_of_a_large_png_are_counted_at_every_depth(check, mode, size):
    file = BytesIO()
    Image.new(mode, size).save(file, "PNG", compress_level=1)
    assert check("a.png", file.getvalue())[1] == []
    head = file.getvalue()[:33]
    row = 1 + -(-size[0] * head[24] * {"RGB": 3, "LA": 2, "RGBA": 4}.get(mode, 1) // 8)
    for missing, level in ((0, []), (1, ["error"])):
        pixels = chunk(b"IDAT", zlib.compress(bytes(row * size[1] - missing), 1))
        palette = chunk(b"PLTE", bytes(3)) if mode == "P" else b""
        problems = check("a.png", head + palette + pixels + chunk(b"IEND"))[1]
        assert [problem.level for problem in problems] == level


@pytest.mark.parametrize("missing", [0, 1])
def test_the_pixels_of_a_large_png_in_seven_passes_are_counted(check, missing):
    width, height = 1003, 1001
    starts = zip("0402010", "0040201", "8844221", "8884422", strict=True)
    passes = [tuple(map(int, start)) for start in starts]
    size = sum(
        (1 + 3 * len(range(x, width, right))) * len(range(y, height, down))
        for x, y, right, down in passes
    )
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 1))
    pixels = chunk(b"IDAT", zlib.compress(bytes(size - missing)))
    problems = check("a.png", SIGNATURES[".png"] + header + pixels + chunk(b"IEND"))[1]
    assert len(problems) == missing


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (b"\xff\xd8\xff\xd9", ".jpg"),
        (b"\xff\xd8\xff\xe1\0\x04ab\xff\xd9", ".jpg"),
        (png(4, 4), ".png"),
        (png(0, 4, chunk(b"IDAT", zlib.compress(b""))), ".png"),
        (b"GIF89a\0\0\0\0\0\0\0;", ".gif"),
        (b"GIF89a\4\0\4\0\0\0\0;", ".gif"),
        (riff(b""), ".webp"),
        (SIGNATURES[".avif"], ".avif"),
        (b"\0\0\0\x08ftypavif" + bytes(8), ".avif"),
    ],
)
def test_a_frame_without_a_picture_is_damaged(check, data, ending):
    facts, problems = check("a" + ending, data)
    assert facts is None
    assert [problem.level for problem in problems] == ["error"]


def frame(screen, place, size=(24, 16)):
    """Return a GIF of one frame, whose header has another screen, and the frame another place and size."""
    data = draw("GIF")
    at = data.index(b"\x2c\0\0\0\0\x18\0\x10\0") + 1
    written = struct.pack("<4H", *place, *size)
    return data[:6] + struct.pack("<2H", *screen) + data[10:at] + written + data[at + 8 :]


@pytest.mark.parametrize(
    ("screen", "place", "size"),
    [
        ((24, 16), (0, 0), (24, 16)),
        ((10, 10), (0, 0), (24, 16)),
        ((0, 0), (0, 0), (24, 16)),
        ((10, 30), (0, 0), (24, 30)),
        ((24, 16), (3, 4), (27, 20)),
        ((90, 80), (3, 4), (90, 80)),
    ],
)
def test_a_gif_is_as_large_as_its_first_frame_needs(check, screen, place, size):
    data = frame(screen, place)
    facts, problems = check("a.gif", data)
    assert (facts.width, facts.height) == size
    assert problems == []
    with Image.open(BytesIO(data)) as picture:  # a second opinion
        picture.load()
        assert picture.size == size


def test_a_gif_with_an_extension_and_several_frames_is_as_large_as_the_first(check):
    frames = [Image.effect_noise((24, 16), 90).convert("P") for _ in range(2)]
    file = BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], loop=0, comment=b"x" * 300)
    data = file.getvalue()
    facts, _ = check("a.gif", data[:6] + b"\5\0\5\0" + data[10:])
    assert (facts.width, facts.height) == (24, 16)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bomb.gif", frame((24, 16), (0, 0), (65_535, 65_535))),
        ("bomb.gif", frame((24, 16), (65_000, 65_000))),
        ("bomb.png", png(60_000, 60_000, chunk(b"IDAT", zlib.compress(bytes(99))))),
        ("bomb.png", png(6_400, 6_400, chunk(b"IDAT", zlib.compress(bytes(99))))),
        ("bomb.gif", draw("GIF")[:6] + b"\xff" * 4 + draw("GIF")[10:]),
        ("bomb.webp", riff(b"VP8X" + struct.pack("<I", 10) + bytes(4) + b"\xff" * 6)),
        ("bomb.jpg", draw("JPEG").replace(b"\0\x10\0\x18", b"\xff\xff\xff\xff", 1)),
        ("bomb.jpg", draw("JPEG").replace(b"\0\x10\0\x18", b"\x19\0\x19\0", 1)),
    ],
)
def test_too_many_pixels_are_refused_undecoded(check, name, data):
    start = time.process_time()
    facts, problems = check(name, data)
    assert facts is None
    assert "40 million pixels" in problems[0].text
    assert time.process_time() - start < 1


def test_an_avif_that_promises_too_much_is_refused(check):
    data = draw("AVIF")
    at = data.index(b"ispe") + 8
    bomb = data[:at] + struct.pack(">II", 60_000, 60_000) + data[at + 8 :]
    assert check("a.avif", bomb)[0] is None


def test_the_content_and_the_ending_of_a_name_must_agree(check):
    facts, problems = check("images/photo.png", draw("JPEG"))
    assert facts is None
    assert texts(problems) == [
        (
            "error",
            "This is a JPEG picture, but its name ends in .png. "
            "End its name in .jpg instead, also in the posts that show it.",
        )
    ]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.png", b"", "empty"),
        ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "save it as PNG"),
        ("logo.svg", b"\x1f\x8b", "save it as PNG"),
        ("logo.svgz", b"\x1f\x8b", "save it unpacked"),
        ("logo.png", b"\xef\xbb\xbf<?xml version='1.0'?>\n<SVG onload='x()'/>", "SVG drawing"),
        ("page.jpg", b"\n<!DOCTYPE html><title>404</title><svg/>", "web page"),
        ("page.png", b"<html>", "Save image as"),
        ("doc.png", b"%PDF-1.7", "PDF"),
        ("word.jpg", b"PK\x03\x04", ".docx"),
        ("phone.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        ("photo.heic", b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "JPEG"),
        ("lfs.jpg", b"version https://git-lfs.github.com/spec/v1\n", "git lfs pull"),
        ("old.bmp", b"BM\0\0\0\0\0\0\0\0", "JPEG or PNG"),
        ("scan.tif", b"II*\0", "JPEG or PNG"),
        ("words.png", b"Title: A post", "JPEG or PNG"),
        ("mystery.png", bytes(999), "JPEG or PNG"),
    ],
)
def test_what_is_no_picture_for_the_web_is_refused_with_a_remedy(check, name, data, words):
    facts, problems = check(name, data)
    assert facts is None
    assert problems[0].path == name
    assert problems[0].level == "error"
    assert words in problems[0].text


def test_a_file_above_the_limit_is_refused_unread(tmp_path):
    """The file is sparse: reading its ten gigabytes would take memory and minutes."""
    path = tmp_path / "big.png"
    path.write_bytes(draw("PNG"))
    os.truncate(path, 10 * 1024**3)
    _, (problem,) = read_image(path, "images/big.png")
    assert "10 MB is the most" in problem.text


def test_the_largest_file_allowed_is_read(check):
    data = draw("JPEG")
    assert check("a.jpg", data + bytes(MAX_PICTURE_BYTES - len(data)))[1] == []
    assert check("a.jpg", data + bytes(MAX_PICTURE_BYTES + 1 - len(data)))[0] is None


def test_a_file_that_is_not_there_is_a_problem(tmp_path):
    _, (problem,) = read_image(tmp_path / "gone.png", "images/gone.png")
    assert "not there" in problem.text


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_a_pipe_or_a_link_under_a_pictures_name_is_refused_unopened(tmp_path):
    (tmp_path / "real.png").write_bytes(draw("PNG"))
    (tmp_path / "link.png").symlink_to("real.png")
    os.mkfifo(tmp_path / "pipe.png")
    for name in ("link.png", "pipe.png"):
        _, (problem,) = read_image(tmp_path / name, name)
        assert "no ordinary file" in problem.text


JPEG = draw("JPEG", (8, 8))
GIF = draw("GIF", (8, 8), "1")


BUSY = {
    "empty segments.jpg": lambda: JPEG[:2] + b"\xff\xe5\0\2" * 2_500_000 + JPEG[2:],
    "idle bytes.jpg": lambda: JPEG[:2] + b"\xff" * 10_000_000 + JPEG[2:],
    "bookmarks.jpg": lambda: JPEG[:2] + b"\xff\xd0" * 5_000_000 + JPEG[2:],
    "scans.jpg": lambda: JPEG[:-2] + JPEG[JPEG.index(b"\xff\xda") : -2] * 5_000 + b"\xff\xd9",
    "long words.gif": lambda: GIF[:-1] + b"\x21\xfe" + b"\x01a" * 5_000_000 + b"\0;",
    "empty words.gif": lambda: GIF[:-1] + b"\x21\xfe\0" * 3_000_000 + b";",
    "empty chunks.png": lambda: png(8, 8, chunk(b"abCd") * 800_000),
    "packed words.png": lambda: png(
        8, 8, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(10**7))) * 9
    ),
    "empty chunks.webp": lambda: riff(
        b"VP8X" + struct.pack("<I", 10) + bytes(10) + b"abcd\0\0\0\0" * 999_999
    ),
    "empty boxes.avif": lambda: draw("AVIF") + b"\0\0\0\x08free" * 1_000_000,
}


@pytest.mark.parametrize("name", BUSY)
def test_a_picture_made_to_keep_a_program_busy_is_judged_soon(check, name):
    data = BUSY[name]()[:MAX_PICTURE_BYTES]
    start = time.process_time()
    check(name, data)
    assert time.process_time() - start < 5


@settings(max_examples=200, deadline=2_000)
@given(ending=st.sampled_from(sorted(SIGNATURES)), data=st.binary(max_size=400))
@example(ending=".jpg", data=b"\xff\xda\0\0\xff\xd9")
def test_no_bytes_raise_or_warn(tmp_path_factory, ending, data):
    path = tmp_path_factory.getbasetemp() / "any-bytes"
    for content in (data, SIGNATURES[ending] + data):
        path.write_bytes(content)
        facts, problems = read_image(path, "images/a" + ending)
        assert (facts is None) == any(problem.level == "error" for problem in problems)


SOUND = {ENDINGS[kind]: draw(kind) for kind in ENDINGS}


@settings(max_examples=200, deadline=2_000)
@given(
    ending=st.sampled_from(sorted(SOUND)),
    at=st.integers(0, 2_000),
    length=st.integers(0, 40),
    data=st.binary(max_size=40),
)
def test_no_change_to_a_sound_picture_raises_or_warns(tmp_path_factory, ending, at, length, data):
    path = tmp_path_factory.getbasetemp() / "changed-bytes"
    at %= len(SOUND[ending])
    path.write_bytes(SOUND[ending][:at] + data + SOUND[ending][at + length :])
    facts, problems = read_image(path, "images/a" + ending)
    assert (facts is None) == any(problem.level == "error" for problem in problems)
