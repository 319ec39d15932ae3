"""Clean an AVIF picture: overwrite all that is not needed to show it, and move no byte that is.

The file is boxes (ISO/IEC 14496-12) with items (ISO/IEC 23008-12) or tracks of pictures (AVIF 1.1).
Where the pixels lie is told by their place in the file. So what goes is not cut out but overwritten:
a box that nobody needs becomes one of free space, an item that is no part of the picture (Exif, XMP,
a thumbnail, a second picture) becomes one of no type, and of the data only those bytes stay that the
kept items and tracks point to. A property of its own turns the picture, and Exif is not asked.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import NamedTuple

from catalogue.pictures.colour_profile import clean_profile
from catalogue.pictures.parts import MAX_PARTS, Damaged, Unclear

Extents = list[tuple[int, int]]  # where each run of bytes begins and ends

BRANDS = frozenset(
    b"avif avis avio mif1 msf1 miaf MA1A MA1B isom iso2 iso3 iso4 iso5 iso6 iso7 iso8 iso9".split()
)
PIXELS = frozenset((b"av01", b"grid", b"iovl", b"iden"))
ALPHA = (
    b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0",
    b"urn:mpeg:hevc:2015:auxid:1\0",
)


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
class Items:
    """The items that a picture is made of, by their numbers."""

    primary: int = 0
    types: dict[int, bytes] = field(default_factory=dict)
    # Each with where it lies: 0 in the file, 1 inside the box.
    extents: dict[int, tuple[int, Extents]] = field(default_factory=dict)
    references: list[tuple[bytes, int, list[int]]] = field(default_factory=list)
    properties: dict[int, list[int]] = field(default_factory=dict)  # counted from 1
    boxes: list[Box] = field(default_factory=list)  # of the properties


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


def clean_avif(data: bytes) -> tuple[bytes, bool, list[bytes]]:
    """Return the picture as it is published, whether it is turned by a quarter, and what was left out.

    Raises Damaged or Unclear, as `clean_picture` does.
    """
    copy = Copy(data, bytearray(len(data)))
    last = copy.sift(0, len(data), FILE)
    if last is None or not (copy.has_items or copy.has_track):
        raise Damaged
    fill_stores(copy)
    return bytes(copy.out[: last.end]), copy.is_turned, copy.notes


def fill_stores(copy: Copy) -> None:
    """Copy of the data what is needed, which must lie where data may lie."""
    stores = sorted(copy.stores)
    needed = sorted({extent for extent in copy.extents if extent[0] < extent[1]})
    if sum(end - start for start, end in needed) > 2 * len(copy.data):
        raise Unclear
    for start, end in needed:
        store = stores[bisect_left(stores, (start, len(copy.data) + 1)) - 1] if stores else (0, 0)
        if not store[0] <= start < end <= store[1]:
            raise Damaged
        copy.keep(start, end)
    for begin, limit in stores:
        at, left = begin, []
        for start, end in needed[bisect_left(needed, (begin,)) : bisect_left(needed, (limit,))]:
            left.append(copy.data[at:start])
            at = max(at, end)
        copy.notes.append(b"".join([*left, copy.data[at:limit]]))


def keep_all(copy: Copy, box: Box) -> None:
    """Copy all that is in a box."""
    copy.keep(box.body, box.end)


def keep_within(rules: Rules, skip: int = 0) -> Rule:
    """Return the rule that copies some of the boxes in a box, which begin behind so many bytes."""

    def keep(copy: Copy, box: Box) -> None:
        copy.keep(box.body, box.body + skip)
        copy.sift(box.body + skip, box.end, rules)

    return keep


def keep_brands(copy: Copy, box: Box) -> None:
    """Copy the names of formats that need no more than what is copied."""
    for at in range(box.body, box.end, 4):
        brand = copy.data[at : at + 4]
        if at == box.body + 4:  # a number that nobody reads
            continue
        copy.out[at : at + 4] = brand if brand in BRANDS else b"mif1"


def keep_store(copy: Copy, box: Box) -> None:
    """Add a place where data may lie."""
    copy.stores.append((box.body, box.end))


def keep_handler(copy: Copy, box: Box) -> None:
    """Copy what a box is about, without the name that its program gave it."""
    copy.keep(box.body + 8, box.body + 12)


def keep_colours(copy: Copy, box: Box) -> None:
    """Copy numbers that say what the colours are, or a profile without what is not colour."""
    kind = copy.data[box.body : box.body + 4]
    copy.keep(box.body, box.body + 4)
    if kind == b"nclx":
        copy.keep(box.body + 4, min(box.end, box.body + 11))
    elif kind in (b"prof", b"rICC"):
        profile = clean_profile(copy.data[box.body + 4 : box.end])
        copy.out[box.body + 4 : box.body + 4 + len(profile)] = profile


def keep_alpha(copy: Copy, box: Box) -> None:
    """Copy the property that makes an item the alpha channel of another one."""
    if name := find_alpha(copy.data[box.body + 4 : box.end]):
        copy.keep(box.body, box.body + 4 + len(name))
    else:
        copy.drop(box)


def find_alpha(words: bytes) -> bytes:
    """Return the name of the alpha channel that the words begin with; empty if they do not."""
    return next((name for name in ALPHA if words.startswith(name)), b"")


def keep_items(copy: Copy, box: Box) -> None:
    """Copy the items that the picture is made of, and what is said of them."""
    if copy.has_items:
        raise Unclear
    copy.has_items = True
    items = read_picture_items(copy, box)
    kept = select_items(copy, items)
    inside = copy.find(box._replace(body=box.body + 4), b"idat")
    for item in kept:
        method, extents = items.extents.get(item, (0, []))
        if method not in (0, 1) or (method and inside is None):
            raise Unclear
        shift = inside.body if method and inside else 0
        copy.extents += [(start + shift, end + shift) for start, end in extents]
    turns = [items.boxes[n - 1] for n in items.properties.get(items.primary, ())]
    copy.is_turned = any(b.name == b"irot" and copy.read_byte(b) & 1 for b in turns)
    rules: Rules = {**META, b"iinf": partial(keep_names, kept)}
    copy.keep(box.body, box.body + 4)
    copy.sift(box.body + 4, box.end, rules)


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


def keep_names(kept: Collection[int], copy: Copy, box: Box) -> None:
    """Copy what each item is, without its name; one that is not copied is nothing any more."""
    copy.keep(box.body, box.body + (8 if copy.read_byte(box) else 6))
    for entry in walk_names(copy, box):
        number, at = read_item_name(copy, entry)
        copy.keep(entry.start, at)
        if number not in kept:
            copy.out[at - 4 : at] = b"free"


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


def keep_track(copy: Copy, box: Box) -> None:
    """Copy the first track of pictures, and its alpha channel."""
    handler = copy.find(box, b"mdia", b"hdlr")
    table = copy.find(box, b"mdia", b"minf", b"stbl")
    entries = copy.find(table, b"stsd")
    if handler is None or table is None or entries is None:
        raise Damaged
    kind = copy.data[handler.body + 8 : handler.body + 12]
    words = copy.data[entries.body : entries.end]
    if kind == b"pict" and not copy.has_track and not copy.find(box, b"tref", b"thmb"):
        copy.has_track = True
    elif kind != b"auxv" or not any(name in words for name in ALPHA):
        copy.drop(box)
        return
    copy.extents += read_samples(copy, table)
    copy.sift(box.body, box.end, TRACK)


def read_samples(copy: Copy, table: Box) -> Extents:
    """Read where the data of a track lies (ISO/IEC 14496-12, 8.7)."""
    boxes = {box.name: box for box in copy.walk(table.body, table.end)}
    places = boxes.get(b"stco") or boxes.get(b"co64")
    if places is None or not {b"stsz", b"stsc"} <= boxes.keys():
        raise Unclear
    numbers = Numbers(copy.data, boxes[b"stsz"])
    size = numbers.read(4)
    sizes = iter([size or numbers.read(4) for _ in range(read_entry_count(numbers))])
    numbers = Numbers(copy.data, boxes[b"stsc"])
    runs = {}
    for _ in range(read_entry_count(numbers)):
        first, length, _ = numbers.read(4), numbers.read(4), numbers.read(4)
        runs[first] = length
    numbers = Numbers(copy.data, places)
    extents: Extents = []
    length = 0
    for chunk in range(1, read_entry_count(numbers) + 1):
        at = numbers.read(4 if places.name == b"stco" else 8)
        length = runs.get(chunk, length)
        for size in islice(sizes, length):
            extents.append((at, at + size))
            at += size
    return extents


def read_entry_count(numbers: Numbers) -> int:
    """Read how many entries follow. Raises Damaged if they are more than any picture has."""
    count = numbers.read(4)
    if count > MAX_PARTS:
        raise Damaged
    return count


def keep_times(copy: Copy, box: Box) -> None:
    """Copy all but when the film was made and changed."""
    copy.keep(box.body, box.body + 4)
    copy.keep(box.body + (20 if copy.read_byte(box) else 12), box.end)


def keep_data_place(copy: Copy, box: Box) -> None:
    """Copy the entry that says that the data lies in this file."""
    copy.keep(box.body, min(box.end, box.body + 20))


def keep_entry(copy: Copy, box: Box) -> None:
    """Copy how the pictures of a track are packed, without the name of the program that packed them."""
    copy.keep(box.body, box.body + 42)
    copy.keep(box.body + 74, box.body + 78)
    copy.sift(box.body + 78, box.end, PROPERTIES)


ITEM_READERS: Mapping[bytes, Callable[[Copy, Box, Items], None]] = {
    b"pitm": read_primary,
    b"iinf": read_types,
    b"iloc": read_places,
    b"iref": read_references,
    b"iprp": read_properties,
}
# What the pictures are like. All others are free space: it counts when properties are numbered.
PROPERTIES: Rules = dict.fromkeys(
    b"a1lx a1op amve av1C ccst cclv clap clli imir irot ispe lsel mdcv pasp pixi".split(), keep_all
) | {b"colr": keep_colours, b"auxC": keep_alpha, b"auxi": keep_alpha}
META: Rules = {
    b"hdlr": keep_handler,
    b"idat": keep_store,
    b"iloc": keep_all,
    b"iprp": keep_within({b"ipco": keep_within(PROPERTIES), b"ipma": keep_all}),
    b"iref": keep_all,
    b"pitm": keep_all,
}
SAMPLES: Rules = dict.fromkeys(b"co64 ctts sdtp stco stsc stss stsz stts".split(), keep_all) | {
    b"stsd": keep_within({b"av01": keep_entry}, 8)
}
TRACK: Rules = {
    b"edts": keep_within({b"elst": keep_all}),
    b"mdia": keep_within(
        {
            b"hdlr": keep_handler,
            b"mdhd": keep_times,
            b"minf": keep_within(
                {
                    b"dinf": keep_within({b"dref": keep_data_place}),
                    b"stbl": keep_within(SAMPLES),
                    b"vmhd": keep_all,
                }
            ),
        }
    ),
    b"tkhd": keep_times,
    b"tref": keep_all,
}
FILE: Rules = {
    b"ftyp": keep_brands,
    b"mdat": keep_store,
    b"meta": keep_items,
    b"moov": keep_within({b"mvhd": keep_times, b"trak": keep_track}),
}
