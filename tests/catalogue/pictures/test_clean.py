"""What is published of a picture shows the same pixels and tells nothing besides."""

import re
import struct
import zlib
from functools import cache
from io import BytesIO
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps

from catalogue.pictures.clean import clean_picture
from catalogue.pictures.parts import Damaged, Unclear
from tests.catalogue.pictures.parts import box, chunk

MARK = b"Zq7Mark"
KINDS = ("PNG", "JPEG", "GIF", "WebP", "AVIF")
MOVING = ("PNG", "GIF", "WebP", "AVIF")
MODES = {
    "PNG": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"),
    "JPEG": ("L", "RGB", "CMYK"),
    "GIF": ("1", "L", "P", "RGB", "RGBA"),
    "WebP": ("RGB", "RGBA"),
    "AVIF": ("L", "RGB", "RGBA"),
}


@cache
def draw(kind, mode="RGB", frames=1, size=(24, 16), **options):
    """Draw a picture; each frame is another one."""
    noise = [
        Image.frombytes("L", size, Random(number).randbytes(size[0] * size[1]))
        for number in range(frames)
    ]
    pictures = [
        frame.convert("I").convert(mode) if mode == "I;16" else frame.convert(mode)
        for frame in noise
    ]
    if kind == "AVIF":
        options["speed"] = 10
    if frames > 1:
        options |= {"save_all": True, "append_images": pictures[1:], "duration": 70, "loop": 3}
    file = BytesIO()
    pictures[0].save(file, kind, **options)
    return file.getvalue()


def show(data):
    """Show a picture as a browser does: every frame, turned, in the colours of its profile."""
    with Image.open(BytesIO(data)) as image:
        seen = [image.info.get("loop")]
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            image.load()
            turned = ImageOps.exif_transpose(colour(image))
            seen.append((turned.mode, turned.size, turned.tobytes(), turned.getpalette()))
            seen.append((image.info.get("duration"), image.info.get("transparency")))
    return seen


def colour(image):
    """Bring a picture to the colours of every screen, if it has a profile that can be read."""
    profile = image.info.get("icc_profile")
    if profile is None or image.mode != "RGB":
        return image
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
    except OSError:
        return image
    return ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"))


def unpack(data):
    """Join a file with all that is packed in it, however often."""
    found = [data]
    for match in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
        try:
            found.append(zlib.decompressobj().decompress(data[match.start() :], 10**6))
        except zlib.error:
            continue
    return b" ".join(found)


def tells(data):
    """Return whether the mark stands in a file in any form in which it is planted here."""
    plain = unpack(data)
    return MARK in plain.replace(b"\0", b"") or MARK.hex().encode() in plain


def notes(orientation=0):
    """Write a camera's notes with the mark in them, and a place."""
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = MARK.decode()  # description, artist
    exif.get_ifd(0x8769)[0xA431] = MARK.decode()  # the camera's serial number
    exif.get_ifd(0x8769)[0x927C] = MARK  # the maker's notes
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 0.0), 29: MARK.decode()}
    if orientation:
        exif[0x0112] = orientation
    return exif.tobytes()


XMP = b"<x:xmpmeta><rdf:Description exif:GPSLatitude='52' dc:creator='" + MARK + b"'/></x:xmpmeta>"
UTF16 = XMP.decode().encode("utf-16")
IPTC = b"\x1c\x02\x5a\0\x07" + MARK  # the city
RESOURCE = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(IPTC)) + IPTC
LONG = b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32


@cache
def profile():
    """Make a profile that has, besides its colours, a screen's serial number, and room between."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    count = int.from_bytes(plain[128:132])
    tags = [plain[132 + 12 * n : 144 + 12 * n] for n in range(count)]
    table = b"".join(
        tag[:4] + struct.pack(">I", int.from_bytes(tag[4:8]) + 12) + tag[8:] for tag in tags
    )
    body = plain[132 + 12 * count :]
    size = len(plain) + 12 + 2 * len(MARK)
    table += b"mmod" + struct.pack(">II", size - 2 * len(MARK), len(MARK))
    head = struct.pack(">I", size) + plain[4:128] + struct.pack(">I", count + 1)
    return head + table + body + MARK + MARK


def segment(letter, body):
    return struct.pack(">BBH", 0xFF, letter, len(body) + 2) + body


def at_start(*segments):
    return lambda data: data[:2] + b"".join(segments) + data[2:]


def spoil_jfif(data):
    at = data.find(b"JFIF\0")
    if at < 0:
        return data
    body = data[at : at + 12] + b"\3\3" + MARK.ljust(27)
    return data[: at - 4] + segment(0xE0, body) + data[at + 14 :]


def between_scans(data):
    """Write a comment behind each table that stands before a scan."""
    return re.sub(rb"\xff\xc4", lambda m: segment(0xFE, MARK) + m[0], data)


def spoil_adobe(data):
    return re.sub(rb"(?s)\xff\xee\0\x0e(Adobe.{7})", lambda m: segment(0xEE, m[1] + MARK), data)


ICC = b"ICC_PROFILE\0"
JPEG = {
    "exif": at_start(segment(0xE1, b"Exif\0\0" + notes().removeprefix(b"Exif\0\0"))),
    "exif turned": at_start(segment(0xE1, b"Exif\0\0" + notes(6).removeprefix(b"Exif\0\0"))),
    "broken exif": at_start(segment(0xE1, b"Exif\0\0MM\0*" + MARK)),
    "xmp": at_start(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)),
    "xmp in utf-16": at_start(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + UTF16)),
    "long xmp": at_start(
        segment(0xE1, LONG + struct.pack(">II", 99, 0) + XMP[:30]),
        segment(0xE1, LONG + struct.pack(">II", 99, 30) + XMP[30:]),
    ),
    "iptc": at_start(segment(0xED, b"Photoshop 3.0\0" + RESOURCE)),
    "comment": at_start(segment(0xFE, MARK)),
    "thumbnail": at_start(segment(0xE0, b"JFXX\0\x10" + MARK)),
    "thumbnail of jfif": spoil_jfif,
    "list of pictures": at_start(segment(0xE2, b"MPF\0" + MARK)),
    "flashpix": at_start(segment(0xE2, b"FPXR\0" + MARK)),
    "credentials": at_start(segment(0xEB, b"JP" + MARK)),
    "unknown segments": at_start(*(segment(0xE0 + n, MARK) for n in range(16))),
    "idle bytes": at_start(segment(0xFE, MARK), MARK, b"\xff\xff"),
    "between scans": between_scans,
    "adobe": spoil_adobe,
    "profile": at_start(segment(0xE2, ICC + b"\1\1" + profile())),
    "no profile": at_start(segment(0xE2, ICC + b"\1\1" + MARK * 99)),
    "half a profile": at_start(segment(0xE2, ICC + b"\1\2" + profile())),
    "second picture": lambda data: data + draw("JPEG", exif=notes()) + MARK,
    "film": lambda data: data + b"\0\0\0\x18ftypmp42" + MARK,
}


def behind_header(*chunks):
    return lambda data: data[:33] + b"".join(chunks) + data[33:]


def before_end(*chunks):
    return lambda data: data[:-12] + b"".join(chunks) + data[-12:]


def raw(kind, body):
    return (
        b"Raw profile type " + kind + b"\0",
        f"\n{kind.decode()}\n{len(body):8}\n{body.hex()}\n".encode(),
    )


TIFF = notes().removeprefix(b"Exif\0\0")
PACKED = zlib.compress(XMP)
PNG = {
    "exif": behind_header(chunk(b"eXIf", TIFF)),
    "exif turned": behind_header(chunk(b"eXIf", notes(6).removeprefix(b"Exif\0\0"))),
    "exif turned, late": before_end(chunk(b"eXIf", notes(8).removeprefix(b"Exif\0\0"))),
    "words": behind_header(chunk(b"tEXt", b"Author\0" + MARK), chunk(b"tEXt", MARK + b"\0x")),
    "packed words": behind_header(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(MARK))),
    "xmp": behind_header(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP)),
    "packed xmp": behind_header(chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + PACKED)),
    "xmp in utf-16": behind_header(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + UTF16)),
    "raw exif": behind_header(chunk(b"tEXt", b"".join(raw(b"exif", TIFF)))),
    "packed raw iptc": behind_header(
        chunk(b"zTXt", raw(b"iptc", RESOURCE)[0] + b"\0" + zlib.compress(raw(b"iptc", RESOURCE)[1]))
    ),
    "unknown chunk": behind_header(chunk(b"prVt", MARK), chunk(b"vpAg", MARK)),
    "known but idle": behind_header(
        chunk(b"tIME", MARK),
        chunk(b"sPLT", MARK + b"\0\x08"),
        chunk(b"hIST", MARK),
        chunk(b"dSIG", MARK),
    ),
    "too long a gamma": behind_header(chunk(b"gAMA", struct.pack(">I", 45455) + MARK)),
    "second gamma": behind_header(chunk(b"gAMA", struct.pack(">I", 45455))),
    "frames of no film": before_end(chunk(b"fdAT", bytes(4) + MARK)),
    "film announced too late": before_end(
        chunk(b"acTL", struct.pack(">II", 1, 0)), chunk(b"fdAT", bytes(4) + MARK)
    ),
    "before the end": before_end(chunk(b"tEXt", b"a\0" + MARK), chunk(b"iTXt", MARK)),
    "behind the end": lambda data: data + MARK + draw("PNG"),
    "profile": behind_header(chunk(b"iCCP", MARK + b"\0\0" + zlib.compress(profile()) + MARK)),
    "no profile": behind_header(chunk(b"iCCP", b"x\0\0" + zlib.compress(MARK * 99))),
}


def blocks(data):
    parts = (data[at : at + 255] for at in range(0, len(data), 255))
    return b"".join(bytes((len(part),)) + part for part in parts) + b"\0"


def behind_colours(*parts):
    def plant(data):
        at = 13 + (3 * 2 ** ((data[10] & 7) + 1) if data[10] & 0x80 else 0)
        return data[:at] + b"".join(parts) + data[at:]

    return plant


GIF = {
    "comment": behind_colours(b"\x21\xfe" + blocks(MARK * 99)),
    "xmp": behind_colours(
        b"\x21\xff\x0bXMP DataXMP" + XMP + b"\1" + bytes(range(255, -1, -1)) + b"\0"
    ),
    "application": behind_colours(b"\x21\xff\x0bICCRGBG1012" + blocks(MARK)),
    "late application": lambda data: data[:-1] + b"\x21\xff\x0bZq7MarkZq7M" + blocks(MARK) + b";",
    "plain text": behind_colours(b"\x21\x01\x0c" + bytes(12) + blocks(MARK)),
    "unknown extension": behind_colours(b"\x21\x77" + blocks(MARK)),
    "loop": lambda data: data.replace(
        b"NETSCAPE2.0\3\1\3\0\0", b"NETSCAPE2.0\3\1\3\0" + blocks(MARK)
    ),
    "behind the end": lambda data: data + MARK,
    "no end": lambda data: data[:-1],
}


def piece(name, body):
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def extend(*pieces, flags=0x0C):
    """Add chunks to a WebP, which may have to become an extended one first."""

    def plant(data):
        body = data[12:]
        if body[:4] != b"VP8X":
            has_alpha = body[:4] == b"VP8L" and body[12] & 0x10
            size = b"".join(struct.pack("<I", n - 1)[:3] for n in (24, 16))
            body = piece(b"VP8X", bytes((0x10 if has_alpha else 0, 0, 0, 0)) + size) + body
        body = body[:8] + bytes((body[8] | flags,)) + body[9:18] + b"".join(pieces[:1]) + body[18:]
        body += b"".join(pieces[1:])
        return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body

    return plant


def into_frames(data):
    found, at = b"", 12
    while at < len(data):
        end = at + 8 + int.from_bytes(data[at + 4 : at + 8], "little")
        body = data[at + 8 : end]
        if data[at : at + 4] == b"ANMF":
            body += piece(b"note", MARK) + piece(b"XMP ", XMP)
        found += piece(data[at : at + 4], body)
        at = end + end % 2
    return data[:4] + struct.pack("<I", len(found) + 4) + b"WEBP" + found


WEBP = {
    "exif": extend(b"", piece(b"EXIF", TIFF)),
    "xmp": extend(b"", piece(b"XMP ", XMP)),
    "unknown chunks": extend(piece(b"Zq7M", MARK), piece(b"note", MARK)),
    "reserved": extend(b"", flags=0x0C | 0xC1),
    "into frames": into_frames,
    "second picture": extend(b"", piece(b"VP8 ", MARK), flags=0),
    "profile": extend(piece(b"ICCP", profile()), flags=0x20),
    "behind the end": lambda data: data + MARK,
}


AVIF_START = box(b"ftyp", b"avif" + bytes(4) + b"avif")


def into(path, part):
    """Put bytes at the end of a box in the items' box, and move all that points behind it."""

    def plant(data):
        sizes, start, end = [], 0, len(data)
        for name in (b"meta", *path):
            at = start
            while data[at + 4 : at + 8] != name:
                at += int.from_bytes(data[at : at + 4])
            sizes.append(at)
            start, end = at + (12 if name == b"meta" else 8), at + int.from_bytes(data[at : at + 4])
        changed = bytearray(data[:end] + part + data[end:])
        for at in sizes:
            changed[at : at + 4] = struct.pack(
                ">I", int.from_bytes(changed[at : at + 4]) + len(part)
            )
        move_items(changed, len(part))
        return bytes(changed)

    return plant


def move_items(data, by):
    """Move the places of a still picture's items, as libavif writes them."""
    at = data.index(b"iloc") + 4
    assert data[at : at + 6] == b"\0\0\0\0\x44\0"
    count, at = int.from_bytes(data[at + 6 : at + 8]), at + 8
    for _ in range(count):
        assert data[at + 4 : at + 6] == b"\0\1"
        data[at + 6 : at + 10] = struct.pack(">I", int.from_bytes(data[at + 6 : at + 10]) + by)
        at += 14


AVIF = {
    "behind the end": lambda data: (
        data + box(b"free", MARK) + box(b"skip", MARK) + box(b"mpvd", MARK)
    ),
    "own box": lambda data: data + box(b"uuid", bytes(16) + MARK) + box(b"udta", MARK),
    "data of nobody": lambda data: data + box(b"mdat", MARK),
    "large box": lambda data: data + struct.pack(">I4sQ", 1, b"free", 16 + len(MARK)) + MARK,
    "box without end": lambda data: data + b"\0\0\0\0mdat" + MARK,
    "names": lambda data: data.replace(b"Color\0", MARK[:5] + b"\0"),
}
AVIF_STILL = {
    "words on items": into([], box(b"xml ", bytes(4) + MARK) + box(b"uuid", MARK * 4)),
    "unknown property": into([b"iprp", b"ipco"], box(b"udes", bytes(4) + MARK)),
    "free space": into([], box(b"free", MARK) + box(b"skip", MARK)),
}
PLANTS = {"JPEG": JPEG, "PNG": PNG, "GIF": GIF, "WebP": WEBP, "AVIF": AVIF | AVIF_STILL}
EVERY = [(kind, name) for kind, plants in PLANTS.items() for name in plants]


# Notes that are so wrong that Pillow shows nothing; what they are planted in is still a picture.
SPOILT = (
    "broken exif",
    "list of pictures",
    "idle bytes",
    "frames of no film",
    "film announced too late",
    "reserved",
    "second picture",
)
LAST = ("no end", "behind the end", "box without end")


LATE = "exif turned, late"  # of which Pillow knows at the first frame of some no more than browsers


def expect(kind, name, before, plain):
    """Show what the published picture must look like."""
    if name == LATE:
        before = behind_header(chunk(b"eXIf", notes(8).removeprefix(b"Exif\0\0")))(plain)
    return show(plain if name in SPOILT and kind != "AVIF" else before)


@pytest.mark.parametrize(("kind", "name"), EVERY)
def test_nothing_that_is_planted_in_a_picture_is_published_and_its_pixels_are(kind, name):
    for mode in MODES[kind]:
        plain = draw(kind, mode, **({"progressive": True} if kind == "JPEG" else {}))
        before = PLANTS[kind][name](plain)
        clean = clean_picture(before, kind).data
        assert not tells(clean)
        assert show(clean) == expect(kind, name, before, plain)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (kind, name)
        for kind, name in EVERY
        if kind in MOVING and "film" not in name and name not in AVIF_STILL
    ],
)
def test_the_same_holds_for_every_frame_of_a_picture_that_moves(kind, name):
    plain = draw(kind, "RGB", frames=3)
    before = PLANTS[kind][name](plain)
    clean = clean_picture(before, kind).data
    assert not tells(clean)
    assert show(clean) == expect(kind, name, before, plain)
    assert len(show(clean)) == 7


def group(name):
    """Group notes of which browsers obey the first and Pillow the last."""
    return next((word for word in ("exif", "profile") if word in name), name)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_mixture_of_notes_in_any_picture_goes_and_the_pixels_stay(data):
    kind = data.draw(st.sampled_from(KINDS))
    frames = data.draw(st.sampled_from((1, 1, 2))) if kind in MOVING else 1
    mode = data.draw(st.sampled_from(MODES[kind])) if frames == 1 else "RGB"
    left_out = {*AVIF_STILL, *SPOILT, "no end", *([LATE] if frames > 1 else [])}
    names = [name for name in PLANTS[kind] if name not in left_out]
    chosen = data.draw(st.lists(st.sampled_from(names), max_size=5, unique_by=group))
    before = draw(kind, mode, frames)
    for name in sorted(chosen, key=lambda name: name in LAST):
        before = PLANTS[kind][name](before)
    clean = clean_picture(before, kind)
    assert not tells(clean.data)
    assert show(clean.data) == show(before)
    assert clean_picture(clean.data, kind).data == clean.data
    assert not clean_picture(clean.data, kind).shows_place


@pytest.mark.parametrize("kind", KINDS)
def test_what_pillow_writes_beside_the_pixels_is_gone(kind):
    words = {"comment": MARK} if kind in ("JPEG", "GIF") else {}
    if kind != "GIF":
        words |= {"exif": notes(), "xmp": XMP, "icc_profile": profile()}
    before = draw(kind, "RGB", **words)
    assert tells(before)
    clean = clean_picture(before, kind).data
    assert not tells(clean)
    assert show(clean) == show(before)
    with Image.open(BytesIO(clean)) as image:
        image.load()
        assert not image.info.keys() & {"exif", "xmp", "comment", "photoshop", "mp", "parsed_exif"}
        assert ("icc_profile" in image.info) == (kind != "GIF")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_picture_is_still_turned_and_nothing_else_is_said(kind, orientation):
    before = draw(kind, "RGB", size=(20, 12), exif=notes(orientation))
    clean = clean_picture(before, kind)
    assert show(clean.data) == show(before)
    assert clean.is_turned == (orientation > 4)
    with Image.open(BytesIO(clean.data)) as image:
        kept = dict(image.getexif())
    assert kept == ({0x0112: orientation} if orientation > 1 else {})
    assert clean_picture(clean.data, kind).data == clean.data


def draw_corners(**options):
    """Draw a WebP whose left half is red and whose right half is blue, above a green floor."""
    image = Image.new("RGB", (60, 40), "red")
    image.paste("blue", (30, 0, 60, 40))
    image.paste("lime", (0, 30, 60, 40))
    file = BytesIO()
    image.save(file, "WEBP", **options)
    return file.getvalue()


@pytest.mark.parametrize("lossless", [True, False])
@pytest.mark.parametrize("orientation", range(2, 9))
def test_the_pixels_of_a_webp_are_turned_for_browsers_obey_no_exif_in_it(orientation, lossless):
    before = draw_corners(exif=notes(orientation), icc_profile=profile(), lossless=lossless)
    clean = clean_picture(before, "WebP")
    assert not clean.is_turned
    assert clean_picture(clean.data, "WebP").data == clean.data
    with Image.open(BytesIO(clean.data)) as image, Image.open(BytesIO(before)) as stored:
        assert not image.getexif()
        assert image.info["icc_profile"]
        wanted = ImageOps.exif_transpose(stored)
        assert image.size == wanted.size == ((40, 60) if orientation > 4 else (60, 40))
        for place in ((5, 5), (35, 5), (5, 35), (35, 35)):
            seen, meant = image.getpixel(place), wanted.getpixel(place)
            assert max(abs(a - b) for a, b in zip(seen, meant, strict=True)) < 24, place
    if lossless:
        assert b"VP8L" in clean.data


def test_a_webp_that_moves_is_published_as_browsers_show_it():
    plain = draw("WebP", "RGB", frames=3)
    clean = clean_picture(extend(b"", piece(b"EXIF", notes(6)))(plain), "WebP")
    assert (clean.data, clean.is_turned) == (plain, False)


def test_pixels_that_cannot_be_turned_are_damaged():
    before = draw_corners(exif=notes(6))
    start = before.index(b"VP8 ") + 8
    broken = before[:start] + b"x" * 40 + before[start + 40 :]
    with pytest.raises(Damaged):
        clean_picture(broken, "WebP")


def test_browsers_obey_how_a_png_is_turned_only_before_its_pixels():
    late = before_end(chunk(b"eXIf", notes(6).removeprefix(b"Exif\0\0")))(draw("PNG"))
    clean = clean_picture(late, "PNG")
    assert clean.is_turned
    assert clean.data.index(b"eXIf") < clean.data.index(b"IDAT")


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_that_tells_nothing_is_published_byte_for_byte(kind):
    for mode in MODES[kind]:
        data = draw(kind, mode)
        assert kind == "AVIF" or clean_picture(data, kind).data == data
        assert len(clean_picture(data, kind).data) == len(data)


def test_a_second_picture_among_the_items_goes():
    """A thumbnail is of the same type as the picture; only what points where tells them apart."""
    data = draw("AVIF", exif=notes()).replace(b"Exif", b"av01", 1)
    clean = clean_picture(data, "AVIF").data
    assert not tells(clean)
    assert show(clean)[1] == show(draw("AVIF"))[1]


def test_a_film_of_pictures_does_not_tell_when_it_was_made():
    data = draw("AVIF", "RGB", frames=2)
    for name in (b"mvhd", b"tkhd", b"mdhd"):
        at = clean_picture(data, "AVIF").data.index(name) + 8
        assert any(data[at : at + 16])
        assert not any(clean_picture(data, "AVIF").data[at : at + 8])


def test_a_vp8_picture_needs_no_second_one():
    before = WEBP["second picture"](draw("WebP"))
    assert clean_picture(before, "WebP").data.count(b"VP8 ") == 1


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("JPEG", at_start(b"\xff\xd8")(draw("JPEG"))),
        ("JPEG", at_start(segment(0xF7, b"x"))(draw("JPEG"))),
        ("JPEG", at_start(segment(0xDE, b"x"))(draw("JPEG"))),
        ("JPEG", at_start(segment(0x02, b"x"))(draw("JPEG"))),
        ("PNG", behind_header(chunk(b"CgBI", b"\x50\0\x20\2"))(draw("PNG"))),
        ("GIF", draw("GIF")[:-1] + b"\x77" + MARK),
        ("GIF", behind_colours(b"\x21\xf9" + blocks(MARK))(draw("GIF"))),
        ("AVIF", draw("AVIF").replace(b"infe\2", b"infe\1", 1)),
        ("AVIF", draw("AVIF").replace(b"av01", b"hvc1")),
    ],
)
def test_a_part_that_nobody_knows_is_refused_and_never_published(kind, data):
    with pytest.raises(Unclear):
        clean_picture(data, kind)


@pytest.mark.parametrize(
    "data",
    [
        draw("PNG")[:-12] + chunk(b"IEND", MARK),
        behind_header(chunk(b"IHDR", MARK))(draw("PNG")),
        behind_header(chunk(b"PLTE", b"abc"), chunk(b"PLTE", b"abc"))(draw("PNG")),
    ],
)
def test_a_part_that_every_decoder_needs_and_that_is_wrong_is_damage(data):
    with pytest.raises(Damaged):
        clean_picture(data, "PNG")


@pytest.mark.parametrize(
    "data",
    [
        draw("AVIF").replace(b"iloc\0\0\0\0\x44", b"iloc\0\0\0\0\x88"),
        draw("AVIF").replace(b"mdat", b"free"),
        draw("AVIF")[:-1],
        AVIF_START,
    ],
)
def test_pixels_that_do_not_lie_where_they_should_are_damage(data):
    with pytest.raises(Damaged):
        clean_picture(data, "AVIF")


@pytest.mark.parametrize(
    "end",
    [
        box(b"meta", bytes(4) + box(b"iinf")),
        box(b"meta", bytes(4) + box(b"iref")),
        box(b"meta", bytes(4) + box(b"iloc")),
        box(b"moov", box(b"mvhd")),
        box(b"moov", box(b"trak", box(b"tkhd"))),
    ],
)
def test_a_box_with_nothing_in_it_at_the_end_of_the_file_is_damage(end):
    with pytest.raises(Damaged):
        clean_picture(AVIF_START + end, "AVIF")


WHOLE = {kind: draw(kind, "RGB") for kind in KINDS} | {"film": draw("AVIF", "RGB", frames=2)}


@settings(max_examples=300, deadline=2_000)
@given(
    name=st.sampled_from(sorted(WHOLE)),
    at=st.integers(0, 4_000),
    length=st.integers(0, 12),
    data=st.binary(max_size=12),
)
def test_no_change_to_a_picture_ends_in_anything_but_a_clean_one_or_a_refusal(
    name, at, length, data
):
    whole, kind = WHOLE[name], "AVIF" if name == "film" else name
    at %= len(whole)
    changed = whole[:at] + data + whole[at + length :]
    try:
        clean = clean_picture(changed, kind).data
    except (Damaged, Unclear):
        return
    assert clean_picture(clean, kind).data == clean


class TestPlaces:
    """Every place that a picture can tell is found, to warn the author of her repository."""

    @pytest.mark.parametrize(
        ("kind", "name"),
        [
            *(
                ("JPEG", n)
                for n in ("exif", "xmp", "xmp in utf-16", "long xmp", "iptc", "second picture")
            ),
            *(
                ("PNG", n)
                for n in ("exif", "exif turned, late", "xmp", "packed xmp", "xmp in utf-16")
            ),
            *(("PNG", n) for n in ("raw exif", "packed raw iptc")),
            *(("WebP", n) for n in ("exif", "xmp")),
            ("GIF", "xmp"),
        ],
    )
    def test_wherever_it_is_written(self, kind, name):
        assert clean_picture(PLANTS[kind][name](draw(kind)), kind).shows_place

    @pytest.mark.parametrize(
        "body",
        [
            {0x14: (52.0, 31.0, 0.0)},  # the destination's latitude
            {0x16: (13.0, 24.0, 0.0)},
            {0x1C: b"ASCII\0\0\0A street"},
        ],
    )
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WebP", "AVIF"])
    def test_of_what_is_shown_as_well_as_of_the_camera(self, kind, body):
        exif = Image.Exif()
        exif[0x8825] = body
        assert clean_picture(draw(kind, exif=exif.tobytes()), kind).shows_place

    @pytest.mark.parametrize(
        "words",
        [
            b"<my:GPSLongitude>13</my:GPSLongitude>",
            b"<q photoshop:City='Berlin'/>",
            b"<Iptc4xmpExt:Sublocation>Kreuzberg</Iptc4xmpExt:Sublocation>",
            b'<q p2:Location = "A street"/>',
        ],
    )
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WebP", "AVIF"])
    def test_whatever_the_prefix(self, kind, words):
        if kind == "PNG":
            data = behind_header(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + words))(draw(kind))
        else:
            data = draw(kind, xmp=words)
        assert clean_picture(data, kind).shows_place

    def test_in_a_second_segment_or_behind_a_film(self):
        exif = segment(0xE1, b"Exif\0\0" + TIFF)
        plain = segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0")
        assert clean_picture(at_start(plain, exif)(draw("JPEG")), "JPEG").shows_place
        film = box(b"ftyp", b"mp42") + box(
            b"moov", box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7+52"))
        )
        assert clean_picture(draw("JPEG") + film, "JPEG").shows_place

    @pytest.mark.parametrize("kind", KINDS)
    def test_and_no_place_is_seen_where_none_is(self, kind):
        words = {} if kind == "GIF" else {"xmp": b"<q photoshop:City='' my:Locations='x'/>"}
        data = draw(kind, size=(200, 200), **words)
        assert not clean_picture(data, kind).shows_place
