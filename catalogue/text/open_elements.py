"""Keep the elements that are open at a place of a text, as browsers do.

Tags end what is open before them by rules (HTML Standard, 13.1.2.4 and 13.2.6.4.7). Only the rules by
which an author's tags can be read as she meant them are here; the sanitiser's tree decides in all else.
"""

from collections.abc import Mapping

from catalogue.text.html_allowlist import FORMATTING, OPTIONAL_END, SPECIAL

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
CELLS = frozenset(("td", "th", "caption"))
TABLE_PARTS = CELLS | frozenset("table colgroup tbody tfoot thead tr".split())
# What no closing tag reaches through (13.2.4.2, "in scope").
SCOPES = CELLS | {"table"}
LISTS = SCOPES | {"ol", "ul"}
TABLE = frozenset(["table"])
BLOCKS = SPECIAL - {"address", "div", "p"}
# What an opening tag ends besides a paragraph, and what stops the search for it.
ENDED_BY: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "a": (frozenset(["a"]), SCOPES),
    "li": (frozenset(["li"]), BLOCKS - {"li"}),
    **dict.fromkeys(("dt", "dd"), (frozenset(["dt", "dd"]), BLOCKS - {"dt", "dd"})),
    **dict.fromkeys(("td", "th"), (frozenset(["td", "th"]), TABLE)),
    "tr": (frozenset(["tr", "caption", "colgroup"]), TABLE),
    **dict.fromkeys(
        ("thead", "tbody", "tfoot"),
        (frozenset("caption colgroup thead tbody tfoot".split()), TABLE),
    ),
    **dict.fromkeys(("rt", "rp"), (frozenset(["rt", "rp"]), SPECIAL | {"ruby"})),
}
ENDS_PARAGRAPH = SPECIAL - TABLE_PARTS - {"summary"} | {"hr", "summary", "table"}


class OpenElements:
    """The elements that are open, each with the place of its tag."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.places: list[int] = []
        self.is_plain = True  # whether each closing tag was that of the last element

    def clear(self) -> None:
        """Forget what is open."""
        self.names.clear()
        self.places.clear()

    def open(self, tag: str, place: int) -> None:
        """Add an element, and end what its tag ends."""
        if self.names:
            if tag in ENDS_PARAGRAPH and "p" in self.names:
                self.end(frozenset(["p"]), SCOPES)
            if tag in HEADINGS and self.names and self.names[-1] in HEADINGS:
                self.remove(len(self.names) - 1)
            if tag in ENDED_BY:
                self.end(*ENDED_BY[tag])
        self.names.append(tag)
        self.places.append(place)

    def end(self, wanted: frozenset[str], stops: frozenset[str]) -> None:
        """End the last of the wanted elements that is open, if nothing stops before it."""
        index = self.find(wanted, stops)
        if index is not None:
            self.is_plain = False
            self.remove(index)

    def close(self, tag: str) -> list[tuple[str, int]] | None:
        """Close an element; return which ones it ends that ask for a closing tag, None if none is open."""
        if self.names and self.names[-1] == tag:  # the usual case
            self.names.pop()
            self.places.pop()
            return []
        self.is_plain = False
        index = self.find(HEADINGS if tag in HEADINGS else frozenset([tag]), find_stops(tag))
        return None if index is None else self.remove(index)

    def find(self, wanted: frozenset[str], stops: frozenset[str]) -> int | None:
        """Return where the last of the wanted elements is, None if it is not open or out of reach."""
        for index in range(len(self.names) - 1, -1, -1):
            if self.names[index] in wanted:
                return index
            if self.names[index] in stops:
                return None
        return None

    def remove(self, index: int) -> list[tuple[str, int]]:
        """Take an element away with all in it; return those of them that ask for a closing tag.

        What formats a text outlives the element in which it was opened, but no cell of a table.
        """
        name = self.names[index]
        inner = [*zip(self.names[index + 1 :], self.places[index + 1 :], strict=True)]
        del self.names[index:], self.places[index:]
        if name in FORMATTING:
            kept = inner
        else:
            kept = [each for each in inner if each[0] in FORMATTING and name not in TABLE_PARTS]
        for inner_name, place in kept:
            self.names.append(inner_name)
            self.places.append(place)
        return [each for each in inner if each not in kept and each[0] not in OPTIONAL_END]


def find_stops(tag: str) -> frozenset[str]:
    """Return what a closing tag does not reach through."""
    if tag in TABLE_PARTS:
        return TABLE
    if tag == "li":
        return LISTS
    return SCOPES if tag in SPECIAL or tag in FORMATTING else SPECIAL
