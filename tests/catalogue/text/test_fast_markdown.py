"""The shortcuts through Python-Markdown lead where the long ways lead."""

import hashlib
import inspect

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import (
    Markdown,
    blockparser,
    blockprocessors,
    htmlparser,
    inlinepatterns,
    preprocessors,
    serializers,
    treeprocessors,
)
from markdown.extensions import toc

from benchmarks.corpus import make_corpus, write_own
from catalogue.text import fast_markdown as shortcuts
from catalogue.text.comment_reader import CommentReader
from catalogue.text.markdown_reader import BodyReader
from tests.conftest import PROJECT

PIECES = [
    *r"a b Word é 1 1. 2. - + * ** _ __ *** # ## ### = == --- === ` `` ``` ~~~ \ \* \[ \< \\".split(),
    *"> >> : | |- |--|--| [ ] ( ) ![ ]( [a] [b]: [^1] [^1]: *[W]: http://x.y & &amp; &#38;".split(),
    *"<b> </b> <div> </div> <br> <http://a.b> <a@b.c> <!-- --> < > ' \" “ ( { } ! . , ½ ² ١".split(),
    *"[a](b) [a](<b> \"c\") ![a](b.png 't') [a][b] [a]: /url\n|[^1]: Note|*[ABC]: Title".split("|"),
    *[" ", "  ", "    ", "\n", "\n\n", "  \n", "\n\n    ", "\n    ", "\t", "\n: ", "\n> ", "\n- "],
    *[
        "\n1. ",
        "\n# ",
        "\n=\n",
        "\na | b\n--|--\n",
        "\u2028",
        "\x0b",
        "\x1c",
        "klzzwxh:0000",
        "ABC",
        "\x0238\x03",
        "\r\n",
        "\n \n",
        "\n```\n",
        "\n~~~ x\n",
        "\n## ",
        "&#x26 ",
        "&copy;",
        "&#",
        "R&D;",
    ],
]
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@pytest.fixture(scope="module", params=[BodyReader, CommentReader])
def both(request):
    short = request.param().parser
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shortcuts, "shorten_ways", lambda parser: None)
        return short, request.param().parser


def agree(both, text):
    pages = []
    for parser in both:
        parser.reset()
        try:
            pages.append(parser.convert(text))
        except Exception as error:  # noqa: BLE001 - whatever the library raises
            pages.append(type(error))
    assert pages[0] == pages[1]
    assert isinstance(pages[0], str) or pages[0] is RecursionError


@settings(deadline=None, database=None, max_examples=200)
@given(text=texts)
@example(
    text="A [word][a] ![b][a]\n\n[a]: /url 'Title'\n\nx[^1] ABC\n\n[^1]: Note *e*\n\n*[ABC]: T"
)
@example(text="Term\n: What it means\n\na\n===\n\nb | c\n--|--\n1 | 2")
@example(text="# a *b* & c\n\n## a\\*b\n\n## <a> [x](y)[^1]\n\n# _1\n\n#\n\n[^1]: # N")
@example(text="## x\n\n## X \n\n[a](checked 'R&D \\\" \\_ <')\n\n```\n\\* &\n```\n<br>")
@example(text="- a\n\n    b\n- c\n    d\n\n1. ## e\n   f")
@example(
    text="[a]() [*a*\n`b`](c_d_e) [a]( b) [a](b(c)) [a](b'c) [a]\n(b) [[a](b)](c) \\[a](b\\)) [a](\\_)"
)
def test_whatever_the_text_the_long_way_gives_the_same(both, text):
    agree(both, text)


def test_a_made_up_blog_becomes_the_same(both, tmp_path):
    write_own(make_corpus(30, 20), tmp_path)
    paths = sorted(tmp_path.rglob("*.md"))
    assert len(paths) > 30
    for path in paths:
        agree(both, path.read_text())


def test_bad_texts_become_the_same(both):
    paths = sorted((PROJECT / "tests/badinputs/cases").rglob("*.md"))
    assert len(paths) > 200
    for path in paths:
        text = path.read_bytes()[:3_000].decode("utf-8", "replace")
        if max(map(text.count, "[<*_>`")) < 300:
            agree(both, text)


def test_most_of_a_sentence_goes_the_short_way():
    parser = BodyReader().parser
    assert isinstance(parser.treeprocessors["inline"], shortcuts.Inline)
    assert parser.parser.parseBlocks.__self__.are_known
    needs = [rule[1] for rule in parser.treeprocessors["inline"].rules]
    assert ("",) not in needs
    assert {type(rule) for rule in parser.parser.blockprocessors} == {*shortcuts.CLAIMING}
    steps = [getattr(step, "signs", ()) for step in parser.preprocessors]
    assert steps == [(), ("```", "~~~"), ("<", "&#")]


def test_a_rule_that_is_not_known_is_always_tried():
    class Smile(inlinepatterns.SimpleTextInlineProcessor):
        pass

    parser = Markdown()
    parser.inlinePatterns.register(Smile("a(b)c"), "smile", 200)
    parser.parser.blockprocessors.register(
        type("Claim", (blockprocessors.HashHeaderProcessor,), {})(parser.parser), "claim", 200
    )
    shortcuts.shorten_ways(parser)
    assert parser.treeprocessors["inline"].rules[0][1] == ("",)
    assert not parser.parser.parseBlocks.__self__.are_known
    assert parser.convert("xabcx") == "<p>xbx</p>"


def is_theirs(rule):
    return rule.__module__.startswith("markdown")


def test_the_library_is_the_one_that_the_shortcuts_were_made_for():
    """When this fails, read the new sources against the reasons in catalogue/text/fast_markdown.py."""
    sources = [
        inspect.getsource(treeprocessors.InlineProcessor),
        inspect.getsource(blockparser.BlockParser),
        inspect.getsource(Markdown.convert),
        inspect.getsource(preprocessors.NormalizeWhitespace),
        *(inspect.getsource(step) for step in shortcuts.SEEKING),
        inspect.getsource(htmlparser),
        inspect.getsource(toc),
        inspect.getsource(treeprocessors.UnescapeTreeprocessor),
        inspect.getsource(serializers),
        *sorted(inspect.getsource(rule) for rule in shortcuts.CLAIMING),
        *sorted({inspect.getsource(rule) for rule, _ in shortcuts.NEEDED if is_theirs(rule)}),
        inspect.getsource(inlinepatterns.Delimiter),
        inspect.getsource(inlinepatterns.DelimiterProcessor),
        *(
            f"{name} = {value}"
            for name, value in vars(inlinepatterns).items()
            if name[-3:] == "_RE"
        ),
    ]
    assert hashlib.sha256("\n".join(sources).encode()).hexdigest()[:16] == "591f683bddcb52a9"
    assert shortcuts.HANDLE in vars(treeprocessors.InlineProcessor)
    assert shortcuts.APPLY in vars(treeprocessors.InlineProcessor)
