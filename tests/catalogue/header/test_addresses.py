"""An old address leads on from wherever GitHub Pages looks for it, or is told why it cannot."""

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import quote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalogue.addresses import address_file
from catalogue.folder.names import FORBIDDEN_ON_WINDOWS
from catalogue.header.addresses import read_aliases_value, read_old_address
from catalogue.header.entries import HeaderEntry, InvalidValue
from catalogue.header.front_matter import read_header
from catalogue.slugs import DEVICES


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("/blog/überblick/", "/blog/überblick/"),
        ("/blog/u\u0308berblick/", "/blog/überblick/"),
        ("/%C3%BC/", "/ü/"),
        ("/%c3%bc", "/ü/"),
        ("/u%CC%88/", "/ü/"),
        ("/tag/c++/", "/tag/c++/"),
        ("/tag/c%2B%2B/", "/tag/c++/"),
        ("/tag/c%23/", "/tag/c#/"),
        ("/tag/c#/", "/tag/c#/"),
        ("/tag/c#", "/tag/c#/"),
        ("/a b/", "/a b/"),
        ("/a%20b/", "/a b/"),
        ("/2019/05/title%20x.html", "/2019/05/title x.html"),
        ("/100%/", "/100%/"),
        ("/100%25/", "/100%/"),
        ("/it's-(not)-r&d;x=1!/@ann/$5/", "/it's-(not)-r&d;x=1!/@ann/$5/"),
        ("/~ann/_x/-y/", "/~ann/_x/-y/"),
        ("/日本語/", "/日本語/"),
        ("/%E6%97%A5%E6%9C%AC%E8%AA%9E.html", "/日本語.html"),
        ("/old/#part", "/old/"),
        ("/old.html#part", "/old.html"),
        ("/blog//old/", "/blog/old/"),
        ("//old.example/x/", "/x/"),
        ("HTTPS://old.example:8080/über/", "/über/"),
        ("old-name", "/old-name/"),
        ("/old.php", "/old.php/"),
        ("/" + quote("б" * 70) + "/", "/" + "б" * 70 + "/"),
    ],
)
def test_an_address_is_kept_as_the_name_of_its_file(typed, address):
    assert read_old_address(typed) == address
    assert read_old_address(quote(address)) == address


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("/?p=123", "follows the ?, which GitHub Pages does not look at. Leave it out of Aliases."),
        ("https://x.example?p=123", "follows the ?"),
        (
            "/old.php?id=3",
            "follows the ?, which GitHub Pages does not look at. Write: Aliases: /old.php/",
        ),
        ("/#!/old", "follows the #, which GitHub Pages does not look at. Leave it out"),
        ("/", "is not an old address of this site"),
        ("https://old.example", "is not an old address of this site"),
        ("../up", "is not an old address of this site"),
        ("/a/%2e%2E/b", "is not an old address of this site"),
        ("/a/./b/", "is not an old address of this site"),
        ("/" + "a/" * 1000, "is not an old address of this site"),
        ("/.hidden/", "GitHub Pages does not publish “.hidden”"),
        ("/a:b/", "Windows cannot store a name with : in it"),
        ("/a%3Fb/", "Windows cannot store a name with ? in it"),
        ("/a*/", "a name with * in it"),
        ('/a"/', 'a name with " in it'),
        ("/a<b/", "a name with < in it"),
        ("/a>b/", "a name with > in it"),
        ("/a|b/", "a name with | in it"),
        ("/a%5Cb/", "a name with \\ in it"),
        ("mailto:ann", "a name with : in it"),
        ("/a%20/", "Windows cannot store a name that ends in a blank"),
        ("/a./", "Windows cannot store a name that ends in a dot"),
        ("/con/", "Windows keeps the name “con” for itself"),
        ("/AUX.html", "Windows keeps the name “AUX.html” for itself"),
        ("/a%00b/", "an invisible sign (U+0000)"),
        ("/a%E2%80%AEb/", "an invisible sign (U+202E)"),
        ("/%FC/", "holds %FC, which is no letter in UTF-8"),
        ("/a%2Fb/", "holds %2F, a slash that is none"),
        ("/old/ /x/", "looks like two addresses. Put a comma between them."),
        ("/" + "ü" * 76 + "/", "too long for a name"),
        ("/" + "abcdefgh/" * 25, "more than 200 bytes"),
        ("/sw.js", "belongs to the site itself"),
        ("/x.js", "asks for .js wants the file"),
        ("/robots.txt", "belongs to the site itself"),
    ],
)
def test_what_cannot_lead_on_is_named_by_its_sign(typed, words):
    with pytest.raises(InvalidValue) as caught:
        read_old_address(typed)
    text = str(caught.value)
    assert words in text
    assert text.isprintable()
    assert len(text) < 400


@pytest.mark.parametrize(
    ("value", "addresses"),
    [
        ("/a/, /b/", ["/a/", "/b/"]),
        ("/a/,/b/", ["/a/", "/b/"]),
        ("/a/; /b.html", ["/a/", "/b.html"]),
        ("/a,b/", ["/a,b/"]),
        ("/a;jsessionid=1/, /c/", ["/a;jsessionid=1/", "/c/"]),
        ("/a/, b, c.php", ["/a/", "/b/", "/c.php/"]),
        ("a,b", ["/a/", "/b/"]),
        ("[/a/, /b/]", ["/a/", "/b/"]),
        ('["/a/", "/b c/"]', ["/a/", "/b c/"]),
        ('"/a, b/"', ["/a/", "/b/"]),
        ("/a/,", ["/a/"]),
        ("/a/, /a/, /A/", ["/a/", "/A/"]),
        ("https://x.example/a,b.html,https://x.example/c/", ["/a,b.html", "/c/"]),
    ],
)
def test_addresses_stand_between_commas(value, addresses):
    assert read_aliases_value(HeaderEntry("Aliases", 1, value)) == addresses


def test_addresses_may_stand_in_lines_of_a_list():
    header = read_header(
        '---\ntitle: A\ndate: 2024-05-01\naliases:\n- /ü/\n- "/a, b/"\n---\nx\n', "post"
    )
    assert header.problems == []
    assert header.values["Aliases"] == ["/ü/", "/a, b/"]


def test_more_addresses_than_matter_are_too_many():
    many = ", ".join(f"/{number}/" for number in range(31))
    with pytest.raises(InvalidValue, match="Aliases has 31 entries"):
        read_aliases_value(HeaderEntry("Aliases", 1, many))


signs = st.text("aü/.%# ?:C+\u0301,\\~", max_size=20) | st.text(max_size=30)


@settings(deadline=None, database=None, max_examples=500)
@given(signs)
@example("/con /x")
@example("/..%2fx")
def test_the_file_of_an_address_can_be_stored_everywhere_and_lies_in_the_site(typed):
    try:
        address = read_old_address(typed)
    except InvalidValue:
        return
    file = address_file(address)
    parts = file.split("/")
    assert not file.startswith("/")
    assert PurePosixPath(file).parts == PureWindowsPath(file).parts == tuple(parts)
    for part in parts:
        assert part not in ("", ".", "..")
        assert not FORBIDDEN_ON_WINDOWS.search(part)
        assert not DEVICES.fullmatch(part)
        assert not part.endswith((".", " "))
        assert not part.startswith(".")
    assert file == unicodedata.normalize("NFC", file)
    assert file.casefold().endswith((".html", ".htm", ".shtml"))
    assert read_old_address(quote(address)) == address


@settings(deadline=None, database=None, max_examples=300)
@given(signs, signs)
def test_two_addresses_have_one_file_only_if_they_are_one_address(one, two):
    try:
        first, second = read_old_address(one), read_old_address(two)
    except InvalidValue:
        return
    same = first.removesuffix("index.html") == second.removesuffix("index.html")
    assert same == (address_file(first) == address_file(second))
