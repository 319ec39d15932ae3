"""HTML is written as the standard serialises it, and read back as the same tree."""

import xml.etree.ElementTree as etree

import html5lib
from hypothesis import given
from hypothesis import strategies as st

from catalogue.text.html_writer import write_html
from catalogue.text.tree_tags import RAW_HTML, TIGHT


def make(tag, text="", **attributes):
    root = etree.Element("div")
    element = etree.SubElement(root, tag, attributes)
    element.text = text
    return root


def test_signs_are_written_as_codes_in_text_and_values():
    root = make("a", "<&>\N{NO-BREAK SPACE}\"'", href='"<&>')
    assert write_html(root, {})[0] == ('<a href="&quot;&lt;&amp;&gt;">&lt;&amp;&gt;&nbsp;"\'</a>')


def test_html_of_the_author_is_written_as_it_is_without_hidden_comments():
    assert write_html(make(RAW_HTML, "<b>&amp;<!-- x --></b>"), {})[0] == "<b>&amp;</b>"
    assert write_html(make(TIGHT, "a & b"), {})[0] == "a &amp; b"
    assert write_html(make("br"), {})[0] == "<br>"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.sampled_from("p em li".split()))
def test_a_browser_reads_what_was_written(text, tag):
    source, _ = write_html(make(tag, text, title=text), {})
    (element,) = html5lib.parseFragment(source, namespaceHTMLElements=False)
    assert (element.tag, element.text or "", element.get("title")) == (tag, text, text)
