"""Write elements and styles of older HTML and of editors as those that are published.

`style=` is not published: the page's own style holds all that it may say. Of it is kept, as a class of
the theme, how a text is set and where a picture stands; so is what <center> says.
"""

import html
import re
from collections.abc import Mapping

from catalogue.text.html_allowlist import RENAMED

# Written by a serialiser: each value in double quotation marks, with no < or > in it.
START_TAG = re.compile(r"<([a-z][a-z0-9]*)((?: [^\s=>]+=\"[^\"]*\")*)>")
SERIALISED_ATTRIBUTE = re.compile(r" ([^\s=>]+)=\"([^\"]*)\"")
RENAMED_END = re.compile(rf"</({'|'.join(RENAMED)})>")
SIZE = re.compile(r"([0-9]{1,4})(?:\.[0-9]*)?(px|%)")
SETTING = {"left": "left", "start": "left", "right": "right", "end": "right", "center": "center"}
# What is published of a declaration, by its name and its value.
PLACES: Mapping[str, Mapping[str, str]] = {
    "text-align": {key: f"text-{value}" for key, value in SETTING.items()}
    | {"justify": "text-justify"},
    "float": {"left": "float-left", "right": "float-right"},
    "list-style-type": {
        f"{case}-{name}": f"{case}-{name}".replace("latin", "alpha")
        for case in ("lower", "upper")
        for name in ("alpha", "latin", "roman")
    },
}
NAMING = ("id", "name")
WIDTHS = (25, 33, 50, 66, 75, 100)  # of the column, in hundredths
PICTURES = frozenset(("img", "video", "figure"))


def rewrite_tag(tag: str, values: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return an element and its attributes as they are published, still with what is not on the list."""
    values = dict(values)
    kept, _ = read_style(tag, values.pop("style", ""))
    if tag == "center":
        kept["class"] = f"text-center {kept.get('class', '')}".strip()
    if classes := kept.pop("class", ""):
        values["class"] = f"{values.get('class', '')} {classes}".strip()
    return RENAMED.get(tag, tag), kept | values


def read_style(tag: str, style: str) -> tuple[dict[str, str], bool]:
    """Return the attributes that say what a style says, and whether they say all of it."""
    classes: list[str] = []
    kept: dict[str, str] = {}
    is_whole = True
    for declaration in filter(str.strip, style.casefold().split(";")):
        name, _, value = map(str.strip, declaration.partition(":"))
        value = value.removesuffix("!important").strip()
        size = SIZE.fullmatch(value) if name == "width" and tag in PICTURES else None
        if place := PLACES.get(name, {}).get(value):
            classes.append(place)
        elif size and size[2] == "%":
            width = min(WIDTHS, key=lambda width: abs(width - int(size[1])))
            classes += [f"width-{width}"] if width < WIDTHS[-1] else []
        elif size and tag != "figure":
            kept["width"] = size[1]
        else:
            is_whole = False
    return kept | ({"class": " ".join(classes)} if classes else {}), is_whole


def modernise(source: str) -> str:
    """Return HTML that a sanitiser has written without what is published as something else.

    What comes out is to be sanitised once more.
    """
    renamed = RENAMED_END.sub(lambda match: f"</{RENAMED[match[1]]}>", source)
    return START_TAG.sub(rewrite_match, renamed)


def rewrite_match(match: re.Match[str]) -> str:
    """Return a tag of the sanitiser's as it is published; of a picture's sources none is."""
    before = {name: html.unescape(value) for name, value in SERIALISED_ATTRIBUTE.findall(match[2])}
    if match[1] == "source" and "src" not in before:
        return ""
    if match[1] not in RENAMED and "style" not in before:
        return match[0]
    tag, values = rewrite_tag(match[1], before)
    return f"<{tag}{''.join(map(serialise_attribute, values.items()))}>"


def drop_repeated(source: str) -> str:
    """Return HTML that a sanitiser has written with each id and name once.

    What is not closed where it opens is opened anew by browsers in each paragraph, with its id.
    """
    seen: set[str] = set()

    def drop(match: re.Match[str]) -> str:
        found = dict(SERIALISED_ATTRIBUTE.findall(match[2]))
        ids = {found[name] for name in NAMING if name in found}
        if ids.isdisjoint(seen):
            seen.update(ids)
            return match[0]
        kept = "".join(f' {name}="{found[name]}"' for name in found if name not in NAMING)
        return f"<{match[1]}{kept}>"

    return START_TAG.sub(drop, source)


def serialise_attribute(attribute: tuple[str, str]) -> str:
    """Return an attribute as a serialiser writes it (HTML Standard, 13.3)."""
    name, value = attribute
    return f' {name}="{serialise_value(value)}"'


def serialise_value(value: str) -> str:
    """Return an attribute's value as a serialiser writes it."""
    escaped = html.escape(value, quote=False).replace('"', "&quot;")
    return escaped.replace("\N{NO-BREAK SPACE}", "&nbsp;")
