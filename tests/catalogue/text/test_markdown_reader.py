"""Markdown becomes HTML and facts; whatever a body holds, reading it ends, and faults have lines."""

import pytest

from catalogue.record_reader import read_record
from catalogue.text.body import count_words
from catalogue.text.markdown_reader import MarkdownReader
from tests.conftest import shorten

READER = MarkdownReader()


def read(text, first_line=1):
    return READER.read(text, first_line, "posts/a.md")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# One\n\n## Two", '<h2 id="one">One</h2>\n<h3 id="two">Two</h3>'),
        ("## One\n\n## One", '<h2 id="one">One</h2>\n<h2 id="one-1">One</h2>'),
        ("## Main", '<h2 id="my-main">Main</h2>'),
        ('<a name="foo"></a>\n\n## Foo', '<p><a name="foo"></a></p>\n<h2 id="foo-1">Foo</h2>'),
        (
            '`<a id="foo">`\n\n## Foo',
            '<p><code>&lt;a id="foo"&gt;</code></p>\n<h2 id="foo">Foo</h2>',
        ),
        (
            "<H1>x</H1>\n<div title='<h2>'>y</div>",
            '<h2 id="x">x</h2>\n<div title="&lt;h2&gt;">y</div>',
        ),
        ("a <!-- a\nnote --> b", "<p>a&nbsp;b</p>"),
        ("`<!-- x -->`", "<p><code>&lt;!-- x --&gt;</code></p>"),
        ("\\<!-- x --> &lt;!-- y", "<p>&lt;!— x —&gt; &lt;!—&nbsp;y</p>"),
        ("\\<b>", "<p>&lt;b&gt;</p>"),
        ("<b>x</b>, <3 of it", "<p><b>x</b>, &lt;3 of&nbsp;it</p>"),
        (
            '<div title="a > b">\n"x"\n</div>',
            '<div title="a &gt; b">\n“x”\n</div>',
        ),
        (
            "| a | b |\n|:-:|--:|\n| 1 | 2 |",
            '<table tabindex="0">\n<thead>\n<tr>\n<th align="center">a</th>\n'
            '<th align="right">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td align="center">1</td>\n'
            '<td align="right">2</td>\n</tr>\n'
            "</tbody>\n</table>",
        ),
    ],
)
def test_markdown_becomes_html(text, html):
    body = read(text)
    assert body.problems == []
    assert body.html.strip() == html


@pytest.mark.parametrize("text", ["{{ x }} a", "{% if %} a", "a {: .x } b"])
def test_marks_of_other_systems_are_shown_as_they_are_typed(text):
    body = read(text)
    assert [problem.level for problem in body.problems] == ["warning"]
    assert text in body.html.replace("&nbsp;", " ")


def test_all_that_markdown_itself_makes_is_allowed():
    text = (
        'A[^1] *b* **c** `d` [e](f.md "g") ![h](i.png) <https://j.org> <k@l.org>  \nm ALA\n\n'
        "> n\n\n- o\n\n    p\n- q\n\n1. r\n\ns\n:   t\n\n```python\nu\n```\n\n    v\n\n---\n\n"
        "w\n=\n\n| x |\n|---|\n| y |\n\n*[ALA]: American\n\n[^1]: z\n\n    more\n"
    )
    body = read(text)
    assert body.problems == []
    assert 'class="footnote"' in body.html
    assert 'class="language-python"' in body.html


def test_facts_of_a_body():
    body = read("## Head\n\nOne *two*\nthree<br>four.\n\n```\ncode\n```\n")
    assert (body.opening, body.words) == ("One two three four.", 5)


LONG_POST = "\n\n".join(
    f"## Part {n}\n\n"
    + " ".join(f"word, *word* and [link {m}](https://e.org/{n}/{m}) [see {m}]" for m in range(20))
    + f"\n\nA note[^{n}] and `code_{n}` — “quoted”, it's & more; 3 < 4.\n\n"
    + "| a | b |\n|---|---|\n"
    + "| [x](https://e.org/x) | y |\n" * 8
    + f"\n- one\n- two\n    - three\n\n> quoted\n> > twice\n\n[^{n}]: The note, [linked](https://e.org).\n"
    for n in range(50)
)


def test_an_ordinary_long_post_passes():
    assert len(LONG_POST.split()) > 5_000
    body = read(LONG_POST)
    assert body.problems == []
    assert body.html.count("<a ") > 1_400


# --- lines ----------------------------------------------------------------------------------------

LINES = {
    "a script": ("x\n\n<script>\nx\n</script>", [3]),
    "shown in code first": ("`<script>`\n\n```\n<script>\n```\n\n<script>x</script>", [7]),
    "a handler": ("<b>x</b>\n\n<b onclick=x>y</b>", [3]),
    "a handler in the second of two": ("<b onclick=x>y</b>\n\n<b\n  OnClick=x>y</b>", [1, 4]),
    "a tag over lines": ("x\n\n<img src=a.png\n  alt=x\n  onerror=x>", [5]),
    "an address over lines": ('x\n\n<a\n href="javascript:x">y</a>', [4]),
    "a disguised address": ("x\n\n[y](java&#115;cript:x)", [3]),
    "an unclosed tag among closed ones": ("<i>x</i>\n\n<i>y</i> <i>z\n\n<i>w</i>", [3]),
    "a closing tag too many": ("<i>x</i>\n\ny</i>\n\n<i>z</i>", [3]),
    "a heading in the wrong order": ("# x\n\n<h1>y\n\nz", [3]),
    "a code of what cannot be seen": ("x\n\ny &#xFDD0; z", [3]),
    "a tag that nothing closes in its block": ("<b><i>x</i></b>\n\n<b><i>y</b>", [3]),
    "the second of two ids": ('<p id="here">x</p>\n\nhere\n\n<p id="here">y</p>', [5]),
    "an id of the site": ("main\n\n<p id=main>x</p>", [3]),
    "a comment without end": ("x <!-- y -->\n\n<!-- z", [3]),
    "a picture without description": (
        "![x](a.png)\n\n![](a.png)\n\n<img src=a.png>\n\n<img src=a.png alt=''>\n\n![][a]\n\n[a]: a.png",
        [3, 5, 9],
    ),
    "a blank description": ("![x](a.png)\n\n![ ](a.png)", [3]),
    "no address": ("[x](y.md)\n\n[x]()", [3]),
    "no picture": ("[x](y.md)\n\n![x]()", [3]),
    "no words": ("[x](y.md)\n\n[](y.md)", [3]),
    "no end of a link": ("x\n\n[y](z", [3]),
    "no definition": ("x\n\n[y][z]", [3]),
    "marks of git": ("x\n\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c", [3]),
    "a shortcode": ("`{{< a >}}`\n\nx {{< a >}}", [3]),
    "a list that is none": ("x\n\nAims:\n• a\n• b", [4]),
    "a heading without its blank": ("x\n\ny\n##Aims", [4]),
    "lines without their blanks": ("x\n\nAims:\n-a\n-b", [4]),
    "a rule below words": ("x\n\nMany words\nin two lines.\n---\ny", [5]),
    "bold in the second line": ("x\ny **z", [2]),
    "curly signs": ("[x](https://e.org)\n\n[x](“https://e.org”)", [3]),
    "the sentence of a new post": ("x\n\nWrite your post here.\n", [3]),
    "a declaration": ("x\n\n<!DOCTYPE html>", [3]),
    "a style": ("<p>x</p>\n\n<p\nstyle=x>y</p>", [4]),
    "three of a kind": ("<u onx=x>y</u>\n\n<u onx=x>y</u>\n<u onx=x>y</u>", [1, 3, 4]),
    "only a comment": ("\n<!-- x -->", [1]),
    "nothing": ("\n \n", [1]),
}


@pytest.mark.parametrize("first_line", [1, 5])
@pytest.mark.parametrize(("text", "lines"), LINES.values(), ids=LINES)
def test_a_finding_names_the_line_to_mend(text, lines, first_line):
    found = [problem.line - first_line + 1 for problem in read(text, first_line).problems]
    assert sorted(found) == lines


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_line_is_that_of_the_file_whatever_its_line_ends(end, mark):
    text = mark + end.join(
        ["Title: x", "Date: 2026-11-23", "", "a", "", "```", "<u>", "```", "<u>"]
    )
    record = read_record("posts/a.md", "post", text.encode(), READER)
    assert [problem.line for problem in record.problems] == [9]


LINKS = {
    "each of the same": ("[x](no.md)\n[x](no.md) [x](no.md)\n\n[x](no.md)", [1, 2, 2, 4]),
    "not in code": ("`[x](no.md)`\n\n```\n[x](no.md)\n```\n[x](no.md)", [6]),
    "not in a comment": ("<!-- [x](no.md) -->\n\n[x](no.md)", [3]),
    "not a longer one": ("[x](very-no.md)\n[y](no.md)", [1, 2]),
    "a definition": ("[x][a] [y][a]\n\nz\n\n[a]: no.md", [5, 5]),
    "raw, over lines": ("x\n\n<a\n  href='no.md'>x</a>", [4]),
    "with signs escaped": ("x\n\n[x](no\\_1.md) [y](a&amp;b.md)", [3, 3]),
    "a picture": ("no.png\n\n![x](../no.png)", [3]),
    "in brackets": ("x\n\n[x](<a b.md>)", [3]),
}


@pytest.mark.parametrize(("text", "wanted"), LINKS.values(), ids=LINKS)
def test_a_link_has_the_line_that_it_stands_in(text, wanted):
    body = read(text)
    assert body.problems == []
    assert [link.line for link in body.links] == wanted


# --- texts that no person types -------------------------------------------------------------------

# What was refused once, when some signs could keep a parser busy: it is text like any other.
ODD = (
    "[a " * 500,
    "[a](b " * 500,
    "`a` " * 4_000,
    "a*b " * 30_000,
    "a\n\n" * 9_000,
    "a < b\n" * 3_000,
    "- a\n" * 7_000,
    "x[^1] " * 700 + "\n\n[^1]: a",
    "```\na\n```\n" * 500,
    "```\n" + " " * 300 + "a\n```",
    "=" * 300,
    "a" + " " * 300 + "b",
    "&#" + "1" * 9_999 + ";",
    "| a | b |\n|---|---|\n" + "| c | d |\n" * 12_000,
    "> " * 20 + "a",
    "".join(f"{'  ' * n}- a\n" for n in range(20)),
)


@pytest.mark.parametrize("text", ODD, ids=shorten)
def test_nothing_is_refused_for_the_number_of_its_signs(text):
    assert [problem.text for problem in read(text).problems if problem.level == "error"] == []


def test_a_code_of_no_sign_is_named_in_its_line():
    (problem,) = read("x\n\n<p>y\n&#" + "1" * 9_999 + ";</p>").problems
    assert (problem.line, problem.level) == (4, "error")
    assert problem.text.endswith("… stands for no sign. Take it out, or write &amp; for its &.")


def test_what_browsers_build_anew_in_every_paragraph_is_bounded():
    bold = "".join(f'<b title="{"N" * 300}{number}">' for number in range(50))
    body = read(f"<p>{bold}\n" + "<p>x\n" * 1800 + "</b>" * 50 + "</p>")
    assert body.html == ""
    (problem,) = body.problems
    assert problem.level == "error"
    assert "of this text become 28," in problem.text


@pytest.mark.parametrize(
    "text", ["", " ", "a", "a b", " a\tb\n\nc ", "a\x1cb\x0bc", "ä b\u2003c\xa0d", "a\x7fb - c"]
)
def test_words_are_counted_as_blanks_part_them(text):
    assert count_words(text) == len(text.split())
