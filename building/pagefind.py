"""Run Pagefind on documents, and read the files of the index that it makes.

Pagefind (https://pagefind.app) is a program in a package of its own.
"""

import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from math import ceil
from pathlib import Path

from plugins.search_documents import Document

PROGRAM = "pagefind_bin"  # the package that has it
SIGNS = "+#"  # parts of words: C++, F#
SECONDS, SECONDS_A_DOCUMENT = 30, 0.05  # after which it is believed to hang
# Of what Pagefind writes, what our own page of the search asks for.
NEEDED = ("pagefind.js", "pagefind-entry.json")
NEEDED_ENDINGS = (".pf_meta", ".pf_index", ".pf_fragment", ".pagefind")
NO_PROGRAM = "there is no Pagefind for this system"


class NoIndex(Exception):
    """Raised where there is no index; its text says why."""


class NoEnd(NoIndex):
    """Raised where Pagefind had not ended after a time, in seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Pagefind had not ended after {seconds} seconds")
        self.seconds = seconds


@dataclass(frozen=True)
class Bundle:
    """The files of an index, as bytes one after the other, and where each begins and ends."""

    data: bytes
    parts: Mapping[str, tuple[int, int]]

    def load(self, name: str) -> bytes:
        """Return a file."""
        start, end = self.parts[name]
        return self.data[start:end]


def make_bundle(documents: Sequence[Document], language: str, share: float = 1) -> Bundle:
    """Return a new index of documents, if it does not take more than a share of the time that it may.

    Raises NoIndex.
    """
    seconds = ceil((SECONDS + SECONDS_A_DOCUMENT * len(documents)) * share)
    try:
        with tempfile.TemporaryDirectory(prefix="search-", ignore_cleanup_errors=True) as folder:
            pages, index = Path(folder) / "pages", Path(folder) / "index"
            write_pages(documents, pages)
            run_program(pages, index, language, seconds)
            bundle = read_bundle(index)
    except OSError as error:
        raise NoIndex(f"the disk refused its files ({error.strerror or error})") from None
    if NEEDED[0] not in bundle.parts:
        raise NoIndex("Pagefind wrote none")
    return bundle


def read_bundle(index: Path) -> Bundle:
    """Return what Pagefind has written into a folder, as far as it is needed."""
    parts, pieces, end = dict[str, tuple[int, int]](), [], 0
    for path in sorted(path for path in index.rglob("*") if is_needed(path.name)):
        pieces.append(path.read_bytes())
        start, end = end, end + len(pieces[-1])
        parts[path.relative_to(index).as_posix()] = start, end
    return Bundle(b"".join(pieces), parts)


def write_pages(documents: Sequence[Document], folder: Path) -> None:
    """Write each document where its address has it."""
    for url, html in documents:
        page = folder / url / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(html, encoding="utf-8", errors="replace")


def run_program(pages: Path, index: Path, language: str, seconds: int) -> None:
    """Have Pagefind index the pages of a folder into another. Raises NoIndex, NoEnd if it hangs."""
    import subprocess  # most builds find their index made

    words = ["--site", str(pages), "--output-path", str(index), "--silent"]
    words += ["--include-characters", SIGNS, "--force-language", language]
    try:
        done = subprocess.run(
            [locate_program(), *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NoEnd(seconds) from None
    except OSError as error:
        raise NoIndex(f"Pagefind cannot be started ({error.strerror or error})") from None
    if done.returncode:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())[-200:]
        raise NoIndex(f"Pagefind failed with code {done.returncode} ({said or 'no word'})")


def locate_program() -> str:
    """Return the path of the program in its package. Raises NoIndex."""
    spec = find_spec(PROGRAM)
    for folder in spec.submodule_search_locations or () if spec else ():
        for name in ("pagefind", "pagefind.exe"):
            if os.path.isfile(program := os.path.join(folder, name)):
                return program
    raise NoIndex(NO_PROGRAM)


def is_needed(name: str) -> bool:
    """Return whether our page of the search asks for a file of Pagefind's."""
    return name in NEEDED or name.endswith(NEEDED_ENDINGS)
