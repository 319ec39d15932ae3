"""HTML becomes Markdown that shows the same words, and stays HTML where Markdown has no form for it."""

import html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.text.markdown_parser import make_text_parser
from commands.importers.bodies.html_to_markdown import convert_html, set_paragraphs

PARSER = make_text_parser()


def convert(source, told=None):
    tell = (lambda kind, text: told.append(kind)) if told is not None else (lambda kind, text: None)
    return convert_html(
        source,
        lambda address, _: address,
        lambda address, _: f"../images/{address.rpartition('/')[2]}",
        tell,
    )


@pytest.mark.parametrize("text", ["https://example.org/a", "notes.txt", "/a/b.html"])
def test_a_comment_that_is_nothing_but_an_address_is_read_without_a_warning(text):
    assert convert(text) == text  # a warning is an error here


class Words(HTMLParser):
    """The words of HTML as a browser shows them."""

    def __init__(self):
        super().__init__()
        self.words = ""

    def handle_data(self, data):
        self.words += data


def read_words(source):
    reader = Words()
    reader.feed(source)
    reader.close()
    return " ".join(reader.words.split())


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>a <b>b</b> <i>c</i> <code>d*</code></p>", "a **b** *c* `d*`"),
        ("<h2>One</h2><p>two<br>three</p>", "## One\n\ntwo\\\nthree"),
        ("<p>He said:<br /><blockquote>Words.</p></blockquote>", "He said:\n\n> Words."),
        ("<h2 id='p1-aims'>One #</h2>", "## One \\# {#p1-aims}"),
        ("<p><b><i>a<br></i></b>b <a href='/x'><br>w<br></a></p>", "***a***\\\nb \\\n[w](/x)"),
        (
            "<p><b>Me:</b>So <i>(a)</i>, c<i>(d)</i> <b>e.</b></p>",
            "<strong>Me:</strong>So *(a)*, c<em>(d)</em> **e.**",
        ),
        ("<a href='http://e.org/~a'>http://e.org/~a</a>", "[http://e.org/~a](http://e.org/~a)"),
        ("<h2 id='one'>One</h2>", "## One"),
        (
            "<object><param name='movie' value='http://www.youtube.com/v/abc1234567&hl=en'>"
            "<embed src='http://www.youtube.com/v/abc1234567&hl=en'></object>",
            "[Film on YouTube](https://www.youtube.com/watch?v=abc1234567)",
        ),
        ("<p>a <embed src='//e.org/b.swf'></p>", "a [https://e.org/b.swf](https://e.org/b.swf)"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n  - b"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<p>H<sub>2</sub>O <kbd>Esc</kbd></p>", "H<sub>2</sub>O <kbd>Esc</kbd>"),
        ("<pre class='brush: py'>x\n\ny</pre>", "```py\nx\n\ny\n```"),
        ("<pre lang='python' line='1'>x</pre>", "```python\nx\n```"),
        ("<pre><code class='language-js'>a ``` b</code></pre>", "````js\na ``` b\n````"),
        ("<table><tr><th>A</th></tr><tr><td>1|2</td></tr></table>", "| A |\n| --- |\n| 1\\|2 |"),
        (
            "<table><tr><td colspan='2'>x</td></tr></table>",
            '<table><tbody><tr><td colspan="2">x</td></tr></tbody></table>',
        ),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "<dl><dt>a</dt><dd>b</dd></dl>"),
        ("<img src='/x/a.png' alt='A [b]'>", "![A \\[b\\]](../images/a.png)"),
        ("<p><a href='#top'>[top]</a></p>", "[\\[top\\]](#top)"),
        ("<p>https://e.org/a_/~b/?c=_d_&e</p>", "https://e.org/a_/~b/?c=_d_&e"),
        ("<a href='/x/big.jpg'><img src='/x/a.png' alt='A'></a>", "![A](../images/a.png)"),
        (
            "<figure><img src='a.png' alt='A'><figcaption>The b</figcaption></figure>",
            '![A](../images/a.png "The b")',
        ),
        (
            "<p>1. no list, # no heading</p><p># here</p><p>- there</p>",
            "1\\. no list, # no heading\n\n\\# here\n\n\\- there",
        ),
        ("<p><a href='https://e.example/a b(c)'>w</a></p>", "[w](https://e.example/a%20b%28c%29)"),
        (
            "<iframe src='https://player.vimeo.com/video/1234567' title='T'></iframe>",
            "[T](https://vimeo.com/1234567)",
        ),
        ("<p>a<!-- b -->c<script>d</script><style>e</style></p>", "ac"),
        ("<p><del>old</del></p>", "~~old~~"),
        (
            "<details><summary>s</summary><p>t</p></details>",
            "<details><summary>s</summary><p>t</p></details>",
        ),
    ],
)
def test_each_element_has_its_plain_form(source, text):
    assert convert(source) == text


def test_what_is_left_out_is_told():
    told = []
    assert convert("<form><input value=x>words</form><object data=x>o</object>", told).split() == [
        "words",
        "o",
    ]
    assert {"<form> left out", "<object> left out"} <= set(told)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a\n\nb\nc", "<p>a</p>\n\n<p>b<br>\nc</p>"),
        ("<h2>a</h2>\nb", "<h2>a</h2>\n\n<p>b</p>"),
        ("<pre>a\n\nb</pre>", "<pre>a\n\nb</pre>"),
        ("a <b>b</b>\n<ul>\n<li>c</li>\n</ul>", "<p>a <b>b</b></p>\n\n<ul>\n\n<li>c</li>\n\n</ul>"),
        ("<address>1 Loop\nTown</address>\n", "<address>1 Loop<br>\nTown</address>"),
        ("<ul>\n<li>a\nb</li>\n</ul>", "<ul>\n\n<li>a<br>\nb</li>\n\n</ul>"),
    ],
)
def test_blank_lines_are_paragraphs_as_wordpress_shows_them(source, text):
    assert set_paragraphs(source) == text


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<a href='#top'>[top] ]x[</a>", '<a href="#top">[top] ]x[</a>'),
        ("<img src='/x/a.png' alt='A [b] c]'>", '<img alt="A [b] c]" src="../images/a.png">'),
        (
            "<figure><img src='a.png' alt='[A]'><figcaption>b</figcaption></figure>",
            'alt="[A]"',
        ),
        ("<h2>{.}</h2><h3>A {#b}</h3>", ">{.}</h2>"),
        ("<h3>A {#b}</h3>", "A {#b}</h3>"),
        ("<p>See https://e.org/a_/?b=_c_.</p>", 'href="https://e.org/a_/?b=_c_"'),
    ],
)
def test_what_stands_in_brackets_or_an_address_is_shown_as_it_was(source, shown):
    assert shown in PARSER.convert(convert(source))


SIGNS = st.text(alphabet=st.sampled_from("ab *_`[]()<>&#-+=~|!\\.1:\"'{}$^é"), max_size=40)


@settings(max_examples=150, deadline=None, database=None)
@given(
    st.lists(SIGNS, min_size=1, max_size=3), st.sampled_from(["p", "li", "blockquote", "h2", "td"])
)
def test_any_words_are_shown_as_they_were(texts, tag):
    around = {"li": "<ul>{}</ul>", "td": "<table><tr>{}</tr></table>"}.get(tag, "{}")
    source = around.format("".join(f"<{tag}>{html.escape(text)}</{tag}>" for text in texts))
    shown = read_words(PARSER.convert(convert(source)))
    wanted = " ".join(" ".join(texts).split())
    assert re.sub(r"\s+", "", shown) == re.sub(r"\s+", "", wanted)
