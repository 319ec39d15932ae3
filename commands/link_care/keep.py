"""Write what a run has found out into the ledger: whole or not at all, and on top of what is there now."""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path

from catalogue.folder.layout import LINK_LEDGER
from catalogue.folder.regular_files import read_whole
from catalogue.link_ledger import (
    MOST_BYTES,
    Ledger,
    LedgerFault,
    format_ledger,
    load_ledger,
    parse_ledger,
    read_ledger_bytes,
)
from catalogue.problems import format_name
from commands.link_care.findings import Findings, apply_findings
from commands.link_care.merge import merge_ledgers
from commands.writing.post_files import CommandFault, check_place, explained_writing, format_place
from commands.writing.write_files import File, lock_content, write_files


def open_ledger(content: Path, kept: Path | None = None) -> Ledger:
    """Return the ledger of a content folder.

    `kept` is a copy of it from an earlier run on another machine: what that knows better is written into
    the ledger first. One that is not there or cannot be read counts for nothing. Raises CommandFault.
    """
    if kept is None:
        return load_ledger(content)
    try:
        known = parse_ledger(read_whole(kept, MOST_BYTES))
    except FileNotFoundError:
        known = {}
    except (OSError, LedgerFault):
        print(f"{format_name(str(kept))} cannot be read as a ledger of links, and is left out.")
        known = {}
    return change_ledger(content, lambda ledger: merge_ledgers(ledger, known))


def keep_findings(
    content: Path,
    findings: Findings,
    linked: Iterable[str],
    gone: Iterable[str],
    today: date,
    kept: Path | None = None,
) -> Ledger:
    """Write the ledger with what was found out, if it changes; return it.

    `linked` are the addresses that texts link to, `gone` those that none does any more; `kept` is the
    copy for the next run on another machine. A run takes minutes, so the ledger is read again under the
    lock. Raises CommandFault.
    """
    ledger = change_ledger(
        content, lambda before: apply_findings(before, findings, linked, gone, today)
    )
    if kept is not None:
        write_copy(kept, format_ledger(ledger))
    return ledger


def change_ledger(content: Path, change: Callable[[Ledger], Ledger]) -> Ledger:
    """Write the ledger as `change` makes it of what is there, if that differs; return it.

    Raises CommandFault.
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
        after = change(ledger)
        data = format_ledger(after)
        if data == before or not (after or before):
            return after
        with explained_writing(place):
            write_files([File(path, data, before if path.exists() else None)])
    return after


def write_copy(path: Path, data: bytes) -> None:
    """Write a copy of the ledger outside the content folder, whole or not at all. Raises CommandFault."""
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        os.replace(part, path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        where = format_name(str(path))
        raise CommandFault(f"{where} cannot be written ({error.strerror}).", 1) from error
