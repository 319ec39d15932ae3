"""A saved mail gives its new words, and never takes long to give none."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.comments.mail import read_mail
from commands.comments.mail_cuts import cut_mail


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
def test_where_nothing_says_who_wrote_above_it_only_the_end_is_ever_cut(text):
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
        lambda n: HEAD + b"\nNew.\n\n" + b"On 1 May 2026 at 9:14 Ann wrote:\n\n" * n + b"> x",
        lambda n: (
            HEAD + b"\nNew.\n\n" + b"> On 1 May 2026 at 9:14 Ann wrote:\n\n" * n + b"> x\n\ny"
        ),
        lambda n: write_html(b"<div>x<b>y</b></div>" * n),
        lambda n: write_html(b"<ul><li>x" * n),
        lambda n: write_html(b"<blockquote>" * n + b"x"),
        lambda n: write_html(
            b"<p style='mso-list:l0 level9'><span style='mso-list:ignore'>1.</span>x</p>" * n
        ),
        lambda n: write_html(b"a@x.org <b>b</b>" * n),
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


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ("Zoë Reader <z@x.org>".encode(), "Zoë Reader"),
        ("Zoë Reader <z@x.org>".encode("cp1252"), "Zoë Reader"),
        ('"Żółć, 読者" <z@x.org>'.encode(), "Żółć, 読者"),
        ("Zoë\n Reader <z@x.org>".encode(), "Zoë Reader"),
        (b"=?utf-8?q?Zo=C3=AB?= Reader <z@x.org>", "Zoë Reader"),
        ("z@x.org (Zoë Reader)".encode(), "Zoë Reader"),
        (b"z@x.org (=?utf-8?q?Zo=C3=AB?= Reader)", "Zoë Reader"),
        ("zoë@x.org".encode(), ""),
        (b"z@x.org", ""),
        (b"", ""),
    ],
)
def test_the_name_is_read_in_whatever_form_the_header_has_it(sender, name):
    mail = read_mail(b"From: " + sender + b"\nDate: Thu, 05 Mar 2026 10:15:00 +0100\n\nHi.\n")
    assert mail.author == name


def write_both(plain, source):
    parts = "".join(
        f"--b\nContent-Type: text/{kind}; charset=utf-8\n\n{text}\n"
        for kind, text in (("plain", plain), ("html", source))
    )
    return HEAD + f"Content-Type: multipart/alternative; boundary=b\n\n{parts}--b--\n".encode()


QUOTED = "\n\nOn 25/11/2026 09:14, Ann wrote:\n> Old.\n"
QUOTED_HTML = "<div>On 25/11/2026 09:14, Ann wrote:</div><blockquote>Old.</blockquote>"


@pytest.mark.parametrize(
    ("plain", "source", "body"),
    [
        ("I *agree*:\n\n   - one\n   - two\n\nSee here <https://e.org/>.",
         "I <b>agree</b>:<ul><li>one</li><li>two</li></ul>See <a href='https://e.org/'>here</a>.",
         "I **agree**:\n\n- one\n- two\n\nSee [here](https://e.org/)."),
        ("   1. one\n   2. two [image: 😀]", "<ol><li>one</li><li>two</li></ol>", "1. one\n2. two"),
        ("One that is\nwrapped." + QUOTED, f"<div>One that is wrapped.</div>{QUOTED_HTML}",
         "One that is wrapped."),
        ("One.\n\nSkrev Ann:\nOld.", "One.<div class=yahoo_quoted>Skrev Ann: Old.</div>", "One."),
        ("One.", "<p>One.</p><p>Two.</p>", "One."),
        ("One. Two.", "<p>Three.</p>", "One. Two."),
        ("One.", "<img src='https://e.org/x.png'>", "One."),
        (" \n", "<p>One.</p>", "One."),
        ("One.", "<b>" * 10_001, "One."),
    ],
)  # fmt: skip
def test_html_counts_where_it_says_what_the_plain_text_says(plain, source, body):
    assert read_mail(write_both(plain, source)).body == body


# One letter as each of five programs writes it.
LETTERS = {
    "Apple Mail": "I agree.\n\n> On 25 Nov 2026, at 09:14, The Desk <d@x.org> wrote:\n> \nWe took some out.",
    "Thunderbird": "I agree.\n\nOn 25/11/2026 09:14, The Desk wrote:\n> We took some out.",
    "Gmail, French": "I agree.\n\nLe mer. 25 nov. 2026 à 09:14, The Desk <d@x.org> a écrit :\n\n> We took",
    "Outlook": "I agree.\n\nFrom: The Desk <d@x.org>\nSent: Wednesday, November 25, 2026 9:14 AM\n"
    "To: Ann <a@x.org>\nSubject: x\n\nWe took some out.",
    "Yahoo": "I agree.\n\n    On Wednesday, November 25, 2026 at 09:14:00 AM GMT, The Desk <d@x.org> "
    "wrote:  \n \n We took some out.",
}  # fmt: skip


@pytest.mark.parametrize("text", LETTERS.values(), ids=LETTERS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_of_a_letter_of_each_program_the_answer_is_left(text, end):
    head = HEAD + b"Content-Type: text/plain; charset=utf-8\n\n"
    assert read_mail(head + text.replace("\n", end).encode()).body == "I agree."
