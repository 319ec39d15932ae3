"""Find the picture that the header of a post names.

Reads: the headers `Image` and `Image-alt` of the articles.
Adds: to each article `image`, the picture's address under the domain, `image_url`, the whole address
with all that a URL cannot hold escaped, and `image_alt`, its text; all empty where there is none.
Writes: nothing.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote


def locate_picture(path: str, addresses: Mapping[str, str]) -> str:
    """Return the address of a picture from the site's root; `addresses` are those of all files, by path.

    A path that is no file's is an address already, as in `catalogue.text.links.expand_links`.
    """
    return addresses.get(path, f"/{path}") if path else ""


def add_pictures(generator: Any) -> None:
    """Add to each article the addresses and the text of its picture."""
    for article in generator.articles:
        values = article.record.values
        address = locate_picture(values.get("Image", ""), generator.catalogue.addresses)
        article.image = address and generator.site_root + address
        article.image_url = address and generator.settings["SITEURL"] + quote(address)
        article.image_alt = values.get("Image-alt", "")


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_pictures)
