"""Find a draft's mark that stands below the header, where nothing reads it: the text would be published."""

from catalogue.header.entries import Header, is_known, split_line
from catalogue.header.foreign_keys import OFF, ON, STATUS_WORDS
from catalogue.header.schema import fold_key
from catalogue.problems import shorten

RULES = frozenset("-+ ")  # of the signs that part a header from a text
MOST_LINES = 40  # of a second header


def check_late_status(header: Header) -> None:
    """Report the text below a header that begins with more header lines, of which one makes it a draft."""
    lines = header.body.split("\n", MOST_LINES)[:MOST_LINES]
    start = next((number for number, line in enumerate(lines) if line.strip(" -+\t\r")), len(lines))
    found = None
    for number in range(start, len(lines)):
        line = lines[number].strip()
        if not line or RULES.issuperset(line):
            break
        parts = split_line(line)
        if not parts or not is_known(parts[0]):
            return
        if found is None and says_draft(fold_key(parts[0]), parts[2].strip(" \"'").casefold()):
            found = number
    if found is None:
        return
    seen = f"“{shorten(lines[found].strip())}” stands below the header, so this would be published"
    remedy = "Move the line up, among the header lines, or write words of your text before it"
    header.report(header.body_line + found, f"{seen}. {remedy}.")


def says_draft(key: str, word: str) -> bool:
    """Return whether a line of a header makes a draft of its text; both are folded."""
    if key == "status":
        return STATUS_WORDS.get(word) == "draft"
    return word in ON if key == "draft" else key in ("published", "publish") and word in OFF
