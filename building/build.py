"""Build the site: all of it, or nothing."""

import dataclasses
import math
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from building.build_cache import Entry, Ledger
from building.inputs import NO_POSTS, Inputs, read_inputs
from building.output_folder.swap import explain_os_error, interruptible, is_tidy, replace_tree
from building.tree import read_tree
from catalogue.dates import read_clock
from catalogue.problems import Refused, format_count
from catalogue.project import CODE_FOLDERS, ROOT
from catalogue.reading_cache import RACY_NS

if TYPE_CHECKING:
    from building.jobs import Job
    from catalogue.catalogue import Catalogue

Names = Mapping[str, Sequence[str]]
PROTECTED = ("content", "theme", *CODE_FOLDERS, "tests", "benchmarks", ".git", ".venv")


@dataclass(frozen=True)
class Outcome:
    """What is told of a build, and kept for the next one: with nothing changed it says the same."""

    siteurl: str
    problems: list[tuple[str, int, str, str]]
    waiting: list[str]
    drafts: int
    posts: int
    pages: int
    topics: int
    began_ns: int
    newest: float  # of the published posts and comments, in seconds since 1970
    next: float  # of those that wait
    names: Names  # that each template reads, by a hash of its source


def build_site(
    content: Path,
    output: Path,
    override: dict[str, str],
    constants: Mapping[str, Any],
    allow_shrink: bool = False,
    replace: bool = False,
) -> Outcome:
    """Build the texts in `content` into `output`, or find that it has been done."""
    ledger = Ledger(find_ledger(constants), output)
    try:
        inputs = read_inputs(content, ROOT / "theme", constants)
        outcome = find_unchanged(ledger, inputs, allow_shrink)
        if outcome is None:
            with interruptible():
                outcome = renew(content, output, override, ledger, inputs, allow_shrink, replace)
    except OSError as error:
        raise Refused(f"{explain_os_error(error)} The site is unchanged.") from error
    finally:
        ledger.close()
    return outcome


def find_unchanged(ledger: Ledger, inputs: Inputs, allow_shrink: bool) -> Outcome | None:
    """Give what the last build had to say, if another one would make the same tree and say the same."""
    if ledger.inputs != inputs.key:
        return None
    try:
        last = Outcome(**ledger.facts)
    except TypeError:  # kept by something else than this code
        return None
    is_same = (
        inputs.changed_ns + RACY_NS < last.began_ns
        and last.newest <= read_clock().timestamp() < last.next
        and (last.posts or allow_shrink)
        and read_tree(ledger.tree) == {f: entry.stamp for f, entry in ledger.entries.items()}
        and is_tidy(ledger.tree)
    )
    return last if is_same else None


def renew(
    content: Path,
    output: Path,
    override: dict[str, str],
    ledger: Ledger,
    inputs: Inputs,
    allow_shrink: bool,
    replace: bool,
) -> Outcome:
    """Put a new tree in the place of the last one, of which what is the same is carried over."""
    from building.output_folder.strangers import check_strangers, write_list
    from building.pelican_adapter.run import run_pelican
    from building.settings import read_settings, select_constants

    began_ns = time.time_ns()
    protected = [*(ROOT / name for name in PROTECTED), content]
    with replace_tree(output, protected) as staging, show_progress() as tell:
        settings = read_settings(ROOT / "publishconf.py", override)
        constants = select_constants(settings)
        settings["LISTING"] = inputs.listing
        entries: dict[str, Entry] = {}
        names: dict[str, Sequence[str]] = {}

        def press(jobs: Sequence["Job"]) -> None:
            from building.page_keys import Signer
            from building.tree import print_tree

            tell("Writing")
            addresses = settings["CATALOGUE"].addresses
            signer = Signer(constants, addresses, ledger.facts.get("names", {}))
            entries.update(print_tree(jobs, signer.sign, staging, ledger.tree, ledger.entries))
            names.update(signer.names)

        catalogue = run_pelican(settings, staging, press)
        check_shrink(ledger.entries or read_tree(output), entries, catalogue, allow_shrink)
        if not replace:
            check_strangers(ledger.tree, ledger.entries, entries)
        write_list(staging, entries)
    if catalogue.notice:
        print(catalogue.notice, file=sys.stderr)
    outcome = sum_up(catalogue, settings["SITEURL"], began_ns, names)
    ledger.save(inputs.key, vars(outcome), entries)
    return outcome


def find_ledger(settings: Mapping[str, Any]) -> Path | None:
    """Give the place of the ledger, beside what was read of the texts."""
    store = settings.get("STORE")
    if not store or not isinstance(store, str):  # what is no text is refused with the other faults
        return None
    return (ROOT / store).with_name("trees.sqlite3")


def check_shrink(
    last: Iterable[str], written: Iterable[str], catalogue: "Catalogue", allow_shrink: bool
) -> None:
    """Refuse a site without posts, or with less than half the pages of the last one."""
    if allow_shrink:
        return
    remedy = "If that is meant, add --allow-shrink. The site is unchanged."
    if not catalogue.posts:
        raise Refused(f"{NO_POSTS} {remedy}")
    now, before = (sum(file.endswith(".html") for file in files) for files in (written, last))
    if now * 2 < before:
        raise Refused(
            f"The site would have {format_count(now, 'page')} where it had {before:,}. {remedy}"
        )


@contextmanager
def show_progress() -> Iterator[Callable[[str], None]]:
    """Hand over a function that tells what is being done: in place on a terminal, else not at all."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("Reading") as status:
        yield status.update


def sum_up(catalogue: "Catalogue", siteurl: str, began_ns: int, names: Names) -> Outcome:
    """Return what is told of a build and kept for the next one."""
    from catalogue.dates import format_scheduled, read_moment
    from plugins.comments import format_waiting_comments

    comments = catalogue.waiting_comments
    shown = [record for post in catalogue.posts for record in catalogue.comments.get(post.path, ())]
    later = [*catalogue.waiting, *(record for record, _ in comments)]
    dates = [
        [
            read_moment(record.values["Date"], catalogue.zone).timestamp()
            for record in records
            if "Date" in record.values
        ]
        for records in ([*catalogue.posts, *shown], later)
    ]
    return Outcome(
        siteurl=siteurl,
        problems=[dataclasses.astuple(problem) for problem in catalogue.problems],
        waiting=[
            *format_scheduled(catalogue.waiting, catalogue.zone),
            *format_waiting_comments(comments, catalogue.zone),
        ],
        drafts=len(catalogue.drafts),
        posts=len(catalogue.posts),
        pages=len(catalogue.pages),
        topics=len(catalogue.topics),
        began_ns=began_ns,
        newest=max(dates[0], default=0.0),
        next=min(dates[1], default=math.inf),
        names=dict(names),
    )
