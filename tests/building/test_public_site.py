"""A site goes public at its own address, with ids of its own, and keeps these wherever it moves to."""

import re

import pytest

from building import public_site
from building.judge_site import judge_site
from building.public_site import REPOSITORY, read_public_settings, read_site_settings
from building.settings import read_constants
from catalogue.problems import Refused
from commands.build import build
from commands.writing.trial import Trial
from tests.conftest import LEAST, build_tree, write_files

EXAMPLE = "libraries-got-game.example"
BELOW = "https://ann.github.io/books"
POST = "Title: Weeding\nDate: 2026-01-02\nTags: Reading\nComments: 1\n\nWe took out four hundred.\n"
COMMENT = "Author: Bea\nDate: 2026-01-03\n\nSo many!\n"


@pytest.fixture
def content(tmp_path):
    """Return a content folder with a post that has a comment."""
    files = {**LEAST, "posts/weeding.md": POST, "comments/weeding/2026-01-03-bea.md": COMMENT}
    write_files(tmp_path / "content", files)
    return tmp_path / "content"


@pytest.fixture
def read(content, monkeypatch):
    """Return a function that reads the settings with some changes, for an address that is asked for."""
    monkeypatch.delenv(REPOSITORY, raising=False)

    def read(siteurl="", **changes):
        constants = {**read_constants(), **changes}
        monkeypatch.setattr(public_site, "read_constants", lambda: constants)
        return read_public_settings(content, siteurl)

    return read


def give_domain(content, domain="example.org"):
    write_files(content, {"extra/CNAME": f"{domain}\n"})


@pytest.mark.parametrize(
    "siteurl", ["", "http://localhost:8000", "http://127.0.0.1:9", "http://192.168.1.7"]
)
def test_a_build_for_oneself_may_have_the_example_s_ids(read, siteurl):
    assert read(siteurl, FEED_AUTHORITY=EXAMPLE)["FEED_AUTHORITY"] == EXAMPLE


@pytest.mark.parametrize(
    ("siteurl", "repository", "domain", "line"),
    [
        (BELOW, "", "", '"books@ann.github.io"'),
        ("https://ann.github.io", "", "", '"ann.github.io"'),
        ("https://example.org", "", "", '"example.org"'),
        ("https://uni.example.org/blog", "Ann/Books", "", '"books@ann.github.io"'),
        ("https://uni.example.org/blog", "", "", '"you@example.org", with an address of yours'),
        (BELOW, "Ann/Books", "example.org", '"example.org"'),
    ],
)
def test_a_public_build_with_the_example_s_ids_is_refused_with_the_line_to_write(
    read, content, monkeypatch, siteurl, repository, domain, line
):
    monkeypatch.setenv(REPOSITORY, repository)
    if domain:
        give_domain(content, domain)
    with pytest.raises(Refused) as refused:
        read(siteurl, FEED_AUTHORITY=EXAMPLE)
    first, last = str(refused.value).splitlines()
    assert re.match(r"pelicanconf\.py:\d+: FEED_AUTHORITY is the example's still", first)
    assert f"Write: FEED_AUTHORITY = {line}" in first
    assert last == "The site is unchanged."


def test_an_address_in_the_settings_is_public_too(read):
    with pytest.raises(Refused, match="FEED_AUTHORITY is the example's still"):
        read(SITEURL=BELOW, FEED_AUTHORITY=EXAMPLE)


@pytest.mark.parametrize(
    ("siteurl", "wanted"),
    [
        ("", "https://example.org"),
        (BELOW, "https://example.org"),
        ("http://localhost:8000", "http://localhost:8000"),  # who asks for this machine gets it
        ("https://other.org", "https://other.org"),  # which is judged with the texts
    ],
)
def test_the_address_follows_the_domain(read, content, siteurl, wanted):
    give_domain(content)
    assert read(siteurl)["SITEURL"] == wanted


def test_commands_that_name_an_address_name_that_of_the_domain(read, content):
    give_domain(content)
    constants = {**read(SITEURL=BELOW), "SITEURL": BELOW, "READING_CACHE": ""}
    assert read_site_settings(content)["SITEURL"] == "https://example.org"
    assert Trial(content, constants).settings["SITEURL"] == "https://example.org"


def test_the_line_that_is_told_is_the_remedy(read):
    with pytest.raises(Refused) as refused:
        read(BELOW, FEED_AUTHORITY=EXAMPLE)
    (authority,) = re.findall(r'Write: FEED_AUTHORITY = "(.+)"', str(refused.value))
    assert read(BELOW, FEED_AUTHORITY=authority)["SITEURL"] == BELOW


def test_what_is_no_address_is_refused_before_anything_is_read(read, capsys):
    with pytest.raises(SystemExit) as ended:
        read("example.org")
    assert ended.value.code == 2
    assert "--siteurl https://example.github.io/blog" in capsys.readouterr().err


@pytest.mark.parametrize("address", [7, "http://[", "no address"])
def test_a_setting_that_is_no_address_is_left_to_who_judges_all_of_them(read, content, address):
    give_domain(content)
    assert read(SITEURL=address)["SITEURL"] == address


def test_a_build_that_is_refused_makes_nothing(read, content, tmp_path):
    with pytest.raises(Refused):
        read(BELOW, FEED_AUTHORITY=EXAMPLE)
    with pytest.raises(Refused, match="FEED_AUTHORITY"):  # now as the task does it
        build(content, tmp_path / "output", BELOW)
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize(
    ("siteurl", "author", "is_told"),
    [(BELOW, "The Librarian", True), (BELOW, "Ann", False), ("", "The Librarian", False)],
)
def test_a_workflow_that_publishes_the_words_of_the_copy_says_so(
    read, content, tmp_path, capsys, monkeypatch, siteurl, author, is_told
):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    changes = {"FEED_AUTHORITY": "books@ann.github.io", "AUTHOR": author, "READING_CACHE": ""}
    read(siteurl, **changes, SEARCH_INDEX=False, CARDS=False)
    assert build(content, tmp_path / "output", siteurl) == 0
    err = capsys.readouterr().err
    assert ("AUTHOR is “The Librarian” still, as it came" in err) == is_told
    assert ("::warning::pelicanconf.py:" in err) == is_told


def test_a_domain_that_is_none_stops_the_build_with_its_line(read, content):
    give_domain(content, "https://Example.org/")
    settings = {**read(), "READING_CACHE": ""}
    (problem,) = [each for each in judge_site(settings).problems if each.path == "extra/CNAME"]
    assert (problem.line, problem.level) == (1, "error")
    assert problem.text.endswith("Write: example.org")


def test_an_address_against_the_domain_stops_the_build(read, content):
    give_domain(content)
    settings = {**read("https://other.org"), "READING_CACHE": ""}
    errors = [each for each in judge_site(settings).problems if each.level == "error"]
    assert [(each.path, each.line) for each in errors] == [("extra/CNAME", 1)]


def read_ids(site):
    feeds = sorted(name for name in site.files if name.endswith(".atom.xml"))
    return {
        name: [site.feed(name).feed.id, *(e.id for e in site.feed(name).entries)] for name in feeds
    }


def test_a_site_that_moves_to_a_domain_keeps_its_ids_and_all_links_follow(read, content, tmp_path):
    how = {"FEED_AUTHORITY": "books@ann.github.io"}
    before = build_tree(content, tmp_path / "before", siteurl=read(BELOW, **how)["SITEURL"], **how)
    give_domain(content)
    after = build_tree(content, tmp_path / "after", siteurl=read(BELOW, **how)["SITEURL"], **how)
    ids = read_ids(after)
    assert ids == read_ids(before)
    assert ids["feeds/all.atom.xml"][1] == "tag:books@ann.github.io,2026-01-02:posts/weeding"
    assert len(ids) > 2  # those of topics and of comments too
    page = after.page("posts/weeding/")
    assert page.one("link", rel="canonical").get("href") == "https://example.org/posts/weeding/"
    for name in after.files:
        if name.endswith((".html", ".xml", ".txt")):
            assert "ann.github.io/books" not in after.text(name), name
            assert '"/books/' not in after.text(name), name
