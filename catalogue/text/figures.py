"""Make figures of what stands alone in a paragraph, and players of recordings.

`![what it shows](desk.jpg "The desk in 1962")` is a picture with its caption, and the address of a film on
another site is a figure that links there. A recording or a film of the site's own, written as a picture,
is the browser's player wherever it stands.
"""

import posixpath
import re
import xml.etree.ElementTree as etree

from catalogue.folder.layout import PLAYED_ENDINGS
from catalogue.problems import shorten
from catalogue.text.films import find_film

SHOWN = frozenset(("img", "audio", "video"))
FILM_ENDINGS = frozenset((".mp4", ".webm"))
ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def make_figure(paragraph: etree.Element) -> str:
    """Make a figure of a paragraph that holds nothing but a picture with a caption, a player, or a film.

    Return the caption as it is typed; empty if there is none.
    """
    inside = find_lone(paragraph)
    if inside is None:
        return ""
    picture = find_lone(inside) if inside.tag == "a" else inside
    if picture is not None and picture.tag in SHOWN:
        has_caption = picture.get("title", "").strip()
        if picture.tag == "img" and not (picture.get("src") and has_caption):
            return ""
        paragraph.tag = "figure"
        return picture.attrib.pop("title") if has_caption else ""
    address = inside.get("href", "")
    if inside.tag == "a" and inside.text == address and (film := find_film(address)):
        paragraph.tag = "figure"
        inside.set("href", film.address)
        inside.text = film.words
    return ""


def find_lone(parent: etree.Element) -> etree.Element | None:
    """Return the only thing that is in an element; None if there is more, or text around it."""
    if len(parent) != 1 or (parent.text or "").strip() or (parent[0].tail or "").strip():
        return None
    return parent[0]


def make_player(picture: etree.Element) -> str:
    """Turn a picture into the browser's player if its file is played; its words are the player's name.

    Return what is wrong with it, if anything is.
    """
    address = picture.get("src", "")
    place = address.partition("#")[0].partition("?")[0]
    ending = posixpath.splitext(place)[1].lower()
    if ending not in PLAYED_ENDINGS or ELSEWHERE.match(address):
        return ""
    name = posixpath.basename(place.replace("\\", "/"))
    words = picture.get("alt", "").strip()
    title = picture.get("title")
    is_film = ending in FILM_ENDINGS
    picture.tag = "video" if is_film else "audio"
    picture.attrib.clear()
    preload = "metadata" if is_film else "none"
    picture.attrib |= {"aria-label": words or name, "controls": "", "preload": preload}
    picture.attrib |= {"src": address, **({"title": title} if title else {})}
    etree.SubElement(picture, "a", {"href": address}).text = words or name
    if words:
        return ""
    remedy = f"Write: ![its name]({shorten(address, 100)})"
    return f"The {'film' if is_film else 'recording'} {shorten(name)} has no name. {remedy}"
