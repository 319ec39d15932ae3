"""A link finds its file in whatever form the file's name is stored and the link is typed."""

import sys
import unicodedata
from datetime import UTC, datetime
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest

from catalogue.catalogue import read_catalogue
from catalogue.folder.regular_files import find_stored
from catalogue.judging import View
from tests.conftest import build_tree, draw_png, write_files

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps any form of a name")
ZONE, NOW = ZoneInfo("UTC"), datetime(2026, 11, 23, tzinfo=UTC)
FORMS = ("NFC", "NFD")
TEXTS = {
    "pages/about.md": "Title: About\n\nWho writes here.\n",
    "topics/reading.md": "Title: Reading\n\nPosts about reading.\n",
}


def make_files(stored, typed):
    """Return a site's files with names in one form of Unicode, and links to them in another."""
    body = "![A head](../images/Tête/é.png), [c](café.md#été), [p](../images/Prüfung.pdf)."
    header = "Title: A\nDate: 2024-05-01\nImage: images/Tête/é.png\nImage-alt: A head"
    links = unicodedata.normalize(typed, f"{header}\n\n{body}\n")
    files = {
        "posts/a.md": links,
        "posts/café.md": 'Title: Café\nDate: 2024-05-02\n\n<a id="été">Words</a> of a café.\n',
        "images/Tête/é.png": draw_png(),
        "images/Prüfung.pdf": b"%PDF-1.4\n%%EOF\n",
        "extra/ü.txt": "x",
    }
    return TEXTS | {unicodedata.normalize(stored, name): data for name, data in files.items()}


@linux
@pytest.mark.parametrize("typed", FORMS)
@pytest.mark.parametrize("stored", FORMS)
def test_the_site_is_the_same_in_whatever_form_the_disk_and_the_author_have(
    tmp_path, stored, typed
):
    sites = []
    for number, forms in enumerate([(stored, typed), ("NFC", "NFC")]):
        content = tmp_path / str(number)
        write_files(content, make_files(*forms))
        sites.append(build_tree(content, tmp_path / f"output{number}").all_bytes)
    assert sites[0] == sites[1]
    assert {"images/Tête/é.png", "images/Prüfung.pdf", "ü.txt", "posts/cafe/index.html"} <= {
        *sites[0]
    }


@linux
def test_a_name_is_found_in_whatever_form_it_is_stored(tmp_path):
    mixed = tmp_path / "Te\u0302te" / "é e\u0301.txt"
    write_files(tmp_path, {f"Te\u0302te/{mixed.name}": "x"})
    assert find_stored(tmp_path / "Tête" / "é é.txt") == mixed
    for lost in ("Tête/a.txt", "é/a.txt", "Tête/ü.txt"):
        assert find_stored(tmp_path / lost).name == lost.split("/")[1]
        assert not find_stored(tmp_path / lost).exists()


@pytest.mark.parametrize(
    "link",
    [
        "日本語",
        "%E6%97%A5%E6%9C%AC%E8%AA%9E",
        "café",
        "cafe\u0301",
        "cafe%CC%81",
        "caf%C3%A9",
        "u\u0308",
    ],
)
def test_a_link_meets_the_heading_in_whatever_form_both_are_typed(build_site, link):
    headings = (
        "Title: B\nDate: 2024-05-01\n\n## 日本語\n\nA.\n\n## Cafe\u0301\n\nB.\n\n## ü\n\nC.\n"
    )
    post = f"Title: A\nDate: 2024-05-02\n\nSee [it](b.md#{link}).\n"
    site = build_site({"posts/a.md": post, "posts/b.md": headings})
    (address,) = [a.get("href") for a in site.page("posts/a/").all("a") if a.text == "it"]
    file, place = site.find("posts/a/index.html", address)
    assert file == "posts/b/index.html"
    assert place in site.page("posts/b/").ids


@pytest.mark.parametrize("link", ["tête", "te\u0302te", "t%C3%AAte"])
@pytest.mark.parametrize(
    "place", ["## A head {{#{}}}", '<a id="{}">Words</a>.', '<a name="{}"></a>x']
)
def test_a_link_meets_the_author_s_own_id_in_whatever_form(build_site, place, link):
    for typed in ("tête", "te\u0302te"):
        body = f"{place.format(typed)}\n\nSee [it](#{link})."
        site = build_site({"posts/a.md": f"Title: A\nDate: 2024-05-02\n\n{body}\n"})
        page = site.page("posts/a/")
        (address,) = [a.get("href") for a in page.all("a") if a.text == "it"]
        names = page.ids + [a.get("name") for a in page.all("a")]
        assert unquote(address.lstrip("#")) in names


@pytest.fixture
def judge(tmp_path):
    """Return a function that writes a post with links beside other files, and reads all of them."""

    def judge(body, *paths, image=""):
        header = "Title: A\nDate: 2024-05-01"
        header += f"\nImage: {image}\nImage-alt: It" if image else ""
        files = {"posts/a.md": f"{header}\n\n{body}\n"}
        for path in paths:
            text = f"Title: {path}\nDate: 2024-05-02\nAliases: /it's {len(path)}/\n\nOf {path}.\n"
            files[path] = draw_png() if path.endswith(".png") else text
        write_files(tmp_path, files)
        return read_catalogue(tmp_path, View(ZONE, NOW, 10))

    return judge


def texts(catalogue):
    return [problem.text for problem in catalogue.problems]


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("readers’-advisory.md", "posts/readers'-advisory.md"),
        ("readers'-advisory.md", "posts/readers’-advisory.md"),
        ("<a – b.md>", "posts/a - b.md"),
        ("<a-b.md>", "posts/a - b.md"),
        ("<a  b.md>", "posts/a b.md"),
        ("a%C2%A0b.md", "posts/a b.md"),
        ("/it’s%2017/", "posts/quite so.md"),
    ],
)
def test_a_link_means_the_one_file_that_it_names_in_another_form(judge, link, path):
    catalogue = judge(f"[x]({link})", path)
    assert texts(catalogue) == []
    record = catalogue.records["posts/a.md"]
    assert [each.target for each in record.links] == [path]
    target = catalogue.targets[next(iter(catalogue.meant))]
    assert target.address == catalogue.addresses[path]


def test_a_picture_may_be_named_in_another_form(judge):
    catalogue = judge("![It](../images/ann’s.png)", "images/ann's.png", image="ann’s.png")
    assert texts(catalogue) == []
    assert catalogue.records["posts/a.md"].values["Image"] == "images/ann's.png"
    assert catalogue.files == ["images/ann's.png"]


def test_a_file_with_just_that_name_goes_before_one_in_another_form(judge):
    catalogue = judge("![It](../images/a’s.png)", "images/a's.png", "images/a’s.png")
    assert texts(catalogue) == []
    assert catalogue.files == ["images/a’s.png"]


def test_where_two_files_may_be_meant_none_is_taken(judge):
    catalogue = judge("![It](../images/a`s.png)", "images/a's.png", "images/a’s.png")
    assert len(texts(catalogue)) == 1
    assert catalogue.files == []


def test_capitals_are_no_other_form(judge):
    (text,) = texts(judge("[x](B.md)", "posts/b.md"))
    assert "other capitals" in text


def test_the_picture_of_a_post_may_lie_beside_it(tmp_path):
    header = "Title: A\nDate: 2024-05-01\nImage: {}\nImage-alt: A head\n\nWords of {}.\n"
    write_files(
        tmp_path / "content",
        TEXTS
        | {
            "posts/a.md": header.format("a%20b.png", "a"),
            "posts/b/b.md": header.format("both.png", "b"),
            **dict.fromkeys(("posts/a b.png", "posts/b/both.png", "images/both.png"), draw_png()),
        },
    )
    tree = build_tree(tmp_path / "content", tmp_path / "output")
    assert (
        tree.page("posts/a/")
        .one("img", class_="u-featured")
        .get("src")
        .endswith("/posts/a%20b.png")
    )
    assert (
        tree.page("posts/b/").one("img", class_="u-featured").get("src").endswith("images/both.png")
    )
