"""An address in a text is found to its end, and nothing that only resembles one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.text.bare_addresses import BareAddresses, holds_sign_of_address

FOUND = {
    # with a scheme, or with www
    "See https://e.com/a?b=it's&c=d#e here": ["https://e.com/a?b=it's&c=d#e"],
    "http://e.com ftp://e.com HTTPS://E.com": ["http://e.com", "ftp://e.com", "HTTPS://E.com"],
    "www.e.com/a and www.e": ["http://www.e.com/a", "http://www.e"],
    "https://localhost:8000/ https://bücher.example/日本": [
        "https://localhost:8000/",
        "https://bücher.example/日本",
    ],
    "http:// https:// www. www http://- http://_ irc://e.com": [],
    "xhttp://e.com 1https://e.com éftp://e.com awww.e.com /www.e.com": [],
    "Source:http://e.com": ["http://e.com"],
    "(www.a.com *www.b.com \"www.c.com 'www.d.com “www.e.com ‘www.f.com —www.g.com [www.h.com": [
        f"http://www.{letter}.com" for letter in "abcdefgh"
    ],
    # underscores in a domain
    "http://a_b.c.com www.a_b.com http://a.b_c": ["http://a_b.c.com"],
    # the end of a sentence
    "www.e.com. www.e.com, www.e.com? www.e.com: www.e.com! www.e.com… www.e.com**": [
        "http://www.e.com"
    ]
    * 7,
    '“https://e.com” ‘https://e.com’ «https://e.com» "https://e.com".': ["https://e.com"] * 4,
    "(https://e.com/a) (https://e.com/a_(b)) https://e.com/(a)) ((https://e.com).": [
        "https://e.com/a",
        "https://e.com/a_(b)",
        "https://e.com/(a)",
        "https://e.com",
    ],
    "https://e.com/a&copy; https://e.com/a&b; https://e.com/a; https://e.com/?a&b=c&amp;.": [
        *["https://e.com/a"] * 3,
        "https://e.com/?a&b=c",
    ],
    "https://e.com/a<b https://e.com/a\\": ["https://e.com/a"] * 2,
    # an old DOI, which has points within
    "https://doi.org/10.1/(X)5(9)5:1<1::A-X1>3.0;2-X, http://dx.doi.org/10.1/a<12:B>2.0.": [
        "https://doi.org/10.1/(X)5(9)5:1<1::A-X1>3.0;2-X",
        "http://dx.doi.org/10.1/a<12:B>2.0",
    ],
    "https://doi.org/10.1/a&lt;1:B>2 https://doi.org/10.1/a&lt;1:B&gt;2": [
        "https://doi.org/10.1/a<1:B>2"
    ]
    * 2,
    "https://doi.org/10.1/a<br>b https://doi.org/10.1/a<1 b>c https://e.com/a<1:B>c": [
        *["https://doi.org/10.1/a"] * 2,
        "https://e.com/a",
    ],
    # what no browser opens
    "[embed]https://e.com[/embed] http://lib:port/a https://e.com:99999/ www.e.com|b": [
        "https://e.com",
        "http://lib",
        "https://e.com",
        "http://www.e.com",
    ],
    "http://e.com:8080/x http://e.com:80. http://jane:x@e.com/ http://jane@e.com": [
        "http://e.com:8080/x",
        "http://e.com:80",
        "http://jane:x@e.com/",
        "http://jane@e.com",
    ],
    "https://e.com—a https://e.com“x”": ["https://e.com"] * 2,
    # mail
    "jane@example.org. a.b+c-d@e-f.g.com": [
        "mailto:jane@example.org",
        "mailto:a.b+c-d@e-f.g.com",
    ],
    "mailto:jane@e.com (jane@e.com)": ["mailto:jane@e.com"] * 2,
    "a@b @b.c a@ @ a@b. a@.b a@b-.c- a@b.c- a@b.c_": [],
    "_jane@e.com_ __jane@e.com__ jane_doe@e.com": ["mailto:jane@e.com"] * 2
    + ["mailto:jane_doe@e.com"],
    r"jane\_doe@e.com": ["mailto:jane_doe@e.com"],
    r"jane\@e.com": [],
    "@jane@social.example": [],
    "https://e.com/@jane jane@e.com/x": ["https://e.com/@jane", "mailto:jane@e.com"],
}


def find_all(text, *, in_brackets=False):
    """Return the addresses of a text, from left to right."""
    addresses, found, position = BareAddresses(text), [], 0
    while (start := addresses.find(position)) < len(text):
        position, address, _ = addresses.read(start, in_brackets=in_brackets)
        found.append(address)
    return found


@pytest.mark.parametrize("text", FOUND, ids=ascii)
def test_addresses_are_found_to_their_end(text):
    assert find_all(text) == FOUND[text]


def test_the_bracket_that_ends_a_link_ends_an_address():
    assert find_all("https://e.com/a](https://e.com/b)") == ["https://e.com/a](https://e.com/b)"]
    assert find_all("https://e.com/a](u)", in_brackets=True) == ["https://e.com/a"]
    doi = "https://doi.org/10.1/a<1:B>2"
    assert find_all(f"{doi}](u)", in_brackets=True) == [doi]


def test_the_words_of_an_address_are_those_that_were_typed_without_backslashes():
    addresses = BareAddresses(r"www.e.com a\_b@e.com mailto:a@e.com")
    words = []
    position = 0
    for _ in range(3):
        position, _, word = addresses.read(addresses.find(position), in_brackets=False)
        words.append(word)
    assert words == ["www.e.com", "a_b@e.com", "mailto:a@e.com"]


@pytest.mark.parametrize("text", FOUND, ids=ascii)
def test_a_text_with_an_address_holds_a_sign_of_it(text):
    assert holds_sign_of_address(text) or not FOUND[text]
    assert not holds_sign_of_address("Nothing: of e.com / this")


PIECES = [
    "http://",
    "www.",
    "@",
    "mailto:",
    "a",
    "b.c",
    ".",
    "_",
    "-",
    ")",
    "(",
    ";",
    "&a",
    "\\",
    " ",
    "<",
]


@settings(deadline=None, max_examples=300)
@given(text=st.lists(st.sampled_from(PIECES), max_size=15).map("".join))
def test_addresses_follow_each_other_and_end_with_no_sign_of_a_sentence(text):
    addresses, position = BareAddresses(text), 0
    while (start := addresses.find(position)) < len(text):
        end, _, words = addresses.read(start, in_brackets=False)
        assert position <= start < end <= len(text)
        assert text[start:end].replace("\\", "") == words.replace("\\", "")
        assert words[-1] not in "._*~,;:!?\\"
        position = end
