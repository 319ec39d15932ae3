"""Put the new addresses of links and pictures in place of the old ones, in the Markdown of a post."""

import html
import re
from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

from commands.importers.bodies.html_to_markdown import format_target, is_picture
from commands.importers.bodies.protected import change_text

# A picture or a link in a line: its words, which may hold brackets in pairs, its address, its title. Words
# without an end are not read in each other way that they can be, which are twice as many with each link.
WORDS = r"\[((?>[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*+\](?:\([^()\n]*\))?+)*+)\]"
TITLE = r"(\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?"
ADDRESS = rf"\(\s*(?:<([^<>\n]*)>|((?:[^\s()<>\\]|\\.|\([^\s()]*\))+)){TITLE}\s*\)"
PICTURE = re.compile(rf"!{WORDS}{ADDRESS}", re.DOTALL)
LINK = re.compile(rf"(?<!!){WORDS}{ADDRESS}", re.DOTALL)
# No footnote, which begins with a caret, and whose first word is no address.
REFERENCE = re.compile(r"^( {0,3}\[(?!\^)[^\]\n]+\]:\s*)(?:<([^<>\n]*)>|(\S+))", re.MULTILINE)
INSIDE = r"(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*"  # of a tag; a value with a < has lost its end
IMAGE_TAG = re.compile(rf"<img\b{INSIDE}>", re.IGNORECASE)
TAG_VALUE = re.compile(
    r"""\b(src|href|alt)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
LINK_TAG = re.compile(rf"<a\b({INSIDE})>(.*?)</a\s*>", re.IGNORECASE | re.DOTALL)
# Either of them in a block of HTML.
TAGS = re.compile(
    rf"<a\b(?P<tag>{INSIDE})>(?P<words>.*?)</a\s*>|(?P<image><img\b{INSIDE}>)",
    re.IGNORECASE | re.DOTALL,
)

Find = Callable[[str, str], str]


def resolve_markdown(text: str, find_link: Find, find_picture: Find) -> str:
    """Return Markdown with other addresses; the functions are those of `convert_html`."""

    def picture(match: re.Match[str]) -> str:
        words, title = match[1], match[4] or ""
        return format_picture(words, match[2] or match[3], title, find_picture)

    def image(match: re.Match[str]) -> str:
        values = read_values(match[0])
        return format_picture(values.get("alt", ""), values.get("src", ""), "", find_picture)

    def link(match: re.Match[str]) -> str:
        words, address, title = match[1], match[2] or match[3], match[4] or ""
        return format_link(words, address, title, find_link)

    def link_tag(match: re.Match[str]) -> str:
        address = read_values(match[1]).get("href")
        return format_link(match[2], address, "", find_link) if address else match[0]

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

    return change_text(
        text, change, partial(resolve_block, find_link=find_link, find_picture=find_picture)
    )


def resolve_block(block: str, find_link: Find, find_picture: Find) -> str:
    """Return a block of HTML with other addresses; it stays HTML, for no Markdown is read in it."""

    def image(match: re.Match[str]) -> str:
        values = read_values(match[0])
        words, source = values.get("alt", ""), values.get("src", "")
        found = find_picture(source, words) if source else ""
        if found.startswith("../"):
            return f'<img src="{html.escape(found)}" alt="{words}">'
        words = words or source.rpartition("/")[2]
        return f'<a href="{html.escape(found)}">{words}</a>' if found else words

    def part(match: re.Match[str]) -> str:
        if match["image"]:
            return image(match)
        address, words = read_values(match["tag"]).get("href"), match["words"]
        shown = IMAGE_TAG.sub(image, words)
        if not address or (shown.startswith("<img") and is_picture(address)):
            return shown
        found = find_link(html.unescape(address), words)
        if not found:
            return shown
        whole = f'<a href="{html.escape(found)}">'
        if "<a " in shown:  # to a picture, which is shown nowhere here: no link stands in another
            return f"{shown} ({whole}{name_place(found)}</a>)"
        return f"{whole}{shown}</a>"

    return TAGS.sub(part, block)


def read_values(tag: str) -> dict[str, str]:
    """Return the addresses and the words of a tag by their names."""
    return {name.lower(): a or b or c for name, a, b, c in TAG_VALUE.findall(tag)}


def format_link(words: str, address: str, title: str, find_link: Find) -> str:
    """Return a link at its new address; one that leads nowhere as its words."""
    if words.startswith("![") and is_picture(address):
        return words  # it led to the same picture, only larger
    found = find_link(address, words)
    if not found:
        return words
    if LINK.fullmatch(
        words
    ):  # to a picture, which is shown nowhere here: no link stands in another
        return f"{words} ([{name_place(found)}]({format_target(found)}))"
    return f"[{words}]({format_target(found)}{title})"


def name_place(address: str) -> str:
    """Return the words of a link to an address that has none."""
    return urlsplit(address).hostname or address


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
