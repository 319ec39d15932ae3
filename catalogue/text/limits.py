"""Bound what a text may become: a page in proportion to what was typed, whatever it holds.

Reading takes time in proportion to the length of a text, so nothing is refused for the signs that it is
made of, only for what it swells to.
"""

from catalogue.problems import Problem

# The HTML of a text may have so many characters for each of the text's own, and so many besides:
# ordinary text has less than two for one, and what is made of signs alone at most fifteen.
MOST_GROWN, FREE = 20, 100_000


def measure_room(length: int) -> int:
    """Return how many characters the HTML of a text of a length may have."""
    return MOST_GROWN * length + FREE


def check_growth(text: str, source: str, first_line: int, path: str) -> list[Problem]:
    """Return an error if the HTML of a text, `source`, is out of proportion, whatever swelled it."""
    if len(source) <= measure_room(len(text)):
        return []
    seen = f"The {len(text):,} characters of this text become {len(source):,} on the page"
    remedy = "Take out what is written there many times, such as a long address that has a name."
    return [Problem(path, first_line, "error", f"{seen}. {remedy}")]
