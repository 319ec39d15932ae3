"""Plain words written as Markdown show just those words."""

from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalogue.text.comment_reader import CommentReader
from catalogue.text.encoding import INVISIBLE
from commands.writing.markdown_escape import escape_markdown

quick = settings(deadline=None, database=None)
thorough = settings(deadline=None, database=None, max_examples=400)


EXTENSIONS = ["tables", "fenced_code", "footnotes", "def_list", "abbr", "sane_lists", "toc"]


class Reader(HTMLParser):
    """Read a page as a reader does: the text, and the elements it is in."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.words, self.tags = [], []
        self.feed(html)
        self.close()

    def handle_data(self, data):
        self.words.append(data)

    def handle_starttag(self, tag, _attrs):
        self.tags.append(tag)


def show(text):
    """Convert Markdown as the site does, and read what can be seen."""
    page = Reader(markdown.markdown(text, extensions=EXTENSIONS))
    return "".join(page.words), page.tags


ODD = [
    "# no heading",
    "#1 in the list",
    "1. no list",
    "2015. That was a year",
    "- no list",
    "+ no list",
    "* no list",
    "> no quotation",
    "1) no list",
    "7.",
    "+",
    "~no line~ through ~~these~~",
    ": no definition",
    "A term\n: no definition",
    "    four blanks",
    "\ttab",
    "Not a heading\n---",
    "Not a heading\n===",
    "---",
    "* * *",
    "_____",
    "a | b\n--|--\nc | d",
    "| a |\n|---|",
    "```\nno code\n```",
    "~~~\nno code\n~~~",
    "`no code`",
    "<b>not bold</b>",
    "<script>alert(1)</script>",
    "<!-- no comment -->",
    "I <3 books, 3 < 5 & 5 > 3",
    "<http://example.org> <me@example.org>",
    "R&D, AT&T, &amp; &copy; &#65; &#65 &lt",
    "snake_case _no emphasis_ __none__",
    "C:\\new \\* \\\\ \\_ \\",
    "[x] [text](address) ![picture](address) [a][b]",
    "[x]: https://example.org",
    "text[^1]\n\n[^1]: note",
    "*[HTML]: no abbreviation\n\nHTML",
    "[TOC]",
    "2*3*4 and a * b and prices* and taxes*",
    "*open",
    "Query: what is this?",
    "Title: what is this?",
    "{: .x} {#id} !!! note",
    "line\u2028line",
]


@pytest.mark.parametrize(
    "body",
    [
        "Plain words, 'quoted' and \"quoted\" - with a dash.",
        "An e-mail to me@example.org, a_name, AT&T, 3 > 2, C:\\new, 2.5 % (or so)!",
        "-5 degrees\n\n+1 from me",
        "I *should*, **must** and ***will***.",
    ],
)
def test_ordinary_words_are_not_touched(body):
    assert escape_markdown(body) == body


pieces = st.sampled_from(
    [*"*_`~#>-+.!=:|[](){}<>&;\\/\"'^ \n\t1a", *ODD, "\n\n", "    ", "**", "***", "__", "](u)"]
)


odd_bodies = st.lists(
    pieces | st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=4), max_size=25
).map("".join)


@thorough
@given(odd_bodies)
def test_no_word_of_any_body_is_lost_or_gained(body):
    """Asterisks apart, which may be emphasis; no element appears but paragraphs and emphasis."""
    words, tags = show(escape_markdown(body))
    assert words.replace("*", "").split() == body.replace("*", "").split()
    assert set(tags) <= ({"p", "em", "strong"} if "*" in body else {"p"})


@thorough
@given(odd_bodies)
@example("\\\n_")
def test_the_site_s_own_reader_of_comments_shows_them_too(body):
    body = body.replace("*", "").replace("@", "").translate(INVISIBLE)
    shown = CommentReader().read(escape_markdown(body), 1, "comments/x/y.md")
    words = Reader(shown.html).words
    assert "".join(words).split() == body.split()


@quick
@given(
    st.lists(
        st.tuples(
            st.integers(0, 3),
            st.sampled_from(["word", "two words", "a_b", "[x]", "<b>", "x\ny", "\\", "&amp;", "é"]),
            st.sampled_from([" ", "\n", "\n\n", " - ", ", "]),
        )
    )
)
def test_the_authors_emphasis_is_kept_wherever_it_stands(parts):
    body = "".join(f"{'*' * stars}{words}{'*' * stars}{end}" for stars, words, end in parts)
    words, tags = show(escape_markdown(body))
    assert words.split() == "".join(f"{words}{end}" for _, words, end in parts).split()
    assert tags.count("em") == sum(stars in (1, 3) for stars, _, _ in parts)
    assert tags.count("strong") == sum(stars in (2, 3) for stars, _, _ in parts)
