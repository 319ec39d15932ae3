"""Write what a run has found out into the ledger: whole or not at all, and on top of what is there now."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from catalogue.folder.layout import LINK_LEDGER
from catalogue.link_ledger import (
    Ledger,
    LedgerFault,
    format_ledger,
    parse_ledger,
    read_ledger_bytes,
)
from commands.link_care.findings import Findings, apply_findings
from commands.writing.post_files import CommandFault, check_place, format_place
from commands.writing.write_files import File, lock_content, write_files


def keep_findings(
    content: Path, findings: Findings, linked: Iterable[str], gone: Iterable[str], today: date
) -> Ledger:
    """Write the ledger with what was found out, if it changes; return it.

    `linked` are the addresses that texts link to, `gone` those that none does any more. A run takes
    minutes, so the ledger is read again under the lock. Raises CommandFault.
    """
    path = content / LINK_LEDGER
    place = format_place(content, path)
    check_place(content, path)
    with lock_content(content):
        try:
            before = read_ledger_bytes(content)
            ledger = parse_ledger(before)
        except LedgerFault as fault:
            where = f"{place}:{fault.line}" if fault.line else place
            raise CommandFault(f"{where}: {fault}. Nothing was changed.", 1) from None
        after = apply_findings(ledger, findings, linked, gone, today)
        data = format_ledger(after)
        if data == before or not (after or before):
            return after
        try:
            write_files([File(path, data, before if path.exists() else None)])
        except OSError as error:
            seen = f"{place}: writing failed ({error.strerror})"
            raise CommandFault(f"{seen}. Nothing was changed.", 1) from error
    return after
