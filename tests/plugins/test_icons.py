"""The site has an icon wherever a system looks for one, and asks nobody for it."""

import io
import json
import re
from urllib.parse import unquote

import pytest
from PIL import Image

from plugins.icons import FOLDER, PNG_SIZES, read_icon
from tests.conftest import BELOW_URL, PROJECT

THEME = PROJECT / "theme"
SVG = read_icon(THEME, "icon").decode()
PATH = re.compile(r"<path fill='(#[0-9a-f]+)' d='([^']+)'/>")
BOX = re.compile(r"M(\d) (\d)h(\d)v(\d)H\1z")
GRID = 8  # squares a side


def read_squares():
    """Return the colour of each square of the drawing, by its column and row."""
    squares = {}
    for colour, boxes in PATH.findall(SVG):
        digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
        for x, y, width, height in (map(int, box) for box in BOX.findall(boxes)):
            for column in range(x, x + width):
                squares |= {(column, row): bytes.fromhex(digits) for row in range(y, y + height)}
    return squares


def test_the_icon_in_a_page_is_the_drawing_itself(made):
    page = made.page("")
    address = page.one("link", rel="icon").get("href")
    assert unquote(address) == f"data:image/svg+xml,{SVG.strip()}"
    assert not set('<>#" ') & set(address)
    assert len(address) < 300


def check_picture(picture, side):
    """Check that a picture shows the drawing, in the middle of each square."""
    assert picture.size == (side, side)
    image, squares = picture.convert("RGB"), read_squares()
    assert len(squares) == GRID * GRID
    for (column, row), colour in squares.items():
        place = [int((number + 0.5) * side / GRID) for number in (column, row)]
        assert bytes(image.getpixel(tuple(place))) == colour, (column, row)


@pytest.mark.parametrize("key", PNG_SIZES)
def test_each_png_is_the_drawing_in_its_size(key):
    with Image.open(io.BytesIO(read_icon(THEME, key))) as picture:
        check_picture(picture, PNG_SIZES[key])


@pytest.mark.parametrize("side", [16, 32, 48])
def test_the_ico_has_the_drawing_in_all_sizes_that_systems_ask_for(side):
    with Image.open(io.BytesIO(read_icon(THEME, "favicon"))) as picture:
        check_picture(picture.ico.getimage((side, side)), side)


def test_the_site_has_each_file_of_the_icon_as_it_is_in_the_theme(made):
    files = {path.name: path.read_bytes() for path in (THEME / FOLDER).iterdir()}
    assert len(files) == len(PNG_SIZES) + 2
    assert {name: made.bytes(name) for name in files} == files


def test_the_manifest_is_right_below_a_folder_and_names_files_that_are_there(sample_below):
    manifest = json.loads(sample_below.text("site.webmanifest"))
    assert (manifest["start_url"], manifest["scope"]) == ("/blog/", "/blog/")
    for icon in manifest["icons"]:
        name = icon["src"].removeprefix("/blog/")
        assert name in sample_below.files
        if icon["type"] == "image/png":
            size = Image.open(io.BytesIO(sample_below.bytes(name))).size
            assert icon["sizes"] == f"{size[0]}x{size[1]}"


def test_each_page_has_a_colour_for_the_browser_in_both_schemes(made):
    colours = made.page("").all("meta", name="theme-color")
    assert [each.get("media") for each in colours] == [
        "(prefers-color-scheme: light)",
        "(prefers-color-scheme: dark)",
    ]


def test_what_stands_in_extra_takes_the_place_of_what_the_site_makes(build_site):
    own = b"\0\0\1\0mine"
    files = {
        "extra/favicon.ico": own,
        "extra/robots.txt": "User-agent: *\nDisallow: /private/\n",
        "extra/site.webmanifest": '{"name": "Mine"}',
    }
    site = build_site(files, siteurl=BELOW_URL)
    assert site.bytes("favicon.ico") == own
    assert site.text("robots.txt") == files["extra/robots.txt"]
    assert json.loads(site.text("site.webmanifest")) == {"name": "Mine"}
    assert "icon.svg" in site.files
    assert site.page("").one("link", rel="icon").get("href") == "/blog/favicon.ico"
