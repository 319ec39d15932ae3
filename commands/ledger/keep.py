"""Write the ledger of addresses: whole or not at all, and on top of what is there now."""

from pathlib import Path

from building.feed_authority import explain_example, is_example
from building.settings import FILES
from catalogue.address_ledger import AddressLedger, parse_address_ledger, read_address_ledger_bytes
from catalogue.folder.layout import ADDRESS_LEDGER
from catalogue.ledger_update import make_ledger
from catalogue.problems import count_errors
from catalogue.selection import Catalogue
from commands.writing.post_files import CommandFault, check_place, explained_writing, format_place
from commands.writing.write_files import File, lock_content, write_files


def write_ledger(content: Path, catalogue: Catalogue) -> bool:
    """Add what a site shows to the ledger of its content folder; return whether that changed the file.

    Raises CommandFault if the ledger cannot be read or written, or would keep ids that are nobody's.
    """
    path = content / ADDRESS_LEDGER
    place = format_place(content, path)
    check_place(content, path)
    with lock_content(content), explained_writing(place):
        before = read_address_ledger_bytes(content)
        ledger = parse_address_ledger(before or b"")
        if count_errors(ledger.problems):
            problem = ledger.problems[0]
            seen = f"{place}:{problem.line}: {problem.text}"
            raise CommandFault(f"{seen} Nothing was changed.", 1)
        check_authority(catalogue, ledger)
        data = make_ledger(catalogue, ledger)
        if data != before:
            write_files([File(path, data, before)])
    return data != before


def check_authority(catalogue: Catalogue, ledger: AddressLedger) -> None:
    """Raise CommandFault if a new post's id begins with the authority that every copy comes with."""
    known = {*ledger.ids.values()}
    new = (mark for mark in catalogue.post_ids.values() if mark not in known)
    if any(is_example(mark.partition(",")[0]) for mark in new):
        raise CommandFault(explain_example(FILES[0], ""), 1)
