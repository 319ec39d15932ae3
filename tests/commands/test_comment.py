"""A reply is filed with its count or not at all, and says what of a mail was left out."""

import os
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.header.front_matter import read_header
from catalogue.problems import count_errors
from catalogue.text.encoding import decode_text
from catalogue.text.mail_addresses import MASK
from commands.check import judge_content
from commands.comment import comment
from commands.comments.comment_count import change_count, set_count
from commands.writing.post_files import find_post_file
from tests.commands.comments.test_mail import HEAD, write_html, write_nested, write_parts
from tests.conftest import read_files, shorten, write_files

POST = (
    b"Title: Weeding\nDate: 2026-03-04 09:30\nComments: 0\nTags: Reading\n\nComments: 9 is text.\n"
)


@pytest.fixture
def content(tmp_path, monkeypatch):
    """Make a content folder with one post; messages name paths from beside it."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "content"
    write_files(folder, {"posts/weeding.md": POST, "topics/reading.md": "Title: Reading\n"})
    return folder


def file(content, post="weeding", **words):
    words = {"author": "Ann Reader", "text": "We did too.", "date": "2026-03-05", **words}
    return comment(post, content=content, **words)


def save(tmp_path, text, name="mail.eml"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.replace("\n", "\r\n").encode())
    return str(path)


def test_a_reply_is_filed_and_counted_and_the_check_is_content(content, capsys):
    assert file(content, url="https://ann.example/", date="2026-03-05 10:00") == 0
    filed = content / "comments/weeding/2026-03-05-ann-reader.md"
    assert filed.read_text() == (
        "Author: Ann Reader\nDate: 2026-03-05 10:00\nUrl: https://ann.example/\n\nWe did too.\n"
    )
    assert (content / "posts/weeding.md").read_bytes() == POST.replace(
        b"Comments: 0", b"Comments: 1"
    )
    assert not count_errors(judge_content(content).problems)
    lines = [line.replace("\\", "/") for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        "content/comments/weeding/2026-03-05-ann-reader.md: filed.",
        "content/posts/weeding.md: Comments: 1",
    ]


def test_a_second_reply_of_the_same_day_gets_a_number_and_can_answer_the_first(content):
    assert file(content) == 0
    assert file(content, reply_to="comments/weeding/2026-03-05-ann-reader.md") == 0
    second = content / "comments/weeding/2026-03-05-ann-reader-2.md"
    assert "Reply-to: 2026-03-05-ann-reader\n" in second.read_text()
    assert b"Comments: 2\n" in (content / "posts/weeding.md").read_bytes()
    assert not count_errors(judge_content(content).problems)


@pytest.mark.parametrize(
    "word",
    ["weeding", "weeding.md", "posts/weeding.md", "content\\posts\\weeding.md", "/posts/weeding/",
     "https://example.org/blog/posts/weeding/", "https://example.org/posts/weeding/index.html#comments"],
)  # fmt: skip
def test_a_post_is_found_by_slug_file_or_address(content, word):
    assert file(content, word) == 0


def test_the_folder_is_named_after_the_slug_and_not_after_the_file(content):
    path = content / "posts/2026-01-02-long-name.md"
    path.write_text("Title: Long\nDate: 2026-01-02\nSlug: short\n\nText.\n")
    assert file(content, "long-name") == 0
    assert (content / "comments/short/2026-03-05-ann-reader.md").exists()
    assert "Comments: 1" in path.read_text()


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ({"post": "weedign"}, 2, "There is no post “weedign” in content. Did you mean weeding?"),
        ({"post": "weed"}, 2, "Did you mean weeding?"),
        ({"post": "../../etc/passwd"}, 2, "There is no post"),
        ({"text": ""}, 2, "Give the words of the comment by one of --text, --file or --eml"),
        ({"file": "a.txt"}, 2, "by one alone"),
        ({"text": "", "file": "nowhere.txt"}, 2, "nowhere.txt: this file cannot be read"),
        ({"text": " \n "}, 1, "No words of the comment are there."),
        ({"author": ""}, 2, 'A comment needs the name of who wrote it. Add: --author "Ann Reader"'),
        ({"author": "ann@example.org"}, 2, "is an e-mail address"),
        ({"author": "A\x1b[31m"}, 2, "holds what cannot be shown"),
        ({"author": "A" * 201}, 1, "Write at most 200"),
        ({"date": "yesterday"}, 2, "Write: --date 2026-11-23"),
        ({"url": "ann.example"}, 2, "Write it in full: --url https://"),
        ({"url": "https://x.org/?m=a@x.org"}, 1, "Url holds an e-mail address"),
        ({"reply_to": "nobody"}, 1, "There is no comment nobody.md in this folder."),
        ({"text": "x\ufdd0"}, 1, "invisible"),
    ],
)  # fmt: skip
def test_what_cannot_be_filed_gets_a_sentence_and_changes_nothing(
    content, capsys, words, code, sentence
):
    before = read_files(content)
    assert file(content, **words) == code
    assert sentence in capsys.readouterr().err
    assert read_files(content) == before
    assert not (content / "comments").exists()


@pytest.mark.parametrize(
    ("line", "kept", "words"),
    [
        ("Comments: 12", 0, "weeding.md:3: Comments: 12 stands here, and comments/weeding has no file yet."),
        ("Comments: 0", 1, "weeding.md:3: Comments: 0 stands here, and comments/weeding has 1 file."),
        ("Comments: many", 0, "weeding.md:3: the post's header has a mistake."),
        ("Comments:\n  - 0", 0, "weeding.md:3: the number cannot be changed here."),
    ],
)  # fmt: skip
def test_a_count_that_is_not_right_is_told_and_nothing_is_filed(content, capsys, line, kept, words):
    (content / "posts/weeding.md").write_bytes(POST.replace(b"Comments: 0", line.encode()))
    write_files(
        content,
        {f"comments/weeding/{n}.md": "Author: A\nDate: 2026-03-05\n\nHi.\n" for n in range(kept)},
    )
    before = read_files(content)
    assert file(content) == 1
    assert words in capsys.readouterr().err.replace("\\", "/")
    assert read_files(content) == before


@pytest.mark.parametrize(
    ("before", "number", "after"),
    [
        (b"Title: A\nComments: 3\n\nB", 4, b"Title: A\nComments: 4\n\nB"),
        (b"Title: A\r\ncomment-count :  '3' \r\n\r\nB", 4, b"Title: A\r\ncomment-count :  '4' \r\n\r\nB"),
        (b"Title: A\nCOMMENTS: 1,023\n\nB", 1024, b"Title: A\nCOMMENTS: 1,024\n\nB"),
        (b"Title: A\nComments: 999\n\nB", 1000, b"Title: A\nComments: 1000\n\nB"),
        (b"Title: A\nComments:\n\nB", 1, b"Title: A\nComments: 1\n\nB"),
        (b"\xef\xbb\xbfComments: 3\r\rB", 4, b"\xef\xbb\xbfComments: 4\r\rB"),
        (b"Title: A\n\nB", 1, b"Title: A\nComments: 1\n\nB"),
        (b"Title: A\r\nTags:\r\n- x\r\n- y\r\n\r\nB", 1,
         b"Title: A\r\nTags:\r\n- x\r\n- y\r\nComments: 1\r\n\r\nB"),
        (b"---\nTitle: A\n---\nB", 1, b"---\nTitle: A\nComments: 1\n---\nB"),
        (b"\n---\nTitle: A\nTags:\n  - x\n# a note\n---\nB", 1,
         b"\n---\nTitle: A\nTags:\n  - x\nComments: 1\n# a note\n---\nB"),
        (b"Title: A\nSummary: one\n  two\n\nComments: 7", 1,
         b"Title: A\nSummary: one\n  two\nComments: 1\n\nComments: 7"),
    ],
)  # fmt: skip
def test_the_count_is_set_and_no_other_byte_of_the_post_is_touched(before, number, after):
    header = read_header(decode_text(before, "")[0], "post")
    changed = change_count(before, header, number)
    assert changed == after
    assert read_header(decode_text(changed, "")[0], "post").values["Comments"] == number


@pytest.mark.parametrize("failing", [1, 2])
def test_when_the_post_cannot_be_written_no_comment_is_left(content, capsys, monkeypatch, failing):
    """It is written twice: without a number before the comment is filed, with the new one after."""
    before, real, calls = read_files(content), os.replace, []

    def refuse(*names):
        calls.append(names)
        if len(calls) == failing:
            raise OSError(28, "No space left on device")
        real(*names)

    monkeypatch.setattr(os, "replace", refuse)
    assert file(content) == 1
    said = capsys.readouterr().err
    assert "posts/weeding.md: the disk is full. Make room on it, then type the same command" in said
    assert said.endswith("again. Nothing was filed.\n")
    assert read_files(content) == before
    assert not (content / "comments").exists()


@pytest.mark.parametrize("moment", [(shutil, "copymode"), (os, "link")])
def test_a_post_that_changes_meanwhile_is_not_overwritten(content, capsys, monkeypatch, moment):
    """It changes before it is written, or between the two times."""
    path = content / "posts/weeding.md"
    real = getattr(*moment)

    def change(*names):
        path.write_bytes(POST + b"More.\n")
        real(*names)

    monkeypatch.setattr(*moment, change)
    assert file(content) == 1
    assert (
        "writing failed (weeding.md was changed meanwhile). Type the same"
        in capsys.readouterr().err
    )
    assert read_files(content).keys() == {"posts/weeding.md", "topics/reading.md"}
    assert path.read_bytes() == POST + b"More.\n"


def test_what_a_killed_command_has_filed_is_counted_and_not_filed_again(content):
    """While a comment is filed its post says no number; a day later the clock has another date."""
    path, folder = content / "posts/weeding.md", content / "comments/weeding"
    write_files(
        folder, {"2026-03-05-ann-reader.md": "Author: Ann Reader\nDate: 2026-03-05\n\nHi.\n"}
    )
    path.write_bytes(POST.replace(b"Comments: 0", b"Comments: ~"))
    assert not count_errors(judge_content(content).problems)
    assert file(content, text="Hi.", date="") == 0
    assert path.read_bytes() == POST.replace(b"Comments: 0", b"Comments: 1")
    assert len(list(folder.iterdir())) == 1
    path.write_bytes(POST.replace(b"Comments: 0", b"Comments:"))
    assert file(content, text="Hi.", date="2026-03-06") == 0  # on another day: another comment
    assert path.read_bytes() == POST.replace(b"Comments: 0", b"Comments: 2")
    assert file(content, text="Hi.", date="") == 0  # and so it is when nothing was killed
    assert path.read_bytes() == POST.replace(b"Comments: 0", b"Comments: 3")
    assert len(list(folder.iterdir())) == 3


blanks = st.text(" \t", max_size=3)


@given(
    blanks,
    blanks,
    st.sampled_from(["", "'", '"']),
    st.integers(0, 99_998),
    blanks,
    st.sampled_from(["", " # so far", "\t#"]),
    st.booleans(),
)
def test_a_number_that_was_taken_out_goes_back_to_its_place(
    before, after, quote, number, end, remark, is_fenced
):
    remark = remark if is_fenced and not (quote or end) else ""
    after = " " if remark else after  # behind a lone remark, the place of the number is guessed
    line = f"Comments{before}:{after}{quote}{number}{quote}{end}{remark}"
    fence = "---\n" if is_fenced else ""
    head = f"{fence}Title: A\nDate: 2026-03-04\n{line}\nTags: x\n"
    data = f"{head}{fence or chr(10)}Comments: 9 is text.\n".encode()
    header = read_header(decode_text(data, "")[0], "post")
    assert header.values["Comments"] == number
    opened = set_count(data, header, None)
    again = read_header(decode_text(opened, "")[0], "post")
    assert "Comments" not in again.values
    assert set_count(opened, again, number) == data
    assert set_count(opened, again, number + 1) == set_count(data, header, number + 1)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("walk.md", "---\ntitle: A\ndate: 2026-03-01\ncomments: true\n---\n", "comments: 1\n"),
        ("walk.md", "Title: A\nDate: 2026-03-01\nComments: []\n\n", "Comments: 1\n"),
        ("walk.md", '+++\ntitle = "A"\ndate = 2026-03-01\n[a]\nb = 1\n+++\n', "+++\ncomments = 1\n"),
        ("walk.md", '+++\ntitle = "A"\ndate = 2026-03-01\ncomments = 0\n+++\n', "comments = 1\n"),
        ("walk.md", '{"title": "A",\n"comments": 0, "date": "2026-03-01"}\n', '"comments": 1, '),
        ("2026-03-01-walk.markdown", "---\ntitle: A\nlayout: post\n---\n", "title: A\nComments: 1\n"),
        ("2026-03-01-walk/index.md", "---\ntitle: A\nlayout: post\n---\n", "title: A\nComments: 1\n"),
    ],
)  # fmt: skip
def test_a_comment_is_counted_in_a_header_of_another_program(content, name, before, after):
    path = content / "posts" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{before}Text.\n", "utf-8")
    for post in ("walk", f"content/posts/{name}"):
        assert find_post_file(post, content) == (path, "walk")
    assert comment("walk", author="Bob", date="2026-03-06", text="Hi.", content=content) == 0
    assert after in path.read_text("utf-8")
    assert path.read_text("utf-8").endswith("Text.\n")
    assert not count_errors(judge_content(content).problems)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such permissions")
def test_the_posts_permissions_stay(content):
    path = content / "posts/weeding.md"
    path.chmod(0o640)
    assert file(content) == 0
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_folder_that_leads_elsewhere_is_not_written_through(content, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (content / "comments").mkdir()
    try:
        (content / "comments/weeding").symlink_to(tmp_path / "elsewhere")
    except OSError:
        pytest.skip("this system makes no links")
    assert file(content) == 1
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_an_address_in_the_words_is_not_filed_and_the_author_is_told(content, capsys):
    assert file(content, text="Write to <ann@example.org>.") == 0
    data = b"".join(read_files(content).values())
    assert b"ann@" not in data
    assert MASK.encode() in data
    assert "Left out: 1 e-mail address." in capsys.readouterr().out


def test_a_text_file_is_filed_as_it_is(content, tmp_path):
    path = save(tmp_path, "One *word*.\n\n# Two\n", "reply.txt")
    assert file(content, text="", file=path) == 0
    text = (content / "comments/weeding/2026-03-05-ann-reader.md").read_text()
    assert text.endswith("\n\nOne *word*.\n\n# Two\n")


MAIL = """From: =?utf-8?q?Zo=C3=AB_Reader?= <zoe@example.org>
To: The Librarian <desk@example.org>
Date: Thu, 05 Mar 2026 10:15:00 +0100
Subject: Re: Weeding
Message-ID: <secret@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=outer

--outer
Content-Type: multipart/alternative; boundary=inner

--inner
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

We did too, and it *hurt*. <b>Really</b>.

# No heading

Zoë, zoe@example.org

--\x20
Zoë Reader
0123 456789

On Wed, 4 Mar 2026 at 09:30, The Librarian
<desk@example.org> wrote:
> Text.
>
> More.

--inner
Content-Type: text/html; charset=utf-8

<p>Never this</p>
--inner--
--outer
Content-Type: image/png
Content-Disposition: attachment; filename=cat.png
Content-Transfer-Encoding: base64

AAAA
--outer--
"""


def test_a_saved_mail_gives_name_date_and_words_and_says_what_was_cut(content, tmp_path, capsys):
    assert comment("weeding", eml=save(tmp_path, MAIL), content=content) == 0
    text = (content / "comments/weeding/2026-03-05-zoe-reader.md").read_text(encoding="utf-8")
    assert text == (
        "Author: Zoë Reader\nDate: 2026-03-05 10:15 +01:00\n\n"
        "We did too, and it *hurt*. &lt;b>Really&lt;/b>.\n\n\\# No heading\n\n"
        "Zoë, \\[e-mail address]\n"
    )
    out = capsys.readouterr().out.splitlines()[2:]
    assert out == [
        "Left out: quoted mail, 5 lines, from “On Wed, 4 Mar 2026 at 09:30, The Librarian”.",
        "Left out: signature, 3 lines, from “Zoë Reader”.",
        "Left out: 1 e-mail address.",
        "Left out: 1 attachment.",
    ]
    catalogue = judge_content(content)
    assert not catalogue.problems
    (record,) = catalogue.comments["posts/weeding.md"]
    assert "<b>Really</b>" in record.description
    assert "example.org" not in b"".join(read_files(content).values()).decode()


def test_the_commands_own_words_go_before_those_of_the_mail(content, tmp_path):
    path = save(tmp_path, MAIL)
    assert comment("weeding", author="Z.", date="2026-03-06", eml=path, content=content) == 0
    assert (content / "comments/weeding/2026-03-06-z.md").exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (MAIL.replace("=?utf-8?q?Zo=C3=AB_Reader?= <zoe@example.org>", "zoe@example.org"),
         "The mail names nobody."),
        (MAIL.replace("=?utf-8?q?Zo=C3=AB_Reader?=", '"zoe@example.org"'), "is an e-mail address"),
        ("Just words.\n", "This is no saved mail"),
        ("", "This is no saved mail"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Save it as .eml"),
        ("From: Ann <a@x.org>\nDate: Thu, 05 Mar 2026 10:15:00 +0100\n\n> Old.\n\n--\nAnn\n", None),
        ("From: Ann <a@x.org>\nDate: Thu, 05 Mar 2026 10:15:00 +0100\n\n\n", "No words of the comment"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_usable_mail_gets_a_sentence(content, tmp_path, capsys, data, sentence):
    code = comment("weeding", eml=save(tmp_path, data), content=content)
    assert (code == 0) == (sentence is None)
    assert (sentence or "") in capsys.readouterr().err


def read_filed(content):
    """Return the one comment that has been filed."""
    (path,) = (content / "comments/weeding").glob("*.md")
    return path.read_text(encoding="utf-8")


def test_with_from_me_the_comment_is_the_sites_authors_and_says_so(content, capsys):
    assert file(content, author="", from_me=True) == 0
    assert read_filed(content) == (
        "Author: The Librarian\nDate: 2026-03-05\nRole: author\n\nWe did too.\n"
    )
    assert "warning" not in capsys.readouterr().err


def test_no_mail_is_filed_as_the_sites_authors(content, tmp_path, capsys):
    mail = save(tmp_path, "From: The Librarian <a@x.org>\nSubject: x\n\nRole: author\n\nHi.\n")
    before = read_files(content)
    assert comment("weeding", eml=mail, from_me=True, content=content) == 2
    assert "--from-me is not for --eml" in capsys.readouterr().err
    assert read_files(content) == before


def test_a_sender_who_is_called_as_the_sites_author_is_filed_with_a_warning(
    content, tmp_path, capsys
):
    head = "From: The Librarian <a@x.org>\nDate: Thu, 05 Mar 2026 10:15:00 +0100"
    assert comment("weeding", eml=save(tmp_path, f"{head}\n\nHi.\n"), content=content) == 0
    assert "\nRole:" not in read_filed(content)
    seen = capsys.readouterr().err.replace("\\", "/")
    assert "weeding/2026-03-05-the-librarian.md:1: warning: “The Librarian” is how" in seen


@pytest.mark.parametrize(
    "sender",
    [
        "=?utf-8?q?The_Librarian=0ARole=3A_author?=",
        "=?utf-8?b?VGhlIExpYnJhcmlhbgpSb2xlOiBhdXRob3I=?=",
        '"The Librarian\n Role: author"',
        '"The Librarian\u2028Role: author"',
    ],
)
def test_no_sender_can_bring_in_a_line_of_the_header(content, tmp_path, sender):
    head = f"From: {sender} <a@x.org>\nDate: Thu, 05 Mar 2026 10:15:00 +0100"
    comment("weeding", eml=save(tmp_path, f"{head}\n\nRole: author\n"), content=content)
    records = judge_content(content).records.values()
    assert all("Role" not in record.values for record in records if record.kind == "comment")


@pytest.mark.parametrize(
    "sender", ["null", "true", "~", "1", "no", ">", "|", "|-", "[Ann]", "{x}", '"', "#"]
)
def test_whatever_a_sender_is_called_is_a_name(content, tmp_path, sender):
    quoted = sender.replace('"', '\\"')
    mail = save(
        tmp_path, f'From: "{quoted}" <a@x.org>\nDate: Thu, 05 Mar 2026 10:15:00 +0100\n\nHi.\n'
    )
    assert comment("weeding", eml=mail, content=content) == 0
    catalogue = judge_content(content)
    (record,) = catalogue.comments["posts/weeding.md"]
    assert (record.values["Author"], catalogue.problems) == (sender, [])


NOON = 1772712000  # 5 March 2026 at 12:00 UTC


@pytest.mark.parametrize(
    ("sent", "code", "words"),
    [
        ("Thu, 05 Mar 2026 13:00:00 +0100", 0, ""),
        ("Thu, 05 Mar 2026 13:01:00 +0100", 0, "it appears Thursday 5 March 2026 at 12:01."),
        ("Fri, 06 Mar 2026 11:59:00 +0000", 0, "it appears Friday 6 March 2026 at 11:59."),
        ("Fri, 06 Mar 2026 12:01:00 +0000", 1, "The mail is dated Friday 6 March 2026 at 12:01"),
        ("Wed, 01 Mar 2084 12:01:00 +0000", 1, "on which it was written: --date 2026-11-23"),
    ],
)
def test_a_mail_from_the_future_is_filed_only_where_a_clock_may_be_a_little_wrong(
    content, tmp_path, capsys, monkeypatch, sent, code, words
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOON))
    mail = save(tmp_path, f"From: Ann <a@x.org>\nDate: {sent}\n\nHi.\n")
    before = read_files(content)
    assert comment("weeding", eml=mail, content=content) == code
    seen = "".join(capsys.readouterr())
    assert words in seen
    assert ("appears" in seen) == (code == 0 and bool(words))
    if code:
        assert read_files(content) == before
        assert comment("weeding", eml=mail, date="2026-03-04", content=content) == 0


def test_a_comment_without_a_date_is_of_now_and_does_not_wait(content, capsys, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOON))
    assert file(content, date="") == 0
    assert "Date: 2026-03-05 12:00\n" in read_filed(content)
    assert "appears" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "way",
    ["ann\u200d@lib.example", "ann(work)@lib.example", "ann @lib.example", "ann@ lib.example",
     "ann@lib．example", "ann＠lib.example", "ann%40lib.example", "ann&#64;lib.example",
     "ann [at] lib [dot] example", "ann at lib dot example", '"ann reader"@lib.example'],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_no_way_of_writing_an_address_comes_through_from_a_mail(
    content, tmp_path, capsys, way, kind
):
    shown = way.replace("&", "&amp;") if kind == "html" else way
    head = f"{HEAD.decode()}Content-Type: text/{kind}; charset=utf-8"
    mail = f"{head}\n\nWrite to {shown}, please.\n"
    assert comment("weeding", eml=save(tmp_path, mail), content=content) == 0
    assert read_filed(content).endswith("\n\nWrite to \\[e-mail address], please.\n")
    assert "Left out: 1 e-mail address." in capsys.readouterr().out


# Mails that no mail program writes.


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (write_parts(20_000), "about 20,001 parts, and at most 100 are read"),
        (write_nested(3_000), "about 3,000 parts, and at most 100 are read"),
        (HEAD + b"Content-Type: message/rfc822\n\n" * 3_000, "about 3,000 parts"),
        (b"From: " + b"(" * 20_000 + b"\nDate: x\n\nHi.", "The line From of the mail has 20,000 characters"),
        (HEAD + b"Content-Type: text/plain" + b"; a=b" * 900 + b"\n\nHi.",
         "The line Content-Type of the mail"),
        (HEAD + b"Content-Type: text/plain; charset=" + b"(" * 900 + b"\n\nHi.",
         "nested deeper than can be read"),
        (write_html(b"<!--" * 20_000), "about 20,000 tags, and at most 10,000 are read"),
        (write_html(b"<div>" * 20_000), "about 20,000 tags"),
        (HEAD + b"\n" + b"word " * 200_000, "1,000,000 characters of text, and at most 500,000 are read"),
        (HEAD + b"\n" + b"x" * 41_000_000, "larger than 40 MB"),
        (b"From: " + b"(" * 900 + b"\nDate: x\n\nHi.", "The mail names nobody"),
        (b"From: " + b"a:" * 450 + b"\nDate: x\n\nHi.", "The mail names nobody"),
        (HEAD + b"Content-Type: text/html; charset*=utf-\0''x\n\nHi.", "not written as mails are"),
    ],
    ids=shorten,
)  # fmt: skip
def test_a_mail_that_is_too_much_gets_a_sentence_and_nothing_is_filed(
    content, tmp_path, capsys, data, words
):
    before = read_files(content)
    assert comment("weeding", eml=save(tmp_path, data), content=content) in (1, 2)
    assert words in capsys.readouterr().err
    assert read_files(content) == before


def test_the_same_mail_is_filed_once_and_said_to_be_there(content, tmp_path, capsys):
    mail = save(tmp_path, MAIL)
    assert comment("weeding", eml=mail, content=content) == 0
    filed = content / "comments/weeding/2026-03-05-zoe-reader.md"
    edited = filed.read_text("utf-8").replace("We did too", "We did it too")
    filed.write_text(edited, "utf-8")
    before = read_files(content)
    capsys.readouterr()
    assert comment("weeding", eml=mail, content=content) == 1
    seen = capsys.readouterr().err.replace("\\", "/")
    assert "comments/weeding/2026-03-05-zoe-reader.md: this mail is filed there already." in seen
    assert read_files(content) == before


@pytest.mark.parametrize(
    ("head", "words", "code"),
    [
        ("From: Ann <a@x.org>\nDate: Thu, 05 Mar 2026 10:15:00 +0100", "We did too.", 1),
        ("From: Ann <a@x.org>\nDate: Thu, 05 Mar 2026 09:15:00 +0000", "We did too.", 1),
        ("From: Ann <a@x.org>\nDate: Thu, 05 Mar 2026 10:15:00 +0100", "We did it.", 1),
        ("From: A. Reader <a@x.org>\nDate: Thu, 05 Mar 2026 10:15:00 +0100", "We did too.", 1),
        ("From: Ben <b@x.org>\nDate: Thu, 05 Mar 2026 10:15:00 +0100", "We did it.", 0),
        ("From: Ann <a@x.org>\nDate: Thu, 05 Mar 2026 10:16:00 +0100", "We did too.", 0),
        ("From: Ann <a@x.org>\nSubject: x", "We did too.", 1),
        ("From: Ann <a@x.org>\nSubject: x", "We did it.", 0),
        ("From: Ben <b@x.org>\nSubject: x", "We did too.", 0),
    ],
)
def test_a_mail_is_the_same_by_its_moment_and_its_writer_or_its_words(
    content, tmp_path, head, words, code
):
    first = "From: Ann <a@x.org>\nDate: Thu, 05 Mar 2026 10:15:00 +0100\n\nWe did too.\n"
    assert comment("weeding", eml=save(tmp_path, first), content=content) == 0
    second = save(tmp_path, f"{head}\n\n{words}\n", "second.eml")
    assert comment("weeding", eml=second, content=content) == code


def test_the_same_mail_under_another_post_and_the_same_words_without_a_mail_are_filed(
    content, tmp_path
):
    write_files(content, {"posts/walk.md": POST})
    mail = save(tmp_path, MAIL)
    assert comment("weeding", eml=mail, content=content) == 0
    assert comment("walk", eml=mail, content=content) == 0
    for _ in range(2):
        assert file(content) == 0


def test_with_dry_run_all_is_shown_and_nothing_is_written(content, tmp_path, capsys):
    mail, before = save(tmp_path, MAIL), read_files(content)
    stamps = {path: path.stat().st_mtime_ns for path in content.rglob("*")}
    assert comment("weeding", eml=mail, dry_run=True, content=content) == 0
    assert read_files(content) == before
    assert {path: path.stat().st_mtime_ns for path in content.rglob("*")} == stamps
    shown = capsys.readouterr().out.replace("\\[", "[").replace("content\\", "content/")
    assert comment("weeding", eml=mail, content=content) == 0
    text = read_filed(content).replace("\\[", "[")
    place = "content/comments/weeding/2026-03-05-zoe-reader.md: this would be filed.".replace(
        "/", "/"
    )
    assert place in shown.replace("\\", "/")
    assert text.splitlines()[4] in shown
    assert text.splitlines()[0] in shown
    assert "Comments: 1 would stand here." in shown
    assert "Left out: 1 attachment." in shown
    assert "Nothing was written." in shown
    left_out = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Left")]
    assert [line for line in shown.splitlines() if line.startswith("Left")] == left_out


def test_with_dry_run_a_mail_that_is_filed_already_and_a_fault_are_told(content, tmp_path, capsys):
    mail = save(tmp_path, MAIL)
    assert comment("weeding", eml=mail, content=content) == 0
    assert comment("weeding", eml=mail, dry_run=True, content=content) == 1
    assert "filed there already" in capsys.readouterr().err
    assert file(content, dry_run=True, reply_to="nobody") == 1
    assert "There is no comment nobody.md" in capsys.readouterr().err
    assert file(content, dry_run=True, date="2099-01-01") == 0
    assert "Its date has not come" in capsys.readouterr().out


HTML_MAIL = """From: Ann Reader <ann@example.org>
Date: Thu, 05 Mar 2026 10:15:00 +0100
Content-Type: text/html; charset=utf-8

<div>I <b>agree</b>:<br>see <a href="https://e.org/a">this list</a>.</div>
<ul><li>one</li><li>two</li></ul>
<div>Envoyé de mon iPhone</div>
<div class="gmail_quote"><div class="gmail_attr">Le 4 mars 2026 à 09:30, The Librarian a écrit :</div>
<blockquote class="gmail_quote">Text.</blockquote></div>
"""


def test_links_lists_emphasis_and_line_ends_of_a_mail_are_shown_on_the_site(content, tmp_path):
    assert comment("weeding", eml=save(tmp_path, HTML_MAIL), content=content) == 0
    catalogue = judge_content(content)
    assert not catalogue.problems
    (record,) = catalogue.comments["posts/weeding.md"]
    assert record.html.replace("\n", "") == (
        "<p>I <strong>agree</strong>:<br>see "
        '<a href="https://e.org/a" rel="ugc nofollow">this list</a>.</p>'
        "<ul><li>one</li><li>two</li></ul>"
    )
