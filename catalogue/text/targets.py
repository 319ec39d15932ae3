"""Put the addresses of the site's files into the HTML of a text.

In a record's HTML an internal link is kept as TARGET_OPEN + target + TARGET_CLOSE, two code points
that are refused in the author's text, so that no text can look like one. Its address is put in when
the addresses of all files are known; a picture or a film gets its size, and a PDF its kind, then too.
"""

import html
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from catalogue.folder.sizes import format_size
from catalogue.text.html_allowlist import FOLLOWED
from catalogue.text.wiki_links import show_typed

ADDRESSES_CACHED = 50_000
WIDEST = 1200  # pixels: no screen needs more of a picture in the text
TARGET_OPEN, TARGET_CLOSE = "\ufdd0", "\ufdd1"
# A target is the beginning of an attribute's value; what looks like one elsewhere is none. Its first sign
# is sought, which is quick, and then what stands before it.
BEFORE_TARGET = "|".join(f'(?<={name}="{TARGET_OPEN})' for name in FOLLOWED)
TARGET = re.compile(f'{TARGET_OPEN}(?:{BEFORE_TARGET})([^{TARGET_CLOSE}"<>]*){TARGET_CLOSE}')
# A picture of the site's own, whole; its attributes before and after its address.
PICTURE = re.compile(
    rf'<img\b((?: [a-z-]+(?:="[^"]*")?)*?) src="{TARGET_OPEN}([^{TARGET_CLOSE}"<>]*){TARGET_CLOSE}"'
    r'((?: [a-z-]+(?:="[^"]*")?)*)'
)
# A film, with its first file where that has a tag of its own.
FILM = re.compile(r"<video\b([^<>]*)>(\s*<source\b[^<>]*>)?")
FILM_TARGET = re.compile(rf' src="{TARGET_OPEN}([^{TARGET_CLOSE}"<>]*){TARGET_CLOSE}"')
ALTERNATIVE = re.compile(r' alt="([^"]*)"')
PDF_TARGET = re.compile(rf"{TARGET_CLOSE}(?<=\.pdf{TARGET_CLOSE})", re.IGNORECASE)
# A link to a PDF of the site's own, whole, and what stands in parentheses behind it.
PDF_LINK = re.compile(
    rf'<a [^<>]*href="{TARGET_OPEN}([^{TARGET_CLOSE}"<>]*\.pdf){TARGET_CLOSE}[^<>]*>'
    r"((?:[^<]|<(?!/?a\b))*)</a>"
    r"(?=(?:\s|&nbsp;)*(\((?:[^()<]|<(?!/?a\b))*\))?)",
    re.IGNORECASE,
)
TAG = re.compile("<[^<>]*>")
PDF_TYPED = re.compile(r"\bPDF\b", re.IGNORECASE)
SIZE_TYPED = re.compile(r"\d(?:\s|&nbsp;)?[kKM]i?B\b")
OWN_SIZE = re.compile(r' (width|height)="([^"]*)"')
PATH_SIGNS = "/:@!$&'()*+,;=~"  # that stay (RFC 3986, 3.3)
QUERY_SIGNS = "%/?:@!$&'()*+,;=~"  # that stay (RFC 3986, 3.4), also those that are coded already
# A link by name; links do not stand in each other.
WIKI_TARGET = re.compile(
    rf'<a ((?:[a-z-]+="[^"]*" )*href="){TARGET_OPEN}(\[\[[^{TARGET_CLOSE}"<>]*\]\]){TARGET_CLOSE}'
    r'("(?: [a-z-]+="[^"]*")*>)(.*?)</a>',
    re.DOTALL,
)
PAGE = re.compile(r"|.*/[^./]*|.*\.(?:md|markdown|html)", re.DOTALL)  # by its address or its file


class Target(NamedTuple):
    """The target of a link: a page, a picture or another file."""

    address: str
    width: int = 0  # of a picture or film, in pixels on the screen
    height: int = 0
    fragment: str = ""  # of a link by name; an id, or of another file than a text as it was typed
    variants: Sequence[tuple[int, str]] = ()  # of a picture: smaller widths, each with its address
    size: int = 0  # of a file to hand out, in bytes


def expand_links(
    source: str, root: str, targets: Mapping[str, Target], sizes: str = "", is_first: bool = True
) -> str:
    """Return HTML with addresses in place of targets: `root` before each, `targets` as the catalogue's.

    A picture gets its width and height; for a page, `sizes` says how wide one is shown (HTML, 4.8.4.2.2),
    and all but the first of the page are loaded when they are needed; `is_first` is whether the first is
    in here. A path that is no target's (only a preview shows such a text) leads nowhere; a link by a name
    that is none is what was typed.
    """

    def expand(match: re.Match[str]) -> str:
        path = html.unescape(match[1])
        address = targets[path].address if path in targets else f"/{path.removeprefix('/')}"
        return root + quote_address(address)

    def expand_wiki(match: re.Match[str]) -> str:
        before, name, after, words = match.groups()
        target = targets.get(html.unescape(name))
        if target is None:
            return show_typed(name, words)
        signs = "/" if PAGE.fullmatch(target.address) else QUERY_SIGNS
        fragment = f"#{html.escape(quote(target.fragment, safe=signs))}" if target.fragment else ""
        # As a target still, so that of a PDF kind and size are told.
        address = f"{TARGET_OPEN}{html.escape(target.address)}{TARGET_CLOSE}"
        return f"<a {before}{address}{fragment}{after}{words}</a>"

    if TARGET_OPEN not in source:
        return source
    if f"{TARGET_OPEN}[[" in source:
        source = WIKI_TARGET.sub(expand_wiki, source)
    if PDF_TARGET.search(source):
        source = tell_sizes(source, targets)
    if "<img" in source:
        source = expand_pictures(source, root, targets, sizes, is_first)
    if "<video" in source:
        source = size_films(source, targets)
    return TARGET.sub(expand, source)


def tell_sizes(source: str, targets: Mapping[str, Target]) -> str:
    """Return HTML in which the kind and size of each PDF stand behind its link, unless they are typed."""

    def tell(link: re.Match[str]) -> str:
        path, words, after = link.groups()
        target = targets.get(html.unescape(path))
        if not (target and target.size):
            return link[0]
        typed = TAG.sub("", f"{words} {after or ''}")
        kind = "" if PDF_TYPED.search(typed) else "PDF"
        size = "" if SIZE_TYPED.search(typed) else format_size(target.size).replace(" ", "&nbsp;")
        told = ", ".join(filter(None, (kind, size)))
        return f"{link[0]} ({told})" if told else link[0]

    return PDF_LINK.sub(tell, source)


def expand_pictures(
    source: str, root: str, targets: Mapping[str, Target], sizes: str, is_first: bool
) -> str:
    """Return HTML in which the site's own pictures have what a browser needs to know before it loads them."""

    def expand(match: re.Match[str]) -> str:
        nonlocal is_first
        before, path, after = match.groups()
        target = targets.get(html.unescape(path))
        if not (target and target.width):
            return match[0]
        lazy = "" if is_first or not sizes else ' loading="lazy" decoding="async"'
        is_first = False
        attributes = f'{before} src="{root}{quote_address(target.address)}"{after}'
        return f"<img{set_size(attributes, target)}{format_srcset(target, root, sizes)}{lazy}"

    return PICTURE.sub(expand, source)


def size_films(source: str, targets: Mapping[str, Target]) -> str:
    """Return HTML in which the site's own films have their size, by their first file."""

    def size(match: re.Match[str]) -> str:
        attributes, file = match[1], match[2] or ""
        path = FILM_TARGET.search(attributes) or FILM_TARGET.search(file)
        target = targets.get(html.unescape(path[1])) if path else None
        if not (target and target.width):
            return match[0]
        return f"<video{set_size(attributes, target)}>{file}"

    return FILM.sub(size, source)


def find_picture_text(source: str, path: str) -> str:
    """Return the alternative text of the first picture of a path in the HTML of a text, as plain text."""
    for before, target, after in PICTURE.findall(source):
        if html.unescape(target) == path:
            found = ALTERNATIVE.search(before + after)
            return html.unescape(found[1]) if found else ""
    return ""


def set_size(attributes: str, target: Target) -> str:
    """Return the attributes of what is shown with its size; a typed width in pixels sets the height."""
    width, height = target.width, target.height
    typed = dict(OWN_SIZE.findall(attributes))
    if not all(size.isascii() and size.isdecimal() and int(size) for size in typed.values()):
        return attributes  # a share of the line: of what, only the style knows
    if "width" in typed:
        width, height = int(typed["width"]), round(height * int(typed["width"]) / width) or 1
    elif "height" in typed:
        width, height = round(width * int(typed["height"]) / height) or 1, int(typed["height"])
    if len(typed) == len(("width", "height")):
        return attributes
    return f'{OWN_SIZE.sub("", attributes)} width="{width}" height="{height}"'


def format_srcset(target: Target, root: str, sizes: str) -> str:
    """Return the attributes that let a browser choose a width; nothing if there is no choice."""
    if not (sizes and target.variants):
        return ""
    choices = [*target.variants]
    if target.width < WIDEST or choices[-1][0] < WIDEST:  # wider ones saved no byte
        choices.append((target.width, target.address))
    listed = ", ".join(f"{root}{quote_address(place)} {width}w" for width, place in choices)
    return f' srcset="{listed}" sizes="{sizes}"'


def encode_address(address: str) -> str:
    """Return an address as a URL has it: all that no URL may hold is percent-encoded."""
    return quote(address, safe=PATH_SIGNS)


@lru_cache(maxsize=ADDRESSES_CACHED)
def quote_address(address: str) -> str:
    """Return an address as an attribute has it: percent-encoded, and with its signs escaped."""
    return html.escape(encode_address(address))
