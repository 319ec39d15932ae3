"""Read the files that are no texts: pictures, files to hand out, and what is copied to the root.

Reads: one file at a time, opened once: a picture whole, of all others as much as tells what they are.
Adds: a digest of its bytes, and what is wrong with it.
Writes: nothing.
"""

import hashlib
from pathlib import Path
from typing import BinaryIO

from catalogue.folder import walk as files
from catalogue.folder.attachments import START, check_attachment
from catalogue.folder.extras import check_extra
from catalogue.folder.regular_files import (
    NotOrdinary,
    TooLarge,
    hash_chunks,
    open_ordinary,
    read_chunks,
)
from catalogue.pictures import images
from catalogue.pictures.images import find_type, judge_content, judge_image
from catalogue.problems import Problem

GONE = "The file cannot be opened. Look whether it is there and you may read it."
NO_FILE = "This is no ordinary file. Put a copy of the file itself here."


def find_limit(kind: str) -> int:
    """Return how many bytes of a file of this kind are ever read."""
    if kind == "image":
        return images.MAX_BYTES
    return files.MAX_BYTES if kind in ("attachment", "extra") else files.TEXT_BYTES


def read_media(content: Path, path: str, kind: str) -> tuple[str, list[Problem]]:
    """Return the SHA-256 of a file's bytes in hexadecimal, and what is wrong with it.

    Of a file that could not be read as far as its end there is no digest.
    """
    if kind == "image":
        data, text = images.read_bytes(content / path)
        if text:
            return "", [Problem(path, 0, "error", text)]
        return hashlib.sha256(data).hexdigest(), judge_image(data, path)[1]
    try:
        with open_ordinary(content / path, files.MAX_BYTES) as file:
            problems = (
                check_attachment(file, path) if kind == "attachment" else judge_extra(file, path)
            )
            file.seek(0)
            return hash_chunks(file, files.MAX_BYTES), problems
    except NotOrdinary:
        text = NO_FILE
    except TooLarge as error:
        text = files.check_size(kind, error.size)[1]
    except OSError:
        text = GONE
    return "", [Problem(path, 0, "error", text)]


def judge_extra(file: BinaryIO, path: str) -> list[Problem]:
    """Check an open file of extra; a picture among them is published clean like all others."""
    start = file.read(START)
    problems = check_extra(path, start)
    if not find_type(start):
        return problems
    file.seek(0)
    try:
        return [*problems, *judge_content(b"".join(read_chunks(file, images.MAX_BYTES)), path)[1]]
    except TooLarge as error:
        text = images.format_too_large(max(error.size, file.seek(0, 2)))
        return [*problems, Problem(path, 0, "error", text)]
