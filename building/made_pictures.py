"""Make the smaller pictures that screens need, once for each picture, and keep them for the next build.

What is kept lies beside the readings, by the bytes of its picture, the code that drew it and Pillow's
version: a file with the facts, which carries a keyed digest (catalogue/authenticity.py), and one a
width. What is not there as it was made is made again.
"""

import hashlib
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from weakref import finalize

from catalogue.authenticity import authenticate, read_key
from catalogue.package_versions import read_package_version
from catalogue.pictures.facts import format_published, read_picture_bytes
from catalogue.pictures.kinds import find_picture_type
from catalogue.pictures.pixels import InvalidPicture
from catalogue.pictures.variants import Variant, draw_variants
from catalogue.problems import Refused
from catalogue.project import ROOT

FOLDER = "pictures"  # beside the database of the readings
CHANGED = "This picture was changed while the site was built. Build again."
# The files here: facts, or one width of a picture; a number behind it while it is written.
KEPT_FILE = re.compile(r"([0-9a-f]{32})(?:-\d+\.webp|\.json)(\.\d+)?")
LEFT_SECONDS = 3600  # after which nobody writes the file any more
Size = tuple[int, int, str]  # width and height in pixels, SHA-256 of the bytes


@dataclass
class MadePictures:
    """The pictures that were made of those of one content folder; `folder` keeps them."""

    content: Path
    folder: Path
    key: bytes = b""

    @cached_property
    def code(self) -> str:
        """Return what decides, besides the picture, about what is made of it."""
        sources = sorted((ROOT / "catalogue/pictures").glob("*.py"))  # it is cleaned before
        code = b"".join([path.read_bytes() for path in sources])
        return f"{hashlib.sha256(code).hexdigest()} {read_package_version('pillow')}"

    def name(self, digest: str) -> str:
        """Return the name of what is made of a picture, by the SHA-256 of its bytes."""
        return hashlib.blake2b(f"{self.code} {digest}".encode(), digest_size=16).hexdigest()

    def find(self, digest: str) -> list[Size] | None:
        """Return the sizes that were made of a picture; None if they are not all there."""
        name = self.name(digest)
        try:
            mac, _, text = (self.folder / f"{name}.json").read_text("utf-8").partition("\n")
            if mac != authenticate(self.key, "pictures", name, text):
                return None
            sizes: list[Size] = [(w, h, digest) for w, h, digest in json.loads(text)]
        except (OSError, ValueError):
            return None
        files = (self.folder / f"{name}-{width}.webp" for width, *_ in sizes)
        return sizes if all(map(Path.is_file, files)) else None

    def make(self, path: str, digest: str) -> list[Size] | str:
        """Make and keep the sizes of a picture; return them, or what is wrong with it in one sentence."""
        try:
            variants = draw_picture(self.content / path, digest)
        except InvalidPicture as wrong:
            return str(wrong)
        name = self.name(digest)
        sizes = [(v.width, v.height, hashlib.sha256(v.data).hexdigest()) for v in variants]
        text = json.dumps(sizes)
        for variant in variants:
            self.keep(f"{name}-{variant.width}.webp", variant.data)
        mac = authenticate(self.key, "pictures", name, text)
        # Last, for it says that the others are there.
        self.keep(f"{name}.json", f"{mac}\n{text}".encode())
        return sizes

    def keep(self, name: str, data: bytes) -> None:
        """Write a file in one step."""
        aside = self.folder / f"{name}.{os.getpid()}"
        aside.write_bytes(data)
        os.replace(aside, self.folder / name)

    def load(self, path: str, digest: str, width: int, sha: str) -> bytes:
        """Return a picture in one of its widths; it is made again if it is not as it was.

        Raises Refused if the file is not the one any more that was judged.
        """
        with suppress(OSError):
            data = (self.folder / f"{self.name(digest)}-{width}.webp").read_bytes()
            if hashlib.sha256(data).hexdigest() == sha:
                return data
        with suppress(OSError, InvalidPicture):
            for variant in draw_picture(self.content / path, digest):
                if variant.width == width and hashlib.sha256(variant.data).hexdigest() == sha:
                    return variant.data
        raise Refused(f"{path} was changed while the site was built. Build again.")

    def count(self) -> int:
        """Return of how many pictures something is kept."""
        return sum(name.endswith(".json") for name in os.listdir(self.folder))

    def drop_all_but(self, digests: Sequence[str]) -> None:
        """Remove what was made of other pictures, and nothing that has no name of ours."""
        names = {self.name(digest) for digest in digests}
        for path in self.folder.iterdir():
            match = KEPT_FILE.fullmatch(path.name)
            with suppress(OSError):
                if match and (is_left(path) if match[2] else match[1] not in names):
                    path.unlink()


def is_left(path: Path) -> bool:
    """Return whether a file that was not written to its end belongs to no build that still runs."""
    return path.stat().st_mtime < time.time() - LEFT_SECONDS


def draw_picture(path: Path, digest: str) -> list[Variant]:
    """Return the variants of a picture's file. Raises InvalidPicture, also if its bytes are others."""
    data = read_picture_bytes(path)
    if hashlib.sha256(data).hexdigest() != digest:
        raise InvalidPicture(CHANGED)
    published = format_published(data, path.name)
    return draw_variants(published, find_picture_type(published), len(published))


def open_made_pictures(settings: Mapping[str, Any]) -> MadePictures:
    """Return what was made by now of the pictures of a site; without a cache it is gone with the run."""
    content, name, key = Path(settings["PATH"]), settings["READING_CACHE"], read_key()
    if name and key:
        root = hashlib.blake2b(str(content.resolve()).encode(), digest_size=8).hexdigest()
        folder = (ROOT / name).parent / FOLDER / root
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            if os.access(folder, os.W_OK):
                return MadePictures(content, folder, key)
    made = MadePictures(content, Path(tempfile.mkdtemp(prefix="pictures-")))
    finalize(made, remove_own, made.folder, os.getpid())
    return made


def remove_own(folder: Path, process: int) -> None:
    """Remove a folder of the process that made it; one that it forked has the same object."""
    if os.getpid() == process:
        shutil.rmtree(folder, ignore_errors=True)
