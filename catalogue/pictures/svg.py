"""Judge whether an SVG drawing holds anything but a drawing, and read its size.

A drawing that is opened by itself runs programs in the name of the site, so what is not known to be a
drawing's is refused: other elements of SVG (W3C, SVG 2) than those below, attributes for events,
addresses of anything outside, style sheets that load, entities, and instructions to the reader's
program. Elements that drawing programs keep for themselves, in names of their own, do nothing and may
stand in it; `catalogue.pictures.clean_svg` takes out of what is published what they tell.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from xml.parsers import expat

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
# In whose names attributes say something to a browser.
SPACES = ("", "http://www.w3.org/XML/1998/namespace", XLINK)
# Names of drawing programs in their own words and in those for rights; none of them is drawn.
PROGRAMS = re.compile(
    r"http://(?:www\.inkscape\.org|sodipodi\.|creativecommons\.org|web\.resource\.org|purl\.org"
    r"|www\.w3\.org/1999/02/22-rdf|ns\.adobe\.com|www\.bohemiancoding\.com|www\.serif\.com)"
)
ELEMENTS = frozenset(
    """
    circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite
    feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA
    feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight
    feSpecularLighting feSpotLight feTile feTurbulence filter g image line linearGradient marker mask
    metadata path pattern polygon polyline radialGradient rect stop style svg switch symbol text
    textPath title tspan use view
    """.split()
)
INSIDE = re.compile(r"#|data:image/(?:png|jpeg|gif|webp);base64,", re.IGNORECASE)
# In a style: what loads, from wherever it is not the drawing itself, or hides what does.
LOADS = re.compile(
    r"url\((?!\s*[\"']?\s*#)|@import|image-set|cross-fade|\bsrc\(|\\|javascript:|expression\(",
    re.IGNORECASE,
)
LENGTH = re.compile(r"\s*([0-9]{1,6}(?:\.[0-9]+)?)\s*(px|pt|pc|mm|cm|in|)\s*")
PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
USUAL = (300, 150)  # pixels, of a drawing without a size (CSS 2, 10.3.2)
MOST_BYTES = 1_000_000
MOST_ELEMENTS = 20_000
DEEPEST = 100
MOST_COPIES = 10_000  # of elements, that `use` draws again
MOST_TIMES = 100  # that what is drawn again draws again, one in the other

PNG_INSTEAD = "Open it in a drawing program, save it as PNG, and use that."
PLAIN_SVG = "In Inkscape: File, Save a Copy, Plain SVG; or save it as PNG, and use that."


class Active(ValueError):
    """Raised for what makes a drawing more than one; its text says what it is."""


@dataclass
class Drawing:
    """A drawing while it is read."""

    sizes: dict[str, str] = field(default_factory=dict)  # the attributes of its outermost element
    elements: int = 0
    depth: int = 0
    styles: list[str] = field(default_factory=list)  # the text of style elements
    is_style: bool = False
    around: list[str] = field(default_factory=lambda: [""])  # the whole, ids of what is open
    used: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # by id around
    contents: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Judge an element as it begins."""
        space, _, tag = name.rpartition(" ")
        if not self.elements:
            if (space, tag) != (SVG, "svg"):
                raise Active("no drawing")
            self.sizes = attributes
        self.elements += 1
        self.depth += 1
        if self.elements > MOST_ELEMENTS or self.depth > DEEPEST:
            raise Active("more elements than a drawing for a page has")
        if self.is_style:
            raise Active(f"<{tag}> in a style")
        if space == SVG and tag not in ELEMENTS:
            raise Active(f"<{tag}>")
        if space != SVG and not PROGRAMS.match(space):
            raise Active(f"<{tag}>")
        for key, value in attributes.items():
            judge_attribute(key, value)
        self.note_copies(tag, attributes)
        self.is_style = tag == "style"

    def note_copies(self, tag: str, attributes: dict[str, str]) -> None:
        """Note what an element draws again, and inside of which."""
        self.around.append(attributes.get("id", ""))
        for around in {*self.around}:
            self.contents[around] += 1
            if tag == "use":
                address = attributes.get("href") or attributes.get(f"{XLINK} href", "")
                self.used[around].append(address.removeprefix("#"))

    def end(self, _: str) -> None:
        """Leave an element."""
        self.depth -= 1
        self.is_style = False
        self.around.pop()

    def add_text(self, text: str) -> None:
        """Collect the text of a style sheet."""
        if self.is_style:
            self.styles.append(text)


def judge_attribute(key: str, value: str) -> None:
    """Raise Active for an attribute that does something, or loads what is not in the drawing."""
    space, _, name = key.rpartition(" ")
    if space not in SPACES:  # a drawing program's own, which is not published
        return
    if name.lower().startswith("on"):
        raise Active(f"{name}=")
    if name == "base":  # of XML: what stands behind a # would be somewhere else
        raise Active("base=")
    if name in ("href", "src") and not INSIDE.match(value.strip()) and value.strip():
        raise Active(f"{name}= with the address of something else")
    if LOADS.search(value) and name not in ("aria-label", "label", "title"):
        raise Active(f"{name}= with the address of something else")


def count_copies(name: str, drawing: Drawing, known: dict[str, int], above: frozenset[str]) -> int:
    """Return how many elements an element comes to, with all that is drawn again in it."""
    if name in above:
        raise Active("<use> of itself")
    if len(above) > MOST_TIMES:
        raise Active("<use> of <use>, too many times")
    if name not in known:
        inner = above | {name}
        copies = (count_copies(used, drawing, known, inner) for used in drawing.used.get(name, ()))
        known[name] = drawing.contents.get(name, 0) + sum(copies)
        if known[name] > MOST_COPIES:
            raise Active("<use> that draws more than a page can show")
    return known[name]


def refuse(what: str) -> None:
    """Raise Active."""
    raise Active(what)


def judge_svg(data: bytes) -> tuple[tuple[int, int], str, int]:
    """Return width and height of a drawing in pixels, and what is wrong with it, with its line.

    The text is empty if nothing is; the line is 0 where there is none.
    """
    if len(data) > MOST_BYTES:
        return USUAL, f"This drawing has more than 1 MB. {PNG_INSTEAD}", 0
    drawing = Drawing()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = drawing.start
    parser.EndElementHandler = drawing.end
    parser.CharacterDataHandler = drawing.add_text
    parser.EntityDeclHandler = lambda *_: refuse("an <!ENTITY> of its own")
    parser.AttlistDeclHandler = lambda *_: refuse("an <!ATTLIST> of its own")
    parser.ProcessingInstructionHandler = lambda target, _: refuse(f"<?{target} ?>")
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(data, True)
        if LOADS.search("".join(drawing.styles)):
            raise Active("a style that loads something else")
        count_copies("", drawing, {}, frozenset())
    except Active as active:
        seen = f"This drawing holds {active}, and could do more than be looked at"
        return USUAL, f"{seen}. Take it out, or: {PNG_INSTEAD}", parser.CurrentLineNumber
    except (expat.ExpatError, ValueError, LookupError):  # LookupError: of an encoding
        return (
            USUAL,
            f"This drawing is damaged or was cut off. {PNG_INSTEAD}",
            parser.ErrorLineNumber,
        )
    return read_size(drawing.sizes), "", 0


def read_size(attributes: dict[str, str]) -> tuple[int, int]:
    """Return width and height in whole pixels, from the attributes of the outermost element."""
    box = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
    drawn = [read_length(text) for text in box[2:4]] if len(box) == len("x y w h".split()) else []
    typed = [read_length(attributes.get(name, "")) for name in ("width", "height")]
    width, height = [*typed]
    if not (width and height):
        ratio = drawn[1] / drawn[0] if drawn and all(drawn) else USUAL[1] / USUAL[0]
        width = width or (height / ratio if height else drawn[0] if drawn else USUAL[0]) or USUAL[0]
        height = height or width * ratio
    return max(1, round(width)), max(1, round(height))


def read_length(text: str) -> float:
    """Return a length in pixels; 0 for what is none, or a share of something."""
    match = LENGTH.fullmatch(text)
    return float(match[1]) * PIXELS[match[2]] if match else 0.0
