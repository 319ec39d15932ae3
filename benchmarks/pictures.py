"""Measure what the smaller widths of photographs cost: made anew, and found again when nothing changed."""

import hashlib
import time
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image

from building.made_pictures import MadePictures
from catalogue.workers import share_work

PHOTOGRAPHS = 8
WIDTH, HEIGHT = 4000, 3000  # pixels: twelve million
QUALITY = 90  # as cameras save


def draw_photograph(seed: int) -> Image.Image:
    """Draw something as busy as a photograph, soft forms with grain; the same for the same seed."""
    source = Random(seed)

    def draw(finer: int) -> Image.Image:
        size = WIDTH // finer, HEIGHT // finer
        dots = Image.frombytes("L", size, source.randbytes(size[0] * size[1]))
        return dots.resize((WIDTH, HEIGHT))

    forms, other = draw(100), draw(60)
    return Image.merge("RGB", (Image.blend(forms, draw(2), 0.1), forms, other))


def measure_pictures(folder: Path, count: int = PHOTOGRAPHS) -> dict[str, Any]:
    """Make the widths of some photographs in a new folder; return the seconds, and those of a second time."""
    kept = folder / "kept"
    kept.mkdir(parents=True)
    pieces = []
    for number in range(count):
        path = folder / f"{number}.jpg"
        draw_photograph(number).save(path, quality=QUALITY)
        pieces.append((path.name, hashlib.sha256(path.read_bytes()).hexdigest()))
    made = MadePictures(folder, kept)
    start = time.perf_counter()
    results = [*share_work(partial(find_maker, made), pieces, 1, 1)]
    cold, start = time.perf_counter() - start, time.perf_counter()
    assert [made.find(digest) for _, digest in pieces] == [
        [tuple(size) for size in sizes] for sizes in results
    ]
    warm = time.perf_counter() - start
    return {"photographs": count, "cold": cold, "unchanged": warm}


def find_maker(made: MadePictures) -> Any:
    """Return the function that makes the widths of one photograph."""
    return lambda piece: made.make(*piece)
