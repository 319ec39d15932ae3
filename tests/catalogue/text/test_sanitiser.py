"""What is published is what the sanitiser gives back: nothing of a text poses as a part of the site."""

import re
from pathlib import Path

import html5lib
import pytest

from catalogue.text.html_allowlist import (
    CLASSES,
    LANGUAGE_CLASS,
    LARGEST_NUMBERS,
    LINK_RELATIONS,
    PAGE_IDS,
)
from catalogue.text.sanitiser import Sanitiser, UnstableHtml

THEME = Path(__file__).parents[3] / "theme"
SANITISER = Sanitiser()


def sanitise(source, addresses=None):
    return SANITISER.sanitise(source, addresses)[0]


@pytest.mark.parametrize(
    ("source", "published"),
    [
        ('<p class="badge">Recalled</p>', "<p>Recalled</p>"),
        ('<section class="cite comments">x</section>', "x"),
        ('<li class="p-comment h-cite" id="comment-1">x', "<li>x</li>"),
        ('<span class="Z3988" title="rft.atitle=Fake">', '<span title="rft.atitle=Fake"></span>'),
        ('<a class="p-author h-card" href="#x">x</a>', '<a href="#x">x</a>'),
        ('<a rel="me webmention nofollow" href="#x">x</a>', '<a rel="nofollow" href="#x">x</a>'),
        ('<a rel="canonical" href="#x">x</a>', '<a href="#x">x</a>'),
        ('<p role="navigation" aria-hidden="true">x</p>', "<p>x</p>"),
        ('<p role="button search">x</p>', "<p>x</p>"),
        ('<font color="#fdfcfa" face=x size=7>x</font>', "x"),
        ('<a href="#x" target="_top">x</a>', '<a href="#x">x</a>'),
        ('<a href="#x" target="_blank">x</a>', '<a href="#x" target="_blank">x</a>'),
        ('<a href="#x" download="a.pdf.exe">x</a>', '<a href="#x" download="">x</a>'),
        ('<p id="main">x</p><a name="comments">y</a>', "<p>x</p><a>y</a>"),
        ('<p id="a" data-pagefind-ignore data-id="3">x</p>', '<p id="a" data-id="3">x</p>'),
        ('<code class="language-c++ x">y</code>', '<code class="language-c++">y</code>'),
        ('<sup><a class="footnote-ref" href="#fn-1">1</a></sup>',) * 2,
        ("<table><tr><td>x", '<table tabindex="0"><tbody><tr><td>x</td></tr></tbody></table>'),
        ("a<!-- hidden -->b", "ab"),
        ("<p onclick=x style=y hidden>z</p>", "<p>z</p>"),
        ('<img src="a.png" alt="x" srcset="b.png">', '<img src="a.png" alt="x">'),
        ('<a href="javascript:x" href="y">z</a>', "<a>z</a>"),
        (
            '<q cite="https://e.org/x">a</q><q cite="//e.org">b</q><q cite="a.md">c</q>',
            '<q cite="https://e.org/x">a</q><q>b</q><q>c</q>',
        ),
        ("<b>x</b y='>'> z", "<b>x</b> z"),
        ("<pre>\n\nx</pre>", "<pre>x</pre>"),
    ],
)
def test_only_what_is_on_the_list_is_published(source, published):
    assert sanitise(source) == published


@pytest.mark.parametrize("name", sorted(LARGEST_NUMBERS))
def test_a_number_has_a_bound(name):
    tag = {"start": "ol", "value": "li", "span": "col", "size": "hr", "width": "hr"}.get(name)
    tag = tag or ("img" if name in ("hspace", "vspace", "height") else "td")
    tag = "table" if name in ("border", "cellpadding", "cellspacing") else tag
    around = {"td": "<table><tr>{}</table>", "col": "<table>{}</table>"}.get(tag, "{}")
    for value in (str(LARGEST_NUMBERS[name]), f" +{LARGEST_NUMBERS[name]}px", "", "auto", "-1"):
        assert f'{name}="{value}"' in sanitise(around.format(f'<{tag} {name}="{value}">'))
    for value in (
        str(LARGEST_NUMBERS[name] + 1),
        f" +{LARGEST_NUMBERS[name]}0px",
        "9" * 400,
        "-9999999",
        f"{min(LARGEST_NUMBERS[name], 100) + 1}%",
    ):
        published = sanitise(around.format(f'<{tag} {name}="{value}">'))
        assert f"<{tag}" in published
        assert f" {name}=" not in published


def test_no_class_of_the_theme_but_markdown_s_own_is_published():
    css = "".join(path.read_text() for path in (THEME / "static" / "style").iterdir())
    pages = "".join(path.read_text() for path in (THEME / "templates").rglob("*.html"))
    words = set(re.findall(r"\.([a-zA-Z][\w-]*)", css))
    words |= {word for text in re.findall(r'class="([^"]*)"', pages) for word in text.split()}
    words = {word for word in words if re.fullmatch(r"[\w-]+", word)}
    assert {"badge", "cite", "h-card", "Z3988", "e-content"} <= words
    for word in words - CLASSES:
        assert not LANGUAGE_CLASS.fullmatch(word)
        assert sanitise(f'<p class="{word} {word.upper()}">x</p>') == "<p>x</p>"


def test_no_id_of_the_theme_is_published():
    ids = re.findall(r'\bid="([^"{]*)"', "".join(p.read_text() for p in THEME.rglob("*.html")))
    assert {"main", "comments"} <= set(ids)
    assert all(map(PAGE_IDS.fullmatch, ids))
    assert "me" not in LINK_RELATIONS


def test_an_address_that_nobody_has_judged_is_left_out():
    source = (
        "<a href='weeding.md'>a</a><a href=\"https://e.org/?a=1&amp;b\">b</a><img src=a.png alt=c>"
        '<a href="b.png">d</a><a href="https://other.example">e</a><a href="#f">f</a>'
    )
    kept = ["weeding.md", "https://e.org/?a=1&b", "a.png"]
    tree = html5lib.parseFragment(sanitise(source, kept), namespaceHTMLElements=False)
    found = [(e.tag, e.get("href"), e.get("src")) for e in tree.iter() if isinstance(e.tag, str)]
    assert found[1:] == [
        ("a", "weeding.md", None),
        ("a", "https://e.org/?a=1&b", None),
        ("img", None, "a.png"),
        ("a", None, None),
        ("a", None, None),
        ("a", "#f", None),
    ]


def test_html_that_is_not_written_as_a_serialiser_writes_it_is_not_the_same():
    assert [SANITISER.sanitise(text)[1] for text in ("<p>x</p>", "<p>x", "<P>x</P>")] == [
        True,
        False,
        False,
    ]


def test_html_that_each_reading_changes_is_refused():
    class Restless:
        def clean(self, text):
            return text + "x"

    sanitiser = Sanitiser()
    sanitiser.cleaner = Restless()
    with pytest.raises(UnstableHtml):
        sanitiser.sanitise("x")
