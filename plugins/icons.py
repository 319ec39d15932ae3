"""Draw the site's icon, a drawer with its label, in the forms and sizes that systems ask for.

Reads: the settings SITENAME and SITESUBTITLE, the addresses of the site.
Adds: `icon` to the context, the drawing as an address that needs no request, or that of the author's own.
Writes: the icon as SVG, PNG and ICO, and the web app manifest (W3C), but for what extra has itself.
"""

import io
import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import quote

from catalogue.addresses import DEFAULT_FILES

GRID = 8  # the drawing is made of squares, so many a side
RED, WHITE = "#a3142b", "#fff"
# Its parts from the ground up: a colour, and the column, row, width and height of each rectangle.
PARTS = (
    (RED, ((0, 0, 8, 8),)),
    (WHITE, ((1, 1, 6, 3), (3, 5, 2, 2))),
)
PAPER = "#fdfcfa"
PNG_SIZES = {"icon_192": 192, "icon_512": 512, "apple_touch_icon": 180}  # pixels a side
ICO_SIZES = (16, 32, 48)


def format_svg() -> str:
    """Return the icon as SVG, in one line."""
    paths = "".join(
        f"<path fill='{colour}' d='{''.join(f'M{x} {y}h{w}v{h}H{x}z' for x, y, w, h in boxes)}'/>"
        for colour, boxes in PARTS
    )
    return f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {GRID} {GRID}'>{paths}</svg>"


def format_data_address(svg: str) -> str:
    """Return SVG as an address (RFC 2397) that has it inside."""
    return f"data:image/svg+xml,{quote(svg, safe='=:/')}"


def draw_image(side: int) -> Any:
    """Return the icon as a picture of Pillow's, with this many pixels a side."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (side, side))
    draw = ImageDraw.Draw(image)
    for colour, boxes in PARTS:
        for x, y, width, height in boxes:
            edges = [round(edge * side / GRID) for edge in (x, y, x + width, y + height)]
            draw.rectangle((edges[0], edges[1], edges[2] - 1, edges[3] - 1), fill=colour)
    return image


def draw_png(side: int) -> bytes:
    """Return the icon as PNG."""
    stream = io.BytesIO()
    draw_image(side).quantize(len(PARTS)).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def draw_ico() -> bytes:
    """Return the icon as ICO, for what asks for it by its name."""
    stream = io.BytesIO()
    first, *others = map(draw_image, reversed(ICO_SIZES))
    first.save(stream, "ICO", sizes=[(side, side) for side in ICO_SIZES], append_images=others)
    return stream.getvalue()


def format_manifest(name: str, description: str, language: str, root: str) -> str:
    """Return the web app manifest of a site that lies under `root`, a path without its last slash."""
    icons = [
        {"src": f"{root}{DEFAULT_FILES['icon']}", "type": "image/svg+xml", "sizes": "any"},
        *(
            {
                "src": root + DEFAULT_FILES[key],
                "type": "image/png",
                "sizes": f"{side}x{side}",
                "purpose": "any maskable",
            }
            for key, side in PNG_SIZES.items()
            if key != "apple_touch_icon"
        ),
    ]
    data = {
        "name": name,
        "description": description,
        "lang": language,
        "id": f"{root}/",
        "start_url": f"{root}/",
        "scope": f"{root}/",
        "display": "browser",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": icons,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def list_drawings(settings: Mapping[str, Any], root: str) -> dict[str, Callable[[], str | bytes]]:
    """Return what makes each file, by its name in DEFAULT_FILES."""
    about = (settings["SITENAME"], settings["SITESUBTITLE"], settings["DEFAULT_LANG"], root)
    drawings: dict[str, Callable[[], str | bytes]] = {
        "icon": format_svg,
        "favicon": draw_ico,
        "manifest": partial(format_manifest, *about),
    }
    return drawings | {key: partial(draw_png, side) for key, side in PNG_SIZES.items()}


def add_icon(generator: Any) -> None:
    """Add the icon's address to the context: the author's own, if there is one in extra."""
    catalogue, drawn = generator.catalogue, format_data_address(format_svg())
    files = (DEFAULT_FILES[key] for key in ("icon", "favicon"))
    own = next((file for file in files if file not in catalogue.own), "")
    generator.context["icon"] = generator.site_root + own if own else drawn


def write_icons(generator: Any, writer: Any) -> None:
    """Write the icons and the manifest."""
    for key, draw in list_drawings(generator.settings, generator.site_root).items():
        if DEFAULT_FILES[key] in generator.catalogue.own:
            writer.add(DEFAULT_FILES[key].lstrip("/"), draw, key)


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_icon)
    signals.article_writer_finalized.connect(write_icons)
