"""A post's picture is found wherever the site lies, by people and by programs."""

from tests.conftest import draw_png

POST = "Title: A\nDate: 2026-01-02\nImage: é b.png\nImage-alt: A shelf\n\nText.\n"


def test_the_address_of_a_picture_is_one_that_programs_can_read(build_site):
    files = {"posts/a.md": POST, "images/é b.png": draw_png()}
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


def test_a_drawing_that_other_sites_cannot_show_is_on_the_page_only(build_site):
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 600"><path d="M0 0"/></svg>'
    )
    post = POST.replace("é b.png", "b.svg")
    page = build_site({"posts/a.md": post, "images/b.svg": drawing}).page("posts/a/")
    assert page.one("img").get("src").endswith("/images/b.svg")
    shared = page.all("meta", property="og:image")
    assert not [image for image in shared if image.get("content").endswith(".svg")]
