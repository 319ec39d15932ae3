"""List what in a page or a feed could run, load, hide or lead a reader elsewhere."""

import json
import re
from functools import lru_cache
from xml.etree import ElementTree

import html5lib

from tests.conftest import Page

ELEMENTS = frozenset(
    "applet base button embed form frame frameset iframe input math object plaintext portal script "
    "select style svg textarea xmp".split()
)
ADDRESSES = frozenset(
    "action background cite data formaction href longdesc manifest ping poster src".split()
)
SCHEMES = frozenset("blob data file filesystem javascript livescript mocha vbscript".split())
ATOM = "{http://www.w3.org/2005/Atom}"
HTML_IN_FEEDS = frozenset("content description encoded subtitle summary title".split())


def list_active(name, data):
    """List the active parts of a file of the site, as texts that can be compared."""
    if name.endswith(".html"):
        return set(list_in_tree(Page(data.decode()).tree))
    if name.endswith(".xml"):
        return set(list_in_feed(ElementTree.fromstring(data)))
    if name == "feeds/all.json":
        items = json.loads(data)["items"]
        return {part for item in items for part in list_in_html(item["content_html"])}
    return set()


@lru_cache(maxsize=10_000)
def list_in_html(text):
    """List the active parts of HTML that is no whole page, as a browser reads it."""
    return tuple(list_in_tree(html5lib.parseFragment(text, namespaceHTMLElements=False)))


def list_in_tree(tree):
    """List the active elements and attributes of a tree that html5lib has read."""
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        tag = local(element.tag)
        attributes = {local(key): value for key, value in element.attrib.items()}
        text = f"<{tag}" + "".join(f" {key}={value!r}" for key, value in sorted(attributes.items()))
        is_style = tag == "link" and "stylesheet" in attributes.get("rel", "").lower()
        is_refresh = tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh"
        if tag in ELEMENTS or is_style or is_refresh or any(map(is_active, *pair(attributes))):
            yield text


def list_in_feed(root):
    """List the active addresses of an Atom or RSS feed, and the active parts of the HTML in it."""
    for element in root.iter():
        tag, text = local(element.tag), element.text or ""
        for address in (element.get("href", ""), text if tag in ("link", "id", "guid") else ""):
            if read_scheme(address) in SCHEMES:
                yield f"{tag} {address}"
        kind = "text" if element.tag.startswith(ATOM) else "html"  # where none is named
        if tag in HTML_IN_FEEDS and element.get("type", kind) == "html":
            yield from list_in_html(text)


def local(name):
    """Return a name without its namespace."""
    return name.rpartition("}")[2].lower()


def pair(attributes):
    return zip(*attributes.items(), strict=True) if attributes else ((), ())


def is_active(name, value):
    """Return whether an attribute runs, styles, or leads to what is no ordinary address."""
    return (
        name.startswith("on")
        or name in ("srcdoc", "style")
        or (name in ADDRESSES and read_scheme(value) in SCHEMES)
    )


def read_scheme(address):
    """Return the scheme of an address as a browser reads it: signs that it passes over are left out."""
    match = re.match(r"([a-z][a-z0-9+.-]*):", re.sub(r"[\x00-\x20\x7f]+", "", address).lower())
    return match[1] if match else ""
