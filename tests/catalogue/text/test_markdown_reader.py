"""Markdown becomes HTML and facts; whatever a body holds, reading it ends, and faults have lines."""

import gc
import multiprocessing
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.record_reader import read_record
from catalogue.text import body as bodies
from catalogue.text.limits import check_lines, check_text_size, is_modest
from catalogue.text.markdown_reader import MarkdownReader
from tests.conftest import shorten

READER = MarkdownReader()
SECONDS, MEGABYTES = 5, 500


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
            '<h2>x</h2>\n<div title="&lt;h2&gt;">y</div>',
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
    "curly signs": ("[x](https://e.org)\n\n[x](“https://e.org”)", [3]),
    "the sentence of a new post": ("x\n\nWrite your post here.\n", [3]),
    "a declaration": ("x\n\n<!DOCTYPE html>", [3]),
    "a style": ("<p>x</p>\n\n<p\nstyle=x>y</p>", [4]),
    "three of a kind": ("<u onx=x>y</u>\n\n<u onx=x>y</u>\n<u onx=x>y</u>", [1, 3, 4]),
    "a long run": ("x\n\n" + "*" * 300, [3]),
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


def repeat(unit, size):
    return (unit * (size // len(unit) + 1))[:size]


def in_paragraphs(unit, size):
    return "\n\n".join(repeat(unit, 300) for _ in range(size // 300 + 1))


def alone(unit, size):
    return f"{unit}\n\n" * (size // len(unit) + 1)


# fmt: off
UNITS = (
    "[", "![", "x[^1] ", "<![CDATA[", "```" + " " * 40, "[a](", "<a ", "A1", "**a ", "*a_ ", "`a",
    "``a`", "&", "\\a", "~a", '"a ', "--a", "<a", "<!-- ", "<? ", "</a>", "<div>", "<b>", "<p>",
    "[a][b] ", "![](a.png) ", "[x](no.md) ", "<b onclick=x>y</b> ", "<i id=x>y</i> ", "<a@b.c> ",
    "<http://a.b> ", "&#", "A.B. ", "'a", "- ", "> ", "* * ", "\t", "1. a\n", "| a ", "|\n", "# a\n",
    "a\n:   b\n\n", "    code\n\n", "a\n===\n", "*[A]: x\n", "```\na\n```\n", "x[^1]\n\n[^1]: n\n",
)
# fmt: on
SHAPES = {
    "one footnote each": lambda n: "\n".join(f"x[^{i}]\n\n[^{i}]: n\n" for i in range(n // 20)),
    "definitions": lambda n: "\n".join(f"[a{i}]: x" for i in range(n // 9)) + "\n\n[a1][]",
    "abbreviations": lambda n: "\n".join(f"*[A{i}]: x" for i in range(n // 11)) + "\n\nA1",
    "brackets in brackets": lambda n: in_paragraphs("[" * 150 + "]" * 150, n),
    "lists in lists": lambda n: "\n".join("  " * (i % 60) + "- a" for i in range(n // 20)),
    "quotations in quotations": lambda n: "\n".join(">" * (i % 30) + " a" for i in range(n // 12)),
    "tags in tags": lambda n: "<div>\n" * (n // 12) + "</div>\n" * (n // 12),
    "unclosed tags and a long tail": lambda n: "<a \n\n" * 300 + in_paragraphs("word ", n),
    "headings": lambda n: "\n".join(f"# a{i}" for i in range(n // 6)),
    "a wide table": lambda n: f"{'|a' * (n // 10)}|\n{'|-' * (n // 10)}|\n{'|b' * (n // 10)}|",
    "one line": lambda n: "word " * (n // 5),
    "prose": lambda n: in_paragraphs("Some words, it's “said” -- & more. ", n),
}
FORMS = {1_000: (repeat,), 10_000: (repeat,), 100_000: (in_paragraphs, alone)}


def measure(size, send):
    """Read every shape at one size; send what was slow, large, or neither text nor error."""
    import resource
    import time

    shapes = {}
    for number, unit in enumerate(UNITS):
        form = FORMS[size][number % len(FORMS[size])]
        shapes[f"{form.__name__} {unit!r}"] = (form, unit)
    reader = MarkdownReader()
    for name, make in [*SHAPES.items(), *shapes.items()]:
        body = make(size) if callable(make) else make[0](make[1], size)
        start = time.process_time()
        record = read_record(
            "posts/a.md", "post", f"Title: x\nDate: 2026-11-23\n\n{body}".encode(), reader
        )
        seconds = time.process_time() - start
        largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        is_refused = any(problem.level == "error" for problem in record.problems)
        if seconds > SECONDS or largest > MEGABYTES or not (record.html or is_refused):
            send.send(f"{name}: {seconds:.1f} s, {largest:.0f} MB, {record.problems[:1]}")
    send.send("")


@pytest.mark.skipif(sys.platform == "win32", reason="the measuring needs the resource module")
@pytest.mark.parametrize("size", FORMS)
def test_reading_ends_soon_whatever_the_text_holds(size, monkeypatch):
    """The clock is switched off: where there is none, the sizes alone must do."""
    monkeypatch.setattr(bodies, "READING_SECONDS", 1_000_000.0)
    context = multiprocessing.get_context("fork")
    receive, send = context.Pipe(duplex=False)
    child = context.Process(target=measure, args=(size, send))
    child.start()
    try:
        assert receive.poll(120), "no end"
        assert receive.recv() == ""
    finally:
        child.kill()
        child.join()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no interval timer")
def test_the_clock_stops_what_the_sizes_let_pass(monkeypatch):
    monkeypatch.setattr(bodies, "READING_SECONDS", 0.05)
    gc.disable()  # the clock may strike while Hypothesis watches the collector, which is no error
    body = read(LONG_POST)
    gc.enable()
    assert [problem.text.split(".")[0] for problem in body.problems] == [
        "The text is too tangled to be read"
    ]
    monkeypatch.undo()
    assert read("x").problems == []


TOO_MUCH = {
    "[a " * 500: "more than 400 brackets [ without their ]",
    "[a](b " * 500: "more than 400 links ]( without their )",
    "x[^1] " * 700: "more than 600 footnote signs",
    "```\n" * 500: "more than 400 lines of ```",
    "`a` " * 4_000: "more than 6,000 signs `",
    "a*b " * 30_000: "more than 20,000 signs such as * _ & |",
    "a\n\n" * 9_000: "more than 8,000 paragraphs",
    "a < b\n" * 3_000: "more than 2,000 signs < in one paragraph",
    "a < b\n\n" * 7_000 + "<b> " * 1_999: "",
    "- a\n" * 7_000: "more than 6,000 lines of lists",
    "*[A]: b\n" * 300: "more than 200 lines that explain an abbreviation",
    ">" * 30 + " a": "more than 20 levels",
    "\t" * 30 + "a": "more than 20 levels",
    "- " * 30 + "a": "more than 20 levels",
    "a" + " " * 300 + "b": "200 blanks in a row",
    "=" * 300: "The sign = stands there more than 200 times in a row",
    "<a \n" * 300 + "word " * 50_000: "Many tags open with < and are not closed",
}


@pytest.mark.parametrize(("text", "words"), TOO_MUCH.items(), ids=shorten)
def test_what_is_too_much_is_named(text, words):
    problems = check_text_size(text.split("\n"), 1, "a.md")
    assert [words in problem.text for problem in problems] == [True][: bool(words)]


@pytest.mark.parametrize(
    "text",
    [
        "-" * 200,
        "|" + "-" * 150 + "|",
        "> > > a\n" * 20,
        "\t" * 4 + "deep",
        " " * 60 + "far to the right",
        "text" + " " * 500,
        "* * *",
        "[ ] todo\n" * 300,
        "a < b and c > d\n" * 1_000,
        "<br>\n" * 1_500,
        "| [a](b) | c |\n" * 800,
    ],
    ids=shorten,
)
def test_what_people_type_is_not_too_much(text):
    assert check_text_size(text.split("\n"), 1, "a.md") == []


SIZED = "[ ]( ) [^ ` ``` ~~~ < <b> > * *[ - + # = _ & | \\ \t \n \n\n a word".split(" ")


@settings(deadline=None, database=None, max_examples=300)
@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from([*SIZED, " ", "\n"]), max_size=4).map("".join),
            st.sampled_from([1, 2, 7, 20, 21, 22, 60, 101, 199, 200, 201, 401, 600, 1001, 2001]),
        ),
        max_size=4,
    ).map(lambda pieces: "".join(piece * count for piece, count in pieces))
)
def test_what_passes_as_a_whole_passes_line_by_line(text):
    lines = text.split("\n")
    if is_modest(text, lines):
        assert check_lines(lines, 1, "a.md") == []


def test_an_ordinary_post_need_not_be_counted_line_by_line():
    text = "A [word](of.md) -- *two*[^1]\nand [a `third`](one.md) & more.\n\n" * 100
    assert is_modest(text, text.split("\n"))


def test_what_browsers_build_anew_in_every_paragraph_is_bounded():
    bold = "".join(f'<b title="{"N" * 300}{number}">' for number in range(50))
    body = read(f"<p>{bold}\n" + "<p>x\n" * 1800 + "</b>" * 50 + "</p>")
    assert body.html == ""
    (problem,) = body.problems
    assert problem.level == "error"
    assert "of this text become 28," in problem.text
