"""Find the name that was probably meant by one that nothing has.

Each search goes through all names, and a site may have as many wrong names as right ones. So it is
done for the first findings of a kind only: whoever mends these has seen how.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

MOST_GUESSED = 10
LONGEST_WORD = 200  # characters; nobody mistypes a longer one
# To compare two words in full can take as many steps as each letter of one has pairs in the other.
# So many pairs are compared for a word, those of the names with most letters in common first.
MOST_PAIRS = 4_000_000
CUTOFF = 0.6  # as in difflib: the part that two words must have in common


@dataclass(repr=False, eq=False)
class Guesses:
    """The guesses of one kind of finding in one run, which has to ask in the order of its findings."""

    known: dict[tuple[str, str], str] = field(default_factory=dict)

    def find(self, word: str, names: Iterable[str], place: str = "") -> str:
        """Return the name nearest to a word; empty if none is near, or after the first ten words.

        `place` is the key of the names, where not all findings choose among the same.
        """
        key = (place, word)
        if key not in self.known and len(self.known) < MOST_GUESSED:
            self.known[key] = find_nearest(word, names)
        return self.known.get(key, "")


def find_nearest(word: str, names: Iterable[str]) -> str:
    """Return the first of `difflib.get_close_matches`, empty for none.

    It compares in full only what can still be nearer than the nearest so far.
    """
    if len(word) > LONGEST_WORD:
        return ""
    matcher = difflib.SequenceMatcher()
    matcher.set_seq2(word)
    bounds: list[tuple[float, str]] = []
    for name in names:
        matcher.set_seq1(name)
        if matcher.real_quick_ratio() >= CUTOFF and (bound := matcher.quick_ratio()) >= CUTOFF:
            bounds.append((bound, name))
    best, left = (CUTOFF, ""), MOST_PAIRS
    for bound, name in sorted(bounds, reverse=True):
        left -= len(word) * len(name)
        if bound < best[0] or left < 0:
            break
        matcher.set_seq1(name)
        best = max(best, (matcher.ratio(), name))
    return best[1]
