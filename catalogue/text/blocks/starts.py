"""List what may start a block, by the first sign of the line, in the specification's precedence."""

from collections.abc import Mapping

from catalogue.text.blocks.code import start_fence
from catalogue.text.blocks.cursor import StartBlock
from catalogue.text.blocks.headings import start_heading, start_rule, start_underline
from catalogue.text.blocks.html import start_html
from catalogue.text.blocks.lists import start_item
from catalogue.text.blocks.notes import start_abbreviation, start_note
from catalogue.text.blocks.quotations import start_admonition, start_quote
from catalogue.text.blocks.tables import start_table
from catalogue.text.blocks.term_lists import start_definition

Starts = Mapping[str, tuple[StartBlock, ...]]

# Comments know no HTML, notes, abbreviations, admonitions, tables and definitions.
COMMENT_STARTS: Starts = {
    "#": (start_heading,),
    ">": (start_quote,),
    "`": (start_fence,),
    "~": (start_fence,),
    "=": (start_underline,),
    "-": (start_underline, start_rule, start_item),
    "*": (start_rule, start_item),
    "_": (start_rule,),
    "+": (start_item,),
    **dict.fromkeys("0123456789", (start_item,)),
}
STARTS: Starts = {
    **COMMENT_STARTS,
    "<": (start_html,),
    "-": (*COMMENT_STARTS["-"], start_table),
    "*": (start_abbreviation, *COMMENT_STARTS["*"]),
    "[": (start_note,),
    "|": (start_table,),
    ":": (start_definition, start_table),
    "!": (start_admonition,),
}
