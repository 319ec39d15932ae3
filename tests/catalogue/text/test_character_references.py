"""A code is the sign that it stands for, and what is no code stays as it was typed."""

import string

import pytest

from catalogue.text.character_references import REFERENCE, decode_reference, resolve_codes
from catalogue.text.encoding import FORBIDDEN_CHARACTERS

RESOLVED = {
    "a": "a",
    "&amp;&lt;": "&<",
    "&#65;&#x41;&#X41;": "AAA",
    "&ngE; &CounterClockwiseContourIntegral;": "≧\u0338 ∳",
    "&amp &nosuch; &#; &#x; &#12345678; &#x1234567; &a b;": "&amp &nosuch; &#; &#x; &#12345678; "
    "&#x1234567; &a b;",
    "&#0;&#xDFFF;&#x10FFFF0;&#x110000;": "\ufffd\ufffd&#x10FFFF0;\ufffd",
    "&#1; &#x202e; &#xFFFE;": "&#1; &#x202e; &#xFFFE;",
    "\\&amp; \\\\ \\a \\": "&amp; \\ \\a \\",
    "&#92;*": "\\*",
}


@pytest.mark.parametrize("text", RESOLVED)
def test_codes_are_resolved(text):
    assert resolve_codes(text) == RESOLVED[text]


def test_a_backslash_takes_the_meaning_of_every_sign_of_ascii():
    escaped = "".join(f"\\{sign}" for sign in string.punctuation)
    assert resolve_codes(escaped) == string.punctuation


def test_no_number_makes_a_character_that_a_text_may_not_hold():
    for number in [
        *range(0x300),
        *range(0x2000, 0x2100),
        *range(0xD7F0, 0xE010),
        *range(0xFDC0, 0x10010),
    ]:
        made = decode_reference(*REFERENCE.match(f"&#{number};").groups())
        assert made is None or not FORBIDDEN_CHARACTERS.search(made)
        assert made is not None or FORBIDDEN_CHARACTERS.search(chr(number))
