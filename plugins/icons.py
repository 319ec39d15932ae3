"""Publish the site's icon, a drawer with its label, in the forms and sizes that systems ask for.

Reads: the settings SITENAME and SITESUBTITLE, the addresses of the site, theme/static/icons/.
Adds: `icon` to the context, the drawing as an address that needs no request, or that of the author's own.
Writes: the icon as SVG, PNG and ICO, and the web app manifest (W3C), but for what extra has itself.
"""

import hashlib
import json
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from catalogue.addresses import DEFAULT_FILES

FOLDER = "static/icons"  # in the theme; each file there has its name on the site
PNG_SIZES = {"icon_192": 192, "icon_512": 512, "apple_touch_icon": 180}  # pixels a side
ICON_KEYS = ("icon", "favicon", *PNG_SIZES)  # of the files, in DEFAULT_FILES
PAPER = "#fdfcfa"


def read_icon(theme: Path, key: str) -> bytes:
    """Return a file of the theme's icon; `key` is its name in DEFAULT_FILES."""
    return (theme / FOLDER / DEFAULT_FILES[key].lstrip("/")).read_bytes()


def format_data_address(svg: str) -> str:
    """Return SVG as an address (RFC 2397) that has it inside."""
    return f"data:image/svg+xml,{quote(svg, safe='=:/')}"


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


def add_icon(generator: Any) -> None:
    """Add the icon's address to the context: the author's own, if there is one in extra."""
    catalogue, theme = generator.catalogue, Path(generator.settings["THEME"])
    drawn = format_data_address(read_icon(theme, "icon").decode().strip())
    files = (DEFAULT_FILES[key] for key in ("icon", "favicon"))
    own = next((file for file in files if file not in catalogue.own), "")
    generator.context["icon"] = generator.site_root + own if own else drawn


def write_icons(generator: Any, writer: Any) -> None:
    """Write the icons and the manifest."""
    settings, own = generator.settings, generator.catalogue.own
    for key in ICON_KEYS:
        if DEFAULT_FILES[key] in own:
            data = read_icon(Path(settings["THEME"]), key)
            shown = hashlib.sha256(data).hexdigest()
            writer.add(DEFAULT_FILES[key].lstrip("/"), partial(bytes, data), shown)
    if DEFAULT_FILES["manifest"] in own:
        about = (settings["SITENAME"], settings["SITESUBTITLE"], settings["DEFAULT_LANG"])
        draw = partial(format_manifest, *about, generator.site_root)
        writer.add(DEFAULT_FILES["manifest"].lstrip("/"), draw, "manifest")


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_icon)
    signals.article_writer_finalized.connect(write_icons)
