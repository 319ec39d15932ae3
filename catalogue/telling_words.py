"""Choose the few words by which a text is known again when its address is lost.

The ledger keeps them behind the address of a text from its first publishing on. A slug and the ids of
headings change together with a title; what a text is about stays. So they are the words of its body that
are both frequent and long, chosen from the text alone: another post does not change them, and neither does
another sentence, so that the line in the ledger stays as it was. Common words are among them in every
language; when two texts are compared, a word counts the less the more texts have it.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from html import unescape
from math import log

from catalogue.records import Record

MOST_WORDS = 8
SHORTEST = 4  # letters of a word that may tell something
LONGEST = 30
TITLE_WEIGHT = 2  # a word of the title counts as so many
WORD = re.compile(r"[^\W_]+")
# Letters of scripts without blanks between words (UAX 29): two that are neighbours stand for a word.
UNSPACED = (
    ("\u0e00", "\u0eff"),
    ("\u1000", "\u109f"),
    ("\u1780", "\u17ff"),
    ("\u3040", "\u30ff"),
    ("\u3400", "\u9fff"),
)
TAG = re.compile("<[^<>]*>")


def list_words(text: str) -> list[str]:
    """Return the words of a plain text that may tell something, in small letters, as often as it has them."""
    words = []
    for word in WORD.findall(text.casefold()):
        if max(word) >= UNSPACED[0][0] and any(map(is_unspaced, word)):
            words += [word[place : place + 2] for place in range(len(word) - 1)]
        elif SHORTEST <= len(word) <= LONGEST and not word.isdecimal():
            words.append(word)
    return words


def is_unspaced(letter: str) -> bool:
    """Return whether a letter is of a script without blanks between words."""
    return any(first <= letter <= last for first, last in UNSPACED)


def list_body_words(record: Record) -> list[str]:
    """Return the same of the body of a text."""
    return list_words(unescape(TAG.sub(" ", record.html)))


def choose_words(record: Record, known: Iterable[str] = ("",)) -> list[str]:
    """Return the telling words of a text with blanks between them, in the order of the alphabet.

    `known` are words that were chosen before: those of which the text has the most still are returned as
    they are, each in its place.
    """
    text = f"{record.title} {record.html}".casefold()
    kept = [each if is_kept(each.split(), text) else "" for each in known]
    if all(kept):  # as it is when a text was published before
        return kept
    counts = Counter(list_body_words(record))
    for word in list_words(record.title):
        counts[word] += TITLE_WEIGHT
    chosen = choose_best(counts)
    return [each or chosen for each in kept]


def is_kept(words: Collection[str], text: str) -> bool:
    """Return whether a text, in small letters, has most of some words, of which there are any."""
    return sum(word in text for word in words) * 2 > len(words)


def choose_best(counts: Mapping[str, int]) -> str:
    """Return the words that tell most of a text by how often it has each, in the order of the alphabet."""
    weights = {word: count * weigh_length(word) for word, count in counts.items()}
    best = sorted(weights, key=lambda word: (-weights[word], word))[:MOST_WORDS]
    return " ".join(sorted(best))


def weigh_length(word: str) -> int:
    """Return how much more a long word tells than a short one."""
    return max(1, min(len(word), 12) - SHORTEST + 1)


def find_nearest_text(
    words: Iterable[str], texts: Mapping[str, frozenset[str]], least: float
) -> str:
    """Return which of some texts, by their words, has most of the words of another; empty if none is near.

    `least` is the part of the weight of all words of the one that the other must have.
    """
    wanted = sorted(set(words))
    holders = {word: [name for name, known in texts.items() if word in known] for word in wanted}
    weights = {word: log((len(texts) + 1) / (len(holders[word]) or 1)) for word in wanted}
    scores: dict[str, float] = {}
    for word, names in holders.items():
        for name in names:
            scores[name] = scores.get(name, 0.0) + weights[word]
    best = max(sorted(scores), key=lambda name: scores[name], default="")
    return best if best and scores[best] >= least * sum(weights.values()) else ""
