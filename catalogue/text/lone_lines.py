"""Make the figures of a paragraph: of all of it, or of what stands alone on a line.

That is a player, a film elsewhere, or a picture with a caption.
"""

import re
import xml.etree.ElementTree as etree
from collections.abc import Sequence

from catalogue.text.figures import (
    PLAYERS,
    Caption,
    find_lone,
    find_title,
    link_film_pictures,
    make_figure,
    make_player,
)
from catalogue.text.film_stills import name_stills
from catalogue.text.films import find_film
from catalogue.text.tree_tags import TIGHT

__all__ = ["Caption", "make_figures"]

Part = etree.Element | str
# An address that Markdown makes no link of.
UNLINKED = re.compile(r"(?:m\.)?(?:youtube\.com|youtu\.be|vimeo\.com)/\S+")


def make_figures(
    leaf: etree.Element, *, is_item: bool
) -> tuple[list[str], list[tuple[etree.Element, int, Caption]]]:
    """Make players of the recordings in a block of text, links of its films elsewhere, and figures.

    `is_item` is whether it stands in a list or a note. Return what is wrong, and each block that it is
    now, with the number of its lines before it and what is to stand below it.
    """
    name_stills(leaf)
    pictures = [*leaf.iter("img")] if len(leaf) else []
    linked = (
        {picture for link in leaf.iter("a") for picture in link.iter("img")} if pictures else ()
    )
    wrong = [text for each in pictures if (text := make_player(each, is_linked=each in linked))]
    figures: list[tuple[etree.Element, int, Caption]] = []
    for block, before in split_paragraph(leaf) if leaf.tag in ("p", TIGHT) else ():
        # A link with words on a line of a paragraph belongs to its sentence.
        caption = make_figure(block, is_item=is_item or block is not leaf)
        figures.append((block, before, caption))
    if pictures:
        link_film_pictures(leaf)
    return wrong, figures


def split_paragraph(paragraph: etree.Element) -> list[tuple[etree.Element, int]]:
    """Return the blocks of a paragraph, each with the number of its lines before it.

    It is itself the only one unless one of its lines is a figure beside other things; then it is left as what
    holds them.
    """
    if not may_hold_figure(paragraph):
        return [(paragraph, 0)]
    lines = read_lines(paragraph)
    shown = [find_figures(line) for line in lines]
    is_one = len(lines) == len(shown[0]) == 1
    if is_one:
        paragraph.text, paragraph[:] = None, []
        append(paragraph, shown[0][0])
    if is_one or not any(shown):
        return [(paragraph, 0)]
    tag, paragraph.tag, paragraph.text = paragraph.tag, TIGHT, None
    paragraph[:] = []
    blocks: list[tuple[etree.Element, int]] = []
    number, is_open = 0, False  # whether the last block is of words
    for line, figures in zip(lines, shown, strict=True):
        ends = sum(map(count_line_ends, line))
        for figure in figures:
            blocks.append((etree.SubElement(paragraph, tag), number))
            append(blocks[-1][0], figure)
        if not figures and is_open:
            append(blocks[-1][0], "\n")
        elif not figures:
            blocks.append((etree.SubElement(paragraph, tag), number))
        for part in line if not figures else ():
            append(blocks[-1][0], part)
        number, is_open = number + 1 + ends, not figures
    for block, _ in blocks:
        drop_last_break(block)
        block.tail = "\n"
    blocks[-1][0].tail = None
    return blocks


def may_hold_figure(paragraph: etree.Element) -> bool:
    """Return whether a paragraph may hold a player, a caption, or the address of a film elsewhere."""
    text = "".join(list_texts(paragraph))
    if "youtu" in text or "vimeo.com" in text:
        return True
    if "\n" in text or (len(paragraph) > 1 and not text.strip()):
        for child in paragraph:
            if is_figure(child):
                return True
            if find_film(child.get("href") or child.get("src") or ""):
                return True
    return False


def list_texts(paragraph: etree.Element) -> list[str]:
    """Return the text of a paragraph that stands in no other element: before its first and behind each."""
    return [paragraph.text or "", *(child.tail or "" for child in paragraph)]


def read_lines(paragraph: etree.Element) -> list[list[Part]]:
    """Return what stands on each line of a paragraph."""
    lines: list[list[Part]] = [[]]
    for child, text in zip([None, *paragraph], list_texts(paragraph), strict=True):
        if child is not None:
            lines[-1].append(child)
        first, *more = text.split("\n")
        lines[-1].append(first)
        lines += [[each] for each in more]
    return lines


def find_figures(line: Sequence[Part]) -> list[etree.Element]:
    """Return the players, pictures and films that a line holds and nothing else.

    One alone is a player, a film, or a picture with a caption, and no link with words; of several at
    least one is a player or has a caption.
    """
    parts = [part for part in line if not isinstance(part, str) or part.strip()]
    if len(parts) > 1 and not isinstance(parts[-1], str) and parts[-1].tag == "br":
        parts.pop()
    if len(parts) != 1:
        shown = [
            part for part in parts if not isinstance(part, str) and find_shown(part) is not None
        ]
        is_any = len(shown) == len(parts) and any(map(is_figure, shown))
        return shown if is_any else []
    part = parts[0]
    if isinstance(part, str):
        link = link_address(part.strip())
        return [] if link is None else [link]
    if is_figure(part) or (part.tag == "img" and find_film(part.get("src", ""))):
        return [part]
    film = find_film(part.get("href", "")) if part.tag == "a" else None
    return [part] if film and not find_title(part, film) else []


def is_figure(part: etree.Element) -> bool:
    """Return whether an element is a player or has a caption."""
    return part.tag in PLAYERS or has_caption(part)


def find_shown(part: etree.Element) -> etree.Element | None:
    """Return the picture or the player that an element is, or that it has in a link and nothing else."""
    shown = find_lone(part) if part.tag == "a" else part
    is_shown = shown is not None and (shown.tag == "img" or shown.tag in PLAYERS)
    return shown if is_shown else None


def has_caption(part: etree.Element) -> bool:
    """Return whether an element is a picture with a caption, or a link that holds one and nothing else."""
    shown = find_shown(part)
    return shown is not None and shown.tag == "img" and bool(shown.get("title", "").strip())


def link_address(words: str) -> etree.Element | None:
    """Return the link to the film whose address is typed without https://; None if it is none."""
    address = f"https://{words}"
    if not UNLINKED.fullmatch(words) or not find_film(address):
        return None
    link = etree.Element("a", {"href": address})
    link.text = address
    return link


def append(parent: etree.Element, part: Part) -> None:
    """Put an element, without what stood behind it, or text at the end of an element."""
    if not isinstance(part, str):
        part.tail = None
        parent.append(part)
    elif len(parent):
        parent[-1].tail = (parent[-1].tail or "") + part
    else:
        parent.text = (parent.text or "") + part


def count_line_ends(part: Part) -> int:
    """Return how many line ends stand within an element on a line."""
    if isinstance(part, str):
        return 0
    values = (value for each in part.iter() for value in each.attrib.values())
    return sum(text.count("\n") for text in (*part.itertext(), *values))


def drop_last_break(block: etree.Element) -> None:
    """Take the line break away with which a block ends: another follows."""
    if len(block) and block[-1].tag == "br" and not (block[-1].tail or "").strip():
        block.remove(block[-1])
