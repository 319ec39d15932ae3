"""The site reads Markdown as GitHub does: the specification's examples, GitHub's additions, any blocks.

Compared is what the parser makes, before typography and the sanitiser, as browsers build it.
"""

import platform
import re
import sys
from collections import Counter

import pytest
from hypothesis import HealthCheck, assume, given, settings

from catalogue.text.markdown_parser import make_text_parser
from tests.catalogue.text.nested_blocks import is_doubtful, soups, texts
from tests.catalogue.text.outlines import outline
from tests.catalogue.text.specification import read_examples
from tests.conftest import shorten

try:
    import cmarkgfm
except ImportError:  # see `without_github`
    cmarkgfm = None

PARSER = make_text_parser()
EXAMPLES, FEWEST_ALIKE = 652, 640
# What differs on purpose, by the number of the example, with the reason.
LINKED = "A bare address is a link, as GitHub has it."
CAPTION_SHOWN = (
    "A picture with a title that is alone on its line is a figure, so that all see its title."
)
ON_PURPOSE = {**dict.fromkeys((602, 606, 608, 611, 612), LINKED), 587: CAPTION_SHOWN}
ALL_ALIKE = ("Lists", "List items", "Block quotes", "Fenced code blocks", "Tabs", "Paragraphs")

without_github = pytest.mark.skipif(
    sys.platform == "darwin" and platform.machine() == "x86_64",
    reason="cmarkgfm is not made for Macs of Intel's time any more",
)


def convert(text):

    return PARSER.convert(text)


CAPTIONED = re.compile(
    r"<figure>\s*((?:<a [^>]*>)?)<img([^>]*>(?:</a>)?)\s*<figcaption>\s*(.*?)\s*</figcaption>\s*</figure>",
    re.DOTALL,
)


def show_titles(made):
    """Return HTML with the title of a picture beside it, where a page has it below as a caption."""
    return re.sub(
        r"<figure>(.*?)<figcaption>(.*?)</figcaption>\s*</figure>",
        lambda match: (
            "<p>" + match[1].strip().replace("<img", f'<img title="{match[2].strip()}"', 1) + "</p>"
        ),
        made,
        flags=re.DOTALL,
    )


def show_difference(text, right, made=None):
    """Return what is to be read of a difference; nothing if there is none."""
    seen, wanted = outline(show_titles(convert(text) if made is None else made)), outline(right)
    return "" if seen == wanted else f"{text!r}\n{seen}\n--- where right is:\n{wanted}"


# --- the specification's examples ------------------------------------------------------------------


@pytest.fixture(scope="module")
def examples():
    return read_examples()


@pytest.fixture(scope="module")
def different(examples):
    """The examples of which something else is made, by number, with the difference."""
    found = ((example, show_difference(example.markdown, example.html)) for example in examples)
    return {example: words for example, words in found if words}


def test_the_examples_are_those_of_the_specification(examples):
    assert [example.number for example in examples] == list(range(1, EXAMPLES + 1))
    assert {example.section for example in examples} > set(ALL_ALIKE)


def test_every_example_is_read_as_specified_but_for_what_differs_on_purpose(different):
    words = [text for example, text in different.items() if example.number not in ON_PURPOSE]
    assert not words, "\n\n".join(words)


def test_what_is_said_to_differ_on_purpose_differs(different):
    assert ON_PURPOSE.keys() <= {example.number for example in different}
    assert all(reason.endswith(".") for reason in ON_PURPOSE.values())


def test_nearly_all_examples_are_alike_and_all_of_what_authors_type_most(different):
    assert EXAMPLES - len(different) >= FEWEST_ALIKE
    by_section = Counter(example.section for example in different)
    assert {name: by_section[name] for name in ALL_ALIKE} == dict.fromkeys(ALL_ALIKE, 0)


# --- GitHub's additions ----------------------------------------------------------------------------


def render(text):
    """Return what GitHub's own renderer makes of a text, with all of its additions but footnotes."""
    return cmarkgfm.markdown_to_html_with_extensions(
        text,
        options=cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE,
        extensions=["table", "strikethrough", "autolink", "tasklist"],
    )


# fmt: off
TABLES = (
    "| Day | Time |\n|-----|------|\n| Mon | 9-5 |\n| Tue | 9-7 |",
    "Opening hours:\n| Day | Time |\n|---|---|\n| Mon | 9-5 |",
    "Two lines\nbefore it\n| Day | Time |\n|---|---|\n| Mon | 9-5 |",
    "Day | Time\n--- | ---\nMon | 9-5\n\nAfter it.",
    "| Left | Middle | Right | None |\n|:--|:-:|--:|--|\n| a | b | c | d |",
    "| Shelf |\n|---|\n| A |",
    "| Shelf |\n| - |",
    "Shelf\n:-:\n",
    "Shelf |\n:-:\n",
    "| a | b |\n|---|\n| c | d |",
    "| a | b |\n|---|---|\n| c |\n| d | e | f |",
    "| a | b |\n|---|---|\n| *c* | **d** `e` |\n| [f](g.md) | ~~h~~ ![i](j.png) |",
    "| a \\| b | c |\n|---|---|\n| `d \\| e` | \\\\| f |",
    "| a | b |\n|---|---|\n| c | d |\n> quoted",
    "| a | b |\n|---|---|\n| c | d |\n- item",
    "| a | b |\n|---|---|\n| c | d |\n# head",
    "| a | b |\n|---|---|\n| c | d |\n```\ncode\n```",
    "| a | b |\n|---|---|\n| c | d |\nstill a row\n\nno row",
    "| a | b |\n|---|---|\n| c | d |\n<div>x</div>",
    "| a | b |\n|---|---|\n\n| c | d |",
    "> | a | b |\n> |---|---|\n> | c | d |\n\nx",
    "> | a | b |\n> |---|---|\n| c | d |",
    "- | a | b |\n  |---|---|\n  | c | d |\n- x",
    "- x\n\n  | a | b |\n  |---|---|\n  | c | d |",
    "1. | a |\n   |---|\n   | b |\n\n2. c",
    "    | a | b |\n    |---|---|",
    "   | a | b |\n   |---|---|\n   | c | d |",
    "| a | b |\n   |---|---|\n| c | d |",
    "| a | b |\n    |---|---|\n| c | d |",
    "| a | b |\n| --- | --- |\n| | |\n||\n| c | |",
    "|a|b|\n|-|-|\n|c|d|",
    "| a | b |\n| = | = |",
    "| a | b |\n|:|:|",
    "| a | b |\n|::|--|",
    "| a | b |\n|- -|--|",
    "a | b\n-|-\n&amp; | <b>c</b>",
    "| a | b |\n|---|---|\n| c | d |\n\n| e | f |\n|---|---|\n| g | h |",
    "Not | a table\nof any kind",
    "| a | b |\n|---|---|\n| c | d | \\\n| e | f |",
    "| a | b |\n|---|---|\n| `c | d` | e |",
    "| \\` a | b \\` |\n|---|---|\n| c | d |",
    "| a |\t b |\n|---|\t---|\n| c\t|\td |",
    "| 書架 | 时间 |\n|---|---|\n| Ä | é |",
)
TASKS = (
    "- [ ] open\n- [x] done\n- [X] done too",
    "* [ ] star\n+ [x] plus\n\n1. [ ] number\n2) [x] bracket",
    "- [ ] a\n  - [x] b\n    - [ ] c",
    "- [x] *said* [and](done.md)",
    "- [ ]no blank\n- [  ] two\n- [y] other\n- [] none\n- [-] dash",
    "- a [x] b\n- \\[x] c\n- `[x]` d",
    "[x] no item",
    "- [x]\tby a tab",
    "- [x](link.md)",
    "- [x] [x] twice",
)
STRUCK = (
    "~~struck~~ and ~struck~",
    "a ~~b *c* d~~ e",
    "~~~not struck~~~ here",
    "~~a~b~~ and ~a~~b~",
    "a ~~ b ~~ c",
    "~~a\nb~~",
    "~~a\n\nb~~",
    "\\~~a~~ ~\\~b~~",
    "`~~a~~`",
    "*a ~~b* c~~",
    "~~**a**~~ **~~b~~**",
    "~a~~ b~",
    "x~~y~~z, ~~\"q\"~~, a~~.b.~~c",
    "about ~5 to ~10",
    "[~~a~~](b.md) ~~[a](b.md)~~",
)
ADDRESSES = (
    "See https://example.org/a--b and http://example.org.",
    "See www.example.org/a?b=c&d=e, or ftp://example.org/a.",
    "Ask jane@example.org. Or jane.doe+books@mail.example.org!",
    "(https://example.org/a) and (see https://example.org/a_(b))",
    "https://example.org/a_(b)_c?d=(e)) end",
    "https://example.org/a*b*c and **https://example.org/a**",
    "*https://example.org/a* _https://example.org/b_ ~https://example.org/c~",
    "https://example.org/a&amp; https://example.org/a&copy; https://example.org/a&b;",
    "https://example.org/?q=\"quoted\" https://example.org/it's",
    "https://example.org/a, https://example.org/b; https://example.org/c: x? https://example.org/d?!",
    "<https://example.org/a--b> <jane@example.org> <www.example.org>",
    "[https://example.org](https://example.org/a) [www.example.org](b.md)",
    "`https://example.org` ![https://example.org](a.png)",
    "http://localhost and http://a_b.example.org and http://a.example_b.org",
    "xhttps://example.org and xwww.example.org",
    "https:// http:/ https:",
    "HTTPS://EXAMPLE.ORG/A WWW.EXAMPLE.ORG Jane@Example.Org",
    "a.b-c_d@e.f a@b a@b. @b.c a@b.c_ a@b.c- a.@b.c",
    "https://example.org/a<b>c</b>",
    "https://example.org/a\nb\nwww.example.org",
    "https://例え.jp/あ http://example.org/é",
    "https://example.org/a|b https://example.org/a\\b",
    "https://user@example.org:8080/a#b",
    "# https://example.org/a\n\n- www.example.org\n- jane@example.org\n\n> https://example.org/b",
    "| https://example.org/a | jane@example.org |\n|---|---|\n| www.example.org | b |",
)
# What is read otherwise on purpose, with the reason and what is made of it.
OTHERWISE = {
    "- [x] a\n\n- [ ] b": (
        "The box of a task stands in its paragraph, with the words that name it.",
        '<ul><li><p><label><input type="checkbox" checked disabled> a</label></p></li>'
        '<li><p><label><input type="checkbox" disabled> b</label></p></li></ul>',
    ),
    "> - [x] a": (
        "GitHub's renderer has a fault here: it makes no box in a quotation.",
        '<blockquote><ul><li><label><input type="checkbox" checked disabled> a</label></li></ul>'
        "</blockquote>",
    ),
    "- [ ] ": ("A box without words is none.", "<ul><li>[ ]</li></ul>"),
    "www. a": ("It is no address.", "<p>www. a</p>"),
    "xmpp:a@b.org": ("Few readers could open it.", '<p>xmpp:<a href="mailto:a@b.org">a@b.org</a></p>'),
    "a\nb|c\n|-|\n|-|": (
        "GitHub looks for the head of a table once in a paragraph.",
        "<p>a b|c</p><table><thead><tr><th>-</th></tr></thead></table>",
    ),
    "[a]: b\n| c |\n|---|": (
        "GitHub forgets the definitions above a table.",
        "<table><thead><tr><th>c</th></tr></thead></table>",
    ),
    "1. ***\n\n   a": (
        "GitHub forgets a blank line behind a rule.",
        "<ol><li><hr><p>a</p></li></ol>",
    ),
}
# fmt: on


@without_github
@pytest.mark.parametrize(
    ("text", "right"), [(t, r) for t, (_, r) in OTHERWISE.items()], ids=shorten
)
def test_what_is_read_otherwise_on_purpose_is(text, right):
    assert show_difference(text, right) == ""
    assert show_difference(text, render(text)) != ""


@without_github
@pytest.mark.parametrize("text", [*TABLES, *TASKS, *STRUCK, *ADDRESSES], ids=shorten)
def test_an_addition_of_github_s_is_read_as_github_does(text):
    assert show_difference(text, render(text)) == ""


# --- any blocks ------------------------------------------------------------------------------------

often = settings(
    deadline=None,
    database=None,
    derandomize=True,
    max_examples=300,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@without_github
@often
@given(texts)
def test_blocks_in_blocks_are_read_as_github_does(text):
    assume(not is_doubtful(text))
    assert show_difference(text, render(text)) == ""


@without_github
@often
@given(soups)
def test_lines_that_begin_blocks_anywhere_are_read_as_github_does(text):
    assume(not is_doubtful(text))
    assert show_difference(text, render(text)) == ""
