"""Asking Typogrify's filters for less gives what Typogrify gives, byte for byte."""

import hashlib
import inspect

import pytest
import smartypants
from hypothesis import example, given, settings
from hypothesis import strategies as st
from typogrify import filters

from benchmarks.corpus import make_corpus, write_own
from catalogue.header.front_matter import read_header
from catalogue.text.encoding import decode_text
from catalogue.text.fast_typography import load_filter, typeset_fast, write_marks
from catalogue.text.markdown_reader import MarkdownReader

SIGNS = r"""
    " ' `` '' ` -- - ... . \ \\ \B & &amp; &#38; &nbsp; &quot; &ldquo; &#8220; &lsquo; &mdash;
    &#x2013; a s B C 1 80s NHS PC's U.S. D.O.T. word é ſ ( [ , ! ’
""".split()
BLANKS = [*"  \n\t\x0b\xa0\r\x1c", " ", ". . .", " & ", "D.O.T. ", "&nbsp;&&nbsp;"]
PLAIN_TAGS = [
    *"<p> </p> <li> </li> <h2> </h2> <em> </em> <b> </b> </a> <strong> </strong> </span>".split(),
    *"<br> <td> </td> <blockquote> <dt> </dd> </i> <div> <code> </code> <pre> </pre> <CODE>".split(),
    *['<a href="x">', '<a title="A & B">', '<a title="it\'s">', '<span class="caps">', "<br />"],
    *["<p\n>", "</p >", "<ol reversed>", "</CODE>", '<h2 id="x">'],
]
ODD_TAGS = [
    *"<kbd> </kbd> <script> </script> <!-- --> < > <tt> </tt> <math> <STYLE> </ <p".split(),
    *[
        "<x y=1>",
        '<x data-a="b & c">',
        '<a b="c\nd">',
        "<a b='\"'>",
        '<a b=">">',
        "<!-- a -- b -->",
    ],
]


@pytest.fixture(scope="module", autouse=True)
def manner():
    """Let Typogrify's own function quote as the plugins' does."""
    load_filter("smartypants")


def write_pieces(*kinds):
    return st.lists(st.sampled_from([piece for kind in kinds for piece in kind]), max_size=25).map(
        "".join
    )


@settings(deadline=None, database=None, max_examples=400)
@given(
    write_pieces(SIGNS, BLANKS)
    | write_pieces(SIGNS, BLANKS, PLAIN_TAGS)
    | write_pieces(SIGNS, BLANKS, PLAIN_TAGS, ODD_TAGS)
)
@example("<p>\"'Tis the '80s,\" he said -- don't you\nknow?</p>")
@example('<p> <em>"</em>a<b>"</b> c <i>D.O.T. </i> </p>x y')
@example("<p>One & <code>two</code> three & four")
def test_whatever_the_text_typogrify_would_give_the_same(source):
    assert write_marks(typeset_fast(source)) == write_marks(filters.typogrify(source))


def test_a_made_up_blog_is_set_as_typogrify_sets_it(tmp_path):
    write_own(make_corpus(60, 40), tmp_path)
    reader, are_plain = MarkdownReader(), 0
    for path in sorted(tmp_path.rglob("posts/*.md")):
        text, _ = decode_text(path.read_bytes(), path.name)
        source = reader.convert(read_header(text, "post").body)[0]
        assert write_marks(typeset_fast(source)) == write_marks(filters.typogrify(source))
        are_plain += "<" in source
    assert are_plain > 50


def test_the_filters_are_those_that_the_arguments_were_made_for():
    """When this fails, read the new sources against the reasons in catalogue/text/fast_typography.py."""
    known = {
        filters.process_ignores: "3a5b88d45d8a9ba7",
        filters.amp: "a8df459c1128b160",
        filters.caps: "18e9367594ae3057",
        filters.initial_quotes: "41061e79b98d80f4",
        filters.widont: "593699965861e73e",
        filters.applyfilters: "e6487580b7b44264",
        filters.typogrify: "5bcd01c38d9b7ca2",
        smartypants.smartypants: "1e510ac4a5619e07",
        smartypants._tokenize: "409a386bca803696",
        smartypants.convert_quotes: "a114767bcdcb99a8",
        smartypants.convert_dashes: "062db656a9d4a61d",
        smartypants.convert_ellipses: "652aa161bd58847c",
        smartypants.convert_backticks: "0744db24fd388474",
        smartypants.process_escapes: "75e7142de8f4f185",
    }
    assert known == {
        function: hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:16]
        for function in known
    }
    assert smartypants.tags_to_skip == "pre samp code tt kbd script style math".split()
