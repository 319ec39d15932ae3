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

from jinja2 import Environment, StrictUndefined, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup

from catalogue.dates import format_day, format_stamp
from catalogue.problems import format_count


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


class Once(Extension):
    """Add `{% once %}` … `{% endonce %}`: what stands between is drawn once and kept for all pages.

    After the word may stand values: for each of them it is drawn once. `{% once here %}` is around
    what is the same on all pages but for `here`.
    """

    def __init__(self, environment: Environment) -> None:
        """Begin with nothing drawn; each generator has an environment of its own."""
        super().__init__(environment)
        self.tags = {"once"}
        self.drawn: dict[tuple[Any, ...], str] = {}

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """Make of the tag: take what is kept; if there is nothing, draw and keep it; show it."""
        line = next(parser.stream).lineno
        text = parser.free_identifier()  # no other tag of the template has its name
        key: list[nodes.Expr] = [nodes.Const(parser.name), nodes.Const(text.name)]
        if parser.stream.current.type != "block_end":
            key.append(parser.parse_tuple())
        body = parser.parse_statements(("name:endonce",), drop_needle=True)
        place = nodes.Tuple(key, "load")
        take = nodes.Assign(text, nodes.Getitem(self.attr("drawn"), place, "load"))
        draw = nodes.AssignBlock(text, None, body)
        keep = nodes.ExprStmt(self.call_method("keep", [place, text]))
        is_missing = nodes.Test(text, "undefined", [], [], None, None)
        made = [take, nodes.If(is_missing, [draw, keep], [], []), nodes.Output([text])]
        return [node.set_lineno(line) for node in made]

    def keep(self, key: tuple[Any, ...], text: str) -> None:
        """Keep what was drawn of a tag for its values."""
        self.drawn[key] = text


def dress(generator: Any) -> None:
    """Give one generator's templates their filters, and the context what every page shows."""
    settings = generator.settings
    path = Path(settings["THEME"]) / "static" / "style.css"
    stylesheet = read_stylesheet(path, path.stat().st_mtime_ns)
    generator.context.update(
        stylesheet=stylesheet,
        policy=format_policy(stylesheet),
        site_root=read_root(settings["SITEURL"]),
        site_url=settings["SITEURL"],
    )
    generator.env.add_extension(Once)
    generator.env.undefined = StrictUndefined  # a misspelt name in a template ends the build
    generator.env.filters.update(
        permalink=partial(format_permalink, site_url=settings["SITEURL"]),
        day=format_day,
        iso=format_stamp,
        counted=format_count,
    )


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.generator_init.connect(dress)
