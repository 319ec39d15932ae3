"""Ask what is due, and the archive for copies, and hand back what was found out."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from catalogue.link_ledger import Ledger
from commands.link_care.findings import (
    NOT_ASKED,
    Findings,
    apply_findings,
    find_day,
    order_copies,
    order_due,
    order_saves,
)
from commands.link_care.uses import Use
from commands.link_care.visits import Visits, plan_visits, visit_all
from commands.link_care.wayback import ArchiveFault, Copy, find_copy, save_page
from commands.link_care.web import Web

MOST_COPIES = 100  # that the archive is asked for in a run
MOST_SAVES = 20
MOST_FAULTS = 3  # of the archive in a row, after which it is left alone


class Offline(Exception):
    """Raised when no host at all has answered, and the archive has not either: it is this machine."""


class Round:
    """One run: what is linked to, what was known of it, and what was found out."""

    def __init__(
        self,
        uses: Mapping[str, Sequence[Use]],
        ledger: Ledger,
        web: Web,
        today: date,
        report: Callable[[str], None],
    ) -> None:
        """Begin with nothing found out; `report` is told what is done and what could not be."""
        self.uses, self.ledger, self.web = uses, ledger, web
        self.today, self.report = today, report
        self.findings, self.visits = Findings(), Visits()

    def list_due(self, all: bool) -> list[str]:
        """Return the links that are to be asked in this run, or all, the most pressing first."""
        return order_due(self.uses, self.ledger, self.today, all)

    def ask_links(self, due: Sequence[str]) -> None:
        """Ask the links that are due, the first ones first. Raises Offline."""
        hosts, self.visits.left = plan_visits(due)
        self.visits.answers = self.findings.answers
        visit_all(hosts, self.web.send, self.visits, sleep=self.web.sleep)
        sent = {
            url: answer
            for url, answer in self.findings.answers.items()
            if not answer.status.startswith(NOT_ASKED)
        }
        if sent and not any(answer.is_answered for answer in sent.values()):
            self.check_way_out(next(iter(sent)))

    def check_way_out(self, url: str) -> None:
        """Raise Offline, and forget all answers, if the archive cannot be reached either."""
        try:
            find_copy(url, self.today, self.web.read)
        except ArchiveFault as fault:
            if not fault.is_answered:
                self.findings.answers.clear()
                raise Offline from None

    def know(self) -> Ledger:
        """Return the ledger with what has been found out so far."""
        return apply_findings(self.ledger, self.findings, self.uses, (), self.today)

    def find_copies(self) -> None:
        """Ask the archive for a copy of each page that none is known of."""

        def find(url: str) -> Copy | None:
            return find_copy(url, find_day(self.uses[url], self.today), self.web.read)

        wanted = order_copies(self.uses, self.know(), self.today, MOST_COPIES)
        self.ask_archive(wanted, find, self.findings.copies)

    def save_pages(self) -> None:
        """Ask the archive to keep the pages that new posts link to."""
        wanted = order_saves(self.uses, self.know(), self.today, MOST_SAVES)
        if not wanted:
            self.report("No page of a new post needs to be kept by the archive.")
        self.ask_archive(wanted, lambda url: save_page(url, self.web.save), self.findings.saved)
        for url in sorted(self.findings.saved):
            self.report(f"The archive keeps {url}")

    def ask_archive(
        self,
        urls: Sequence[str],
        ask: Callable[[str], Copy | None],
        answers: dict[str, Copy | None],
    ) -> None:
        """Ask the archive about each page, and put its answers into `answers`."""
        faults = 0
        for url in urls:
            try:
                answers[url] = ask(url)
                faults = 0
            except ArchiveFault as fault:
                faults += 1
                if str(fault) == "429" or faults >= MOST_FAULTS:
                    self.report(
                        f"The archive does not answer as it should ({fault}): it will be asked again "
                        "by the next run."
                    )
                    return
