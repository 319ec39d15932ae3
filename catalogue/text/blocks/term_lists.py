"""Read definition lists: below a term, or several, what each means behind a colon."""

from catalogue.text.blocks.cursor import CODE_INDENT, Cursor, Start
from catalogue.text.blocks.lists import make_tight
from catalogue.text.blocks.paragraphs import Paragraph
from catalogue.text.blocks.state import MOST_OPEN, NEVER, Blocks, Container, add_child

Terms = list[tuple[int, str]]  # each with its line


def start_definition(blocks: Blocks, cursor: Cursor) -> Start:
    """Start what a term means: the term is the paragraph before, each of its lines one."""
    if cursor.text[1:2] not in (" ", "\t") or len(blocks.open) > MOST_OPEN:
        return Start.NOTHING
    if blocks.open[cursor.matched - 1].kind == "definitions":
        terms = take_lazy_term(blocks, cursor)
    elif not (terms := take_terms(blocks, cursor)):
        return Start.NOTHING
    blocks.close_leaf()
    blocks.close(cursor.matched)
    if blocks.open[-1].kind != "definitions":
        open_definitions(blocks, terms[0][0])
    for line, term in terms:
        blocks.add_leaf(add_child(blocks.open[-1].element, "dt"), term, line)
    open_definition(blocks, cursor)
    return Start.CONTAINER


def open_definitions(blocks: Blocks, line: int) -> None:
    """Open a list of terms, or go on with the one that ended last."""
    blocks.close_lists()
    blocks.fill_container()
    parent = blocks.open[-1].element
    last = parent[-1] if len(parent) and parent[-1].tag == "dl" else None
    element = blocks.add_element("dl", line, "\n") if last is None else last
    blocks.open.append(Container("definitions", element))


def open_definition(blocks: Blocks, cursor: Cursor) -> None:
    """Open what a term means; what goes on in it is set in as far as its text, or by four columns."""
    is_loose = blocks.blank_from <= len(blocks.open)
    element = blocks.add_element("dd", cursor.number)
    before = cursor.indent
    cursor.take_mark(1)
    blanks = min(cursor.indent, 3)
    cursor.take_blanks(blanks)
    indent = min(before + 1 + blanks, CODE_INDENT)
    blocks.open.append(
        Container("definition", element, indent, finish=finish_definition, is_loose=is_loose)
    )


def take_lazy_term(blocks: Blocks, cursor: Cursor) -> Terms:
    """Return the term that stands directly below the meaning of another, as if it went on there."""
    leaf = blocks.leaf
    if cursor.matched == len(blocks.open) or not isinstance(leaf, Paragraph):
        return []
    if len(leaf.lines) < 2:
        return []
    return [(cursor.number - 1, leaf.lines.pop())]


def take_terms(blocks: Blocks, cursor: Cursor) -> Terms:
    """Return the terms before a meaning; none if no paragraph stands there."""
    leaf = blocks.leaf
    if cursor.is_inside and isinstance(leaf, Paragraph):
        blocks.leaf = None
        text = leaf.take_text(blocks)
        return [*enumerate((line.strip(" \t") for line in text.split("\n")), leaf.line)]
    parent = blocks.open[cursor.matched - 1].element
    last = parent[-1] if len(parent) else None
    is_near = leaf is None and cursor.matched == len(blocks.open) and blocks.blank_from < NEVER
    if last is None or last.tag != "p" or not is_near or "\n" in (last.text or ""):
        return []
    if not blocks.leaves or blocks.leaves[-1] is not last:
        return []
    parent.remove(last)
    blocks.leaves.pop()
    return [(blocks.lines[last], last.text or "")]


def finish_definition(_blocks: Blocks, container: Container) -> None:
    """Finish the meaning of a term, which is tight unless blank lines stand around or in it."""
    if not container.is_loose:
        make_tight(container.element)
