"""Clean a GIF (GIF89a): keep its frames, and how long and how often they are shown."""

import struct

from catalogue.pictures.parts import MAX_PARTS, Damaged, PictureParts, Unclear

GIF_LOOPS = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0")


def clean_gif(data: bytes, parts: PictureParts) -> None:
    """Copy the frames, how long each and how often all are shown, up to the end mark.

    Plain text, which a program might draw over a frame, goes: no browser draws it. Old programs leave
    out the end mark.
    """
    at = 13 + measure_colours(data[10:11])
    parts.kept.append(data[:at])
    frames = 0
    for _ in range(MAX_PARTS):
        mark = data[at : at + 1]
        if mark == b"\x2c":
            end = end_of_blocks(data, at + 11 + measure_colours(data[at + 9 : at + 10]))
            parts.kept.append(data[at:end])
            parts.size = parts.size if frames else measure_frame(data, at)
            frames += 1
        elif mark == b"\x21":
            end = end_of_blocks(data, at + 2)
            if end <= len(data):
                parts.kept.append(keep_extension(data[at + 1 : end], parts))
        else:
            break
        at = end
    else:
        raise Damaged
    if not frames or at > len(data):
        raise Damaged
    rest = data[at:].lstrip(b"\0")
    if rest and not rest.startswith(b";"):
        raise Unclear
    parts.left.append(rest)
    parts.kept.append(b";")


def measure_frame(data: bytes, at: int) -> tuple[int, int]:
    """Return width and height of a GIF as browsers show it, whose first frame begins at a place."""
    width, height = struct.unpack_from("<HH", data, 6)
    left, top, frame_width, frame_height = struct.unpack_from("<HHHH", data, at + 1)
    return max(width, left + frame_width), max(height, top + frame_height)


def keep_extension(block: bytes, parts: PictureParts) -> bytes:
    """Return what an extension block says to a decoder, from its letter on."""
    if block[0] == 0xF9:
        if len(block) != 7:
            raise Unclear
        return b"\x21" + block
    loop = block[13:18]
    if block[0] == 0xFF and block[1:13] in GIF_LOOPS and loop[:2] == b"\x03\x01":
        return b"\x21" + block[:13] + loop[:4] + b"\0"
    parts.left.append(block)
    return b""


def measure_colours(flags: bytes) -> int:
    """Return the bytes of a GIF colour table from the byte that announces it."""
    flag = int.from_bytes(flags)
    return 3 * 2 ** ((flag & 7) + 1) if flag & 0x80 else 0


def end_of_blocks(data: bytes, at: int) -> int:
    """Return the end of a row of GIF blocks; a place behind the data when they are cut off."""
    while at < len(data) and data[at]:
        at += 1 + data[at]
    return at + 1
