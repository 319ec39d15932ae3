"""Find header lines that stand below the header, where nothing reads them: a draft would be published."""

from collections.abc import Iterator

from catalogue.header.entries import Header, is_known, split_line
from catalogue.header.foreign_keys import OFF, ON, STATUS_WORDS
from catalogue.header.schema import fold_key
from catalogue.problems import shorten

RULES = frozenset("-+ ")  # of the signs that part a header from a text
SKIPPED = " -+\t\r"  # before the first of the lines
MOST_LINES = 40  # of a second header
# With which no text begins; a review may begin with a title, an author and a date.
TELLING = frozenset("tags category slug aliases image imagealt lang modified".split())
MOVE = "Move the line up, among the header lines, or write words of your text before it"


def check_late_lines(header: Header) -> None:
    """Report the text below a header that begins with more header lines.

    It is an error if one of them makes it a draft.
    """
    told = None
    for number, key, line, is_draft in list_late_lines(header):
        if is_draft:
            seen = f"“{shorten(line)}” stands below the header, so this would be published"
            header.report(header.body_line + number, f"{seen}. {MOVE}.")
            return
        if told is None and key in TELLING:
            told = number, line
    if told:
        seen = f"“{shorten(told[1])}” stands below the header, so it is shown as text"
        header.report(header.body_line + told[0], f"{seen}. {MOVE}.", "warning")


def list_late_lines(header: Header) -> Iterator[tuple[int, str, str, bool]]:
    """Yield the header lines with which a text begins, if its first paragraph is of such alone.

    Each has its number from 0, its folded key, and whether it makes the text a draft.
    """
    first, _, _ = header.body.lstrip(SKIPPED + "\n").partition("\n")
    if ":" not in first:  # as most texts begin
        return
    lines = header.body.split("\n", MOST_LINES)[:MOST_LINES]
    start = next((number for number, line in enumerate(lines) if line.strip(SKIPPED)), len(lines))
    found = []
    for number in range(start, len(lines)):
        line = lines[number].strip()
        if not line or RULES.issuperset(line):
            break
        parts = split_line(line)
        if not parts or not is_known(parts[0]):
            return
        key, word = fold_key(parts[0]), parts[2].strip(" \"'").casefold()
        found.append((number, key, line, says_draft(key, word)))
    yield from found


def says_draft(key: str, word: str) -> bool:
    """Return whether a line of a header makes a draft of its text; both are folded."""
    if key == "status":
        return STATUS_WORDS.get(word) == "draft"
    return word in ON if key == "draft" else key in ("published", "publish") and word in OFF
