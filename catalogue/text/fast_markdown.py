"""Let Python-Markdown try only those of its rules that can hold for a piece of text.

The library tries every rule on every piece. A rule for signs within lines cannot hold where the sign
that it begins with does not occur, and a block that begins as a sentence does is claimed by no rule
but the one for paragraphs. Nothing else changes, and a rule that is not known here is always tried.

A whole step of the library is left out likewise when the text has no sign of what it is there for.

Some methods of the library give way, few of them private. A test holds their sources, and those of
the rules and steps that are known here, against the ones that this was written for.
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
HANDLE, APPLY = "_InlineProcessor__handleInline", "_InlineProcessor__applyPattern"

# What its module for writing HTML keeps to itself.
WRITER = vars(serializers)
ESCAPE, ESCAPE_VALUE = WRITER["_escape_cdata"], WRITER["_escape_attrib_html"]
EMPTY, SWITCHES = WRITER["HTML_EMPTY"], WRITER["BOOLEAN_ATTRIBUTES"]["html"]

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
    (Emphasis, r"\*|_"): ("*", "_"),
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
# The rules for blocks, none of which but the last claims a sentence, with a sign that each needs.
CLAIMING: dict[type, str] = {
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
SEEKING: dict[type, tuple[str, ...]] = {
    fenced_code.FencedBlockPreprocessor: ("```", "~~~"),
    HtmlBlockPreprocessor: ("<", "&#"),
}
# What is cleaned away: signs of the library's own, other line ends, tabs, blanks in a blank line.
UNCLEAN = ("\x02", "\x03", "\r", "\t", "\n ")
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
# What is written otherwise in HTML, or stands for something else.
CODED = re.compile("[&<>\x02]")
# What follows the [ of a link: words without brackets, and an address without blanks, brackets and
# quotation marks, in which nothing stands for something else.
PLAIN_LINK = re.compile(r"([^\[\]]*)\]\(([^\s<()\"'\x02]*)\)")
TAGS_KEPT = SELECTIONS_KEPT = 1_000
NAMED = re.compile(r"""<[^<>]*?\s(?:id|name)\s*=\s*["']?([^\s"'<>]+)""", re.IGNORECASE)

Made = tuple[etree.Element | str | None, int | None, int | None]
MakeLink = Callable[[re.Match[str], str], Made]


def shorten_ways(parser: Markdown) -> None:
    """Let a parser take the shortcuts; all its rules have to be there."""
    link = parser.inlinePatterns["link"]
    if type(link) is inline.LinkInlineProcessor:
        link.handleMatch = partial(make_link, link.handleMatch)  # type: ignore[method-assign]
    parser.treeprocessors.register(Inline(parser), "inline", 20)
    parser.parser.parseBlocks = Blocks(parser.parser).parse  # type: ignore[method-assign]
    parser.preprocessors.register(Whitespace(parser), "normalize_whitespace", 30)
    for name, priority in (("fenced_code_block", 25), ("html_block", 20)):
        if name in parser.preprocessors:
            step = parser.preprocessors[name]
            parser.preprocessors.register(Seeking(step), name, priority)
    if "toc" in parser.treeprocessors:
        parser.treeprocessors.register(Ids(parser.treeprocessors["toc"]), "toc", 5)
    parser.treeprocessors.register(Unescape(parser), "unescape", 0)
    parser.serializer = write_html
    # It looks through a list for every element.
    parser.is_block_level = lru_cache(TAGS_KEPT)(parser.is_block_level)  # type: ignore[method-assign]


def find_signs(text: str, signs: tuple[str, ...]) -> list[str]:
    """Give those of some signs that a text has; the last part of a sign is the rarest."""
    return [sign for sign in signs if sign[-1:] in text and sign in text]


class Whitespace(NormalizeWhitespace):
    """Clean a text up."""

    def run(self, lines: list[str]) -> list[str]:
        """Do so where something is to be done; two line ends are added in any case."""
        text = "\n".join(lines)
        return super().run(lines) if find_signs(text, UNCLEAN) else [*lines, "", ""]


class Seeking(Preprocessor):
    """Take a step only if a text has a sign of what it seeks."""

    def __init__(self, step: Preprocessor) -> None:
        """Note what the step needs."""
        super().__init__(step.md)
        self.step = step
        self.signs = SEEKING.get(type(step), ("",))

    def run(self, lines: list[str]) -> list[str]:
        """Give the text as the step leaves it."""
        text = "\n".join(lines)
        return self.step.run(lines) if find_signs(text, self.signs) else lines


class Ids(Treeprocessor):
    """Give the headings their ids, and make no table of them: nobody asks for one."""

    def __init__(self, table: Treeprocessor) -> None:
        """Take over how an id is made of words."""
        super().__init__(table.md)
        self.slugify, self.separator = itemgetter("slugify", "sep")(vars(table))

    def run(self, root: etree.Element) -> None:
        """Make an id for each heading, none of which has one as yet."""
        elements = list(root.iter())
        headings = [element for element in elements if element.tag in HEADINGS]
        if not headings:
            return
        used = {name for element in elements if (name := element.get("id")) is not None}
        # What the author has named in HTML keeps its name, as where `<a name="x">` stands above "## X".
        for source in map(str, self.md.htmlStash.rawHtmlBlocks):
            used.update(NAMED.findall(source))
        counters: dict[str, int] = {}
        for heading in headings:
            name = self.slugify(self.read_words(heading), self.separator)
            heading.attrib["id"] = toc.unique(name, used, counters)

    def read_words(self, heading: etree.Element) -> str:
        """Give the words of a heading; plain ones need not be written as HTML and read again."""
        text = heading.text or ""
        if len(heading) or CODED.search(text) or (heading.tail or "").strip():
            source = toc.render_inner_html(toc.remove_fnrefs(heading), self.md)
            return html.unescape(toc.strip_tags(source))
        return " ".join(text.split())


class Unescape(UnescapeTreeprocessor):
    """Put the signs back that had a backslash."""

    def run(self, root: etree.Element) -> None:
        """Do so if there is any backslash: the rules for it are the only ones that hide signs."""
        if any("\\" in line for line in vars(self.md)["lines"]):
            super().run(root)


def make_link(long_way: MakeLink, match: re.Match[str], data: str) -> Made:
    """Make a link of the plainest kind, which the library reads sign by sign."""
    plain = PLAIN_LINK.match(data, match.end())
    if not plain:
        return long_way(match, data)
    element = etree.Element("a", {"href": plain[2]})
    element.text = plain[1]
    return element, match.start(), plain.end()


def write_html(root: etree.Element) -> str:
    """Write elements as HTML; their names and attributes are plain text, as the rules make them."""
    made: list[str] = []
    waiting: list[etree.Element | str] = [root]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            made.append(part)
            continue
        tag, text, tail = part.tag, part.text, part.tail
        start = f"<{tag}"
        attributes = part.items()
        for name, value in sorted(attributes) if attributes else ():
            written = ESCAPE_VALUE(value)
            is_switch = name == written and name in SWITCHES
            start += f" {name}" if is_switch else f' {name}="{written}"'
        made.append(f"{start}>{ESCAPE(text)}" if text else f"{start}>")
        end = "" if tag in EMPTY else f"</{tag}>"
        if tail:
            end += ESCAPE(tail) if tail != "\n" else tail
        if len(part):
            waiting.append(end)
            waiting.extend(reversed(part))
        else:
            made.append(end)
    return "".join(made)


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
        self.select = lru_cache(SELECTIONS_KEPT)(self.select_rules)

    def select_rules(self, found: tuple[str, ...]) -> list[tuple[int, Pattern, bool]]:
        """Give the rules that need one of some signs, with their numbers."""
        return [
            (number, rule, is_referring)
            for number, (rule, signs, is_referring) in enumerate(self.rules)
            if not set(found).isdisjoint(signs)
        ]

    def handle(self, data: str, patternIndex: int = 0) -> str:
        """Put placeholders in place of what the rules from the given one on find in a text.

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


setattr(Inline, HANDLE, Inline.handle)


class Blocks:
    """Parse blocks."""

    def __init__(self, parser: BlockParser) -> None:
        """Note the rules in their order."""
        self.rules = [(rule, CLAIMING.get(type(rule), "")) for rule in parser.blockprocessors]
        self.paragraph = self.rules[-1][0]
        self.are_known = all(type(rule) in CLAIMING for rule, _ in self.rules)

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
