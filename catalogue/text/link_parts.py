"""Scan the parts of links and of their definitions: label, address and title (CommonMark 4.7, 6.3)."""

import re
import string

from catalogue.text.character_references import resolve_codes
from catalogue.text.web_addresses import OLD_DOI

# No group is repeated possessively, which the first versions of Python 3.11 do wrongly.
LABEL = re.compile(r"\[(?:[^\[\]\\]++|\\.)*\]", re.DOTALL)
LONGEST_LABEL = 999
# Beyond the specification, an old DOI, which has points within.
POINTED_DESTINATION = re.compile(rf"<({OLD_DOI}|(?:[^<>\\\n]++|\\.)*)>")
DESTINATION_STOP = re.compile(rf"\\[{re.escape(string.punctuation)}]|[()\x00-\x20\x7f]")
DEEPEST_PARENTHESES = 32
TITLE = re.compile(
    r""""((?:[^"\\]++|\\.)*)"|'((?:[^'\\]++|\\.)*)'|\(((?:[^()\\]++|\\.)*)\)""", re.DOTALL
)
GAP = re.compile(r"[ \t\n]*+")


def fold_label(label: str) -> str:
    """Return a label in the form in which labels are compared (6.3)."""
    return " ".join(label.split()).casefold()


def scan_label(text: str, start: int) -> int:
    """Return the end of the label in brackets that begins at a place, or -1 if there is none (6.3)."""
    found = LABEL.match(text, start)
    if not found or len(found[0]) > LONGEST_LABEL + 2 or not found[0][1:-1].strip():
        return -1
    return found.end()


def scan_destination(text: str, start: int) -> tuple[str, int] | None:
    """Return the address of a link that begins at a place, and its end (6.3).

    Codes in it are resolved. None: there is none.
    """
    if text.startswith("<", start):
        pointed = POINTED_DESTINATION.match(text, start)
        return (resolve_codes(pointed[1]), pointed.end()) if pointed else None
    depth, end = 0, len(text)
    for stop in DESTINATION_STOP.finditer(text, start):
        sign = stop[0]
        if sign == "(":
            depth += 1
            if depth > DEEPEST_PARENTHESES:
                return None
        elif sign == ")" and depth:
            depth -= 1
        elif len(sign) == 1:
            end = stop.start()
            break
    return (resolve_codes(text[start:end]), end) if end > start and not depth else None


def scan_title(text: str, start: int) -> tuple[str, int] | None:
    """Return the title of a link that begins at a place, and its end, codes in it resolved (6.3).

    None: there is none. No blank line may stand in the text.
    """
    found = TITLE.match(text, start)
    return (resolve_codes(found[found.lastindex or 0]), found.end()) if found else None


def scan_target(text: str, start: int) -> tuple[str, str | None, int] | None:
    """Return the address and the title in parentheses after the words of a link, and where they end.

    The place is that after the opening one. None: it is something else.
    """
    position = skip_gap(text, start)
    address, title = "", None
    destination = scan_destination(text, position)
    if destination:
        address, position = destination
        after = skip_gap(text, position)
        found = scan_title(text, after) if after > position else None
        if found:
            title, after = found
            after = skip_gap(text, after)
        position = after
    return (address, title, position + 1) if text.startswith(")", position) else None


def skip_gap(text: str, start: int) -> int:
    """Return the place after the blanks that begin at one."""
    found = GAP.match(text, start)
    assert found  # it may be empty
    return found.end()
