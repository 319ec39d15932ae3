"""A link that leads nowhere is told with the nearest that is there."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from catalogue.catalogue import read_catalogue
from catalogue.judging import View
from catalogue.records import Record
from catalogue.rules.link_mends import find_right_address
from catalogue.rules.link_targets import LaterTargets, LinkTargets, find_former_slugs
from catalogue.rules.links import check_links
from catalogue.text.links import Link
from tests.conftest import LEAST, draw_png, write_files

MP4 = bytes(4) + b"ftypisom" + bytes(64)
TARGETS = LinkTargets(
    ids={"posts/a.md": ["here"], "posts/b.md": ["there", "café"], "topics/reading.md": []},
    files={"images/desk.png", "images/talk.mp4", "images/talk.vtt", "extra/robots-note.txt"},
    sources={
        "/": "",
        "/archives/": "",
        "/posts/b/": "posts/b.md",
        "/images/desk.png": "images/desk.png",
        "/old/": "posts/b.md",
    },
    hidden={"posts/draft.md": "a draft"},
    old=frozenset(["/old/"]),
)


def judge(url, target, fragment="", tag="a"):
    link = Link(7, tag, url, target, fragment)
    record = Record("posts/a.md", "post", links=[link], ids=["here"])
    problems = list(check_links([record], TARGETS, LaterTargets(TARGETS, {})))
    assert all((p.path, p.line, p.level) == ("posts/a.md", 7, "error") for p in problems)
    return [problem.text for problem in problems]


@pytest.mark.parametrize(
    ("target", "fragment", "tag"),
    [
        ("posts/b.md", "", "a"),
        ("posts/b.md", "café", "a"),
        ("", "here", "a"),
        ("", "", "a"),
        ("", "top", "a"),
        ("/", "", "a"),
        ("/archives/", "2026", "a"),
        ("/archives", "", "a"),
        ("/archives/index.html", "", "a"),
        ("/posts/b/", "there", "a"),
        ("/old/", "", "a"),
        ("/old/", "top", "a"),
        ("posts/b.md", "Top", "a"),
        ("posts/b.md", "there:~:text=a", "a"),
        ("", ":~:text=a", "a"),
        ("images/desk.png", "", "img"),
        ("images/desk.png", "", "a"),
        ("/images/desk.png", "", "img"),
        ("images/talk.mp4", "", "video"),
        ("images/talk.mp4", "", "source"),
        ("images/talk.mp4", "", "audio"),
        ("images/talk.vtt", "", "track"),
    ],
)
def test_a_good_link_has_no_problem(target, fragment, tag):
    assert judge("x", target, fragment, tag) == []


@pytest.mark.parametrize(
    ("url", "target", "fragment", "tag", "text"),
    [
        (
            "/old#there",
            "/old",
            "there",
            "a",
            "/old#there is an old address, which leads to no place of a page. Write: b.md#there",
        ),
        (
            "/old/#nowhere",
            "/old/",
            "nowhere:~:text=a",
            "a",
            "There is no place called #nowhere on that page. Take out the # and what follows it.",
        ),
        (
            "B.md",
            "posts/B.md",
            "",
            "a",
            "B.md is spelt with other capitals than the file. Write: b.md",
        ),
        (
            "raeding.md",
            "topics/raeding.md",
            "",
            "a",
            "There is no page or file raeding.md. Did you mean: ../topics/reading.md",
        ),
        (
            "bb.md",
            "posts/bb.md",
            "",
            "a",
            "There is no page or file bb.md. Mend the address, or take the link out.",
        ),
        (
            "desk.png",
            "posts/desk.png",
            "",
            "img",
            "There is no picture desk.png. Did you mean: ../images/desk.png",
        ),
        (
            "qqqq.md",
            "posts/qqqq.md",
            "",
            "a",
            "There is no page or file qqqq.md. Mend the address, or take the link out.",
        ),
        (
            "/archive/",
            "/archive/",
            "",
            "a",
            "There is no page or file /archive/. Did you mean: /archives/",
        ),
        (
            "/archive/desk.png",
            "/archive/desk.png",
            "",
            "img",
            "There is no picture /archive/desk.png. Did you mean: ../images/desk.png",
        ),
        (
            "/archive.png",
            "/archive.png",
            "",
            "img",
            "There is no picture /archive.png. Mend the address, or take the link out.",
        ),
        (
            "#her",
            "",
            "her",
            "a",
            "There is no place called #her on that page. Write #here.",
        ),
        (
            "b.md#x",
            "posts/b.md",
            "x",
            "a",
            "There is no place called #x on that page. Take out the # and what follows it.",
        ),
        (
            "draft.md",
            "posts/draft.md",
            "",
            "a",
            "draft.md leads to a draft, which is not on the site. Take its line Status: draft out if it "
            "is to be there too, or take the link out.",
        ),
        (
            "#_ftn1",
            "",
            "_ftn1",
            "a",
            "#_ftn1 is the place of a note in another program. Write [^1] in place of the whole link, and "
            "in a line below the text: [^1]: the words of the note",
        ),
        (
            "ala.org/news",
            "posts/ala.org/news",
            "",
            "a",
            "There is no page or file ala.org/news. Did you mean: https://ala.org/news",
        ),
        (
            "none.docx",
            "posts/none.docx",
            "",
            "a",
            "There is no page or file none.docx. Mend the address, or take the link out.",
        ),
        (
            "#qqqq",
            "",
            "qqqq",
            "a",
            "There is no place called #qqqq on that page. Write # and the words of a heading, as in "
            "#our-aims, or take the link out.",
        ),
        (
            "b.md",
            "posts/b.md",
            "",
            "img",
            "b.md is no picture. Write the picture's file name, or for a link to it: [its title](b.md)",
        ),
        ("/", "/", "", "img", "/ is no picture. Write the picture's file name."),
        (
            "b.md",
            "posts/b.md",
            "",
            "video",
            "b.md is no film. Write the film's file name.",
        ),
        (
            "talk.vtt",
            "images/talk.vtt",
            "",
            "audio",
            "talk.vtt is no recording. Write the recording's file name.",
        ),
        (
            "talk.mp4",
            "images/talk.mp4",
            "",
            "img",
            "talk.mp4 is no picture. Write the picture's file name, "
            "or for a link to it: [its title](talk.mp4)",
        ),
        ("/", "/", "", "video", "/ is no film. Write the film's file name."),
    ],
)
def test_a_dead_link_is_told_with_the_nearest(url, target, fragment, tag, text):
    assert judge(url, target, fragment, tag) == [text]


RENAMED = replace(
    TARGETS, former={("posts", "old"): "posts/b.md", ("pages", "me"): "pages/about.md"}
)


@pytest.mark.parametrize(
    ("url", "target", "said"),
    [
        ("old.md", "posts/old.md", "old.md has another name now. Write: b.md"),
        ("2024-05-01-old.md", "posts/2024-05-01-old.md", "has another name now. Write: b.md"),
        ("../pages/me.md", "pages/me.md", "has another name now. Write: ../pages/about.md"),
        ("[[old]]", "[[old]]", "It has another name now. Write: [[b]]"),
    ],
)
def test_a_link_by_a_name_that_a_text_had_is_told_with_the_one_that_it_has(url, target, said):
    record = Record("posts/a.md", "post", links=[Link(7, "a", url, target)])
    (problem,) = check_links([record], RENAMED, LaterTargets(RENAMED, {}))
    assert problem.text.endswith(said)
    assert find_right_address(record.links[0], record.path, RENAMED) in said


@pytest.mark.parametrize("target", ["images/old.md", "topics/old.md", "posts/old.png"])
def test_a_name_that_another_kind_of_file_had_is_no_hint(target):
    record = Record("posts/a.md", "post", links=[Link(7, "a", "x", target)])
    (problem,) = check_links([record], RENAMED, LaterTargets(RENAMED, {}))
    assert "another name" not in problem.text
    assert find_right_address(record.links[0], record.path, RENAMED) == ""


def test_only_what_one_text_had_and_none_has_is_a_former_name(tmp_path):
    head = "Date: 2024-05-01\nTags: reading\n"
    files = {
        **LEAST,
        "posts/a.md": f"Title: A\n{head}Aliases: /posts/one/, /b/two.html, /c/b/, /d/both/\n\nOf A.\n",
        "posts/b.md": f"Title: B\n{head}Aliases: /e/both/\n\nOf B.\n",
    }
    write_files(tmp_path, files)
    catalogue = read_catalogue(
        tmp_path, View(ZoneInfo("UTC"), datetime(2030, 1, 1, tzinfo=UTC), 10)
    )
    assert find_former_slugs(catalogue) == {
        ("posts", "one"): "posts/a.md",
        ("posts", "two"): "posts/a.md",
    }


HEAD = "Title: {}\nDate: 2026-01-02\n\n".format


def find_problems(folder, files, *large):
    """Return what is wrong with {path: text or bytes}, and with files that are too large for GitHub."""
    write_files(folder, {**LEAST, **files})
    for name in large:
        os.truncate(folder / name, 101 * 1024**2)
    view = View(ZoneInfo("UTC"), datetime(2030, 1, 1, tzinfo=UTC), 10)
    return [
        (each.path, each.line, each.text)
        for each in read_catalogue(folder, view).problems
        if each.level == "error"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "![A talk](../images/talk.mp4)",
        "[A talk](../images/talk.mp4)",
        "![A talk](/images/talk.mp4)",
        "See ![A talk](../images/talk.mp4) and [it](../images/talk.mp4).",
    ],
)
def test_a_film_that_is_too_large_is_one_error_however_it_is_linked(tmp_path, text):
    files = {"posts/a.md": HEAD("A") + text, "images/talk.mp4": b"x", "images/tall.mp4": MP4}
    ((path, _, told),) = find_problems(tmp_path, files, "images/talk.mp4")
    assert path == "images/talk.mp4"
    assert told.startswith("This film has 101.0 MB")


@pytest.mark.parametrize("name", ["talk.mp4", "talk.mp3"])
def test_a_film_or_recording_that_is_missing_is_one_error(tmp_path, name):
    files = {"posts/a.md": HEAD("A") + f"![A talk](../images/{name})"}
    ((path, line, told),) = find_problems(tmp_path, files)
    assert (path, line) == ("posts/a.md", 4)
    assert told.startswith(f"There is no {'film' if name.endswith('4') else 'recording'} ")


def test_two_links_to_what_is_missing_are_two_errors(tmp_path):
    files = {"posts/a.md": HEAD("A") + "![A talk](../images/a.mp4)\n\n[It](../images/a.mp4)"}
    assert [line for _, line, _ in find_problems(tmp_path, files)] == [4, 6]


SIGN = "The {} in {} is a sign of the address and not of the file's name. Write: {}".format


@pytest.mark.parametrize(
    ("name", "typed", "sign", "right"),
    [
        ("hash#tag.jpg", "../images/hash#tag.jpg", "#", "../images/hash%23tag.jpg"),
        ("C#.jpg", "../images/C#.jpg", "#", "../images/C%23.jpg"),
        ("c#.jpg", "../images/C#.jpg", "#", "../images/c%23.jpg"),
        ("#1.jpg", "../images/#1.jpg", "#", "../images/%231.jpg"),
        ("why?.jpg", "../images/why?.jpg", "?", "../images/why%3F.jpg"),
        ("a%20b.jpg", "../images/a%20b.jpg", "%", "../images/a%2520b.jpg"),
        ("C# (1).jpg", "<../images/C# (1).jpg>", "#", "../images/C%23%20%281%29.jpg"),
        ("C#.jpg", "/images/C#.jpg", "#", "../images/C%23.jpg"),
        ("C#.jpg", "{static}/images/C#.jpg", "#", "../images/C%23.jpg"),
    ],
)
def test_a_sign_of_addresses_in_a_name_is_told_with_its_code(tmp_path, name, typed, sign, right):
    files = {"posts/a.md": HEAD("A") + f"![x]({typed})", f"images/{name}": draw_png(9, 9)}
    ((path, _, told),) = [found for found in find_problems(tmp_path, files) if found[1] == 4]
    seen = typed.strip("<>").removeprefix("{static}/")
    assert (path, told) == ("posts/a.md", SIGN(sign, seen, right))
    files["posts/a.md"] = HEAD("A") + f"![x]({right})"
    assert [found for found in find_problems(tmp_path, files) if found[1] == 4] == []


def test_a_sign_of_addresses_in_the_name_of_the_picture_on_top_is_told_with_its_code(tmp_path):
    head = HEAD("A").replace("\n\n", "\nImage: {}\nImage-alt: x\n\nWords.").format
    files = {"posts/a.md": head("C#.png"), "images/C#.png": draw_png(9, 9)}
    assert find_problems(tmp_path, files) == [
        ("posts/a.md", 3, SIGN("#", "C#.png", "../images/C%23.png"))
    ]
    files["posts/a.md"] = head("../images/C%23.png")
    assert find_problems(tmp_path, files) == []


def test_a_file_that_may_be_meant_is_named_as_an_address_has_it(tmp_path):
    files = {
        "posts/a.md": HEAD("A") + "![x](C%23%20desk.png) [It](../files/note%23s.pdf)",
        "images/C# desk.png": draw_png(9, 9),
        "images/note#.pdf": b"%PDF-1.4\n%%EOF\n",
    }
    told = [text.partition("mean: ")[2] for _, _, text in find_problems(tmp_path, files)]
    assert told == ["../images/C%23%20desk.png", "../images/note%23.pdf"]


def test_a_link_with_other_capitals_keeps_the_code_of_a_sign_in_its_name():
    targets = replace(TARGETS, files={"images/C#.png"})
    link = Link(7, "img", "../images/c%23.PNG", "images/c#.PNG")
    assert find_right_address(link, "posts/a.md", targets) == "../images/C%23.png"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("images/a/shelf.jpg", "../images/a/shelf.jpg"),
        ("images/b/shelf.jpg", "../images/b/shelf.jpg"),
        ("../images/a/Shelf.png", "../images/a/shelf.jpg"),
        ("../images/aa/shelf.jpg", "../images/a/shelf.jpg"),
        ("../images/2024/bb/shelf.jpg", "../images/b/shelf.jpg"),
        ("../images/a/shlef.jpg", "../images/a/shelf.jpg"),
        ("../images/shelf.gif", "../images/c/shelf.gif"),
    ],
)
def test_of_pictures_with_the_same_name_the_nearest_is_named(typed, meant):
    files = ["images/a/shelf.jpg", "images/c/shelf.gif", "images/b/shelf.jpg"]
    targets = replace(TARGETS, files=files)
    link = Link(7, "img", typed, os.path.normpath(f"posts/{typed}"))
    record = Record("posts/a.md", "post", links=[link])
    (problem,) = check_links([record], targets, LaterTargets(targets, {}))
    assert problem.text.endswith(f"Did you mean: {meant}")
    assert find_right_address(link, record.path, targets) == ""


def test_of_pictures_with_the_same_name_that_on_top_of_a_post_is_the_nearest_too(tmp_path):
    head = HEAD("A").replace("\n\n", "\nImage: a/s.png\nImage-alt: x\n\n")
    picture = draw_png(9, 9)
    files = {
        "posts/a.md": f"{head}![x](images/a/s.png)",
        "images/a/s.png": picture,
        "images/b/s.png": picture,
    }
    told = [text.partition("mean: ")[2] for _, _, text in find_problems(tmp_path, files)]
    assert told == ["../images/a/s.png"] * 2
