"""Find the name that was probably meant by one that nothing has.

Each search goes through all names, and a site may have as many wrong names as right ones. So it is
done for the first findings of a kind only: whoever mends these has seen how.
"""

import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from urllib.parse import unquote

from catalogue.folding import fold_name

MOST_GUESSED = 10
LONGEST_WORD = 200  # characters; nobody mistypes a longer one
# To compare two words in full can take as many steps as each letter of one has pairs in the other.
# So many pairs are compared for a word, those of the names with most letters in common first.
MOST_PAIRS = 4_000_000
CUTOFF = 0.6  # as in difflib: the part that two words must have in common to be looked at
LETTERS_A_SLIP = 4  # letters of a word among which one may be wrong
MOST_NAMESAKES = 100  # files of one name that are compared
MOST_EQUALS = 5  # of these, such with as many folders alike whose spelling is compared
MOST_SLIPS = 12
WORDS = re.compile(r"[^\W_]+")
CODED = re.compile("[#?%]")  # signs that an address has as codes


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


class Candidates:
    """The names that links of one kind may have meant, each folded once."""

    def __init__(self, names: Sequence[str]) -> None:
        self.folded = {each.casefold(): each for each in names}  # the last of equals counts
        self.stems: dict[str, list[str]] = {}
        for each in names:
            self.stems.setdefault(find_stem(each), []).append(each)
        self.plain: dict[str, list[str]] = {}
        for stem, namesakes in self.stems.items():
            self.plain.setdefault(fold_name(stem), []).extend(namesakes)
        # As an address says them that has their signs without codes.
        self.typed = {unquote(each).casefold(): each for each in names if CODED.search(each)}

    def find_stem(self, stem: str, target: str) -> str:
        """Return the name with a stem whose path is nearest to a target; empty if there is none."""
        return find_closest(target, self.stems.get(stem, ()))

    def find_folded(self, stem: str, target: str = "") -> str:
        """Return the name that tells itself from others as a stem does, if there is one.

        Of several it is that whose path is nearest to a target.
        """
        return find_closest(target, self.plain.get(fold_name(stem), ()))


def find_closest(target: str, paths: Sequence[str]) -> str:
    """Return the path that is most like a target of the same last name; the last of equals, empty for none.

    First the folders count that both have around the file, then its ending, then how they are spelt.
    """
    if len(paths) < 2:
        return paths[0] if paths else ""
    weighed = [(weigh_likeness(target, path), path) for path in paths[-MOST_NAMESAKES:]]
    most, _ = max(weighed)
    equals = [path for weight, path in weighed if weight == most]
    if len(equals) == 1 or max(map(len, (target, *equals))) > LONGEST_WORD:
        return equals[-1]
    slips = {
        path: count_slips(target.casefold(), path.casefold(), MOST_SLIPS)
        for path in reversed(equals[-MOST_EQUALS:])
    }
    return min(slips, key=lambda path: slips[path])


def weigh_likeness(target: str, path: str) -> tuple[int, bool]:
    """Return how many of the folders around both files are the same, and whether the files' names are."""
    *ours, our_name = target.casefold().split("/")
    *theirs, their_name = path.casefold().split("/")
    pairs = zip(reversed(ours), reversed(theirs), strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return shared, our_name == their_name


def find_nearest(word: str, names: Iterable[str]) -> str:
    """Return the name most like a word (by `difflib`) of those that are near it; empty for none.

    It compares in full only what can still be nearer than the nearest so far.
    """
    if len(word) > LONGEST_WORD:
        return ""
    from difflib import SequenceMatcher  # few runs have a slip

    matcher = SequenceMatcher()
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
        found = (matcher.ratio(), name)
        if found > best and is_near(word, name):
            best = found
    return best[1]


def is_near(word: str, name: str) -> bool:
    """Return whether one of two words is a slip for the other: one wrong letter in four, at most.

    Three letters in another order are near too, and two names if one has all words of the other, and
    is not twice as long.
    """
    word, name = word.casefold(), name.casefold()
    longest, shortest = max(len(word), len(name)), min(len(word), len(name))
    slips = longest // LETTERS_A_SLIP
    if longest - shortest <= slips and count_slips(word, name, slips) <= slips:
        return True
    if longest == shortest == LETTERS_A_SLIP - 1 and sorted(word) == sorted(name):
        return True
    first, second = set(WORDS.findall(word)), set(WORDS.findall(name))
    return (first <= second or second <= first) and 2 * shortest >= longest > LETTERS_A_SLIP


def count_slips(word: str, name: str, most: int) -> int:
    """Return how many letters to add, drop, change or swap with the next one make one word the other.

    That is the distance of Damerau and Levenshtein (optimal string alignment); of more than `most`
    some number above it is returned.
    """
    older: list[int] = []
    last = list(range(len(name) + 1))
    for i, letter in enumerate(word, 1):
        row = [i, *[most + 1] * len(name)]
        for j in range(max(1, i - most), min(len(name), i + most) + 1):
            row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != name[j - 1]))
            if i > 1 < j and letter == name[j - 2] and word[i - 2] == name[j - 1]:
                row[j] = min(row[j], older[j - 2] + 1)
        if min(row) > most:
            return most + 1
        older, last = last, row
    return last[-1]


def find_stem(target: str) -> str:
    """Return the last name in an address or a path, without its ending."""
    return posixpath.basename(target.rstrip("/")).rsplit(".", 1)[0]
