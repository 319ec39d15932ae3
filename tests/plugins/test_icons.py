"""The site has an icon wherever a system looks for one, and asks nobody for it."""

import io
import json
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from PIL import Image

from plugins.icons import ICO_SIZES, draw_ico, draw_png, format_data_address, format_svg
from tests.conftest import BELOW_URL


def test_the_icon_in_a_page_is_the_drawing_itself(made):
    page = made.page("")
    address = page.one("link", rel="icon").get("href")
    assert unquote(address) == f"data:image/svg+xml,{format_svg()}"
    assert ElementTree.fromstring(format_svg()).tag.endswith("svg")
    assert not set('<>#" ') & set(address)


@pytest.mark.parametrize("side", [180, 192, 512])
def test_a_png_has_its_size_and_the_two_colours(side):
    image = Image.open(io.BytesIO(draw_png(side))).convert("RGB")
    assert image.size == (side, side)
    assert image.getpixel((0, 0)) == (0xA3, 0x14, 0x2B)
    assert image.getpixel((side // 2, side // 4)) == (255, 255, 255)


def test_the_ico_has_all_sizes_that_systems_ask_for():
    image = Image.open(io.BytesIO(draw_ico()))
    assert image.info["sizes"] == {(side, side) for side in ICO_SIZES}


def test_the_same_icon_is_the_same_bytes():
    assert (draw_png(192), draw_ico()) == (draw_png(192), draw_ico())
    assert len(format_data_address(format_svg())) < 300


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
