"""Put a link in place of what YouTube, Vimeo and PeerTube hand out to show a film of theirs on a page.

That is a frame, with tags around it that size it, and with Vimeo a program or a line with the film's
title besides; or else, where no frame may stand, a still in a link (film_stills.py). All other frames and
programs stay, and are refused. No line is lost.
"""

import html
import re
import xml.etree.ElementTree as etree
from collections.abc import Sequence

from catalogue.text.film_stills import LINKED_PICTURE, SIGNS, read_attributes, read_still
from catalogue.text.films import Film, find_film

FRAME = re.compile(rf"<iframe\b({SIGNS})>[^<]*</iframe\s*>", re.IGNORECASE)
KEY = re.compile(r"^(https://vimeo\.com/\d+)/\w+$")
NO_TITLES = ("YouTube video player", "vimeo-player")
# A frame, or a picture in a link, with the tags around it, and with the line below it by which Vimeo
# names the film.
EMBED = re.compile(
    r"(?P<open>(?:<(?:p|div|center)\b[^<>]*>\s*){0,4})"
    rf"(?P<frame>{FRAME.pattern}|{LINKED_PICTURE.pattern})"
    r"(?P<close>(?:\s*</(?:p|div|center)\s*>){0,4})"
    r"(?P<below>\s*<p>\s*<a\s+href=\"(?P<named>[^\"<>]*)\"[^<>]*>(?P<title>[^<>]*)</a>"
    r"(?P<rest>(?:[^<>]|</?a\b[^<>]*>){0,600}+)</p\s*>)?",
    re.IGNORECASE,
)
TAG = re.compile(r"\s*</?(\w+)[^<>]*>\s*")
# What may stand before and behind a block.
OPEN, WHOLE = (
    "blockquote|center|details|div|li|section|td",
    "blockquote|center|details|div|figure|h[1-6]|ol|p|section|table|ul",
)
BEFORE = re.compile(rf"^$|(?:<(?:{OPEN})\b[^<>]*>|</(?:{WHOLE})\s*>|<hr\b[^<>]*>)$", re.IGNORECASE)
BEHIND = re.compile(rf"$|</(?:{OPEN})\s*>|<(?:{WHOLE}|hr|iframe|script)\b", re.IGNORECASE)
FIGURE = re.compile(r"<figure\b[^<>]*>$", re.IGNORECASE)
BESIDE = 300  # signs that are looked at before and behind a frame
# The program that Vimeo hands out with its frame; it has to be this one, and to do nothing else.
START, END = (
    re.compile(
        r"<script(?:\s+(?:async|defer))*\s+src=[\"']https://player\.vimeo\.com/api/player\.js[\"']"
        r"(?:\s+(?:async|defer))*\s*>",
        re.IGNORECASE,
    ),
    re.compile(r"</script\s*>", re.IGNORECASE),
)
SCRIPT = re.compile(rf"{START.pattern}\s*{END.pattern}", re.IGNORECASE)
FRAME_START, FRAME_END = (
    re.compile(r"<iframe\b[^>]*>", re.IGNORECASE),
    re.compile(r"</iframe\s*>", re.IGNORECASE),
)


def replace_parts(parts: Sequence[etree.Element]) -> None:
    """Put links in place of the frames with films among pieces of HTML, of which a line has one a tag."""
    is_open = is_any = False
    for part in parts:
        text = part.text or ""
        if is_open and FRAME_END.fullmatch(text):
            part.text, is_open = "", False
        elif FRAME_START.fullmatch(text):
            part.text = replace_frames(f"{text}</iframe>", is_line=True)
            is_open = not part.text.endswith("</iframe>")
            part.text = part.text if is_open else text
        elif "<iframe" in text.lower() or "<img" in text.lower():
            part.text = replace_frames(text)
        is_any = is_any or part.text != text
    if is_any:
        drop_scripts(parts)


def drop_scripts(parts: Sequence[etree.Element]) -> None:
    """Take Vimeo's own program out of pieces of HTML."""
    is_open = False
    for part in parts:
        text = part.text or ""
        if is_open and END.fullmatch(text):
            part.text, is_open = "", False
        elif START.fullmatch(text) and not (part.tail or "").strip():  # words in it would be shown
            part.text, is_open = keep_lines("", text), True
        elif "<script" in text.lower():
            part.text = SCRIPT.sub(lambda script: keep_lines("", script[0]), text)


def replace_frames(source: str, *, is_line: bool = False) -> str:
    """Return HTML with a link in place of each frame or still, and a figure where a block may stand.

    `is_line` is whether the HTML stands within a line.
    """
    written = [""]
    place = 0
    for embed in EMBED.finditer(source):
        between = source[place : embed.start()]
        left = written[-1][-BESIDE:] + between[-BESIDE:]
        written += [between, replace_embed(embed, left, is_line)]
        place = embed.end()
    return "".join([*written, source[place:]])


def replace_embed(embed: re.Match[str], left: str, is_line: bool) -> str:
    """Return what stands in place of a frame with all that belongs to it; of another frame, itself.

    `left` is the end of what stands before it.
    """
    film, words, rest = read_film(embed["frame"])
    if film is None:
        return embed[0]
    before, behind = drop_pairs(embed["open"], embed["close"])
    below = embed["below"] or ""
    left = f"{left}{before}".rstrip()
    right = (behind + below + embed.string[embed.end() : embed.end() + BESIDE]).lstrip()
    is_wrapped = before != embed["open"]
    is_block = is_wrapped or (BEFORE.search(left) and BEHIND.match(right))
    if is_line or not is_block or FIGURE.search(left):
        whole = f"{before}{format_link(film, words)}{behind}{below}"
    else:
        if below and is_same(film, find_film(html.unescape(embed["named"]))):
            words, rest, below = html.unescape(embed["title"]).strip(), embed["rest"].strip(), ""
        whole = f"{before}{format_figure(film, words, rest)}{behind}{below}"
    return keep_lines(whole, embed[0])


def read_film(source: str) -> tuple[Film | None, str, str]:
    """Return the film in a frame or a still, its title, if it has one of its own, and HTML to stand below."""
    if still := read_still(source):
        below = f"{html.escape(still.caption, quote=False)}<br>{still.film.words}"
        return still.film, still.words, below if still.caption else ""
    written = FRAME.fullmatch(source)
    found = read_attributes(written[1]) if written else {}
    words = " ".join(found.get("title", "").split())
    return find_film(found.get("src", "").strip()), "" if words in NO_TITLES else words, ""


def drop_pairs(opened: str, closed: str) -> tuple[str, str]:
    """Return the tags before and behind a frame without the pairs that stand around nothing else."""
    before, behind = [*TAG.finditer(opened)], [*TAG.finditer(closed)]
    while before and behind and before[-1][1].lower() == behind[0][1].lower():
        del before[-1], behind[0]
    return "".join(tag[0] for tag in before), "".join(tag[0] for tag in behind)


def is_same(film: Film, other: Film | None) -> bool:
    """Return whether two films are one: at Vimeo, an address may lack the key that the other has."""
    return other is not None and KEY.sub(r"\1", film.address) == KEY.sub(r"\1", other.address)


def format_link(film: Film, words: str) -> str:
    """Return the link to a film."""
    shown = html.escape(words or film.words, quote=False)
    return f'<a href="{html.escape(film.address)}">{shown}</a>'


def format_figure(film: Film, words: str, rest: str) -> str:
    """Return the figure of a film, which says where a title leads; `rest` is HTML that says so already."""
    told = rest or (film.words if words not in ("", film.words) else "")
    caption = f"<figcaption>{told}</figcaption>" if told else ""
    return f"<figure>{format_link(film, words)}{caption}</figure>"


def keep_lines(replaced: str, source: str) -> str:
    """Return what stands in place of a source, with as many lines."""
    return replaced + "\n" * (source.count("\n") - replaced.count("\n"))
