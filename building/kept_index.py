"""Have an index of the search made, and keep it for the next build with the same texts."""

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from building.pagefind import (
    NO_PROGRAM,
    PROGRAM,
    SIGNS,
    Bundle,
    NoEnd,
    NoIndex,
    locate_program,
    make_bundle,
)
from building.search_hangs import SHARE_AGAIN, Hangs
from catalogue.authenticity import authenticate, read_key
from catalogue.package_versions import read_package_version
from catalogue.project import ROOT
from plugins.search_documents import Document

FILE = "search"  # beside the database of the readings


def find_bundle(
    settings: Mapping[str, Any],
    documents: Sequence[Document],
    language: str,
    progress: Callable[[str], None],
) -> Bundle:
    """Return the kept index of these documents, or a new one, which is kept. Raises NoIndex."""
    version = read_package_version(PROGRAM)
    if not version:
        raise NoIndex(NO_PROGRAM)
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
    hangs = Hangs(file, key, locate_program())
    texts, seconds = hangs.load()
    if texts == wanted.hexdigest():  # nothing says that it would end now
        raise explain_hang(NoEnd(seconds), name)
    progress("Indexing")
    try:
        bundle = make_bundle(documents, language, SHARE_AGAIN if texts else 1)
    except NoEnd as fault:
        hangs.save(wanted.hexdigest(), fault.seconds)
        raise explain_hang(fault, name if file else "") from None
    if file:
        hangs.drop()
        save_bundle(file, key, wanted.hexdigest(), bundle)
    return bundle


def explain_hang(fault: NoEnd, cache: str) -> NoIndex:
    """Return what is said of a program that hung; `cache` is a file beside which that is remembered."""
    remedy = "To have it tried again with the same texts, delete the folder"
    return NoIndex(f"{fault}. {remedy} {Path(cache).parent}" if cache else str(fault))


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
