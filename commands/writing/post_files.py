"""Where the files of the content folder lie, what they hold already, and how new ones are written."""

import os
import re
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote as unquote_address
from urllib.parse import urlsplit

from catalogue.folder.layout import TEXT_ENDINGS
from catalogue.folder.regular_files import is_link
from catalogue.header.entries import Header, unquote
from catalogue.header.front_matter import read_header
from catalogue.problems import format_name, format_root, shorten
from catalogue.slugs import format_numbered_slug, format_slug, slug_of
from catalogue.spelling import find_nearest
from catalogue.text.encoding import decode_text
from commands.writing.write_files import File, explain_writing, write_files

INDEX_FILE = re.compile(r"/index\.(?:html|md|markdown)\Z")


class CommandFault(Exception):
    """Raised with a sentence for the author, and the exit code: 1 for a file, 2 for the command."""

    def __init__(self, text: str, code: int = 2) -> None:
        super().__init__(text)
        self.code = code


@contextmanager
def explained_writing(place: str, unchanged: str = "Nothing was changed.") -> Iterator[None]:
    """Raise what the disk refuses to take in the block as CommandFault; `place` is where it belongs."""
    try:
        yield
    except OSError as error:
        raise CommandFault(f"{explain_writing(error, place)} {unchanged}", 1) from error


def check_content_folder(content: Path) -> None:
    """Raise CommandFault if posts cannot be put below a content folder."""
    if not content.is_dir():
        where = format_name(format_root(content))
        raise CommandFault(
            f"{where}: this folder is not there. Give the folder that holds posts and topics."
        )
    posts = content / "posts"
    where = format_place(content, posts)
    check_place(content, posts)
    if os.path.lexists(posts) and not posts.is_dir():
        seen = f"{where}: this is not a folder"
        raise CommandFault(f"{seen}. Move it away, for posts need a folder of that name.", 1)


def check_place(content: Path, path: Path) -> None:
    """Raise CommandFault if there is a link on the way from a content folder down to a path."""
    steps = [path, *path.parents][: len(path.relative_to(content).parts)]
    link = next((step for step in reversed(steps) if is_link(step)), None)
    if link:
        kind = "file" if link.suffix in TEXT_ENDINGS else "folder"
        seen = f"{format_place(content, link)}: this is a link that leads elsewhere"
        raise CommandFault(f"{seen}. Put a real {kind} in its place.", 1)


def format_place(content: Path, path: Path) -> str:
    """Return a path below the content folder as it is reached from the current folder."""
    return format_name(os.path.join(format_root(content), path.relative_to(content)))


def read_posts(folder: Path) -> dict[str, Path]:
    """Return which slugs are taken, by a file's name or its `Slug:` line, and by which file."""
    taken: dict[str, Path] = {}
    paths = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths += [Path(place, name) for name in names if name.lower().endswith(TEXT_ENDINGS)]
    paths.sort()
    for path in paths:
        taken.setdefault(slug_of(path.as_posix()), path)
    for path in paths:
        if slug := read_file_header(path, "post").values.get("Slug"):
            taken.setdefault(slug.lower(), path)
    return taken


def find_post_file(word: str, content: Path) -> tuple[Path, str]:
    """Return the file and the slug of the post that is meant by a slug, a file or an address.

    Raises CommandFault, with the nearest one, if there is none.
    """
    posts = read_posts(content / "posts")
    if file := find_named_file(word, content):
        return file, slug_of_file(file)
    path = urlsplit(word).path if "://" in word else word
    place = unquote_address(path).replace("\\", "/").strip("/")
    last = INDEX_FILE.sub("", place).rpartition("/")[2]
    slug = last.lower() if last.lower() in posts else slug_of(last)
    if slug not in posts:
        near = [known for known in posts if slug and slug in known]
        nearest = near[0] if near else find_nearest(slug, posts)
        remedy = f"Did you mean {nearest}?" if nearest else "Give the last part of its address."
        topic = f"topics/{slug}.md"
        if not nearest and slug and (content / topic).is_file():
            remedy = (
                f"That is a topic: write its new name as the Title in {topic}, and the old one after "
                "Used-for there."
            )
        raise CommandFault(
            f"There is no post “{shorten(word)}” in {format_root(content)}. {remedy}"
        )
    return posts[slug], slug_of_file(posts[slug])


def find_named_file(word: str, content: Path) -> Path | None:
    """Return the file of a post that a word is the path of, from here or below the content folder."""
    posts = (content / "posts").resolve()
    for place in (Path(word), content / word, posts / word):
        try:
            path = place.resolve()
            is_post = path.is_relative_to(posts) and path.is_file()
        except (OSError, ValueError):  # no file can have such a name
            continue
        if is_post and path.name.lower().endswith(TEXT_ENDINGS) and not is_link(place):
            return content / "posts" / path.relative_to(posts)
    return None


def slug_of_file(file: Path) -> str:
    """Return the slug of a post by its file."""
    given = read_file_header(file, "post").values.get("Slug", "")
    return str(given).lower() or slug_of(file.as_posix())


def read_file_header(path: Path, kind: str) -> Header:
    """Return the header and body of a file; empty for a link, and for what cannot be read as text."""
    try:
        if path.is_symlink() or not path.is_file():
            return Header()
        return read_header(decode_text(path.read_bytes(), path.name)[0], kind, path.as_posix())
    except OSError:
        return Header()


def drop_date(data: bytes) -> bytes:
    """Return a file's bytes without its first line that begins with `Date:`, as commands write it."""
    return re.sub(rb"^Date: .*\n", b"", data, count=1, flags=re.MULTILINE)


def is_written(path: Path, data: bytes) -> bool:
    """Return whether a real file has these bytes, whatever its date."""
    is_file = path.is_file() and not is_link(path)
    return is_file and drop_date(path.read_bytes()) == drop_date(data)


def write_new(content: Path, path: Path, data: bytes) -> None:
    """Write a new file of the content folder; raise CommandFault if it cannot be written."""
    with explained_writing(format_place(content, path.parent)):
        write_files([File(path, data)])


def format_value(text: str) -> str:
    """Return a header's value written so that it is read back as it is, also when it is all in quotes."""
    if unquote(text) == text:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def print_fault(fault: CommandFault) -> int:
    """Print what is wrong; return the exit code for it."""
    print(fault, file=sys.stderr)
    return fault.code


def choose_comment_name(date: str, author: str, taken: Collection[str]) -> str:
    """Return a file name of a comment's day and its writer, with a number if that name is taken."""
    stem = f"{date[:10]}-{format_slug(author)[:40].strip('-') or 'reader'}"
    name, number = f"{stem}.md", 1
    while name in taken:
        number += 1
        name = f"{format_numbered_slug(stem, number)}.md"
    return name
