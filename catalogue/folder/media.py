"""Read the files that are no texts: pictures, files to hand out, and what is copied to the root.

A file is opened once: a picture is read whole, of all others as much as shows what they are.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from catalogue.folder.attachments import FIRST_BYTES, check_attachment
from catalogue.folder.extras import check_extra
from catalogue.folder.film_size import read_film_size
from catalogue.folder.regular_files import (
    NotRegular,
    TooLarge,
    hash_chunks,
    open_regular,
    read_chunks,
)
from catalogue.folder.sizes import (
    MAX_FILE_BYTES,
    MAX_PICTURE_BYTES,
    MAX_TEXT_BYTES,
    check_file_size,
)
from catalogue.pictures.facts import (
    DRAWING,
    PictureFacts,
    format_too_large,
    read_content,
    read_drawing,
    read_picture_bytes,
    read_picture_facts,
)
from catalogue.pictures.kinds import find_picture_type
from catalogue.pictures.pixels import InvalidPicture
from catalogue.problems import Problem

GONE = "The file cannot be opened. Look whether it is there and you may read it."
NO_FILE = "This is no ordinary file. Put a copy of the file itself here."
# What other sites show large: pictures of these types, and of no fewer pixels.
SHARED = ("JPEG", "PNG", "WebP", "GIF")
LARGE_WIDTH, LARGE_HEIGHT = 300, 157


@dataclass(frozen=True, slots=True)
class Media:
    """The facts of a file that is no text."""

    digest: str  # SHA-256 of its bytes in hexadecimal; empty if they could not be read
    problems: list[Problem]
    width: int = 0  # of a picture without an error or a film, in pixels on the screen
    height: int = 0
    type: str = ""  # a key of catalogue.pictures.facts.ENDINGS, or SVG
    size: int = 0  # of a file to hand out, in bytes

    @property
    def can_stand_elsewhere(self) -> bool:
        """Return whether other sites can show it large, as what stands for a page."""
        is_large = self.width >= LARGE_WIDTH and self.height >= LARGE_HEIGHT
        return self.type in SHARED and is_large


def find_limit(kind: str) -> int:
    """Return how many bytes of a file of this kind are ever read."""
    if kind == "image":
        return MAX_PICTURE_BYTES
    return MAX_FILE_BYTES if kind in ("attachment", "extra") else MAX_TEXT_BYTES


def read_media(content: Path, path: str, kind: str) -> Media:
    """Return the facts of a file below the content folder, whose kind is "image", "attachment" or "extra"."""
    facts, problems = None, list[Problem]()
    try:
        if kind == "image":
            data = read_picture_bytes(content / path)
            facts, problems = read_picture_facts(data, path)
            return make_media(hashlib.sha256(data).hexdigest(), problems, facts)
        with open_regular(content / path, MAX_FILE_BYTES) as file:
            if kind == "attachment":
                return read_attachment(file, path)
            facts, problems = read_extra(file, path)
            file.seek(0)
            return make_media(hash_chunks(file, MAX_FILE_BYTES), problems, facts)
    except InvalidPicture as wrong:
        text = str(wrong)
    except NotRegular:
        text = NO_FILE
    except TooLarge as error:
        return Media("", check_file_size(path, kind, error.size))
    except OSError:
        text = GONE
    return Media("", [Problem(path, 0, "error", text)])


def read_attachment(file: BinaryIO, path: str) -> Media:
    """Return what is known of an open file to hand out."""
    problems = check_attachment(file, path)
    size = file.seek(0, os.SEEK_END)
    width, height = read_film_size(file, size, os.path.splitext(path)[1].lower())
    file.seek(0)
    return Media(hash_chunks(file, MAX_FILE_BYTES), problems, width, height, size=size)


def make_media(digest: str, problems: list[Problem], facts: PictureFacts | None) -> Media:
    """Return what is known of a file; without facts if it is no picture."""
    if not facts:
        return Media(digest, problems)
    return Media(digest, problems, facts.width, facts.height, facts.type)


def read_extra(file: BinaryIO, path: str) -> tuple[PictureFacts | None, list[Problem]]:
    """Return what is known of an open file of extra; a picture is published clean, like all others."""
    start = file.read(FIRST_BYTES)
    problems = check_extra(path, start)
    is_drawing = path.lower().endswith(DRAWING)
    if not (find_picture_type(start) or is_drawing):
        return None, problems
    read = read_content if find_picture_type(start) else read_drawing
    file.seek(0)
    try:
        facts, found = read(b"".join(read_chunks(file.read, MAX_PICTURE_BYTES)), path)
    except TooLarge as error:
        text = format_too_large(max(error.size, file.seek(0, 2)))
        return None, [*problems, Problem(path, 0, "error", text)]
    return facts, [*problems, *found]
