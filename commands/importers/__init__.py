"""What other programs have written, one format a file; a new one is a row of `READERS` besides."""

from collections.abc import Callable, Mapping
from pathlib import Path

from catalogue.problems import Problem
from commands.importers.dump import read_dump_file
from commands.importers.post import ImportedPost

Reader = Callable[[bytes, str], tuple[list[ImportedPost], list[Problem]]]

# By the ending of a file's name. Each gets the bytes and the path of a file, which is for messages,
# and returns its posts in their order, the newest first, and its problems; with problems no posts.
READERS: Mapping[str, Reader] = {".txt": read_dump_file}


def read_import_file(file: Path) -> tuple[list[ImportedPost], list[Problem]]:
    """Return the posts of a file, and its problems; one of no known ending is read as a text dump."""
    try:
        data = file.read_bytes()
    except OSError as error:
        seen = f"The file cannot be read ({error.strerror})"
        return [], [Problem(str(file), 0, "error", f"{seen}. Check that you may open it.")]
    return READERS.get(file.suffix.lower(), read_dump_file)(data, str(file))
