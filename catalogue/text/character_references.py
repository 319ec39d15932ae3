r"""Read the two ways to write a sign as a code: `\*` and `&amp;` (CommonMark 0.31.2, 2.4 and 2.5)."""

import html.entities
import re
import string

from catalogue.text.encoding import FORBIDDEN_CHARACTERS

PUNCTUATION = frozenset(string.punctuation)
REPLACEMENT = "\ufffd"
# The longest name has 31 letters.
REFERENCE = re.compile("&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z][a-zA-Z0-9]{1,31}));")
CODED_SIGN = re.compile(rf"\\([{re.escape(string.punctuation)}])|{REFERENCE.pattern}")


def decode_reference(decimal: str | None, hexadecimal: str | None, name: str | None) -> str | None:
    """Return the characters that a reference stands for, given the groups of REFERENCE.

    None: it is no reference, or what it stands for may not stand in a text, as it can't be seen.
    """
    if name:
        return html.entities.html5.get(f"{name};")
    number = int(decimal) if decimal else int(hexadecimal or "0", 16)
    if number == 0 or 0xD800 <= number <= 0xDFFF or number > 0x10FFFF:
        return REPLACEMENT
    character = chr(number)
    return None if FORBIDDEN_CHARACTERS.match(character) else character


def resolve_codes(text: str) -> str:
    """Return a text, as of an address or a title, with the signs that its codes stand for."""
    if "\\" not in text and "&" not in text:
        return text
    return CODED_SIGN.sub(resolve_code, text)


def resolve_code(match: re.Match[str]) -> str:
    """Return the sign that a match of CODED_SIGN stands for, or the code as it was typed."""
    escaped, *reference = match.groups()
    return escaped or decode_reference(*reference) or match[0]
