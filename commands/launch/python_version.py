"""Refuse a Python that is too old; this file is for old ones too (3.6 and on)."""

import sys

OLDEST = (3, 11)


def format_too_old(version: tuple) -> str:  # type: ignore[type-arg]  # tuple[...] is too new here
    """Return the sentence for a version such as (3, 9, 2), or nothing when it is new enough."""
    if tuple(version[:2]) >= OLDEST:
        return ""
    return (
        "This needs Python 3.11 or newer, and this is Python {}.{}: install a newer one from "
        "https://www.python.org/downloads/ and type the same command again."
    ).format(*version[:2])


def check_python() -> None:
    """End the run with that sentence when this Python is too old."""
    sentence = format_too_old(sys.version_info)
    if sentence:
        sys.exit(sentence)
