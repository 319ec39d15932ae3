"""Whatever the texts, an XML parser reads the document and gets them back."""

import re
from xml.etree import ElementTree

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from plugins.xml_writer import add_element, format_xml, make_element

# XML 1.0, section 2.2.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
quick = settings(deadline=None, database=None)


def write(text):
    root = make_element("root", {"of": text})
    add_element(root, "child", text, {"of": text})
    add_element(root, "empty")
    return format_xml(root)


@quick
@given(st.text().map(lambda text: text.replace("\r", "\n")))
@example('<a b="c" />]]> &amp; \'')
@example("One\x02two\x0c\ufffethree\ud800.")
def test_any_text_comes_back_but_for_what_xml_cannot_hold(text):
    root = ElementTree.fromstring(write(text))
    child, empty = root
    held = NOT_IN_XML.sub("", text)
    assert (child.text or "") == held
    assert root.get("of") == child.get("of") == held
    assert (empty.text, empty.attrib) == (None, {})


def test_the_writer_escapes_html_once():
    """A text of markupsafe's would escape what replaces its signs once more."""
    root = make_element("root")
    add_element(root, "child", Markup("<b>&amp;</b>"))
    assert b"<child>&lt;b&gt;&amp;amp;&lt;/b&gt;</child>" in format_xml(root)
