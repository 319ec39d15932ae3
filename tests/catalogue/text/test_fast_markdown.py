"""The shortcuts through Python-Markdown lead where the long ways lead."""

import hashlib
import inspect
import sys
from operator import attrgetter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown, blockprocessors, inlinepatterns, treeprocessors

from benchmarks.corpus import make_corpus, write_own
from catalogue.text import fast_markdown as shortcuts
from catalogue.text.comment_reader import CommentReader
from catalogue.text.emphasis import Emphasis
from catalogue.text.markdown_reader import MarkdownReader
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


@pytest.fixture(scope="module", params=[MarkdownReader, CommentReader])
def both(request):
    short = request.param().parser
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shortcuts, "skip_idle_rules", lambda parser: None)
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
    parser = MarkdownReader().parser
    assert isinstance(parser.treeprocessors["inline"], shortcuts.FastInline)
    assert parser.parser.parseBlocks.__self__.are_known
    needs = [rule[1] for rule in parser.treeprocessors["inline"].rules]
    assert ("",) not in needs
    assert {type(rule) for rule in parser.parser.blockprocessors} == {*shortcuts.SIGNS_OF_BLOCKS}
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
    shortcuts.skip_idle_rules(parser)
    assert parser.treeprocessors["inline"].rules[0][1] == ("",)
    assert not parser.parser.parseBlocks.__self__.are_known
    assert parser.convert("xabcx") == "<p>xbx</p>"


# The parts of the library whose behaviour the shortcuts count on, each with a hash of its source.
SOURCES = {
    "markdown.treeprocessors.InlineProcessor": "74e75f976c4a0f29",
    "markdown.treeprocessors.UnescapeTreeprocessor": "4351c7f025c7fc70",
    "markdown.blockparser.BlockParser": "c44beecaa83e83f9",
    "markdown.core.Markdown.convert": "e70d19e814646ee8",
    "markdown.preprocessors.NormalizeWhitespace": "a3b603368eaa7c39",
    "markdown.extensions.fenced_code.FencedBlockPreprocessor": "d688d822e47e4fe0",
    "markdown.preprocessors.HtmlBlockPreprocessor": "0f46670335a25480",
    "markdown.htmlparser": "caf8d97bcf231f9a",
    "markdown.extensions.toc": "180266be023aa581",
    "markdown.serializers": "7cef1af99da20252",
    "markdown.blockprocessors.EmptyBlockProcessor": "9cc0866a02437203",
    "markdown.blockprocessors.ListIndentProcessor": "582260688fa3a556",
    "markdown.extensions.def_list.DefListIndentProcessor": "d3208c0487b38417",
    "markdown.blockprocessors.CodeBlockProcessor": "19681ce6d7940222",
    "markdown.extensions.tables.TableProcessor": "31397776d9ad7c7c",
    "markdown.blockprocessors.HashHeaderProcessor": "d5fdc5284e82b48b",
    "markdown.blockprocessors.SetextHeaderProcessor": "29bb14b6729c4251",
    "markdown.blockprocessors.HRProcessor": "b39eb303d0787948",
    "markdown.extensions.sane_lists.SaneOListProcessor": "0088f9fede6df5f8",
    "markdown.extensions.sane_lists.SaneUListProcessor": "56388ac71bdb90cc",
    "markdown.extensions.def_list.DefListProcessor": "568dfb841d9fcd0c",
    "markdown.blockprocessors.BlockQuoteProcessor": "4852c1c0d4e79cb5",
    "markdown.extensions.footnotes.FootnoteBlockProcessor": "5373557aa62b97ca",
    "markdown.extensions.abbr.AbbrBlockprocessor": "ed7c0e670a94c874",
    "markdown.blockprocessors.ReferenceProcessor": "c5f114827d6efabe",
    "markdown.blockprocessors.ParagraphProcessor": "f12d6bbf860e19ae",
    "markdown.inlinepatterns.BacktickInlineProcessor": "42219988adbb6227",
    "markdown.inlinepatterns.EscapeInlineProcessor": "45c171cb049aaedf",
    "markdown.extensions.footnotes.FootnoteInlineProcessor": "53a6f6b43dfb01e7",
    "markdown.inlinepatterns.ReferenceInlineProcessor": "a187c4ea33d0dc2b",
    "markdown.inlinepatterns.LinkInlineProcessor": "ab676effb9a83e89",
    "markdown.inlinepatterns.ImageInlineProcessor": "7f4c48b29fd0168d",
    "markdown.inlinepatterns.ImageReferenceInlineProcessor": "27d3f54471269022",
    "markdown.inlinepatterns.ShortReferenceInlineProcessor": "6ab4f142bede7289",
    "markdown.inlinepatterns.ShortImageReferenceInlineProcessor": "d7b65403b1166eb7",
    "markdown.inlinepatterns.AutolinkInlineProcessor": "88f13afaf5d1d6dc",
    "markdown.inlinepatterns.AutomailInlineProcessor": "de7e74cd8a0d43df",
    "markdown.inlinepatterns.SubstituteTagInlineProcessor": "2a65724cd5fbaf1b",
    "markdown.inlinepatterns.HtmlInlineProcessor": "5da8b6179ee0d1e7",
    "markdown.inlinepatterns.Delimiter": "544444677e61d218",
    "markdown.inlinepatterns.DelimiterProcessor": "8f3b6b52569ce1ca",
}
PATTERNS = "39927c536253e3d9"


def hash_text(text):
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def hash_source(name):
    part = sys.modules.get(name)
    module, _, path = name.rpartition(".")
    while part is None:
        found = sys.modules.get(module)
        part = found and attrgetter(path)(found)
        module, _, last = module.rpartition(".")
        path = f"{last}.{path}"
    return hash_text(inspect.getsource(part))


@pytest.mark.parametrize(("name", "source"), SOURCES.items(), ids=SOURCES)
def test_the_library_is_the_one_that_the_shortcuts_were_made_for(name, source):
    """When this fails, read the new source against the reasons in catalogue/text/fast_markdown.py."""
    assert hash_source(name) == source


def test_no_rule_or_step_that_is_known_is_left_out_of_these():
    rules = {rule for rule, _ in shortcuts.SIGNS_OF_RULES if rule is not Emphasis}
    known = [*rules, *shortcuts.SIGNS_OF_BLOCKS, *shortcuts.SIGNS_OF_STEPS]
    assert {f"{rule.__module__}.{rule.__qualname__}" for rule in known} <= SOURCES.keys()


def test_the_expressions_and_private_names_are_those_that_the_shortcuts_were_made_for():
    patterns = vars(inlinepatterns).items()
    assert hash_text("\n".join(f"{k} = {v}" for k, v in patterns if k[-3:] == "_RE")) == PATTERNS
    assert shortcuts.HANDLE_INLINE in vars(treeprocessors.InlineProcessor)
    assert shortcuts.APPLY_PATTERN in vars(treeprocessors.InlineProcessor)
