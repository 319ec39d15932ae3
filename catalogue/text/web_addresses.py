"""Judge a web address as a browser acts on it: which program or place it leads to."""

import posixpath
import re
from urllib.parse import quote, unquote

from catalogue.folder.layout import PLAYED_ENDINGS
from catalogue.problems import shorten
from catalogue.text.films import find_film, find_film_of_still
from catalogue.text.html_allowlist import SCHEMES

# As they are typed, and as Markdown may write them. An address may end in an apostrophe of its own.
CURLY = "“”„‘’«»"
CURLY_STARTS = (*CURLY, *map(quote, CURLY))
CURLY_ENDS = ("”", "“", "»", *map(quote, "”“»"))
# A caption where an address belongs, or one that nothing parts from it.
QUOTED = re.compile(r'(?P<address>[^"?]*)"(?P<words>[^"]*)"?')
APOSTROPHES = re.compile(r"'[^\s']+'")
# The beginning of an address elsewhere that is typed otherwise: browsers take it for one of this site.
SLIPPED = re.compile(
    r"(https?)(?::/?(?!/)|/+:/*|//|;/+|\./+|:///+|:s//)(?=[\w-]+\.)", re.IGNORECASE
)
# Of Word's tags, which look like schemes.
OFFICE = frozenset("st1 st2 mso w14 w15 wp wp14 wps".split())
PREVIEWED = re.compile(r"https?://(?:localhost|127\.0\.0\.1)(?::\d+)?(?=/.)", re.IGNORECASE)
# A file on another computer of the author's own network, as Windows names it: Markdown keeps one of the two
# backslashes at its beginning. What begins with a folder of the texts is an address of the site.
NETWORK = re.compile(
    r"(?:\\{1,2}(?!(?:content|images|posts|pages|topics|extra)\\)[\w.$-]+\\|//[\w$-]+[/\\])[^/\\]"
)
LAST_NAME = re.compile(r"[^/\\:]+\.(?!md$)\w{2,5}$")
FILE_NAME = re.compile(r"\S*(?:/|\.[a-z0-9]{2,4}$)\S*", re.IGNORECASE)
# A DOI of the years before 2001 may have a part in points (ANSI/NISO Z39.56): 10.1002/(SICI)1097-4571(1999)
# 50:1<1::AID-ASI1>3.0.CO;2-X. No tag of HTML begins with a digit.
OLD_DOI = r"https?://(?:dx\.|www\.)?doi\.org/10\.[^\s<>]{0,200}<[0-9][^\s<>]{0,200}>[^\s<>]{0,200}"
WEB = re.compile(r"https?://", re.IGNORECASE)
HOST = re.compile(r"https?://[^/?#]*", re.IGNORECASE)
NO_URL_SIGN = re.compile(r'[ "<>\[\]{}|\\^`]')  # of those in ASCII (RFC 3986, 2.2 and 2.3)
PLAIN_ADDRESS = re.compile(rf"(?:{'|'.join(sorted(SCHEMES))}):[!-~]*")


def fold_url(url: str) -> str:
    """Return what a browser acts on in an address: no blanks, no controls, one case."""
    return re.sub(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]+", "", url).casefold()


def show_destination(address: str) -> str:
    """Return an address as it stands between ( and ) in Markdown, fit for a message (CommonMark, 6.3)."""
    way = shorten(address.replace("{static}/", "../"), 100)  # nobody types it for ![[desk.png]]
    return f"<{way}>" if " " in way else way


def strip_curly(url: str) -> str:
    """Return an address without the curly quotation marks that an editor has put around it.

    A file's name may begin or end with one, but not both.
    """
    bare = url.strip()
    is_open, is_closed = bare.startswith(CURLY_STARTS), bare.endswith(CURLY_ENDS)
    if not (is_open or is_closed) or " " in bare:
        return url
    bare = bare.strip(CURLY)
    for code in CURLY_STARTS:
        bare = bare.removeprefix(code).removesuffix(code)
    return bare if (is_open and is_closed) or "://" in bare else url


def check_quoted(url: str, *, is_picture: bool) -> str:
    """Return what is wrong with an address that holds a quotation mark; empty for a good one."""
    if APOSTROPHES.fullmatch(url.strip()):
        bare = shorten(url.strip().strip("'"), 100)
        return f"The address {bare} stands in quotation marks. Write it without them: ({bare})"
    found = QUOTED.fullmatch(url.strip()) if '"' in url else None
    if not found or "://" in found["address"]:  # others have such names
        return ""
    address, words = found["address"].strip(), " ".join(found["words"].split())
    if not address and FILE_NAME.fullmatch(words):
        seen = f"The address {shorten(words, 100)} stands in quotation marks"
        return f"{seen}. Write it without them: ({shorten(words, 100)})"
    noun, before, example = "title", "[its words]", "its-address"
    if is_picture:
        noun, before, example = "caption", "![what it shows]", "../images/its-name"
    seen = f"Here is a {noun} without an address"
    way = shorten(address or example, 100)
    if address:
        is_within = found["address"] != address or " " in address
        seen = (
            f"The {noun} stands between < and >"
            if is_within
            else f"A blank is missing before the {noun}"
        )
        way = f"<{way}>" if " " in address else way
    return f'{seen}. Write: {before}({way} "{shorten(words)}")'


def check_slipped(url: str) -> str:
    """Return what is wrong with an address whose https:// is typed otherwise, or stands alone."""
    if slipped := SLIPPED.match(url):
        right = f"{slipped[1].casefold()}://{url[slipped.end() :]}"
        return (
            f"{shorten(url, 100)} does not begin as an address does. Write: {shorten(right, 100)}"
        )
    if re.fullmatch(r"https?:/*", url, re.IGNORECASE):
        return f"{url} leads nowhere. Write the whole address behind it, as in https://example.org/"
    return ""


def check_address(url: str) -> str:
    """Return what is wrong with an address that leads to a program or to the author's own computer.

    The message is empty for a good address.
    """
    if url[:4].casefold() == "http" and (text := check_slipped(url.strip())):
        return text
    if url[:1] in ("\\", "/") and NETWORK.match(url):
        seen = f"{show_network(url)} is a place in your own network"
        return f"{seen}. {write_copy(url)}"
    # Without a colon there is no scheme, for no other sign becomes one when an address is folded.
    if ":" not in url or PLAIN_ADDRESS.fullmatch(url):
        return ""
    if re.match(r"[A-Za-z]:[\\/]|file:", url.strip()):
        return f"{shorten(url.strip(), 100)} is a place on your own computer. {write_copy(url)}"
    match = re.match(r"([a-z][a-z0-9+.-]*):", fold_url(url))
    if match and match[1] == "data" and fold_url(url).startswith("data:image"):
        seen = "This picture is written out as a long code, “data:”, as some programs copy it"
        return f"{seen}. Save it in content/images/ and write: ../images/its-name"
    if match and match[1] in OFFICE:
        return f"<{match[1]}:…> is a tag that Word left here. Delete it, and what begins with </{match[1]}:"
    if match and match[1] not in SCHEMES:
        return f"A link to “{shorten(match[1], 20)}:” is not allowed. Write an address that begins with https://"
    return ""


def show_network(url: str) -> str:
    """Return the place of a file in a network as its author typed it, fit for a message."""
    return shorten(rf"\\{url.lstrip(chr(92))}" if url.startswith("\\") else url, 100)


def write_copy(url: str) -> str:
    """Return what to do with a file that is not in the folder of the texts, by its place."""
    name = LAST_NAME.search(unquote(url.strip()))
    way = f"../images/{name[0] if name else 'its-name'}"
    return f"Copy the file to content/images/ and write: {show_destination(way)}"


def write_outside(url: str) -> str:
    """Return an address on another site as a page has it: whole, with codes for what none may hold.

    Servers take a sign and its code for the same.
    """
    url = url.strip()
    url = f"https:{url}" if url.startswith("//") else url
    host = HOST.match(url)
    if not host:
        return url
    return host[0] + NO_URL_SIGN.sub(lambda sign: quote(sign[0]), url[host.end() :])


def explain_elsewhere(url: str, noun: str) -> str:
    """Return what to write instead of a picture or the like that lies on another site."""
    if film := find_film(url):
        seen = (
            f"{shorten(url, 100)} is a film on {film.site}, to which only a link of its own leads"
        )
        return f"{seen}. Write: [its title]({shorten(film.address, 100)})"
    remedy = "Save it in content/images/ and write: ../images/its-name"
    if own := PREVIEWED.match(url):
        return f"{shorten(url, 100)} is on your own computer alone. Write: {shorten(url[own.end() :], 100)}"
    place = url.partition("#")[0].partition("?")[0]
    if noun == "picture" and posixpath.splitext(place)[1].lower() in PLAYED_ENDINGS:
        noun, remedy = (
            "recording or film",
            f"{remedy}, or link to it: [its title]({shorten(url, 100)})",
        )
    if film := find_film_of_still(url):
        remedy += f", or link to the film: [its title]({film.address})"
    return f"The {noun} {shorten(url, 100)} lies on another site. {remedy}"
