"""Bring HTML into a form in which two pieces that say the same are equal: an outline, a line for each part.

What browsers build of a piece counts, not how it was written: the names of its elements, those of their
attributes that mean something, and its words. Blanks count where they are shown.
"""

import re
from urllib.parse import unquote

import html5lib

INLINE = frozenset(
    (
        "a abbr b bdi bdo cite code del dfn em i img input ins kbd mark q s samp small span strong "
        "sub sup u var"
    ).split()
)
ADDRESSES = ("href", "src", "cite")
LEFT_OUT = frozenset(["tabindex", "rel", "style"])
AROUND_WORDS = "label"  # of the box of a task; GitHub has none
HEADING = re.compile(r"h[1-6]")


def outline(source):
    """Return the outline of a piece of HTML."""
    tree = html5lib.parseFragment(source.strip("\n"), namespaceHTMLElements=False)
    parts = merge_texts(list_parts(tree, keep=False))
    lines = []
    for place, (depth, kind, words, kept) in enumerate(parts):
        if kind == "text":
            before = parts[place - 1] if place else None
            after = parts[place + 1] if place + 1 < len(parts) else None
            if shown := hide_blanks(words) if kept else trim(words, before, after):
                lines.append(f"{'  ' * depth}{shown!r}")
        elif kind == "open":
            lines.append(f"{'  ' * depth}<{words}>")
    return "\n".join(lines)


def list_parts(tree, keep, depth=0):
    """Yield (depth, kind, words, whether blanks are kept) for all that an element holds, in order."""
    yield depth, "text", tree.text or "", keep
    for child in tree:
        if isinstance(child.tag, str):
            yield from list_element(child, keep or child.tag in ("pre", "textarea"), depth)
        yield depth, "text", child.tail or "", keep


def list_element(element, keep, depth):
    """Yield the parts of an element: its beginning, what it holds, its end."""
    if element.tag == AROUND_WORDS:
        yield from list_parts(element, keep, depth)
    else:
        yield depth, "open", describe(element), keep
        yield from list_parts(element, keep, depth + 1)
        yield depth, "close", element.tag, keep


def merge_texts(parts):
    """Return the parts with neighbouring texts as one; a comment between them is not shown."""
    merged = []
    for part in parts:
        if part[1] == "text" and merged and merged[-1][1] == "text":
            depth, kind, words, kept = merged[-1]
            merged[-1] = (depth, kind, words + part[2], kept)
        else:
            merged.append(part)
    return [part for part in merged if part[1] != "text" or part[2]]


def trim(words, before, after):
    """Return a text as it is shown between its neighbours: blanks at the edge of a block are not."""
    words = re.sub(r"[ \t\n\r\f]+", " ", words)
    if is_edge(before):
        words = words.removeprefix(" ")
    return words.removesuffix(" ") if is_edge(after) else words


def hide_blanks(words):
    """Return a text of code without the blanks on lines that have nothing else."""
    return re.sub(r"^[ \t]+$", "", words, flags=re.MULTILINE)


def is_edge(part):
    """Return whether a block begins or ends there, or a line."""
    return part is None or part[2].split()[0] not in INLINE


def describe(element):
    """Return the name of an element and its attributes as the outline has them."""
    pairs = {
        name: unquote(value) if name in ADDRESSES else " ".join(value.split())
        for name, value in element.attrib.items()
        if isinstance(name, str)
        and name not in LEFT_OUT
        and not (name == "id" and HEADING.fullmatch(element.tag))
    }
    return " ".join([element.tag, *(f"{name}={pairs[name]!r}" for name in sorted(pairs))])
