"""What would stop a build is mended with nothing of the author's words lost."""

import pytest

from catalogue.text.encoding import LONGEST_LINE
from catalogue.text.markdown_parser import make_text_parser
from commands.importers.bodies.mend_text import break_long_lines, unlink

PARSER = make_text_parser()
CASES = {
    "See [the *one*](b.md).": "See the *one*.",
    '[a](b.md "A title") and [c](<b.md>)': "a and c",
    "[a](b.md) and [d](d.md)": "a and [d](d.md)",
    "[see [1] there](b.md)": "see [1] there",
    '<a class="x" href="b.md">the <b>one</b></a>, <A HREF=b.md>two</A>': "the <b>one</b>, two",
    '<a href="b.md.html">c</a>': '<a href="b.md.html">c</a>',
    "The [notes] and [his][Notes], [notes][].\n\n[notes]: b.md\n[d]: d.md\n": (
        "The notes and his, notes.\n\n[d]: d.md\n"
    ),
    "[my\ntalk][], [x](y.md)\n\n[My Talk]: <b.md> 'Title'": "my\ntalk, [x](y.md)\n\n",
    "![a](b.md) `b.md`": "![a](b.md) `b.md`",
}


@pytest.mark.parametrize(("text", "wanted"), CASES.items())
def test_links_to_an_address_become_their_words(text, wanted):
    assert unlink(text, "b.md") == wanted


def test_an_address_that_was_cut_is_known_by_its_beginning():
    assert (
        unlink("[a](a-long-name-of-a-post.md#part) [b](a-short.md)", "a-long-name…")
        == "a [b](a-short.md)"
    )


@pytest.mark.parametrize("text", [text for text in CASES if "](<b" in text or "notes" in text])
def test_none_leads_there_any_more(text):
    assert 'href="b.md"' in PARSER.convert(text)
    assert 'href="b.md"' not in PARSER.convert(unlink(text, "b.md"))


def test_a_line_without_end_is_broken_at_its_blanks_and_others_are_left_alone():
    other = "  as  it\twas  "
    text = f"{other}\n{'word and ' * 9_000}\n{other}\n"
    lines = break_long_lines(text).split("\n")
    assert max(map(len, lines)) <= LONGEST_LINE
    assert (lines[0], lines[-2]) == (other, other)
    assert " ".join(lines).split() == text.split()
    assert break_long_lines("x" * 30_000) == "x" * 30_000
