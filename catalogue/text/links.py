"""Resolve the author's links and pictures to files and addresses of the site.

Links are written as an editor shows them (`../images/desk.png`, `weeding.md`), as Pelican writes
them (`{filename}weeding.md`, `{static}/images/desk.png`), as a reader sees them (`/about/`), or by the
name of a text (`[[weeding]]`, see wiki_links.py), whose target is that name until all texts are known.
"""

import posixpath
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from catalogue.folding import compose
from catalogue.problems import Problem, shorten
from catalogue.slugs import format_topic_slug
from catalogue.text.encoding import FORBIDDEN_CHARACTERS
from catalogue.text.html_allowlist import NOTE_IDS, PAGE_IDS
from catalogue.text.html_reader import Reference
from catalogue.text.targets import PAGE, QUERY_SIGNS, TARGET_CLOSE, TARGET_OPEN
from catalogue.text.web_addresses import (
    check_address,
    explain_elsewhere,
    strip_curly,
    write_outside,
)
from catalogue.text.wiki_links import (
    find_heading,
    is_wiki_address,
    show_typed,
    split_wiki_address,
)

ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
MAIL = re.compile(r"[^/@\s]+@[^/@\s]+\.[a-z]+")
TARGET_NOUNS = {
    "a": "page or file",
    "audio": "recording",
    "img": "picture",
    "track": "file of subtitles",
    "video": "film",
}
# The ids that a heading would have, but for those that the page itself or a note has.
TAKEN_ID = re.compile(rf"(?:{PAGE_IDS.pattern}|{NOTE_IDS.pattern})(?:-\d+)?", re.DOTALL)
INSIDE = re.compile(r"^[./]*content/(.+)")  # a path from above the content folder
# What is escaped in words, and nowhere in the address of another site.
ESCAPED = re.compile(r"\\(?=[_*~@#()\[\]-])")
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
            targets[key] = write_outside(url)
            if "://localhost" in url or "://127.0.0.1" in url:
                seen = f"{show(url)} leads to your own computer"
                place = urlsplit(url).path
                remedy = f"Write: {show(place)}" if place else "Write the public address."
                text = f"{seen}. {remedy}"
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


def take_backslashes_out(url: str) -> str:
    """Return what was meant by an address with backslashes."""
    place, mark, query = url.partition("?")  # in a query it is no slash that was meant
    if place.startswith(("http://", "https://")):
        place = ESCAPED.sub("", place)
    return place.replace("\\", "/") + mark + query.replace("\\", "%5C")


def resolve(url: str, path: str, tag: str = "a") -> tuple[str, str] | None:
    """Return the target and fragment of a link in the file `path`; None when it leaves the site.

    What another tag than `a` shows has to be a file of the site.
    Raises Unresolved.
    """
    url = url.strip()
    if "\\" in url:
        raise Unresolved(f"{show(url)} has backslashes. Write: {show(take_backslashes_out(url))}")
    if url[:1] in ("{", "|") and (indicator := INDICATOR.fullmatch(url)):
        return resolve_indicator(indicator[1], *split_url(indicator[2]), path)
    if ELSEWHERE.match(url):
        if tag != "a":
            raise Unresolved(explain_elsewhere(url, find_noun(tag)))
        return None
    if url.lower().startswith("www.") and tag != "a":
        raise Unresolved(explain_elsewhere(url, find_noun(tag)))
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
        if inside := INSIDE.search(target):
            way = posixpath.relpath(inside[1], posixpath.dirname(path) or ".")
            remedy = f"Write the way from this file: {show(way)}"
        raise Unresolved(f"{show(url)} leads out of the content folder. {remedy}")
    return target


def find_source(address: str, sources: Mapping[str, str]) -> str | None:
    """Return the source of an address, written with its last slash or without; None if it has none."""
    return next((sources[form] for form in list_forms(address) if form in sources), None)


def list_forms(address: str) -> list[str]:
    """Return an address as a page may have it: as it is, with its last slash, without its file's name."""
    index = f"{address.removesuffix('/index.html')}/"  # the same as before without such an ending
    return [address, address if address.endswith("/") else f"{address}/", index]
