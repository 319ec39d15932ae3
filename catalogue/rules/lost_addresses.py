"""Judge what of the ledger of addresses readers would no longer find: no address is lost without a word.

An address may be lost on purpose: then the ledger says `Gone:`. All below a page that is lost goes with
it, and is not told by itself. One that differs from a page by capitals or the form of an accent alone is
no loss: the page for addresses that are none leads on (theme/static/not_found.js), since no second file of
that name can lie beside the first on every computer.
"""

from collections.abc import Iterator

from catalogue.address_ledger import GONE, format_gone_line, write_address
from catalogue.addresses import FOLDERS, SITE, check_alias, format_address, read_redirects
from catalogue.folder.layout import ADDRESS_LEDGER
from catalogue.lost_texts import LostTexts
from catalogue.permanence import FEEDS, is_page, list_all_permanent, list_permanent_ids
from catalogue.problems import Problem, shorten
from catalogue.records import Record
from catalogue.selection import Catalogue
from catalogue.slugs import format_topic_slug

COMMENT_ID = "comment-"
MOST_SEARCHED = 100  # lost addresses: each search goes through all texts


def check_addresses(texts: LostTexts) -> Iterator[Problem]:
    """Yield an error for each address of the ledger that the site would lose, with the line that keeps it."""
    catalogue, ledger = texts.catalogue, texts.ledger
    if not catalogue.records:  # there is a fault that says more
        return
    lost = list_lost(texts)
    hidden = list_hidden(catalogue) if lost else {}
    for number, address in enumerate(lost):
        page, mark, name = address.partition("#")
        if number >= MOST_SEARCHED:
            why = ". Mend those above it first, and check again."
        elif mark and texts.find_home(page) is not None:
            why = explain_id(page, name, texts)
        elif page in hidden and texts.is_text_of(page, hidden[page]):
            why = explain_hidden(hidden[page])
        elif is_page(page) or page.endswith(FEEDS):
            why = explain_text(page, texts)
        else:
            why = explain_file(page, texts)
        line, seen = ledger.lines[address], f"{write_address(address)} was published and is gone"
        text = f"{seen}{why} If it was withdrawn on purpose, {explain_withdrawal(address, line)}"
        yield Problem(ADDRESS_LEDGER, line, "error", text)


def explain_withdrawal(address: str, line: int) -> str:
    """Return how to say that an address was withdrawn; `line` is where it stands, 0 if it does not yet."""
    if line:
        return f"write `{GONE}` before it in this line."
    return f"write there `{format_gone_line(address)}`"


def list_lost(texts: LostTexts) -> list[str]:
    """Return the addresses of the ledger that lead nowhere and were not withdrawn, in their order."""
    catalogue, ledger = texts.catalogue, texts.ledger
    lost = ledger.lines.keys() - list_all_permanent(catalogue) - catalogue.planned
    lost = {address for address in lost if not ledger.is_gone(address)}
    told: set[str] = set()  # the pages among them
    found = []
    for address in sorted(lost):
        page, mark, name = address.partition("#")
        home = texts.find_home(page)
        if home is None:
            is_lost = page not in told and get_folder(page) not in told
            told.add(page)
        else:
            is_lost = bool(mark) and not has_id(home, name, catalogue)
        if is_lost:
            found.append(address)
    return found


def get_folder(address: str) -> str:
    """Return the page in whose folder a file lies; empty for the home page, and if it is a page itself."""
    folder = address[: address.rindex("/") + 1]
    return "" if folder in (address, SITE["home"]) else folder


def has_id(path: str, name: str, catalogue: Catalogue) -> bool:
    """Return whether the page of a text has an id; on a page that leads on to it, it counts as well."""
    record = catalogue.records.get(path)
    return record is None or name in list_permanent_ids(record, catalogue.comments.get(path, ()))


def list_hidden(catalogue: Catalogue) -> dict[str, Record]:
    """Return the texts that are there and not on the site, by the addresses that each would have."""
    return {
        address: record
        for path, record in catalogue.records.items()
        if record.kind in FOLDERS and record.slug and path not in catalogue.addresses
        for address in (*read_redirects(record), format_address(record))
    }


def explain_hidden(record: Record) -> str:
    """Return why a text that was published is not on the site, and what to write."""
    path = record.path
    if record.is_draft:
        return (
            f": {path} is a draft again. Take out its line {record.line('Status')}, which says so."
        )
    if record.kind == "topic":
        return f": only posts that are not on the site have the topic {path}. Publish one of them."
    return f": {path} waits for its day. Write another in its line {record.line('Date')}."


def explain_text(address: str, texts: LostTexts) -> str:
    """Return where the text of a lost page is now, and what to write there."""
    if address.endswith(FEEDS) and texts.find_home(get_folder(address)):
        return f". To keep it, write here `{write_address(address)}`."
    record = None if check_alias(address) else texts.find_text(address)
    if record is None:
        return ". Put its file back."
    key, value = name_alias(address, record)
    if key in record.values:
        remedy = f"add it to the {key} in line {record.line(key)} there: `{value}`"
    else:
        remedy = f"add there `{key}: {value}`"
    return f"; the text is now in {record.path}: {remedy}."


def name_alias(address: str, record: Record) -> tuple[str, str]:
    """Return the header key by which an old address leads to a text, and the value; a topic has names."""
    folder = f"/{FOLDERS['topic']}"
    slug = address.removeprefix(folder).strip("/")
    name = slug.replace("-", " ")
    is_topic = record.kind == "topic" and address.startswith(folder)
    if is_topic and format_topic_slug(name) == slug:
        return "Used-for", name
    return "Aliases", address


def explain_id(page: str, name: str, texts: LostTexts) -> str:
    """Return what became of a lost place on a page, and what to write."""
    if name.startswith(COMMENT_ID):
        return explain_comment(page, name.removeprefix(COMMENT_ID), texts)
    path = texts.find_home(page) or ""
    anchor = f'<a id="{shorten(name)}"></a>'
    if near := texts.find_id(path, name):
        return f"; #{shorten(near)} is like it. Write above that heading in {path}: `{anchor}`."
    return f". Write the heading again as it was in {path}, or above the one that took its place: `{anchor}`."


def explain_comment(page: str, name: str, texts: LostTexts) -> str:
    """Return what became of a comment that is lost, and what to do."""
    post = texts.catalogue.records.get(texts.find_home(page) or "")
    folder = f"comments/{post.slug if post else page.strip('/').rpartition('/')[2]}"
    path = texts.find_comment(name)
    if path.startswith(f"{folder}/"):
        return f": {path} is there, and not shown. Look at its Date."
    if path:
        return f"; the comment is now in {path}. Move it to {folder}."
    return f". Put its file back: {folder}/{shorten(name)}.md."


def explain_file(address: str, texts: LostTexts) -> str:
    """Return where a lost file is now, and what to do."""
    path = texts.find_file(address)
    place = address.lstrip("/") if address.startswith("/images/") else f"extra{address}"
    if place in texts.catalogue.media:
        return (
            f": no text shows {place} any more. To keep it, write here `{write_address(address)}`."
        )
    if not path:
        return f". Put the file back: {place}."
    if path.casefold() == place.casefold():  # links to it are told to have the other capitals
        return f"; it is {path} now. Name that {place} again before anything else: links need no change then."
    return f"; it may be {path} now. Name that {place} again."
