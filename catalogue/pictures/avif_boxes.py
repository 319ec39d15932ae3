"""Go through the boxes of an AVIF file (ISO/IEC 14496-12), and copy what is kept of them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from catalogue.pictures.parts import MAX_PARTS, Damaged

Extents = list[tuple[int, int]]  # where each run of bytes begins and ends


class Box(NamedTuple):
    """A box: its name, and where it begins, where what is in it begins, and where it ends."""

    name: bytes
    start: int
    body: int
    end: int


class Numbers:
    """The whole numbers that stand one after the other in a box, the first byte the largest."""

    def __init__(self, data: bytes, box: Box) -> None:
        self.data, self.at, self.end = data, box.body, box.end
        self.version = self.read(1)
        self.flags = self.read(3)

    def read(self, size: int) -> int:
        """Return the next number, of so many bytes. Raises Damaged behind the end of the box."""
        at = self.at
        self.at += size
        if self.at > self.end:
            raise Damaged
        return int.from_bytes(self.data[at : self.at])


@dataclass(slots=True)
class Copy:
    """A copy of a file in the making: zeros, but for what has been copied."""

    data: bytes
    out: bytearray
    boxes: int = 0  # walked so far
    stores: Extents = field(default_factory=list)  # where data may lie
    extents: Extents = field(default_factory=list)  # data that is needed
    notes: list[bytes] = field(default_factory=list)  # what is left out
    is_turned: bool = False  # by a quarter
    has_items: bool = False
    has_track: bool = False

    def read_byte(self, box: Box) -> int:
        """Return the first byte in a box, mostly its version. Raises Damaged if nothing is in it."""
        if box.body >= box.end:
            raise Damaged
        return self.data[box.body]

    def keep(self, start: int, end: int) -> None:
        """Copy these bytes."""
        self.out[start:end] = self.data[start:end]

    def drop(self, box: Box) -> None:
        """Write a box as free space."""
        self.keep(box.start, box.body)
        self.out[box.start + 4 : box.start + 8] = b"free"
        self.notes.append(self.data[box.body : box.end])

    def walk(self, start: int, end: int) -> Iterator[Box]:
        """Yield the boxes that fill these bytes. Raises Damaged if they do not, or if they are too many."""
        while start < end:
            size = int.from_bytes(self.data[start : start + 4])
            name = self.data[start + 4 : start + 8]
            body = start + (16 if size == 1 else 8)
            if size == 1:
                size = int.from_bytes(self.data[start + 8 : start + 16])
            last = start + size if size else end
            self.boxes += 1
            if not body <= last <= end or self.boxes > MAX_PARTS:
                raise Damaged
            yield Box(name, start, body, last)
            start = last

    def sift(self, start: int, end: int, rules: "Rules") -> Box | None:
        """Copy of the boxes in these bytes those that there is a rule for; return the last of these."""
        kept = None
        for box in self.walk(start, end):
            if rule := rules.get(box.name):
                self.keep(box.start, box.body)
                rule(self, box)
                kept = box
            else:
                self.drop(box)
        return kept

    def find(self, box: Box | None, *names: bytes) -> Box | None:
        """Return the first box with these names on the way to it."""
        for name in names:
            if box is None:
                return None
            box = next((b for b in self.walk(box.body, box.end) if b.name == name), None)
        return box


Rule = Callable[[Copy, Box], None]
Rules = Mapping[bytes, Rule]
