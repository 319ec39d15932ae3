"""Text is set as a printer would, and nothing of it becomes a tag."""

import re

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.text.typography import set_line, set_title, typeset

quick = settings(deadline=None, database=None, max_examples=150)


@pytest.mark.parametrize(
    ("source", "set_as"),
    [
        ('<p>"Quoted"</p>', '<p><span class="dquo">“</span>Quoted”</p>'),
        ("<p>it's a -- dash</p>", "<p>it’s a —&nbsp;dash</p>"),
        ("<p>A &amp; B</p>", '<p>A <span class="amp">&amp;</span>&nbsp;B</p>'),
        ('<p><code>"x" -- y</code></p>', '<p><code>"x" -- y</code></p>'),
        ('<pre>"x" -- y</pre>', '<pre>"x" -- y</pre>'),
        ('<a title="it\'s">x</a>', '<a title="it\'s">x</a>'),
    ],
)
def test_html_is_set_and_code_is_left_alone(source, set_as):
    assert typeset(source) == set_as


def wrap(name, text):
    """Return a text as Typogrify wraps it."""
    return f'<span class="{name}">{text}</span>'


@pytest.mark.parametrize(
    "word",
    ["ALA", "HTML5", "DON'T", "U.S.", "U.S.C.", "K. D.", "J.R.R.", "CD", "MP3A", "OCLC2000"],
)
def test_a_word_in_capitals_is_set_as_a_whole(word):
    made = wrap("caps", word.replace("'", "’"))
    assert typeset(f"<p>({word}) or so</p>") == f"<p>({made}) or&nbsp;so</p>"
    assert typeset(f"<p>the {word} § 101 ({word})'s</p>").count(made) == 2


@pytest.mark.parametrize(
    "word",
    [
        *"AT&amp;T R&amp;D PDFs CDs URLs MP3s IPv6 iOS eISSN PhD McDONALD 4K 2FA A I U.S.A COVID-19".split(),
        *"Ph.D. URL(s) PDF-1 UTF-8".split(),
        *"PDF/A PDF/A-3 A/PDF USB-C ISSN-L CD/DVDs TCP/IPv4 PDF/UA-1 ALA.org".split(),
        *"CD-ROMs X-RAY O'NEIL ÉCOLE NATÜRLICH E\u0301COLE A-Z HTML5.1 AB&amp;C AB&amp;CD x&amp;ABC".split(),
    ],
)
def test_a_word_that_is_not_all_capitals_is_set_in_one_size(word):
    assert "<span" not in typeset(f"<p>the {word} so</p>")


@pytest.mark.parametrize(
    ("word", "made"),
    [
        ("PDF/UA", f"{wrap('caps', 'PDF')}/{wrap('caps', 'UA')}"),
        ("ALA's", f"{wrap('caps', 'ALA')}’s"),
        ("NHS’s", f"{wrap('caps', 'NHS')}’s"),
        ("CD-ROM", f"{wrap('caps', 'CD')}-{wrap('caps', 'ROM')}"),
        ("PDF-Datei", f"{wrap('caps', 'PDF')}-Datei"),
        ("pre-RDA", f"pre-{wrap('caps', 'RDA')}"),
    ],
)
def test_of_a_compound_the_part_in_capitals_is_set(word, made):
    assert typeset(f"<p>the {word} so</p>") == f"<p>the {made}&nbsp;so</p>"


@pytest.mark.parametrize("text", ["By Smith, K. D. (2011)", "17 U.S.C. § 101", 'the U.S. "law"'])
def test_no_blank_is_lost_behind_initials(text):
    plain = text.replace('"law"', "“law”")
    assert set_title(text) == plain
    for made in (typeset(f"<p>{text}</p>"), set_line(text)):
        tree = html5lib.parseFragment(str(made), namespaceHTMLElements=False)
        assert "".join(tree.itertext()).replace("\u00a0", " ") == plain


@pytest.mark.parametrize("tag", "p h2 h6 li dt dd".split())
def test_a_mark_hangs_at_the_start_of_a_block_only(tag):
    hung, plain = wrap("dquo", "“"), '<em>"so"</em>'
    for start, end in (("", ""), ("<em>", "</em>"), ("\n", ""), ('<a href="x">', "</a>")):
        made = typeset(f'<{tag}>{start}"One{end}" "two" three</{tag}>')
        assert made.startswith(f"<{tag}>{start}{hung}One{end}” “two”")
        assert made.count("<span") == 1
    for before in ("x ", "<code>x</code> ", "x<br>", '<img src="x"> ', "("):
        assert "<span" not in typeset(f'<{tag}>{before}{plain} "now"</{tag}>')
    assert typeset(f"<{tag}>'<b>One</b>'</{tag}>").startswith(
        f"<{tag}>{wrap('quo', '‘')}<b>One</b>’"
    )


@pytest.mark.parametrize("start", ["<td>", "<figcaption>", "<blockquote>", "<p>x</p>"])
def test_no_mark_hangs_elsewhere(start):
    assert "<span" not in typeset(f'{start}"One" two')


@pytest.mark.parametrize("tag", "p li dt dd".split())
@pytest.mark.parametrize(
    ("words", "tied"),
    [
        ("one two three", "one two&nbsp;three"),
        ("one <em>two</em> three", "one <em>two</em>&nbsp;three"),
        ("one <em>two three</em>", "one <em>two&nbsp;three</em>"),
        ("one two <em>three</em>", "one two <em>three</em>"),
        ("one two thr<em>ee</em>", "one two thr<em>ee</em>"),
        ("one two\nthree\n", "one two&nbsp;three\n"),
        ("one internationalised so", "one internationalised&nbsp;so"),
        ("one internationalised four", "one internationalised four"),
        (
            "one &amp;&amp;&amp;&amp; internationalis",
            "one &amp;&amp;&amp;&amp;&nbsp;internationalis",
        ),
        ("one <code>two</code>", "one <code>two</code>"),
        ("one https://e.com", "one https://e.com"),
        ("one standardisation--a", "one&nbsp;standardisation—a"),
        ("one two&nbsp;three", "one two&nbsp;three"),
        ("one two\u202fthree", "one two\u202fthree"),
        ("one", "one"),
        ("", ""),
    ],
)
def test_the_last_two_words_are_tied_unless_both_are_long(tag, words, tied):
    assert typeset(f"<{tag}>{words}</{tag}>\n<p></p>") == f"<{tag}>{tied}</{tag}>\n<p></p>"


@pytest.mark.parametrize("tag", "h1 h2 h6 td th figcaption summary blockquote div".split())
def test_no_words_are_tied_in_headings_and_cells(tag):
    source = f"<{tag}>one two three</{tag}>"
    assert typeset(source) == source


@pytest.mark.parametrize(
    "source",
    [
        "<p>A &amp; B or so</p>",
        "<p>A&nbsp;&amp;&nbsp;B or so</p>",
        "<p><em>A</em> &amp; <em>B</em> or so</p>",
    ],
)
def test_an_ampersand_between_blanks_is_set(source):
    made = source.replace("&amp;", wrap("amp", "&amp;")).replace("or so", "or&nbsp;so")
    assert typeset(source) == made


@pytest.mark.parametrize("text", ["&amp; B", "A &amp;", "A&amp;B", "A &amp;B", "A &lt; B"])
def test_another_ampersand_is_not(text):
    assert "<span" not in typeset(f"<h2>{text}</h2>")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Why 3 < 5 and 5 > 3", "Why 3 < 5 and 5 > 3"),
        ("A & <b>", "A & <b>"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("It's the ALA's", "It’s the ALA’s"),
        ("&amp; is an entity", "&amp; is an entity"),
        ("</span> and <span class=x>", "</span> and <span class=x>"),
        ("2024", "2024"),
    ],
)
def test_a_title_keeps_every_sign(text, title):
    assert set_title(text).replace("\u00a0", " ") == title


def fold(text):
    marks = {"‘": "'", "’": "'", "“": '"', "”": '"', "—": "--", "–": "--", "…": "..."}
    for mark, plain in marks.items():
        text = text.replace(mark, plain)
    return re.sub(r"[\s\u00a0-]+", " ", text.replace("``", '"').replace("''", '"')).strip()


@quick
@given(st.text(st.sampled_from("<>&;\"'/=#- abAB1!spanx")) | st.text())
def test_a_line_of_text_holds_no_tag_but_spans_and_says_the_same(text):
    text = "".join(c for c in text if c.isprintable() and c not in "\\.`")
    tree = html5lib.parseFragment(str(set_line(text)), namespaceHTMLElements=False)
    for element in tree.iter():
        assert element.tag in ("DOCUMENT_FRAGMENT", "span")
        assert set(element.attrib) <= {"class"}
    assert fold("".join(tree.itertext())) == fold(text)
    assert fold(set_title(text)) == fold(text)
