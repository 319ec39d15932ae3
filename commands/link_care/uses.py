"""Find which texts link to which outside pages."""

from collections.abc import Iterable
from dataclasses import dataclass

from catalogue.outside_uses import list_links
from catalogue.records import Record
from catalogue.selection import Catalogue


@dataclass(frozen=True, order=True)
class Use:
    """A text that links to a page: its path below the content folder, and its day, if it has one."""

    path: str
    day: str = ""
    is_post: bool = False


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
