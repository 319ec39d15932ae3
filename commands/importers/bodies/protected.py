"""Change a text outside of its code, and what in a Markdown text is a block of HTML otherwise."""

import re
from collections.abc import Callable

from catalogue.text.blocks.html import HTML_NAMES

FENCE = re.compile(
    r"^(?P<fence>[ ]{0,3}(?P<mark>`{3,}|~{3,}))[^\n]*\n.*?(?:^[ ]{0,3}(?P=mark)[`~]*[ \t]*$|\Z)",
    re.MULTILINE | re.DOTALL,
)
CODE = re.compile(
    rf"(?:{FENCE.pattern})|(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"
    r"|<pre\b.*?</pre\s*>|(?P<tag><code\b).*?</code\s*>",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)

OPEN, CLOSE = "\x02", "\x03"  # around the number of a piece of code
HELD = re.compile(f"{OPEN}([0-9]+){CLOSE}")
# From a line that begins with the tag of a block, in a quotation too, to the next blank line no Markdown is
# read (CommonMark 4.6); a <pre> in it goes on to its end, as it does in other programs.
HTML_BLOCK = re.compile(
    rf"(?s:{FENCE.pattern})|(?s:^[ ]{{0,3}}<pre\b.*?</pre\s*>)"
    rf"|(?P<block>^(?P<quoted>(?:[ ]{{0,3}}>)*)[ ]{{0,3}}</?(?:{HTML_NAMES.replace(' ', '|')})(?=[\s>]|/>)"
    r"(?:(?s:<pre\b.*?</pre\s*>)|[^\n]|\n(?!(?:[ ]{0,3}>)*[ \t]*(?:\n|\Z)))*)",
    re.MULTILINE | re.IGNORECASE,
)
INNER_CODE = re.compile(r"\s*(<pre\b.*?</pre\s*>)", re.DOTALL | re.IGNORECASE)
UNSEEN = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->", re.DOTALL)


def change_prose(text: str, change: Callable[[str], str]) -> str:
    """Return a text with its prose changed, and what is code in Markdown or HTML as it is.

    Code in a line stands as a number between two marks while its prose is changed: a link or a picture
    whose words have code in them is whole. A text of an import has neither of the marks.
    """
    pieces: list[str] = []
    inside: list[str] = []
    end, prose = 0, ""
    for match in CODE.finditer(text):
        prose += text[end : match.start()]
        end = match.end()
        if match["ticks"] or match["tag"]:
            prose += f"{OPEN}{len(inside)}{CLOSE}"
            inside.append(match[0])
        else:
            pieces += [change(prose), match[0]]
            prose = ""
    pieces.append(change(prose + text[end:]))
    return (
        HELD.sub(lambda match: inside[int(match[1])], "".join(pieces))
        if inside
        else "".join(pieces)
    )


def change_text(text: str, change: Callable[[str], str], change_html: Callable[[str], str]) -> str:
    """Return a Markdown text with its prose changed, and its blocks of HTML by a function of their own."""
    pieces, end = [], 0
    for match in HTML_BLOCK.finditer(text):
        if match["block"]:
            # There a <pre> is whole if it begins a block of its own.
            block = INNER_CODE.sub(r"\n\n\1", match[0])
            pieces += [change_prose(text[end : match.start()], change), change_html(block)]
            end = match.end()
    return "".join([*pieces, change_prose(text[end:], change)])


def is_html(text: str) -> bool:
    """Return whether a text has nothing but blocks of HTML, so that it is the same without Markdown."""
    rest = HTML_BLOCK.sub(lambda match: match[0] if match["fence"] or match["quoted"] else "", text)
    return bool(text.strip()) and not UNSEEN.sub("", rest).strip() and "markdown=" not in text
