"""A post's picture is found wherever the site lies, by people and by programs."""

import html
import io
import json

import pytest
from PIL import Image

from tests.conftest import draw_png

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 600"><path d="M0 0"/></svg>'

POST = "Title: A\nDate: 2026-01-02\nImage: é b.png\nImage-alt: A shelf\n\nText.\n"


def test_the_address_of_a_picture_is_one_that_programs_can_read(build_site):
    files = {"posts/a.md": POST, "images/é b.png": draw_png(900, 500)}
    site = build_site(files, siteurl="https://example.github.io/blog")
    page = site.page("posts/a/")
    whole = page.one("meta", property="og:image").get("content")
    assert whole == "https://example.github.io/blog/images/%C3%A9%20b.png"
    shown = page.one("img").get("src")
    assert {site.find("posts/a/", address)[0] for address in (whole, shown)} == {"images/é b.png"}
    assert page.one("img").get("alt") == "A shelf"
    assert page.one("meta", property="og:image:alt").get("content") == "A shelf"


def test_a_post_without_a_picture_shows_none_and_names_its_card(build_site):
    bare = "Title: A\nDate: 2026-01-02\n\nText.\n"
    page = build_site({"posts/a.md": bare}).page("posts/a/")
    assert not page.all("img")
    (shared,) = page.all("meta", property="og:image")
    assert shared.get("content").endswith("/posts/a/card.png")


def draw(kind, width, height):
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(stream, kind)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "kind", "picture"),
    [
        ("b.svg", "image/svg+xml", DRAWING),
        ("b.avif", "image/avif", draw("AVIF", 900, 600)),
        ("b.png", "image/png", draw_png(299, 299)),
        ("b.gif", "image/gif", draw("GIF", 1000, 100)),
    ],
)
def test_the_card_stands_where_other_sites_cannot_show_the_picture_large(
    build_site, name, kind, picture
):
    body = "Text.\n\n![More](../images/more.png)"
    post = POST.replace("é b.png", name).replace("Text.", body)
    files = {"posts/a.md": post, f"images/{name}": picture, "images/more.png": draw_png(900, 500)}
    site = build_site(files)
    page, own = site.page("posts/a/"), f"{site.url}/images/{name}"
    assert page.all("img")[0].get("src").endswith(f"/images/{name}")
    assert page.one("meta", property="og:image").get("content") == f"{site.url}/posts/a/card.png"
    assert page.one("meta", property="og:image:alt").get("content") == "A"
    assert page.meta("twitter:card") == "summary_large_image"
    assert "posts/a/card.png" in site.files
    # Programs that read more types are told of the picture itself.
    assert json.loads(site.text("feeds/all.json"))["items"][0]["image"] == own
    for feed in ("feeds/all.atom.xml", "feeds/all.rss.xml"):
        (told,) = site.feed(feed).entries[0].media_content
        assert (told["url"], told["type"]) == (own, kind)
    assert f'"image":"{own}"' in page.source.replace('": "', '":"')


def test_a_picture_named_in_another_form_stands_for_its_post(build_site):
    files = {
        "posts/a.md": POST.replace("é b.png", "ann’s.png"),
        "images/ann's.png": draw_png(900, 500),
    }
    site = build_site(files)
    shared = site.page("posts/a/").one("meta", property="og:image").get("content")
    assert shared == f"{site.url}/images/ann's.png"
    assert "posts/a/card.png" not in site.files


def test_a_picture_without_a_text_is_called_as_its_post_elsewhere(build_site):
    post = POST.replace("Image-alt: A shelf\n", "").replace("Title: A", "Title: “A” & b")
    page = build_site({"posts/a.md": post, "images/é b.png": draw_png(900, 500)}).page("posts/a/")
    assert page.one("meta", property="og:image:alt").get("content") == "“A” & b"
    assert page.one("img").get("alt") == ""


def test_a_picture_has_one_address_wherever_it_is_named(build_site):
    name = "Foto mit Leerzeichen & ü (1).PNG"
    stream = io.BytesIO()
    Image.effect_noise((900, 600), 90).convert("RGB").save(stream, "PNG")
    post = POST.replace("é b.png", name).replace("Text.", f"![Again](<../images/{name}>)")
    files = {"posts/a.md": post, f"images/{name}": stream.getvalue()}
    site = build_site(files, siteurl="https://example.github.io/blog")
    path = "/blog/images/Foto%20mit%20Leerzeichen%20&%20%C3%BC%20(1).PNG"
    whole = f"https://example.github.io{path}"
    page = site.page("posts/a/")
    for shown in page.all("img"):
        choices = [choice.split(" ") for choice in shown.get("srcset").split(", ")]
        named = [f"{path}.480.webp", f"{path}.800.webp", path]
        assert (shown.get("src"), [address for address, _ in choices]) == (path, named)
    assert page.one("meta", property="og:image").get("content") == whole
    assert json.loads(site.text("feeds/all.json"))["items"][0]["image"] == whole
    data = json.loads(page.one("script", type="application/ld+json").text)
    assert data["@graph"][0]["image"] == whole
    assert f"<image:loc>{html.escape(whole)}</image:loc>" in site.text("sitemap.xml")
    for feed in ("feeds/all.atom.xml", "feeds/all.rss.xml"):
        assert f'"{html.escape(whole)}"' in site.text(feed)
