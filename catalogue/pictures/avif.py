"""Clean an AVIF picture: overwrite all that is not needed to show it, and move no byte that is.

The file is boxes (ISO/IEC 14496-12) with items (ISO/IEC 23008-12) or tracks of pictures (AVIF 1.1).
Where the pixels lie is told by their place in the file. So what goes is not cut out but overwritten:
a box that nobody needs becomes one of free space, an item that is no part of the picture (Exif, XMP,
a thumbnail, a second picture) becomes one of no type, and of the data only those bytes stay that the
kept items and tracks point to. A property of its own turns the picture, and Exif is not asked.
"""

from bisect import bisect_left
from collections.abc import Collection
from functools import partial
from itertools import islice

from catalogue.pictures.avif_boxes import Box, Copy, Extents, Numbers, Rule, Rules
from catalogue.pictures.avif_items import (
    ALPHA,
    find_alpha,
    read_item_name,
    read_picture_items,
    select_items,
    walk_names,
)
from catalogue.pictures.colour_profile import clean_profile
from catalogue.pictures.parts import MAX_PARTS, Damaged, Unclear

BRANDS = frozenset(
    b"avif avis avio mif1 msf1 miaf MA1A MA1B isom iso2 iso3 iso4 iso5 iso6 iso7 iso8 iso9".split()
)


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


def keep_names(kept: Collection[int], copy: Copy, box: Box) -> None:
    """Copy what each item is, without its name; one that is not copied is nothing any more."""
    copy.keep(box.body, box.body + (8 if copy.read_byte(box) else 6))
    for entry in walk_names(copy, box):
        number, at = read_item_name(copy, entry)
        copy.keep(entry.start, at)
        if number not in kept:
            copy.out[at - 4 : at] = b"free"


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
