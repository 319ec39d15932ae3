"""A link by name means one text or file; what it means in no way is told, and shown as it was typed."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from catalogue.catalogue import read_catalogue
from catalogue.judging import View
from catalogue.text.targets import expand_links
from tests.conftest import draw_png, write_files

HEADER = "Title: {}\nDate: 2026-01-02\n{}\n"
FILES = {
    "posts/weeding.md": HEADER.format("Weeding", "") + "Words.\n\n## Aims\n\nWords.\n",
    "posts/draft.md": HEADER.format("A draft", "Status: draft\n") + "Words.\n",
    "posts/two-names.md": HEADER.format("Two names", "") + "Words.\n",
    "pages/two-names.md": "Title: A page\n\nWords.\n",
    "images/desk.png": draw_png(),
    "posts/own.md": HEADER.format("Own", "") + "Words.\n",
}


def read(tmp_path, text, **more):
    """Return the catalogue with a post that says a text, and what is wrong in it, by line."""
    write_files(tmp_path, {**FILES, "posts/a.md": HEADER.format("A", "") + text, **more})
    moment = datetime(2030, 1, 1, tzinfo=UTC)
    catalogue = read_catalogue(tmp_path, View(ZoneInfo("UTC"), moment, 9))
    problems = [(p.line, p.level, p.text) for p in catalogue.problems if p.path == "posts/a.md"]
    return catalogue, problems


def show(catalogue):
    """Return the HTML that readers get of the post."""
    return expand_links(catalogue.records["posts/a.md"].html, "", catalogue.targets)


@pytest.mark.parametrize(
    ("typed", "shown", "seen"),
    [
        ("[[Weding]]", "[[Weding]]", "Did you mean: [[weeding]]"),
        ("[[weedng|*so*]]", "[[weedng|*so*]]", "Did you mean: [[weeding]]"),
        ("[[Zzyzx & co]]", "[[Zzyzx &amp; co]]", "Write the name of a file in content/posts"),
        ("[[draft]]", "[[draft]]", "[[draft]] leads to a draft, which is not on the site."),
        ("[[#Nowhere]]", "[[#Nowhere]]", "[[#Nowhere]] names no heading of that text."),
        ("[[Zzyzx#Aims]]", "[[Zzyzx#Aims]]", "Nothing here is called “Zzyzx”"),
        (
            "[[weeding#Aim]]",
            '<a href="/posts/weeding/">weeding &gt; Aim</a>',
            "Write: [[weeding#aims]]",
        ),
        ("[so]([[Zzyzx]])", "[[Zzyzx|so]]", "Nothing here is called “Zzyzx”"),
    ],
)
def test_a_name_that_means_nothing_is_a_warning_in_its_line(tmp_path, typed, shown, seen):
    catalogue, problems = read(tmp_path, f"Words.\n\nWords and\nmore: {typed}, so.\n")
    assert {(line, level) for line, level, _ in problems} == {(7, "warning")}
    assert any(seen in text for *_, text in problems)
    assert f"more: {shown}," in show(catalogue).replace("&nbsp;", " ")


def test_a_name_that_means_nothing_stands_in_no_summary_as_a_link(tmp_path):
    catalogue, _ = read(tmp_path, "See [[Zzyzx]] and [[weeding|this]] here.\n")
    assert "<a" not in catalogue.records["posts/a.md"].summary


def test_of_two_texts_of_one_name_the_post_is_meant(tmp_path):
    catalogue, problems = read(tmp_path, "[[two-names]] and [[A page]]\n")
    assert [link.target for link in catalogue.records["posts/a.md"].links] == [
        "posts/two-names.md",
        "pages/two-names.md",
    ]
    assert problems == []


def test_a_picture_may_be_linked_by_name_and_embedded(tmp_path):
    catalogue, problems = read(tmp_path, "[[desk.png#xywh=1,2]]\n\n![[desk.png]] ![[weeding]]\n")
    assert "images/desk.png" in catalogue.files
    assert [(line, level) for line, level, _ in problems] == [(6, "warning")] * 2
    remedies = sorted(text.partition("Write: ")[2] for _, _, text in problems)
    assert remedies == ["![what it shows](../images/desk.png)", "[[weeding]]"]
    shown = show(catalogue).replace("&nbsp;", " ")
    assert '<img alt="" src="/images/desk.png"' in shown
    assert 'href="/images/desk.png#xywh=1,2"' in shown
    assert "> ![[weeding]]</p>" in shown


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("![[qqqq.png|A desk]]", "There is no picture images/qqqq.png. Mend the address, or"),
        (
            "![[dask.png|A desk]]",
            "There is no picture images/dask.png. Did you mean: ../images/desk.png",
        ),
        (
            "![[Desk.png|A desk]]",
            "images/Desk.png is spelt with other capitals than the file. Write: ..",
        ),
    ],
)
def test_an_embedded_picture_that_is_not_there_is_told_by_its_place(tmp_path, typed, told):
    """Nobody types {static}, which is how its address is kept."""
    _, problems = read(tmp_path, f"{typed}\n")
    assert [level for _, level, _ in problems] == ["error"]
    assert problems[0][2].startswith(told)


@pytest.mark.parametrize(
    "typed",
    ["[[1]](https://example.org/)", "[[1]][ref]\n\n[ref]: /about/", "[[1]]\n\n[1]: https://e.org/"],
)
def test_brackets_that_are_links_to_all_readers_are_no_names(tmp_path, typed):
    catalogue, problems = read(tmp_path, f"{typed}\n", **{"pages/about.md": "Title: B\n\nX.\n"})
    assert ("[1]</a>" in show(catalogue)) or (">1</a>]" in show(catalogue))
    assert problems == []


def test_a_name_in_code_or_behind_a_backslash_is_text(tmp_path):
    catalogue, problems = read(tmp_path, "`[[weeding]]` and \\[[weeding]] here, so it is.\n")
    assert (catalogue.records["posts/a.md"].links, problems) == ([], [])


def test_a_comment_has_no_links_by_name(tmp_path):
    comment = "Author: Ann\nDate: 2026-02-01\n\nSee [[weeding]].\n"
    catalogue, _ = read(tmp_path, "Words.\n", **{"comments/a/1.md": comment})
    assert [c.html for c in catalogue.filed["posts/a.md"]] == ["<p>See&nbsp;[[weeding]].</p>"]


def test_what_names_mean_does_not_change_when_it_is_settled_again(tmp_path):
    """Texts are selected twice when some of them wait."""
    waiting = "Title: Next\nDate: 2031-01-02\n\nSee [[own]].\n"
    catalogue, problems = read(tmp_path, "[[own]] and [[next]]\n", **{"posts/next.md": waiting})
    assert [link.target for link in catalogue.records["posts/a.md"].links] == [
        "posts/own.md",
        "posts/next.md",
    ]
    assert '<a href="/posts/own/">own</a>' in show(catalogue)
    assert "[[next]]" in show(catalogue)
    assert [level for _, level, _ in problems] == ["warning"]
