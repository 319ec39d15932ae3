"""An old address is the one that the old program's settings make; what is only a guess is told as one."""

import pytest

from commands.import_ import import_
from commands.importers.formats.folder import read_folder

JEKYLL_POST = "reviews/_posts/2015-06-01-weeding.md"
JEKYLL_TEXT = "---\ntitle: Weeding books\ncategories: Desk\n---\nWords.\n"
HUGO_TEXT = "---\ntitle: Weeding Books\ndate: 2015-06-01\n---\nWords.\n"
PELICAN_TEXT = "Title: Weeding, the “books”\nDate: 2015-06-01 09:30\n\nWords.\n"


def read_post(root, files):
    """Return the only post of a folder with these files, and the notes of its reading."""
    for path, text in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    site = read_folder(root)
    (post,) = site.posts
    return post, site.notes


@pytest.mark.parametrize(
    ("setting", "address"),
    [
        ("", "/reviews/desk/2015/06/01/weeding.html"),
        ("permalink: date", "/reviews/desk/2015/06/01/weeding.html"),
        ("permalink: pretty", "/reviews/desk/2015/06/01/weeding/"),
        ("permalink: ordinal", "/reviews/desk/2015/152/weeding.html"),
        ("permalink: none", "/reviews/desk/weeding.html"),
        ("permalink: /blog/:year/:i_month/:title/", "/blog/2015/6/weeding/"),
        ("permalink: ':title:output_ext'", "/weeding.html"),
        (
            "permalink: pretty\ncollections:\n  posts:\n    permalink: /:short_year/:slug",
            "/15/weeding",
        ),
    ],
)
def test_jekyll_s_settings_make_the_old_address(tmp_path, setting, address):
    files = {"_config.yml": f"title: Old\n{setting}\n", JEKYLL_POST: JEKYLL_TEXT}
    post, notes = read_post(tmp_path, files)
    assert (post.address, post.is_guess, notes) == (address, False, [])


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("permalink: /books/:title/", "/books/weeding/"),
        ("permalink: pretty", "/reviews/desk/2015/06/01/weeding/"),
        ("permalink: /my/own/", "/my/own/"),
        ("permalink: https://old.example/my/own/", "https://old.example/my/own/"),
        ("slug: other", "/reviews/desk/2015/06/01/other.html"),
    ],
)
def test_jekyll_s_post_may_have_its_own(tmp_path, line, address):
    text = JEKYLL_TEXT.replace("categories", f"{line}\ncategories")
    post, _ = read_post(tmp_path, {"_config.yml": "title: Old\n", JEKYLL_POST: text})
    assert (post.address, post.is_guess) == (address, False)


@pytest.mark.parametrize(
    ("name", "settings", "address"),
    [
        ("hugo.toml", "", "/posts/weeding-books/"),
        ("hugo.toml", '[permalinks]\nposts = "/:year/:month/:slug/"\n', "/2015/06/weeding-books/"),
        ("config.yaml", "baseURL: x\npermalinks:\n  page:\n    posts: /:filename/", "/2-weeding/"),
        ("hugo.json", '{"permalinks": {"notes": "/n/:slug/"}}', "/posts/2-weeding/"),
        ("hugo.yaml", "permalinks:\n  posts: /:2006/:002/:filename/", "/2015/152/2-weeding/"),
        (
            "hugo.yaml",
            "permalinks:\n  posts: /:06/:1-:2/:yearday/:filename/",
            "/15/6-1/152/2-weeding/",
        ),
        ("config/_default/hugo.toml", '[Permalinks]\nposts = "/:section/:title"\n', None),
    ],
)
def test_hugo_s_settings_make_the_old_address(tmp_path, name, settings, address):
    slug = "slug: weeding-books\n" if "weeding-books" in (address or "") else ""
    files = {name: settings, "content/posts/2 Weeding.md": HUGO_TEXT.replace("date", f"{slug}date")}
    post, notes = read_post(tmp_path, files)
    expected = address or "/posts/weeding-books"
    assert (post.address, post.is_guess, notes) == (expected, False, [])


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ("AUTHOR = 'Ann'", "/weeding-the-books.html"),
        ("ARTICLE_URL = '{date:%Y}/{date:%m}/{slug}/'", "/2015/06/weeding-the-books/"),
        ("ARTICLE_SAVE_AS = '{category}/{slug}/index.html'", "/reviews/weeding-the-books/"),
        ("SLUGIFY_SOURCE = 'basename'", "/weeding.html"),
        (r"FILENAME_METADATA = r'(?P<date>\d*)(?P<slug>\w+)'", "/weeding.html"),
        (r"FILENAME_METADATA = r'(?P<date>\d+).*'", "/weeding-the-books.html"),
        (
            "USE_FOLDER_AS_CATEGORY = False\nARTICLE_URL = '{category}/{slug}.html'",
            "/misc/weeding-the-books.html",
        ),
    ],
)
def test_pelican_s_settings_make_the_old_address(tmp_path, settings, address):
    files = {"pelicanconf.py": settings, "content/Reviews/weeding.md": PELICAN_TEXT}
    post, notes = read_post(tmp_path, files)
    assert (post.address, post.is_guess, notes) == (address, False, [])


@pytest.mark.parametrize("program", ["_config.yml", "hugo.toml"])
def test_a_text_that_its_program_gives_no_known_address_gets_none(tmp_path, program):
    path = "content/post/weeding.md" if program == "_config.yml" else "content/index.md"
    post, notes = read_post(tmp_path, {program: "", path: HUGO_TEXT})
    assert (post.address, post.is_guess, notes) == ("", False, [])


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("URL: own.html", "/own.html"),
        ("Save_as: own/index.html", "/own/"),
        ("Slug: own-one", "/own-one.html"),
    ],
)
def test_pelican_s_post_may_have_its_own(tmp_path, line, address):
    text = PELICAN_TEXT.replace("Date", f"{line}\nDate")
    files = {"pelicanconf.py": "", "content/weeding.md": text}
    post, _ = read_post(tmp_path, files)
    assert (post.address, post.is_guess) == (address, False)


def test_a_page_of_pelican_has_the_address_of_pages(tmp_path):
    files = {"pelicanconf.py": "", "content/pages/about.md": "Title: About\n\nWho we are.\n"}
    post, _ = read_post(tmp_path, files)
    assert (post.address, post.is_guess) == ("/pages/about.html", False)


def test_a_site_of_this_very_program_has_its_addresses_already(tmp_path):
    files = {
        "pelicanconf.py": "from building.pelican_adapter.fixed_settings import *\n",
        "content/posts/2015-06-01-weeding.md": PELICAN_TEXT,
    }
    post, notes = read_post(tmp_path, files)
    assert (post.address, post.is_guess, notes) == ("/posts/weeding/", False, [])


def test_a_guess_goes_by_the_pattern_of_the_old_blog_where_posts_tell_it(tmp_path):
    settings = "ARTICLE_URL = 'article/{slug}'\nPATH_METADATA = '.*'\n"
    post, _ = read_post(tmp_path, {"pelicanconf.py": settings, "content/weeding.md": PELICAN_TEXT})
    assert (post.address, post.is_guess) == ("/article/weeding-the-books", True)


IN_BLOG = "content/blog/weeding.md"
UNCLEAR = [
    ("_config.yml", "permalink: /:weekday/:title/", JEKYLL_POST, "/:weekday/:title/ has a part"),
    ("_config.yml", "defaults:\n- values:\n    permalink: /a/", JEKYLL_POST, "defaults may change"),
    ("_config.yml", "permalink: [", JEKYLL_POST, "they cannot be read"),
    ("hugo.toml", "uglyURLs = true", IN_BLOG, "uglyurls may change addresses"),
    (
        "hugo.toml",
        '[permalinks]\nblog = "/:weekday/:slug/"',
        IN_BLOG,
        "/:weekday/:slug/ has a part",
    ),
    ("hugo.json", "[1]", IN_BLOG, "they cannot be read"),
    ("pelicanconf.py", "ARTICLE_URL = f'{BLOG}/{{slug}}/'", IN_BLOG, "ARTICLE_URL may change"),
    (
        "pelicanconf.py",
        "ARTICLE_URL = '{date:%b}/{slug}/'",
        IN_BLOG,
        "{date:%b}/{slug}/ has a part",
    ),
    ("pelicanconf.py", "ARTICLE_URL = 'a'\nARTICLE_URL = 'b'", IN_BLOG, "ARTICLE_URL may change"),
    ("pelicanconf.py", "FILENAME_METADATA = '(?P<category>.*)'", IN_BLOG, "FILENAME_METADATA may"),
    ("pelicanconf.py", "from base import *", IN_BLOG, "from base import * may change addresses"),
    ("pelicanconf.py", "ARTICLE_URL = ", IN_BLOG, "they cannot be read as Pelican reads them"),
]


@pytest.mark.parametrize(("name", "settings", "path", "fault"), UNCLEAR)
def test_settings_that_are_not_understood_are_told_and_make_a_guess(
    tmp_path, name, settings, path, fault
):
    text = PELICAN_TEXT if name == "pelicanconf.py" else HUGO_TEXT
    post, notes = read_post(tmp_path, {name: settings, path: text})
    assert post.is_guess
    assert post.address
    (note,) = notes
    assert (note.kind, note.place) == ("settings that do not tell the old addresses", name)
    assert note.text.startswith(fault)
    assert note.text.endswith(", so that the addresses are guessed")


@pytest.mark.parametrize(
    ("path", "text", "address"),
    [
        (JEKYLL_POST, JEKYLL_TEXT, "/reviews/desk/2015/06/01/weeding.html"),
        ("content/blog/weeding.md", HUGO_TEXT, "/blog/weeding/"),
        ("content/blog/2015-06-01-weeding/index.md", HUGO_TEXT, "/blog/weeding/"),
        ("content/sub/weeding.md", PELICAN_TEXT, "/weeding-the-books.html"),
    ],
)
def test_without_settings_the_old_address_is_told_as_a_guess_with_what_to_do(
    tmp_path, monkeypatch, capsys, path, text, address
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content" / "posts").mkdir(parents=True)
    post, notes = read_post(tmp_path / "old", {path: text})
    assert (post.address, post.is_guess, notes) == (address, True, [])
    assert import_(tmp_path / "old", "", tmp_path / "content") == 0
    told = capsys.readouterr().out
    assert f"  1 × old address that is only a guess: {path}\n" in told
    advice = (
        f"like {address}. Compare it with the address on the old blog; if that is another, write it"
    )
    assert advice in told
    report = (tmp_path / "import-report.md").read_text().replace("\\", "")
    assert advice in report
    assert f"- {path}: {address}\n" in report
    assert import_(tmp_path / "old", "", tmp_path / "content") == 0
    assert "guess" not in capsys.readouterr().out


def test_a_zone_that_may_turn_the_day_makes_a_guess(tmp_path):
    text = JEKYLL_TEXT.replace("categories", "date: 2015-06-01 23:30:00 -0500\ncategories")
    post, _ = read_post(tmp_path, {"_config.yml": "title: Old\n", JEKYLL_POST: text})
    assert (post.address, post.is_guess) == ("/reviews/desk/2015/06/01/weeding.html", True)
