"""A saved mail gives its new words, and never takes long to give none."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.writing.mail import read_mail
from commands.writing.mail_cuts import cut_mail


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("Date: Thu, 05 Mar 2026 10:15:00 -0000", "2026-03-05 10:15 +00:00"),
        ("Date: 5 Mar 2026 10:15 EST", "2026-03-05 10:15 -05:00"),
        ("Date: nonsense", ""),
        ("Subject: none", ""),
    ],
)
def test_the_date_keeps_the_writers_own_zone(head, date):
    mail = read_mail(f"From: Ann <a@x.org>\n{head}\n\nHello.\n".encode())
    assert (mail.date, mail.body) == (date, "Hello.")


@pytest.mark.parametrize(
    ("head", "body", "words"),
    [
        ("text/plain; charset=latin-1", "caf\xe9".encode("latin-1"), "café"),
        ("text/plain; charset=nobody-knows", "café".encode(), "café"),
        ("text/plain; charset=utf-8", b"caf\xe9", "caf\N{REPLACEMENT CHARACTER}"),
        ("text/plain; format=flowed", b"One line that \r\ngoes on.\r\n\r\nTwo.",
         "One line that goes on.\n\nTwo."),
        ("text/html", b"<style>p{}</style><p>One<br>two &amp; three</p><p>Four</p>",
         "One\\\ntwo & three\n\nFour"),
        ("text/html", b"<p>Yes.</p><blockquote><p>Old</p></blockquote>", "Yes.\n\n> Old"),
    ],
)  # fmt: skip
def test_the_words_are_read_whatever_the_mail_wraps_them_in(head, body, words):
    data = f"From: Ann <a@x.org>\nContent-Type: {head}\n\n".encode() + body
    assert read_mail(data).body == words


HISTORY = "\n\nOn Mon, 23 Nov 2026, Ann wrote:\n> Old.\n"


OUTLOOK = (
    "\n\n________________________________\nFrom: Ann\nSent: Monday\nTo: Desk\nSubject: Hi\n\nOld.\n"
)


@pytest.mark.parametrize(
    ("text", "left", "cuts"),
    [
        ("New.", "New.", 0),
        ("New." + HISTORY, "New.", 1),
        ("New." + OUTLOOK, "New.", 1),
        ("New.\n\n-----Original Message-----\nFrom: Ann\n\nOld.", "New.", 1),
        ("New.\n\nAm 23.11.2026 um 10:00 schrieb Ann:\n\n> Alt.\n\n-- \nBen", "New.", 2),
        ("New.\n-- \nBen" + HISTORY, "New.", 2),
        ("New.\n\nSent from my iPhone", "New.", 1),
        ("> Old.\n\nNew.\n\n> Old.\n\nNew again.", "> Old.\n\nNew.\n\n> Old.\n\nNew again.", 0),
        ("She said it well:\n> Be kind.", "She said it well:\n> Be kind.", 0),
        ("A list:\n--\nnot signed" + "\nline" * 20, "A list:\n--\nnot signed" + "\nline" * 20, 0),
        ("I write from here.\nFrom: me\nwith love", "I write from here.\nFrom: me\nwith love", 0),
        ("On Monday I asked 3 people.\n\nThey said:\n> no",
         "On Monday I asked 3 people.\n\nThey said:\n> no", 0),
    ],
)  # fmt: skip
def test_only_what_is_marked_as_old_or_as_a_signature_is_cut(text, left, cuts):
    assert cut_mail(text)[0] == left
    assert len(cut_mail(text)[1]) == cuts


@given(st.text(alphabet=st.sampled_from("ab>-_:@1 \n"), max_size=80))
def test_cutting_only_ever_takes_the_end(text):
    left, cuts = cut_mail(text)
    assert text.strip("\n").startswith(left)
    assert bool(cuts) or left.split() == text.split()


@given(st.binary(max_size=200))
def test_no_bytes_are_too_odd_to_be_read(data):
    assert read_mail(b"From: Ann <a@x.org>\n" + data).author in ("Ann", "")


@pytest.mark.parametrize(
    "date",
    [
        "Thu, 05 Mar 2026 10:0099999999999999999999 +0000",
        "Thu, 05 Mar 99999999999999999999 10:00:00 +0000",
        "Thu, 05 Mar 2026 10:00:00 +99999999999999999999",
        "Thu, 05 Mar 2026 25:00:00 +0100",
    ],
)
def test_a_mail_with_a_date_that_is_none_has_no_date(date):
    assert read_mail(f"From: Ann <a@x.org>\nDate: {date}\n\nHi.\n".encode()).date == ""


HEAD = b"From: Ann <a@x.org>\nDate: Thu, 05 Mar 2026 10:15:00 +0100\n"


def write_parts(number):
    part = b"--b\nContent-Disposition: attachment; filename=x\n\nx\n"
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + part * number + b"--b--\n"


def write_nested(number):
    levels = (
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(number)
    )
    return HEAD + b"".join(levels) + b"\nx\n"


def write_html(source):
    return HEAD + b"Content-Type: text/html\n\n" + source


def test_a_mail_with_as_many_parts_as_are_read_is_read():
    assert (
        read_mail(write_parts(98).replace(b"boundary=b\n\n", b"boundary=b\n\n--b\n\nHi.\n", 1)).body
        == "Hi."
    )


def count_calls(function, *words):
    count = 0

    def note(*_):
        nonlocal count
        count += 1

    sys.setprofile(note)
    try:
        function(*words)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "write",
    [
        write_parts,
        lambda n: write_nested(n // 4),
        lambda n: write_html(b"<!-- x" * n),
        lambda n: write_html(b"<a href='" * n),
        lambda n: write_html(b"<![CDATA[" * n),
        lambda n: write_html(b"</" * n),
        lambda n: HEAD + b"\nNew.\n\n" + b"a1 " * n + b"\n> x",
        lambda n: HEAD + b"Content-Type: text/plain; format=flowed\n\n" + b"word \n" * n,
        lambda n: HEAD + b"\n" + b"On 1 Ann:\n" * n,
        lambda n: HEAD + b"\n" + b"From: a\n" * n,
    ],
)
def test_a_mail_twice_as_large_is_at_most_a_little_more_than_twice_the_work(write):
    read_mail(write(10))
    small, large = count_calls(read_mail, write(40)), count_calls(read_mail, write(80))
    assert large < 2.3 * small + 500


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("Yes.\n\nOn 25/11/2026 09:14, Ann wrote:\n> Old.", "Yes."),
        ("Oui.\n\nLe mer. 25 nov. 2026 à 09:14, Ann <a@x.org> a écrit :\n\n> Old.", "Oui."),
        ("Ja.\n\nOn Wed, 25 Nov 2026, Ann\n<a@x.org> wrote:\n> Old.", "Ja."),
        ("Yes.\n\n1:\n> Old.", "Yes.\n\n1:\n> Old."),
        ("Yes.\n\n- 1 x:\n> Old.", "Yes.\n\n- 1 x:\n> Old."),
        ("Yes.\n\n" + "a " * 9_000 + "1:\n> Old.", "Yes."),
    ],
)  # fmt: skip
def test_the_sentence_above_a_quotation_is_known_by_its_ends_and_a_figure(body, left):
    assert cut_mail(body)[0] == left
