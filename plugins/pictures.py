"""Find the picture that the header of a post names.

Reads: the headers `Image` and `Image-alt` of the articles.
Adds: to each article `image`, the picture's address under the domain, `image_url`, the whole address
with all that a URL cannot hold escaped, and `image_alt`, its text; all empty where there is none.
Writes: nothing.
"""

from typing import Any
from urllib.parse import quote


def add_pictures(generator: Any) -> None:
    """Add to each article the addresses and the text of its picture."""
    for article in generator.articles:
        values = article.record.values
        path = values.get("Image", "")
        # What is no file's path is an address already, as in `catalogue.text.links.expand_links`.
        address = path and generator.catalogue.addresses.get(path, f"/{path}")
        article.image = address and generator.site_root + address
        article.image_url = address and generator.settings["SITEURL"] + quote(address)
        article.image_alt = values.get("Image-alt", "")


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_pictures)
