"""What is wrong is said in plain words: what was seen, and what to type instead."""

import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from catalogue.authority import group_topic_names
from catalogue.problems import (
    Problem,
    count_errors,
    format_annotation,
    format_count,
    format_name,
    format_problem,
    format_report,
    format_root,
    write_report,
)
from catalogue.record_reader import read_record
from catalogue.rules.dates import check_dates
from catalogue.rules.link_targets import LaterTargets, LinkTargets
from catalogue.rules.links import check_links
from catalogue.rules.tags import check_post_tags
from catalogue.text.markdown_reader import MarkdownReader

READER = MarkdownReader()
NOW = datetime(2026, 12, 1, tzinfo=UTC)
LONG = "x" * 5_000
POST = "Title: x\nDate: 2026-11-23\n"
NOWHERE = LinkTargets(
    ids={"posts/a.md": []}, files=[], sources={"/": ""}, hidden={"posts/d.md": "a draft"}
)

HEADERS = [
    *(
        "",
        "\n\n",
        "Text only.",
        "# Head\n\nTitle: x",
        "+++\n+++",
        "---\ntitle: x",
        "---\nx\n---",
        "{}",
    ),
    *(
        "Title: x",
        "Title:\nDate:",
        "Title: !\nDate: 1",
        "Title = x",
        "**Title**: x",
        "Title： x",
        "---",
    ),
    *(
        "Titel: x",
        "Save_as: x",
        f"{LONG}: x",
        f"Title: {LONG}",
        f"{LONG}",
        f"Title = {LONG}",
        "a: b\nc",
    ),
    *(
        f"{POST}{line}"
        for line in ["Comments: yes", "Comments: -1", "Comments: 1" + "0" * 9, "x", "x: y"]
    ),
    *(
        f"{POST}{key}: {LONG}"
        for key in "Title Date Modified Tags Comments Summary Status Slug".split()
    ),
    *(
        f"{POST}{key}: {LONG}"
        for key in "Aliases Author Image Image-alt Category Draft Tag".split()
    ),
    *(f"{POST}{key}: \x1f" for key in ("Title", "Tags")),
    *(f"{POST}Aliases: {alias}" for alias in ("..", "/", "/a b/", "https://e.org")),
    *(f"{POST}Tags: {','.join(map(str, range(99)))}", f"{POST}Category: {'a, b, ' * 20}"),
    *(
        f"{POST}Image: {image}"
        for image in ("https://e.org/a.png", "../../a.png", "a\\b.png", "a.png")
    ),
    *("Title: x\nDate: 1066-10-14", "Title: x\nDate: 1926-11-23", "Title: x\nDate: 2026-02-30"),
    *(f"{POST}Modified: {date}" for date in ("2020-01-01", "2099-01-01 09:30+02:00")),
    *("Title: x\nDate: 2098-01-01", f"{POST}Slug: Ä", f"{POST}Slug: posts", f"{POST}Slug: con"),
    'Title: "\\u0007"\nDate: 2026-11-23',
    "\n".join(f"K{n}: v" for n in range(50)),
    "K: v\n" * 600,
]
BODIES = [
    *(
        "",
        "<!-- x",
        "<!-- x -->",
        "<script>",
        "<blink>",
        f"<{LONG}>",
        "<b onclick=x>y</b>",
        "<p style=x>",
    ),
    *(
        f"<p {LONG}=x>y",
        f"[x](javascript:{LONG})",
        f"[x](data:{LONG})",
        f"[x]({LONG}:x)",
        "[x](C:\\a)",
    ),
    *(
        "[x]()",
        "![x]()",
        "[](b.md)",
        "<a href=''>x</a>",
        "<img>",
        "<img src=a>",
        f"<img src={LONG}>",
    ),
    *(f"![x]({LONG})", f"[x]({LONG}.md)", f"[x](#{LONG})", f"[x]({{{LONG}}}b.md)", "[x](..\\a.md)"),
    *(
        f"[x](../../{LONG})",
        "![x](https://e.org/a.png)",
        f"![x](https://e.org/{LONG})",
        "[x](www.e.org)",
    ),
    *("[x](a@e.org)", "[x](d.md)", "[x](/no/)", "[x](#no)", "![x](a.md)", "[x](http://localhost/)"),
    *(
        "[x](y",
        f"[x]({LONG}",
        "[x][y]",
        f"[{LONG[:60]}][{LONG[:60]}]",
        "[x\ny][z\nw]",
        "<b>",
        "</b>",
        "<b><i></b>",
    ),
    *("<p id=a><p id=a>", f"<p id={LONG}><p id={LONG}>", "<p id=main>", "<p class=skip>", "<?x ?>"),
    *(
        f"<?{LONG}?>",
        "<!DOCTYPE x>",
        "<![CDATA[x]]>",
        "<a href=x>y <a href=z>w</a></a>",
        "<div " * 9,
    ),
    *(
        '<abbr title="a > b">x</abbr>',
        "<div>" * 99,
        "*" * 999,
        "[" * 199 + "a" + "[" * 199 + "a" + "[" * 99,
    ),
    *(
        "x[^1] " * 999,
        f"x[^a b] [^{LONG}] [^1]\n\n[^1]:\n\n[^1]: a\n[^2]: b\n[^{LONG}{LONG}]: c",
        "`a` " * 4_000,
        "a\n\n" * 9_000,
        "- " * 99,
        ">" * 99,
        " " * 999 + "x",
        "```\n" * 999,
    ),
    *(
        "# a\n" * 9_000,
        "<a " * 3_000 + LONG * 3,
        "*[A]: b\n" * 999,
        "<b>x\n\n" * 99,
        "- a\n" * 9_000,
    ),
]
BYTES = [
    *(
        "é".encode("latin-1"),
        "é".encode("utf-16"),
        "é".encode("utf-16-le") * 9,
        b"\x00",
        b"\xff",
        b"PK\x03\x04",
    ),
    *(b"a" * 30_000, "\u202e".encode(), "\ufdd0".encode(), "\U0010ffff".encode(), b"caf\xc3"),
]
TAGS = ["x", "♪", LONG[:200], "Readin", "reading weeding", "a b c d", '"$(x)"']


def collect():
    """Return every problem of a large table of bad inputs."""
    problems = []
    for kind in ("post", "page", "topic", "comment"):
        for text in HEADERS:
            data = f"{text}\n\nText [x](b.md).\n".encode() if text else b""
            record = read_record(f"{kind}s/a.md", kind, data, READER)
            problems += [*record.problems, *check_dates([record], NOW, ZoneInfo("UTC"))]
    for body in BODIES:
        record = read_record("posts/a.md", "post", f"{POST}\n{body}\n".encode(), READER)
        problems += [
            *record.problems,
            *check_links([record], NOWHERE, LaterTargets(NOWHERE, {})),
        ]
    for data in BYTES:
        problems += read_record("posts/a.md", "post", data, READER).problems
    for slug in ("archives", "♪"):
        problems += read_record(f"posts/{slug}.md", "post", f"{POST}\nx".encode(), READER).problems
    topics = [
        read_record(f"topics/{name}.md", "topic", f"Title: {name}\n".encode(), READER)
        for name in ("reading", "weeding")
    ]
    owners = group_topic_names(topics)
    for tag in TAGS:
        record = read_record("posts/a.md", "post", f"{POST}Tags: {tag}\n\nx".encode(), READER)
        problems += check_post_tags([record], owners)
    return sorted(set(problems))


MESSAGES = sorted({problem.text for problem in collect()})
VERBS = (
    "write add delete put move save take choose did break copy keep rename split close mend look type "
    "change make"
).split()


def test_the_table_brings_out_most_messages():
    assert len(MESSAGES) > 150


@pytest.mark.parametrize("text", MESSAGES)
def test_every_message_is_plain(text):
    assert text.isprintable(), "one line, nothing invisible"
    assert len(text) <= 320
    assert not re.search(
        r"\bNone\b|\bTrue\b|\bFalse\b|\\x|\\u|\\n|\['|\{'|<class|Error|Exception", text
    )
    assert not re.search(
        r"(?i)regex|codec|parse|token|traceback|invalid|attribute|schema|yaml|null", text
    )
    assert not re.search(r"  |\w\.\.\s|\. \.|\.:|, \.", text)
    seen, _, remedy = text.replace("?", ".").partition(". ")
    assert seen, "what was seen comes first"
    assert seen[0].isupper() or not seen[0].isalpha() or re.match(r"[\w.-]+[=/@.:-]|x{9}", seen)
    sentence = remedy or text
    assert any(re.search(rf"(?i)\b{verb}\b", sentence) for verb in VERBS), "and what to do"


def test_problems_are_in_order_and_counted_in_the_last_line(tmp_path, monkeypatch):
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.chdir(tmp_path)
    problems = [
        Problem("posts/b.md", 2, "warning", "Two."),
        Problem("posts/b.md", 10, "error", "Ten."),
        Problem("posts/a.md", 0, "error", "Whole."),
        Problem("posts/a.md", 0, "error", "Whole."),
    ]
    assert format_report(problems, Path("content")).split("\n") == [
        "content/posts/a.md: Whole.",
        "content/posts/b.md:2: warning: Two.",
        "content/posts/b.md:10: Ten.",
        "2 errors, 1 warning.",
    ]
    assert format_report([], Path("content")) == ""
    assert count_errors(problems) == 3


def test_on_github_each_problem_is_an_annotation_too(tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.chdir(tmp_path)
    report = format_report([Problem("posts/a,b.md", 0, "warning", "50 %: x")], Path("content"))
    assert report.split("\n")[1:] == [
        "::warning file=content/posts/a%2Cb.md,line=1::50 %25: x",
        "0 errors, 1 warning.",
    ]


def test_no_name_and_no_text_can_start_a_command_of_its_own():
    problem = Problem("posts/a\n::error::x.md", 1, "error", "x\r\n::set-output name=y::z %0A")
    for line in (format_annotation(problem, "content"), format_problem(problem, "content")):
        assert line.isprintable()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a.md", "a.md"),
        ("a\nb", "a\\x0ab"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\udcff", "\\xff"),
        ("é", "é"),
    ],
)
def test_a_name_is_shown_on_one_line(name, shown):
    assert format_name(name) == shown


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 errors"), (1, "1 error"), (1024, "1,024 errors")]
)
def test_counts_agree_with_their_noun(number, text):
    assert format_count(number, "error") == text
    assert format_count(2, "copy", "copies") == "2 copies"


def test_a_folder_elsewhere_is_named_in_full(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert format_root(tmp_path / "there") == str((tmp_path / "there").resolve())


def test_the_report_goes_to_the_error_output(capsys, tmp_path):
    write_report([], tmp_path)
    assert capsys.readouterr() == ("", "")
    write_report([Problem("a.md", 1, "error", "x")], tmp_path)
    out, err = capsys.readouterr()
    assert (out, err.splitlines()[-1]) == ("", "1 error, 0 warnings.")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows deletes no folder that one is in")
def test_a_folder_has_a_name_also_where_the_current_folder_is_gone(tmp_path, monkeypatch):
    place = tmp_path / "place"
    place.mkdir()
    monkeypatch.chdir(place)
    assert format_root(place / "content") == "content"
    place.rmdir()
    assert format_root(tmp_path / "content") == str(tmp_path / "content")
    assert format_root(Path("content")) == "content"
    monkeypatch.chdir(tmp_path)
