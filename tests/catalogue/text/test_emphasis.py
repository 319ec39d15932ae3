"""Emphasis takes nothing away of what stands beside it."""

import html
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalogue.text.comment_reader import CommentReader
from catalogue.text.emphasis import Emphasis
from catalogue.text.fast_markdown import FastInline
from catalogue.text.markdown_reader import MarkdownReader

READERS = [MarkdownReader(), CommentReader()]
BEHIND = {
    "`code`": "<code>code</code>",
    "<https://a.org/b>": ">https://a.org/b</a>",
    "[words](https://a.org)": ">words</a>",
    "&lt;": "&lt;",
    "\\*": "*",
    "\\_": "_",
    "word": "word",
}


def convert(reader, text):
    reader.parser.reset()
    return reader.parser.convert(text)


@pytest.mark.parametrize("reader", READERS, ids=["post", "comment"])
@pytest.mark.parametrize(
    "signs", ["*x**x*", "_x __x_ ", "*x**x*\n", "*a **b*", "**a ***b**", "*x***x**"]
)
@pytest.mark.parametrize("behind", BEHIND)
def test_what_follows_emphasis_stays_whole(reader, signs, behind):
    source = convert(reader, f"{signs}{behind} end")
    assert f"{BEHIND[behind]} end" in source
    assert not re.search("klzzwxh|[\x02\x03]", source)


PIECES = ["*", "*", "**", "***", "_", "__", "x", "y ", " ", ", ", "\\*"]
MARKED = {
    "`c1` ": "c1 ",
    "<https://a.org/c2>": "https://a.org/c2",
    "[c3](https://a.org)": "c3",
    "&lt;": "<",
}
texts = st.lists(st.sampled_from([*PIECES, *PIECES, *MARKED]), max_size=18)


@settings(deadline=None, database=None, max_examples=400)
@given(texts)
@example(["*", "x", "**", "x", "*", "`c1` "])
@example(["*", "_", "***", "_", "****", "`c1` ", "*"])
@example([" *****", "[c3](https://a.org)", "*", "\\*", "****, *__*******", "\\*", "__****"])
@example(["**y *x* ", " * ", "*x*", "&lt;", " *"])
def test_emphasis_takes_its_signs_and_nothing_else(pieces):
    text = "x" + "".join(pieces)
    wanted = re.sub(r"\\(.)", r"\1", text)
    for piece, shown in MARKED.items():
        wanted = wanted.replace(piece, shown)
    for reader in READERS:
        source = convert(reader, text)
        shown = html.unescape(re.sub("</?(?:p|a|em|strong|code)\\b[^<>]*>", "", source))
        assert re.sub("[*_ ]", "", shown) == re.sub("[*_ ]", "", wanted)
        signs = len(re.findall("[*_]", wanted)) - len(re.findall("[*_]", shown))
        assert signs == 2 * source.count("<em>") + 4 * source.count("<strong>")


def test_a_text_that_was_given_up_leaves_nothing_for_the_next():
    reader = MarkdownReader()
    (rule,) = [rule for rule in reader.parser.inlinePatterns if isinstance(rule, Emphasis)]
    text = "**a *b* *c* d"
    rule.handleMatch(rule.compiled_re.search(text), text)
    assert rule.regions
    assert convert(reader, "*e*") == "<p><em>e</em></p>"


def test_the_parsers_know_one_rule_for_emphasis_and_when_it_is_not_needed():
    for reader in READERS:
        (rule,) = [rule for rule in reader.parser.inlinePatterns if isinstance(rule, Emphasis)]
        assert reader.parser.delimiters is rule
        inline = reader.parser.treeprocessors["inline"]
        assert isinstance(inline, FastInline)
        assert (rule, ("*", "_"), False) in inline.rules
