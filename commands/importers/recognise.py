"""Know which program a source comes from, and read it."""

import os
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from commands.importers.formats.feeds import is_feed, read_feed
from commands.importers.formats.folder import HTML_ENDINGS, MARKDOWN_ENDINGS, read_folder
from commands.importers.formats.ghost import is_ghost, read_ghost
from commands.importers.formats.wordpress import is_wordpress, read_wordpress
from commands.importers.site import Site, Unreadable

START_BYTES = 4000  # of a file, by which it is known
DUMP = "dump"
READERS: Mapping[str, Callable[[Path], Site]] = {
    "wordpress": read_wordpress,
    "blogger": read_feed,
    "feed": read_feed,
    "ghost": read_ghost,
    "folder": read_folder,
}
# What the folder's reader knows, by the names of the programs.
FOLDERS = ("jekyll", "hugo", "pelican", "eleventy", "quarto", "obsidian", "folder")
FORMATS = (DUMP, "wordpress", "blogger", "ghost", "feed", *FOLDERS)
ARCHIVES = (".zip", ".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz")
MOST_UNPACKED = 2_000_000_000  # bytes
MOST_MEMBERS = 100_000


def recognise(source: Path) -> str:
    """Return the format of a source; the plain dump for a text that is nothing else."""
    if source.is_dir():
        return "folder"
    if source.suffix.lower() in (*MARKDOWN_ENDINGS, *HTML_ENDINGS):
        return "folder"
    with source.open("rb") as file:
        start = file.read(START_BYTES)
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        start = start.decode("utf-16", "replace").encode()
    if is_wordpress(start):
        return "wordpress"
    if is_feed(start):
        return "feed"
    return "ghost" if is_ghost(start) else DUMP


def is_archive(source: Path) -> bool:
    """Return whether a source is an archive by its name."""
    return source.is_file() and source.name.lower().endswith(ARCHIVES)


@contextmanager
def opened(source: Path) -> Iterator[Path]:
    """Yield a source, of an archive what is in it: its only file or folder, or the folder of all of it.

    Raises Unreadable for an archive that is damaged, that is too large, or that leads out of its folder.
    """
    if not is_archive(source):
        yield source
        return
    with TemporaryDirectory(prefix="import-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        try:
            unpack(source, folder)
        except (OSError, EOFError, zipfile.BadZipFile, tarfile.TarError, RuntimeError) as error:
            raise Unreadable(f"the archive cannot be read ({error})") from None
        yield find_inside(folder)


def unpack(source: Path, folder: Path) -> None:
    """Unpack an archive into a folder: ordinary files only, at names that stay inside."""
    if source.name.lower().endswith(".zip"):
        with zipfile.ZipFile(source) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()]
            check_sizes([(each.filename, each.file_size) for each in members])
            for each in members:
                write_member(folder, each.filename, archive.read(each))
        return
    with tarfile.open(source) as archive:
        files = [each for each in archive.getmembers() if each.isfile()]
        check_sizes([(each.name, each.size) for each in files])
        for member in files:
            if stream := archive.extractfile(member):
                write_member(folder, member.name, stream.read())


def check_sizes(members: list[tuple[str, int]]) -> None:
    """Raise Unreadable for an archive with too much in it, or with a path that leaves its folder."""
    if len(members) > MOST_MEMBERS or sum(size for _, size in members) > MOST_UNPACKED:
        raise Unreadable("there is more in the archive than any blog has")
    for name, _ in members:
        path = PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            raise Unreadable(f"the archive has a path that leaves its folder: {name[:80]}")


def write_member(folder: Path, name: str, data: bytes) -> None:
    """Write a file of an archive."""
    path = folder / PurePosixPath(name.replace("\\", "/"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def find_inside(folder: Path) -> Path:
    """Return what an archive is about: the one export in it, else its folder."""
    inside = [
        entry for entry in sorted(folder.iterdir()) if not entry.name.startswith((".", "__MACOSX"))
    ]
    if len(inside) == 1:
        return find_inside(inside[0]) if inside[0].is_dir() else inside[0]
    exports = [
        Path(place, name)
        for place, _, names in os.walk(folder)
        for name in sorted(names)
        if name.lower().endswith((".xml", ".atom", ".json", ".rss"))
    ]
    known = [path for path in exports if recognise(path) not in (DUMP, "folder")]
    return known[0] if len(known) == 1 else folder


def read_source(source: Path, form: str) -> Site:
    """Return what a source says, read as a format or as what it looks like. Raises Unreadable."""
    name = form or recognise(source)
    name = "folder" if name in FOLDERS else name
    if (
        name == "folder"
        and source.is_file()
        and source.suffix.lower() not in (*MARKDOWN_ENDINGS, *HTML_ENDINGS)
    ):
        raise Unreadable("this is no folder of posts")
    if name != "folder" and source.is_dir():
        raise Unreadable(f"this is a folder, and {name} writes one file")
    return READERS[name](source)
