"""Links by name as Obsidian writes them, `[[weeding]]`, `[[weeding#Aims|words]]`, in addresses.

What a name means is known when all files are: until then it stands in the address of the link, as it was
typed but for the words. A `|` at its end says that none were typed. If the name means nothing, readers
see what was typed, for which nothing more is needed.
"""

import re
from collections.abc import Collection

from catalogue.text.ids import make_id

OPEN, CLOSE, NO_WORDS = "[[", "]]", "|"


def write_wiki_address(target: str, *, has_words: bool) -> str:
    """Return the address that stands for a link to a name, with a heading behind its # or without."""
    return f"{OPEN}{target}{'' if has_words else NO_WORDS}{CLOSE}"


def is_wiki_address(address: str) -> bool:
    """Return whether an address is a name."""
    return address.startswith(OPEN) and address.endswith(CLOSE)


def read_name(address: str) -> str:
    """Return the name and the heading as they were typed."""
    return address.removeprefix(OPEN).removesuffix(CLOSE).removesuffix(NO_WORDS)


def split_wiki_address(address: str) -> tuple[str, str]:
    """Return the name of a text, empty for the same one, and the heading in it; of several the last."""
    name, _, heading = read_name(address).partition("#")
    return name.strip(), heading.rpartition("#")[2].strip()


def find_heading(heading: str, ids: Collection[str]) -> str:
    """Return the id of a heading, by its words or its id, of those on a page; empty if it has none."""
    names = (heading, make_id(heading)) if heading else ()
    return next((name for name in names if name in ids), "")


def show_target(target: str) -> str:
    """Return the words of a link that has none of its own, as Obsidian shows them."""
    parts = (part.strip() for part in target.split("#"))
    return " > ".join(part for part in parts if part) or target


def show_typed(address: str, words: str = "") -> str:
    """Return a link as it was typed; the words are as they are shown."""
    has_words = words and not address.endswith(f"{NO_WORDS}{CLOSE}")
    return f"{OPEN}{read_name(address)}{f'|{words}' if has_words else ''}{CLOSE}"


def explain_unread(typed: str, text: str, remedy: str) -> str:
    """Return why signs of Markdown in a text are shown as they are typed, and the remedy, which is for HTML.

    The words of a link by name are no Markdown either.
    """
    if OPEN in text and re.search(
        rf"\[\[[^\[\]\n]{{1,100}}\|[^\[\]\n]{{0,100}}{re.escape(typed)}", text
    ):
        return "in the words of [[…|…]] no Markdown is read. Write them without these signs."
    return f"within HTML no Markdown is read. {remedy}"
