"""A job for every file of the site: where it goes, what it shows, and how it is drawn.

Nothing is drawn while the jobs are collected. So whoever has them decides: a build draws what has
changed, side by side; a preview draws what is asked for.
"""

import hashlib
import posixpath
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import jinja2

from catalogue.folder.layout import select_kind
from catalogue.folder.regular_files import NotRegular, TooLarge, read_whole
from catalogue.folder.sizes import MAX_FILE_BYTES
from catalogue.pictures.facts import format_published
from catalogue.problems import Refused
from catalogue.selection import Catalogue


@dataclass(frozen=True)
class LazyTemplate:
    """A template of the theme, by its file's name, which is compiled when it is first drawn."""

    environment: jinja2.Environment
    name: str

    def load(self) -> jinja2.Template:
        """Return the compiled template."""
        return self.environment.get_template(self.name)


@dataclass(slots=True)
class Job:
    """One file of the site."""

    file: str  # from the root of the site, with forward slashes
    draw: Callable[[], bytes]
    shows: Any  # all that it shows besides the settings, as far as it can change
    template: LazyTemplate | None = None
    context: Mapping[str, Any] = field(default_factory=dict)  # what all templates are given


def draw_page(
    template: LazyTemplate, context: Mapping[str, Any], words: Mapping[str, Any]
) -> bytes:
    """Return a page: the template rendered with the context of all pages and the words of one."""
    compiled = template.load()
    seen = compiled.new_context({**context, **words}, shared=True)  # `render` copies it three times
    try:
        # Piece by piece: most are ASCII, which is encoded quickly as long as it is alone.
        return b"".join(map(str.encode, compiled.root_render_func(seen)))
    except Exception:  # noqa: BLE001 - all that goes wrong is raised again
        compiled.environment.handle_exception()  # adds the line of the template


def draw_bytes(draw: Callable[[], str | bytes]) -> bytes:
    """Return the bytes of a file that is text or bytes already."""
    drawn = draw()
    return drawn.encode() if isinstance(drawn, str) else drawn


def copy_files(catalogue: Catalogue, content: Path, writer: Any) -> None:
    """Add the jobs of pictures, attachments, what goes to the root, and the index of the search."""
    for path in catalogue.files:
        file = posixpath.relpath(catalogue.addresses[path], "/")
        digest = catalogue.media[path].digest
        writer.add(file, partial(draw_copy, content, path, digest), [path, digest])
        for smaller in catalogue.variants.get(path, ()):
            writer.add(smaller.address.lstrip("/"), smaller.load, smaller.digest)
    for part in catalogue.search:
        writer.add(part.address.lstrip("/"), part.load, part.digest)


def draw_copy(content: Path, path: str, digest: str) -> bytes:
    """Return a file as it is published: a picture without what it tells besides its pixels.

    Raises Refused if it is no longer the file that was judged.
    """
    with suppress(NotRegular, TooLarge, FileNotFoundError):
        data = read_whole(content / path, MAX_FILE_BYTES)
        if hashlib.sha256(data).hexdigest() == digest:
            return data if select_kind(path) == "attachment" else format_published(data, path)
    raise Refused(f"{path} was changed while the site was built. Build again.")
