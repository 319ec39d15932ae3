"""Make the mends of a content folder that have one right answer, each shown before it is made."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from catalogue.folder.regular_files import is_link
from catalogue.problems import format_count, format_name
from catalogue.rules.link_targets import list_targets
from commands.mending.mend_starts import find_start_mends
from commands.mending.mends import Mend, find_mends
from commands.writing.post_files import explained_writing, format_place
from commands.writing.trial import Trial
from commands.writing.write_files import File, lock_content, write_files

MOST_ROUNDS = 10  # a mend may bring to light what was hidden by the mistake
QUESTION = "Mend it? y for yes, n for no, a for all, q to leave the rest: "
Asker = Callable[[str], str]


def mend_content(content: Path, settings: Mapping[str, Any], ask: Asker | None) -> None:
    """Show the mends of a content folder and make those that are wanted, all of a round or none.

    `ask` returns the answer to a question; None makes all. Raises CommandFault if nothing can be written.
    """
    declined: set[Mend] = set()
    made = 0
    for _ in range(MOST_ROUNDS):
        found = [mend for mend in plan_mends(content, settings) if mend not in declined]
        chosen = choose_mends(found, content, ask)
        declined |= {*found} - {*chosen}
        if not chosen:
            break
        write_mends(chosen, content)
        made += len(chosen)
        if ask and declined:  # who left some out has seen them all
            break
    print(f"{format_count(made, 'mend')} made." if made else "Nothing was mended.")


def show_mends(content: Path, settings: Mapping[str, Any]) -> int:
    """Print the mends of a content folder, and make none; return their number."""
    found = list(plan_mends(content, settings))
    for mend in found:
        print(describe_mend(mend, content))
    return len(found)


def plan_mends(content: Path, settings: Mapping[str, Any]) -> Iterator[Mend]:
    """Yield the mends of all texts of a content folder, in order of path."""
    trial = Trial(content, settings)
    catalogue = trial.judge()
    targets = list_targets(catalogue)
    faulty = {problem.path for problem in catalogue.problems}
    for path, record in catalogue.records.items():
        file = content / path
        if path not in faulty or is_link(file) or not file.is_file():
            continue
        number, read = len(catalogue.filed.get(path, ())), trial.make_reader(path)
        data = file.read_bytes()
        yield from find_mends(record, data, number, targets, read)
        yield from find_start_mends(record, data, targets, read)


def choose_mends(mends: Sequence[Mend], content: Path, ask: Asker | None) -> list[Mend]:
    """Show mends one by one and return those that are wanted."""
    chosen: list[Mend] = []
    for number, mend in enumerate(mends):
        print(describe_mend(mend, content), flush=True)
        answer = ask(QUESTION).strip().lower()[:1] if ask else "y"
        if answer == "q":
            break
        if answer == "a":
            for other in mends[number + 1 :]:
                print(describe_mend(other, content))
            return [*chosen, *mends[number:]]
        if answer == "y":
            chosen.append(mend)
    return chosen


def describe_mend(mend: Mend, content: Path) -> str:
    """Return where a mend is, and the line as it is and as it should be."""
    place = format_place(content, content / mend.path)
    was, now = (
        format_name(line.decode("utf-8", "replace").strip()) for line in (mend.before, mend.after)
    )
    return f"{place}:{mend.line}:\n  - {was}\n  + {now}"


def write_mends(mends: Sequence[Mend], content: Path) -> None:
    """Write the files of some mends, all or none. Raises CommandFault if they cannot be written."""
    with explained_writing(format_name(content.name)), lock_content(content):
        files = []
        for path in dict.fromkeys(mend.path for mend in mends):
            before = data = (content / path).read_bytes()
            for mend in mends:
                data = mend.apply(data) if mend.path == path else data
            if data != before:
                files.append(File(content / path, data, before))
        write_files(files)


def find_asker() -> Asker | None:
    """Return how to ask the author at a terminal; None if nobody sits there."""
    return read_answer if sys.stdin and sys.stdin.isatty() else None


def read_answer(question: str) -> str:
    """Return what the author types after a question; an end of the input leaves the rest."""
    try:
        return input(question)
    except EOFError:
        print()
        return "q"
