"""Put the new addresses of links and pictures in place of the old ones, in the Markdown of a post."""

import re
from collections.abc import Callable

from commands.importers.bodies.html_to_markdown import format_target, is_picture
from commands.importers.bodies.protected import change_prose

# A picture or a link in a line: its words, which may hold brackets in pairs, its address, its title.
WORDS = r"\[((?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*\](?:\([^()\n]*\))?)*)\]"
TITLE = r"(\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?"
ADDRESS = rf"\(\s*(?:<([^<>\n]*)>|((?:[^\s()<>\\]|\\.|\([^\s()]*\))+)){TITLE}\s*\)"
PICTURE = re.compile(rf"!{WORDS}{ADDRESS}", re.DOTALL)
LINK = re.compile(rf"(?<!!){WORDS}{ADDRESS}", re.DOTALL)
# No footnote, which begins with a caret, and whose first word is no address.
REFERENCE = re.compile(r"^( {0,3}\[(?!\^)[^\]\n]+\]:\s*)(?:<([^<>\n]*)>|(\S+))", re.MULTILINE)
IMAGE_TAG = re.compile(r"<img\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE)
TAG_VALUE = re.compile(
    r"""\b(src|href|alt)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
LINK_TAG = re.compile(
    r"<a\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>(.*?)</a\s*>", re.IGNORECASE | re.DOTALL
)

Find = Callable[[str, str], str]


def resolve_markdown(text: str, find_link: Find, find_picture: Find) -> str:
    """Return Markdown with other addresses; the functions are those of `convert_html`."""

    def picture(match: re.Match[str]) -> str:
        words, title = match[1], match[4] or ""
        return format_picture(words, match[2] or match[3], title, find_picture)

    def image(match: re.Match[str]) -> str:
        values = {name.lower(): a or b or c for name, a, b, c in TAG_VALUE.findall(match[0])}
        return format_picture(values.get("alt", ""), values.get("src", ""), "", find_picture)

    def link(match: re.Match[str]) -> str:
        words, address, title = match[1], match[2] or match[3], match[4] or ""
        if words.startswith("![") and is_picture(address):
            return words  # it led to the same picture, only larger
        found = find_link(address, words)
        return f"[{words}]({format_target(found)}{title})" if found else words

    def link_tag(match: re.Match[str]) -> str:
        values = {name.lower(): a or b or c for name, a, b, c in TAG_VALUE.findall(match[1])}
        if not values.get("href"):
            return match[0]
        found = find_link(values["href"], match[2])
        return f"[{match[2]}]({format_target(found)})" if found else match[2]

    def reference(match: re.Match[str]) -> str:
        address = match[2] or match[3]
        is_shown = is_picture(address) and not address.startswith(("http:", "https:"))
        found = (find_picture if is_shown else find_link)(address, "")
        return f"{match[1]}{format_target(found or address)}"

    def change(prose: str) -> str:
        prose = IMAGE_TAG.sub(image, prose)
        prose = PICTURE.sub(picture, prose)
        prose = LINK_TAG.sub(link_tag, prose)
        prose = LINK.sub(link, prose)
        return REFERENCE.sub(reference, prose)

    return change_prose(text, change)


def format_picture(words: str, source: str, title: str, find_picture: Find) -> str:
    """Return a picture at its new address; one of the web as a link, one that is nowhere as its words."""
    if not source:
        return words
    found = find_picture(source, words)
    if found.startswith("../"):
        return f"![{words}]({format_target(found)}{title})"
    caption = title.strip().strip("\"'()")
    shown = words or caption or source.rpartition("/")[2]
    if found:
        return f"[{shown.replace('[', '').replace(']', '')}]({format_target(found)})"
    return shown if not caption or caption == shown else f"{shown} ({caption})"
