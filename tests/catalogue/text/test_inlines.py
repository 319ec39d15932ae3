"""What a block says is read as CommonMark and GitHub read it, whatever it holds."""

import html
import re
import xml.etree.ElementTree as etree
from html.parser import HTMLParser
from urllib.parse import unquote

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from markdown.util import AtomicString
from markdown_it import MarkdownIt

from catalogue.text.inlines import Inlines
from catalogue.text.link_parts import (
    fold_label,
    scan_destination,
    scan_label,
    scan_target,
    scan_title,
)
from catalogue.text.tree_tags import RAW_HTML
from tests.bounded import call_bounded

EMPTY = ("br", "img")


class Definitions:
    """What the texts of these tests define."""

    def __init__(self, links, *, files=True):
        self.links = {fold_label(label): link for label, link in links.items()}
        self.files = files

    def make_note(self, label):
        if label not in ("1", "a note"):
            return None
        sign = etree.Element("sup")
        etree.SubElement(sign, "a", href="#note").text = label
        return sign

    def make_wiki_link(self, target, words):
        if target == "Missing" or not self.files:
            return None
        link = etree.Element("a", href=f"wiki:{target}")
        link.text = words or target
        return link

    def make_embed(self, target, words):
        self.missed = target


LINKS = {"a": ("/a", "A"), "Ärger\nb": ("/b", ""), "x*y": ("/c", "")}


def parse(text, *, names=None, **switches):
    parent = etree.Element("p")
    Inlines(**switches).parse(parent, text, names or Definitions(LINKS))
    return parent


def show(parent):
    """Return what is in an element as HTML; HTML as it was typed stands in braces."""
    parts = [html.escape(parent.text or "", quote=False)]
    for child in parent:
        attributes = "".join(
            f' {name}="{html.escape(value)}"' for name, value in sorted(child.attrib.items())
        )
        if child.tag == RAW_HTML:
            parts.append(f"{{{child.text}}}")
        elif child.tag in EMPTY:
            parts.append(f"<{child.tag}{attributes}>")
        else:
            parts.append(f"<{child.tag}{attributes}>{show(child)}</{child.tag}>")
        parts.append(html.escape(child.tail or "", quote=False))
    return "".join(parts)


READ = {
    # 2.4, 2.5: signs written as codes
    r"It costs \$5, \@ann": "It costs $5, @ann",
    r"\*a\* \\ \a \é": r"*a* \ \a \é",
    r"\[y\](z) \`a\` \<b>": "[y](z) `a` &lt;b&gt;",
    r"6\'2\" tall": "6{&#39;}2{&#34;} tall",
    "&quot;a&#39; &#x22;": "{&#34;}a{&#39;} {&#34;}",
    "AT&amp;T &copy; &#x1F4DA; &nbsp;": "AT&amp;T © 📚 \xa0",
    "R&D; &nosuch; AT&T & a&b": "R&amp;D; &amp;nosuch; AT&amp;T &amp; a&amp;b",
    "&#0; &#xD800; &#x110000;": "\ufffd \ufffd \ufffd",
    "a&#1;b&#x202E;c &#150;": "a{&#1;}b{&#x202E;}c {&#150;}",
    "&#42;a&#42;": "*a*",
    "a&#10;b": "a\nb",
    # 6.1: code
    "`a`": "<code>a</code>",
    "`` a ` b ``": "<code>a ` b</code>",
    "`  ` ` a` `\na\n`": "<code>  </code> <code> a</code> <code>a</code>",
    "`a\nb` `*c*` `&amp;`": "<code>a\nb</code> <code>*c*</code> <code>&amp;amp;</code>",
    "``a` b": "``a` b",
    r"`a\` b`": r"<code>a\</code> b`",
    "*a`*`": "*a<code>*</code>",
    "`[a`](b)": "<code>[a</code>](b)",
    # 6.2: emphasis
    "*a* _b_ **c** __d__": "<em>a</em> <em>b</em> <strong>c</strong> <strong>d</strong>",
    "***a***": "<em><strong>a</strong></em>",
    "*a **b** c*": "<em>a <strong>b</strong> c</em>",
    "snake_case_word and _a_b": "snake_case_word and _a_b",
    "un*believ*able": "un<em>believ</em>able",
    "2 * 3 * 4 and a * b*": "2 * 3 * 4 and a * b*",
    "*(**a**)* **a.**b": "<em>(<strong>a</strong>)</em> **a.**b",
    "*a **b*": "*a *<em>b</em>",
    "**a*": "*<em>a</em>",
    "*Emma*'s _Emma_, (*a*) \"*b*\"": "<em>Emma</em>'s <em>Emma</em>, (<em>a</em>) \"<em>b</em>\"",
    "*a\nb*": "<em>a\nb</em>",
    "*a _b* c_": "<em>a _b</em> c_",
    "*$*a.": "*$*a.",
    # GFM 6.5
    "~~a~~ ~b~": "<del>a</del> <del>b</del>",
    "9~12 and 13~17": "9~12 and 13~17",
    "H~2~O, log~10~": "H~2~O, log~10~",
    "un~~believ~~able": "un<del>believ</del>able",
    "~~~a~~~ ~~a~ ~5 to ~6": "~~~a~~~ ~~a~ ~5 to ~6",
    "~~*a* b~~": "<del><em>a</em> b</del>",
    # 6.3: links
    "[w](u)": '<a href="u">w</a>',
    '[w](u "T") [w](u \'T\') [w](u (T))': '<a href="u" title="T">w</a> ' * 2
    + '<a href="u" title="T">w</a>',
    "[w](<u v>) [w]() [w](<>)": '<a href="u v">w</a> <a href="">w</a> <a href="">w</a>',
    "[*w* `c`](u)": '<a href="u"><em>w</em> <code>c</code></a>',
    "[w](a_(b)_c) [w](a\\)b)": '<a href="a_(b)_c">w</a> <a href="a)b">w</a>',
    "[w](?a=1&amp;b=2&c=3)": '<a href="?a=1&amp;b=2&amp;c=3">w</a>',
    "[w](ü%20%22)": '<a href="ü%20%22">w</a>',
    "[w](u v) [w] (u) [w](u": "[w](u v) [w] (u) [w](u",
    "[w]\\(u)": "[w](u)",
    "[a [b](c) d](e)": '[a <a href="c">b</a> d](e)',
    "[a *b](c) d*": '[a *b](c) d*'.replace("[a *b](c)", '<a href="c">a *b</a>'),
    "*[a*](c)": '*<a href="c">a*</a>',
    "[a [b] c](d) [q ] b](d)": '<a href="d">a [b] c</a> [q ] b](d)',
    "[a] [A][] [w][a]": '<a href="/a" title="A">a</a> <a href="/a" title="A">A</a> '
    '<a href="/a" title="A">w</a>',
    "[ärger b] [none] [a][none]": '<a href="/b">ärger b</a> [none] [a][none]',
    "[x*y] [a](not one)": '<a href="/c">x*y</a> <a href="/a" title="A">a</a>(not one)',
    "[a] [a]": '<a href="/a" title="A">a</a> <a href="/a" title="A">a</a>',
    "[w][a][a]": '<a href="/a" title="A">w</a><a href="/a" title="A">a</a>',
    # 6.4: pictures
    "![a *b* `c` [d](e)](u)": '<img alt="a b c d" src="u">',
    '![](u "T") ![a]': '<img alt="" src="u" title="T"> <img alt="a" src="/a" title="A">',
    "[![a](b)](c)": '<a href="c"><img alt="a" src="b"></a>',
    "![a ![b](c)](d)": '<img alt="a b" src="d">',
    "![a\nb <i>c</i> &quot;d\\\"](u)": '<img alt="a b c &quot;d&quot;" src="u">',
    "\\![w](u) !\\[w](u)": '!<a href="u">w</a> ![w](u)',
    "Wow![a": "Wow![a",
    # 6.5: addresses in points
    "<https://e.com/a--b>": '<a href="https://e.com/a--b">https://e.com/a--b</a>',
    "<jane@e.com> <irc://e.com>": '<a href="mailto:jane@e.com">jane@e.com</a> '
    '<a href="irc://e.com">irc://e.com</a>',
    "[a <https://e.com> b](u)": '<a href="u">a https://e.com b</a>',
    # 6.6: HTML
    'a <b c="d>" e>f</b > <br/>': 'a {<b c="d>" e>}f{</b >} {<br/>}',
    "a <!-- b --> c <!--> <!---> <?php ?> <!X> <![CDATA[>]]>": "a {<!-- b -->} c {<!-->} "
    "{<!--->} {<?php ?>} {<!X>} {<![CDATA[>]]>}",
    "1 < 2 <3 <a <!-- <b c=\"d": "1 &lt; 2 &lt;3 &lt;a &lt;!-- &lt;b c=\"d",
    "<cite>*a*</cite>": "{<cite>}<em>a</em>{</cite>}",
    # 6.7, 6.8: line ends
    "a  \nb": "a<br>\nb",
    "a\\\nb": "a<br>\nb",
    "a \n   b\n\tc  ": "a\nb\nc",
    "`c`  \n*b*": "<code>c</code><br>\n<em>b</em>",
    "a\\": "a\\",
    "  a  ": "a",
    # footnotes
    "x[^1], Wow![^a note]": 'x<sup><a href="#note">1</a></sup>, '
    'Wow!<sup><a href="#note">a note</a></sup>',
    "x[^2] [^1": "x[^2] [^1",
    "![^1](u)": '<img alt="^1" src="u">',
    "[a[^1] *b*](u) c": '<a href="u">a <em>b</em></a><sup><a href="#note">1</a></sup> c',
    # links of Obsidian
    "[[Weeding]] [[a b|*w*]]": '<a href="wiki:Weeding">Weeding</a> <a href="wiki:a b">*w*</a>',
    "[[a#Aims]] [[Missing]] [[a\nb]]": '<a href="wiki:a#Aims">a#Aims</a> [[Missing]] [[a\nb]]',
    "[[b]](u) [[b]](u v) [[b]][a] [[b]][z]": '<a href="u">[b]</a> <a href="wiki:b">b</a>(u v) '
    '<a href="/a" title="A">[b]</a> <a href="wiki:b">b</a>[z]',
    "[[b]]: /u": "[[b]]: /u",
    "[[b]]: /u 't'": "[[b]]: /u 't'",
    "[[b]]: on b": '<a href="wiki:b">b</a>: on b',
    "[[[b]]] [[[b]]": '[[[b]]] [<a href="wiki:b">b</a>',
    "![[b.png]] ![[b]](u)": '![[b.png]] <img alt="[b]" src="u">',
    "\\[[b]] `[[b]]`": "[[b]] <code>[[b]]</code>",
    "[x [[b]] y](u)": '[x <a href="wiki:b">b</a> y](u)',
    # nothing of all this
    "Plain words, “quoted” — and (in brackets): that's all!": (
        "Plain words, “quoted” — and (in brackets): that's all!"
    ),
}  # fmt: skip


@pytest.mark.parametrize("typed", READ, ids=ascii)
def test_a_text_is_read_as_the_specification_has_it(typed):
    assert show(parse(typed)) == READ[typed]


def test_code_and_addresses_are_no_matter_for_later_steps():
    parent = parse("`a` <https://e.com> www.e.com <b> a")
    assert [type(child.text) for child in parent] == [AtomicString] * 4


def test_a_comment_knows_no_html():
    wanted = '&lt;b&gt;a&lt;/b&gt; &lt;!-- c --&gt; <a href="https://e.com">https://e.com</a>'
    assert show(parse("<b>a</b> <!-- c --> <https://e.com>", knows_html=False)) == wanted


def test_bare_addresses_stay_text_where_nobody_wants_them_as_links():
    typed = "https://e.com/a_b www.e.com ann@e.com"
    assert show(parse(typed, links_bare=False)) == typed


BARE = {
    "See https://e.com/cat--alog?x=it's and": 'See <a href="https://e.com/cat--alog?x=it\'s">',
    "*https://e.com/_a_b* b": '<em><a href="https://e.com/_a_b">https://e.com/_a_b</a></em> b',
    "**www.e.com**": '<strong><a href="http://www.e.com">www.e.com</a></strong>',
    "[https://e.com/_a_](u)": '<a href="u">https://e.com/_a_</a>',
    "[see https://e.com/_a_b]": '[see <a href="https://e.com/_a_b">https://e.com/_a_b</a>]',
    "`https://e.com`": "<code>https://e.com</code>",
    '<a href="u">https://e.com</a> www.e.com': '{<a href="u">}https://e.com{</a>} '
    '<a href="http://www.e.com">',
    "<code>https://e.com</code>": "{<code>}https://e.com{</code>}",
    '<a name="x"> www.e.com': '{<a name="x">} <a href="http://www.e.com">',
    "![https://e.com](u)": '<img alt="https://e.com" src="u">',
    "_ann@e.com_ a": '<em><a href="mailto:ann@e.com">ann@e.com</a></em> a',
    "https://e.com/a\\\nb": '<a href="https://e.com/a">https://e.com/a</a><br>\nb',
    "a\\@e.com": "a@e.com",
    "See https://e.com/?v=a_, b": 'See <a href="https://e.com/?v=a_">https://e.com/?v=a_</a>, b',
    "https://e.com/a__": '<a href="https://e.com/a__">https://e.com/a__</a>',
    "(www.e.com/a_) _b_": '(<a href="http://www.e.com/a_">www.e.com/a_</a>) <em>b</em>',
    "_https://e.com/c_ d": '<em><a href="https://e.com/c">https://e.com/c</a></em> d',
    "__See https://e.com/c__ d": '<strong>See <a href="https://e.com/c">https://e.com/c</a></strong> d',
    "_a https://e.com/b_. https://e.com/c_": '<em>a <a href="https://e.com/b">https://e.com/b</a></em>. '
    '<a href="https://e.com/c_">https://e.com/c_</a>',
    "[https://e.com/a_](u)": '<a href="u">https://e.com/a_</a>',
    "<code>https://e.com/a_</code>": "{<code>}https://e.com/a_{</code>}",
}


@pytest.mark.parametrize("typed", BARE, ids=ascii)
def test_bare_addresses_meet_other_signs(typed):
    assert html.unescape(show(parse(typed))).startswith(BARE[typed])


@pytest.mark.parametrize(
    ("one", "other"),
    [("Toło", "TOŁO"), ("ẞ", "SS"), ("a\n  b", "A B"), (" a ", "a")],
)
def test_labels_are_compared_as_unicode_has_it(one, other):
    assert fold_label(one) == fold_label(other)


def test_labels_are_found_to_their_end():
    ends = {"[a]: b": 3, "[a\\]b]": 6, "[]": -1, "[ \n]": -1, "[a[b]": -1, "a": -1, "[a": -1}
    assert {text: scan_label(text, 0) for text in ends} == ends
    assert scan_label("[" + "a" * 999 + "]", 0) == 1001
    assert scan_label("[" + "a" * 1000 + "]", 0) == -1


def test_addresses_are_found_to_their_end():
    found = {
        "/a b": ("/a", 2),
        "<a b>c": ("a b", 5),
        "<>": ("", 2),
        "a(b)c)d": ("a(b)c", 5),
        "a\\)&amp;)": ("a)&", 8),
        "a\\b\n": ("a\\b", 3),
        "<a\nb>": None,
        "<a<b>": None,
        "a(b": None,
        "": None,
        " a": None,
        "(" * 33 + ")" * 33: None,
    }
    assert {text: scan_destination(text, 0) for text in found} == found
    assert scan_destination("(" * 32 + ")" * 32, 0) == ("(" * 32 + ")" * 32, 64)


def test_titles_are_found_to_their_end():
    found = {
        '"a" b': ("a", 3),
        "'a\nb'": ("a\nb", 5),
        "(a\\)&quot;)": ('a)"', 11),
        '""': ("", 2),
        '"a': None,
        "(a(b)": None,
        "a": None,
    }
    assert {text: scan_title(text, 0) for text in found} == found


def test_targets_are_found_to_their_end():
    assert scan_target(' a "t" ) b', 0) == ("a", "t", 8)
    assert scan_target("\n)", 0) == ("", None, 2)
    assert scan_target('a"t")', 0) == ('a"t"', None, 5)
    assert scan_target('<a>"t")', 0) is None


class Outline(HTMLParser):
    """The tags and the words of HTML, in a form that does not depend on how it is written."""

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.parts = []
        self.strong = self.code = 0
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        values = sorted((name, unquote(value or "")) for name, value in attrs)
        self.strong += tag == "strong"
        self.code += tag == "code"
        if tag != "strong" or self.strong == 1:  # GitHub drops those within another
            self.parts.append((tag, values))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        self.strong -= tag == "strong"
        self.code -= tag == "code"
        if tag != "strong" or not self.strong:
            self.parts.append(tag)

    def handle_data(self, data):
        data = data.replace("\n", " ") if self.code else data  # which is a blank to readers
        if self.parts and isinstance(self.parts[-1], list):
            self.parts[-1][0] += data
        else:
            self.parts.append([data])


def write(parent):
    """Return an element as HTML."""
    return re.sub(r"\{(.*?)\}", r"\1", f"<p>{show(parent)}</p>", flags=re.DOTALL)


WORDS = [*"a b é . , \" ' “ \xa0 - … a;".split(" "), " ", " ", "\nx", "  \nx", "\\\nx"]
EMPHASIS = ["*", "*", "**", "***", "_", "_", "__", "___", "`", "``", "\\", "\\*", "\\_", "\\`"]
CODES = ["&amp;", "&copy;", "&#35;", "&#x42;", "&", "&a", "&nosuch;"]
TAGS = ["<b>", "</b>", '<i c="*">', "<i\nx", "<", ">", "<http://a.b/*c*>", "<c@d.e>", "<!-- * -->"]
BRACKETS = [
    *[
        "[",
        "[",
        "]",
        "![",
        "[a]",
        "[b]",
        "[b][a]",
        "[a][]",
        "\\[",
        "\\]",
        "!",
        "](u)",
        '](v "t")',
    ],
    *["[a](u)", '![a](b.png "t")', "[x\nb](u 't')"],
]
DEFINED = "\n\n[a]: /ua 'ta'\n[b]: <ub>\n"
DEFINITIONS = Definitions({"a": ("/ua", "ta"), "b": ("ub", "")}, files=False)
LINK_IN_LINK = re.compile(r"<a [^>]*>(?:(?!</a>).)*<a ", re.DOTALL)
COMMONMARK = MarkdownIt("commonmark")
STRIKES = ["~", "~", "~~", "~~", "\\~"]


def make_texts(*pieces):
    return st.lists(
        st.sampled_from([piece for group in pieces for piece in group]), max_size=16
    ).map(lambda parts: f"x{''.join(parts)}")


def check_as_github(text, *, github=False):
    """Check that a text is read as GitHub's renderer reads it.

    That renderer is of version 0.29 of the specification: a run of signs that can open and close, and
    finds nothing to close, keeps a later one of like length from it that can but close. There another
    reader decides, which is of the version of today; of what is struck out it knows no single ~.
    """
    convert = cmarkgfm.github_flavored_markdown_to_html if github else cmarkgfm.markdown_to_html
    theirs = Outline(convert(text + DEFINED, Options.CMARK_OPT_UNSAFE).strip()).parts
    ours = Outline(write(parse(text, names=DEFINITIONS, links_bare=github))).parts
    if ours != theirs:
        assume("~" not in text or not has_like_runs(text))
        theirs = Outline(COMMONMARK.render(text + DEFINED).strip()).parts
    assert ours == theirs


def has_like_runs(text):
    """Return whether of one sign two runs behind the first are of like length."""
    for sign in "*_":
        lengths = [len(run) % 3 for run in re.findall(rf"{re.escape(sign)}+", text)][1:]
        if len({*lengths}) < len(lengths):
            return True
    return False


@settings(deadline=None, max_examples=300)
@given(text=make_texts(WORDS, EMPHASIS, EMPHASIS, CODES, TAGS))
@example(text="x*a**b***c* __d_ `e``f`` <i\nx>")
@example(text="x.**a*a****")
def test_emphasis_code_and_html_are_those_of_github(text):
    check_as_github(text)


@settings(deadline=None, max_examples=300)
@given(text=make_texts(WORDS, EMPHASIS, BRACKETS, BRACKETS))
@example(text="x[a![b *c](u)* d](u)[a][b]")
def test_links_and_pictures_are_those_of_github(text):
    assume(not re.search(r"\[\s+\]|\]\(<?u[^)]*\Z", text))
    # Behind a link by its label theirs at times makes one link inside another, which none may be.
    assume(not LINK_IN_LINK.search(cmarkgfm.markdown_to_html(text + DEFINED)))
    check_as_github(text)


@pytest.mark.parametrize(
    "text", ["x[[a][a][]](u)", "x[[a][a][b]](u)", "x[a ![[a]](v) [a][] []](u)"]
)
def test_no_link_stands_in_another(text):
    written = write(parse(text, names=DEFINITIONS))
    assert "<a " in written
    assert not LINK_IN_LINK.search(written)


@settings(deadline=None, max_examples=300)
@given(text=make_texts(WORDS, EMPHASIS, STRIKES, STRIKES))
@example(text="x ~~a ~b~ c~~ **~~d~~**")
def test_what_is_struck_out_is_that_of_github_but_for_a_sign_within_a_word(text):
    assume(not re.search(r"[^\W_]~[^\W_]", text))
    check_as_github(text, github=True)


@settings(deadline=None, max_examples=300)
@given(text=st.text(alphabet=st.characters(exclude_characters="`*_~[]<>&\\\r\n\t "), max_size=60))
def test_text_without_special_signs_stays_as_it_is(text):
    assert "".join(parse(text).itertext()) == text


@settings(deadline=None, max_examples=300)
@given(
    text=st.text(max_size=80) | st.text(alphabet="`*_~[]()<>!&#;\\\n \"'ab@.:/w^|-=?", max_size=80)
)
def test_no_text_is_too_odd(text):
    for knows_html in (True, False):
        show(parse(text, knows_html=knows_html))


LENGTH = 100_000
FLOODS = {
    "brackets": "[ [] ![ ![[]() [a]( [a](<b [a](b( [a](u) ![a](b)![ [![a]( [a][ [a][b] [a] [[ [[a]] [^ [^1]",
    "titles": "[a](b_\" [a](b_' [a](b_(c [a](b_\"\\\"",
    "emphasis": "* _ ~ a**b c*_ *a_**a_ *a__ a~~b~_ *~ *_ a***b**c* *a** **x*_ *x*_ **x**_ a_b_ *[a](",
    "code and escapes": "` a` ``a`_ \\ \\` \\\" a\\\n a__\n",
    "html": "< <!-- <? <![CDATA[ <!a <a_ <a_b=\" <a_b='\"_c=\" </a <a@b <a:b <a><b> <a_b=\"_c='_d=\"_e'_",
    "codes": "& &a &# &#3 &amp &amp; &#34; a&b;",
    "addresses": "www. _www. (www.a http:// http://a.b_ (http://a.b) :// @ a@ a@b a@b.c _a@b. _a@b.c_",
}  # fmt: skip
SHAPES = {
    "nested": [
        *[
            "[" * 50_000 + "]" * 50_000,
            "![" * 16_000 + "](u)" * 16_000,
            "[a" * 25_000 + "](u)" * 25_000,
        ],
        *["*" * 50_000 + "a" + "*" * 50_000, "*a " * 25_000 + "b" + " a*" * 25_000],
        *["*_" * 25_000 + "b" + "_*" * 25_000, "~a " * 25_000 + "b" + " a~" * 25_000],
        "*a **a " * 7_000 + "b" + " a** a*" * 7_000,
    ],
    "long": [
        *["a**b" + "c* " * 33_000, "".join("e" + "`" * n for n in range(1, 440))],
        *["".join("`" * n + " " for n in range(440, 0, -1)), "[a](" + "(" * LENGTH],
        *["[a](b" + " " * LENGTH, "a" + " " * LENGTH + "b", "a" + " " * LENGTH + "\nb"],
        *["a\n" + " " * LENGTH + "b", "<a" + " b" * 50_000, "<a" + " " * LENGTH],
    ],
    "long addresses": [
        *[
            "a." * 50_000 + "@",
            "a." * 50_000 + "@b.c",
            "a@" + "b." * 50_000,
            "a@" + "b." * 50_000 + "-",
        ],
        *["http://a.b/" + end for end in ("(" * 50_000 + ")" * 50_000, ")" * LENGTH, "." * LENGTH)],
        *["http://a.b/" + end for end in ("&a;" * 33_000, "a;" * 50_000, ";" * LENGTH)],
        "www." + "a_b." * 25_000,
    ],
}


def parse_flood(name):
    """Parse long texts of one kind; return how deep elements stand in them."""
    texts = SHAPES.get(name) or [
        piece.replace("__", "  ").replace("_", " ") * (LENGTH // len(piece))
        for piece in FLOODS[name].split(" ")
    ]
    return max(find_depth(parse(text)) for text in texts)


def find_depth(parent):
    """Return how many elements stand in each other."""
    depth, level = 0, [*parent]
    while level:
        depth += 1
        level = [child for element in level for child in element]
    return depth


@pytest.mark.parametrize("name", [*FLOODS, *SHAPES])
def test_a_flood_of_signs_is_read_in_linear_time_and_not_nested_deep(name):
    assert call_bounded(parse_flood, name, seconds=20) <= 102


def test_emphasis_that_is_too_deep_stays_as_it_was_typed():
    parent = parse("*a " * 150 + "b" + " a*" * 150)
    assert find_depth(parent) == 101
    assert "".join(parent.itertext()) == "a " * 100 + "*a " * 49 + "a b a" + " a*" * 49 + " a" * 100
