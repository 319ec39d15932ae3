"""Find the links of a text that lead to other sites, each by the address that is asked for."""

import html
import re
from urllib.parse import urlsplit

ATTRIBUTES = r'((?: [a-z-]+(?:="[^"]*")?)*?)'
TAG = rf'<a\b{ATTRIBUTES} href="((?:https?:)?//[^"]*)"'
OUTSIDE_TAG = re.compile(TAG, re.IGNORECASE)
# A link of published HTML, whole, with what stands in it; links do not stand in each other.
OUTSIDE_LINK = re.compile(
    rf'{TAG}((?: [a-z-]+(?:="[^"]*")?)*)>(.*?)</a>', re.DOTALL | re.IGNORECASE
)


def find_outside(address: str) -> str:
    """Return what of an address is asked of another site; empty if nothing is.

    A place in the page (`#`) is not asked for, so that two links to one page have one address.
    """
    url = address.strip().partition("#")[0].rstrip()
    url = f"https:{url}" if url.startswith("//") else url
    try:
        parts = urlsplit(url)
        is_outside = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # of brackets or a port that are none
        return ""
    return url if is_outside and url.isprintable() else ""


def read_outside(value: str) -> str:
    """Return the same of an address that is written as the value of a `href`."""
    return find_outside(html.unescape(value))


def list_outside(source: str) -> list[str]:
    """Return the addresses on other sites that the HTML of a text links to, each once, in order."""
    if "//" not in source:
        return []
    found = (read_outside(value) for _, value in OUTSIDE_TAG.findall(source))
    return [url for url in dict.fromkeys(found) if url]
