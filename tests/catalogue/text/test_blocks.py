"""Blocks are what GitHub makes of them, and what the site reads besides; each knows its line."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue.text.blocks.cells import split_cells
from catalogue.text.blocks.state import MOST_OPEN
from catalogue.text.markdown_parser import make_comment_parser, make_text_parser

PARSER = make_text_parser()


def convert(text):
    return re.sub(r"\n?(</?\w[^>]*>)\n?", r"\1", PARSER.convert(text))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("We need:\n- one\n- two", "<p>We need:</p><ul><li>one</li><li>two</li></ul>"),
        ("And:\n1. first\n2. second", "<p>And:</p><ol><li>first</li><li>second</li></ol>"),
        ("In\n1999. Then", "<p>In\n1999. Then</p>"),
        ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("1. a\n   - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("1. a\n\n   more\n\n2. b", "<ol><li><p>a</p><p>more</p></li><li><p>b</p></li></ol>"),
        ("- a\n+ b", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
        ("7) a", '<ol start="7"><li>a</li></ol>'),
        ("-\n  a", "<ul><li>a</li></ul>"),
        ("- # A\n  b", '<ul><li><h1 id="a">A</h1>b</li></ul>'),
        ("- a\n\nb", "<ul><li>a</li></ul><p>b</p>"),
        ("- a\nlazy", "<ul><li>a\nlazy</li></ul>"),
    ],
)
def test_a_list_is_nested_as_it_is_typed(text, html):
    assert convert(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("1. a\n\n   ```\n   x\n   ```", "<ol><li><p>a</p><pre><code>x\n</code></pre></li></ol>"),
        ("> ```\n> x\n> ```", "<blockquote><pre><code>x\n</code></pre></blockquote>"),
        ("```\nx\n````", "<pre><code>x\n</code></pre>"),
        ("~~~\nx\n\ny", "<pre><code>x\n\ny</code></pre>"),
        ("  ```\n  x\n   y\n  ```", "<pre><code>x\n y\n</code></pre>"),
        ("```js {linenos=false}\nx\n```", '<pre><code class="language-js">x\n</code></pre>'),
        ('```c title="x"\nx\n```', '<pre><code class="language-c">x\n</code></pre>'),
        ("```ruby:a.rb\nx\n```", '<pre><code class="language-ruby">x\n</code></pre>'),
        ("```{r}\nx\n```", '<pre><code class="language-r">x\n</code></pre>'),
        ("~~~ {.html}\n<p>\n~~~", '<pre><code class="language-html">&lt;p&gt;\n</code></pre>'),
        ("\tx\n\n\ty", "<pre><code>x\n\ny\n</code></pre>"),
        ("\t\tx", "<pre><code>\tx\n</code></pre>"),
    ],
)
def test_code_is_shown_as_it_is(text, html):
    shown = PARSER.convert(text)
    assert re.sub(r"\n(?=<)|(?<=[a-z]>)\n", "", shown) == re.sub(r"\n(?=<)", "", html)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ('> "a"\n\n> b', '<blockquote><p>"a"</p></blockquote><blockquote><p>b</p></blockquote>'),
        ("> a\nlazy", "<blockquote><p>a\nlazy</p></blockquote>"),
        ("> a\n\nb", "<blockquote><p>a</p></blockquote><p>b</p>"),
        ("> > a", "<blockquote><blockquote><p>a</p></blockquote></blockquote>"),
        ("#libraries #books", "<p>#libraries #books</p>"),
        ("Follow:\n#IFLA2026", "<p>Follow:\n#IFLA2026</p>"),
        ("a\n***\nb", "<p>a</p><hr><p>b</p>"),
        ("a\n---\nb", '<h2 id="a">a</h2><p>b</p>'),
        ("<details><summary>S</summary>\n\n*a*\n\n</details>", None),
        ("[a]: /b\n[a]: /c\n[a]", '<p><a href="/b">a</a></p>'),
        ("[a]: /b 'c'\n\n[A]", '<p><a href="/b" title="c">A</a></p>'),
        ("[a]: /b c\n", "<p>[a]: /b c</p>"),
    ],
)
def test_quotations_headings_rules_and_definitions_are_read_as_elsewhere(text, html):
    expected = html or "<details><summary>S</summary><p><em>a</em></p></details>"
    assert convert(text) == expected


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("## Aims {: #aims-1}", '<h2 id="aims-1">Aims</h2>'),
        ("## Aims {#a} ##", '<h2 id="a">Aims</h2>'),
        ("Aims {#a}\n---", '<h2 id="a">Aims</h2>'),
        ("## Learning C#", '<h2 id="learning-c">Learning C#</h2>'),
        ("## Sets {1, 2}", '<h2 id="sets-1-2">Sets {1, 2}</h2>'),
        ("## Aims {.wide}", '<h2 id="aims">Aims</h2>'),
        ("## Aims {: #a .wide}", '<h2 id="a">Aims</h2>'),
    ],
)
def test_a_heading_may_have_an_id_at_its_end(text, html):
    assert convert(text) == html
    assert [n.line for n in PARSER.notices] == [0] * (".wide" in text)


TABLE = "<table><thead><tr><th{0}>a</th><th>b</th></tr></thead>{1}</table>"
ROW = "<tbody><tr><td{0}>{1}</td><td>{2}</td></tr></tbody>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("x:\n|a|b|\n|---|---|\n|c|d|", "<p>x:</p>" + TABLE.format("", ROW.format("", "c", "d"))),
        ("a|b\n:-|-\nc", TABLE.format(' align="left"', ROW.format(' align="left"', "c", ""))),
        ("a|b\n-|-\nc\\|d|e", TABLE.format("", ROW.format("", "c|d", "e"))),
        ("a|b\n-|-\n> c", TABLE.format("", "") + "<blockquote><p>c</p></blockquote>"),
        ("a|b\n-|-\n\nc", TABLE.format("", "") + "<p>c</p>"),
        ("a|b\n-|-|-", "<p>a|b\n-|-|-</p>"),
    ],
)
def test_a_table_stands_wherever_its_head_has_a_rule(text, html):
    assert convert(text) == html


def test_cells_are_parted_by_signs_without_a_backslash():
    assert split_cells(r"| a | `b\|c` |d\\|") == ["a", "`b|c`", r"d\|"]
    assert split_cells("a||b") == ["a", "", "b"]


def test_a_cell_without_a_head_is_named_in_its_line():
    PARSER.convert("x\n\na|b\n-|-\n1|2\n1|2|three")
    assert [(n.line, n.text.split(":")[0]) for n in PARSER.notices] == [(5, "“three” is lost")]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("A\n: b", "<dl><dt>A</dt><dd>b</dd></dl>"),
        ("A\nB\n:   c\n\n    d", "<dl><dt>A</dt><dt>B</dt><dd><p>c</p><p>d</p></dd></dl>"),
        ("A\n\n: b", "<dl><dt>A</dt><dd><p>b</p></dd></dl>"),
        ("A\n: b\n: c", "<dl><dt>A</dt><dd>b</dd><dd>c</dd></dl>"),
        ("A\n: b\n\nC\n: d", "<dl><dt>A</dt><dd>b</dd><dt>C</dt><dd>d</dd></dl>"),
        ("A\n: b\nC\n: d", "<dl><dt>A</dt><dd>b</dd><dt>C</dt><dd>d</dd></dl>"),
        (": a", "<p>: a</p>"),
        ("A\n:b", "<p>A\n:b</p>"),
        ("# A\n\n: b", '<h1 id="a">A</h1><p>: b</p>'),
    ],
)
def test_the_meaning_of_a_term_stands_behind_a_colon(text, html):
    assert convert(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("!!! note\n    a\n\nb", '<div class="{0} note">{1}Note</p><p>a</p></div><p>b</p>'),
        ('!!! danger "Mind"\n    a', '<div class="{0} caution">{1}Mind</p><p>a</p></div>'),
        ('!!! tip ""\n    a', '<div class="{0} tip"><p>a</p></div>'),
        ("> [!WARNING]\n> a", '<div class="{0} warning">{1}Warning</p><p>a</p></div>'),
        (
            "> [!info]- Read *on*\n> a",
            '<div class="{0} note">{1}Read <em>on</em></p><p>a</p></div>',
        ),
        ("> [!TIP]\n>\n> a", '<div class="{0} tip">{1}Tip</p><p>a</p></div>'),
        ("> [!strange]\n> a", "<blockquote><p>[!strange]\na</p></blockquote>"),
        ("!!!\n    a", "<p>!!!\na</p>"),
    ],
)
def test_admonitions_and_alerts_are_boxes_with_a_title(text, html):
    assert convert(text) == html.format("admonition", '<p class="admonition-title">')


BOX = '<input disabled="" type="checkbox">'
TICKED = '<input checked="" disabled="" type="checkbox">'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("- [x] a", f"<ul><li><label>{TICKED} a</label></li></ul>"),
        ("1. [ ] a\n   b", f"<ol><li><label>{BOX} a\nb</label></li></ol>"),
        ("- [ ] a\n\n- b", f"<ul><li><p><label>{BOX} a</label></p></li><li><p>b</p></li></ul>"),
        ("- [x]", "<ul><li>[x]</li></ul>"),
        ("- a\n\n  [x] b", "<ul><li><p>a</p><p>[x] b</p></li></ul>"),
        ("[x] a", "<p>[x] a</p>"),
    ],
)
def test_a_task_has_a_box_that_its_words_name(text, html):
    assert convert(text) == html


def test_an_abbreviation_is_explained_wherever_it_stands():
    assert convert("*[ALA]: American & Co\n\nThe ALA, `ALA`") == (
        '<p>The <abbr title="American &amp; Co">ALA</abbr>, <code>ALA</code></p>'
    )
    assert convert("The ALA") == "<p>The ALA</p>"


def test_a_comment_knows_no_html_and_no_tables():
    comments = make_comment_parser()
    assert comments.convert("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>"
    assert comments.convert("a|b\n-|-") == "<p>a|b\n-|-</p>"
    assert comments.convert("x[^1]\n\n[^1]: y") == "<p>x[^1]</p>\n<p>[^1]: y</p>"


def test_what_is_nested_too_deep_is_text():
    assert PARSER.convert(">" * 1000 + " a").count("<blockquote>") == MOST_OPEN
    assert PARSER.convert("- " * 1000 + "a").count("<li>") <= MOST_OPEN


SIGNS = st.sampled_from(
    [*"-*+>#`~|:<![]^() \t\n\n\n", "1. ", "a", "b c", "    ", "```", "[^a]", "<p>"]
)


@example("--\n-|")
@example("a|b\n-|-\n1|2\n")
@given(st.lists(SIGNS, max_size=60).map("".join))
def test_each_block_knows_a_line_of_the_text_and_none_goes_back(text):
    source = PARSER.convert(text).partition('<div class="footnote">')[0]
    lines = [PARSER.lines.find(match.start()) for match in re.finditer(r"<\w", source)]
    assert lines == sorted(lines)
    assert all(line <= text.count("\n") for line in lines)


@given(st.lists(SIGNS, max_size=60).map("".join))
def test_no_letter_outside_of_definitions_is_lost(text):
    source = PARSER.convert(text)
    typed = re.sub(r"\[[^\]]*\]:.*|<p>|\[\^[^\n]*|\*\[.*|```.*", "", text, flags=re.DOTALL)
    assert source.count("b c") >= typed.count("b c")


@pytest.mark.parametrize(
    ("text", "word", "line"),
    [
        ("a\n\n- b\n\n  x", "x", 4),
        ("a\nb\nx", "x", 2),
        ("[a]: /b\n[c]: /d\nx", "x", 2),
        ("```\na\nx\n```", "x", 2),
        ("<div>\na\n<!-- a\nb -->\nx\n</div>", "x", 4),
        ("a\n\n|b|\n|-|\n|c|\n|x|", ">x", 5),
        ("A\n: b\n: x", "x", 2),
        ("`a\nb` c\nx", "x", 2),
        ("> a\n>\n> x", "x", 2),
    ],
)
def test_a_word_has_the_line_in_which_it_stands(text, word, line):
    source = PARSER.convert(text)
    assert PARSER.lines.find(source.index(word)) == line


@pytest.mark.parametrize(
    ("text", "notices"),
    [
        ("a\n\n[Q]: Why?\n[A]: Because.", [(2, "[Q]: Why? says"), (3, "[A]: Because. says")]),
        ("[Bob]: Yes.", [(0, "[Bob]: Yes. says where links to [Bob] lead, and there are none")]),
        ("[Q]: Why?\n\nSee [Q].\n\n[Q]: How?", [(4, "[Q]: How? says")]),
        (
            "a\n\n[Source]: https://e.org",
            [
                (
                    2,
                    "[Source]: https://e.org says where links to [Source] lead, and there are none, so "
                    "readers do not see it. Write a link, [Source](https://e.org), or delete the line",
                )
            ],
        ),
        ("See [y].\n\n[x]: https://example.org\n[x]: https://example.com\n[y]: b.md", []),
        ("See [y].\n\n[x]: other.md\n[y]: b.md\n[m]: a@b.example", []),
        ("[//]: # (hidden)\n[comment]: <> (hidden)\n[//]: <> (hidden)\n[c]: #", []),
        ("\\[Q]: Why?", []),
        ("See [it].\n\n[it]: other", []),
        ("a\n\n```\nb\n\nc", [(2, "Nothing ends the code that begins here")]),
        ("```\nb\n``` c", [(0, "Nothing ends the code that begins here")]),
        ("- ~~~~\n  b\n\nc", [(0, "Nothing ends the code that begins here, so what follows is")]),
        ("```\nb\n```", []),
        (
            "a\n\n| Title | Author |\n| Emma | Austen |",
            [
                (
                    2,
                    "These lines look like a table, and are shown as text. Write below the first "
                    "one: |---|---|",
                )
            ],
        ),
        (
            "| a | b |\n|---|\n| c | d |",
            [
                (
                    0,
                    "These lines look like a table, and are shown as text. The second one has not as many "
                    "cells as the first. Write in its place: |---|---|",
                )
            ],
        ),
        (
            "|---|---|\n| c | d |",
            [
                (
                    0,
                    "These lines look like a table, and are shown as text. Write above the first one the "
                    "names of the columns, or: |   |   |",
                )
            ],
        ),
        (
            "| a | b |\n|---|---|\n\n| c | d |",
            [
                (
                    3,
                    "These lines look like a table, and are shown as text: an empty line parts them from "
                    "their table. Delete it.",
                )
            ],
        ),
        (
            "Day | Hours\nMonday | 9-5\nTuesday | 9-7",
            [
                (
                    0,
                    "These lines look like a table, and are shown as text. Write below the first "
                    "one: |---|---|",
                )
            ],
        ),
        ("Day | Hours | Who\n---|---\nMonday | 9-5 | Ann", [(0, "These lines look like a table")]),
        ("a | b\nc", []),
        ("[a](b.md) | [c](d.md)\n[e](f.md) | [g](h.md)", []),
        ("`a | b`\n`c | d`", []),
        ("a | b", []),
        ("a | b\nc | d | e", []),
        ("| a | b |\n|---|---|\n| c | d |", []),
        ("| a | b |\n\n|x|\n|y|", []),
        ("a\n\n##\n\nb\n\n## #\n", [(2, "This heading has no words"), (6, "This heading has no")]),
        ("> ~~~\n> b\n> ~~~~", []),
        (
            "a\n\n2024. That was the year.",
            [
                (
                    2,
                    "2024. begins a numbered list here, as if it were the number of an item. If it is a "
                    "year, write: 2024\\. That was the year.",
                )
            ],
        ),
        ("1986) So it was.", [(0, "1986) begins a numbered list")]),
        ("> [a]: b\n\n[a]", []),
        ("- [a]: b\n\n[a]", []),
        ("12. a\n13. b\n\n3000. c\n\n1986\\. d", []),
        ("- a\n-\n- b", [(1, "This item of a list has no words, and readers see its sign alone.")]),
        ("1. \n\nb", [(0, "This item of a list has no words")]),
        ("- a\n\n-\n\n  b\n- [ ] c\n-\n  d", [(2, "This item of a list has no words")]),
        ("a\n\n> \n>\n\nb", [(2, "This quotation has no words. Write them behind the >")]),
        ("> a\n>\n> b", []),
    ],
)
def test_words_that_readers_would_not_see_as_they_were_meant_are_told(text, notices):
    PARSER.convert(text)
    found = [(notice.line, notice.text) for notice in PARSER.notices]
    assert len(found) == len(notices)
    for (line, seen), (wanted, start) in zip(found, notices, strict=True):
        assert line == wanted
        assert seen.startswith(start)
