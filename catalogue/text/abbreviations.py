"""Mark the abbreviations that a text explains, so that readers can ask what each stands for.

They are explained as in PHP Markdown Extra: `*[ALA]: American Library Association`.
"""

import re
import xml.etree.ElementTree as etree
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from catalogue.text.definitions import Definitions

WORD = re.compile(r"\w+")


class Abbreviations(Treeprocessor):
    """The step that marks abbreviations, in all text but code."""

    def __init__(self, parser: Markdown, meanings: Definitions[str]) -> None:
        """Make it for the definitions in which the parser of blocks puts what a text explains."""
        super().__init__(parser)
        self.meanings = meanings

    def run(self, root: etree.Element) -> None:
        """Put an element `abbr` around each abbreviation in a tree."""
        if self.meanings:
            mark_abbreviations(root, self.meanings)


def mark_abbreviations(root: etree.Element, meanings: Definitions[str]) -> None:
    """Put an element `abbr` around each of some abbreviations in a tree, with what it stands for.

    One that begins with another counts, the longer one. It stands alone: no letter or digit adjoins it.
    """
    lengths = group_lengths(meanings)
    for parent in [*root.iter()]:
        children: list[etree.Element] = []
        parent.text = split_text(parent.text, meanings, lengths, children)
        for child in parent:
            children.append(child)
            child.tail = split_text(child.tail, meanings, lengths, children)
        if len(children) > len(parent):
            parent[:] = children


def group_lengths(names: Iterable[str]) -> dict[str, list[int]]:
    """Return how long the abbreviations are that begin with a word, by that word, the longest first."""
    lengths = defaultdict(set)
    for name in names:
        if first := WORD.match(name):
            lengths[first[0]].add(len(name))
    return {word: sorted(found, reverse=True) for word, found in lengths.items()}


def split_text(
    text: str | None,
    meanings: Definitions[str],
    lengths: Mapping[str, list[int]],
    children: list[etree.Element],
) -> str | None:
    """Return what a text has before its first abbreviation; add each as an element, with what follows."""
    if not text or isinstance(text, AtomicString):
        return text
    done, before = 0, text
    for start, name, meaning in find_names(text, meanings, lengths):
        if done:
            children[-1].tail = text[done:start]
        else:
            before = text[:start]
        children.append(etree.Element("abbr", {"title": meaning}))
        children[-1].text = AtomicString(name)
        done = start + len(name)
    if done:
        children[-1].tail = text[done:]
    return before


def find_names(
    text: str, meanings: Definitions[str], lengths: Mapping[str, list[int]]
) -> Iterator[tuple[int, str, str]]:
    """Yield the abbreviations in a text: the place, the name, and what it stands for."""
    end = 0
    for word in WORD.finditer(text):
        start = word.start()
        if start < end:
            continue
        for length in lengths.get(word[0], ()):
            name = text[start : start + length]
            if name in meanings and not WORD.match(text, start + length):
                if meaning := meanings.get(name):
                    yield start, name, meaning
                end = start + length
                break
