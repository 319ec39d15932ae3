"""Find which texts link to which outside pages, and in which lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from catalogue.folder.regular_files import read_whole
from catalogue.records import Record
from catalogue.selection import Catalogue
from catalogue.text.outside_links import find_outside

MOST_TEXT_BYTES = 100_000_000  # no text that was read is larger


@dataclass(frozen=True, order=True)
class Use:
    """A text that links to a page: its path below the content folder, and its day, if it has one."""

    path: str
    day: str = ""
    is_post: bool = False


def list_links(record: Record) -> list[str]:
    """Return all outside addresses on the page of a text; of a comment, that of its writer's site too."""
    own = find_outside(record.values.get("Url", "")) if record.kind == "comment" else ""
    return [*record.outside, *([own] if own else [])]


def list_uses(catalogue: Catalogue, site: str) -> dict[str, list[Use]]:
    """Return the texts that link to each outside page, in order; drafts are not for the world yet.

    `site` is the site's own address: what lies there, the build itself looks after.
    """
    own = f"{site.rstrip('/')}/"
    uses: dict[str, list[Use]] = {}
    for record in catalogue.records.values():
        if record.is_draft:
            continue
        use = Use(record.path, record.values.get("Date", "")[:10], record.kind == "post")
        for url in list_links(record):
            if not f"{url}/".startswith(own):
                uses.setdefault(url, []).append(use)
    return uses


def list_known(records: Iterable[Record]) -> set[str]:
    """Return the outside addresses of all texts, drafts too: what the ledger is to remember."""
    return {url for record in records for url in list_links(record)}


def find_line(content: Path, path: str, url: str) -> int:
    """Return the first line of a text in which an address stands, in one form or another; 0 for none."""
    try:
        lines = read_whole(content / path, MOST_TEXT_BYTES).decode("utf-8", "replace").splitlines()
    except OSError:
        return 0
    bare = url.partition("://")[2]
    for form in (url, url.replace("&", "&amp;"), unquote(url), bare, unquote(bare)):
        for number, line in enumerate(lines, 1):
            if form in line:
                return number
    return 0
