"""Return a text as its readers see it, whatever it is written with.

Signs that cannot be seen, accents and other marks on a letter go, look-alikes of a sign become it
(Unicode's form NFKD), escapes of HTML and of web addresses are read, and blanks are one blank.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

CHARACTERS_CACHED = 10_000

# Look-alikes that Unicode does not know for such, and the dots of IDNA 2003 (RFC 3490, 3.1).
SIGNS_ALIKE = {"ⓐ": "@", "Ⓐ": "@", "。": ".", "·": ".", "‧": ".", "∙": ".", "⋅": ".", "・": "."}
INKLESS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u2065\ufffc\ufff0\ufff8")  # letters with no ink
# The escapes of a web address and of HTML, also escaped more than once.
ESCAPED_CHARACTER = re.compile(
    r"""(?:%(?:25)*[0-9a-f]{2})+
    | &(?:amp;)*(?:(\#[0-9]{1,7}|\#x[0-9a-f]{1,6});?|([a-z]{2,8})(?:;|(?![\w=])))""",
    re.IGNORECASE | re.VERBOSE,
)
DOUBLE_ESCAPE = re.compile("%(?:25)+")


class Folded(NamedTuple):
    """A text as it is seen, and where in the text as it is written each of its signs stands."""

    text: str
    starts: list[int]
    ends: list[int]


@lru_cache(maxsize=CHARACTERS_CACHED)
def fold_character(character: str) -> str:
    """Return what is seen of a character: plain letters and signs, or nothing."""
    plain = unicodedata.normalize("NFKD", SIGNS_ALIKE.get(character, character))
    return "".join(SIGNS_ALIKE.get(c, c) for c in plain if not is_unseen(c))


def is_unseen(character: str) -> bool:
    """Return whether a character has no place of its own in a line, or no ink."""
    kind = unicodedata.category(character)
    if character.isspace():
        return False
    is_tag = "\U000e0000" <= character <= "\U000e0fff"
    return kind[0] == "M" or kind in ("Cc", "Cf", "Cs") or is_tag or character in INKLESS


def decode_escape(match: re.Match[str]) -> str:
    """Return what an escape stands for; itself if it is none."""
    if match[0].startswith("%"):
        return unquote_to_bytes(DOUBLE_ESCAPE.sub("%", match[0])).decode("utf-8", "replace")
    plain = html.unescape(f"&{match[1] or match[2]};")
    return plain if len(plain) < 3 else match[0]


def read_pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the characters and escapes of a text: what is seen of each, where it starts and ends."""
    done = 0
    for match in ESCAPED_CHARACTER.finditer(text):
        for place in range(done, match.start()):
            yield fold_character(text[place]), place, place + 1
        done = match.end()
        yield "".join(map(fold_character, decode_escape(match))), match.start(), done
    for place in range(done, len(text)):
        yield fold_character(text[place]), place, place + 1


def fold_as_seen(text: str) -> Folded:
    """Return a text as it is seen; blanks in a row are one, or a line end where a line is empty."""
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    lines = 0
    for piece, start, end in read_pieces(text):
        for sign in piece:
            if not sign.isspace():
                lines = 0
            elif signs and signs[-1].isspace():
                lines += sign == "\n"
                signs[-1], ends[-1] = "\n" if lines > 1 else " ", end
                continue
            else:
                lines = int(sign == "\n")
            signs.append(" " if sign.isspace() else sign)
            starts.append(start)
            ends.append(end)
    return Folded("".join(signs), starts, ends)
