"""HTML that people write passes; what runs, loads, sends, hides or covers something does not."""

from functools import partial

import html5lib
import pytest

from catalogue.text.html_reader import read_html
from catalogue.text.markdown_reader import MarkdownReader
from catalogue.text.placed_parser import find_odd_tag
from catalogue.text.publishing import publish, read_as_browsers

READER = MarkdownReader()
parse = partial(html5lib.parseFragment, namespaceHTMLElements=False)


def judge(source):
    """Return the findings of a piece of HTML, those of the sanitiser among them."""
    markup = read_html(source)
    if any(finding.level == "error" for finding in markup.findings):
        return markup.findings
    source, again, more = (
        (source, markup, []) if markup.is_plain else read_as_browsers(source, markup)
    )
    targets = {(each.tag, each.url): each.url for each in again.references}
    return [*markup.findings, *more, *publish(source, targets)[1]]


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
    '<sup id="fnref-1"><a class="footnote-ref" href="#fn-1">1</a></sup>'
    '<div class="footnote"><hr><ol><li id="fn-1"><p>n <a class="footnote-backref" '
    'href="#fnref-1" title="Jump back" rev=x role=doc-backlink>↩</a></li></ol></div>'.replace(
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
    "<table>" + "<tr><th rowspan=4>a" * 100 + "<tr><td colspan=12 rowspan=100>b</table>",
    "<table>" + f"<tr>{'<td>a' * 30}" * 500 + "</table>",
    '<abbr title="A -> &quot;B&quot;">x</abbr> <p title="a > b &quot;c&quot;">y</p>',
    f"<p title='&amp;#{'1' * 5000};'>x &amp;#{'1' * 5000};</p>",
    "&#8364; and &#x1F600; and &#39; &#34; in <p title='&#8364;'>x</p>",
]


@pytest.mark.parametrize("source", RIGHT, ids=[source[:60] for source in RIGHT])
def test_ordinary_html_is_not_complained_of(source):
    assert judge(source) == []


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
    "<a href='file:///C:/My%20files/a.pdf'>y</a>": "write: ../images/a.pdf",
    "<a href='C:\\Users\\My files\\our list.pdf'>y</a>": "write: <../images/our list.pdf>",
    "<a href='\\\\nas\\share\\a.pdf'>y</a>": (
        "\\\\nas\\share\\a.pdf is a place in your own network. Copy the file to content/images/ and "
        "write: ../images/a.pdf"
    ),
    "<a href='\\nas\\share\\a.pdf'>y</a>": "\\\\nas\\share\\a.pdf is a place in your own network",
    "<a href='//nas/share/a.pdf'>y</a>": "//nas/share/a.pdf is a place in your own network",
    "<a href='C:\\x'>y</a>": "your own computer",
    "<img alt=x src='data:image/png;base64,x'>": "Save it in content/images/ and write: ../images/its-name",
    "<q cite='javascript:x'>y</q>": "“javascript:”",
    "<iframe src=https://e.org></iframe>": "<iframe> is not allowed in a text. Put a link",
    "<object data=x></object>": "<object>",
    "<embed src=x>": "<embed>",
    "<video src=''></video>": "<video> has no file",
    "<video src=a.mp4 onplay=x></video>": "onplay= in <video> runs a program",
    "<video src=data:video/mp4,x></video>": "“data:”",
    "<video src=a.mp4 poster=javascript:x></video>": "“javascript:”",
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
    "<p hidden>x</p>": "hidden= in <p>",
    "<p id=main>x</p>": "The id “main” is a name that the site itself uses",
    "<p id=a>x</p><p id=a>y</p>": "The id “a” stands here twice",
    "<p id=a>x</p><a name=a></a>": "The id “a” stands here twice",
    "<?php echo 1 ?>": "“<?php echo 1 ?>” would be hidden",
    "<!DOCTYPE html>": "“<!DOCTYPE html>” would be hidden",
    "<![CDATA[ x ]]>": "would be hidden",
    "<![odd[ x ]]>": "would be hidden",
    "<!-- x --!> y": "“<!-- x --!>” would be hidden",
    "</3 books>": "would be hidden",
    "<a href=''>x</a>": "A link leads nowhere",
    "<img src='' alt=x>": "A picture has no file",
    "<b>" * 60 + "x" + "</b>" * 60: "60 tags stand one in another",
    '<abbr title="x"">y</abbr>': "is not written as a tag is",
    "<b class=x class=y>z</b>": "class= stands in <b> twice",
    "<a href=javascript:x href=https://e.org>y</a>": "href= stands in <a> twice",
    "<a HREF=x href=y>z</a>": "href= stands in <a> twice",
    "<a href=\u00a0'x y'>z</a>": "written",
    "<b>x</b y='> z '> w": "“</b y='> z '>” is no closing tag. Write </b> and nothing else in it.",
    '<b>x</b y="> z': '“</b y="> z” has no end',
    "<p>x</> y": "“</>” would be hidden",
    '<p title="x>y</p>': "has no end",
    "<p title='x>y</p>": "has no end",
    "<td colspan=101>x</td>": "colspan=101 in <td> is too much. Write at most 100.",
    "<th rowspan=' +65534'>x</th>": "rowspan=+65534 in <th> is too much",
    "<table><col span=1000></table>": "span=1000 in <col> is too much",
    "<ol start=99999999999><li>x</ol>": "start=99999999999 in <ol> is too much",
    "<ol><li value=-100000>x</ol>": "value=-100000 in <li> is too much",
    "<img src=a alt=x width=100000px>": "width=100000px in <img> is too much",
    "<hr width=101%>": "width=101% in <hr> is too much. Write at most 100 %.",
    "<table cellpadding=5000></table>": "cellpadding=5000 in <table> is too much",
    "<table>" + "<tr><td colspan=100 rowspan=200>x" * 6 + "</table>": "more than 500,000 places",
    "<table>" + "<tr><td colspan=100 rowspan=0>x" * 6 + "</table>": "more than 500,000 places",
    "<table>" + "<col span=100>" * 201 + "<tr><td>x" * 30 + "</table>": "more than 500,000 places",
    "<table><tr>" + "<td>x" * 1000 + "<tr><td>x" * 500 + "</table>": "more than 500,000 places",
    '<hr size="50%"><table border="21%"></table>': "border=21% in <table> is too much",
    "<p>a &#xFDD0; b &#64977; c</p>": "&#xFDD0; stands for a sign that cannot be seen",
    f"<p class=x>a &#{'1' * 5000}; b</p>": "&#11111111111111111… stands for a sign that cannot be seen",
    "<p title='&#x202e'>b</p>": "&#x202e stands for a sign",
}


@pytest.mark.parametrize(("source", "words"), WRONG.items(), ids=[source[:60] for source in WRONG])
def test_what_acts_or_hides_is_an_error(source, words):
    errors = [finding.text for finding in judge(source) if finding.level == "error"]
    assert any(words in text for text in errors), errors


# What a browser shows with all its words is at most a warning; if it is none, nothing is lost or moved.
SHOWN = {
    "<p>He said:<br /><blockquote>Words.</p></blockquote>": [],
    "<p>x<div>y</div>": [],
    "<p>x<ul><li>y</ul><p>z": [],
    "<p>x<h2>y</h2></p>": [],
    "<b><i>x</b></i>": [],
    "<p><b>x</p><p>y</b></p>": [],
    "<h2>x</h3>": [],
    "<p>x</p></p>": [],
    "x<br></br>y": [],
    "<ul><li><div>x</li></ul></div>": ["<div> is not closed before </li>", "</div> closes nothing"],
    "<div>x": ["<div> is never closed: all that follows stands in it. Add </div> after its end."],
    "<p><b>x</p><p>y</p>": ["<b> is never closed"],
    "<p><span>x</p>": ["<span> is not closed before </p>. Add </span> after its end."],
    "x</b>": ["</b> closes nothing. Delete it."],
    "<p>x</p></div></section>": ["</div> closes nothing", "</section> closes nothing"],
    "<table><tr><td></div>x</table>": ["</div> closes nothing"],
    "<table><tr><td><b>x</td><td>y</td></table>": ["<b> is not closed before </td>"],
    "<a href=x>y <a href=z>w</a>": ["A link stands inside another link"],
    "<a name=x>y <a href=z>w</a>": [],
    "<a name=x>y": [],
    "<p><a id=x>y</p><p>z</p>": [],
    "<p><a href=x>y</p><p>z</p>": ["<a> is never closed"],
    '<p><u id="x"><h3>w</h3></u></p>': [],
    '<p><b id="x">one<p>two</b></p>': [],
    "<td>x</td>": ["<td> has no effect where it stands"],
    "<article><header><h2>x</h2></header><section id=i>y</section></article>": [],
    "<aside>x</aside><nav>y</nav><main>z</main><footer>w</footer><hgroup>v</hgroup>": [],
    "<div itemscope itemtype=https://schema.org/Book itemprop=a property=b typeof=c>x</div>": [],
    "<font color=red>x</font><big>y</big><tt>z</tt><strike>w</strike><acronym>v</acronym>": [],
    "<table bgcolor=red><tr bgcolor=x><td background=y color=z>x</table>": [],
    "<p contenteditable spellcheck=false tabindex=0 accesskey=x data-pagefind-ignore>x</p>": [],
    "<o:p></o:p><st1:place w:st=on>x</st1:place>": [],
    "<picture><source srcset=b.webp type=image/webp><img src=a.png alt=x srcset=c.png></picture>": [],
    "<a href=x ping=y>z</a> <a href=x xlink:href=javascript:y>w</a>": [],
    "<p style='color:red'>x</p><p style='margin:0'>y</p>": ["style= is taken off here"],
    "<p style='text-align: center; '>x</p><img src=a.png alt=x style='float:right;width:50%'>": [],
    "<p style='width:50%'>x</p>": ["style= is taken off here"],
    "<audio controls src=../images/a.mp3></audio>": [],
    "<video poster=a.png width=320><source src=a.mp4 type=video/mp4><track src=a.vtt></video>": [],
    "<video src=a.mp4 autoplay loop muted>Your browser shows no films.</video>": [],
}


@pytest.mark.parametrize(("source", "texts"), SHOWN.items(), ids=[source[:60] for source in SHOWN])
def test_what_a_browser_shows_is_at_most_a_warning(source, texts):
    found = judge(source)
    assert {finding.level for finding in found} <= {"warning"}, found
    assert len(found) == len(texts)
    for finding, text in zip(found, texts, strict=True):
        assert text in finding.text


def publish_html(source):
    """Return what is published of a piece of HTML, with every address as it is written."""
    cleaned, facts, _ = read_as_browsers(source, read_html(source))
    return publish(cleaned, {(each.tag, each.url): each.url for each in facts.references})[0]


@pytest.mark.parametrize(
    ("source", "published"),
    [
        (
            "<p>Said:<br /><blockquote>Words.</p></blockquote>",
            "<p>Said:<br></p><blockquote>Words.<p></p></blockquote>",
        ),
        ("<p>x<div>y</div>", "<p>x</p><div>y</div>"),
        ("<p><a id=x>y</p><p>z</p>", '<p><a id="x">y</a></p><p><a>z</a></p>'),
        ("<p><b>x</p><p>y</b></p>", "<p><b>x</b></p><p><b>y</b></p>"),
        ("<article>x</article><section id=i>y</section>", '<div>x</div><div id="i">y</div>'),
        ("<center class=x>x</center>", '<div class="text-center">x</div>'),
        ("<tt>x</tt><strike>y</strike><big>z</big>", "<code>x</code><s>y</s>z"),
        ("<acronym title=t>x</acronym>", '<abbr title="t">x</abbr>'),
        ("<p class='a has-text-align-right' style='text-align:center'>x</p>",
         '<p class="text-right text-center">x</p>'),
        ('<p title="a&quot;<b" style="TEXT-ALIGN: RIGHT !important">x</p>',
         '<p class="text-right" title="a&quot;&lt;b">x</p>'),
        ("<img src=a.png alt=x style='float:left; width: 320px'>",
         '<img width="320" src="a.png" alt="x" class="float-left">'),
        ("<img src=a.png alt=x width=9 style='width:47.5%'>",
         '<img src="a.png" alt="x" width="9" class="width-50">'),
        ("<figure class=alignright style='width:9px'>x</figure>",
         '<figure class="float-right">x</figure>'),
        ("<p style='position:fixed;background:url(https://e.org/x)'>x</p>", "<p>x</p>"),
        ("<p><picture><source srcset=b.webp><img src=a.png alt=x></picture></p>",
         '<p><img src="a.png" alt="x"></p>'),
        ("<audio src=a.mp3 autoplay loop></audio>", '<audio src="a.mp3" controls=""></audio>'),
        ("<video poster=p.png controls><source src=a.mp4 onerror=x></video>",
         '<video poster="p.png" controls=""><source src="a.mp4"></video>'),
        ("<st1:place w:st=on>x</st1:place>", "x"),
    ],
)  # fmt: skip
def test_what_is_published_is_what_browsers_show_without_what_is_taken_off(source, published):
    def fold(text):
        return [(e.tag, sorted(e.attrib.items()), e.text, e.tail) for e in parse(text).iter()]

    assert fold(publish_html(source)) == fold(published)


def test_a_warning_does_not_keep_the_sanitiser_from_being_asked():
    found = judge("<p><img src=a.png></p><td>x</td>")
    assert ["no description" in finding.text for finding in found] == [True, False]


def test_all_that_a_player_loads_is_a_reference():
    found = read_html("<video src=a.mp4 poster=b.png><source src=c.webm><track src=d.vtt></video>")
    references = [(each.tag, each.url) for each in found.references]
    assert references == [
        ("video", "a.mp4"),
        ("img", "b.png"),
        ("source", "c.webm"),
        ("track", "d.vtt"),
    ]


def test_what_is_shown_where_a_film_does_not_play_is_not_counted():
    facts = read_html("<p>One <video src=a.mp4>two three</video> four</p>")
    assert facts.prose.split() == ["One", "four"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "<img src=a/desk.png>",
            'The picture desk.png has no description. Write in its tag: alt="what it shows"',
        ),
        ("<img src=desk.png alt=' '>", "The picture desk.png has no description"),
        ("<img src=desk.png alt=Desk.PNG>", "The description of desk.png is its file's name"),
        ("<img src=IMG_12.png alt=img_12>", "The description of IMG_12.png is its file's name"),
        ("<img src=desk.png alt=image>", "The description of desk.png is “image” alone"),
        ("<img src=desk.png alt=desk.png>", "The description of desk.png is its file's name"),
        ("<a href='a b.pdf'> </a>", "no words to click. Write: [its title](<a b.pdf>)"),
        ("<a href=x><img src=y alt=''></a>", "A link has no words to click"),
    ],
)
def test_what_says_nothing_to_the_blind_is_a_warning(source, text):
    (finding,) = read_html(source).findings
    assert finding.level == "warning"
    assert text in finding.text


def test_a_place_without_an_address_needs_no_words():
    assert read_html('<a href="u">x</a><a name="y"></a><a id="z"></a>').findings == []
    assert read_html('<a href="u"><img src=a alt=x></a>').findings == []


def test_facts_are_collected():
    markup = read_html(
        '<p> </p><p>One <em>two</em></p><p>three</p><pre>no words</pre><a id=i name=n href="#k">l</a>'
        '<img src="s" alt="a">'
    )
    assert markup.findings == []
    words = len(markup.prose.split())
    assert (markup.opening, words, markup.ids) == ("One two", 4, ["i", "n"])
    assert [(r.tag, r.url) for r in markup.references] == [("a", "#k"), ("img", "s")]


@pytest.mark.parametrize(
    ("source", "rest"),
    [
        ("x < y, <b>z</b>", ""),
        ("<p title=\"a > b\" id='c'>x</p>", ""),
        ("<b it's>x</b>", ""),
        ("<p>x <b class", "<b class"),
        ('<p>x <b class="y</p>', '<b class="y</p>'),
        ("<i>x</i> <a href= 'y>z</a>", "<a href= 'y>z</a>"),
        ("<i>x</i> <![CDATA[ y ]]> z", "<![CDATA[ y ]]>"),
        ("<i>x</i> </ y> z", "</ y>"),
        ("<i>x</i > <b>y</b z> w", "</b z>"),
    ],
)
def test_a_tag_without_an_end_or_a_name_is_found(source, rest):
    assert find_odd_tag(source) == rest
