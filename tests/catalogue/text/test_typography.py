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
