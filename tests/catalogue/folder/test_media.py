"""Files that are no texts are read within their bound, and judged before they are published."""

import hashlib
import os
import tracemalloc
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from building.jobs import draw_copy
from catalogue.catalogue import read_catalogue
from catalogue.folder.media import read_media as read_file
from catalogue.folder.sizes import MB
from catalogue.folder.walk import list_files
from catalogue.judging import View
from catalogue.pictures import facts
from catalogue.problems import Refused, format_report
from catalogue.read_all import read_sources
from catalogue.reading_cache import ReadingCache

POST = "Title: A\nDate: 2024-05-01\n\n"
HTML = b"<!doctype html><title>x</title>"


def photo(kind="JPEG", **options):
    """Draw a photo with a place, an artist and a comment."""
    exif = Image.Exif()
    exif[0x013B] = "Zq7Mark"
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 0.0)}
    file = BytesIO()
    Image.new("RGB", (24, 16), "teal").save(file, kind, exif=exif, **options)
    return file.getvalue()


def draw_badly():
    """Draw a photo with a segment that nobody knows."""
    return photo()[:2] + b"\xff\xf7\0\3x" + photo()[2:]


@pytest.fixture
def content(tmp_path):
    (tmp_path / "posts").mkdir()
    (tmp_path / "images").mkdir()
    (tmp_path / "extra").mkdir()
    return tmp_path


def read_media(content, cache=None):
    """Read all files, and measure the most memory that this took at once."""
    sources, problems = list_files(content)
    tracemalloc.start()
    try:
        _, media = read_sources(content, sources, cache or ReadingCache(None, content))
        return media, problems, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def judge(content):
    """Judge a content folder: the level and text of what is wrong, by path."""
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    catalogue = read_catalogue(content, View(ZoneInfo("UTC"), now, 10))
    return {problem.path: (problem.level, problem.text) for problem in catalogue.problems}


@pytest.mark.parametrize("size", [4 * 1024**3, 10 * MB + 1])
def test_of_a_picture_above_the_bound_nothing_is_read(content, size):
    path = content / "images/huge.png"
    path.write_bytes(photo("PNG"))
    os.truncate(path, size)
    media, _, memory = read_media(content)
    (problem,) = media["images/huge.png"].problems
    assert "10 MB is the most" in problem.text
    assert media["images/huge.png"].digest == ""
    assert memory < 4 * MB


def test_the_same_holds_when_it_was_small_the_last_time(content, tmp_path_factory):
    path, file = content / "images/a.png", tmp_path_factory.mktemp("cache") / "readings.sqlite3"
    path.write_bytes(photo("PNG"))
    cache = ReadingCache(file, content)
    read_media(content, cache)
    cache.save()
    os.truncate(path, 4 * 1024**3)
    media, _, memory = read_media(content, ReadingCache(file, content))
    assert "10 MB is the most" in media["images/a.png"].problems[0].text
    assert memory < 4 * MB


@pytest.mark.parametrize("name", ["images/long.pdf", "extra/long.bin"])
def test_a_long_file_is_hashed_piece_by_piece(content, name):
    data = b"%PDF-1.7\n" + bytes(20 * MB)
    (content / name).write_bytes(data)
    media, _, memory = read_media(content)
    assert media[name].digest == hashlib.sha256(data).hexdigest()
    assert memory < 4 * MB


@pytest.mark.parametrize("name", ["images/a.jpg", "images/a.pdf", "extra/a.bin", "extra/a.jpg"])
@pytest.mark.parametrize("other", ["pipe", "link", "folder", "nothing", "long"])
def test_what_takes_the_place_of_a_file_behind_our_back_is_a_problem(content, name, other):
    path = content / name
    path.write_bytes(photo())
    sources, _ = list_files(content)
    path.unlink()
    if other == "pipe":
        getattr(os, "mkfifo", os.mkdir)(path)
    elif other == "link":
        (content / "real").write_bytes(photo())
        path.symlink_to(content / "real")
    elif other == "folder":
        path.mkdir()
    elif other == "long":
        path.write_bytes(photo())
        os.truncate(path, 4 * 1024**3)
    _, media = read_sources(content, sources, ReadingCache(None, content))
    (problem,) = media[name].problems
    assert problem.level == "error"
    assert media[name].digest == ""
    with pytest.raises(Refused):
        draw_copy(content, name, "")


@pytest.mark.parametrize("other", ["pipe", "link", "folder", "nothing", "long"])
def test_what_takes_the_place_of_a_text_behind_our_back_is_never_read(content, other):
    path = content / "posts/a.md"
    path.write_text(f"{POST}Words.\n")
    (content / "real").write_text(f"{POST}Words of another file.\n")
    sources, _ = list_files(content)
    path.unlink()
    if other == "pipe":
        getattr(os, "mkfifo", os.mkdir)(path)
    elif other == "link":
        path.symlink_to(content / "real")
    elif other == "folder":
        path.mkdir()
    elif other == "long":
        path.write_text(POST)
        os.truncate(path, 4 * 1024**3)
    records, _ = read_sources(content, sources, ReadingCache(None, content))
    record = records["posts/a.md"]
    assert ["cannot be opened" in problem.text for problem in record.problems] == [True]
    assert (record.digest, record.html) == ("", "")


def test_a_file_that_is_no_longer_what_was_judged_is_not_published(content):
    path = content / "images/a.jpg"
    path.write_bytes(photo())
    digest = read_media(content)[0]["images/a.jpg"].digest
    assert b"Zq7Mark" not in draw_copy(content, "images/a.jpg", digest)
    path.write_bytes(photo(quality=50))
    with pytest.raises(Refused, match="was changed while the site was built"):
        draw_copy(content, "images/a.jpg", digest)


@pytest.mark.parametrize("start", [b"GIF87a", b"GIF89a", b"RIFFrafsWEBP"])
def test_a_text_that_begins_as_a_picture_may_is_published_as_it_is(content, start):
    words = start + b" is how a picture begins.\n"
    (content / "images/a.txt").write_bytes(words)
    (content / "posts/a.md").write_text(f"{POST}[A file](../images/a.txt)\n")
    assert judge(content) == {}
    digest = hashlib.sha256(words).hexdigest()
    assert draw_copy(content, "images/a.txt", digest) == words


@pytest.mark.parametrize(
    ("name", "data", "seen"),
    [
        ("images/a.pdf", HTML, "web page"),
        ("images/a.txt", HTML, "web page"),
        ("images/a.jpg", draw_badly(), "save it again as JPEG or PNG"),
    ],
)
def test_what_must_not_be_published_is_an_error_if_it_is_and_else_a_warning(
    content, name, data, seen
):
    (content / name).write_bytes(data)
    (content / "posts/a.md").write_text(POST)
    assert judge(content)[name][0] == "warning"
    (content / "posts/a.md").write_text(f"{POST}[A file](../{name})\n")
    level, text = judge(content)[name]
    assert level == "error"
    assert seen in text


def test_a_picture_in_extra_is_judged_by_its_content(content):
    (content / "extra/me.jpg").write_bytes(photo())
    (content / "extra/bad.ico").write_bytes(draw_badly())
    (content / "extra/half.png").write_bytes(photo("PNG")[:99])
    (content / "extra/favicon.ico").write_bytes(b"\0\0\1\0\1\0" + bytes(99))
    (content / "extra/long.webp").write_bytes(photo("WebP"))
    os.truncate(content / "extra/long.webp", 11 * MB)
    found = judge(content)
    assert {path: level for path, (level, _) in found.items()} == {
        "extra/me.jpg": "warning",
        "extra/bad.ico": "error",
        "extra/half.png": "error",
        "extra/long.webp": "error",
    }
    assert "where it was taken" in found["extra/me.jpg"][1]


@pytest.mark.parametrize("name", ["images/a.jpg", "images/unused.webp", "extra/a.png"])
def test_the_size_and_type_of_a_picture_are_read_once_and_cached(content, name, monkeypatch):
    kind = {"jpg": "JPEG", "webp": "WebP", "png": "PNG"}[name.rpartition(".")[2]]
    (content / name).write_bytes(photo(kind))
    (content / "images/half.png").write_bytes(photo("PNG")[:99])
    (content / "images/a.txt").write_bytes(b"Words.")
    (content / "posts/a.md").write_text(f"{POST}![A photo](../{name})\n")
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    file = content.parent / "cache.sqlite3"
    for _ in range(2):
        catalogue = read_catalogue(content, View(ZoneInfo("UTC"), now, 10), cache_file=file)
        media = catalogue.media[name]
        assert (media.width, media.height, media.type) == (24, 16, kind)
        assert media.digest == hashlib.sha256((content / name).read_bytes()).hexdigest()
        for other in ("images/half.png", "images/a.txt"):
            media = catalogue.media[other]
            assert (media.width, media.height, media.type) == (0, 0, "")
        monkeypatch.setattr(facts, "read_kind_facts", lambda *_: 1 / 0)


def test_an_active_file_of_extra_is_an_annotation_of_the_pull_request(content, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    (content / "extra/sub").mkdir()
    (content / "extra/sub/evil.html").write_bytes(b"<svg onload='x()'/>")
    (content / "extra/CNAME").write_bytes(b"blog.example.org\n")
    (content / "extra/robots.txt").write_bytes(b"User-agent: *\n")
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    catalogue = read_catalogue(content, View(ZoneInfo("UTC"), now, 10))
    notes = [
        line
        for line in format_report(catalogue.problems, content).splitlines()
        if line.startswith("::warning ")
    ]
    assert [Path(line.split(",")[0].split("file=")[1]).name for line in notes] == [
        "CNAME",
        "evil.html",
    ]


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2">\n{}\n</svg>'


@pytest.mark.parametrize("name", ["extra/icon.svg", "extra/sub/a.SVG"])
def test_a_drawing_of_extra_is_judged_by_what_is_in_it(content, name):
    path = content / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(DRAWING.format("<path d='M0 0'/>"))
    media = read_file(content, name, "extra")
    assert (media.problems, media.width, media.height, media.type) == ([], 4, 2, "SVG")
    for inside, line, words in (
        ("<script/>", 2, "<script>"),
        ("<g onload='x()'/>", 2, "onload="),
        ("<g>", 3, "damaged or was cut off"),
    ):
        path.write_text(DRAWING.format(inside))
        media = read_file(content, name, "extra")
        (problem,) = media.problems
        assert (problem.path, problem.line, problem.level) == (name, line, "error")
        assert words in problem.text
        assert media.type == ""


def test_an_icon_of_the_author_is_published_without_what_it_tells(build_site):
    data = DRAWING.format("<!-- Zq7Mark --><path d='M0 0'/>")
    site = build_site({"posts/a.md": f"{POST}Words.", "extra/icon.svg": data})
    assert site.text("icon.svg") == data.replace("<!-- Zq7Mark -->", "")
    assert site.page("").one("link", rel="icon").get("href").endswith("/icon.svg")


def test_pictures_are_published_without_what_they_tell(build_site):
    names = {"a.jpg": "JPEG", "b.png": "PNG", "c.webp": "WebP", "d.avif": "AVIF"}
    pictures = {f"images/{name}": photo(kind) for name, kind in names.items()}
    body = "\n\n".join(f"![x](../images/{name})" for name in names)
    files = {"posts/a.md": POST.replace("Date", "Image: a.jpg\nImage-alt: x\nDate") + body}
    site = build_site({**files, **pictures, "extra/me.jpg": photo(), "extra/a.bin": b"Zq7Mark"})
    for name, data in [*pictures.items(), ("me.jpg", photo())]:
        assert b"Zq7Mark" in data
        assert b"Zq7Mark" not in site.bytes(name)
        with Image.open(BytesIO(site.bytes(name))) as image:
            assert image.size == (24, 16)
            assert not image.getexif()
    assert site.bytes("a.bin") == b"Zq7Mark"
