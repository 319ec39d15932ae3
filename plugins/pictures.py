"""Find the picture that the header of a post names, and the one that stands for the post elsewhere.

Reads: the headers `Image` and `Image-alt` of the articles, and the pictures in their texts.
Adds: to each article `image`, the address under the domain of its header's picture, percent-encoded,
`image_alt`, its text, and `image_set`, the attributes with its size and its smaller widths, all empty
where there is none; `shared_image`, the `Picture` that machines are told of: that one, or the first in
the text that is large enough, or None. Where there is a card (`plugins/cards.py`), other sites show this
in its place.
Writes: nothing.
"""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from catalogue.text.targets import (
    Target,
    encode_address,
    find_picture_text,
    format_srcset,
    set_size,
)

# How wide a picture is shown: a line of text at most. Telephones with three pixels a dot are told less
# than there is, for nobody sees the third.
SIZES = "(min-width:640px) 600px, (min-resolution:2.5dppx) 60vw, 90vw"
# Pixels of a picture in the text: what is smaller some sites show as a stamp, and nobody chose it.
LEAST_WIDTH, LEAST_HEIGHT = 600, 315
MEDIA_TYPES = {"SVG": "image/svg+xml"}  # where it is not the name of the type


@dataclass(frozen=True)
class Picture:
    """A picture of the site's own, as others are told of it."""

    url: str  # whole
    alt: str
    width: int  # pixels
    height: int
    type: str  # of media, such as image/jpeg


def find_file(name: str, catalogue: Any) -> str:
    """Return the path of the file that a header names by its path or by its address on the site."""
    if not name or name in catalogue.media:
        return name
    address = f"/{name}"
    return next((path for path in catalogue.files if catalogue.addresses[path] == address), name)


def select_shared(article: Any, catalogue: Any, site: str) -> Picture | None:
    """Return the picture that stands for an article; `site` is the site's address."""
    record = article.record
    header = find_file(record.values.get("Image", ""), catalogue)
    paths = [header, *(link.target for link in record.links if link.tag == "img")]
    for path in filter(None, paths):
        media = catalogue.media.get(path)
        if media is None or not media.type:
            continue
        is_large = media.width >= LEAST_WIDTH and media.height >= LEAST_HEIGHT
        if path == header or (is_large and media.can_stand_elsewhere):
            alt = article.image_alt if path == header else find_picture_text(record.html, path)
            url = site + encode_address(catalogue.addresses[path])
            kind = MEDIA_TYPES.get(media.type, f"image/{media.type.lower()}")
            return Picture(url, alt, media.width, media.height, kind)
    return None


def format_image_set(target: Target | None, root: str) -> Markup:
    """Return the attributes of the picture at the top of a post, but for its address and text."""
    if target is None or not target.width:
        return Markup()
    return Markup(set_size("", target) + format_srcset(target, root, SIZES))  # noqa: S704 - escaped


def add_pictures(generator: Any) -> None:
    """Add to each article its picture and the one that stands for it elsewhere."""
    catalogue, root, site = generator.catalogue, generator.site_root, generator.settings["SITEURL"]
    for article in generator.articles:
        values = article.record.values
        path = values.get("Image", "")
        # What is no file's path is an address already, as in `catalogue.text.links.expand_links`.
        address = path and catalogue.addresses.get(path, f"/{path}")
        article.image = address and root + encode_address(address)
        article.image_alt = values.get("Image-alt", "")
        article.image_set = format_image_set(
            catalogue.targets.get(path) or catalogue.targets.get(f"/{path}"), root
        )
        article.shared_image = select_shared(article, catalogue, site)


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_pictures)
