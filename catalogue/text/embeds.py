"""Show the picture that is named as Obsidian does, `![[desk.jpg]]`, from the folder of pictures."""

import posixpath
import re
import xml.etree.ElementTree as etree

from catalogue.folder.layout import IMAGE_ENDINGS, PLAYED_ENDINGS
from catalogue.problems import shorten

SIZE = re.compile(r"(?:(.*)\|)?([0-9]{1,4})(?:x[0-9]{1,4})?")  # behind the words, or in their place


def check_embed(target: str) -> str:
    """Return what is wrong with `![[target]]`: nothing, if it names a picture, a recording or a film."""
    name = posixpath.basename(target.strip())
    if name.lower().endswith((*IMAGE_ENDINGS, *PLAYED_ENDINGS)):
        return ""
    seen = f"Readers see {shorten(f'![[{target}')}]] as it is typed"
    return f"{seen}. Write: [[{shorten(target.strip())}]]"


def make_embed(target: str, words: str) -> etree.Element:
    """Return the picture that `![[target|words]]` names.

    Its words are its description; a number there, or behind a | at their end, is its width.
    """
    path = target.strip().lstrip("./").removeprefix("images/")
    size = SIZE.fullmatch(words)
    shown = size[1] or "" if size else words
    width = {"width": size[2]} if size else {}
    source = f"{{static}}/images/{path}"
    return etree.Element("img", {"alt": shown, "src": source, **width})
