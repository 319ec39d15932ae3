"""Choose the style of each page from the parts of the theme's stylesheet, and the policy that admits it.

theme/static/style/ has one file for what every page needs, base.css, and one a feature. A page's head
has those that its template names in `styles`, so no reader is sent what her page does not use; what a
text needs by its own HTML, such as a table, is seen in that HTML.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from markupsafe import Markup

from catalogue.spelling import find_nearest
from catalogue.text.ids import format_note_id, format_sign_id

ALWAYS = "base"  # the part that every page has
# The parts that a text needs if its HTML has one of these elements, or of these beginnings of a class.
TEXT_PARTS = {
    name: frozenset(signs.split())
    for name, signs in {
        "blocks": "ul ol dl h1 h2 h3 h4 h5 h6 hr blockquote pre details cite sub sup",
        "links": "a",
        "mono": "code kbd",
        "caps": ".caps",
        "picture": "img video",
        "figure": "figure audio",
        "code": "pre",
        "table": "table",
        "notes": ".footnote",
        "alerts": ".admonition",
        "tasks": "label",
        "placed": ".text .float .width .lower .upper",
    }.items()
}
# What a page says by a class of that part (plugins/page_text.py), and a list whose numbers are long.
PLACED = re.compile(r'<(?:img [^>]*align="|ol [^>]*(?:type="|start="\d{3}))')
ELEMENT = re.compile(r"<([a-z]+[1-6]?)")
CLASSES = re.compile(r'class="([^"]*)"')
NOTE = re.compile(r'<li id="fn-\d+"')
BESIDE = "beside:"  # before the number of notes in the name of a part
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# A text in quotation marks stays; blanks elsewhere are of no use beside these signs, and a colon needs
# none behind it.
NEEDLESS = re.compile(r'("(?:\\.|[^"\\])*")|\s*([<>]=|[{};,<>/])\s*|(:)\s+|\s+')
ORIGIN = "{origin}"  # stands for the scheme and the host of the site

BRACE = re.compile(r'"(?:\\.|[^"\\])*"|[{}]')
LAYER = re.compile(r"@layer [a-z]+\{")


@lru_cache(maxsize=64)
def minify(source: str) -> str:
    """Return CSS without comments, and without the blanks that it does not need."""
    text = NEEDLESS.sub(
        lambda match: match[1] or match[2] or match[3] or " ", COMMENT.sub("", source)
    )
    return text.replace(";}", "}").replace("</", "<\\/").strip()


def join_layers(css: str) -> str:
    """Return minified CSS in which blocks of one layer that follow one another are one block."""
    blocks = [""]
    depth = start = 0
    for match in BRACE.finditer(css):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if match[0] != "}" or depth:
            continue
        block, start = css[start : match.end()], match.end()
        layer = LAYER.match(block)
        if layer and blocks[-1].startswith(layer[0]):
            blocks[-1] = blocks[-1][:-1] + block[layer.end() :]
        else:
            blocks.append(block)
    return "".join([*blocks, css[start:]])


def read_parts(folder: Path) -> dict[str, str]:
    """Return the minified parts of the stylesheet in a folder, by the names of their files."""
    files = sorted(folder.glob("*.css"))
    return {path.stem: minify(path.read_text(encoding="utf-8")) for path in files}


def find_text_parts(html: str, others: Iterable[str] = ()) -> str:
    """Return the names of the parts that texts need by their HTML, each with a blank before it."""
    text = "".join((html, *others))
    words = " ".join(CLASSES.findall(text)).split()
    signs = {*ELEMENT.findall(text), *[f".{word.partition('-')[0]}" for word in words]}
    if PLACED.search(text):
        signs.add(".float")
    parts = "".join([f" {name}" for name, any_of in TEXT_PARTS.items() if any_of & signs])
    notes = len(NOTE.findall(html))
    return f"{parts} {BESIDE}{notes}" if notes else parts


def format_beside(notes: int) -> str:
    """Return the style that puts each of so many notes beside its first sign, or below the note before it.

    Browsers that know no anchors (CSS Anchor Positioning, level 1) leave the notes below the text. The
    width is that of notes.css.
    """
    rules = []
    for number in range(1, notes + 1):
        top = f"anchor(--r{number} top)"
        if number > 1:
            above = f"anchor(--n{number - 1} bottom)"
            top = f"max(anchor(--r{number} top,{above}),{above})"
        rules.append(
            f"[id={format_sign_id(number, 1)}]{{anchor-name:--r{number}}}"
            f"[id={format_note_id(number)}]{{anchor-name:--n{number};top:{top}}}"
        )
    return f"@layer components{{@container (width>=63rem){{{''.join(rules)}}}}}"


@dataclass(frozen=True)
class Stylesheet:
    """The style of a page: called with names of parts, with blanks between them, return their CSS."""

    parts: Mapping[str, str]

    @cached_property
    def drawn(self) -> dict[str, Markup]:
        """Return the styles that were asked for by now."""
        return {}

    def __call__(self, names: str) -> Markup:
        """Return what is always there and the named parts. Raises ValueError for a part that is none."""
        style = self.drawn.get(names)
        if style is None:
            texts = map(self.find_part, dict.fromkeys([ALWAYS, *names.split()]))
            style = Markup(join_layers("".join(texts)))  # noqa: S704 - the theme's own files
            self.drawn[names] = style
        return style

    def find_part(self, name: str) -> str:
        """Return one part; that of notes beside a text is made for their number."""
        if name.startswith(BESIDE):
            return format_beside(int(name.removeprefix(BESIDE)))
        if name not in self.parts:
            near = find_nearest(name, self.parts)
            remedy = f" Did you mean {near}?" if near else ""
            raise ValueError(f"theme/static/style/ has no {name}.css.{remedy}")
        return self.parts[name]


def make_stylesheet(theme: Path, site_url: str = "") -> Stylesheet:
    """Return the stylesheet of a theme's folder, which knows the scheme and the host of the site."""
    site = urlsplit(site_url)
    origin = f"{site.scheme}://{site.netloc}" if site.netloc else ""
    parts = read_parts(theme / "static" / "style")
    return Stylesheet({name: css.replace(ORIGIN, origin) for name, css in parts.items()})


def format_source(text: str) -> str:
    """Return the source by which a policy admits one style or script that stands in the page."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@dataclass(frozen=True)
class Policy:
    """The Content Security Policy (W3C, level 3) of a page, as its only style makes it."""

    stylesheet: Stylesheet

    @cached_property
    def sources(self) -> dict[str, str]:
        """Return the sources of styles that were asked for by now; they are no part of a page's key."""
        return {}

    def __call__(self, names: str, scripts: str = "", data: str = "") -> Markup:
        """Return what a page with these parts of the style may load: its own, and no more.

        It is for an attribute in double quotation marks, where an apostrophe needs no code. `scripts`
        are the sources of its programs, if it has any, as the policy writes them. `data` is its JSON-LD,
        which is no program; those who judge pages ask that it be named where the rest is forbidden.
        """
        style = self.sources.get(names)
        if style is None:
            style = self.sources[names] = format_source(self.stylesheet(names))
        programs = f"{scripts} {format_source(data)}".lstrip() if data else scripts
        policy = escape(format_policy(style, programs), quote=False)
        return Markup(policy.replace('"', "&quot;"))  # noqa: S704 - escaped here


def format_policy(style: str, scripts: str = "") -> str:
    """Return the policy for the source of one style: pictures, films and the search are the site's own.

    `connect-src` lets tools that judge pages fetch robots.txt, `data:` is for the icon.
    """
    programs = f"script-src {scripts}; " if scripts else ""
    return (
        f"default-src 'none'; style-src {style}; {programs}img-src 'self' data:; "
        "media-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"
    )
