"""Marks of other systems in a text are named with the plain way; what an author may write is not."""

import re
from time import process_time

import pytest

from catalogue.text.foreign_marks import BRACKETED, INSTEAD, find_formulas, find_marks
from catalogue.text.markdown_reader import MarkdownReader

MARKS = {
    '{{< figure src="x" >}}': "![what it shows]",
    "{{< figure >}}": "![what it shows]",
    "{{<youtube abc>}}": "[its title](https://…)",
    "{{% notice tip %}}x{{% /notice %}}": "> [!NOTE]",
    '{{< highlight go "linenos=table" >}}': "```",
    '[a]({{< ref "b.md" >}})': "[its title](its-name.md)",
    "{{< unknown/figure >}}": "![what it shows]",
    "{{< whatever x >}}": "what it stood for",
    "{% raw %}": "Delete it",
    "{% include figure.html a=b %}": "what it stood for",
    "{%- highlight ruby -%}": "```",
    "{% post_url 2014-01-01-a %}": "[its title](its-name.md)",
    "{{ site.url }}/x": "what it stood for",
    "{{{ raw }}}": "Delete it",
    "{{TOC}}": "Delete it",
    '[caption id="1"]x[/caption]': "![what it shows]",
    "[caption]x[/caption]": "![what it shows]",
    '[gallery ids="1,2"]': "![what it shows]",
    "[gallery]": "![what it shows]",
    "[embed]https://e.org[/embed]": "[its title](https://…)",
    "[youtube abc]": "[its title](https://…)",
    "[youtube=https://e.org]": "[its title](https://…)",
    "[video src=x][/video]": "[its title](https://…)",
    "[sourcecode language='x']": "```",
    "x {: .class }": "Delete it",
    "{:.class #id key=value}": "Delete it",
    "{:toc}": "Delete it",
    "x {.class}": "Delete it",
    "x {#id .class}": "Delete it",
    "x{width=300}": "Delete it",
    'x { align="left" }': "Delete it",
    ":::note": "> [!NOTE]",
    "x\n::: {.warning}\ny\n:::": "> [!NOTE]",
    "::::quote": "> before each line",
    "[TOC]": "Delete it",
    "x\n[[_TOC_]]\ny": "Delete it",
    "[toc]": "Delete it",
    "Our aims are:\n• Read more\n• Play more": "Write - and a blank",
    "·\xa0 One": "Write - and a blank",
    "a %%note to me%% b": "<!-- before and --> after",
    "a\n%%\nnote to me\n%%\nb": "<!-- before and --> after",
    "a ==good== book": "<mark> before and </mark> after",
    "==good books== a": "<mark> before and </mark> after",
    "a ++new++ book": "<ins> before and </ins> after",
    "x^2^ and": "<sup> before and </sup> after",
    "H~2~O and": "<sub> before and </sub> after",
    "<o:p> x": "Delete it",
    "??? note\n": "> [!NOTE]",
    "x\n== A heading ==\ny": "## and a blank before the words",
    "+---+---+\n| a | b |\n+---+---+\n": "Write each row of the table as | a | b |",
    "a :smile: b": "Write the sign itself in its place",
    ":+1:": "Write the sign itself in its place",
    "the sum $$x^2$$ is": "plain words or signs",
    "$$\nx\n$$": "plain words or signs",
    "Words ^abc123\nx": "Delete it",
    "- A\n- B ^my-block": "Delete it",
    "the sum $x^2$ is": "plain words or signs",
    "the sum $\\alpha$ is": "plain words or signs",
    "a claim 【4†source】": "where it was found",
    "a claim 【12:3†notes.pdf】": "where it was found",
    "a claim :contentReference[oaicite:0]{index=0}": "where it was found",
    "oai_citation:0‡e.org": "where it was found",
    "as [@smith2004, p. 3] says": "such as (Smith 2004)",
    "as [-@smith2004; @doe99] says": "such as (Smith 2004)",
    "a note^[Its words, here.] more": "[^1]: the words of the note",
}


@pytest.mark.parametrize(("prose", "remedy"), MARKS.items())
def test_a_mark_is_named_once_with_the_plain_way(prose, remedy):
    (mark,) = find_marks(prose)
    assert (
        mark.place
        == re.search(
            r"【|oai|\$|\{[{%:.#aw ]|\[(?!a\])|:::|[•·]|%%|==|\+\+|\+-|\^|~|:(?=[a-z+])|<|\?\?",
            prose,
        ).start()
    )
    assert remedy in mark.message


def test_a_list_of_attributes_that_would_run_a_program_is_an_error():
    prose = 'a {: onclick="x" } b {: .only } c {.x ONLOAD=y}'
    assert [mark.level for mark in find_marks(prose)] == ["error", "warning", "error"]


def test_each_run_of_bullets_is_named_once():
    prose = "a:\n• b\n• c\n\nd\n\n• e\n\n• f\n"
    assert [mark.place for mark in find_marks(prose)] == [prose.index("• b"), prose.index("• e")]


@pytest.mark.parametrize(
    "prose",
    [
        "a [video by Jane] [audio] [caption] [code] [sic] [...]",
        "a · b • c",
        "{.5} {x} {} { . } {a: b} f{0} {a=b} {width}",
        "100 % {of} them %}",
        "10:30:45, a:b:c, ::x::, https://e.org:80:a:, :) and std::vec::x",
        "prices from $$ to $$$, $$$$, US$$ 5",
        "$5\\ and $6, US$ 5^2 and $ 6^2$",
        "the signs † and ‡, 【a】",
        "[@ann], [@ann@glammr.us] and @smith2004",
        "see [1] and [2: 3]",
        "a ::: b :: c",
        "the [TOC] of a book",
        "50 %% of them",
        "if a==b and c==d, 1 == 2 == 3, ===x===, ====",
        "9~12 and 13~17, pp. 9~12~15, a ~~b~~ c~~d~~, ~/x~",
        "C++ and D++, i++ + ++j, a + + b ++, 2^10 and 2^11, ^_^ ^^ x^y",
        "x [/caption]",
        "a ^up b, 10 ^1000, a^bcde",
        "{% endraw %} {{< /note >}} {% end %}",
    ],
)
def test_what_an_author_may_write_is_no_mark(prose):
    assert list(find_marks(prose)) == []


def test_each_word_in_brackets_has_a_plain_way():
    assert set(INSTEAD) >= BRACKETED


FORMULAS = {
    "A\nsum \\(x\\) is": 2,
    "A \\(x^2\\) is": 1,
    "A\n\n\\[\n\\frac{a}{b}\n\\]": 3,
    "- A\n- \\(E = mc^2\\)": 2,
    "A \\[ a_1 \\cdot b \\] is": 1,
}


@pytest.mark.parametrize(("text", "line"), FORMULAS.items())
def test_a_formula_that_loses_its_backslashes_is_told_on_its_line(text, line):
    (problem,) = MarkdownReader().read(text, 1, "posts/a.md").problems
    assert (problem.line, problem.level) == (line, "warning")
    assert "loses its backslashes. Write it in plain words or signs" in problem.text


@pytest.mark.parametrize(
    "text",
    [
        "\\[sic\\] and \\(so\\)",
        "\\(a\\) first",
        "\\[y\\](z) and \\[y\\]\\(z\\)",
        "`\\(x\\)`",
        "```\n\\(x\\)\n```",
        "C:\\(x86) and \\(a",
        "\\[quote(.|\\s)*?\\[\\/quote\\]",
    ],
)
def test_brackets_with_a_backslash_are_no_formula(text):
    assert MarkdownReader().read(text, 1, "posts/a.md").problems == []


@pytest.mark.parametrize("unit", ["\\(", "\\[", "\\(x", "\\[x^", "\\(x\\) "])
def test_a_long_text_is_looked_through_for_formulas_in_little_time(unit):
    text = unit * 20_000
    start = process_time()
    list(find_formulas(text.replace("\\", ""), text))
    assert process_time() - start < 2
