"""Give the templates what every page needs: the style, the security policy, addresses and dates.

Reads: the theme's stylesheet, the site's address.
Adds: `stylesheet`, `policy`, `site_root`, `site_url` to the context, and filters to the templates.
Writes: nothing.
"""

import base64
import hashlib
import re
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import StrictUndefined
from markupsafe import Markup

from plugins.schedule import format_day, format_stamp


@lru_cache(maxsize=2)
def read_stylesheet(path: Path, _stamp: int) -> Markup:
    """Read the stylesheet without comments and indents; `_stamp` is the file's time of change."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    return Markup(text.replace("</", "<\\/"))  # noqa: S704 - the theme's own file


def format_policy(stylesheet: str) -> str:
    """Write a Content Security Policy (W3C, level 3) for one style, by its hash, and own pictures."""
    digest = base64.b64encode(hashlib.sha256(stylesheet.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'"
    )


def read_root(site_url: str) -> str:
    """Give the path that the site lies under: `` at a domain's root, `/repo` below it."""
    return urlsplit(site_url).path.rstrip("/")


def format_permalink(output_file: str, site_url: str) -> str:
    """Give the absolute address of a page from the name of its file."""
    return f"{site_url}/{output_file.replace(chr(92), '/').removesuffix('index.html')}"


def format_thousands(number: int) -> str:
    """Write a whole number with commas between its thousands."""
    return f"{number:,}"


def read_address(pelican: Any) -> None:
    """Set the site's address and its path; plugins and readers use them."""
    settings = pelican.settings
    settings["SITEURL"] = settings["SITEURL"].rstrip("/")
    settings["SITE_ROOT"] = read_root(settings["SITEURL"])


def dress(generator: Any) -> None:
    """Give one generator's templates their filters, and the context what every page shows."""
    settings = generator.settings
    path = Path(settings["THEME"]) / "static" / "style.css"
    stylesheet = read_stylesheet(path, path.stat().st_mtime_ns)
    generator.context.update(
        stylesheet=stylesheet,
        policy=format_policy(stylesheet),
        site_root=settings["SITE_ROOT"],
        site_url=settings["SITEURL"],
    )
    generator.env.undefined = StrictUndefined  # a misspelt name in a template ends the build
    generator.env.filters.update(
        permalink=partial(format_permalink, site_url=settings["SITEURL"]),
        day=format_day,
        iso=format_stamp,
        thousands=format_thousands,
    )


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.initialized.connect(read_address)
    signals.generator_init.connect(dress)
