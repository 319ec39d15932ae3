"""Have Pagefind make the index of the search, and keep it for the next build with the same texts.

Pagefind (https://pagefind.app) is a program in a package of its own. Where there is none for a system,
or it fails, a site is built all the same: its page of the search lists all titles.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from building.words import format_counted, format_date, read_words
from catalogue.addresses import SEARCH_FOLDER, Place
from catalogue.authenticity import authenticate, read_key
from catalogue.package_versions import read_package_version
from catalogue.problems import Problem
from catalogue.project import ROOT
from catalogue.selection import Catalogue, SiteFile
from plugins.markdown_words import put_words
from plugins.search_documents import Describer, Document, list_documents

FILE = "search"  # beside the database of the readings
PROGRAM = "pagefind_bin"  # the package that has it
SIGNS = "+#"  # parts of words: C++, F#
SECONDS, SECONDS_A_DOCUMENT = 30, 0.05  # after which it is believed to hang
# Of what Pagefind writes, what our own page of the search asks for.
NEEDED = ("pagefind.js", "pagefind-entry.json")
NEEDED_ENDINGS = (".pf_meta", ".pf_index", ".pf_fragment", ".pagefind")


class NoIndex(Exception):
    """Raised where there is no index; its text says why."""


@dataclass(frozen=True)
class Bundle:
    """The files of an index, as bytes one after the other, and where each begins and ends."""

    data: bytes
    parts: Mapping[str, tuple[int, int]]

    def load(self, name: str) -> bytes:
        """Return a file."""
        start, end = self.parts[name]
        return self.data[start:end]


def add_search(
    settings: Mapping[str, Any], catalogue: Catalogue, progress: Callable[[str], None]
) -> Catalogue:
    """Return a catalogue with the files of the index of what it publishes; it is made if the texts are new.

    Without an index a problem says so, which is a warning. A preview has none.
    """
    if settings["PREVIEW"] or not settings.get("SEARCH_INDEX", True) or not catalogue.posts:
        return catalogue
    words = read_words()
    put = partial(put_words, words=words)
    documents = list_documents(catalogue, make_describer(settings), words["used_for"], put)
    language = settings["DEFAULT_LANG"].partition("-")[0]
    try:
        bundle = find_bundle(settings, documents, language, progress)
    except NoIndex as why:
        text = f"The search has no index, so its page lists all titles instead: {why}."
        return replace(catalogue, problems=[*catalogue.problems, Problem("", 0, "warning", text)])
    files = [
        SiteFile(
            f"{SEARCH_FOLDER}{name}",
            hashlib.blake2b(bundle.load(name), digest_size=16).hexdigest(),
            partial(bundle.load, name),
        )
        for name in bundle.parts
    ]
    places = [Place(file.address) for file in files]
    return replace(catalogue, search=files, claims=[*catalogue.claims, *places])


def make_describer(settings: Mapping[str, Any]) -> Describer:
    """Return the function that says of a post what is shown of it, in the words of the theme."""
    words, form = read_words(), settings["DATE_FORM"]

    def describe(date: datetime, comments: int) -> dict[str, str]:
        counted = format_counted(comments, words["comments"], words["thousands"])
        return {"day": format_date(date, form, words["months"]), "comments": counted}

    return describe


def find_bundle(
    settings: Mapping[str, Any],
    documents: Sequence[Document],
    language: str,
    progress: Callable[[str], None],
) -> Bundle:
    """Return the kept index of these documents, or a new one, which is kept. Raises NoIndex."""
    version = read_package_version(PROGRAM)
    if not version:
        raise NoIndex("there is no Pagefind for this system")
    content, name, key = Path(settings["PATH"]), settings["READING_CACHE"], read_key()
    wanted = hashlib.blake2b(digest_size=16)
    wanted.update(f"{PROGRAM} {version} {SIGNS} {language}".encode())
    for document in documents:
        wanted.update("".join(f"{text}\0" for text in document).encode("utf-8", "replace"))
    root = hashlib.blake2b(os.fsencode(content.resolve()), digest_size=8).hexdigest()
    file = (ROOT / name).parent / FILE / root if name and key else None
    bundle = file and load_bundle(file, key, wanted.hexdigest())
    if bundle:
        return bundle
    progress("Indexing")
    bundle = make_bundle(documents, language)
    if file:
        save_bundle(file, key, wanted.hexdigest(), bundle)
    return bundle


def load_bundle(file: Path, key: bytes, wanted: str) -> Bundle | None:
    """Return what is kept in a file, if it is the index of the wanted documents as it was made here."""
    with suppress(OSError, ValueError):
        head, _, data = file.read_bytes().partition(b"\n")
        mac, _, text = head.decode().partition(" ")
        if mac == sign(key, wanted, text, data):
            return Bundle(data, {name: (start, end) for name, start, end in json.loads(text)})
    return None


def save_bundle(file: Path, key: bytes, wanted: str, bundle: Bundle) -> None:
    """Keep an index in one step; what the disk refuses is made again by the next build."""
    text = json.dumps([[name, *place] for name, place in bundle.parts.items()])
    head = f"{sign(key, wanted, text, bundle.data)} {text}\n".encode()
    aside = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(head + bundle.data)
        os.replace(aside, file)


def sign(key: bytes, wanted: str, text: str, data: bytes) -> str:
    """Return the keyed digest of an index and of what it is the index of."""
    return authenticate(key, "search", wanted, text, hashlib.sha256(data).hexdigest())


def make_bundle(documents: Sequence[Document], language: str) -> Bundle:
    """Return a new index of documents. Raises NoIndex."""
    seconds = SECONDS + SECONDS_A_DOCUMENT * len(documents)
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


def run_program(pages: Path, index: Path, language: str, seconds: float) -> None:
    """Have Pagefind index the pages of a folder into another. Raises NoIndex."""
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
        raise NoIndex(f"Pagefind had not ended after {seconds:.0f} seconds") from None
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
    raise NoIndex("there is no Pagefind for this system")


def is_needed(name: str) -> bool:
    """Return whether our page of the search asks for a file of Pagefind's."""
    return name in NEEDED or name.endswith(NEEDED_ENDINGS)
