"""Pictures are made once, kept where they can be trusted, and planned like every file of the site."""

import hashlib
import io
import os
import re

import pytest
from PIL import Image

import building.variants
from building.made_pictures import MadePictures, open_made_pictures
from catalogue.pictures.variants import draw_variants
from catalogue.problems import Refused
from tests.conftest import BELOW_URL

POST = (
    "Title: {0}\nDate: 2026-03-0{0}\nTags: Reading\n\nWords.\n\n![A shelf](../images/photo.jpg)\n"
)


def draw_photo(width=1500, height=1000, colour="seagreen"):
    stream = io.BytesIO()
    noise = Image.effect_noise((width, height), 40)
    Image.merge("RGB", (noise, Image.new("L", noise.size, 80), noise)).save(
        stream, "JPEG", quality=90
    )
    return stream.getvalue()


PHOTO, OTHER = draw_photo(), draw_photo(900, 600)
FIRST, SECOND = (hashlib.sha256(data).hexdigest() for data in (PHOTO, OTHER))


@pytest.fixture
def made(tmp_path):
    content, folder = tmp_path / "content", tmp_path / "kept"
    (content / "images").mkdir(parents=True)
    folder.mkdir()
    (content / "images/photo.jpg").write_bytes(PHOTO)
    (content / "images/other.jpg").write_bytes(OTHER)
    return MadePictures(content, folder, b"key")


def test_a_page_offers_each_width_and_all_of_them_are_there(build_site):
    site = build_site({"posts/a.md": POST.format(1), "images/photo.jpg": PHOTO}, siteurl=BELOW_URL)
    picture = site.page("posts/a/").one("img")
    assert (picture.get("width"), picture.get("height")) == ("1500", "1000")
    choices = [choice.split() for choice in picture.get("srcset").split(", ")]
    assert [width for _, width in choices] == ["480w", "800w", "1200w"]
    for address, width in choices:
        file = Image.open(io.BytesIO(site.bytes(address.removeprefix("/blog/"))))
        assert (file.format, f"{file.width}w") == ("WEBP", width)
    assert picture.get("sizes")
    assert picture.get("src") == "/blog/images/photo.jpg"


def test_only_the_first_picture_of_a_page_is_loaded_at_once(build_site):
    body = POST.format(1) + "\n![Again](../images/photo.jpg)\n"
    top = body.replace("\n\nWords", "\nImage: ../images/photo.jpg\nImage-alt: Top\n\nWords", 1)
    asked = "Query: Why?\n\nShort answer: ![It](../images/photo.jpg)\n\nWords."
    files = {
        "posts/a.md": body,
        "posts/b.md": top.replace("03-01", "03-02"),
        "posts/c.md": body.replace("Words.", asked).replace("03-01", "03-03"),
        "images/photo.jpg": PHOTO,
    }
    site = build_site(files)
    for name, lazy in (("a", [False, True]), ("b", [False, True, True])):
        found = site.page(f"posts/{name}/").all("img")
        assert [e.get("loading") == e.get("decoding") or bool(e.get("loading")) for e in found]
        assert [e.get("loading") == "lazy" for e in found] == lazy
    assert [e.get("loading") for e in site.page("posts/c/").all("img")][1:] == ["lazy"] * 2


def test_the_picture_at_the_top_has_its_widths_too(build_site):
    post = "Title: A\nDate: 2026-03-01\nTags: Reading\nImage: photo.jpg\nImage-alt: Top\n\nWords.\n"
    picture = (
        build_site({"posts/a.md": post, "images/photo.jpg": PHOTO}).page("posts/a/").one("img")
    )
    assert (picture.get("width"), picture.get("alt")) == ("1500", "Top")
    assert picture.get("srcset").count("w") >= 3
    assert picture.get("loading") is None


def test_a_feed_has_a_picture_with_its_size_and_one_address(build_site):
    site = build_site({"posts/a.md": POST.format(1), "images/photo.jpg": PHOTO})
    (entry,) = site.feed("feeds/all.atom.xml").entries
    (tag,) = re.findall("<img[^>]*>", entry.content[0].value)
    assert 'width="1500"' in tag
    assert "srcset" not in tag
    assert "loading" not in tag


def test_a_size_that_is_typed_keeps_the_shape(build_site):
    texts = {
        '<img src="../images/photo.jpg" alt="x" width="300">': ("300", "200"),
        '<img src="../images/photo.jpg" alt="x" height="100">': ("150", "100"),
        '<img src="../images/photo.jpg" alt="x" width="50%">': ("50%", None),
        '<img src="../images/photo.jpg" alt="x" width="7" height="9">': ("7", "9"),
    }
    for text, size in texts.items():
        post = f"Title: A\nDate: 2026-03-01\nTags: Reading\n\n{text}\n"
        site = build_site({"posts/a.md": post, "images/photo.jpg": PHOTO})
        picture = site.page("posts/a/").one("img")
        assert (picture.get("width"), picture.get("height")) == size, text


def test_a_picture_of_several_posts_is_made_once(build_site, monkeypatch):
    drawn = []
    make = MadePictures.make
    monkeypatch.setattr(
        MadePictures,
        "make",
        lambda self, path, digest: drawn.append(path) or make(self, path, digest),
    )
    posts = {f"posts/{n}.md": POST.format(n) for n in (1, 2, 3)}
    copies = {"images/photo.jpg": PHOTO, "images/unused.jpg": draw_photo(600, 400)}
    site = build_site(posts | copies)
    assert drawn == ["images/photo.jpg"]
    assert sum(name.endswith(".webp") for name in site.files) == 3


def test_what_is_kept_is_found_again_and_nothing_else_is(made):
    assert made.find(FIRST) is None
    sizes = made.make("images/photo.jpg", FIRST)
    assert made.find(FIRST) == sizes
    assert made.find(SECOND) is None
    assert MadePictures(made.content, made.folder, b"other key").find(FIRST) is None


def test_a_file_that_is_gone_or_changed_is_made_again(made):
    digest = hashlib.sha256(PHOTO).hexdigest()
    sizes = made.make("images/photo.jpg", digest)
    (first, *_) = sorted(made.folder.glob("*-480.webp"))
    good = first.read_bytes()
    first.write_bytes(b"something else")
    width, _, sha = sizes[0]
    assert made.load("images/photo.jpg", digest, width, sha) == good
    first.unlink()
    assert made.find(digest) is None


def test_facts_that_were_written_by_others_are_not_believed(made):
    made.make("images/photo.jpg", FIRST)
    (facts,) = made.folder.glob("*.json")
    facts.write_text(facts.read_text("utf-8").replace("480", "481"), "utf-8")
    assert made.find(FIRST) is None
    facts.write_bytes(b"\xff\x00")
    assert made.find(FIRST) is None


def test_what_no_picture_needs_any_more_is_removed(made):
    made.make("images/photo.jpg", FIRST)
    made.make("images/other.jpg", SECOND)
    name = made.name(SECOND)
    left, busy = (made.folder / f"{name}-480.webp.{number}" for number in (1, 2))
    for path in (left, busy, made.folder / "holiday.jpg"):  # the last is nobody's but the author's
        path.write_bytes(b"x")
    os.utime(left, (0, 0))
    made.drop_all_but([SECOND])
    assert made.find(FIRST) is None
    assert made.find(SECOND)
    assert not left.exists()
    assert {path.name for path in made.folder.iterdir()} == {
        f"{name}.json",
        f"{name}-480.webp",
        f"{name}-800.webp",
        busy.name,
        "holiday.jpg",
    }


def test_nothing_is_kept_of_a_picture_that_changed_after_it_was_judged(made):
    (made.content / "images/photo.jpg").write_bytes(OTHER)
    assert "was changed" in made.make("images/photo.jpg", FIRST)
    assert not [*made.folder.iterdir()]
    with pytest.raises(Refused, match=r"images/photo\.jpg was changed"):
        made.load("images/photo.jpg", FIRST, 480, "0")


def test_where_nothing_may_be_written_it_is_made_for_this_run_only(tmp_path, monkeypatch):
    monkeypatch.setattr("building.made_pictures.read_key", lambda: b"key")
    monkeypatch.setattr("building.made_pictures.ROOT", tmp_path)
    settings = {"PATH": str(tmp_path), "READING_CACHE": ".cache/readings.sqlite3"}
    kept = open_made_pictures(settings)
    assert kept.folder.is_relative_to(tmp_path / ".cache/pictures")
    monkeypatch.setattr("building.made_pictures.os.access", lambda *_: False)
    assert not open_made_pictures(settings).folder.is_relative_to(tmp_path / ".cache")


def test_without_a_cache_nothing_is_left_behind(tmp_path):
    kept = open_made_pictures({"PATH": str(tmp_path), "READING_CACHE": ""})
    folder = kept.folder
    assert folder.is_dir()
    del kept
    assert not folder.exists()


def test_a_picture_that_cannot_be_decoded_is_named_and_nothing_is_built(build_site):
    files = {"posts/a.md": POST.format(1), "images/photo.jpg": PHOTO}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("building.made_pictures.draw_variants", cut_off)
        with pytest.raises(AssertionError, match=r"images/photo\.jpg: This picture is damaged"):
            build_site(files)


def cut_off(data, kind, most):
    """Draw a picture as if its pixels ended early."""
    return draw_variants(data[: len(data) // 4], kind, most)


def test_an_address_that_the_author_uses_is_hers(build_site):
    files = {
        "posts/a.md": POST.format(1) + "\n![Mine](../images/photo.jpg.480.webp)\n",
        "images/photo.jpg": PHOTO,
        "images/photo.jpg.480.webp": draw_variants(PHOTO, "JPEG", 10**9)[0].data,
    }
    site = build_site(files)
    first = site.page("posts/a/").all("img")[0]
    assert "480w" not in first.get("srcset")
    assert site.bytes("images/photo.jpg.480.webp") == files["images/photo.jpg.480.webp"]


def test_progress_says_how_many_are_done(made, monkeypatch):
    said = []
    make = building.variants.make_maker(made, 2, said.append)
    make(("images/photo.jpg", FIRST))
    make(("images/other.jpg", SECOND))
    assert [text.split(" ", 2)[-1] for text in said] == ["1 of 2", "2 of 2"]
    assert os.listdir(made.folder)
