"""Check the sizes of files against what readers and GitHub can take."""

import math

from catalogue.problems import Problem

KB = 1024
MB = 1024**2
FILM_ENDINGS = (".mp4", ".webm", ".mov", ".m4v", ".avi", ".mkv")
MAX_TEXT_BYTES = 1 * MB
MAX_PICTURE_BYTES = 10 * MB
MAX_FILE_BYTES = 100 * MB  # GitHub refuses a file above this

# Above so many bytes: level and text. Pictures are judged where they are read.
TEXT_LIMITS = (
    (
        MAX_TEXT_BYTES,
        "error",
        "This {kind} has {size}; 1 MB is the most, more words than a novel. "
        "Split it, and keep pictures as files in images.",
    ),
    (200 * KB, "warning", "This {kind} has {size}, as much as a book. Think of splitting it."),
)
FILE_LIMITS = (
    (
        MAX_FILE_BYTES,
        "error",
        "This file has {size}, and GitHub takes none above 100 MB. Make it "
        "smaller, or put it on a site for large files and link to it.",
    ),
    (25 * MB, "warning", "This file has {size}: readers will wait. Make it smaller."),
)
FILM_TOO_LARGE = (
    "This film has {size}, and GitHub takes no file above 100 MB. Put it on YouTube, Vimeo or the Internet "
    "Archive, delete it here, and write its address there alone on a line of your text."
)
SIZE_LIMITS = {"image": (), "attachment": FILE_LIMITS, "extra": FILE_LIMITS}  # all others are texts
EMPTY_FILE = "This file is empty. Copy it here again from the original."


def check_file_size(path: str, kind: str, size: int) -> list[Problem]:
    """Return what is wrong with the size of a file in bytes against the limits of its kind."""
    if not size and kind == "attachment":
        return [Problem(path, 0, "warning", EMPTY_FILE)]
    for limit, level, text in SIZE_LIMITS.get(kind, TEXT_LIMITS):
        if size > limit:
            is_film = limit == MAX_FILE_BYTES and path.lower().endswith(FILM_ENDINGS)
            words = FILM_TOO_LARGE if is_film else text
            return [Problem(path, 0, level, words.format(kind=kind, size=format_size(size)))]
    return []


def format_size(size: int) -> str:
    """Return a number of bytes as KB or MB, rounded up, so that above a limit looks above it."""
    if size < MB:
        return f"{math.ceil(size / KB):,} KB"
    return f"{math.ceil(size / MB * 10) / 10:,.1f} MB"
