"""Draw the card of a page: a picture of 1200 by 630 pixels that other sites show of it.

Reads: nothing but what it is given.
Adds: nothing.
Writes: nothing; `plugins/cards.py` writes what is drawn.

Black and red are drawn apart, each as a mask, and joined in a palette: so a card is small and soon
drawn. The layout of letters is Pillow's own, not the system's: the same card is the same bytes.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from catalogue.card_letters import HARD_BLANK, set_capitals

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
MARGIN = 84
PAPER, INK, RED = (253, 252, 250), (28, 27, 26), (163, 20, 43)
SHADES = 16  # of each colour, from the paper to the full one
FONT = "font_source_serif_pro"  # a package with the font inside, under the SIL Open Font License
TITLE_SIZES = (84, 76, 68, 60, 54, 48, 42)  # pixels, the largest that fits
SMALL, LEADING = 30, 1.18
HEAD, FOOT = 128, 540  # where the head ends and the foot begins


@dataclass(frozen=True)
class Card:
    """What a card says."""

    site: str
    mark: str  # in the frame at the top, as on a spine
    title: str
    foot: Sequence[str]  # the last line: what is known of the page; the last of it in red
    answer: str = ""  # below the title, of a question
    is_drawer: bool = False  # the title in a frame, as on a drawer of topics


@lru_cache(maxsize=16)
def load_font(weight: str, size: int) -> "FreeTypeFont":
    """Return the font in a weight and a size in pixels."""
    from PIL import ImageFont

    spec = find_spec(FONT)
    (folder, *_) = (
        spec.submodule_search_locations if spec and spec.submodule_search_locations else [""]
    )
    # Not the .ttf beside it: its hints leave letters made of others, “ and %, almost no room of their own.
    path = Path(folder) / "files" / f"SourceSerifPro-{weight}.otf"
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=20_000)
def measure(text: str, weight: str, size: int) -> float:
    """Return the length of a text on one line, in pixels; the words of many cards are the same."""
    return load_font(weight, size).getlength(text)


def split_word(word: str, weight: str, size: int, width: int) -> list[str]:
    """Return a word, in pieces if it is longer than a line, which end at a hard blank if there is one."""
    pieces = []
    while measure(word, weight, size) > width:
        cut = next(
            n for n in range(len(word) - 1, 0, -1) if measure(word[:n], weight, size) <= width
        )
        blank = word.rfind(HARD_BLANK, 1, cut + 1)
        cut = blank if blank > 0 else cut
        pieces.append(word[:cut])
        word = word[cut:].removeprefix(HARD_BLANK)
    return [*pieces, word]


def split_words(text: str) -> list[str]:
    """Return what a line may end behind: words, with those that hard blanks join to them."""
    return [word for word in text.split(" ") if word]


def break_lines(words: Sequence[tuple[str, float]], blank: float, width: int) -> list[str]:
    """Return words, each with its length, in lines of at most a width in pixels."""
    lines: list[list[str]] = []
    left = 0.0
    for word, length in words:
        if lines and length + blank <= left:
            lines[-1].append(word)
            left -= length + blank
        else:
            lines.append([word])
            left = width - length
    return [" ".join(line) for line in lines]


def balance_lines(text: str, weight: str, size: int, width: int) -> list[str]:
    """Return a text in as few lines as the width allows, as even in length as they can be."""
    pieces = [
        piece for word in split_words(text) for piece in split_word(word, weight, size, width)
    ]
    words = [(piece, measure(piece, weight, size)) for piece in pieces]
    blank = measure(" ", weight, size)
    fewest = len(break_lines(words, blank, width))
    low, high = width // 2, width
    while high - low > width // 50:
        middle = (low + high) // 2
        if len(break_lines(words, blank, middle)) > fewest:
            low = middle
        else:
            high = middle
    return break_lines(words, blank, high)


def cut_line(text: str, weight: str, size: int, width: float) -> str:
    """Return a text of one line, after a word cut if it is longer than a width in pixels."""
    if measure(text, weight, size) <= width:
        return text
    room = int(width - measure("…", weight, size))
    pieces = [piece for word in split_words(text) for piece in split_word(word, weight, size, room)]
    words = [(piece, measure(piece, weight, size)) for piece in pieces]
    (line, *_) = break_lines(words, measure(" ", weight, size), room)
    return f"{line.rstrip(' ,;:.')}…"


def fit_lines(
    text: str, sizes: Sequence[int], weight: str, width: int, height: float
) -> tuple[int, list[str]]:
    """Return the largest size in which a text fits, with its lines; else the smallest, and the text cut.

    Of sizes in which no word is longer than a line, if there are any.
    """
    words = split_words(text)
    whole = [size for size in sizes if all(measure(word, weight, size) <= width for word in words)]
    sizes = whole or sizes
    for size in sizes:
        lines = balance_lines(text, weight, size, width)
        if len(lines) * size * LEADING <= height:
            return size, lines
    most = max(1, int(height / (sizes[-1] * LEADING)))
    lines = lines[:most]
    while measure(f"{lines[-1]}…", weight, sizes[-1]) > width:
        lines[-1] = lines[-1][:-1]
    return sizes[-1], [*lines[:-1], f"{lines[-1].rstrip(' ,;:.')}…"]


class Sheet:
    """A card while it is drawn: a mask of what is black, and one of what is red."""

    def __init__(self) -> None:
        """Begin with an empty card."""
        from PIL import Image, ImageDraw

        self.masks = [Image.new("L", (WIDTH, HEIGHT)) for _ in (INK, RED)]
        self.black, self.red = (ImageDraw.Draw(mask) for mask in self.masks)

    def set_lines(
        self, lines: Sequence[str], size: int, weight: str, top: float, left: int = MARGIN
    ) -> float:
        """Set lines below one another in black; return where they end."""
        font = load_font(weight, size)
        for line in lines:
            self.black.text((left, top), line, 255, font, anchor="la")
            top += size * LEADING
        return top

    def encode(self) -> bytes:
        """Return the card as PNG."""
        from PIL import Image, ImageChops

        black = self.masks[0].point([value // SHADES for value in range(256)])
        red = self.masks[1].point(
            [value // SHADES + SHADES * (value >= SHADES) for value in range(256)]
        )
        image = Image.frombytes("P", (WIDTH, HEIGHT), ImageChops.lighter(black, red).tobytes())
        image.putpalette(make_palette())
        stream = io.BytesIO()
        image.save(stream, "PNG", compress_level=3)
        return stream.getvalue()


@lru_cache(maxsize=1)
def make_palette() -> list[int]:
    """Return the colours of a card: shades from the paper to the ink, then to the red."""
    return [
        round(paper + (full - paper) * shade / (SHADES - 1))
        for colour in (INK, RED)
        for shade in range(SHADES)
        for paper, full in zip(PAPER, colour, strict=True)
    ]


def draw_card(card: Card) -> bytes:
    """Return a card as PNG; the font has all of its letters (`catalogue.card_letters`)."""
    sheet, width = Sheet(), WIDTH - 2 * MARGIN
    draw_head(sheet, card)
    room = FOOT - HEAD - 36
    if card.is_drawer:
        draw_drawer(sheet, card.title)
    elif card.answer:
        size, lines = fit_lines(card.title, TITLE_SIZES[3:], "Regular", width, room * 0.45)
        top = sheet.set_lines(lines, size, "Regular", HEAD + 24)
        size, lines = fit_lines(card.answer, (40, 36, 32), "Regular", width - 40, FOOT - top - 50)
        sheet.red.rectangle(
            (MARGIN, top + 30, MARGIN + 5, top + 24 + len(lines) * size * LEADING), 255
        )
        sheet.set_lines(lines, size, "Regular", top + 22, MARGIN + 36)
    else:
        size, lines = fit_lines(card.title, TITLE_SIZES, "Regular", width, room)
        sheet.set_lines(lines, size, "Regular", HEAD + 30)
    draw_foot(sheet, card.foot)
    return sheet.encode()


def draw_head(sheet: Sheet, card: Card) -> None:
    """Draw the name of the site and the mark above a red line."""
    font, bold = load_font("Regular", 38), load_font("Semibold", SMALL)
    mark = set_capitals(card.mark)
    room = WIDTH - 2 * MARGIN
    if mark:
        length = round(bold.getlength(mark))
        box = (WIDTH - MARGIN - length - 28, 50, WIDTH - MARGIN, 98)
        sheet.black.rectangle(box, outline=255, width=3)
        sheet.black.text((WIDTH - MARGIN - 14, 74), mark, 255, bold, anchor="rm")
        room -= length + 60
    site = cut_line(card.site, "Regular", 38, room)
    sheet.black.text((MARGIN, 74), site, 255, font, anchor="lm")
    sheet.red.rectangle((MARGIN, HEAD - 12, WIDTH - MARGIN, HEAD - 8), 255)


def draw_drawer(sheet: Sheet, title: str) -> None:
    """Draw the name of a topic in the frame of a drawer's label."""
    frame = (MARGIN + 60, HEAD + 50, WIDTH - MARGIN - 60, FOOT - 40)
    sheet.black.rectangle(frame, outline=255, width=3)
    sheet.black.rectangle(
        [edge + (9 if n < 2 else -9) for n, edge in enumerate(frame)], outline=255, width=1
    )
    inside = frame[2] - frame[0] - 80
    size, lines = fit_lines(
        set_capitals(title), (72, 62, 52, 44), "Semibold", inside, frame[3] - frame[1] - 60
    )
    top = (frame[1] + frame[3]) / 2 - (len(lines) - 1) * size * LEADING / 2
    for number, line in enumerate(lines):
        place = WIDTH / 2, top + number * size * LEADING
        sheet.black.text(place, line, 255, load_font("Semibold", size), anchor="mm")


def draw_foot(sheet: Sheet, parts: Sequence[str]) -> None:
    """Draw the last line: the first two of its parts, and others that there is room for; the last is red."""
    between = "  ·  "
    room = WIDTH - 2 * MARGIN
    line = "".join(parts[:1])
    end = ""
    for number, part in enumerate(parts[1:]):
        start = f"{line}{end}{between}"
        left = room - measure(start, "Regular", SMALL)
        if number and measure(part, "Regular", SMALL) > left:
            break
        line, end = start, cut_line(part, "Regular", SMALL, left)
    font = load_font("Regular", SMALL)
    sheet.black.text((MARGIN, FOOT), line, 255, font, anchor="la")
    sheet.red.text((MARGIN + font.getlength(line), FOOT), end, 255, font, anchor="la")
