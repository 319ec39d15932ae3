"""`check` is the judgement of a build without the writing."""

import shutil
import subprocess
import sys

import pytest

from commands import check as checking
from commands.build import build
from commands.check import check
from commands.status import status
from tests.conftest import LEAST, OWN, PROJECT, build_tree, draw_png, write_files


@pytest.fixture
def content(tmp_path):
    shutil.copytree(OWN / "content", tmp_path / "content")
    return tmp_path / "content"


def test_what_is_right_is_said_to_be_right(content, capsys):
    assert check(content) == 0
    assert capsys.readouterr() == (f"All is well in {content}.\n", "")


def test_a_warning_is_told_and_does_not_fail(content, capsys):
    (content / "posts/new.md").write_text("Title: New\nDate: 2024-05-01\nTags: Shelves\n\nHi.\n")
    assert check(content) == 0
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith(f"{content}/posts/new.md:3: warning: “Shelves” is no topic yet")
    assert told[-1] == "0 errors, 1 warning."


def test_all_errors_of_all_files_are_told_in_order_of_path_and_line(content, capsys):
    (content / "posts/b.md").write_text("Title: B\nDate: soon\nComments: many\n\nHi.\n")
    (content / "posts/a.md").write_text("Title: A\nDate: 2024-05-01\n\n[x](gone.md)\n")
    (content / "pages/c.md").write_text("Hello.\n")
    assert check(content) == 1
    *told, counts = capsys.readouterr().err.splitlines()
    places = [line.removeprefix(f"{content}/").split(": ")[0] for line in told]
    assert places == ["pages/c.md:1", "posts/a.md:4", "posts/b.md:2", "posts/b.md:3"]
    assert counts == "4 errors, 0 warnings."


@pytest.mark.parametrize("name", ["nowhere", "a-file"])
def test_a_folder_that_is_not_there_is_a_wrong_command(tmp_path, capsys, name):
    (tmp_path / "a-file").write_text("")
    for command in (check, status, lambda folder: build(folder, tmp_path / "output")):
        assert command(tmp_path / name) == 2
        assert "--content" in capsys.readouterr().err
    assert not (tmp_path / "output").exists()


def test_nothing_is_written(content):
    before = sorted(content.parent.rglob("*"))
    check(content)
    assert sorted(content.parent.rglob("*")) == before


def test_a_check_loads_neither_pelican_nor_on_unchanged_files_markdown(tmp_path):
    # A cache of its own: on the project's, other tests may be at work.
    code = (
        "import sys; from pathlib import Path; from commands import check; "
        f"own = {{**check.read_constants(), 'READING_CACHE': {str(tmp_path / 'readings.sqlite3')!r}}}; "
        "check.read_constants = lambda: own; "
        "sys.exit(check.check(Path('tests/site/content')) or bool({'pelican', 'jinja2'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=True, capture_output=True)
    code = code.replace("'jinja2'", "'markdown', 'typogrify', 'PIL'")
    subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=True, capture_output=True)


def test_a_site_that_would_have_no_posts_is_no_good_site(content, capsys):
    for post in (content / "posts").iterdir():
        post.write_text(f"Title: A\nDate: 2024-05-01\nStatus: draft\n\n{post.stem}\n")
    assert check(content) == 1
    assert capsys.readouterr() == (
        "",
        "The site would have no posts. If that is meant, build it with --allow-shrink.\n",
    )


PICTURE = "Title: A\nDate: 2024-05-01\nImage: {0}\nImage-alt: x\n\nAbout {0}.\n"
IN_TEXT = "Title: A\nDate: 2024-05-01\n\nWords.\n\n![x]({0})\n"
NO_PICTURES = """/archives/ /feeds/all.json /topics.jsonld /feeds/all.rss.xml / /index.html /404.html
/posts/other/ /posts/other /posts/other/index.html /old/ /about/ ../posts/other.md ../images/b.pdf
/images/b.pdf /robots.txt ../extra/robots.txt {static}/images/b.pdf {filename}/posts/other.md
/topics/reading/ /posts/other/citation.bib""".split()
ONLY_IN_TEXT = [
    "{index}",
    "other.md",
    "#top",
    "?",
    "?x#y",
    "{tag}reading",
    "/topics/reading/feed.rss.xml",
]
PICTURES = "/images/a.png ../images/a.png {static}/images/a.png /pic.PNG ../extra/pic.PNG".split()


@pytest.fixture
def mixed(tmp_path, monkeypatch):
    """Return a content folder with a file of each kind, and settings that keep nothing."""
    constants = {**checking.read_constants(), "READING_CACHE": ""}
    monkeypatch.setattr(checking, "read_constants", lambda: constants)
    files = {
        **LEAST,
        "posts/other.md": "Title: Other\nDate: 2024-05-01\nTags: reading\nAliases: /old/\n\nWords.\n",
        "images/a.png": draw_png(),
        "images/b.pdf": b"%PDF-1.4\n%%EOF\n",
        "extra/pic.PNG": draw_png(),
        "extra/robots.txt": "User-agent: *\n",
    }
    write_files(tmp_path / "content", files)
    return tmp_path / "content"


@pytest.mark.parametrize(
    ("form", "address"),
    [(form, address) for form in (PICTURE, IN_TEXT) for address in NO_PICTURES]
    + [(IN_TEXT, address) for address in ONLY_IN_TEXT],
)
def test_a_picture_leads_to_a_picture_and_nowhere_else(mixed, capsys, form, address):
    (mixed / "posts/a.md").write_text(form.format(address))
    assert check(mixed) == 1
    told = [line for line in capsys.readouterr().err.splitlines() if ": warning: " not in line]
    line = 3 if form == PICTURE else 6
    text = f"{mixed}/posts/a.md:{line}: {address} is no picture. Write the picture's file name"
    (found,) = told[:-1]
    # The file may be meant to be linked to.
    assert found == f"{text}." or found.startswith(f"{text}, or for a link to it: [its title](")


def test_pictures_are_found_wherever_they_lie(mixed, tmp_path):
    for number, address in enumerate(PICTURES):
        for form, name in ((PICTURE, "header"), (IN_TEXT, "text")):
            path = mixed / f"posts/{name}-{number}.md"
            path.write_text(form.format(address))
    assert check(mixed) == 0
    site = build_tree(mixed, tmp_path / "blog")
    for number, address in enumerate(PICTURES):
        for name in ("header", "text"):
            page = site.page(f"posts/{name}-{number}/")
            (source,) = [image.get("src") for image in page.all("img")]
            assert source.lstrip("/") in site.files, address
        (large,) = site.page(f"posts/header-{number}/").all("meta", property="og:image")
        assert site.find("index.html", large.get("content"))[0] in site.files


@pytest.mark.parametrize("address", ["/archives/", "gone.png", "/topics.jsonld", "other.md"])
def test_a_draft_with_a_picture_that_is_none_is_shown_in_the_preview(mixed, tmp_path, address):
    text = PICTURE.format(address).replace("Image:", "Status: draft\nImage:", 1)
    (mixed / "posts/a.md").write_text(text)
    assert check(mixed) == 0
    site = build_tree(mixed, tmp_path / "blog", preview=True)
    assert "posts/a/index.html" in site.files


def test_an_address_that_ends_like_a_page_is_no_picture(mixed, capsys):
    (mixed / "posts/a.md").write_text(IN_TEXT.format("/images/a.pngindex.html"))
    assert check(mixed) == 1
    assert "There is no picture /images/a.pngindex.html" in capsys.readouterr().err
