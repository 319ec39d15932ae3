"""Let Python-Markdown try only those of its rules that can hold for a piece of text.

The library tries every rule on every piece. A rule for signs within lines cannot hold where the sign
that it begins with does not occur, and a block that begins as a sentence does is claimed by no rule
but the one for paragraphs. Nothing else changes, and a rule that is not known here is always tried.

Two methods of the library give way, one of them private. A test holds their sources, and those of
the rules that are known here, against the ones that this was written for.
"""

import re
import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown import blockprocessors as blocks
from markdown import inlinepatterns as inline
from markdown.blockparser import BlockParser
from markdown.extensions import abbr, def_list, footnotes, sane_lists, tables
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

# Where the library's class hides what it calls.
HANDLE, APPLY = "_InlineProcessor__handleInline", "_InlineProcessor__applyPattern"

# The rules within lines, by class and expression, with the signs of which each needs one.
NEEDED: dict[tuple[type, str], tuple[str, ...]] = {
    (inline.BacktickInlineProcessor, inline.BACKTICK_RE): ("`",),
    (inline.EscapeInlineProcessor, inline.ESCAPE_RE): ("\\",),
    (footnotes.FootnoteInlineProcessor, r"\[\^([^\]]*)\]"): ("[^",),
    (inline.ReferenceInlineProcessor, inline.REFERENCE_RE): ("[",),
    (inline.LinkInlineProcessor, inline.LINK_RE): ("[",),
    (inline.ImageInlineProcessor, inline.IMAGE_LINK_RE): ("![",),
    (inline.ImageReferenceInlineProcessor, inline.IMAGE_REFERENCE_RE): ("![",),
    (inline.ShortReferenceInlineProcessor, inline.REFERENCE_RE): ("[",),
    (inline.ShortImageReferenceInlineProcessor, inline.IMAGE_REFERENCE_RE): ("![",),
    (inline.AutolinkInlineProcessor, inline.AUTOLINK_RE): ("://",),
    (inline.AutomailInlineProcessor, inline.AUTOMAIL_RE): ("@",),
    (inline.SubstituteTagInlineProcessor, inline.LINE_BREAK_RE): ("  \n",),
    (inline.HtmlInlineProcessor, inline.HTML_RE): ("<",),
    (inline.HtmlInlineProcessor, inline.ENTITY_RE): ("&",),
    (inline.DelimiterProcessor, r"\*|_"): ("*", "_"),
}
# Those that look an address up: without any to look up they change nothing.
REFERRING = frozenset(
    (
        inline.ReferenceInlineProcessor,
        inline.ShortReferenceInlineProcessor,
        inline.ImageReferenceInlineProcessor,
        inline.ShortImageReferenceInlineProcessor,
    )
)
# The rules for blocks, none of which but the last claims a sentence.
CLAIMING = frozenset(
    (
        blocks.EmptyBlockProcessor,  # begins with a line end
        blocks.ListIndentProcessor,  # four blanks
        def_list.DefListIndentProcessor,
        blocks.CodeBlockProcessor,
        tables.TableProcessor,  # holds a |
        blocks.HashHeaderProcessor,  # has a line with # at its beginning
        blocks.SetextHeaderProcessor,  # = or -
        blocks.HRProcessor,  # - _ *
        sane_lists.SaneOListProcessor,  # a digit
        sane_lists.SaneUListProcessor,  # - + *
        def_list.DefListProcessor,  # :
        blocks.BlockQuoteProcessor,  # >
        footnotes.FootnoteBlockProcessor,  # [
        abbr.AbbrBlockprocessor,  # *
        blocks.ReferenceProcessor,  # [
        blocks.ParagraphProcessor,
    )
)
# Lines that begin with letters, or with a quotation mark or bracket before them.
SENTENCE = re.compile(r"""(?:["'(“‘]?[^\W\d_][^\n|]*(?:\n|\Z))+""")


def shorten_ways(parser: Markdown) -> None:
    """Let a parser take the shortcuts; all its rules have to be there."""
    parser.treeprocessors.register(Inline(parser), "inline", 20)
    parser.parser.parseBlocks = Blocks(parser.parser).parse  # type: ignore[method-assign]


class Inline(InlineProcessor):
    """Apply the rules within lines."""

    def __init__(self, parser: Markdown) -> None:
        """Note what each rule needs."""
        super().__init__(parser)
        self.rules = [
            (rule, NEEDED.get((type(rule), rule.pattern), ("",)), type(rule) in REFERRING)
            for rule in parser.inlinePatterns
        ]
        self.signs = tuple(dict.fromkeys(sign for _, signs, _ in self.rules for sign in signs))
        self.apply = getattr(self, APPLY)

    def handle(self, data: str, patternIndex: int = 0) -> str:
        """Put placeholders in place of what the rules from the given one on find in a text.

        No placeholder brings a sign in, so that what does not occur at first never does.
        """
        found = {sign for sign in self.signs if sign in data}
        if not found or isinstance(data, AtomicString):
            return data
        has_references = bool(self.md.references)
        for number in range(patternIndex, len(self.rules)):
            rule, signs, is_referring = self.rules[number]
            if not found.isdisjoint(signs) and (has_references or not is_referring):
                is_found, start = True, 0
                while is_found:
                    data, is_found, start = self.apply(rule, data, number, start)
        return data


setattr(Inline, HANDLE, Inline.handle)


class Blocks:
    """Parse blocks."""

    def __init__(self, parser: BlockParser) -> None:
        """Note the rules in their order."""
        self.rules = list(parser.blockprocessors)
        self.paragraph = self.rules[-1]
        self.are_known = CLAIMING.issuperset(map(type, self.rules))

    def parse(self, parent: etree.Element, blocks: list[str]) -> None:
        """Parse blocks into elements below a parent; each is taken from the list."""
        while blocks:
            if self.are_known and SENTENCE.fullmatch(blocks[0]):
                self.paragraph.run(parent, blocks)
                continue
            for rule in self.rules:
                if rule.test(parent, blocks[0]) and rule.run(parent, blocks) is not False:
                    break
