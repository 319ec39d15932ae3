"""Pictures in a real browser: each in the width that the screen needs, in its shape and colours."""

import io

import pytest
from PIL import Image, ImageFilter

from tests.conftest import BELOW_URL

PHONES = [2, 3]  # pixels a dot
LIMIT = 60 * 1024  # bytes of a picture that a telephone is sent


def draw_photo(width=4000, height=3000):
    """Draw something as busy as a photo: soft forms with grain."""
    forms = Image.effect_noise((width // 60, height // 60), 80).resize((width, height))
    grain = Image.effect_noise((width, height), 10).filter(ImageFilter.GaussianBlur(1))
    other = forms.transpose(Image.Transpose.ROTATE_180)
    stream = io.BytesIO()
    Image.merge("RGB", (Image.blend(forms, grain, 0.2), forms, other)).save(
        stream, "JPEG", quality=92
    )
    return stream.getvalue()


def draw_drawing():
    """Draw black lines without a ground, much higher than wide."""
    image = Image.new("RGBA", (600, 1000), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (100, 100, 500, 120))
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture(scope="module")
def shown(serve, build_site):
    """Serve a post with a photo of twelve megapixels, and one with a drawing."""
    post = "Title: {0}\nDate: 2026-03-0{1}\nTags: Reading\n\n![A picture](../images/{0})\n"
    files = {
        "posts/photo.md": post.format("photo.jpg", 1),
        "posts/drawing.md": post.format("drawing.png", 2),
        "images/photo.jpg": draw_photo(),
        "images/drawing.png": draw_drawing(),
    }
    return serve(build_site(files, siteurl=BELOW_URL).folder.parent) + "/blog/"


@pytest.mark.parametrize("density", PHONES)
def test_a_telephone_is_sent_a_small_picture_and_no_other(open_context, shown, density):
    context = open_context(viewport={"width": 390, "height": 844}, device_scale_factor=density)
    tab, sent = context.new_page(), {}
    tab.on("response", lambda response: sent.update({response.url: len(response.body())}))
    tab.goto(f"{shown}posts/photo/", wait_until="networkidle")
    pictures = {url: size for url, size in sent.items() if "/images/" in url}
    assert len(pictures) == 1
    assert max(pictures.values()) <= LIMIT
    assert "480" not in min(pictures)  # nor one that is coarse


def test_a_picture_is_in_the_window_in_its_shape_and_on_a_light_ground_by_night(tab, shown):
    tab.set_viewport_size({"width": 1280, "height": 700})
    tab.emulate_media(color_scheme="dark")
    tab.goto(f"{shown}posts/drawing/")
    picture = tab.locator("article img")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box["height"] <= 700 * 0.9 + 1
    shot = Image.open(io.BytesIO(picture.screenshot())).convert("L")
    light, dark = shot.getextrema()[::-1]
    assert (dark < 40, light > 240) == (True, True)


@pytest.mark.parametrize(("title", "side"), [("A", 0), ("\u05d0", 1)])
def test_a_photograph_narrower_than_its_place_begins_where_words_do_and_has_no_bands_by_night(
    tab, serve, build_site, title, side
):
    post = f"Title: {title}\nDate: 2026-03-01\nTags: Reading\n\n![A portrait](../images/a.JPG)\n"
    files = {"images/a.JPG": draw_photo(600, 1800), "posts/a.md": post}
    tab.set_viewport_size({"width": 1280, "height": 700})
    tab.emulate_media(color_scheme="dark")
    tab.goto(f"{serve(build_site(files).folder)}/posts/a/")
    picture = tab.locator("article img")
    box = picture.bounding_box()
    assert box["width"] > box["height"] / 3 + 100  # than the photograph is in it
    shot = Image.open(io.BytesIO(picture.screenshot())).convert("L")
    ends = [[shot.getpixel((x, y)) for y in range(50, 550)] for x in (2, shot.width - 3)]
    assert max(ends[side]) > 100
    assert max(ends[1 - side]) < 40


def test_the_place_of_a_picture_is_free_before_it_is_there(tab, shown):
    tab.route("**/images/**", lambda route: None)
    tab.goto(f"{shown}posts/photo/", wait_until="commit")
    tab.wait_for_selector("article img", state="attached")
    box = tab.locator("article img").bounding_box()
    assert box["height"] == pytest.approx(box["width"] * 3 / 4, abs=1)
    tab.unroute("**/images/**")
