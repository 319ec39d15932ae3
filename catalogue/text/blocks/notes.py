"""Read what explains words of a text: its notes, `[^1]: …`, and its abbreviations, `*[ALA]: …`."""

import re
import xml.etree.ElementTree as etree

from catalogue.problems import shorten
from catalogue.text.blocks.cursor import CODE_INDENT, Cursor, Start
from catalogue.text.blocks.state import MOST_OPEN, Blocks, Container, Note
from catalogue.text.link_parts import fold_label

NOTE = re.compile(r"\[\^([^\[\]]+)\]:[ \t]*")
ABBREVIATION = re.compile(r"\*\[([^\[\]\\]+)\]:[ \t]*(.*)")


def start_note(blocks: Blocks, cursor: Cursor) -> Start:
    """Start a note, which is shown at the foot of the text."""
    match = NOTE.match(cursor.text)
    if not match or len(blocks.open) > MOST_OPEN:
        return Start.NOTHING
    blocks.make_room(cursor.matched)
    note = Note(match[1], cursor.number, etree.Element("li"))
    blocks.lines[note.element] = note.line
    key = fold_label(note.label)
    if key in blocks.notes:
        seen = (
            f"The note [^{shorten(note.label)}] stands here once more, and only the first is shown"
        )
        blocks.warn(note.line, f"{seen}. Write another name for it.")
    else:
        blocks.notes[key] = note
    open_note(blocks, note)
    cursor.take_mark(match.end())
    return Start.CONTAINER


def open_note(blocks: Blocks, note: Note) -> None:
    """Open a note, whose blocks of text are none of those around it."""
    around = blocks.leaves

    def go_back(blocks: Blocks, _note: Container) -> None:
        blocks.leaves = around

    blocks.open.append(Container("note", note.element, CODE_INDENT, finish=go_back))
    blocks.leaves = note.leaves


def start_abbreviation(blocks: Blocks, cursor: Cursor) -> Start:
    """Take the line that says what an abbreviation stands for."""
    match = ABBREVIATION.fullmatch(cursor.text)
    if not match or not match[1].strip():
        return Start.NOTHING
    blocks.make_room(cursor.matched)
    name, meaning = match[1].strip(), match[2].strip()
    blocks.abbreviations.add(name, meaning, meaning, f"*[{shorten(name)}]", cursor.number)
    return Start.LEAF
