"""HTML that people write passes; what runs, loads, sends, hides or covers something does not."""

import sys
from types import SimpleNamespace

import html5lib
import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins import markup
from plugins.markup import (
    ATTRIBUTES,
    ELEMENTS,
    EVERYWHERE,
    SCHEMES,
    STEADY,
    MarkupReader,
    StartTags,
    check_address,
    fold_url,
    format_tag,
    format_tags,
    is_kept,
    load_cleaner,
    part_plain,
    read_markup,
)

RIGHT = [
    "<p align=center>x",
    "<P>x<P>y",
    "<p>a<br/>b<BR>c<br clear=all>d<hr noshade><hr/>",
    "<CENTER>x</CENTER><font color=red size=2 face=serif>x</font><tt>x</tt><big>b</big>",
    "<details open><summary>S</summary><p>x</details>",
    "<ul><li>a<li>b<ul><li>c</ul></ul><ol start=3 type=a reversed><li value=7>x</ol>",
    "<ul>" + "<li><p>a" * 100 + "</ul>",
    "<dl>" + "<dt>a<dd>b" * 100 + "</dl>",
    "<table border=1 cellpadding=2 summary=s>" + "<tr><td>a<td>b" * 100 + "</table>",
    "<table><caption>c</caption><colgroup><col span=2></colgroup><thead><tr><th scope=col>h"
    "<tbody><tr><td colspan=2 valign=top nowrap>x<tfoot><tr><td>y</table>",
    '<figure class="wp-block-image" id="f"><img src="a.png" alt="x" width=1 height="2" '
    'loading="lazy" decoding="async" border=0 hspace=3><figcaption>c</figcaption></figure>',
    '<kbd>Ctrl</kbd> <samp>x</samp> <var>y</var> <abbr title="a > b">x</abbr> '
    "<acronym title=x>y</acronym>",
    "<ruby>漢<rt>kan<rp>(</ruby> <bdo dir=rtl>x</bdo> <bdi>y</bdi> <time datetime=2026>z</time>",
    '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>'
    '<div class="footnote"><hr><ol><li id="fn:1"><p>n <a class="footnote-backref" '
    'href="#fnref:1" title="Jump back" rev=x role=doc-backlink>↩</a></li></ol></div>'.replace(
        " rev=x", ""
    ),
    '<pre><code class="language-python">if a &lt; b: &quot;&amp;&quot;</code></pre>',
    '<a name=x></a><a href="https://e.org/?a=1&copy=2&section=3" target=_blank rel="noopener">x</a>',
    '<a href="mailto:a@b.org">m</a> <a href="tel:+1">t</a> <a href="../x.md#y">r</a>',
    "<blockquote cite=https://e.org>x<ins datetime=2026>i</ins><del>d</del></blockquote>",
    '<section aria-label=x><h2 id="a">A</h2><small>s</small><mark>m</mark><q>q</q></section>',
    '<p lang=de dir=ltr data-id="3" data-href="https://e.org">x</p>',
    '<img src="data.png" alt="">',
    "5 &lt; 6 &amp; 7 &gt; 3",
    "<p>text <div>in the middle</div> more</p>",
]


@pytest.mark.parametrize("source", RIGHT, ids=range(len(RIGHT)))
def test_ordinary_html_is_not_complained_of(source):
    assert read_markup(source).findings == []


WRONG = {
    "<script>alert(1)</script>": "<script> is not allowed",
    "<ScRiPt src=//e.org/x>": "<script> is not allowed",
    "<img src=x alt=x onerror=alert(1)>": "onerror= in <img> runs a program",
    "<b ONCLICK=x>y</b>": "onclick= in <b> runs a program",
    "<b/onclick=x>y</b>": "onclick= in <b>",
    "<a href='javascript:x'>y</a>": "“javascript:”",
    "<a href=' java&#115;cript&colon;x'>y</a>": "“javascript:”",
    "<a href='java\tscr\nipt:x'>y</a>": "“javascript:”",
    "<a href='&#1;&#x20;javascript:x'>y</a>": "“javascript:”",
    "<a href='JaVaScRiPt&#x3A;x'>y</a>": "“javascript:”",
    "<a href='vbscript:x'>y</a>": "“vbscript:”",
    "<a href='data:text/html,x'>y</a>": "“data:”",
    "<a href='blob:x'>y</a>": "“blob:”",
    "<img alt=x src='data:image/svg+xml,x'>": "“data:”",
    "<a href='file:///etc/passwd'>y</a>": "your own computer",
    "<a href='C:\\x'>y</a>": "your own computer",
    "<q cite='javascript:x'>y</q>": "“javascript:”",
    "<iframe src=https://e.org></iframe>": "<iframe> is not allowed in a text. Put a link",
    "<object data=x></object>": "<object>",
    "<embed src=x>": "<embed>",
    "<video poster=x></video>": "<video>",
    "<form action=x><input><button formaction=y>z</button></form>": "<form>",
    "<base href=//e.org>": "<base>",
    "<meta http-equiv=refresh content=0>": "<meta>",
    "<link rel=stylesheet href=x>": "<link>",
    "<style>p{}</style>": "<style>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>": "<svg>",
    "<math><mtext><mglyph><style></math>": "<math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>": "<noscript>",
    "<template><b>x</b></template>": "<template>",
    "<xmp><b>x</b></xmp>": "<xmp>",
    "<plaintext>x": "<plaintext>",
    "<textarea><b></textarea>": "<textarea>",
    "<title>x</title>": "<title>",
    "<select><option>x</select>": "<select>",
    "<frameset><frame></frameset>": "<frameset>",
    "<map><area href=x></map>": "<map>",
    "<dialog open>x</dialog>": "<dialog>",
    "<body onload=x>": "<body>",
    "<my-widget>x</my-widget>": "<my-widget>",
    "<p style='position:fixed'>x</p>": "style= in <p> is not allowed",
    "<p hidden>x</p>": "hidden= in <p>",
    "<p contenteditable>x</p>": "contenteditable=",
    "<p data-pagefind-ignore>x</p>": "data-pagefind-ignore=",
    "<img src=a.png alt=x srcset=b.png>": "srcset= in <img>",
    "<a href=x ping=y>z</a>": "ping= in <a>",
    "<a href=x xlink:href=javascript:y>z</a>": "xlink:href= in <a>",
    "<p id=main>x</p>": "The id “main” is a name that the site itself uses",
    "<p class='a skip'>x</p>": "class=skip is a name",
    "<p id=a>x</p><p id=a>y</p>": "The id “a” stands here twice",
    "<p id=a>x</p><a name=a></a>": "The id “a” stands here twice",
    "<?php echo 1 ?>": "“<?php echo 1 ?>” would be hidden",
    "<!DOCTYPE html>": "“<!DOCTYPE html>” would be hidden",
    "<![CDATA[ x ]]>": "would be hidden",
    "<![odd[ x ]]>": "would be hidden",
    "<!-- x --!> y": "“<!-- x --!> y” has no end",
    "</3 books>": "would be hidden",
    "<div>x": "<div> is never closed. Add </div> after its end.",
    "x</b>": "</b> closes nothing. Delete it.",
    "<b><i>x</b></i>": "<i> is not closed before </b>",
    "<a href=x>y <a href=z>w</a></a>": "A link stands inside another link",
    "<a href=''>x</a>": "A link leads nowhere",
    "<img src='' alt=x>": "A picture has no file",
    "<b>" * 60 + "x" + "</b>" * 60: "60 tags stand one in another",
    '<abbr title="x"">y</abbr>': "is not written as a tag is",
}


@pytest.mark.parametrize(("source", "words"), WRONG.items(), ids=range(len(WRONG)))
def test_what_acts_or_hides_is_an_error(source, words):
    errors = [f.text for f in read_markup(source).findings if f.level == "error"]
    assert any(words in text for text in errors)


def test_a_warning_does_not_keep_the_second_reader_from_judging(monkeypatch):
    source = "<p><img src=a.png></p><p title=x>y</p>"
    assert [f.level for f in read_markup(source).findings] == ["warning"]
    strict = SimpleNamespace(clean=lambda text: text.replace(" title=x", ""))
    monkeypatch.setattr(markup, "load_cleaner", lambda: strict)
    assert [f.level for f in read_markup(source).findings] == ["warning", "error"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<img src=a/desk.png>", "The picture desk.png has no description"),
        ("<img src=desk.png alt=' '>", "The picture desk.png has no description"),
        ("<img src=desk.png alt=desk.png>", "The description of desk.png is its file's name"),
        ("<a href=x> </a>", "A link has no words to click"),
        ("<a href=x><img src=y alt=''></a>", "A link has no words to click"),
    ],
)
def test_what_says_nothing_to_the_blind_is_a_warning(source, text):
    (finding,) = read_markup(source).findings
    assert finding.level == "warning"
    assert text in finding.text


def test_a_place_without_an_address_needs_no_words():
    assert read_markup('<a href="u">x</a><a name="y"></a><a id="z"></a>').findings == []
    assert read_markup('<a href="u"><img src=a alt=x></a>').findings == []


def test_facts_are_collected():
    markup = read_markup(
        '<p> </p><p>One <em>two</em></p><p>three</p><pre>no words</pre><a id=i name=n href="#k">l</a>'
        '<img src="s" alt="a">'
    )
    assert markup.findings == []
    assert (markup.opening, markup.words, markup.ids) == ("One two", 4, ["i", "n"])
    assert [(r.tag, r.url) for r in markup.references] == [("a", "#k"), ("img", "s")]


def test_a_tag_with_signs_in_its_values_is_found_and_written_anew():
    source = "x <p title='a > b < \"c\"'>y</p>"
    markup = read_markup(source)
    assert markup.findings == []
    expected = "x " + format_tag("p", {"title": 'a > b < "c"'}) + "y</p>"
    assert format_tags(source, markup.odd) == expected
    assert ">" not in expected[5:30]


@pytest.mark.parametrize(
    "url", ["/about/", "a.md", "#x", "https://e.org", "a:b/c"[1:], "x/y:z", "1:2", "", "?q=a:b"]
)
def test_ordinary_addresses_are_good(url):
    assert check_address(url) == ""


def test_no_sign_but_a_colon_becomes_one_in_a_folded_address():
    assert [c for c in map(chr, range(sys.maxunicode + 1)) if ":" in fold_url(c)] == [":"]


# What an attacker writes, in pieces that fit together in every way.
pieces = st.sampled_from(
    "<p> </p> <b> </b> <a </a> <svg> </svg> <math> <style> </style> <script> </script> <!-- --> <![CDATA["
    " ]]> <? ?> <img src=x alt=y href= = title= ' \" > < / // &lt; &quot; &#106; javascript: onerror=x x"
    " <title> </title> <textarea> <noscript> </noscript> <table> <td> <tr> </table> <p/ <br/> --!> <select>"
    " <template> <xmp> <plaintext> <mtext> <foreignObject> <annotation-xml> <li> <ul> </ul> <pre> <code>"
    " `".split(" ")
) | st.sampled_from([" ", "\n", "\x0c", "\t", "<a href='x'>", '<p title="', "<!--", "\u00a0", "-"])
soups = st.lists(pieces, max_size=14).map("".join)
FRAME = "<body><main>{}</main><footer></footer></body>"


def read_tree(source):
    tree = html5lib.parse(FRAME.format(source), namespaceHTMLElements=True)
    return [element for element in tree.iter() if isinstance(element.tag, str)]


@settings(deadline=None, database=None, max_examples=400)
@given(soups)
def test_what_passes_is_harmless_as_browsers_read_it(source):
    if any(f.level == "error" for f in read_markup(source).findings):
        return
    names = {"html", "head", "body", "main", "footer"}
    for element in read_tree(source):
        namespace, _, tag = element.tag.lstrip("{").rpartition("}")
        assert namespace == "http://www.w3.org/1999/xhtml"
        assert tag in ELEMENTS | names
        assert set(element.attrib) <= ATTRIBUTES.get(tag, frozenset()) | EVERYWHERE
        assert not check_address(element.get("href", ""))


@settings(deadline=None, database=None, max_examples=300)
@given(soups)
def test_what_the_sanitiser_takes_away_is_an_error(source):
    if any(f.level == "error" for f in read_markup(source).findings):
        return
    cleaned = nh3.clean(
        source,
        tags=set(ELEMENTS),
        attributes={"*": set(EVERYWHERE), **{tag: set(a) for tag, a in ATTRIBUTES.items()}},
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
    count = {e.tag for e in read_tree(source)}
    assert {e.tag for e in read_tree(cleaned)} == count
    ours = "".join("".join(e.itertext()) for e in read_tree(source)[:1])
    theirs = "".join("".join(e.itertext()) for e in read_tree(cleaned)[:1])
    assert ours.split() == theirs.split()


plain_pieces = st.sampled_from(
    [f"<{tag}>" for tag in ELEMENTS if tag[0] in "abcdhilpt"]
    + [f"</{tag}>" for tag in ELEMENTS if tag[0] in "abcdhilpt"]
    + '<a href="x.md">|<a href="javascript:x">|<img src="">|<img src="i.png">'.split("|")
    + ['<a href="?b&amp;amp;c&amp;lt=d">', '<img alt="&amp;" src="&amp;#106;">', '<a href="&lt;">']
    + '<td align="left">|<b title="a\'s\nb">|<p id="x">|<p id="main">|<a name="y" href="">'.split(
        "|"
    )
    + '<p onclick="x">|<a href="a b" href="c">|<img src="a.png" alt="a.png">|<i class="skip">'.split(
        "|"
    )
    + ["x", " ", "\n", "&amp;", "&", "&#8617;", "&nbsp", "&lt", "é", "don't", '"', "\x0c", "]]"]
)


TAKEN = '<td>|<caption>|<a href="http://[x">|<a href="https://e.org:x/">|<a href="data:x">'.split(
    "|"
)
STEADY_TAGS = [f"<{end}{tag}>" for tag in sorted(STEADY) for end in ("", "", "/")]
STEADY_TAGS += '<a href="x">|<a href="//e.org">|<li value="3">|<img src="i.png" alt="">'.split("|")


@settings(deadline=None, database=None, max_examples=400)
@given(st.lists(st.sampled_from([*filter(is_kept, STEADY_TAGS + TAKEN), "x", " "]), max_size=30))
def test_a_text_of_tags_that_the_sanitiser_keeps_loses_nothing_to_it(pieces):
    """However they stand within each other; what it adds by itself is no loss."""
    before, after = StartTags(), StartTags()
    before.feed("".join(pieces))
    after.feed(load_cleaner().clean("".join(pieces)))
    assert not before.seen - after.seen


def test_a_tag_that_the_sanitiser_would_take_away_from_some_place_is_not_kept():
    assert not any(map(is_kept, TAKEN))
    assert all(map(is_kept, STEADY_TAGS))


@settings(deadline=None, database=None, max_examples=400)
@given(st.lists(plain_pieces, max_size=14).map("".join) | soups)
def test_plain_tags_are_parted_as_the_library_parts_them(source):
    short, long = MarkupReader(source), MarkupReader(source)
    short.read()
    long.feed(source)
    long.check_end()
    long.close()
    assert short.finish() == long.finish()
    assert (short.seen, short.names, short.tags) == (long.seen, long.names, long.tags)


def test_what_markdown_makes_is_plain_and_what_changes_the_reading_is_not():
    source = '<h2 id="a">A &amp; b</h2>\n<p><a href="c.md">d</a> <img alt="" src="e"></p>'
    pieces, tags = part_plain(source)
    assert "".join(pieces) == source
    assert tags[0] == (False, "h2", (("id", "a"),))
    assert tags[1] == (True, "h2", ())
    for tag in '<script>|<P>|<p x>|<p a=b>|<a b="&lt;">|<a b="<">|<p|p>|<!-- -->|<br/>'.split("|"):
        assert part_plain(f"<p>{tag}</p>") == ([], [])
    assert ELEMENTS.isdisjoint(
        "script style textarea title iframe noembed noframes noscript xmp plaintext svg math".split()
    )
