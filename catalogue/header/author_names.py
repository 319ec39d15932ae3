"""Read an `Author` line into names: who is a person with a family name, and who is a body.

People are joined as in a sentence or as BibTeX has it: `Ann Reader and Ben Writer`, `Ann Reader, Ben
Writer and Cy Poe`, `Reader, Ann; Writer, Ben`. What stands in {braces} is kept whole, as in BibTeX.
One comma parts two people if there are two words on both sides: a family name of two words before a
comma is told from a person by braces, `{García Márquez}, Gabriel José`. Degrees are no part of a name.

A body (a library, a team, a pen name) is printed as it stands. Braces around it always make it one:
`{Marks and Spencer}`. Without braces the whole line is one body if it begins with “The ” or has a
word that bodies have and people have not, such as “of” or “Library”; a wrong guess then still prints
what the author typed. A name of one word, and one in a script without spaces, is printed as it
stands too.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

AUTHORS_CACHED = 1000  # a blog has few, and asks for them at each post
BODY = re.compile(
    r"""
    the\ . | .*\b(?: of | for | at |
      archives? | association | centre | center | committee | council | department | friends |
      group | inc | institute | librarians? | library | libraries | ltd | museum | network |
      office | school | services? | society | staff | team | trust | university )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
JOINT = re.compile(r"[\s,]+(?:and|&|und|et|with)\s+|\s*;\s*|\s+[/+|]\s+")
DEGREE = re.compile(
    r",\s*(?:Ph\.?\s?D|Ed\.?D|D\.?Phil|M\.?A|M\.?Sc|M\.?S|M\.?L\.?S|M\.?L\.?I\.?S|M\.?S\.?L\.?S|"
    r"M\.?S\.?L\.?I\.?S|M\.?B\.?A|M\.?Ed|J\.?D|B\.?A|B\.?Sc|M\.?D|AHIP|MCLIP|FCLIP)\.?"
    r"(?=\s*(?:[,;&/]|and\b|$))"
)
# The same without a comma: no family name is one of them.
BARE_DEGREE = re.compile(
    r"(?<=\w)\s+(?:Ph\.?D|Ed\.D|D\.?Phil|M\.?L\.?I\.?S|M\.?L\.?S|M\.?S\.?L\.?S|M\.?S\.?L\.?I\.?S|MSIS|MSc|"
    r"MBA|MEd|BSc|MCLIP|FCLIP|AHIP)\.?(?=\s*(?:[,;&/]|and\b|$))"
)
# After a whole name, letters that are no name: of an order, a society or a profession.
LETTERS = re.compile(
    r"(\w\S*\s+[^\s,;&/]+)(?:,\s*(?!III\b)(?:[A-Z]{3,6}|RN|Esq\.?)(?=\s*(?:[,;&/]|and\b|$)))+"
)
INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]*)+")
BRACED = re.compile(r"\{([^{}]*)\}")
PARENTHESES = re.compile(r"\s*\([^()]*\)")  # such as pronouns
SUFFIXES = frozenset("jr jr. sr sr. ii iii iv".split())
# Words that open a family name though they are written with a capital.
PARTICLES = frozenset("da de del della der den di dos du la le st st. ten ter van von".split())
LONGEST_PARTICLE = 4  # letters of a small word that may open a family name in front of a comma
HELD = 0xE000  # private characters stand for what is in braces while a line is taken apart
BRACED_WORD = re.compile("[\ue000-\uf8ff]")


class Name(NamedTuple):
    """The parts of a name; a body, and a name of one word, has only the first."""

    family: str
    given: str = ""
    suffix: str = ""

    @property
    def full(self) -> str:
        """Return the name as it is said, the given name first."""
        return " ".join(part for part in (self.given, self.family, self.suffix) if part)


def format_byline(text: str) -> str:
    """Return an author line as readers see it: without the braces."""
    return " ".join(text.translate({ord("{"): None, ord("}"): None}).split())


@lru_cache(maxsize=AUTHORS_CACHED)
def read_author_names(text: str) -> tuple[Name, ...]:
    """Read an author line into names, in its order; none when no letter is in it."""
    if not has_letter(text):
        return ()
    line, held = hold_braced(text)
    plain = strip_additions(line)
    return (Name(plain),) if not held and BODY.match(plain) else split_names(plain, held)


def hold_braced(text: str) -> tuple[str, list[str]]:
    """Return an author line with a private character for each text in braces, and these texts."""
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(format_byline(match[1]))
        return chr(HELD + len(held) - 1)

    return format_byline(BRACED.sub(hold, text)), held


def shorten_author_line(text: str) -> str:
    """Return an author line without what is no name; empty where nothing is left out of it."""
    line, held = hold_braced(text)
    plain = strip_additions(line)
    braced = {HELD + number: f"{{{name}}}" for number, name in enumerate(held)}
    return "" if plain == line else plain.translate(braced)


def strip_additions(line: str) -> str:
    """Return an author line without what is no name: parentheses, and degrees after a comma."""
    plain = PARENTHESES.sub("", line)
    bare = BARE_DEGREE.sub("", DEGREE.sub("", plain)) or plain
    return LETTERS.sub(r"\1", bare) or line


def join_names(names: Sequence[str]) -> str:
    """Return an author line of which each of the names is one author, as `read_author_names` reads it."""
    if len(names) < 2:
        return "".join(names)
    return "; ".join(f"{{{name}}}" if is_kept_whole(name) else name for name in names)


def is_kept_whole(name: str) -> bool:
    """Return True if a name would be taken for a body, or for several people, within a line."""
    plain = PARENTHESES.sub("", name)
    is_open = "{" not in name and "}" not in name
    return is_open and bool(BODY.match(plain) or JOINT.search(plain))


def split_names(text: str, held: list[str]) -> tuple[Name, ...]:
    """Return the names of a line; `held` are the texts that were in braces."""
    names: list[Name] = []
    for piece in (piece.strip(", ") for piece in JOINT.split(text)):
        parts = join_suffixes([part.strip() for part in piece.split(",")])
        if ";" not in text and is_list(parts):
            names += [read_name(part, held) for part in parts]
        else:
            names.append(read_name(piece, held))
    return tuple(name for name in names if has_letter(name.family))


def join_suffixes(parts: Sequence[str]) -> list[str]:
    """Return what commas part with a suffix such as `Jr.` behind the name that it belongs to."""
    joined: list[str] = []
    for part in parts:
        if joined and part.casefold() in SUFFIXES:
            joined[-1] = f"{joined[-1]}, {part}"
        else:
            joined.append(part)
    return joined


def is_list(parts: Sequence[str]) -> bool:
    """Return True if what commas part are people, and not one family name and its given names."""
    first = parts[0].partition(" ")[0]
    is_inverted = first.casefold() in PARTICLES or (
        first.islower() and len(first) <= LONGEST_PARTICLE
    )
    is_given = INITIALS.fullmatch(parts[-1]) is not None
    # In braces are a body or a family name, and never given names.
    are_whole = [" " in part.partition(",")[0] or is_held(part) for part in parts]
    has_own = " " in parts[0] or any(map(is_held, parts[1:]))
    return not is_inverted and not is_given and has_own and all(are_whole)


def is_held(part: str) -> bool:
    """Return whether a part of a line is what was in braces, and nothing else."""
    return BRACED_WORD.fullmatch(part) is not None


def read_name(text: str, held: list[str]) -> Name:
    """Read one name: `Given Family`, `Family, Given`, with or without a suffix such as `Jr.`."""
    family, *others = [part.strip() for part in text.split(",")]
    suffix = next((part for part in others if part.casefold() in SUFFIXES), "")
    given = " ".join(part for part in others if part != suffix)
    if not given:
        words = family.split()
        if not suffix and len(words) > 2 and words[-1].casefold() in SUFFIXES:
            suffix = words.pop()
        given, family = split_name_words(words)
    table = {HELD + number: text for number, text in enumerate(held)}
    name = Name(*(part.translate(table) for part in (family, given, suffix)))
    return name if has_letter(name.family) else Name(name.full)


def split_name_words(words: list[str]) -> tuple[str, str]:
    """Return the given and the family name among the words of a name; the family begins at a particle.

    Signs after a name, such as a heart, belong to its last word.
    """
    if len(words) < 2 or any(map(is_east_asian, "".join(words))):
        return "", " ".join(words)
    named = [n for n, word in enumerate(words) if has_letter(word) or BRACED_WORD.search(word)]
    last = named[-1] if named else 0
    start = next((n for n in range(1, last) if is_particle(words[n])), last)
    return " ".join(words[:start]), " ".join(words[start:])


def is_east_asian(sign: str) -> bool:
    """Return whether a sign is a letter of Chinese, Japanese or Korean."""
    return "\u2e80" <= sign <= "\ud7ff" or "\uf900" <= sign <= "\ufaff"


def has_letter(text: str) -> bool:
    """Return True if a text has a letter or digit, without which it is no name."""
    return any(c.isalnum() for c in text)


def is_particle(word: str) -> bool:
    """Return True if a word inside a name opens the family name: `van`, `Le`, any small word."""
    return word[:1].islower() or word.casefold() in PARTICLES
