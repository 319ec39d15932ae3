"""Read which items an AVIF picture is made of, and where they lie (ISO/IEC 23008-12)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from catalogue.pictures.avif_boxes import Box, Copy, Extents, Numbers
from catalogue.pictures.parts import MAX_PARTS, Damaged, Unclear

PIXELS = frozenset((b"av01", b"grid", b"iovl", b"iden"))
ALPHA = (
    b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0",
    b"urn:mpeg:hevc:2015:auxid:1\0",
)


@dataclass(slots=True)
class Items:
    """The items that a picture is made of, by their numbers."""

    primary: int = 0
    types: dict[int, bytes] = field(default_factory=dict)
    # Each with where it lies: 0 in the file, 1 inside the box.
    extents: dict[int, tuple[int, Extents]] = field(default_factory=dict)
    references: list[tuple[bytes, int, list[int]]] = field(default_factory=list)
    properties: dict[int, list[int]] = field(default_factory=dict)  # counted from 1
    boxes: list[Box] = field(default_factory=list)  # of the properties


def find_alpha(words: bytes) -> bytes:
    """Return the name of the alpha channel that the words begin with; empty if they do not."""
    return next((name for name in ALPHA if words.startswith(name)), b"")


def select_items(copy: Copy, items: Items) -> set[int]:
    """Return the primary item, those that it is made of, and their alpha channels."""
    parts: dict[int, list[int]] = {}
    for kind, source, others in items.references:
        if kind == b"dimg":
            parts.setdefault(source, []).extend(others)
        elif kind == b"auxl" and is_alpha(copy, items, source):
            for other in others:
                parts.setdefault(other, []).append(source)
    waiting, kept = [items.primary], set[int]()
    while waiting:
        item = waiting.pop()
        if item not in kept and items.types.get(item) in PIXELS:
            kept.add(item)
            waiting += parts.get(item, ())
    if items.primary not in kept:
        raise Unclear
    return kept


def is_alpha(copy: Copy, items: Items, item: int) -> bool:
    """Return True if an item is the alpha channel of another one."""
    boxes = [items.boxes[number - 1] for number in items.properties.get(item, ())]
    return any(
        box.name == b"auxC" and find_alpha(copy.data[box.body + 4 : box.end]) for box in boxes
    )


def read_picture_items(copy: Copy, meta: Box) -> Items:
    """Read what a picture is made of."""
    items = Items()
    for box in copy.walk(meta.body + 4, meta.end):
        if reader := ITEM_READERS.get(box.name):
            reader(copy, box, items)
    return items


def read_primary(copy: Copy, box: Box, items: Items) -> None:
    """Read the number of the item that is shown."""
    numbers = Numbers(copy.data, box)
    items.primary = numbers.read(4 if numbers.version else 2)


def read_types(copy: Copy, box: Box, items: Items) -> None:
    """Read what each item is."""
    for entry in walk_names(copy, box):
        number, at = read_item_name(copy, entry)
        items.types[number] = copy.data[at - 4 : at]


def walk_names(copy: Copy, box: Box) -> Iterator[Box]:
    """Yield the entries on items."""
    version = copy.read_byte(box)
    return copy.walk(box.body + (8 if version else 6), box.end)


def read_item_name(copy: Copy, entry: Box) -> tuple[int, int]:
    """Return the number of an item, and where what is behind its type begins."""
    numbers = Numbers(copy.data, entry)
    if entry.name != b"infe" or numbers.version not in (2, 3):
        raise Unclear
    number = numbers.read(2 if numbers.version == 2 else 4)
    numbers.read(2 + 4)
    return number, numbers.at


def read_places(copy: Copy, box: Box, items: Items) -> None:
    """Read where the data of each item lies (ISO/IEC 14496-12, 8.11.3)."""
    numbers = Numbers(copy.data, box)
    sizes = numbers.read(2)
    offset, length, base, index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    index = index if numbers.version else 0
    total = 0
    for _ in range(numbers.read(4 if numbers.version == 2 else 2)):
        item = numbers.read(4 if numbers.version == 2 else 2)
        method = numbers.read(2) & 15 if numbers.version else 0
        method = 2 if numbers.read(2) else method  # in another file
        start = numbers.read(base)
        count = numbers.read(2)
        total += count
        if total > MAX_PARTS:
            raise Damaged
        extents: Extents = []
        for _ in range(count):
            numbers.read(index)
            at = start + numbers.read(offset)
            extents.append((at, at + numbers.read(length)))
        items.extents[item] = method, extents


def read_references(copy: Copy, box: Box, items: Items) -> None:
    """Read how each item refers to others."""
    size = 4 if copy.read_byte(box) else 2
    for entry in copy.walk(box.body + 4, box.end):
        words = [
            int.from_bytes(copy.data[at : at + size])
            for at in (entry.body, *range(entry.body + size + 2, entry.end, size))
        ]
        items.references.append((entry.name, words[0], words[1:]))


def read_properties(copy: Copy, box: Box, items: Items) -> None:
    """Read which properties each item has."""
    for part in copy.walk(box.body, box.end):
        if part.name == b"ipco":
            items.boxes += copy.walk(part.body, part.end)
        elif part.name == b"ipma":
            numbers = Numbers(copy.data, part)
            size, mask = (2, 0x7FFF) if numbers.flags & 1 else (1, 0x7F)
            for _ in range(numbers.read(4)):
                item = numbers.read(4 if numbers.version else 2)
                found = [numbers.read(size) & mask for _ in range(numbers.read(1))]
                items.properties[item] = [n for n in found if 0 < n <= len(items.boxes)]


ITEM_READERS: Mapping[bytes, Callable[[Copy, Box, Items], None]] = {
    b"pitm": read_primary,
    b"iinf": read_types,
    b"iloc": read_places,
    b"iref": read_references,
    b"iprp": read_properties,
}
