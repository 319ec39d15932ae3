"""A picture drawn anew has fewer pixels of the same colours, and nothing else."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw

from catalogue.pictures.pixels import InvalidPicture
from catalogue.pictures.variants import WIDTHS, draw_variants, select_widths
from tests.catalogue.pictures.parts import chunk

RED, BLUE = (200, 30, 40), (20, 60, 200)


def draw(mode="RGB", size=(1300, 900), left=RED, right=BLUE):
    """Draw a picture whose left half has one colour and whose right half has another."""
    image = Image.new(mode, size, left)
    ImageDraw.Draw(image).rectangle((size[0] // 2, 0, *size), fill=right)
    return image


def save(image, kind, **options):
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def draw_all(data, kind, most=10**9):
    """Return the variants of a picture, opened."""
    return [Image.open(io.BytesIO(v.data)) for v in draw_variants(data, kind, most)]


def is_near(seen, wanted):
    return all(abs(a - b) <= 14 for a, b in zip(seen[:3], wanted, strict=False))


def find_ends(image):
    """Return the colours at the middle of the left and the right edge."""
    width, height = image.size
    image = image.convert("RGBA")
    return image.getpixel((20, height // 2)), image.getpixel((width - 20, height // 2))


@given(st.integers(1, 3000))
def test_no_picture_is_ever_enlarged(width):
    assert all(each < width for each in select_widths(width))
    assert select_widths(5000) == [*WIDTHS]


@settings(max_examples=15, deadline=None)
@given(st.integers(481, 1500), st.integers(1, 700))
def test_every_variant_has_the_shape_of_the_picture(width, height):
    data = save(draw(size=(width, height)), "PNG")
    for made in draw_all(data, "PNG"):
        assert made.width < width
        assert abs(made.height - height * made.width / width) <= 1


def name_case(value):
    """Name a case by its texts."""
    return value if isinstance(value, str) else ""


def list_odd():
    """Yield pictures of every odd kind, each with its name."""
    plain = draw()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    yield (
        "cmyk",
        save(draw("CMYK", left=(0, 217, 204, 55), right=(230, 178, 0, 55)), "JPEG"),
        "JPEG",
    )
    yield "palette", save(plain.quantize(8), "PNG"), "PNG"
    yield "profile", save(plain, "JPEG", icc_profile=profile, quality=95), "JPEG"
    yield "broken profile", save(plain, "JPEG", icc_profile=b"x" * 200, quality=95), "JPEG"
    yield "webp", save(plain, "WEBP"), "WebP"
    yield "still gif", save(plain.quantize(8), "GIF"), "GIF"
    yield "avif", save(plain, "AVIF"), "AVIF"


@pytest.mark.parametrize(("name", "data", "kind"), [*list_odd()])
def test_the_colours_come_out_right(name, data, kind):
    made = draw_all(data, kind)
    assert [image.width for image in made] == [*WIDTHS]
    for image in made:
        left, right = find_ends(image)
        assert is_near(left, RED), (name, left)
        assert is_near(right, BLUE), (name, right)


@pytest.mark.parametrize(
    ("mode", "left", "right"),
    [("L", 40, 220), ("1", 0, 1), ("I;16", 40 * 257, 220 * 257)],
)
def test_grey_comes_out_right_at_every_depth(mode, left, right):
    image = Image.new(mode, (600, 60), left)
    image.paste(right, (300, 0, 600, 60))
    (made,) = draw_all(save(image, "PNG"), "PNG")
    wanted = (0, 255) if mode == "1" else (40, 220)
    for seen, grey in zip(find_ends(made), wanted, strict=True):
        assert is_near(seen, (grey, grey, grey)), (mode, seen)


def make_swapped_profile():
    """Return sRGB's profile with red and blue changed about: no colour is what its numbers say."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for at in range(132, 132 + 12 * int.from_bytes(profile[128:132]), 12):
        name = bytes(profile[at : at + 4])
        profile[at : at + 4] = {b"rXYZ": b"bXYZ", b"bXYZ": b"rXYZ"}.get(name, name)
    return bytes(profile)


def test_a_picture_is_shown_in_the_colours_that_its_profile_means():
    image = draw(left=(255, 0, 0), right=(0, 255, 0))
    for made in draw_all(save(image, "PNG", icc_profile=make_swapped_profile()), "PNG"):
        left, right = find_ends(made)
        assert is_near(left, (0, 0, 255))
        assert is_near(right, (0, 255, 0))


def make_grey_profile(gamma):
    """Return a profile for grey with a gamma (ICC.1:2001-04, 6.3.1.1)."""
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256)) + bytes(2)
    white = b"XYZ " + bytes(4) + struct.pack(">iii", 0xF6D6, 0x10000, 0xD32D)
    places = [(b"wtpt", 156, len(white)), (b"kTRC", 156 + len(white), 14)]
    tags = struct.pack(">I", 2) + b"".join(struct.pack(">4sII", *each) for each in places)
    body = tags + white + curve
    head = struct.pack(">I4sI4s4s4s", 128 + len(body), b"", 0x02100000, b"mntr", b"GRAY", b"XYZ ")
    return head.ljust(36, b"\0") + b"acsp" + bytes(28) + white[8:] + bytes(48) + body


@pytest.mark.parametrize("mode", ["LA", "L with a colour that is none"])
def test_a_profile_for_grey_counts_where_some_is_transparent_too(mode):
    profile = make_grey_profile(1.0)
    image = Image.new("L", (600, 60), 128)
    (plain,) = draw_all(save(image, "PNG", icc_profile=profile), "PNG")
    assert plain.getpixel((100, 10))[0] > 170
    image.paste(5, (300, 0, 600, 60))
    if mode == "LA":
        image.putalpha(image.point(lambda value: 255 * (value > 5)))
    how = {} if mode == "LA" else {"transparency": 5}
    (made,) = draw_all(save(image, "PNG", icc_profile=profile, **how), "PNG")
    left, right = find_ends(made)
    assert is_near(left[:3], plain.getpixel((100, 10)))
    assert (left[3], right[3]) == (255, 0)


@pytest.mark.parametrize("mode", ["RGBA", "P", "LA"])
def test_what_is_transparent_stays_so(mode):
    image = Image.new("RGBA", (600, 60), (*RED, 0))
    image.paste((0, 0, 0, 255), (300, 0, 600, 60))
    image = image.quantize(4) if mode == "P" else image.convert(mode)
    (made,) = draw_all(save(image, "PNG"), "PNG")
    left, right = find_ends(made)
    assert left[3] == 0
    assert right == (0, 0, 0, 255)


PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize("profile", [None, PROFILE])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_photo_is_turned(orientation, profile):
    exif = Image.Exif()
    exif[0x0112] = orientation
    size = (900, 1300) if orientation > 4 else (1300, 900)
    upright = draw(size=(1300, 900))
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # values of Image.Transpose
    stored = upright.transpose(Image.Transpose(undo[orientation])) if orientation > 1 else upright
    assert stored.size == size
    photo = save(stored, "JPEG", exif=exif, quality=95, icc_profile=profile)
    for made in draw_all(photo, "JPEG"):
        assert made.width > made.height
        left, right = find_ends(made)
        assert is_near(left, RED), (orientation, left)
        assert is_near(right, BLUE), (orientation, right)


@pytest.mark.parametrize("kind", ["PNG", "WebP", "AVIF"])
def test_a_turned_picture_with_a_profile_is_turned_in_every_format(kind):
    exif = Image.Exif()
    exif[0x0112] = 6
    stored = draw(size=(900, 600)).transpose(Image.Transpose.ROTATE_90)
    for made in draw_all(save(stored, kind, exif=exif, icc_profile=PROFILE), kind):
        left, right = find_ends(made)
        assert (is_near(left, RED), is_near(right, BLUE)) == (True, True)


def test_what_is_transparent_stays_so_with_a_profile():
    image = Image.new("RGBA", (600, 60), (*RED, 0))
    image.paste((0, 0, 0, 255), (300, 0, 600, 60))
    (made,) = draw_all(save(image, "PNG", icc_profile=PROFILE), "PNG")
    assert [end[3] for end in find_ends(made)] == [0, 255]


def draw_png(depth, colours, row, ground):
    """Write a PNG of 600 by 60 pixels with a colour that is none, in any depth."""
    head = b"".join(n.to_bytes(4) for n in (600, 60)) + bytes([depth, colours, 0, 0, 0])
    pixels = zlib.compress((b"\0" + row) * 60)
    chunks = chunk(b"IHDR", head) + chunk(b"tRNS", ground) + chunk(b"IDAT", pixels)
    return b"\x89PNG\r\n\x1a\n" + chunks + chunk(b"IEND", b"")


def test_a_colour_that_is_none_stays_none_or_the_picture_stays_as_it_is():
    (made,) = draw_all(draw_png(8, 0, b"\xff" * 300 + b"\x12" * 300, b"\0\x12"), "PNG")
    assert [end[3] for end in find_ends(made)] == [255, 0]
    for depth, colours, row, ground in (
        (1, 0, b"\xff\0\xff" * 25, b"\0\0"),
        (4, 0, b"\x55" * 300, b"\0\5"),
        (16, 0, b"\x12\x34" * 600, b"\x12\x34"),
        (16, 2, b"\x12\x34" * 1800, b"\x12\x34" * 3),
    ):
        assert draw_variants(draw_png(depth, colours, row, ground), "PNG", 10**9) == []


def put_chunk(data, name, body):
    """Put a chunk behind the header of a PNG."""
    return data[:33] + chunk(name, body) + data[33:]


SRGB_PLACES = (31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000)
P3_PLACES = (31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000)
GAMMA = (b"gAMA", struct.pack(">I", 45455))


@pytest.mark.parametrize(
    ("chunks", "has_variants"),
    [
        ([], True),
        ([GAMMA], True),
        ([GAMMA, (b"cHRM", struct.pack(">8I", *SRGB_PLACES))], True),
        ([(b"sRGB", b"\0"), (b"gAMA", struct.pack(">I", 100_000))], True),
        ([(b"cICP", b"\x01\x0d\0\x01"), (b"gAMA", struct.pack(">I", 100_000))], True),
        ([(b"gAMA", struct.pack(">I", 100_000))], False),
        ([GAMMA, (b"cHRM", struct.pack(">8I", *P3_PLACES))], False),
        ([(b"cICP", b"\x0c\x0d\0\x01")], False),
        ([(b"cICP", b"\x09\x10\0\x01")], False),
    ],
)
def test_a_png_that_tells_other_colours_without_a_profile_stays_as_it_is(chunks, has_variants):
    data = save(draw(), "PNG")
    for name, body in reversed(chunks):
        data = put_chunk(data, name, body)
    assert bool(draw_variants(data, "PNG", 10**9)) == has_variants


@pytest.mark.parametrize(
    ("primaries", "transfer", "has_variants"),
    [(1, 13, True), (2, 2, True), (12, 13, False), (9, 16, False)],
)
def test_an_avif_that_tells_other_colours_without_a_profile_stays_as_it_is(
    primaries, transfer, has_variants
):
    data = save(draw(), "AVIF")
    at = data.index(b"colrnclx") + 8
    data = data[:at] + struct.pack(">HH", primaries, transfer) + data[at + 4 :]
    assert bool(draw_variants(data, "AVIF", 10**9)) == has_variants


def test_a_picture_that_is_too_high_for_webp_has_only_the_widths_that_fit():
    (made,) = draw_all(save(Image.new("L", (900, 25_000), 90), "PNG"), "PNG")
    assert made.size == (480, 13_333)
    assert draw_variants(save(Image.new("L", (500, 30_000), 90), "PNG"), "PNG", 10**9) == []


def test_nothing_that_is_no_pixel_is_in_it():
    exif = Image.Exif()
    exif[0x010F] = "Secret camera"
    data = save(draw(), "JPEG", exif=exif, comment=b"Secret words", icc_profile=b"y" * 300)
    for variant in draw_variants(data, "JPEG", 10**9):
        assert b"Secret" not in variant.data
        assert not {b"EXIF", b"ICCP", b"XMP "} & {variant.data[i : i + 4] for i in range(200)}


def test_what_moves_and_what_is_tiny_stays_as_it_is():
    frames = [draw(left=(n, n, n)) for n in (0, 90)]
    moving = save(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    assert draw_variants(moving, "WebP", 10**9) == []
    gif = save(frames[0].quantize(), "GIF", save_all=True, append_images=[frames[1].quantize()])
    assert draw_variants(gif, "GIF", 10**9) == []
    assert draw_variants(save(draw(size=(480, 10)), "PNG"), "PNG", 10**9) == []


def test_a_variant_that_saves_nothing_is_none():
    data = save(draw(), "PNG")
    made = draw_variants(data, "PNG", 10**9)
    assert draw_variants(data, "PNG", len(made[0].data)) == []
    sizes = [len(v.data) for v in made]
    assert sizes == sorted(set(sizes))


def test_the_same_picture_is_the_same_bytes():
    data = save(draw(), "JPEG")
    assert draw_variants(data, "JPEG", 10**9) == draw_variants(data, "JPEG", 10**9)


def test_pixels_that_are_cut_off_are_named():
    data = save(Image.effect_noise((1300, 1300), 90), "JPEG")
    with pytest.raises(InvalidPicture, match="damaged"):
        draw_variants(data[: len(data) // 3], "JPEG", 10**9)


def draw_photo(mode="L", size=(1300, 900), grain=40):
    """Draw what is in every place a little different, as a photograph is."""
    layers = [
        Image.effect_noise((size[0] // scale, size[1] // scale), strength).resize(size)
        for scale, strength in ((64, 90), (8, 50), (1, grain))
    ]
    grey = Image.blend(Image.blend(layers[0], layers[1], 0.5), layers[2], 0.4)
    return grey if mode == "L" else Image.merge("RGB", [grey, *layers[1:]])


def is_lossless(variant):
    return variant.data[12:16] == b"VP8L"


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_grey_photograph_is_no_drawing_however_it_is_stored(mode):
    photo = draw_photo("L").convert(mode)
    made = draw_variants(save(photo, "JPEG", quality=90), "JPEG", 10**9)
    assert [variant.width for variant in made] == [*WIDTHS]
    assert not any(map(is_lossless, made))


def draw_lines(colours):
    """Draw lines and letters on a white ground."""
    image = Image.new("RGB", (1300, 900), "white")
    pen = ImageDraw.Draw(image)
    for number in range(20):
        pen.line((number * 60, 0, 1200 - number * 15, 900), colours[number % len(colours)], 3)
        pen.text((number * 60, number * 40), "What we read", colours[number % len(colours)])
    return image


@pytest.mark.parametrize("colours", [["black"], ["#333", "#999"], ["#555"]])
def test_a_drawing_stays_as_sharp_as_it_is(colours):
    made = draw_variants(save(draw_lines(colours), "PNG"), "PNG", 10**9)
    assert [is_lossless(variant) for variant in made] == [True] * len(WIDTHS)


@pytest.mark.parametrize(("mode", "grain"), [("L", 55), ("RGB", 25)])
def test_a_telephone_gets_at_most_60_kb_of_a_dense_photograph(mode, grain, monkeypatch):
    data = save(draw_photo(mode, (1600, 1200), grain), "JPEG", quality=95)
    *small, large = draw_variants(data, "JPEG", 10**9)
    assert [variant.width for variant in small] == [480, 800]
    assert all(len(variant.data) <= 60_000 for variant in small)
    monkeypatch.setattr("catalogue.pictures.variants.TELEPHONE_BYTES", 10**9)
    first, second, third = draw_variants(data, "JPEG", 10**9)
    assert (first, third) == (small[0], large)
    assert len(second.data) > 60_000  # without that limit


def test_no_photograph_is_made_ugly_to_be_light(monkeypatch):
    qualities = []
    save_one = Image.Image.save

    def note(image, *args, **options):
        qualities.append(options.get("quality"))
        save_one(image, *args, **options)

    data = save(Image.effect_noise((800, 4000), 200), "JPEG", quality=95)
    monkeypatch.setattr(Image.Image, "save", note)
    (made,) = draw_variants(data, "JPEG", 10**9)
    assert len(made.data) > 60_000
    assert len(set(qualities) - {0}) > 1
    assert min(set(qualities) - {0}) == 30  # 0 is without loss
