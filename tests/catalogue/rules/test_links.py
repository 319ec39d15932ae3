"""A link that leads nowhere is told with the nearest that is there."""

import pytest

from catalogue.records import Record
from catalogue.rules.link_targets import LaterTargets, LinkTargets
from catalogue.rules.links import check_links
from catalogue.text.links import Link

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
            "draft.md leads to a draft, which is not on the site. Take the link out.",
        ),
        ("b.md", "posts/b.md", "", "img", "b.md is no picture. Write the picture's file name."),
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
            "talk.mp4 is no picture. Write the picture's file name.",
        ),
        ("/", "/", "", "video", "/ is no film. Write the film's file name."),
    ],
)
def test_a_dead_link_is_told_with_the_nearest(url, target, fragment, tag, text):
    assert judge(url, target, fragment, tag) == [text]
