"""Run the care of the links of one content folder, from its texts to its ledger."""

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from catalogue.dates import read_clock
from catalogue.link_ledger import Ledger
from catalogue.problems import count_errors, format_count, write_report
from catalogue.selection import Catalogue
from commands.link_care.keep import keep_findings, open_ledger
from commands.link_care.report import describe_run, list_failures
from commands.link_care.run import Offline, Round
from commands.link_care.uses import list_known, list_uses
from commands.link_care.web import Web

NO_WAY_OUT = (
    "No host answered, and the archive did not either: this computer seems to have no way to the "
    "web. Nothing was changed. Type the same command again when it has."
)


class Care:
    """The links of one content folder, and what is known of them."""

    def __init__(
        self,
        content: Path,
        settings: Mapping[str, Any],
        catalogue: Catalogue,
        kept: Path | None = None,
    ) -> None:
        """Find the links of all texts of a judged catalogue.

        `kept` is a copy of the ledger from an earlier run on another machine. Raises CommandFault.
        """
        self.content, self.kept = content, kept
        self.today = read_clock().astimezone(ZoneInfo(settings["TIMEZONE"])).date()
        self.uses = list_uses(catalogue, settings["SITEURL"])
        self.ledger = open_ledger(content, kept)
        # Of a text with an error not all links are known, so that none is forgotten then.
        is_whole = not count_errors(catalogue.problems)
        known = list_known(catalogue.records.values())
        self.gone = sorted(self.ledger.keys() - known) if is_whole else []

    def run(self, web: Web, save: bool, all: bool) -> int:
        """Ask what is due, write the ledger, and print how the links are; return the exit code.

        An interrupted run writes what has been answered until then. Raises CommandFault.
        """
        current = Round(self.uses, self.ledger, web, self.today, partial(print, flush=True))
        due = current.list_due(all)
        if due:
            print(
                f"Asking {format_count(len(due), 'outside link')}, each host in turn.", flush=True
            )
        try:
            current.ask_links(due)
            current.find_copies()
            if save:
                current.save_pages()
        except Offline:
            print(NO_WAY_OUT, file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            self.keep(current)
            raise
        return self.tell(self.keep(current), current)

    def keep(self, current: Round) -> Ledger:
        """Write what has been found out, and return the ledger."""
        return keep_findings(
            self.content, current.findings, self.uses, self.gone, self.today, self.kept
        )

    def tell(self, ledger: Ledger, current: Round) -> int:
        """Print which links fail, and how all are; return the exit code."""
        problems = list_failures(self.uses, ledger, self.content)
        write_report(problems, self.content)
        asked, left = len(current.findings.answers), len(current.visits.left)
        print("\n".join(describe_run(self.uses, ledger, asked, left)))
        return 1 if problems else 0
