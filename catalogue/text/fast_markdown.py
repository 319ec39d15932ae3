"""Speed up Python-Markdown by skipping the rules whose sign does not occur in a piece of text.

The library tries every rule on every piece. A rule for signs within lines cannot hold where the sign
that it begins with does not occur, and a block that begins as a sentence does is claimed by no rule
but the one for paragraphs. Nothing else changes, and a rule that is not known here is always tried.

A whole step of the library is left out likewise when the text has no sign of what it is there for.

Methods of the library are replaced, few of them private, so this is used only with the versions of it
that catalogue/known_versions.py lists (markdown_parser.py).
"""

import html
import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from functools import lru_cache, partial
from operator import itemgetter

from markdown import Markdown, serializers
from markdown import blockprocessors as blocks
from markdown import inlinepatterns as inline
from markdown.blockparser import BlockParser
from markdown.extensions import abbr, def_list, fenced_code, footnotes, sane_lists, tables, toc
from markdown.inlinepatterns import Pattern
from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace, Preprocessor
from markdown.treeprocessors import InlineProcessor, Treeprocessor, UnescapeTreeprocessor
from markdown.util import AtomicString

from catalogue.text.emphasis import Emphasis

# Where the library's class hides what it calls.
HANDLE_INLINE, APPLY_PATTERN = "_InlineProcessor__handleInline", "_InlineProcessor__applyPattern"

# What its module for writing HTML keeps to itself.
SERIALIZERS = vars(serializers)
ESCAPE_TEXT, ESCAPE_ATTRIBUTE = SERIALIZERS["_escape_cdata"], SERIALIZERS["_escape_attrib_html"]
EMPTY_ELEMENTS = SERIALIZERS["HTML_EMPTY"]
BOOLEAN_ATTRIBUTES = SERIALIZERS["BOOLEAN_ATTRIBUTES"]["html"]

# The rules within lines, by class and expression, with the signs of which each needs one.
SIGNS_OF_RULES: dict[tuple[type, str], tuple[str, ...]] = {
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
    (Emphasis, r"\*|_"): ("*", "_"),
}
# Those that look an address up: without any to look up they change nothing.
REFERENCE_RULES = frozenset(
    (
        inline.ReferenceInlineProcessor,
        inline.ShortReferenceInlineProcessor,
        inline.ImageReferenceInlineProcessor,
        inline.ShortImageReferenceInlineProcessor,
    )
)
# The rules for blocks, none of which but the last claims a sentence, with a sign that each needs.
SIGNS_OF_BLOCKS: dict[type, str] = {
    blocks.EmptyBlockProcessor: "",  # begins with a line end
    blocks.ListIndentProcessor: "",  # four blanks
    def_list.DefListIndentProcessor: "",
    blocks.CodeBlockProcessor: "",
    tables.TableProcessor: "|",
    blocks.HashHeaderProcessor: "#",  # at the beginning of a line
    blocks.SetextHeaderProcessor: "\n",  # before = or -
    blocks.HRProcessor: "",  # - _ *
    sane_lists.SaneOListProcessor: "",  # a digit
    sane_lists.SaneUListProcessor: "",  # - + *
    def_list.DefListProcessor: ": ",
    blocks.BlockQuoteProcessor: ">",
    footnotes.FootnoteBlockProcessor: "[^",
    abbr.AbbrBlockprocessor: "*[",
    blocks.ReferenceProcessor: "]:",
    blocks.ParagraphProcessor: "",
}
# Lines that begin with letters, or with a quotation mark or bracket before them.
SENTENCE = re.compile(r"""(?:["'(“‘]?[^\W\d_][^\n|]*(?:\n|\Z))+""")


# The steps before all others that give the text back as it is if none of these signs is in it.
# Without < or &# only whole entities are taken out of a text, and they are put back at once.
SIGNS_OF_STEPS: dict[type, tuple[str, ...]] = {
    fenced_code.FencedBlockPreprocessor: ("```", "~~~"),
    HtmlBlockPreprocessor: ("<", "&#"),
}
# What is cleaned away: signs of the library's own, other line ends, tabs, blanks in a blank line.
UNCLEAN_SIGNS = ("\x02", "\x03", "\r", "\t", "\n ")
HEADING_ELEMENTS = frozenset("h1 h2 h3 h4 h5 h6".split())
# What is written otherwise in HTML, or stands for something else.
CODED_SIGN = re.compile("[&<>\x02]")
# What follows the [ of a link: words without brackets, and an address without blanks, brackets and
# quotation marks, in which nothing stands for something else.
PLAIN_LINK = re.compile(r"([^\[\]]*)\]\(([^\s<()\"'\x02]*)\)")
NAMES_CACHED = SELECTIONS_CACHED = 1_000

LinkMatch = tuple[etree.Element | str | None, int | None, int | None]
HandleMatch = Callable[[re.Match[str], str], LinkMatch]


def skip_idle_rules(parser: Markdown) -> None:
    """Make a parser skip rules that have nothing to do; all its rules have to be registered."""
    link = parser.inlinePatterns["link"]
    if type(link) is inline.LinkInlineProcessor:
        link.handleMatch = partial(make_link, link.handleMatch)  # type: ignore[method-assign]
    parser.treeprocessors.register(FastInline(parser), "inline", 20)
    parser.parser.parseBlocks = FastBlocks(parser.parser).parse  # type: ignore[method-assign]
    parser.preprocessors.register(FastWhitespace(parser), "normalize_whitespace", 30)
    for name, priority in (("fenced_code_block", 25), ("html_block", 20)):
        if name in parser.preprocessors:
            step = parser.preprocessors[name]
            parser.preprocessors.register(SkippableStep(step), name, priority)
    if "toc" in parser.treeprocessors:
        parser.treeprocessors.register(FastHeadingIds(parser.treeprocessors["toc"]), "toc", 5)
    parser.treeprocessors.register(FastUnescape(parser), "unescape", 0)
    parser.serializer = serialise
    # It looks through a list for every element.
    parser.is_block_level = lru_cache(NAMES_CACHED)(parser.is_block_level)  # type: ignore[method-assign]


def find_signs(text: str, signs: tuple[str, ...]) -> list[str]:
    """Return those of some signs that a text has; the last part of a sign is the rarest."""
    return [sign for sign in signs if sign[-1:] in text and sign in text]


class FastWhitespace(NormalizeWhitespace):
    """The library's step that cleans a text up, if there is anything to clean."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines of a clean text; two line ends are added in any case."""
        text = "\n".join(lines)
        return super().run(lines) if find_signs(text, UNCLEAN_SIGNS) else [*lines, "", ""]


class SkippableStep(Preprocessor):
    """A step of the library that is taken only if a text has a sign of what it is for."""

    def __init__(self, step: Preprocessor) -> None:
        super().__init__(step.md)
        self.step = step
        self.signs = SIGNS_OF_STEPS.get(type(step), ("",))

    def run(self, lines: list[str]) -> list[str]:
        """Return the text as the step leaves it."""
        text = "\n".join(lines)
        return self.step.run(lines) if find_signs(text, self.signs) else lines


class FastHeadingIds(Treeprocessor):
    """The library's step for the ids of headings, without its table: nobody asks for one."""

    def __init__(self, table: Treeprocessor) -> None:
        super().__init__(table.md)
        self.slugify, self.separator = itemgetter("slugify", "sep")(vars(table))

    def run(self, root: etree.Element) -> None:
        """Set the id of each heading, none of which has one as yet."""
        elements = list(root.iter())
        headings = [element for element in elements if element.tag in HEADING_ELEMENTS]
        if not headings:
            return
        used = {name for element in elements if (name := element.get("id")) is not None}
        counters: dict[str, int] = {}
        for heading in headings:
            name = self.slugify(self.read_words(heading), self.separator)
            heading.attrib["id"] = toc.unique(name, used, counters)

    def read_words(self, heading: etree.Element) -> str:
        """Return the words of a heading; plain ones need not be written as HTML and read again."""
        text = heading.text or ""
        if len(heading) or CODED_SIGN.search(text) or (heading.tail or "").strip():
            source = toc.render_inner_html(toc.remove_fnrefs(heading), self.md)
            return html.unescape(toc.strip_tags(source))
        return " ".join(text.split())


class FastUnescape(UnescapeTreeprocessor):
    """The library's step that puts the signs back that had a backslash."""

    def run(self, root: etree.Element) -> None:
        """Run if there is any backslash: the rules for it are the only ones that hide signs."""
        if any("\\" in line for line in vars(self.md)["lines"]):
            super().run(root)


def make_link(handle_match: HandleMatch, match: re.Match[str], data: str) -> LinkMatch:
    """Return the element of a plain link; others, which the library reads sign by sign, are left to it."""
    plain = PLAIN_LINK.match(data, match.end())
    if not plain:
        return handle_match(match, data)
    element = etree.Element("a", {"href": plain[2]})
    element.text = plain[1]
    return element, match.start(), plain.end()


def serialise(root: etree.Element) -> str:
    """Return elements as HTML; their names and attributes are plain text, as the rules make them."""
    parts: list[str] = []
    pending: list[etree.Element | str] = [root]
    while pending:
        part = pending.pop()
        if isinstance(part, str):
            parts.append(part)
            continue
        tag, text, tail = part.tag, part.text, part.tail
        start = f"<{tag}"
        attributes = part.items()
        for name, value in sorted(attributes) if attributes else ():
            written = ESCAPE_ATTRIBUTE(value)
            is_switch = name == written and name in BOOLEAN_ATTRIBUTES
            start += f" {name}" if is_switch else f' {name}="{written}"'
        parts.append(f"{start}>{ESCAPE_TEXT(text)}" if text else f"{start}>")
        end = "" if tag in EMPTY_ELEMENTS else f"</{tag}>"
        if tail:
            end += ESCAPE_TEXT(tail) if tail != "\n" else tail
        if len(part):
            pending.append(end)
            pending.extend(reversed(part))
        else:
            parts.append(end)
    return "".join(parts)


class FastInline(InlineProcessor):
    """The library's step for signs within lines, which tries only the rules that can hold."""

    def __init__(self, parser: Markdown) -> None:
        super().__init__(parser)
        self.rules = [
            (
                rule,
                SIGNS_OF_RULES.get((type(rule), rule.pattern), ("",)),
                type(rule) in REFERENCE_RULES,
            )
            for rule in parser.inlinePatterns
        ]
        self.signs = tuple(dict.fromkeys(sign for _, signs, _ in self.rules for sign in signs))
        self.apply = getattr(self, APPLY_PATTERN)
        self.select = lru_cache(SELECTIONS_CACHED)(self.select_rules)

    def select_rules(self, found: tuple[str, ...]) -> list[tuple[int, Pattern, bool]]:
        """Return the rules that need one of some signs, with their numbers."""
        return [
            (number, rule, is_referring)
            for number, (rule, signs, is_referring) in enumerate(self.rules)
            if not set(found).isdisjoint(signs)
        ]

    def handle(self, data: str, patternIndex: int = 0) -> str:
        """Return a text with placeholders for what the rules from the given one on find in it.

        No placeholder brings a sign in, so that what does not occur at first never does.
        """
        found = find_signs(data, self.signs)
        if not found or isinstance(data, AtomicString):
            return data
        has_references = bool(self.md.references)
        for number, rule, is_referring in self.select(tuple(found)):
            if number >= patternIndex and (has_references or not is_referring):
                is_found, start = True, 0
                while is_found:
                    data, is_found, start = self.apply(rule, data, number, start)
        return data


setattr(FastInline, HANDLE_INLINE, FastInline.handle)


class FastBlocks:
    """The parsing of blocks, which takes a sentence for a paragraph at once."""

    def __init__(self, parser: BlockParser) -> None:
        self.rules = [
            (rule, SIGNS_OF_BLOCKS.get(type(rule), "")) for rule in parser.blockprocessors
        ]
        self.paragraph = self.rules[-1][0]
        self.are_known = all(type(rule) in SIGNS_OF_BLOCKS for rule, _ in self.rules)

    def parse(self, parent: etree.Element, blocks: list[str]) -> None:
        """Parse blocks into elements below a parent; each is taken from the list."""
        while blocks:
            if self.are_known and SENTENCE.fullmatch(blocks[0]):
                self.paragraph.run(parent, blocks)
                continue
            for rule, sign in self.rules:
                if (
                    sign in blocks[0]
                    and rule.test(parent, blocks[0])
                    and rule.run(parent, blocks) is not False
                ):
                    break
