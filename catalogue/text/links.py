"""Resolve the author's links and pictures to files and addresses of the site.

Links are written as an editor shows them (`../images/desk.png`, `weeding.md`), as Pelican writes
them (`{filename}weeding.md`, `{static}/images/desk.png`), as a reader sees them (`/about/`), or by the
name of a text (`[[weeding]]`, see wiki_links.py), whose target is that name until all texts are known.

In a record's HTML an internal link is kept as TARGET_OPEN + target + TARGET_CLOSE, two code points
that are refused in the author's text, so that no text can look like one. Its address is put in when
the addresses of all files are known.
"""

import html
import posixpath
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote

from catalogue.folder.sizes import format_size
from catalogue.folding import compose
from catalogue.problems import Problem, shorten
from catalogue.slugs import format_topic_slug
from catalogue.text.encoding import FORBIDDEN_CHARACTERS
from catalogue.text.html_allowlist import FOLLOWED, NOTE_IDS, PAGE_IDS
from catalogue.text.html_reader import Reference
from catalogue.text.web_addresses import check_address, explain_elsewhere, strip_curly
from catalogue.text.wiki_links import (
    find_heading,
    is_wiki_address,
    show_typed,
    split_wiki_address,
)

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
ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
MAIL = re.compile(r"[^/@\s]+@[^/@\s]+\.[a-z]+")
TARGET_NOUNS = {
    "a": "page or file",
    "audio": "recording",
    "img": "picture",
    "track": "file of subtitles",
    "video": "film",
}
# A link by name; links do not stand in each other.
WIKI_TARGET = re.compile(
    rf'<a ((?:[a-z-]+="[^"]*" )*href="){TARGET_OPEN}(\[\[[^{TARGET_CLOSE}"<>]*\]\]){TARGET_CLOSE}'
    r'("(?: [a-z-]+="[^"]*")*>)(.*?)</a>',
    re.DOTALL,
)
# The ids that a heading would have, but for those that the page itself or a note has.
TAKEN_ID = re.compile(rf"(?:{PAGE_IDS.pattern}|{NOTE_IDS.pattern})(?:-\d+)?", re.DOTALL)
PAGE = re.compile(r"|.*/[^./]*|.*\.(?:md|markdown|html)", re.DOTALL)  # by its address or its file
INDICATOR = re.compile(r"[{|](\w+)[}|](.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Link:
    """One internal link: its line, how it was written, and where it leads.

    The target is a path in the content folder (`posts/weeding.md`), an address of the site
    (`/about/`), or empty for a place on the same page. Of a link by name it is the name, `[[weeding]]`,
    unless the name is known to mean a file.
    """

    line: int
    tag: str
    url: str
    target: str
    fragment: str = ""


class Target(NamedTuple):
    """The target of a link: a page, a picture or another file."""

    address: str
    width: int = 0  # of a picture or film, in pixels on the screen
    height: int = 0
    fragment: str = ""  # of a link by name; an id, or of another file than a text as it was typed
    variants: Sequence[tuple[int, str]] = ()  # of a picture: smaller widths, each with its address
    size: int = 0  # of a file to hand out, in bytes


class Unresolved(ValueError):
    """Raised for a link that can lead nowhere; its text says what to write."""


def read_links(
    references: Sequence[Reference],
    path: str,
    find_line: Callable[[Reference], int],
    ids: Collection[str] = (),
) -> tuple[dict[tuple[str, str], str], list[Link], list[Problem]]:
    """Return what to publish of each address of a body, by tag and address, its links, and its problems.

    `find_line` returns the line of the file in which the address of one stands, `ids` are those of the
    body.
    """
    links: list[Link] = []
    problems: list[Problem] = []
    targets: dict[tuple[str, str], str] = {}
    ids = frozenset(ids)
    for reference in references:
        url = strip_curly(reference.url)
        key = (reference.tag, reference.url)
        targets[key] = url
        if check_address(url):
            continue  # reported already
        try:
            target = resolve_own(url, ids) or resolve(url, path, reference.tag)
        except Unresolved as wrong:
            problems.append(Problem(path, find_line(reference), "error", str(wrong)))
            continue
        if target is None:
            if url.startswith("//"):  # so that each address that begins with a / is the site's own
                targets[key] = f"https:{url}"
            if "://localhost" in url or "://127.0.0.1" in url:
                seen = f"{show(url)} leads to your own computer"
                text = f"{seen}. Write the public address."
                problems.append(Problem(path, find_line(reference), "warning", text))
            continue
        typed = show_typed(url) if is_wiki_address(url) else url
        link = Link(find_line(reference), reference.tag, typed, *target)
        links.append(link)
        fragment = f"#{read_fragment(url, link)}" if link.fragment else ""
        place = f"{TARGET_OPEN}{link.target}{TARGET_CLOSE}" if link.target else ""
        if link.target.startswith("/") and link.tag == "a":
            place += read_query(url)
        targets[key] = place + fragment or "#"
    return targets, links, problems


def resolve_own(url: str, ids: Collection[str]) -> tuple[str, str] | None:
    """Return the target and fragment of a link by name, or to a heading whose id the page had to change.

    `ids` are those of the text. None: it is another link.
    """
    if is_wiki_address(url):
        name, heading = split_wiki_address(url)
        found = "" if name else find_heading(heading, ids)
        return ("", found) if found else (url, "")
    if url.startswith("#") and TAKEN_ID.fullmatch(unquote(url[1:])):
        changed = f"my-{compose(unquote(url[1:]))}"
        return ("", changed) if changed in ids else None
    return None


def resolve(url: str, path: str, tag: str = "a") -> tuple[str, str] | None:
    """Return the target and fragment of a link in the file `path`; None when it leaves the site.

    What another tag than `a` shows has to be a file of the site.
    Raises Unresolved.
    """
    url = url.strip()
    if "\\" in url:
        place, mark, query = url.partition("?")  # in a query it is no slash that was meant
        right = place.replace("\\", "/") + mark + query.replace("\\", "%5C")
        remedy = f"Write: {show(right)}"
        raise Unresolved(f"{show(url)} has backslashes. {remedy}")
    if url[:1] in ("{", "|") and (indicator := INDICATOR.fullmatch(url)):
        return resolve_indicator(indicator[1], *split_url(indicator[2]), path)
    if ELSEWHERE.match(url):
        if tag != "a":
            raise Unresolved(explain_elsewhere(url, find_noun(tag)))
        return None
    if url.lower().startswith("www."):
        raise Unresolved(f"{show(url)} does not say https:// first. Write: https://{show(url)}")
    if "@" in url and MAIL.fullmatch(url):
        raise Unresolved(f"{show(url)} does not say mailto: first. Write: mailto:{show(url)}")
    place, fragment = split_url(url)
    if not place and url.startswith("?") and tag == "a":
        raise Unresolved(f"{show(url)} leads nowhere. Write the page's address before the ?")
    if not place or place.startswith("/"):
        return place, fragment
    return resolve_file(place, path, url), fragment


def find_noun(tag: str) -> str:
    """Return what the address in a tag leads to."""
    return TARGET_NOUNS.get(tag, "recording or film")


def show(url: str) -> str:
    """Return an address fit for a message."""
    return shorten(url, 100)


def split_url(url: str) -> tuple[str, str]:
    """Return the path of an address, without a query, and what follows the #; both decoded, in NFC.

    Raises Unresolved for what no text may hold, and no address either.
    """
    place, _, fragment = url.partition("#")
    parts = compose(unquote(place.partition("?")[0])), compose(unquote(fragment))
    if "%" in url and FORBIDDEN_CHARACTERS.search("".join(parts)):
        raise Unresolved(f"{show(url)} holds a sign that cannot be seen. Take out its %-code.")
    return parts


def read_query(url: str) -> str:
    """Return the query of an address as a page has it, with its ?, such as what the search looks for."""
    query = url.partition("#")[0].partition("?")[2]
    return f"?{quote(query, safe=QUERY_SIGNS)}" if query else ""


def read_fragment(url: str, link: Link) -> str:
    """Return what follows the # of an internal link as a page has it.

    On a page that is an id. In another file it may be anything, such as the page of a PDF, and a code in
    it another thing than its sign: it stays as it was typed.
    """
    if PAGE.fullmatch(link.target):
        return link.fragment
    return quote(url.partition("#")[2], safe=QUERY_SIGNS)


def resolve_indicator(word: str, place: str, fragment: str, path: str) -> tuple[str, str]:
    """Return the target and fragment of a link in Pelican's form: `{filename}`, `{static}`, `{tag}`."""
    if word == "index":
        return "/", fragment
    if word in ("tag", "category"):
        return f"topics/{format_topic_slug(place)}.md", fragment
    if word not in ("filename", "static", "attach"):
        known = "{filename} for a post and {static} for a picture"
        raise Unresolved(f"{{{shorten(word)}}} is not a sign for a link. Write {known}.")
    url = f"{{{word}}}{place}"
    return resolve_file(place.lstrip("/"), "" if place.startswith("/") else path, url), fragment


def resolve_file(place: str, path: str, url: str) -> str:
    """Return the path in the content folder of a file named in the file `path`; `url` is for messages."""
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), place))
    if target == ".." or target.startswith("../"):
        remedy = "Copy the file into the content folder and link to it there."
        raise Unresolved(f"{show(url)} leads out of the content folder. {remedy}")
    return target


def find_source(address: str, sources: Mapping[str, str]) -> str | None:
    """Return the source of an address, written with its last slash or without; None if it has none."""
    return next((sources[form] for form in list_forms(address) if form in sources), None)


def list_forms(address: str) -> list[str]:
    """Return an address as a page may have it: as it is, with its last slash, without its file's name."""
    index = f"{address.removesuffix('/index.html')}/"  # the same as before without such an ending
    return [address, address if address.endswith("/") else f"{address}/", index]


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
