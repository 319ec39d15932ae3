"""List which addresses of a site are permanent: what a person or a feed reader may have kept.

Permanent are the pages of texts and those that lead on to them, the ids of headings and comments on them,
the feeds, the site's own pages that are always there, and the author's files: pictures, what is handed
out, what was put at the root. All else is made from these and found by way of them, and comes and goes
with them, so nobody is asked about it: further pages of a list, the list of questions, smaller pictures,
cards, citations, the sitemap and the search's index; notes and the head of the comments, whose ids the
site gives; and names that a server asks for and no reader does, such as CNAME.
"""

from collections.abc import Iterable

from catalogue.address_ledger import find_address_fault
from catalogue.addresses import (
    COMMENTS_FEED,
    DEFAULT_FILES,
    PAGE_ENDINGS,
    SITE,
    TOPIC_FEEDS,
)
from catalogue.comment_threads import format_anchor, name_comment
from catalogue.records import Record
from catalogue.selection import Catalogue
from catalogue.text.html_allowlist import NOTE_IDS

FEEDS = (COMMENTS_FEED, *TOPIC_FEEDS)  # that lie beside the page of a text
ENDINGS = ("/", *PAGE_ENDINGS, *FEEDS)  # of the addresses of a text that are permanent
# The site's own; the list of questions comes and goes with the questions.
OWN = frozenset(SITE.values()) - {SITE["not_found"], SITE["questions"]}
ASKED_BY_SERVERS = frozenset(DEFAULT_FILES.values()) | {"/CNAME", "/.nojekyll"}


def list_permanent(catalogue: Catalogue) -> dict[str, str]:
    """Return all permanent addresses of a site but the ids on its pages, each with its file.

    The file is that of the author's which asks for it, by its path; empty for the site's own.
    """
    records, files = catalogue.records, {*catalogue.files}
    found: dict[str, str] = {}
    for place in catalogue.claims:
        address, path = place.address, place.path
        if path in records:
            is_permanent = address.endswith(ENDINGS)
        elif path:
            is_permanent = path in files and address not in ASKED_BY_SERVERS
        else:
            is_permanent = address in OWN
        if is_permanent and is_nameable(address):
            found[address] = path
    return found


def list_permanent_ids(record: Record, comments: Iterable[Record] = ()) -> list[str]:
    """Return the permanent ids on the page of a text: its own, and those of its published comments."""
    own = [name for name in record.ids if not NOTE_IDS.fullmatch(name)]
    return own + [format_anchor(name_comment(comment)) for comment in comments]


def list_all_permanent(catalogue: Catalogue) -> set[str]:
    """Return all permanent addresses of a site, with those of the ids on its pages: `/about/#why`."""
    found = {*list_permanent(catalogue)}
    comments = catalogue.comments
    for record in catalogue.shown:
        if record.ids or comments.get(record.path):
            page = catalogue.addresses[record.path]
            ids = list_permanent_ids(record, comments.get(record.path, ()))
            named = [f"{page}#{name}" for name in ids]
            found.update(filter(is_nameable, named))
    return found


def is_nameable(address: str) -> bool:
    """Return whether the ledger can name an address; no reader can be led to others with certainty either."""
    is_plain = "?" not in address and address.count("#") < 2 and address.isprintable()
    return is_plain or not find_address_fault(address)


def is_page(address: str) -> bool:
    """Return whether an address is that of a page, not of another file."""
    return address.endswith(("/", *PAGE_ENDINGS))
