"""Judge a web address as a browser acts on it: which program or place it leads to."""

import re
from urllib.parse import quote

from catalogue.problems import shorten
from catalogue.text.html_allowlist import SCHEMES

# As they are typed, and as Markdown may write them. An address may end in an apostrophe of its own.
CURLY = "“”„‘’«»"
CURLY_STARTS = (*CURLY, *map(quote, CURLY))
CURLY_ENDS = ("”", "“", "»", *map(quote, "”“»"))
PLAIN_ADDRESS = re.compile(rf"(?:{'|'.join(sorted(SCHEMES))}):[!-~]*")


def fold_url(url: str) -> str:
    """Return what a browser acts on in an address: no blanks, no controls, one case."""
    return re.sub(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]+", "", url).casefold()


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


def check_address(url: str) -> str:
    """Return what is wrong with an address that leads to a program or to the author's own computer.

    The message is empty for a good address.
    """
    # Without a colon there is no scheme, for no other sign becomes one when an address is folded.
    if ":" not in url or PLAIN_ADDRESS.fullmatch(url):
        return ""
    if re.match(r"[A-Za-z]:[\\/]|file:", url.strip()):
        remedy = "Copy the file to content/images/ and write: ../images/its-name"
        return f"{shorten(url.strip(), 100)} is a place on your own computer. {remedy}"
    match = re.match(r"([a-z][a-z0-9+.-]*):", fold_url(url))
    if match and match[1] not in SCHEMES:
        return f"A link to “{shorten(match[1], 20)}:” is not allowed. Write an address that begins with https://"
    return ""
