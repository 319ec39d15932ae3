"""Build a Markdown parser: Python-Markdown, with what is mended and made faster in it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from catalogue.known_versions import are_known

if TYPE_CHECKING:
    from markdown import Markdown
    from markdown.extensions import Extension

# Python-Markdown is loaded when there is something to read: a run with nothing changed has nothing.


def make_text_parser() -> "Markdown":
    """Return a parser with the extensions that a librarian's posts use."""
    from markdown.extensions.tables import TableExtension

    from catalogue.text.heading_ids import HeadingIds

    extensions = ["abbr", "def_list", "fenced_code", "footnotes", "sane_lists"]
    parser = make_parser([*extensions, TableExtension(use_align_attribute=True), HeadingIds()])
    # As everywhere else where Markdown is written (CommonMark 0.31, 2.4): \< is a plain sign.
    parser.ESCAPED_CHARS.append("<")
    change_rules(parser)
    return parser


def make_comment_parser() -> "Markdown":
    """Return a parser that knows no HTML: a tag is shown as it was typed."""
    parser = make_parser(["fenced_code", "sane_lists"])
    parser.preprocessors.deregister("html_block")
    parser.inlinePatterns.deregister("html")
    change_rules(parser)
    return parser


def make_parser(extensions: Sequence["str | Extension"]) -> "Markdown":
    """Return a parser as the library makes it."""
    from markdown import Markdown

    return Markdown(extensions=extensions, output_format="html")


def change_rules(parser: "Markdown") -> None:
    """Change the rules of a complete parser.

    What leans on the inside of the library is left out for versions that it was not made for.
    """
    from catalogue.text.references import restrict_references

    restrict_references(parser)
    if are_known("Markdown"):
        from catalogue.text.emphasis import replace_emphasis
        from catalogue.text.fast_markdown import skip_idle_rules

        replace_emphasis(parser)
        skip_idle_rules(parser)
