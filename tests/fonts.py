"""Read what an OpenType font says of itself, without the program that draws with it."""

import struct


def read_tables(data):
    """Return the tables of a font by their names."""
    (count,) = struct.unpack_from(">H", data, 4)
    entries = (struct.unpack_from(">4sLLL", data, 12 + 16 * n) for n in range(count))
    return {name.decode(): data[start : start + size] for name, _, start, size in entries}


def read_glyphs(tables):
    """Return the number of its glyph by each character that a font has."""
    table = tables["cmap"]
    (count,) = struct.unpack_from(">H", table, 2)
    for n in range(count):
        (start,) = struct.unpack_from(">L", table, 8 + 8 * n)
        if struct.unpack_from(">H", table, start) == (12,):  # the format that has all of Unicode
            break
    (groups,) = struct.unpack_from(">L", table, start + 12)
    runs = (struct.unpack_from(">LLL", table, start + 16 + 12 * n) for n in range(groups))
    return {
        chr(point): glyph + point - first
        for first, last, glyph in runs
        for point in range(first, last + 1)
    }


def read_advances(data):
    """Return how far each character of a font moves the pen, in parts of the font's size."""
    tables = read_tables(data)
    (unit,) = struct.unpack_from(">H", tables["head"], 18)
    (measured,) = struct.unpack_from(">H", tables["hhea"], 34)  # the last holds for all behind it
    widths = [struct.unpack_from(">H", tables["hmtx"], 4 * n)[0] / unit for n in range(measured)]
    return {sign: widths[min(n, measured - 1)] for sign, n in read_glyphs(tables).items()}
