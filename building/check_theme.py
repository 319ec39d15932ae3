"""Find what no page can be drawn with: templates and files that are not there, and wrong words."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from building.words import check_words
from catalogue.addresses import DEFAULT_FILES
from catalogue.problems import shorten
from catalogue.project import ROOT
from catalogue.spelling import count_slips, find_nearest
from plugins.icons import FOLDER, ICON_KEYS

TEMPLATES = "theme/templates"
# `{% extends "base.html" %}` in a template, and `writer.add_page(address, "article"` in the code.
NAMING = re.compile(r"""\{%[-+]?\s*(?:extends|include|import|from)\s+["']([^"'\n]*)["']""")
PAGE = re.compile(r'\.add_page\(\s*[^,"]*(?:"[^"]*"[^,"]*)?,\s*"([\w-]+)"')
MOST_SLIPS = 2  # letters of a name that may be mistyped
PAGE_MAKERS = ("plugins", "building/pelican_adapter")


def check_theme() -> list[str]:
    """Return the faults of the templates and files; if there are none, those of the words they show."""
    return check_templates() or check_icons() or check_words()


def check_icons(root: Path = ROOT) -> list[str]:
    """Return the faults of files of the icon that are not there."""
    places = (f"theme/{FOLDER}/{DEFAULT_FILES[key].lstrip('/')}" for key in ICON_KEYS)
    return [
        f"{place}: this file is not there, and the site's icon is made of it. Fetch it back: "
        f"git checkout {place}"
        for place in places
        if not (root / place).is_file()
    ]


def check_templates(root: Path = ROOT) -> list[str]:
    """Return the faults of templates that are named and not there; each names its file, and its line."""
    folder = root / TEMPLATES
    there = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    if not there:
        return [f"{TEMPLATES}: no template is here. Fetch them back: git checkout {TEMPLATES}"]
    named = {name for path in there for name in NAMING.findall(read(folder / path))}
    pages = set(list_pages(root))
    strays = [name for name in there if name not in named and name not in pages]
    places: dict[str, list[str]] = {}
    for path in there:
        for line, name in find_names(read(folder / path)):
            if name not in there:
                places.setdefault(name, []).append(f"{TEMPLATES}/{path}:{line}")
    faults = [f"{found[0]}: {explain_gone(name, there)}" for name, found in places.items()]
    return faults + [
        f"{TEMPLATES}/{name}: {explain_no_page(name, strays)}" for name in sorted(pages - {*there})
    ]


def read(path: Path) -> str:
    """Return the text of a file; what is no text in it is another's to tell."""
    return path.read_text(encoding="utf-8", errors="replace")


def list_pages(root: Path) -> Iterator[str]:
    """Yield the templates that the code draws pages with."""
    for folder in PAGE_MAKERS:
        for path in sorted((root / folder).glob("*.py")):
            yield from (f"{name}.html" for name in PAGE.findall(read(path)))


def find_names(source: str) -> Iterator[tuple[int, str]]:
    """Yield the templates that a template names, each with its line."""
    for match in NAMING.finditer(source):
        yield 1 + source.count("\n", 0, match.start(1)), match[1]


def explain_gone(name: str, there: Collection[str]) -> str:
    """Return what is said of a template that another names."""
    slips, near = min((count_slips(name, other, MOST_SLIPS), other) for other in there)
    seen = f"there is no template {shorten(name)}"
    if slips > MOST_SLIPS:
        return f"{seen}. Fetch it back: {fetch(name)}"
    return (
        f"{seen}. If {near} is meant, write that; if it was deleted, fetch it back: {fetch(name)}"
    )


def explain_no_page(name: str, strays: Collection[str]) -> str:
    """Return what is said of the template of a kind of page; `strays` are those that nobody names."""
    near = find_nearest(name, strays)
    remedy = f"Rename {near} to it" if near else f"Fetch it back: {fetch(name)}"
    return f"this template is not there, and pages are made of it. {remedy}"


def fetch(name: str) -> str:
    """Return the command that takes a template out of the repository again."""
    return f"git checkout {TEMPLATES}/{shorten(name)}"
