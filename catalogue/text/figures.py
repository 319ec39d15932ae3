"""Make figures of what stands alone in a paragraph, and players of recordings.

`![what it shows](desk.jpg "The desk in 1962")` is a picture with its caption, and a film on another site is
a figure that links there, by its address, as a link with its title or a picture, or written as a picture.
A recording or a film of the site's own, written as a picture, is the browser's player wherever it stands.
"""

import posixpath
import re
import xml.etree.ElementTree as etree
from typing import NamedTuple

from catalogue.folder.layout import PLAYED_ENDINGS
from catalogue.problems import shorten
from catalogue.text.films import Film, find_film
from catalogue.text.web_addresses import show_destination

PLAYERS = frozenset(("audio", "video"))
FILM_ENDINGS = frozenset((".mp4", ".webm"))
ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


class Caption(NamedTuple):
    """What stands below a figure: what the author typed, and what is shown as it is."""

    typed: str = ""
    told: str = ""


def make_figure(paragraph: etree.Element, *, is_item: bool = False) -> Caption:
    """Make a figure of a paragraph that holds nothing but a picture with a caption, a player, or a film.

    `is_item` is whether it stands in a list or a note, where a link with words is one of many. Return
    what is to stand below it.
    """
    inside = find_lone(paragraph)
    if inside is None:
        return Caption()
    film = find_film(inside.get("src") or inside.get("href") or "")
    if film and (inside.tag == "img" or (inside.tag == "a" and not find_pictures(inside))):
        title = find_title(inside, film)
        if title and is_item and inside.tag == "a":
            return Caption()
        paragraph.tag = "figure"
        typed = inside.get("title", "").strip()
        link_film(inside, film)
        return Caption(typed, film.words if title else "")
    picture = find_lone(inside) if inside.tag == "a" else inside
    if picture is not None and picture.tag in PLAYERS:
        paragraph.tag = "figure"
        return name_player(picture)
    if picture is None or picture.tag != "img":
        return Caption()
    caption = picture.get("title", "").strip() if picture.get("src") else ""
    if not (film or caption):
        return Caption()
    paragraph.tag = "figure"
    picture.attrib.pop("title", None)
    # A still does not show that it is one of a film.
    return Caption(caption, film.words if film else "")


def name_player(player: etree.Element) -> Caption:
    """Return what stands below a player: its caption, or else its name, which is then not said twice."""
    typed, name = player.attrib.pop("title", "").strip(), player.get("aria-label", "")
    if typed in ("", name):
        player.attrib.pop("aria-label", None)
    return Caption(typed, "" if typed else name)


def find_pictures(link: etree.Element) -> list[etree.Element]:
    """Return the pictures and players in a link."""
    return [each for each in link.iter() if each.tag == "img" or each.tag in PLAYERS]


def find_title(shown: etree.Element, film: Film) -> str:
    """Return the words that an author gives to a film in a link or a picture; empty for its address."""
    words = (shown.get("alt", "") if shown.tag == "img" else "".join(shown.itertext())).strip()
    address = shown.get("href", "")
    return "" if words in (address, address.removeprefix("http://"), film.words) else words


def link_film(shown: etree.Element, film: Film) -> None:
    """Make of a link or a picture the link to a film, with its title."""
    title = find_title(shown, film)
    if shown.tag == "img" or not title:
        shown[:] = []
        shown.text = title or film.words
    shown.tag = "a"
    shown.attrib.clear()
    shown.set("href", film.address)


def link_film_pictures(leaf: etree.Element) -> None:
    """Put links in place of films elsewhere that are written as pictures, but for those in a link."""
    for parent in [*leaf.iter()]:
        for child in parent if parent.tag != "a" else ():
            film = find_film(child.get("src", "")) if child.tag == "img" else None
            if film:
                link_film(child, film)


def find_lone(parent: etree.Element) -> etree.Element | None:
    """Return the only thing that is in an element; None if there is more, or text around it."""
    if len(parent) != 1 or (parent.text or "").strip() or (parent[0].tail or "").strip():
        return None
    return parent[0]


def make_player(picture: etree.Element, *, is_linked: bool) -> str:
    """Turn a picture into the browser's player if its file is played; its words are the player's name.

    Within a link it is its words alone, for none plays there (HTML, 4.5.1). Return what is wrong with it,
    if anything is.
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
    noun = "film" if is_film else "recording"
    if is_linked:
        picture.tag, picture.text = "span", words or name
        picture.attrib.clear()
        remedy = f"Write it beside the link: ![{shorten(words or 'its name')}]({show_destination(address)})"
        return f"Within a link, the {noun} {shorten(name)} is not played. {remedy}"
    picture.tag = "video" if is_film else "audio"
    picture.attrib.clear()
    preload = "metadata" if is_film else "none"
    picture.attrib |= {"aria-label": words or name, "controls": "", "preload": preload}
    picture.attrib |= {"src": address, **({"title": title} if title else {})}
    etree.SubElement(picture, "a", {"href": address}).text = words or name
    if words:
        return ""
    return (
        f"The {noun} {shorten(name)} has no name. Write: ![its name]({show_destination(address)})"
    )
