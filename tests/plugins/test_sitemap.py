"""The sitemap names every page that is to be found, and robots.txt names the sitemap."""

import re
from datetime import UTC, datetime
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest

from catalogue import addresses
from plugins import sitemap
from plugins.sitemap import NAMESPACE, PICTURES, Entry, format_robots, format_sitemap
from tests.conftest import BELOW_URL, draw_png

SITE = f"{{{NAMESPACE}}}"


def read(data):
    """Return the addresses of a sitemap with what it says of each."""
    root = ElementTree.fromstring(data)
    return {
        each.findtext(f"{SITE}loc"): (
            each.findtext(f"{SITE}lastmod"),
            [image.text for image in each.iter(f"{{{PICTURES}}}loc")],
        )
        for each in root.iter(f"{SITE}url")
    }


def test_it_names_every_page_with_a_canonical_address_once_and_no_other(made):
    named = [e.text for e in ElementTree.fromstring(made.bytes("sitemap.xml")).iter(f"{SITE}loc")]
    canonical = [
        link.get("href")
        for page in made.pages.values()
        for link in page.all("link", rel="canonical")
    ]
    assert len(set(named)) == len(named)
    assert set(named) == set(canonical)


def test_a_post_has_its_pictures_and_its_last_change(build_site):
    post = (
        "Title: A\nDate: 2026-03-05 10:00\nModified: 2026-03-07\nTags: Reading\n"
        "Image: ../images/top.png\nImage-alt: Top\n\n"
        "![Below](../images/a%20b.png) and ![again](../images/a%20b.png)\n"
    )
    other = "Title: B\nDate: 2026-03-06 10:00\nTags: Reading\n\nText.\n"
    reply = "Author: Ann\nDate: 2026-03-09 08:00\n\nYes.\n"
    files = {
        "posts/a.md": post,
        "posts/b.md": other,
        "comments/b/1.md": reply,
        "topics/reading.md": "Title: Reading\n\nA note: ![Below](../images/a%20b.png)\n",
        "images/top.png": draw_png(),
        "images/a b.png": draw_png(),
    }
    pages = read(build_site(files, siteurl=BELOW_URL, TIMEZONE="UTC").bytes("sitemap.xml"))
    assert pages[f"{BELOW_URL}/posts/a/"] == (
        "2026-03-07T00:00:00+00:00",
        [f"{BELOW_URL}/images/top.png", f"{BELOW_URL}/images/a%20b.png"],
    )
    assert pages[f"{BELOW_URL}/posts/b/"][0] == "2026-03-09T08:00:00+00:00"
    assert pages[f"{BELOW_URL}/topics/reading/"] == (
        "2026-03-09T08:00:00+00:00",
        [f"{BELOW_URL}/images/a%20b.png"],
    )
    assert pages[f"{BELOW_URL}/about/"] == (None, [])


def test_too_many_pages_for_one_file_are_parts_below_an_index(build_site, monkeypatch):
    for module in (addresses, sitemap):
        monkeypatch.setattr(module, "MOST_IN_SITEMAP", 5)
    posts = {
        f"posts/{n}.md": f"Title: Post {n}\nDate: 2026-03-0{n}\nTags: Reading\n\nText {n}.\n"
        for n in range(1, 8)
    }
    site = build_site(posts, siteurl=BELOW_URL)
    index = ElementTree.fromstring(site.bytes("sitemap.xml"))
    parts = [each.text.removeprefix(f"{BELOW_URL}/") for each in index.iter(f"{SITE}loc")]
    assert parts == sorted(name for name in site.files if re.fullmatch(r"sitemap-\d+\.xml", name))
    named = [address for part in parts for address in read(site.bytes(part))]
    assert len(named) == len(set(named)) > 10
    assert all(len(read(site.bytes(part))) <= 5 for part in parts)


@pytest.mark.parametrize("address", ["/posts/r&d/", "/posts/<b>/", "/posts/ü/"])
def test_an_address_is_written_as_xml_and_urls_are(address):
    moment = datetime(2026, 3, 4, tzinfo=UTC).isoformat()
    (named,) = read(format_sitemap([Entry(address, moment, [address])], "https://e.org"))
    assert re.fullmatch(r"https://e\.org/posts/[\w%/]+", named, re.ASCII)


def test_robots_may_read_everything_and_learn_of_the_sitemap():
    robots = RobotFileParser()
    robots.parse(format_robots("https://e.org/blog").splitlines())
    assert robots.can_fetch("Anybot", "https://e.org/blog/posts/a/")
    assert robots.site_maps() == ["https://e.org/blog/sitemap.xml"]
