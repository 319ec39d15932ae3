"""The search finds what is public, and its page lists all of it where no program can search."""

import gzip
import json
import os
import re
import sys

import pytest

from building import kept_index, pagefind, search_index
from building.judge_site import judge_site
from catalogue.project import ROOT
from plugins import search
from plugins.search_documents import (
    UNSPACED,
    WIDE_SIGNS,
    format_topic_filter,
    format_year_filter,
    space_letters,
)
from tests.conftest import BELOW_URL, LEAST, build_tree, write_files

POST = "Title: {0}\nDate: 2026-03-0{1}\nTags: Reading\n\n{2}\n"
FILES = {
    "posts/a.md": POST.format("On C++ & <b>", 1, "Words on palimpsests."),
    "posts/b.md": POST.format("Élan", 2, "Query: Why?\n\nShort answer: Because.\n\nMore."),
    "posts/draft.md": POST.format("Secretum", 3, "Arcanum.").replace(
        "\nTags", "\nStatus: draft\nTags"
    ),
    "topics/reading.md": "Title: Reading\nUsed-for: Perusal, R&R\n\nAbout reading.\n",
}


@pytest.fixture(scope="module")
def site(build_site):
    return build_site(FILES, siteurl=BELOW_URL)


def read_index(site):
    """Return all that the files of an index say, unpacked."""
    texts = []
    for name in site.files:
        if name.startswith("search/pagefind/") and not name.endswith(".pagefind"):
            data = site.bytes(name)
            texts.append(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)
    return b"\n".join(texts)


def read_fragments(site):
    """Return the facts of each document of the index, by its address."""
    data = [site.bytes(n) for n in site.files if n.endswith(".pf_fragment")]
    found = [json.loads(gzip.decompress(each).removeprefix(b"pagefind_dcd")) for each in data]
    return {each["url"]: each for each in found}


def test_what_is_public_is_in_the_index_with_what_is_shown_of_it(site):
    found = read_fragments(site)
    assert set(found) == {"/posts/a/", "/posts/b/", "/about/", "/topics/reading/"}
    assert found["/posts/a/"]["meta"] == {
        "title": "On C++ & <b>",
        "day": "1 March 2026",
        "comments": "0\xa0comments",
        "topics": "Reading",
    }
    words = found["/posts/b/"]["content"].split()
    assert {format_topic_filter("reading"), format_year_filter(2026), "qzxquestion"} <= {*words}
    said, _, _ = found["/topics/reading/"]["content"].partition(" qzxend")
    assert said == "Reading. About reading. Used for: Perusal, R&R."


def test_a_note_is_in_the_index_without_its_sign_and_the_way_back(build_site):
    text = (
        "It does not matter[^1]. Nor does this[^b], or that[^1].\n\n[^1]: An aside.\n[^b]: Another."
    )
    site = build_site({"posts/a.md": POST.format("Noted", 1, text)})
    said, _, _ = read_fragments(site)["/posts/a/"]["content"].partition(" qzxend")
    assert said == "Noted. It does not matter. Nor does this, or that. An aside. Another."


def test_what_is_not_public_leaves_no_trace_in_it(site):
    said = read_index(site).lower()
    assert b"palimpsests" in said
    assert b"secretum" not in said
    assert b"arcanum" not in said


def test_the_same_texts_make_the_same_index(site, build_site):
    again = build_site(FILES, siteurl=BELOW_URL)
    for name in site.files:
        if name.startswith("search/"):
            assert again.bytes(name) == site.bytes(name), name


def test_the_page_lists_titles_topics_and_other_names_from_a_to_z(site):
    page = site.page("search/")
    lists = [page.text(e) for e in page.one("section", class_="index").iter("li")]
    assert lists == [
        "Élan",
        "On C++ & <b>",
        "Perusal, see Reading",
        "R&R, see Reading",
        "Reading",
    ]
    letters = page.one("p", class_="letters")
    targets = [a.get("href").removeprefix("#") for a in letters.iter("a")]
    assert targets == [e.get("id") for e in page.all("div", class_="shelf")]


def test_the_page_alone_may_run_the_search_and_nothing_else(site):
    for name, page in site.pages.items():
        (policy,) = (
            e for e in page.all("meta") if e.get("http-equiv") == "Content-Security-Policy"
        )
        found = re.search(r"script-src ([^;]*);", policy.get("content"))
        wanted = "'self' 'wasm-unsafe-eval'" if name == "search/index.html" else ""
        # What stands in the page itself is its data, or the program of the page of lost addresses.
        assert re.sub(" ?'sha256-[^']*'", "", found[1] if found else "") == wanted, name
        assert "unsafe-inline" not in policy.get("content")


def test_every_other_page_has_a_form_that_leads_to_the_search(site):
    for name, page in site.pages.items():
        forms = [f for f in page.all("form") if f.get("action") == "/blog/search/"]
        assert len(forms) == 1, name
        assert next(forms[0].iter("input")).get("name") == "q"


def run_as(monkeypatch, source, tmp_path):
    """Have another program in the place of Pagefind's."""
    program = tmp_path / "pagefind"
    program.write_text(f"#!{sys.executable}\n{source}\n", encoding="utf-8")
    program.chmod(0o755)
    for module in (kept_index, pagefind):
        monkeypatch.setattr(module, "locate_program", lambda: str(program))


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("import sys; sys.exit('it broke')", "Pagefind failed with code 1 (it broke)"),
        ("import os; os.abort()", "Pagefind failed with code -6"),
        ("import time; time.sleep(60)", "Pagefind had not ended after"),
        ("", "Pagefind wrote none"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="a text is no program there")
def test_a_program_that_fails_ends_no_build(build_site, monkeypatch, tmp_path, source, why):
    run_as(monkeypatch, source, tmp_path)
    monkeypatch.setattr(pagefind, "SECONDS", 0.5)
    site = build_site(FILES, siteurl=BELOW_URL)
    page = site.page("search/")
    assert page.all("script", type="module") == []
    assert len(page.one("section", class_="index").findall(".//li")) == 5
    assert not [name for name in site.files if name.startswith("search/pagefind")]
    catalogue = search_index.add_search(site.settings, judge_site(site.settings), lambda _: None)
    (problem,) = [p for p in catalogue.problems if "search" in p.text]
    assert (problem.level, why in problem.text) == ("warning", True)


def make_index(settings):
    """Return the files of an index as a build makes it, and what the author is told of it."""
    catalogue = search_index.add_search(settings, judge_site(settings), lambda _: None)
    return catalogue.search, [p.text for p in catalogue.problems if "no index" in p.text]


def test_a_program_that_hangs_is_waited_for_once(site, monkeypatch, tmp_path):
    waited, run = [], pagefind.run_program

    def hang(*given):
        waited.append(given[-1])
        raise pagefind.NoEnd(given[-1])

    program = tmp_path / "pagefind"
    program.touch()
    works = pagefind.locate_program()
    for module in (kept_index, pagefind):
        monkeypatch.setattr(module, "locate_program", lambda: str(program))
    monkeypatch.setattr(pagefind, "run_program", hang)
    settings = {**site.settings, "READING_CACHE": str(tmp_path / "kept/readings")}
    files, (told,) = make_index(settings)
    assert files == ()
    assert told.partition(": ")[2] == (
        "Pagefind had not ended after 31 seconds. To have it tried again with the same texts, delete "
        f"the folder {tmp_path}/kept."
    )
    assert make_index(settings) == ((), [told])
    assert waited == [31]
    # Of other texts it may make an index, and is waited for again, but for a shorter time.
    other = {**settings, "DEFAULT_LANG": "de"}
    told = make_index(other)
    assert "after 7 seconds" in told[1][0]
    assert make_index(other) == told
    assert waited == [31, 7]
    # What somebody else has written is not believed, and what is installed anew is another program.
    (kept,) = (tmp_path / "kept/search").iterdir()
    kept.write_text(kept.read_text().replace("7]", "8]"))
    make_index(other)
    os.utime(program, (1, 1))
    make_index(other)
    assert waited == [31, 7, 31, 31]
    # Where it works it makes its index, and nothing is left of all this.
    monkeypatch.setattr(pagefind, "run_program", run)
    for module in (kept_index, pagefind):
        monkeypatch.setattr(module, "locate_program", lambda: works)
    files, told = make_index(other)
    assert (bool(files), told) == (True, [])
    assert [file.suffix for file in (tmp_path / "kept/search").iterdir()] == [""]


def test_a_disk_that_has_no_room_ends_no_build(site, monkeypatch):
    def refuse(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pagefind.tempfile, "mkdtemp", refuse)
    monkeypatch.setattr(kept_index, "load_bundle", lambda *_: None)
    catalogue = search_index.add_search(site.settings, judge_site(site.settings), lambda _: None)
    assert "No space left" in catalogue.problems[-1].text


def test_without_a_program_for_the_system_the_reason_is_said(site, monkeypatch):
    monkeypatch.setattr(kept_index, "read_package_version", lambda _: "")
    catalogue = search_index.add_search(site.settings, judge_site(site.settings), lambda _: None)
    assert "there is no Pagefind for this system" in catalogue.problems[-1].text
    assert catalogue.search == ()


def test_a_kept_index_is_used_for_the_same_texts_only(tmp_path):
    bundle = pagefind.Bundle(b"abcdef", {"a": (0, 2), "b": (2, 6)})
    file = tmp_path / "kept" / "index"
    kept_index.save_bundle(file, b"key", "these", bundle)
    assert kept_index.load_bundle(file, b"key", "these").load("b") == b"cdef"
    assert kept_index.load_bundle(file, b"key", "others") is None
    assert kept_index.load_bundle(file, b"other key", "these") is None
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    assert kept_index.load_bundle(file, b"key", "these") is None


def test_titles_too_many_for_a_page_are_left_to_the_archive(build_site, monkeypatch):
    monkeypatch.setattr(search, "MOST_TITLES", 1)
    page = build_site(FILES).page("search/")
    (index,) = page.all("section", class_="index")
    links = [(page.text(link), link.get("href")) for link in index.iter("a")]
    assert ("Reading", "/topics/reading/") in links
    assert ("the archive", "/archives/") in links
    assert not [address for _, address in links if address.startswith("/posts/")]


def test_the_page_and_the_index_part_words_where_no_blanks_do_alike():
    script = (ROOT / "theme/static/search.js").read_text(encoding="utf-8")
    for letters in (UNSPACED, WIDE_SIGNS):
        codes = [(ord(c), c) for c in letters if c != "-"]
        written = [rf"\\u{{{n:x}}}" if n > 0xFFFF else rf"\\u{n:04x}" for n, _ in codes]
        table = dict(zip((c for _, c in codes), written, strict=True))
        wanted = "".join(table.get(c, c) for c in letters)
        assert wanted in script.replace('" +\n  "', "")


@pytest.mark.parametrize(
    ("html", "spaced"),
    [
        ("<p>Plain words.</p>", "<p>Plain words.</p>"),
        ("図書館", "図 書 館"),
        ("法（NDC）に、<b>書く</b>。", "法（ NDC） に、<b> 書 く</b>。"),
        ('<a title="図書">API的</a>', '<a title="図書">API 的</a>'),
        ("도서관 안내", "도서관 안내"),
    ],
)
def test_each_letter_of_a_script_without_blanks_is_a_word_of_the_index(html, spaced):
    assert space_letters(html) == spaced


@pytest.mark.skipif(sys.platform != "linux", reason="no other system has such a name")
def test_the_texts_of_a_folder_whose_name_is_no_text_are_found_too(tmp_path):
    content = tmp_path / os.fsdecode(b"content-\xff")
    write_files(content, {**LEAST, "posts/a.md": "Title: A\nDate: 2026-01-01\n\nWords.\n"})
    assert "search/pagefind/pagefind.js" in build_tree(content, tmp_path / "site").files
