"""Put words in place of a still that is the link to its film, in Markdown or in HTML.

Such is how films are linked to where none can be embedded. The still itself lies on the film's site, and
a page asks no other site for anything.
"""

import html
import re
import xml.etree.ElementTree as etree
from collections.abc import Mapping
from typing import NamedTuple

from catalogue.text.figures import find_lone
from catalogue.text.films import Film, find_film, is_still
from catalogue.text.tree_tags import RAW_HTML

# What stands in a tag behind its name: at most so much that a long text is looked through once.
SIGNS = r"(?:[^<>\"']|\"[^\"]{0,2000}\"|'[^']{0,2000}'){0,4000}+"
LINK = re.compile(rf"<a\s(?P<link>{SIGNS})>", re.IGNORECASE)
PICTURE = re.compile(rf"<img\s(?P<picture>{SIGNS})>", re.IGNORECASE)
LINK_END = re.compile(r"</a\s*>", re.IGNORECASE)
LINKED_PICTURE = re.compile(
    rf"{LINK.pattern}\s*{PICTURE.pattern}\s*{LINK_END.pattern}", re.IGNORECASE
)
ATTRIBUTE = re.compile(
    r"""(?:^|\s)([a-z]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)


class Still(NamedTuple):
    """A link that a still of its film is in: what it leads to, and what is shown of it."""

    film: Film
    address: str  # as it is typed
    words: str
    caption: str  # empty for none


def read_attributes(written: str) -> dict[str, str]:
    """Return the attributes that stand in a tag of HTML; of two with one name the first, as browsers do."""
    found = [
        (name.lower(), html.unescape("".join(rest))) for name, *rest in ATTRIBUTE.findall(written)
    ]
    return dict(reversed(found))


def find_still(link: Mapping[str, str], picture: Mapping[str, str]) -> Still | None:
    """Return a link with a picture in it, by their attributes, if that is a still of the film it leads to."""
    address, shown = link.get("href", "").strip(), picture.get("src", "").strip()
    film = find_film(address)
    if not (film and (is_still(shown, film) or find_film(shown) == film)):
        return None
    words = " ".join(picture.get("alt", "").split()) or film.words
    caption = link.get("title") or picture.get("title") or ""
    return Still(film, address, words, " ".join(caption.split()))


def read_still(source: str) -> Still | None:
    """Return the same of a link with a picture in it that is typed as HTML."""
    found = LINKED_PICTURE.fullmatch(source)
    if not found:
        return None
    return find_still(read_attributes(found["link"]), read_attributes(found["picture"]))


def name_stills(leaf: etree.Element) -> None:
    """Put a link with words in place of each in a block of text that a still of its film is in."""
    for parent in [*leaf.iter()] if len(leaf) else ():
        picture = find_lone(parent) if parent.tag == "a" else None
        if picture is None:
            if len(parent) > 2:
                name_typed_stills(parent)
        elif still := find_still(parent.attrib, read_picture(picture)):
            set_still(parent, still, picture.text or "")


def name_typed_stills(parent: etree.Element) -> None:
    """Put a link with words in place of each in an element whose own tags are typed as HTML."""
    children = [*parent]
    links: dict[int, etree.Element] = {}
    for place, opened in enumerate(children[:-2]):
        link = read_link(opened, *children[place + 1 : place + 3])
        if link is not None:
            links[place] = link
    covered = {place + more for place in links for more in (1, 2)}
    if links:
        parent[:] = [links.get(n, child) for n, child in enumerate(children) if n not in covered]


def read_link(
    opened: etree.Element, picture: etree.Element, closed: etree.Element
) -> etree.Element | None:
    """Return a link with words in place of an opening tag, a still of the film, and a closing tag."""
    found = LINK.fullmatch(opened.text or "") if opened.tag == RAW_HTML else None
    between = f"{opened.tail or ''}{picture.tail or ''}"
    if not found or between.strip() or not LINK_END.fullmatch(closed.text or ""):
        return None
    still = find_still(read_attributes(found["link"]), read_picture(picture))
    if not still:
        return None
    link = etree.Element("a")
    set_still(link, still, f"{opened.text}{picture.text or ''}{between}")
    link.tail = closed.tail
    return link


def read_picture(element: etree.Element) -> Mapping[str, str]:
    """Return the attributes of a picture, written in Markdown or HTML; none if it is something else."""
    if element.tag == "img":
        return element.attrib
    found = PICTURE.fullmatch(element.text or "") if element.tag == RAW_HTML else None
    return read_attributes(found["picture"]) if found else {}


def set_still(link: etree.Element, still: Still, typed: str) -> None:
    """Let a link show words and nothing else; `typed` is the HTML in their place, whose lines they keep.

    They do so as far as they have blanks, which line ends stand for as well.
    """
    link[:] = []
    link.text = still.words.replace(" ", "\n", typed.count("\n"))
    link.set("href", still.address)
    if still.caption:
        link.set("title", still.caption)
