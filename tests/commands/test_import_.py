"""A dump goes in whole: every word, the author's emphasis, and nothing that is there is touched."""

import os
import unicodedata
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.header.front_matter import read_header
from commands.import_ import import_
from commands.importers import dump_posts
from commands.importers.dump_posts import format_imported_post, read_newest_date
from commands.importers.post import ImportedPost
from commands.writing.markdown_escape import escape_markdown
from commands.writing.post_files import CommandFault
from tests.commands.importers.test_dump import titles
from tests.commands.writing.test_markdown_escape import ODD, show
from tests.conftest import link

SEEDS = Path(__file__).parents[1] / "seeds.txt"
NAMES = (
    "three-requests-i-asked-of-our-library-lead-team.md",
    "what-do-we-do-if-our-wider-organisations-it-department-has-blocked-our-access-to.md",
)
QUOTES = str.maketrans(dict.fromkeys("\u2018\u2019\u201c\u201d\"'"))
DUMP = "First post\n\n3\nCOM\nWords of the first.\n\nSecond post\n\n0\nCOM\nWords of the second.\n"
AFTERNOON = datetime.fromisoformat("2026-11-23 15:30:59")

quick = settings(deadline=None, database=None)
thorough = settings(deadline=None, database=None, max_examples=400)


def fold(text):
    return " ".join(text.translate(QUOTES).split())


def snapshot(folder):
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def content(tmp_path, monkeypatch):
    """Make a content folder with two topics; messages name paths from beside it."""
    monkeypatch.chdir(tmp_path)
    topics = tmp_path / "content" / "topics"
    topics.mkdir(parents=True)
    (topics / "customer-service.md").write_text(
        "Title: Customer service\nUsed-for: client service; patron service\n\nAbout.\n"
    )
    (topics / "social-media.md").write_text("Title: Social media\n\nAbout.\n")
    return tmp_path / "content"


def write_dump(content, text, encoding="utf-8"):
    path = content.parent / "dump.txt"
    path.write_bytes(text.encode(encoding))
    return path


# The author's own two posts


def test_the_authors_posts_keep_every_word_in_order(content):
    assert import_(SEEDS, "2026-11-23", content) == 0
    seen = []
    for name in NAMES:
        header = read_header((content / "posts" / name).read_text(encoding="utf-8"), "post")
        assert header.problems == []
        words, tags = show(header.body)
        assert set(tags) <= {"p", "em"}
        seen.append(f"{header.values['Title']} 0 COM {words}")
    dump = SEEDS.read_text(encoding="utf-8").replace("*should*", "should")
    assert fold(" ".join(seen)) == fold(dump)


def test_the_authors_emphasis_stays_and_hard_spaces_go(content):
    import_(SEEDS, "", content)
    text = (content / "posts" / NAMES[0]).read_text(encoding="utf-8")
    assert "I feel that I *should* expect" in text
    assert show(text)[1].count("em") == 1
    assert "\u00a0" in SEEDS.read_text(encoding="utf-8")
    assert "\u00a0" not in text


def test_the_authors_posts_get_dates_counts_and_topics(content):
    import_(SEEDS, "2026-11-23", content)
    heads = [
        (content / "posts" / name).read_text(encoding="utf-8").split("\n\n")[0] for name in NAMES
    ]
    assert heads[0].splitlines() == [
        "Title: Three requests I asked of our library lead team",
        "Date: 2026-11-23 12:00",
        "Comments: 0",
        "Tags: Customer service",
    ]
    assert heads[1].splitlines()[1:] == [
        "Date: 2026-11-23 11:59",
        "Comments: 0",
        "Tags: Social media",
    ]


def test_one_line_says_which_dates_were_given(content, capsys):
    import_(SEEDS, "2026-11-23 09:30", content)
    lines = [line for line in capsys.readouterr().out.splitlines() if "dates" in line]
    assert len(lines) == 1
    assert "2026-11-23 09:30 to 2026-11-23 09:29" in lines[0]


# Words that Markdown would act on


@pytest.mark.parametrize("body", ODD)
def test_odd_words_come_out_as_the_author_wrote_them(body):
    text = format_imported_post(ImportedPost("T", 0, escape_markdown(body)), "2026-11-23 12:00", [])
    header = read_header(text, "post")
    assert header.problems == []
    words, tags = show(header.body)
    assert words.split() == body.split()
    assert set(tags) == {"p"}


@quick
@given(titles | st.text("ab\"'\\: #-[]", min_size=1).filter(lambda text: "a" in text))
def test_a_title_is_read_back_as_it_was(title):
    title = " ".join(title.split())
    header = read_header(
        format_imported_post(ImportedPost(title, 0, "W"), "2026-11-23 12:00", []), "post"
    )
    assert header.problems == []
    assert header.values["Title"] == unicodedata.normalize("NFC", title)
    assert header.body.strip() == "W"


def test_the_header_has_one_order_and_no_empty_tags():
    text = format_imported_post(ImportedPost("T", 1024, "W\n\nX"), "2026-11-23 12:00", [])
    assert text == "Title: T\nDate: 2026-11-23 12:00\nComments: 1024\n\nW\n\nX\n"
    text = format_imported_post(ImportedPost("T", 0, "W"), "2026-11-23 12:00", ["B", "A"])
    assert text == "Title: T\nDate: 2026-11-23 12:00\nComments: 0\nTags: B, A\n\nW\n"


# Dates


@pytest.mark.parametrize(
    ("date", "start"),
    [
        ("2024-01-10", "2024-01-10 12:00"),
        ("2024-01-10 09:05", "2024-01-10 09:05"),
        ("2024-01-10T09:05", "2024-01-10 09:05"),
        (" 2024-01-10 ", "2024-01-10 12:00"),
        ("", "2026-11-23 12:00"),
        ("2026-11-23 23:59", "2026-11-23 23:59"),
        ("10.1.2024", None),
        ("2024-1-5", None),
        ("2024-02-30", None),
        ("2024-01-10 25:00", None),
        ("0001-01-01", None),
        ("yesterday", None),
    ],
)
def test_only_iso_dates_are_read(date, start):
    if start:
        assert read_newest_date(date, AFTERNOON) == datetime.fromisoformat(start)
    else:
        with pytest.raises(CommandFault, match="is not a date"):
            read_newest_date(date, AFTERNOON)


def test_a_post_of_today_is_not_dated_later_than_now():
    now = datetime.fromisoformat("2026-11-23 08:15:42")
    assert read_newest_date("", now) == read_newest_date("2026-11-23", now) == now.replace(second=0)
    assert read_newest_date("2026-11-22", now) == datetime.fromisoformat("2026-11-22 12:00")


# The command


@pytest.mark.parametrize(
    ("dates", "given", "told"),
    [
        (["2019-03-02 08:15"], ["2019-03-02 08:15"], "1 post imported."),
        (
            ["2019-03-02 08:15", ""],
            ["2019-03-02 08:15", "2026-11-23 11:59"],
            "2 posts imported.\nThe file gives no dates for 1 of them; the post got 2026-11-23 11:59. "
            "Change a Date line where you know better.",
        ),
    ],
)
def test_dates_that_a_file_gives_are_kept(content, capsys, monkeypatch, dates, given, told):
    def read(data, _path):
        moments = [datetime.fromisoformat(date) if date else None for date in dates]
        body = data.decode()
        return [ImportedPost(f"T{n}", 0, body, each) for n, each in enumerate(moments)], []

    monkeypatch.setattr(dump_posts, "read_dump_file", read)
    (content.parent / "old.txt").write_text("# A heading\n\nand *words*")
    assert import_(content.parent / "old.txt", "2026-11-23", content) == 0
    posts = [(content / "posts" / f"t{n}.md").read_text() for n in range(len(dates))]
    assert [post.splitlines()[1].removeprefix("Date: ") for post in posts] == given
    assert all(post.endswith("\n\n# A heading\n\nand *words*\n") for post in posts)
    assert capsys.readouterr().out.endswith(f": imported.\n{told}\n")


def test_running_it_again_changes_nothing_and_says_so(content, capsys):
    assert import_(SEEDS, "2026-11-23", content) == 0
    before = snapshot(content)
    capsys.readouterr()
    assert import_(SEEDS, "2027-01-31", content) == 0
    assert snapshot(content) == before
    assert "Nothing changed" in capsys.readouterr().out


def test_a_file_that_a_person_has_edited_is_left_and_named(content, capsys):
    dump = write_dump(content, DUMP)
    import_(dump, "2026-11-23", content)
    edited = content / "posts" / "first-post.md"
    edited.write_text(edited.read_text().replace("Words", "Better words"))
    (content / "posts" / "second-post.md").unlink()
    before = edited.read_text()
    capsys.readouterr()
    assert import_(dump, "2026-11-23", content) == 0
    out = capsys.readouterr().out
    assert edited.read_text() == before
    assert (content / "posts" / "second-post.md").is_file()
    assert "first-post.md: left as it is" in out
    assert "1 post imported, 1 of 2 were there already" in out


def test_changes_in_the_header_alone_are_not_worth_a_word(content, capsys):
    dump = write_dump(content, DUMP)
    import_(dump, "2026-11-23", content)
    path = content / "posts" / "first-post.md"
    path.write_text(path.read_text().replace("Comments: 3", "Comments: 4\nTags: Social media"))
    capsys.readouterr()
    assert import_(dump, "2026-11-23", content) == 0
    assert "left" not in capsys.readouterr().out


def test_a_post_is_found_again_under_a_dated_name_or_by_its_slug_line(content):
    dump = write_dump(content, DUMP)
    import_(dump, "2026-11-23", content)
    posts = content / "posts"
    (posts / "first-post.md").rename(posts / "2020-05-01-first-post.md")
    text = (posts / "second-post.md").read_text().replace("\n\n", "\nSlug: second-post\n\n", 1)
    (posts / "second-post.md").unlink()
    (posts / "renamed.md").write_text(text)
    before = snapshot(content)
    assert import_(dump, "", content) == 0
    assert snapshot(content) == before


def test_windows_line_ends_that_an_editor_made_are_no_edit(content, capsys):
    dump = write_dump(content, DUMP)
    import_(dump, "2026-11-23", content)
    path = content / "posts" / "first-post.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    capsys.readouterr()
    import_(dump, "2026-11-23", content)
    assert "left" not in capsys.readouterr().out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_byte_order_marks_make_no_difference(content, encoding, end):
    dump = write_dump(content, DUMP.replace("\n", end), encoding)
    assert import_(dump, "2026-11-23", content) == 0
    text = (content / "posts" / "first-post.md").read_bytes()
    assert (
        text == b"Title: First post\nDate: 2026-11-23 12:00\nComments: 3\n\nWords of the first.\n"
    )


@pytest.mark.parametrize(
    ("data", "line", "seen"),
    [
        (DUMP.replace("second.", "café").encode("cp1252"), 11, "UTF-8"),
        (DUMP.encode("utf-16"), 1, "UTF-16"),
        (DUMP.replace("first.", "fir\x07st.").encode(), 5, "invisible"),
        (DUMP.replace("3", "many").encode(), 3, "whole number"),
        (b"", 1, "empty"),
    ],
)
def test_a_dump_that_cannot_be_read_writes_nothing(content, capsys, data, line, seen):
    dump = content.parent / "dump.txt"
    dump.write_bytes(data)
    assert import_(dump, "", content) == 1
    err = capsys.readouterr().err
    assert err.startswith(f"{dump}:{line}: ")
    assert seen in err
    assert err.endswith("Nothing was imported.\n")
    assert not (content / "posts").exists()


@pytest.mark.parametrize(
    ("file", "date", "folder", "seen"),
    [
        ("nowhere.txt", "", "content", "nowhere.txt: there is no such file"),
        ("content", "", "content", "content: this is the folder that posts are brought into"),
        ("dump.txt", "soon", "content", "“soon” is not a date. Write: --date 2026-11-23"),
        ("dump.txt", "", "elsewhere", "elsewhere: this folder is not there"),
    ],
)
def test_a_command_that_cannot_be_meant_so_is_told(content, capsys, file, date, folder, seen):
    write_dump(content, DUMP)
    assert import_(content.parent / file, date, content.parent / folder) == 2
    assert seen in capsys.readouterr().err
    assert not (content / "posts").exists()


def test_posts_that_is_a_file_is_told(content, capsys):
    (content / "posts").write_text("mine")
    assert import_(SEEDS, "", content) == 1
    assert "not a folder" in capsys.readouterr().err
    assert (content / "posts").read_text() == "mine"


def test_posts_that_leads_out_of_the_content_is_refused(content, capsys):
    outside = content.parent / "outside"
    outside.mkdir()
    link(content / "posts", outside)
    assert import_(SEEDS, "", content) == 1
    assert list(outside.iterdir()) == []
    assert "leads elsewhere" in capsys.readouterr().err


def test_a_link_in_the_place_of_a_post_is_not_followed(content, capsys):
    outside = content.parent / "outside.md"
    (content / "posts").mkdir()
    link(content / "posts" / "first-post.md", outside)
    assert import_(write_dump(content, DUMP), "", content) == 0
    assert not outside.exists()
    assert "first-post.md: left as it is" in capsys.readouterr().out
    assert (content / "posts" / "second-post.md").is_file()


def test_a_thousand_posts_keep_their_order_in_their_dates(content, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda _: None)  # it takes seconds, and no power is cut here
    text = "\n\n".join(f"Post {n}\n\n{n}\nCOM\nWords {n}." for n in range(1000))
    assert import_(write_dump(content, text), "2026-11-23", content) == 0
    dates = [
        read_header((content / "posts" / f"post-{n}.md").read_text(), "post").values["Date"]
        for n in range(1000)
    ]
    assert dates == sorted(set(dates), reverse=True)
