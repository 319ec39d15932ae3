"""No way of writing an e-mail address shows it, and what only resembles one stays as it was typed."""

import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.text.comment_reader import CommentReader
from catalogue.text.mail_addresses import MASK, find_mails, holds_mail, mask_mails
from catalogue.text.seen_text import fold_as_seen

READER = CommentReader()
WAYS = [
    # plain, and with signs that nobody sees
    "ann@lib.example", "ANN@LIB.EXAMPLE", "ann.o'reader+x@mail.lib.example", "ann_b-c@lib.example",
    "ann\u200d@lib.example", "ann\u200c@lib.example", "ann@\u200blib.example", "a\u2060nn@lib.example",
    "ann@l\u00adib.example", "ann@lib\ufeff.example", "ann\u202e@lib.example", "ann\u2067@lib.example",
    "ann\u200e@lib.example", "ann\ufe0f@lib.example", "ann@\ufe0elib.example", "ann\u034f@lib.example",
    "ann\U000e0020@lib.example", "ann\u3164@lib.example", "ann\u115f@lib.example", "ann\u180e@lib.example",
    "a\u0301nn@lib.example", "ann@lib.exa\u0336mple\u0336", "ann@\u0338lib.example", "ann@lib.example\u20dd",
    # look-alikes
    "ann＠lib.example", "ann﹫lib.example", "annⓐlib.example", "ann@lib．example", "ann@lib。example",
    "ann@lib｡example", "ann@lib\u2024example", "ann@lib·example", "𝐚𝐧𝐧@𝐥𝐢𝐛.𝐞𝐱𝐚𝐦𝐩𝐥𝐞", "ａｎｎ@ｌｉｂ.example",
    "аnn@lib.example", "änn@lib.example",
    # escaped
    "ann%40lib.example", "ann%2540lib.example", "ann%40lib%2Eexample", "%61nn@lib.example",
    "ann%E2%80%8D@lib.example", "ann&#64;lib.example", "ann&#x40;lib.example", "ann&commat;lib.example",
    "ann&#64lib.example", "ann&amp;#64;lib.example", "ann@lib&#46;example", "ann@lib&period;example",
    # blanks and remarks
    "ann @lib.example", "ann@ lib.example", "ann @ lib.example", "ann  \u00a0 @   lib.example",
    "ann\n@lib.example", "ann@\nlib.example", "ann(work)@lib.example", "ann@(work)lib.example",
    "ann (work) @ lib.example", "ann@lib(work).example", "ann@lib.(work)example", "ann@lib .example",
    "ann@lib. example", "ann@lib . example", "ann@lib..example", "ann@lib\u3000.example",
    # words in place of signs
    "ann [at] lib [dot] example", "ann [at] lib.example", "ann(at)lib.example", "ann[@]lib.example",
    "ann (@) lib.example", "ann{at}lib{dot}example", "ann <at> lib <dot> example", "ann((at))lib.example",
    "ann ( AT ) lib ( DOT ) example", "ann [a\u200dt] lib [do\u00adt] example", "ann（at）lib．example",
    "ann ［at］ lib.example", "ann 【at】 lib.example", "ann@lib(.)example", "ann@lib dot example",
    "ann@lib [dot] example", "ann (ät) lib (punkt) example", "ann [arroba] lib [punto] example",
    "ann (arobase) lib (point) example", "ann(a)lib.example", "ann at lib dot example",
    "ann AT lib DOT example", "ann AT lib.example", "ann at lib [dot] example",
    "ann dot reader at lib dot example", "ann [dot] reader [at] lib [dot] example",
    "ann *at* lib *dot* example", "ann_at_lib_dot_example", "ann-at-lib-dot-example",
    "ann -at- lib -dot- example", "ann at mail dot lib dot example",
    # other forms of names and domains
    '"ann reader"@lib.example', "“ann reader”@lib.example", "ann@bücher.example", "ann@例え.テスト",
    "ann@xn--bcher-kva.example", "ann@[192.0.2.1]", "ann@[IPv6:2001:db8::1]", "ann@192.0.2.1",
    "@ann@social.example",
]  # fmt: skip


def show(text):
    """Return the letters of a text as a collector of addresses has them."""
    return "".join(c for c in fold_as_seen(text).text.lower() if c.isalnum() or c == "@")


@pytest.mark.parametrize("way", WAYS, ids=ascii)
def test_an_address_goes_whole_and_nothing_beside_it(way):
    assert mask_mails(way) == (MASK, 1)
    for before, after in (
        ("Mail me: ", ", please."),
        ("(", ")"),
        ("Hi!\n\n", "\n\nBye."),
        ("« ", " »"),
    ):
        assert mask_mails(before + way + after) == (before + MASK + after, 1)


@pytest.mark.parametrize("way", WAYS, ids=ascii)
def test_no_comment_shows_it_wherever_in_its_body_it_stands(way):
    line = way.replace("\n", " ")
    bodies = [
        f"Mail me: {way} ok",
        f"`{line}`",
        f"**{line}**",
        f"> {line}",
        f"- {line}",
        f"    {line}",
    ]
    bodies += [f"[{line}](https://x.example/)", f"![{line}](https://x.example/a.png)"]
    for body in bodies:
        read = READER.read(body, 1, "c.md")
        for shown in (read.html, read.opening):
            assert "lib" not in show(shown), (body, shown)
            assert "social@" not in show(shown)
            assert not find_mails(shown), (body, shown)


@pytest.mark.parametrize(
    "text",
    [
        "3 @ 5.50", "10@5.50", "5 @ $3", "2 @ 3.50 each", "@ann", "@ann.b", "hi @ann, and @ben",
        "https://social.example/@ann.b", "Thanks @ann.bsky.social for this", "Reader (@ann.blog)",
        "Thanks,\n\n@ann.example.com wrote", "a @ b", "me@home", "ann@localhost", "git@github",
        "me@work...then",
        '@app.route("/")', "Use @app.route here", "the decorator @app.get(x)", "@pytest.mark.parametrize",
        "x = A @ B.T", "y = A @ b.to(device)", "vue@3.4.21", "npm/package@1.2.3",
        "look at lib dot com", "Look at example.com for more", "I work at lib dot org",
        "Find us at lib.example",
        "meet at polka dot cafe", "We met at noon. It was fine.", "me@home. In fact", "one at a time. com",
        "the dot com bubble at its height", "polka dot dress at the shop", "Review at example.com",
        "(at) the end. Then", "Read it (at last). Then", "see (a) example.com and (b) b.com", "see(a) x",
        "AT&T at home.", "Q&A at the desk.", "100% at 5.30", "50%20off", "look_at_this.html",
        "https://state-of-the-art-at-home.com/", "one-at-a-time.com", "[e-mail address]", "lib.example/~ann",
        "at at at dot dot dot", "Der Preis (ab 3.50) gilt", "e-mail", "", " ", "@", "@@", "a@", "@b.example",
    ],
)  # fmt: skip
def test_prose_handles_prices_and_code_stay_as_they_are(text):
    assert mask_mails(text) == (text, 0)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("ann at lib.example", True),
        ("Mail me: ann at lib.example.", True),
        ("Hello,\n\nann at lib.example\n\nBye", True),
        ("I saw it with ann at lib.example last week", False),
        ("Seen at lib.example", False),
    ],
)
def test_a_bare_word_before_a_written_domain_is_a_sign_only_if_that_is_what_it_is_for(text, is_one):
    assert len(find_mails(text)) == is_one


def test_what_is_around_an_address_is_not_touched():
    text = "e\u0301 ＡＢ ann\u200d@lib．example\u0301 ½ (bob@lib.example), “x”"
    assert mask_mails(text) == (f"e\u0301 ＡＢ {MASK} ½ ({MASK}), “x”", 2)
    assert mask_mails("メールはann@lib.exampleです。") == (f"メールは{MASK}です。", 1)
    assert mask_mails("a <mailto:ann@lib.example> b") == (f"a {MASK} b", 1)
    assert mask_mails("https://ann@lib.example/x") == (f"https://{MASK}/x", 1)


@pytest.mark.parametrize(
    ("address", "holds"),
    [
        ("https://x.example/?m=ann%40lib.example", True),
        ("https://ann@lib.example/", True),
        ("https://ann:secret@lib.example/", True),
        ("https://x.example/?m=ann%2540lib.example", True),
        ("https://x.example/?q=ann%20@lib.example", True),
        ("mailto:ann@lib.example", True),
        ("https://social.example/@ann.b/5", False),
        ("https://maps.example/@52.5,13.4,15z", False),
        ("https://look-at-me.com/a_at_b.html", False),
    ],
)
def test_an_address_within_a_links_address_is_seen(address, holds):
    assert holds_mail(address) is holds


HIDERS = st.sampled_from(
    "\u200b \u200c \u200d \u200e \u200f \u2060 \u2061 \u00ad \ufeff \ufe00 \ufe0f \u034f \u0301 \u0336 "
    "\u20dd \u180e \u3164 \u115f \u061c \u2066 \u2069 \U000e0041 \U000e0100".split(" ")
)


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 15), HIDERS), max_size=8), st.booleans())
def test_whatever_is_hidden_in_an_address_never_shows_it(hidden, is_body):
    typed = list("ann@lib.example")
    for place, sign in hidden:
        typed.insert(place, sign)
    text = f"Write to {''.join(typed)} soon"
    shown = READER.read(text, 1, "c.md").html if is_body else mask_mails(text)[0]
    assert "lib" not in show(shown)
    assert "Write to " in shown
    assert shown.removesuffix("</p>").endswith(" soon")


@settings(max_examples=100)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="@＠﹫ⓐⒶ%&aAªᵃₐ")))
def test_a_text_without_any_form_of_the_sign_is_never_changed(text):
    assert mask_mails(text) == (text, 0)


@given(st.text(st.sampled_from("ab@. ()[]dot%40&#;-_\n\u200d\u0301é"), max_size=60))
def test_a_masked_text_holds_no_address_and_spans_stand_in_order(text):
    spans = find_mails(text)
    assert all(start < end for start, end in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    places = [0, *(place for span in spans for place in span), len(text)]
    kept = [text[a:b] for a, b in zip(places[::2], places[1::2], strict=True)]
    masked = mask_mails(text)[0]
    assert all(part.strip("<> ").removesuffix("<mailto:") in masked for part in kept)


def count_steps(function, *words):
    """Count the lines that Python runs and the functions that it calls, those in C too."""
    count = 0

    def step(*_):
        nonlocal count
        count += 1
        return step

    sys.settrace(step)
    sys.setprofile(step)
    try:
        function(*words)
    finally:
        sys.settrace(None)
        sys.setprofile(None)
    return count


PATHOLOGICAL = [
    ("", "a.", "@b.example"), ("a@", "b.", ""), ("", "a@", ""), ("", "a@b.", ""), ("", "a@b.cc ", ""),
    ("x ", "at a dot ", ""), ("", "(at)", ""), ("", "a-at-b.", "cc"), ("", "a-at-b", ""), ("", "_at_", ""),
    ("", "%40", ""), ("%", "25", "40"), ("&", "amp;", "#64;"), ("", "&amp;", ""), ("", '"', "@b.cc"),
    ("", '"@b.cc', ""), ("a(", "(", ")@b.cc"), ("", "(x)@", ""), ("", "a@b . ", ""), ("a", "\u200d", "@b.cc"),
    ("", "x at y.com ", ""), ("a", " ", "@b.cc"), ("", "メール@", ""), ("", "a at b dot ", ""),
]  # fmt: skip


@pytest.mark.parametrize(("before", "middle", "after"), PATHOLOGICAL)
def test_twice_the_text_is_at_most_a_little_more_than_twice_the_work(before, middle, after):
    small, large = (
        count_steps(mask_mails, before + middle * (size // len(middle)) + after)
        for size in (300, 600)
    )
    assert large < 2.3 * small + 500


@pytest.mark.parametrize(
    "line", ["a." * 9_900 + "@b.example", "a@" + "bb." * 6_000 + "example", "ann@b.cc " * 2_000]
)
def test_the_line_of_an_address_is_the_one_in_which_it_begins(line):
    read = READER.read(f"One.\n\nTwo\n{line}", 4, "c.md")
    assert {problem.line for problem in read.problems} == {7}
    assert not find_mails(read.opening)
